#include "app/store/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/domain/lock.h"
#include "tests/support/locksmith.h"

static int64_t locked_ms(struct house *house, enum house_person who)
{
    struct clock_reading now = house_now(house);
    int64_t left_ms = -1;
    assert_int_equal(keyring_find_lock(house->journal, house->people[who], &now, &left_ms), RC_OK);
    return left_ms;
}

static void a_pin_is_right_or_wrong_and_each_try_is_a_fact(void **state)
{
    struct house *house = *state;
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
    assert_false(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_WRONG));
    assert_int_equal(locksmith_facts(house, FACT_PIN_TRIED), 2);
    assert_true(house_holds(house));
}

static void somebody_without_a_pin_has_one_that_never_fits(void **state)
{
    struct house *house = *state;
    assert_false(locksmith_fits(house, HOUSE_IS_BILAL, LOCKSMITH_PIN));
    assert_int_equal(locksmith_facts(house, FACT_PIN_TRIED), 1);
    locksmith_miss(house, HOUSE_IS_BILAL, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_BILAL), LOCK_FIRST_MS);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
}

static void what_was_typed_is_gone_once_it_was_hashed(void **state)
{
    static const char nothing[SECRET_TEXT_MAX + 1];
    struct house *house = *state;
    struct keyring_attempt attempt = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_memory_equal(attempt.secret, nothing, sizeof nothing);
}

static void the_fifth_miss_locks_and_then_nothing_is_tried(void **state)
{
    struct house *house = *state;
    locksmith_miss(house, HOUSE_IS_ADA, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
    struct keyring_attempt attempt = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_WRONG);
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_int_equal(attempt.locked_ms, LOCK_FIRST_MS);
    house_wait(house, 10000);
    attempt = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    assert_int_equal(locksmith_try(house, &attempt), RC_REFUSED);
    assert_int_equal(attempt.locked_ms, LOCK_FIRST_MS - 10000);
    assert_false(attempt.is_right);
    assert_string_equal(attempt.sealed, "");
    assert_int_equal(locksmith_facts(house, FACT_PIN_TRIED), 5);
}

static void after_the_lock_a_miss_locks_for_longer_and_the_right_one_ends_it(void **state)
{
    struct house *house = *state;
    locksmith_miss(house, HOUSE_IS_ADA, 5);
    house_wait(house, LOCK_FIRST_MS);
    locksmith_miss(house, HOUSE_IS_ADA, 1);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 2 * LOCK_FIRST_MS);
    house_wait(house, 2 * LOCK_FIRST_MS);
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
    locksmith_miss(house, HOUSE_IS_ADA, 4);
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
}

static void restarts_and_turned_clocks_do_not_shorten_a_lock(void **state)
{
    struct house *house = *state;
    locksmith_miss(house, HOUSE_IS_ADA, 5);
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
    locksmith_miss(house, HOUSE_IS_ADA, 5);
    for (int64_t wait_ms = LOCK_FIRST_MS; wait_ms < 16 * HOUSE_MINUTE_MS; wait_ms *= 2) {
        house_wait(house, wait_ms);
        locksmith_miss(house, HOUSE_IS_ADA, 1);
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
    locksmith_miss(house, HOUSE_IS_ADA, 5);
    locksmith_set_pin(house, HOUSE_IS_ADA, "905317");
    assert_int_equal(locked_ms(house, HOUSE_IS_ADA), 0);
    assert_false(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, "905317"));
    locksmith_miss(house, HOUSE_IS_ADA, 5);
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
    struct keyring_attempt last = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    assert_int_equal(keyring_prepare(house->journal, &now, &last), RC_OK);
    assert_int_equal(keyring_compute(journal_key(house->journal), &last), RC_OK);
    locksmith_miss(house, HOUSE_IS_ADA, 5);
    assert_int_equal(keyring_record(house->journal, &now, &last), RC_REFUSED);
    assert_int_equal(last.locked_ms, LOCK_FIRST_MS);
    assert_int_equal(locksmith_facts(house, FACT_PIN_TRIED), 5);
}

static void what_is_no_seal_is_not_kept(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    char code[SECRET_SEALED_BYTES];
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    assert_int_equal(secret_seal_alike(journal_key(house->journal), LOCKSMITH_CODE, code), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(keyring_set_pin(house->journal, ada, LOCKSMITH_PIN), RC_BAD_INPUT);
    assert_int_equal(keyring_set_pin(house->journal, ada, ""), RC_BAD_INPUT);
    assert_int_equal(keyring_set_pin(house->journal, ada, code), RC_BAD_INPUT);
    assert_int_equal(keyring_set_code(house->journal, ada, LOCKSMITH_CODE), RC_BAD_INPUT);
    journal_rollback(house->journal);
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, locksmith_set_up, locksmith_tear_down)

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
