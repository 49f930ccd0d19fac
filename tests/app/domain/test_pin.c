#include "app/domain/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void ordinary_numbers_are_taken(void **state)
{
    static const char *const pins[] = {"2749",  "274913", "27491306", "1235",    "1357",
                                       "11112", "0909",   "900017",   "4321987", "00001"};
    struct reason reason = {.text = "untouched"};
    (void)state;
    for (size_t i = 0; i < sizeof pins / sizeof pins[0]; i++)
        assert_int_equal(pin_check(pins[i], &reason), RC_OK);
    assert_string_equal(reason.text, "untouched");
}

static void what_is_no_pin_is_told_how_long_one_is(void **state)
{
    static const char *const wrong[] = {"",     "274",   "274913065", "27 49", "2749a", "٢٧٤٩",
                                        "-274", "+2749", "2749\n",    "27.49", "0x27"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct reason reason = {.text = ""};
        assert_int_equal(pin_check(wrong[i], &reason), RC_BAD_INPUT);
        assert_non_null(strstr(reason.text, "4 to 8 digits"));
    }
}

static void what_is_tried_first_is_refused_without_being_repeated(void **state)
{
    static const char *const weak[] = {"0000",   "1111",     "999999", "00000000", "1234", "4321",
                                       "123456", "87654321", "7890",   "0987",     "8901", "3456"};
    (void)state;
    for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++) {
        struct reason reason = {.text = ""};
        assert_int_equal(pin_check(weak[i], &reason), RC_REFUSED);
        assert_non_null(strstr(reason.text, "take another"));
        assert_null(strstr(reason.text, weak[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_numbers_are_taken),
        cmocka_unit_test(what_is_no_pin_is_told_how_long_one_is),
        cmocka_unit_test(what_is_tried_first_is_refused_without_being_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
