#include "app/domain/role.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void each_role_keeps_its_name(void **state)
{
    (void)state;
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++)
        assert_int_equal(role_from_name(role_name((enum role)role)), role);
    assert_int_equal(role_from_name(NULL), ROLE_NONE);
    assert_int_equal(role_from_name("archduke"), ROLE_NONE);
}

static void a_host_vouches_and_no_more(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(role_may(ROLE_HOST, (enum right)right), right == RIGHT_VOUCH);
    assert_false(rights_open_staff_mode(role_rights(ROLE_HOST)));
}

static void a_referent_vouches_and_calls_the_roll(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(role_may(ROLE_REFERENT, (enum right)right),
                         right == RIGHT_VOUCH || right == RIGHT_ROLL_CALL || right == RIGHT_ROTA);
    assert_true(rights_open_staff_mode(role_rights(ROLE_REFERENT)));
}

static void staff_may_all_and_nobody_else_anything(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++) {
        assert_true(role_may(ROLE_STAFF, (enum right)right));
        assert_false(role_may(ROLE_NONE, (enum right)right));
    }
    assert_true(rights_open_staff_mode(role_rights(ROLE_STAFF)));
    assert_false(rights_open_staff_mode(role_rights(ROLE_NONE)));
}

static void rights_have_names_and_what_is_more_than_looking_takes_a_pin(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(right_from_name(right_name((enum right)right)), right);
    assert_int_equal(right_from_name("everything"), RIGHT_COUNT);
    assert_false(rights_take_pin(role_rights(ROLE_REFERENT)));
    assert_true(rights_take_pin(1u << RIGHT_BADGES));
    assert_true(rights_take_pin(role_rights(ROLE_STAFF)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_role_keeps_its_name),
        cmocka_unit_test(a_host_vouches_and_no_more),
        cmocka_unit_test(a_referent_vouches_and_calls_the_roll),
        cmocka_unit_test(staff_may_all_and_nobody_else_anything),
        cmocka_unit_test(rights_have_names_and_what_is_more_than_looking_takes_a_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
