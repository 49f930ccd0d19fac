#include "app/command/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/report.h"

static void days_months_and_open_sides_are_read(void **state)
{
    static const struct {
        struct period_asked asked;
        int first_day, last_day;
    } cases[] = {
        {{NULL, NULL, NULL}, REPORT_FIRST_DAY, REPORT_LAST_DAY},
        {{"2026-11-25", NULL, NULL}, 20261125, REPORT_LAST_DAY},
        {{NULL, "25/11/2026", NULL}, REPORT_FIRST_DAY, 20261125},
        {{"2026-10-24", "2026-10-24", NULL}, 20261024, 20261024},
        {{NULL, NULL, "2026-11"}, 20261101, 20261130},
        {{NULL, NULL, "2026-12"}, 20261201, 20261231},
        {{NULL, NULL, "2026-02"}, 20260201, 20260228},
        {{NULL, NULL, "2028-02"}, 20280201, 20280229},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct period period;
        assert_int_equal(period_read(&cases[i].asked, &period, NULL), RC_OK);
        assert_int_equal(period.first_day, cases[i].first_day);
        assert_int_equal(period.last_day, cases[i].last_day);
    }
}

static void what_is_no_time_is_told_in_a_sentence(void **state)
{
    static const struct {
        struct period_asked asked;
        const char *says;
    } cases[] = {
        {{"yesterday", NULL, NULL}, "\"yesterday\" is no date"},
        {{"2026-02-29", NULL, NULL}, "\"2026-02-29\" is no date"},
        {{NULL, "11/25/2026", NULL}, "\"11/25/2026\" is no date"},
        {{"2026-11-02", "2026-11-01", NULL}, "--from 2026-11-02 is after --to 2026-11-01"},
        {{NULL, NULL, "2026-13"}, "\"2026-13\" is no month"},
        {{NULL, NULL, "2026"}, "\"2026\" is no month"},
        {{NULL, NULL, "2026-11-01 "}, "is no month; write it as 2026-11"},
        {{NULL, NULL, "november"}, "is no month"},
        {{"2026-11-01", NULL, "2026-11"}, "leave --from and --to away"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct period period = {1, 2};
        struct reason reason = {.text = ""};
        assert_int_equal(period_read(&cases[i].asked, &period, &reason), RC_BAD_INPUT);
        if (!strstr(reason.text, cases[i].says))
            fail_msg("'%s' and not '%s'", reason.text, cases[i].says);
        assert_true(period.first_day == 1 && period.last_day == 2);
    }
}

static void a_day_is_written_as_it_was_read_and_an_open_side_as_nothing(void **state)
{
    char text[PERIOD_DAY_BYTES];
    (void)state;
    period_write_day(20261105, text);
    assert_string_equal(text, "2026-11-05");
    period_write_day(REPORT_FIRST_DAY, text);
    assert_string_equal(text, "");
    period_write_day(REPORT_LAST_DAY, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_months_and_open_sides_are_read),
        cmocka_unit_test(what_is_no_time_is_told_in_a_sentence),
        cmocka_unit_test(a_day_is_written_as_it_was_read_and_an_open_side_as_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
