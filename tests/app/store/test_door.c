#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/house.h"

#define MINUTE HOUSE_MINUTE_MS

static void assert_holds(struct house *house)
{
    struct verify_result result = house_verify(house);
    if (!verify_holds(&result))
        fail_msg("%s", result.first);
}

static void the_first_tap_arrives_and_the_next_leaves(void **state)
{
    struct house *house = *state;
    struct answer in = house_tap(house, HOUSE_ADA);
    assert_int_equal(in.kind, ANSWER_ARRIVAL);
    assert_string_equal(in.first_name, "Ada");
    assert_int_equal(in.here, 1);
    assert_int_equal(in.at_ms, HOUSE_BEGIN_MS);
    assert_int_equal(in.undo_ms, 10000);
    house_wait(house, 30 * MINUTE);
    struct answer out = house_tap(house, HOUSE_ADA);
    assert_int_equal(out.kind, ANSWER_DEPARTURE);
    assert_int_equal(out.arrived_ms, HOUSE_BEGIN_MS);
    assert_int_equal(out.today_s, 1800);
    assert_int_equal(out.month_s, 1800);
    assert_int_equal(out.here, 0);
    assert_holds(house);
}

static int setup(void **state)
{
    *state = house_open();
    return 0;
}

static int teardown(void **state)
{
    house_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_tap_arrives_and_the_next_leaves, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
