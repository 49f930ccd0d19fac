/* What tools write beside the plain case: other charsets, dates beside rules, letters. */
#include "app/exchange/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/diary.h"

#define EVENT(uid, from, to, more)                                                                 \
    "BEGIN:VEVENT|UID:" uid "|DTSTART;TZID=Europe/Brussels:" from                                  \
    "|DTEND;TZID=Europe/Brussels:" to "|SUMMARY:Permanence|" more "END:VEVENT|"

static const struct calendar_row *expect_at(const struct calendar *calendar, const char *from,
                                            const char *to)
{
    const struct calendar_row *row = diary_row_at(calendar, from);
    if (!row)
        fail_msg("nothing begins at %s", from);
    assert_int_equal(row->to_ms, diary_ms(to));
    return row;
}

static void a_calendar_in_windows_1252_is_read(void **state)
{
    static const char bytes[] =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n"
        "DTSTART;TZID=Europe/Brussels:20261201T180000\r\nDURATION:PT2H\r\n"
        "SUMMARY:Ap\xE9ro \x96 \xE9t\xE9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = diary_read_bytes(&diary, bytes, sizeof bytes - 1);
    assert_string_equal(expect_at(calendar, "2026-12-01 18:00", "2026-12-01 20:00")->title,
                        "Apéro – été");
    calendar_close(calendar);
    diary_close(&diary);
}

static void dates_come_beside_those_of_a_rule_and_each_once(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = diary_read_events(
        &diary,
        EVENT("s", "20261202T140000", "20261202T170000",
              "RRULE:FREQ=WEEKLY;COUNT=2|"
              "RDATE;TZID=Europe/Brussels:20261204T140000,20261209T140000|"
              "RDATE;VALUE=PERIOD:20261211T130000Z/PT1H,20261212T130000Z/20261212T133000Z|"));
    assert_int_equal(calendar_count(calendar), 5);
    expect_at(calendar, "2026-12-02 14:00", "2026-12-02 17:00");
    expect_at(calendar, "2026-12-04 14:00", "2026-12-04 17:00");
    expect_at(calendar, "2026-12-09 14:00", "2026-12-09 17:00");
    expect_at(calendar, "2026-12-11 14:00", "2026-12-11 15:00");
    expect_at(calendar, "2026-12-12 14:00", "2026-12-12 14:30");
    calendar_close(calendar);
    diary_close(&diary);
}

static void several_rules_make_one_series(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar =
        diary_read_events(&diary, EVENT("s", "20261202T140000", "20261202T170000",
                                        "RRULE:FREQ=WEEKLY;COUNT=2|RRULE:FREQ=MONTHLY;COUNT=2|"));
    assert_int_equal(calendar_count(calendar), 3);
    expect_at(calendar, "2026-12-09 14:00", "2026-12-09 17:00");
    expect_at(calendar, "2027-01-02 14:00", "2027-01-02 17:00");
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_change_of_all_that_follow_is_said_to_change_one(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = diary_read_events(
        &diary,
        EVENT("s", "20261202T140000", "20261202T170000", "RRULE:FREQ=WEEKLY;COUNT=3|")
            EVENT("s", "20261209T150000", "20261209T180000",
                  "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Brussels:20261209T140000|"));
    expect_at(calendar, "2026-12-09 15:00", "2026-12-09 18:00");
    expect_at(calendar, "2026-12-16 14:00", "2026-12-16 17:00");
    assert_true(diary_has_note(calendar, "only this one is changed"));
    calendar_close(calendar);
    diary_close(&diary);
}

/* --- letters --- */

static void a_letter_makes_nothing_else_vanish(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, EVENT("a", "20261203T100000", "20261203T110000", "")
                             EVENT("b", "20261204T100000", "20261204T110000", ""));
    struct calendar *calendar = diary_read_events(
        &diary, "METHOD:REQUEST|" EVENT("b", "20261204T120000", "20261204T130000", ""));
    assert_true(diary_has_note(calendar, "no whole calendar"));
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 0, 1, 0, 0, 0, 0);
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_letter_that_cancels_does_so_without_a_status(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, EVENT("a", "20261203T100000", "20261203T110000", "")
                             EVENT("b", "20261204T100000", "20261204T110000", ""));
    struct calendar *calendar = diary_read_events(
        &diary, "METHOD:CANCEL|" EVENT("b", "20261204T100000", "20261204T110000", ""));
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 0, 0, 0, 1, 0, 0);
    assert_int_equal(diary_take(calendar, &diary), RC_OK);
    assert_int_equal(diary.occasions[0].state, OCCASION_ON);
    assert_int_equal(diary.occasions[1].state, OCCASION_CANCELLED);
    calendar_close(calendar);
    diary_close(&diary);
}

static void a_published_calendar_is_a_whole_one(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    diary_import(&diary, EVENT("a", "20261203T100000", "20261203T110000", "")
                             EVENT("b", "20261204T100000", "20261204T110000", ""));
    struct calendar *calendar = diary_read_events(
        &diary, "METHOD:PUBLISH|" EVENT("b", "20261204T100000", "20261204T110000", ""));
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 0, 0, 1, 0, 1, 0);
    calendar_close(calendar);
    diary_close(&diary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_in_windows_1252_is_read),
        cmocka_unit_test(dates_come_beside_those_of_a_rule_and_each_once),
        cmocka_unit_test(several_rules_make_one_series),
        cmocka_unit_test(a_change_of_all_that_follow_is_said_to_change_one),
        cmocka_unit_test(a_letter_makes_nothing_else_vanish),
        cmocka_unit_test(a_letter_that_cancels_does_so_without_a_status),
        cmocka_unit_test(a_published_calendar_is_a_whole_one),
    };
    return cmocka_run_group_tests(tests, diary_set_up, NULL);
}
