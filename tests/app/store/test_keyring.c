#include "app/store/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/lock.h"
#include "app/store/keys.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/house.h"

#define PIN "274913"
#define WRONG "274914"
#define CODE "BCDFGH"

/* --- what a test does in one line --- */

static struct keyring_attempt pin_of(const struct house *house, enum house_person who,
                                     const char *digits)
{
    struct keyring_attempt attempt = {.kind = KEYRING_PIN, .person = house->people[who]};
    strcpy(attempt.secret, digits);
    return attempt;
}

static struct keyring_attempt code_of(const char *letters)
{
    struct keyring_attempt attempt = {.kind = KEYRING_CODE};
    strcpy(attempt.secret, letters);
    return attempt;
}

/* All three steps, one after another. */
static enum rc try_it(struct house *house, struct keyring_attempt *attempt)
{
    struct clock_reading now = house_now(house);
    enum rc rc = keyring_prepare(house->journal, &now, attempt);
    if (!rc)
        rc = keyring_compute(journal_key(house->journal), attempt);
    return rc ? rc : keyring_record(house->journal, &now, attempt);
}

static bool fits(struct house *house, enum house_person who, const char *digits)
{
    struct keyring_attempt attempt = pin_of(house, who, digits);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    return attempt.is_right;
}

static enum rc set_pin(struct house *house, enum house_person who, const char *digits)
{
    char sealed[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    assert_int_equal(secret_seal(journal_key(house->journal), digits, sealed), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    enum rc rc = keyring_set_pin(house->journal, house->people[who], sealed);
    assert_int_equal(journal_commit(house->journal), RC_OK);
    return rc;
}

static enum rc set_code(struct house *house, struct fact_id person, const char *letters)
{
    char sealed[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    assert_int_equal(secret_seal_alike(journal_key(house->journal), letters, sealed), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    enum rc rc = keyring_set_code(house->journal, person, sealed);
    if (rc)
        journal_rollback(house->journal);
    else
        assert_int_equal(journal_commit(house->journal), RC_OK);
    return rc;
}

static int64_t locked_ms(struct house *house, enum house_person who)
{
    struct clock_reading now = house_now(house);
    int64_t left_ms = -1;
    assert_int_equal(keyring_find_lock(house->journal, house->people[who], &now, &left_ms), RC_OK);
    return left_ms;
}

static int64_t codes_locked_ms(struct house *house)
{
    struct clock_reading now = house_now(house);
    int64_t left_ms = -1;
    assert_int_equal(keyring_find_code_lock(house->journal, &now, &left_ms), RC_OK);
    return left_ms;
}

static int64_t facts(struct house *house, enum fact_kind kind)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM fact WHERE kind=%d", (int)kind);
    return house_number(house, sql);
}

static void miss(struct house *house, enum house_person who, int times)
{
    for (int i = 0; i < times; i++)
        assert_false(fits(house, who, WRONG));
}

static int set_up(void **state)
{
    struct house *house = house_open();
    set_pin(house, HOUSE_IS_ADA, PIN);
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

/* --- PINs --- */

static void a_pin_is_right_or_wrong_and_each_try_is_a_fact(void **state)
{
    struct house *house = *state;
    assert_true(fits(house, HOUSE_IS_ADA, PIN));
    assert_false(fits(house, HOUSE_IS_ADA, WRONG));
    assert_int_equal(facts(house, FACT_PIN_TRIED), 2);
    assert_true(house_holds(house));
}

static void somebody_without_a_pin_has_one_that_never_fits(void **state)
{
    struct house *house = *state;
    assert_false(fits(house, HOUSE_IS_BILAL, PIN));
    assert_int_equal(facts(house, FACT_PIN_TRIED), 1);
    miss(house, HOUSE_IS_BILAL, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_BILAL), LOCK_FIRST_MS);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
}

static void what_was_typed_is_gone_once_it_was_hashed(void **state)
{
    static const char nothing[SECRET_TEXT_MAX + 1];
    struct house *house = *state;
    struct keyring_attempt attempt = pin_of(house, HOUSE_IS_ADA, PIN);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_memory_equal(attempt.secret, nothing, sizeof nothing);
}

static void the_fifth_miss_locks_and_then_nothing_is_tried(void **state)
{
    struct house *house = *state;
    miss(house, HOUSE_IS_ADA, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
    struct keyring_attempt attempt = pin_of(house, HOUSE_IS_ADA, WRONG);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_int_equal(attempt.locked_ms, LOCK_FIRST_MS);
    house_wait(house, 10000);
    attempt = pin_of(house, HOUSE_IS_ADA, PIN);
    assert_int_equal(try_it(house, &attempt), RC_REFUSED);
    assert_int_equal(attempt.locked_ms, LOCK_FIRST_MS - 10000);
    assert_false(attempt.is_right);
    assert_string_equal(attempt.sealed, "");
    assert_int_equal(facts(house, FACT_PIN_TRIED), 5);
}

static void after_the_lock_a_miss_locks_for_longer_and_the_right_one_ends_it(void **state)
{
    struct house *house = *state;
    miss(house, HOUSE_IS_ADA, 5);
    house_wait(house, LOCK_FIRST_MS);
    miss(house, HOUSE_IS_ADA, 1);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 2 * LOCK_FIRST_MS);
    house_wait(house, 2 * LOCK_FIRST_MS);
    assert_true(fits(house, HOUSE_IS_ADA, PIN));
    miss(house, HOUSE_IS_ADA, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
}

static void restarts_and_turned_clocks_do_not_shorten_a_lock(void **state)
{
    struct house *house = *state;
    miss(house, HOUSE_IS_ADA, 5);
    house_reopen(house);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), LOCK_FIRST_MS);
    clock_turn(house->clock, HOUSE_BEGIN_MS + 1000 * HOUSE_HOUR_MS, CLOCK_SYNCED);
    house_reopen(house);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), LOCK_FIRST_MS);
    clock_turn(house->clock, HOUSE_BEGIN_MS - 1000 * HOUSE_HOUR_MS, CLOCK_STAFF);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), LOCK_FIRST_MS);
}

