/* Without memory no PIN is right, wrong or free: the Nth allocation of a try fails. */
#include "app/store/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/keys.h"
#include "tests/support/house.h"
#include "tests/support/malloc_calls.h"

static bool has_failed; /* an allocation of the last try */

#define PIN "274913"

static void set_pin(struct house *house)
{
    char sealed[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    assert_int_equal(secret_seal(journal_key(house->journal), PIN, sealed), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(keyring_set_pin(house->journal, house->people[HOUSE_IS_ADA], sealed), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

static int64_t tries(struct house *house)
{
    return house_number(house, "SELECT count(*) FROM fact WHERE kind=18");
}

/* One try in which the nth allocation fails; what became of it. */
static enum rc try_without(struct house *house, const char *digits, long nth, bool *out_is_right)
{
    struct keyring_attempt attempt = {.kind = KEYRING_PIN, .person = house->people[HOUSE_IS_ADA]};
    struct clock_reading now = house_now(house);
    strcpy(attempt.secret, digits);
    malloc_fail_at(nth);
    enum rc rc = keyring_prepare(house->journal, &now, &attempt);
    if (!rc)
        rc = keyring_compute(journal_key(house->journal), &attempt);
    if (!rc)
        rc = keyring_record(house->journal, &now, &attempt);
    has_failed = malloc_end();
    *out_is_right = attempt.is_right;
    return rc;
}

static void whatever_allocation_fails_the_answer_is_true_and_counted_or_there_is_none(void **state)
{
    struct house *house = *state;
    bool is_right;
    long nth = 0, refused = 0;
    do {
        const char *digits = ++nth % 4 ? PIN : "111222";
        int64_t before = tries(house);
        enum rc rc = try_without(house, digits, nth, &is_right);
        refused += rc == RC_NO_MEMORY;
        if (rc) {
            assert_int_equal(rc, RC_NO_MEMORY);
        } else {
            assert_int_equal(is_right, nth % 4 != 0);
            assert_int_equal(tries(house), before + 1);
        }
    } while (has_failed);
    printf("%ld allocations, %ld tries that could not be made\n", nth - 1, refused);
    assert_true(refused > 10);
    assert_true(house_holds(house));
}

static int set_up(void **state)
{
    struct house *house = house_open();
    set_pin(house);
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            whatever_allocation_fails_the_answer_is_true_and_counted_or_there_is_none, set_up,
            tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
