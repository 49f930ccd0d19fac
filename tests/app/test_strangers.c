#include "app/strangers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct badge badge_of(int number)
{
    struct badge badge = {""};
    snprintf(badge.text, sizeof badge.text, "uid:04A1B2C3D4E5%02X", number);
    return badge;
}

static void tap(struct strangers *strangers, int number)
{
    struct badge badge = badge_of(number);
    strangers_add(strangers, &badge, number * 1000);
}

static void the_last_five_are_remembered_newest_first(void **state)
{
    struct strangers strangers = {.count = 0};
    (void)state;
    for (int i = 1; i <= 7; i++)
        tap(&strangers, i);
    assert_int_equal(strangers.count, STRANGERS_MAX);
    assert_int_equal(strangers.rows[0].wall_ms, 7000);
    assert_int_equal(strangers.rows[4].wall_ms, 3000);
}

static void one_that_taps_again_is_listed_once(void **state)
{
    struct strangers strangers = {.count = 0};
    (void)state;
    tap(&strangers, 1);
    tap(&strangers, 2);
    tap(&strangers, 1);
    assert_int_equal(strangers.count, 2);
    assert_int_equal(strangers.rows[0].wall_ms, 1000);
}

static void a_number_stays_right_while_others_come_and_goes_with_its_badge(void **state)
{
    struct strangers strangers = {.count = 0};
    struct badge first = badge_of(1);
    (void)state;
    tap(&strangers, 1);
    int number = strangers.rows[0].number;
    tap(&strangers, 2);
    assert_string_equal(strangers_find(&strangers, number)->badge.text, first.text);
    strangers_remove(&strangers, &first);
    assert_null(strangers_find(&strangers, number));
    assert_int_equal(strangers.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_five_are_remembered_newest_first),
        cmocka_unit_test(one_that_taps_again_is_listed_once),
        cmocka_unit_test(a_number_stays_right_while_others_come_and_goes_with_its_badge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
