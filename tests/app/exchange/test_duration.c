#include "app/exchange/duration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void lengths_are_written_as_a_clock_and_as_hours(void **state)
{
    static const struct {
        int64_t seconds;
        const char *clock, *excel, *strict;
    } cases[] = {
        {0, "0:00:00", "0,00", "0.00"},
        {17, "0:00:17", "0,00", "0.00"},
        {18, "0:00:18", "0,01", "0.01"},
        {9015, "2:30:15", "2,50", "2.50"},
        {90000, "25:00:00", "25,00", "25.00"},
        {3599, "0:59:59", "1,00", "1.00"},
        {360000001, "100000:00:01", "100000,00", "100000.00"},
    };
    char text[DURATION_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        duration_write_clock(cases[i].seconds, text);
        assert_string_equal(text, cases[i].clock);
        duration_write_hours(CSV_PROFILE_EXCEL, cases[i].seconds, text);
        assert_string_equal(text, cases[i].excel);
        duration_write_hours(CSV_PROFILE_STRICT, cases[i].seconds, text);
        assert_string_equal(text, cases[i].strict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_written_as_a_clock_and_as_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
