#include "app/domain/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#define FOUR DAY_END_DEFAULT_MIN

/* "2026-03-29T01:00:00Z" as milliseconds. */
static int64_t utc(const char *text)
{
    struct tm tm = {.tm_sec = 0};
    assert_non_null(strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm));
    return (int64_t)timegm(&tm) * 1000;
}

static void assert_time(int64_t actual_ms, const char *expected)
{
    char text[32];
    day_format_utc(actual_ms, text, sizeof text);
    assert_string_equal(text, expected);
}

static void a_day_ends_at_four_in_the_morning(void **state)
{
    (void)state;
    assert_time(day_end_after(utc("2026-11-21T13:00:00Z"), FOUR), "2026-11-22T03:00:00Z");
    assert_time(day_end_after(utc("2026-11-22T02:59:59Z"), FOUR), "2026-11-22T03:00:00Z");
    assert_time(day_begin(utc("2026-11-22T02:59:59Z"), FOUR), "2026-11-21T03:00:00Z");
}

static void the_end_itself_belongs_to_the_next_day(void **state)
{
    (void)state;
    assert_time(day_end_after(utc("2026-11-22T03:00:00Z"), FOUR), "2026-11-23T03:00:00Z");
    assert_time(day_begin(utc("2026-11-22T03:00:00Z"), FOUR), "2026-11-22T03:00:00Z");
}

/* mktime answers for an hour that is there twice by what it was asked before. */
static void an_end_that_is_there_twice_is_the_first_whatever_was_asked_before(void **state)
{
    static const char *const before[] = {"2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        day_end_after(utc(before[i]), 150);
        assert_time(day_end_after(utc("2026-10-24T20:00:00Z"), 150), "2026-10-25T00:30:00Z");
        day_end_after(utc(before[i]), 150);
        assert_time(day_number_begin(20261025, 150), "2026-10-25T00:30:00Z");
    }
}

static void the_night_to_summer_time_is_an_hour_short(void **state)
{
    (void)state;
    assert_time(day_begin(utc("2026-03-28T20:00:00Z"), FOUR), "2026-03-28T03:00:00Z");
    assert_time(day_end_after(utc("2026-03-28T20:00:00Z"), FOUR), "2026-03-29T02:00:00Z");
    assert_time(day_end_after(utc("2026-03-29T02:00:00Z"), FOUR), "2026-03-30T02:00:00Z");
}

static void the_night_to_winter_time_is_an_hour_long(void **state)
{
    (void)state;
    assert_time(day_end_after(utc("2026-10-24T20:00:00Z"), FOUR), "2026-10-25T03:00:00Z");
    assert_time(day_begin(utc("2026-10-25T02:30:00Z"), FOUR), "2026-10-24T02:00:00Z");
}

static void an_end_in_the_hour_that_does_not_exist_still_moves_on(void **state)
{
    (void)state;
    int64_t at = utc("2026-03-28T12:00:00Z");
    for (int i = 0; i < 4; i++) {
        int64_t next = day_end_after(at, 150); /* 02:30 */
        assert_true(next > at && next - at <= INT64_C(26) * 3600 * 1000);
        assert_true(day_begin(next, 150) <= next);
        at = next;
    }
}

static void a_day_has_the_number_of_the_date_it_began_on(void **state)
{
    (void)state;
    assert_int_equal(day_number(utc("2026-11-21T13:00:00Z"), FOUR), 20261121);
    assert_int_equal(day_number(utc("2026-12-01T02:59:59Z"), FOUR), 20261130);
    assert_int_equal(day_number(utc("2026-12-01T03:00:00Z"), FOUR), 20261201);
    assert_int_equal(day_number(utc("2026-10-25T02:30:00Z"), FOUR), 20261024);
    assert_time(day_number_begin(20261201, FOUR), "2026-12-01T03:00:00Z");
    assert_time(day_number_begin(20261025, FOUR), "2026-10-25T03:00:00Z");
    assert_int_equal(day_first_of_month(20261130), 20261101);
    assert_int_equal(day_number_add(20261228, 7), 20270104);
    assert_int_equal(day_number_add(20280229, 728), 20300226);
    assert_int_equal(day_number_add(20261025, 1), 20261026);
    assert_true(day_last_of_month(20260203) >= 20260228);
}

static void times_before_1970_are_times_too(void **state)
{
    (void)state;
    assert_time(-1, "1969-12-31T23:59:59Z");
    assert_true(day_end_after(-1, FOUR) > -1);
    assert_true(day_begin(-1, FOUR) <= -1);
}

static void local_time_is_the_venues(void **state)
{
    char text[32];
    (void)state;
    day_format_local(utc("2026-11-23T13:52:07Z"), text, sizeof text);
    assert_string_equal(text, "2026-11-23 14:52:07");
    day_format_local(utc("2026-07-23T13:52:07Z"), text, sizeof text);
    assert_string_equal(text, "2026-07-23 15:52:07");
}

static void a_date_is_one_that_the_calendar_has(void **state)
{
    static const struct {
        const char *iso;
        int number;
    } rows[] = {
        {"2026-11-25", 20261125},
        {"2024-02-29", 20240229},
        {"2000-02-29", 20000229},
        {"2023-02-29", 0},
        {"1900-02-29", 0},
        {"2026-13-01", 0},
        {"2026-00-10", 0},
        {"2026-04-31", 0},
        {"2026-4-3", 0},
        {"2026-11-25 ", 0},
        {"25-11-2026", 0},
        {"2026/11/25", 0},
        {"", 0},
        {"0000-01-01", 0},
        {"2026-11-00", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int number = 0;
        enum rc rc = day_from_iso(rows[i].iso, &number);
        assert_int_equal(rc, rows[i].number ? RC_OK : RC_BAD_INPUT);
        assert_int_equal(number, rows[i].number);
    }
}

static void so_many_days_later_it_is_the_same_hour(void **state)
{
    static const char *const rows[][3] = {
        {"2026-03-28T13:00:00Z", "1", "2026-03-29T12:00:00Z"}, /* to summer time */
        {"2026-10-24T12:00:00Z", "7", "2026-10-31T13:00:00Z"}, /* and back */
        {"2026-10-24T00:30:00Z", "1", "2026-10-25T00:30:00Z"}, /* 02:30 is there twice */
        {"2026-03-01T12:00:00Z", "-1", "2026-02-28T12:00:00Z"},
        {"2026-11-26T12:00:00Z", "0", "2026-11-26T12:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(day_later(utc(rows[i][0]), atoi(rows[i][1])), utc(rows[i][2]));
}

static int setup(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_ends_at_four_in_the_morning),
        cmocka_unit_test(the_end_itself_belongs_to_the_next_day),
        cmocka_unit_test(an_end_that_is_there_twice_is_the_first_whatever_was_asked_before),
        cmocka_unit_test(the_night_to_summer_time_is_an_hour_short),
        cmocka_unit_test(the_night_to_winter_time_is_an_hour_long),
        cmocka_unit_test(an_end_in_the_hour_that_does_not_exist_still_moves_on),
        cmocka_unit_test(a_day_has_the_number_of_the_date_it_began_on),
        cmocka_unit_test(times_before_1970_are_times_too),
        cmocka_unit_test(local_time_is_the_venues),
        cmocka_unit_test(so_many_days_later_it_is_the_same_hour),
        cmocka_unit_test(a_date_is_one_that_the_calendar_has),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
