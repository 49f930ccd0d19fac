/* Personal codes: whose they are, and who learns nothing by them. */
#include "app/store/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/domain/lock.h"
#include "tests/support/locksmith.h"

static int64_t codes_locked_ms(struct house *house)
{
    struct clock_reading now = house_now(house);
    int64_t left_ms = -1;
    assert_int_equal(keyring_find_code_lock(house->journal, &now, &left_ms), RC_OK);
    return left_ms;
}

static void a_code_alone_finds_whose_it_is(void **state)
{
    struct house *house = *state;
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_ADA], LOCKSMITH_CODE), RC_OK);
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_BILAL], "JKLMNP"), RC_OK);
    struct keyring_attempt attempt = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_true(attempt.is_right);
    assert_true(fact_id_is_same(attempt.owner, house->people[HOUSE_IS_ADA]));
    assert_int_equal(locksmith_facts(house, FACT_CODE_MISSED), 0);
    attempt = locksmith_code_of("ZZZZZZ");
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_false(attempt.is_right);
    assert_true(fact_id_is_none(attempt.owner));
    assert_int_equal(locksmith_facts(house, FACT_CODE_MISSED), 1);
    assert_true(house_holds(house));
}

/* Whoever picks the wrong name learns nothing, not even from somebody else's right code. */
static void the_code_of_somebody_else_is_as_wrong_as_nobodys(void **state)
{
    struct house *house = *state;
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_ADA], LOCKSMITH_CODE), RC_OK);
    struct keyring_attempt others = locksmith_code_of(LOCKSMITH_CODE),
                           nobodys = locksmith_code_of("ZZZZZZ"),
                           empty = locksmith_code_of(LOCKSMITH_CODE);
    others.has_candidates = nobodys.has_candidates = empty.has_candidates = true;
    others.candidates[others.candidate_count++] = house->people[HOUSE_IS_BILAL];
    nobodys.candidates[nobodys.candidate_count++] = house->people[HOUSE_IS_BILAL];
    assert_int_equal(locksmith_try(house, &others), RC_OK);
    assert_int_equal(locksmith_try(house, &nobodys), RC_OK);
    assert_int_equal(locksmith_try(house, &empty), RC_OK);
    assert_false(others.is_right || nobodys.is_right || empty.is_right);
    assert_true(fact_id_is_none(others.owner));
    assert_int_equal(locksmith_facts(house, FACT_CODE_MISSED), 3);

    struct keyring_attempt homonyms = locksmith_code_of(LOCKSMITH_CODE);
    homonyms.has_candidates = true;
    homonyms.candidates[homonyms.candidate_count++] = house->people[HOUSE_IS_BILAL];
    homonyms.candidates[homonyms.candidate_count++] = house->people[HOUSE_IS_ADA];
    assert_int_equal(locksmith_try(house, &homonyms), RC_OK);
    assert_true(homonyms.is_right);
    assert_true(fact_id_is_same(homonyms.owner, house->people[HOUSE_IS_ADA]));
}

static void five_wrong_codes_lock_codes_and_leave_pins_alone(void **state)
{
    struct house *house = *state;
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_ADA], LOCKSMITH_CODE), RC_OK);
    for (int i = 0; i < 5; i++) {
        struct keyring_attempt attempt = locksmith_code_of("ZZZZZZ");
        assert_int_equal(codes_locked_ms(house), 0);
        assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    }
    assert_int_equal(codes_locked_ms(house), LOCK_FIRST_MS);
    house_reopen(house);
    struct keyring_attempt right = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &right), RC_REFUSED);
    assert_int_equal(right.locked_ms, LOCK_FIRST_MS);
    assert_true(locksmith_fits(house, HOUSE_IS_ADA, LOCKSMITH_PIN));
    house_wait(house, LOCK_FIRST_MS);
    right = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &right), RC_OK);
    assert_true(right.is_right);
}

static void somebody_who_came_in_by_their_code_ends_the_count(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 4; i++) {
        struct keyring_attempt attempt = locksmith_code_of("ZZZZZZ");
        assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    }
    house_record(house, FACT_PRESS, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s}", "answer", "arrival", "how", "name"));
    struct keyring_attempt attempt = locksmith_code_of("ZZZZZZ");
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_int_equal(attempt.locked_ms, 0);
}

static void nobody_gets_a_code_that_somebody_has(void **state)
{
    struct house *house = *state;
    struct fact_id ada = house->people[HOUSE_IS_ADA], bilal = house->people[HOUSE_IS_BILAL];
    assert_int_equal(locksmith_set_code(house, ada, LOCKSMITH_CODE), RC_OK);
    assert_int_equal(locksmith_set_code(house, bilal, LOCKSMITH_CODE), RC_REFUSED);
    assert_int_equal(locksmith_set_code(house, ada, LOCKSMITH_CODE), RC_OK);
    assert_int_equal(locksmith_set_code(house, ada, "JKLMNP"), RC_OK);
    assert_int_equal(locksmith_set_code(house, bilal, LOCKSMITH_CODE), RC_OK);
    struct keyring_attempt attempt = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_true(fact_id_is_same(attempt.owner, bilal));
}

/* Two stations may have made the same one: the name then says who. */
static void a_code_that_two_people_have_needs_their_name(void **state)
{
    struct house *house = *state;
    char sealed[SECRET_SEALED_BYTES];
    struct fact_id chloe = house->people[HOUSE_IS_CHLOE];
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_ADA], LOCKSMITH_CODE), RC_OK);
    assert_int_equal(secret_seal_alike(journal_key(house->journal), LOCKSMITH_CODE, sealed), RC_OK);
    house_record(house, FACT_CODE_SET, chloe, json_pack("{s:s}", "code", sealed));
    struct keyring_attempt alone = locksmith_code_of(LOCKSMITH_CODE),
                           named = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &alone), RC_OK);
    assert_false(alone.is_right);
    assert_true(fact_id_is_none(alone.owner));
    named.has_candidates = true;
    named.candidates[named.candidate_count++] = chloe;
    assert_int_equal(locksmith_try(house, &named), RC_OK);
    assert_true(named.is_right);
    assert_true(fact_id_is_same(named.owner, chloe));
}

static void who_was_erased_has_no_code_and_no_pin(void **state)
{
    struct house *house = *state;
    assert_int_equal(locksmith_set_code(house, house->people[HOUSE_IS_ADA], LOCKSMITH_CODE), RC_OK);
    house_erase(house, house->people[HOUSE_IS_ADA]);
    struct keyring_attempt attempt = locksmith_code_of(LOCKSMITH_CODE);
    assert_int_equal(locksmith_try(house, &attempt), RC_OK);
    assert_false(attempt.is_right);
    attempt = locksmith_pin_of(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    assert_int_equal(locksmith_try(house, &attempt), RC_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, locksmith_set_up, locksmith_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_alone_finds_whose_it_is),
        TEST(the_code_of_somebody_else_is_as_wrong_as_nobodys),
        TEST(five_wrong_codes_lock_codes_and_leave_pins_alone),
        TEST(somebody_who_came_in_by_their_code_ends_the_count),
        TEST(nobody_gets_a_code_that_somebody_has),
        TEST(a_code_that_two_people_have_needs_their_name),
        TEST(who_was_erased_has_no_code_and_no_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