/* A simulated boot has ten minutes of uptime: a lock of 16 has six left, whatever the clock says.
 */
static void over_a_power_cut_only_the_uptime_counts(void **state)
{
    struct house *house = *state;
    miss(house, HOUSE_IS_ADA, 5);
    for (int64_t wait_ms = LOCK_FIRST_MS; wait_ms < 16 * HOUSE_MINUTE_MS; wait_ms *= 2) {
        house_wait(house, wait_ms);
        miss(house, HOUSE_IS_ADA, 1);
    }
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 16 * HOUSE_MINUTE_MS);
    house_reboot(house, HOUSE_BEGIN_MS + 5000 * HOUSE_HOUR_MS, CLOCK_SYNCED);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 6 * HOUSE_MINUTE_MS);
    house_reboot(house, 0, CLOCK_UNSET);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 6 * HOUSE_MINUTE_MS);
}

static void a_new_pin_or_an_unlock_ends_a_lock(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    miss(house, HOUSE_IS_ADA, 5);
    set_pin(house, HOUSE_IS_ADA, "905317");
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
    assert_false(fits(house, HOUSE_IS_ADA, PIN));
    assert_true(fits(house, HOUSE_IS_ADA, "905317"));
    miss(house, HOUSE_IS_ADA, 5);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(keyring_unlock(house->journal, house->people[HOUSE_IS_ADA]), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
}

/* Two that were prepared before the lock: the second finds it closed. */
static void a_try_that_was_under_way_when_the_lock_fell_is_not_heard(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    struct keyring_attempt last = pin_of(house, HOUSE_IS_ADA, PIN);
    assert_int_equal(keyring_prepare(house->journal, &now, &last), RC_OK);
    assert_int_equal(keyring_compute(journal_key(house->journal), &last), RC_OK);
    miss(house, HOUSE_IS_ADA, 5);
    assert_int_equal(keyring_record(house->journal, &now, &last), RC_REFUSED);
    assert_int_equal(last.locked_ms, LOCK_FIRST_MS);
    assert_int_equal(facts(house, FACT_PIN_TRIED), 5);
}

static void what_is_no_seal_is_not_kept(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    char code[SECRET_SEALED_BYTES];
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    assert_int_equal(secret_seal_alike(journal_key(house->journal), CODE, code), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(keyring_set_pin(house->journal, ada, PIN), RC_BAD_INPUT);
    assert_int_equal(keyring_set_pin(house->journal, ada, ""), RC_BAD_INPUT);
    assert_int_equal(keyring_set_pin(house->journal, ada, code), RC_BAD_INPUT);
    assert_int_equal(keyring_set_code(house->journal, ada, CODE), RC_BAD_INPUT);
    journal_rollback(house->journal);
    assert_true(fits(house, HOUSE_IS_ADA, PIN));
}

/* --- codes --- */

static void a_code_alone_finds_whose_it_is(void **state)
{
    struct house *house = *state;
    assert_int_equal(set_code(house, house->people[HOUSE_IS_ADA], CODE), RC_OK);
    assert_int_equal(set_code(house, house->people[HOUSE_IS_BILAL], "JKLMNP"), RC_OK);
    struct keyring_attempt attempt = code_of(CODE);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_true(attempt.is_right);
    assert_true(fact_id_is_same(attempt.owner, house->people[HOUSE_IS_ADA]));
    assert_int_equal(facts(house, FACT_CODE_MISSED), 0);
    attempt = code_of("ZZZZZZ");
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_false(attempt.is_right);
    assert_true(fact_id_is_none(attempt.owner));
    assert_int_equal(facts(house, FACT_CODE_MISSED), 1);
    assert_true(house_holds(house));
}

/* Whoever picks the wrong name learns nothing, not even from somebody else's right code. */
static void the_code_of_somebody_else_is_as_wrong_as_nobodys(void **state)
{
    struct house *house = *state;
    assert_int_equal(set_code(house, house->people[HOUSE_IS_ADA], CODE), RC_OK);
    struct keyring_attempt others = code_of(CODE), nobodys = code_of("ZZZZZZ"),
                           empty = code_of(CODE);
    others.has_candidates = nobodys.has_candidates = empty.has_candidates = true;
    others.candidates[others.candidate_count++] = house->people[HOUSE_IS_BILAL];
    nobodys.candidates[nobodys.candidate_count++] = house->people[HOUSE_IS_BILAL];
    assert_int_equal(try_it(house, &others), RC_OK);
    assert_int_equal(try_it(house, &nobodys), RC_OK);
    assert_int_equal(try_it(house, &empty), RC_OK);
    assert_false(others.is_right || nobodys.is_right || empty.is_right);
    assert_true(fact_id_is_none(others.owner));
    assert_int_equal(facts(house, FACT_CODE_MISSED), 3);

    struct keyring_attempt homonyms = code_of(CODE);
    homonyms.has_candidates = true;
    homonyms.candidates[homonyms.candidate_count++] = house->people[HOUSE_IS_BILAL];
    homonyms.candidates[homonyms.candidate_count++] = house->people[HOUSE_IS_ADA];
    assert_int_equal(try_it(house, &homonyms), RC_OK);
    assert_true(homonyms.is_right);
    assert_true(fact_id_is_same(homonyms.owner, house->people[HOUSE_IS_ADA]));
}

static void five_wrong_codes_lock_codes_and_leave_pins_alone(void **state)
{
    struct house *house = *state;
    assert_int_equal(set_code(house, house->people[HOUSE_IS_ADA], CODE), RC_OK);
    for (int i = 0; i < 5; i++) {
        struct keyring_attempt attempt = code_of("ZZZZZZ");
        assert_int_equal(codes_locked_ms(house), 0);
        assert_int_equal(try_it(house, &attempt), RC_OK);
    }
    assert_int_equal(codes_locked_ms(house), LOCK_FIRST_MS);
    house_reopen(house);
    struct keyring_attempt right = code_of(CODE);
    assert_int_equal(try_it(house, &right), RC_REFUSED);
    assert_int_equal(right.locked_ms, LOCK_FIRST_MS);
    assert_true(fits(house, HOUSE_IS_ADA, PIN));
    house_wait(house, LOCK_FIRST_MS);
    right = code_of(CODE);
    assert_int_equal(try_it(house, &right), RC_OK);
    assert_true(right.is_right);
}

static void somebody_who_came_in_by_their_code_ends_the_count(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 4; i++) {
        struct keyring_attempt attempt = code_of("ZZZZZZ");
        assert_int_equal(try_it(house, &attempt), RC_OK);
    }
    house_record(house, FACT_PRESS, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s}", "answer", "arrival", "how", "name"));
    struct keyring_attempt attempt = code_of("ZZZZZZ");
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_int_equal(attempt.locked_ms, 0);
}

static void nobody_gets_a_code_that_somebody_has(void **state)
{
    struct house *house = *state;
    struct fact_id ada = house->people[HOUSE_IS_ADA], bilal = house->people[HOUSE_IS_BILAL];
    assert_int_equal(set_code(house, ada, CODE), RC_OK);
    assert_int_equal(set_code(house, bilal, CODE), RC_REFUSED);
    assert_int_equal(set_code(house, ada, CODE), RC_OK);
    assert_int_equal(set_code(house, ada, "JKLMNP"), RC_OK);
    assert_int_equal(set_code(house, bilal, CODE), RC_OK);
    struct keyring_attempt attempt = code_of(CODE);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_true(fact_id_is_same(attempt.owner, bilal));
}

/* Two stations may have made the same one: the name then says who. */
static void a_code_that_two_people_have_needs_their_name(void **state)
{
    struct house *house = *state;
    char sealed[SECRET_SEALED_BYTES];
    struct fact_id chloe = house->people[HOUSE_IS_CHLOE];
    assert_int_equal(set_code(house, house->people[HOUSE_IS_ADA], CODE), RC_OK);
    assert_int_equal(secret_seal_alike(journal_key(house->journal), CODE, sealed), RC_OK);
    house_record(house, FACT_CODE_SET, chloe, json_pack("{s:s}", "code", sealed));
    struct keyring_attempt alone = code_of(CODE), named = code_of(CODE);
    assert_int_equal(try_it(house, &alone), RC_OK);
    assert_false(alone.is_right);
    assert_true(fact_id_is_none(alone.owner));
    named.has_candidates = true;
    named.candidates[named.candidate_count++] = chloe;
    assert_int_equal(try_it(house, &named), RC_OK);
    assert_true(named.is_right);
    assert_true(fact_id_is_same(named.owner, chloe));
}

static void who_was_erased_has_no_code_and_no_pin(void **state)
{
    struct house *house = *state;
    assert_int_equal(set_code(house, house->people[HOUSE_IS_ADA], CODE), RC_OK);
    house_erase(house, house->people[HOUSE_IS_ADA]);
    struct keyring_attempt attempt = code_of(CODE);
    assert_int_equal(try_it(house, &attempt), RC_OK);
    assert_false(attempt.is_right);
    attempt = pin_of(house, HOUSE_IS_ADA, PIN);
    assert_int_equal(try_it(house, &attempt), RC_NOT_FOUND);
}

/* --- a disk that loses power --- */

static int set_up_on_fault_disk(void **state)
{
    fault_vfs_install();
    fault_disk_make("/data/perron.db");
    fault_disk_settle();
    struct house *house = house_open_on_fault_disk("/data/perron.db");
    set_pin(house, HOUSE_IS_ADA, PIN);
    *state = house;
    return 0;
}

static int tear_down_fault_disk(void **state)
{
    house_close(*state);
    fault_vfs_remove();
    return 0;
}

static int64_t misses_of_ada(struct house *house)
{
    struct lock lock;
    assert_int_equal(keys_find_lock(journal_db(house->journal), house->people[HOUSE_IS_ADA], &lock),
                     RC_OK);
    return lock.misses;
}

struct cuts {
    long cuts, heard, lost;
};

/* After a cut, in another boot, an hour later: no lock stands any more. */
static void start_again(struct house *house, enum fault_cut how, struct random *random)
{
    struct clock_reading now = house_now(house);
    house_stop(house);
    fault_vfs_power_on(how, random);
    house_reboot_clock(house, now.wall_ms, CLOCK_PLAUSIBLE);
    assert_int_equal(house_start(house), RC_OK);
    house_wait(house, HOUSE_HOUR_MS);
}

/* A wrong PIN that is read and hashed, to be recorded as often as one likes. */
static struct keyring_attempt hash_a_miss(struct house *house)
{
    struct keyring_attempt hashed = pin_of(house, HOUSE_IS_ADA, WRONG);
    struct clock_reading now = house_now(house);
    assert_int_equal(keyring_prepare(house->journal, &now, &hashed), RC_OK);
    assert_int_equal(keyring_compute(journal_key(house->journal), &hashed), RC_OK);
    return hashed;
}

/* One miss with the power going at its nth operation; false where it was over before. */
static bool cut_at(struct house *house, const struct keyring_attempt *hashed, long nth,
                   enum fault_cut how, struct random *random, struct cuts *cuts)
{
    struct keyring_attempt attempt = *hashed;
    struct clock_reading now = house_now(house);
    int64_t before = misses_of_ada(house);
    fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, nth, false});
    bool is_heard = keyring_record(house->journal, &now, &attempt) == RC_OK;
    bool is_cut = fault_vfs_has_failed();
    if (!is_cut)
        fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, 1, false}); /* right behind it */
    start_again(house, how, random);
    cuts->cuts++;
    cuts->heard += is_heard;
    cuts->lost += is_heard && misses_of_ada(house) == before;
    return is_cut;
}

