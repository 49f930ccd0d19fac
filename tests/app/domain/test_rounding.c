#include "app/domain/rounding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void half_a_step_goes_up_and_a_second_less_goes_down(void **state)
{
    static const struct {
        enum rounding rounding;
        int64_t seconds, rounded;
    } cases[] = {
        {ROUNDING_NONE, 0, 0},           {ROUNDING_NONE, 1, 1},
        {ROUNDING_NONE, 3599, 3599},     {ROUNDING_5_MIN, 0, 0},
        {ROUNDING_5_MIN, 149, 0},        {ROUNDING_5_MIN, 150, 300},
        {ROUNDING_5_MIN, 449, 300},      {ROUNDING_5_MIN, 450, 600},
        {ROUNDING_15_MIN, 449, 0},       {ROUNDING_15_MIN, 450, 900},
        {ROUNDING_15_MIN, 32400, 32400}, {ROUNDING_15_MIN, 32400 + 449, 32400},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(rounding_apply(cases[i].rounding, cases[i].seconds), cases[i].rounded);
}

static void rounding_is_never_off_by_more_than_half_a_step_and_twice_changes_nothing(void **state)
{
    static const int64_t steps_s[] = {1, 300, 900};
    (void)state;
    for (int i = 0; i < ROUNDING_COUNT; i++)
        for (int64_t s = 0; s < 3 * 3600; s++) {
            int64_t rounded = rounding_apply((enum rounding)i, s);
            assert_true(rounded % steps_s[i] == 0 && 2 * (rounded - s) <= steps_s[i] &&
                        2 * (s - rounded) <= steps_s[i]);
            assert_int_equal(rounding_apply((enum rounding)i, rounded), rounded);
        }
}

static void names_are_read_back_and_others_are_none(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDING_COUNT; i++)
        assert_int_equal(rounding_from_name(rounding_name((enum rounding)i)), i);
    assert_int_equal(rounding_from_name("7"), ROUNDING_COUNT);
    assert_int_equal(rounding_from_name(""), ROUNDING_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_step_goes_up_and_a_second_less_goes_down),
        cmocka_unit_test(rounding_is_never_off_by_more_than_half_a_step_and_twice_changes_nothing),
        cmocka_unit_test(names_are_read_back_and_others_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
