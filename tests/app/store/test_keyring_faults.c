/* A disk that fails or loses power gives nobody a free try. */
#include "app/store/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/store/keys.h"
#include "tests/support/fault_trial.h"
#include "tests/support/locksmith.h"

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

/* A wrong LOCKSMITH_PIN that is read and hashed, to be recorded as often as one likes. */
static struct keyring_attempt hash_a_miss(struct house *house)
{
    struct keyring_attempt hashed = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_WRONG);
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
    struct keyring_attempt attempt = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    fault_vfs_plan((struct fault_plan){FAULT_FULL, FAULT_WRITE, 1, true});
    assert_int_equal(locksmith_try(house, &attempt), RC_FULL);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
}

static int set_up(void **state)
{
    fault_trial_set_up(state);
    locksmith_set_pin(*state, HOUSE_IS_ADA, LOCKSMITH_PIN);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_power_cut_gives_a_free_try),
        TEST(without_syncs_tries_are_forgotten),
        TEST(no_failing_disk_gives_a_free_try),
        TEST(a_disk_that_refuses_tells_nothing_of_the_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