static struct cuts cut_everywhere(struct house *house)
{
    struct random random = random_for_test("no_power_cut_gives_a_free_try");
    struct keyring_attempt hashed = hash_a_miss(house);
    struct cuts cuts = {.cuts = 0};
    for (int how = FAULT_CUT_LOSES; how <= FAULT_CUT_KEEPS; how++)
        for (long nth = 1; cut_at(house, &hashed, nth, (enum fault_cut)how, &random, &cuts); nth++)
            ;
    return cuts;
}

static void no_power_cut_gives_a_free_try(void **state)
{
    struct cuts cuts = cut_everywhere(*state);
    printf("%ld cuts, %ld tries heard of, %ld lost\n", cuts.cuts, cuts.heard, cuts.lost);
    assert_true(cuts.heard >= 3);
    assert_int_equal(cuts.lost, 0);
}

/* The control: a disk that is not waited for forgets tries that somebody heard of. */
static void without_syncs_tries_are_forgotten(void **state)
{
    struct house *house = *state;
    fault_vfs_force_synchronous("OFF");
    house_reopen(house);
    struct cuts cuts = cut_everywhere(house);
    fault_vfs_force_synchronous(NULL);
    printf("%ld cuts, %ld tries heard of, %ld lost\n", cuts.cuts, cuts.heard, cuts.lost);
    assert_true(cuts.lost > 0);
}

/* The disk's nth operation fails, and the power goes behind it. */
static void no_failing_disk_gives_a_free_try(void **state)
{
    struct house *house = *state;
    struct random random = random_for_test("no_failing_disk_gives_a_free_try");
    struct keyring_attempt hashed = hash_a_miss(house);
    bool has_failed = true;
    long nth, heard = 0;
    for (nth = 1; has_failed; nth++) {
        struct keyring_attempt attempt = hashed;
        struct clock_reading now = house_now(house);
        int64_t before = misses_of_ada(house);
        fault_vfs_plan((struct fault_plan){FAULT_ERROR, FAULT_ANY, nth, false});
        bool is_heard = keyring_record(house->journal, &now, &attempt) == RC_OK;
        has_failed = fault_vfs_has_failed();
        fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, 1, false});
        start_again(house, FAULT_CUT_LOSES, &random);
        heard += is_heard;
        assert_true(!is_heard || misses_of_ada(house) > before);
    }
    assert_true(nth > 5 && heard > 0);
}

static void a_disk_that_refuses_tells_nothing_of_the_pin(void **state)
{
    struct house *house = *state;
    struct keyring_attempt attempt = pin_of(house, HOUSE_IS_ADA, PIN);
    fault_vfs_plan((struct fault_plan){FAULT_FULL, FAULT_WRITE, 1, true});
    assert_int_equal(try_it(house, &attempt), RC_FULL);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    assert_true(fits(house, HOUSE_IS_ADA, PIN));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define ON_FAULT_DISK(name)                                                                        \
    cmocka_unit_test_setup_teardown(name, set_up_on_fault_disk, tear_down_fault_disk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pin_is_right_or_wrong_and_each_try_is_a_fact),
        TEST(somebody_without_a_pin_has_one_that_never_fits),
        TEST(what_was_typed_is_gone_once_it_was_hashed),
        TEST(the_fifth_miss_locks_and_then_nothing_is_tried),
        TEST(after_the_lock_a_miss_locks_for_longer_and_the_right_one_ends_it),
        TEST(restarts_and_turned_clocks_do_not_shorten_a_lock),
        TEST(over_a_power_cut_only_the_uptime_counts),
        TEST(a_new_pin_or_an_unlock_ends_a_lock),
        TEST(a_try_that_was_under_way_when_the_lock_fell_is_not_heard),
        TEST(what_is_no_seal_is_not_kept),
        TEST(a_code_alone_finds_whose_it_is),
        TEST(the_code_of_somebody_else_is_as_wrong_as_nobodys),
        TEST(five_wrong_codes_lock_codes_and_leave_pins_alone),
        TEST(somebody_who_came_in_by_their_code_ends_the_count),
        TEST(nobody_gets_a_code_that_somebody_has),
        TEST(a_code_that_two_people_have_needs_their_name),
        TEST(who_was_erased_has_no_code_and_no_pin),
        ON_FAULT_DISK(no_power_cut_gives_a_free_try),
        ON_FAULT_DISK(without_syncs_tries_are_forgotten),
        ON_FAULT_DISK(no_failing_disk_gives_a_free_try),
        ON_FAULT_DISK(a_disk_that_refuses_tells_nothing_of_the_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
