#include "app/exchange/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/diary.h"

static void files_that_are_no_calendar_say_how_to_get_one(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum rc rc;
        const char *says;
    } files[] = {
        {"", 0, RC_EMPTY, "is empty"},
        {" \r\n\t", 4, RC_EMPTY, "is empty"},
        {"<!DOCTYPE html><title>Login</title>", 35, RC_UNSUPPORTED, "web page"},
        {"\xEF\xBB\xBF\n<html>", 10, RC_UNSUPPORTED, "Nextcloud"},
        {"PK\x03\x04zzzz", 8, RC_UNSUPPORTED, "spreadsheet"},
        {"{\"a\":1}", 7, RC_UNSUPPORTED, "JSON"},
        {"\xFF\xFE"
         "B\0E\0",
         6, RC_UNSUPPORTED, "UTF-16"},
        {"%PDF-1.4", 8, RC_UNSUPPORTED, "PDF"},
        {"BEGIN:VCALENDAR\nEND:VCALENDAR\n", 30, RC_EMPTY, "no event"},
        {"BEGIN:VEVENT\nUID:a\nDTSTART:20261201T100000Z\nEND:VEVENT\n", 55, RC_BAD_INPUT,
         "BEGIN:VCALENDAR"},
        {"BEGIN:VCALENDAR\n\0", 17, RC_BAD_INPUT, "not a text file"},
        {"first name;name\nA;B\n", 20, RC_BAD_INPUT, "headings"},
        {"hello", 5, RC_BAD_INPUT, "neither a calendar"},
    };
    struct diary diary = diary_open();
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        diary_expect_refused(&diary, files[i].bytes, files[i].length, files[i].rc, files[i].says);
    char *large = calloc(1, CALENDAR_FILE_BYTES + 1);
    memset(large, ' ', CALENDAR_FILE_BYTES + 1);
    memcpy(large, "BEGIN:VCALENDAR\n", 16);
    diary_expect_refused(&diary, large, CALENDAR_FILE_BYTES + 1, RC_LIMIT, "larger than 16 MiB");
    free(large);
    diary_close(&diary);
}

static void events_that_cannot_be_right_are_refused_with_their_line(void **state)
{
    static const struct {
        const char *lines, *says;
    } events[] = {
        {"UID:a|SUMMARY:x", "no beginning"},
        {"UID:a|DTSTART:tomorrow", "is no date"},
        {"UID:a|DTSTART:20260231T100000Z", "is no date"},
        {"UID:a|DTSTART:00010101T100000Z", "between 1970 and 2100"},
        {"UID:a|DTSTART:20261201T100000Z|DTEND:20261201T090000Z", "ends before it begins"},
        {"UID:a|DTSTART:20261201T100000Z|DTEND:2026", "end (DTEND) is no date"},
        {"UID:a|DTSTART:20261201T100000Z|DURATION:-PT1H", "ends before it begins"},
        {"UID:a|DTSTART:20261201T100000Z|DURATION:P1X", "DURATION"},
        {"UID:a|DTSTART:20261201T100000Z|DTEND:20261208T110000Z", "longer than seven days"},
        {"UID:a|DTSTART;VALUE=DATE:20261201|DTEND:20261202T110000Z", "other way round"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:FREQ=HOURLY", "every hour"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:FREQ=MINUTELY", "every hour"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:FREQ=SECONDLY;INTERVAL=9", "every hour"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:FREQ=SOMETIMES", "RRULE"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:FREQ=DAILY;INTERVAL=0", "RRULE"},
        {"UID:a|DTSTART:20261201T100000Z|RRULE:RSCALE=CHINESE;FREQ=DAILY", "RSCALE"},
        {"UID:a|DTSTART:20261201T100000Z|DESCRIPTION:Caisse: 5000 places", "1000 places"},
    };
    struct diary diary = diary_open();
    (void)state;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        char lines[400];
        snprintf(lines, sizeof lines, "X-A:1|BEGIN:VEVENT|%s|END:VEVENT", events[i].lines);
        struct calendar *calendar = diary_read_events(&diary, lines);
        assert_int_equal(calendar_count(calendar), 1);
        const struct calendar_row *row = calendar_row(calendar, 0);
        assert_int_equal(row->verdict, CALENDAR_REFUSED);
        assert_int_equal(row->line, 3);
        if (!strstr(row->reason->text, events[i].says))
            fail_msg("%s says: %s", events[i].lines, row->reason->text);
        diary_plan(calendar, &diary);
        diary_expect_counts(calendar, 0, 0, 0, 0, 0, 1);
        assert_int_equal(diary_take(calendar, &diary), RC_OK);
        assert_int_equal(diary.facts, 0);
        calendar_close(calendar);
    }
    diary_close(&diary);
}

static void what_is_unclear_is_assumed_and_noted(void **state)
{
    static const struct {
        const char *lines, *says;
        const char *from, *to;
    } events[] = {
        {"UID:a|DTSTART:20261201T100000|SUMMARY:Agora", "no end", "2026-12-01 10:00",
         "2026-12-01 11:00"},
        {"UID:a|DTSTART;VALUE=DATE:20261201|SUMMARY:Agora", NULL, "2026-12-01", "2026-12-02"},
        {"UID:a|DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20261201|SUMMARY:Agora", NULL,
         "2026-12-01", "2026-12-02"},
        {"UID:a|DTSTART;TZID=Mars/Olympus:20261201T100000|DURATION:PT2H|SUMMARY:Agora",
         "\"Mars/Olympus\" is not known", "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART;TZID=../../etc/passwd:20261201T100000|DURATION:PT2H|SUMMARY:Agora",
         "is not known", "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART;TZID=America/New_York:20261201T040000|DURATION:PT2H|SUMMARY:Agora", NULL,
         "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART;TZID=GMT Standard Time:20261201T090000|DURATION:PT2H|SUMMARY:Agora", NULL,
         "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20261201T100000|DURATION:PT2H|"
         "SUMMARY:Agora",
         NULL, "2026-12-01 10:00", "2026-12-01 12:00"},
        {"DTSTART:20261201T100000|DURATION:PT2H|SUMMARY:Agora", NULL, "2026-12-01 10:00",
         "2026-12-01 12:00"},
        {"UID:a|DTSTART:20261201T100000|DURATION:PT2H|SUMMARY:Coucou", "taken for an open day",
         "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART:20261201T100000|DURATION:PT2H|SUMMARY:Ago\001ra", "control characters",
         "2026-12-01 10:00", "2026-12-01 12:00"},
        {"UID:a|DTSTART:20261201T100000|DURATION:PT2H|SUMMARY:Agora|broken folding here", NULL,
         "2026-12-01 10:00", "2026-12-01 12:00"},
    };
    struct diary diary = diary_open();
    (void)state;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        char lines[400];
        snprintf(lines, sizeof lines, "BEGIN:VEVENT|%s|END:VEVENT", events[i].lines);
        struct calendar *calendar = diary_read_events(&diary, lines);
        const struct calendar_row *row = diary_row_at(calendar, events[i].from);
        if (!row || row->to_ms != diary_ms(events[i].to) || row->verdict == CALENDAR_REFUSED)
            fail_msg("%s is elsewhere", events[i].lines);
        if (events[i].says ? !diary_has_note(calendar, events[i].says)
                           : calendar_note_count(calendar) != 1)
            fail_msg("%s is not noted rightly", events[i].lines);
        assert_true(row->uid[0] != 0);
        calendar_close(calendar);
    }
    diary_close(&diary);
}

static void doubled_uids_and_cut_files_are_told(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    struct calendar *calendar = diary_read_events(
        &diary, "BEGIN:VEVENT|UID:a|SEQUENCE:2|DTSTART:20261201T100000Z|SUMMARY:Agora|END:VEVENT|"
                "BEGIN:VEVENT|UID:a|SEQUENCE:1|DTSTART:20261202T100000Z|SUMMARY:Agora|END:VEVENT|"
                "BEGIN:VEVENT|UID:b|DTSTART:20261203T100000Z|SUMMARY:Agora|"
                "BEGIN:VEVENT|UID:c|RECURRENCE-ID:20261204T100000Z|DTSTART:20261204T110000Z|"
                "SUMMARY:Agora|END:VEVENT|BEGIN:VEVENT|UID:d|DTSTART:2026");
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 2, 0, 0, 0, 0, 3);
    assert_int_equal(calendar_row(calendar, 0)->line, 8);
    assert_non_null(strstr(calendar_row(calendar, 0)->reason->text, "Line 2 has the same UID"));
    assert_non_null(strstr(calendar_row(calendar, 1)->reason->text, "no END:VEVENT"));
    assert_non_null(strstr(calendar_row(calendar, 2)->reason->text, "no END:VEVENT"));
    assert_string_equal(diary_row_at(calendar, "2026-12-04 12:00")->instance, "20261204T100000Z");
    calendar_close(calendar);
    diary_close(&diary);
}

static void rows_of_a_table_that_cannot_be_right_are_refused(void **state)
{
    static const struct {
        const char *row, *says;
    } rows[] = {
        {"31/02/2026;10:00;11:00;agora;x;", "no date"},
        {"01/12/2026;ten;11:00;agora;x;", "no time of day"},
        {"01/12/2026;;11:00;agora;x;", "no start"},
        {"01/12/2026;10:00;10:00;agora;x;", "ends when it begins"},
        {"01/12/2026;10:00;11:00;zorglub;x;", "no kind of occasion"},
        {"01/12/2026;10:00;11:00;shift;x;many", "number of places"},
        {"01/12/2026;10:00;11:00;shift;x;1001", "number of places"},
        {"01/12/2026;10:00;11:00;shift;x;1;2;3", "more cells"},
    };
    struct diary diary = diary_open();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[300];
        snprintf(text, sizeof text, "datum;begin;einde;soort;titel;plaatsen\n%s\n", rows[i].row);
        struct calendar *calendar = diary_read(&diary, text);
        assert_int_equal(calendar_count(calendar), 1);
        assert_int_equal(calendar_row(calendar, 0)->line, 2);
        if (!strstr(calendar_row(calendar, 0)->reason->text, rows[i].says))
            fail_msg("%s says: %s", rows[i].row, calendar_row(calendar, 0)->reason->text);
        calendar_close(calendar);
    }
    diary_close(&diary);
}

static void hostile_rules_end(void **state)
{
    static const struct {
        const char *rule;
        int count; /* of occasions; -1: the rest of the file is refused */
    } rules[] = {
        {"FREQ=DAILY;COUNT=1000000000", 394},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", 1},
        {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", 1},
        {"FREQ=MONTHLY;BYSETPOS=300;BYDAY=MO", 1},
        {"FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7", 1000},
        {"FREQ=WEEKLY;INTERVAL=32000", 1},
    };
    struct diary diary = diary_open();
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        char lines[300];
        snprintf(lines, sizeof lines,
                 "BEGIN:VEVENT|UID:a|DTSTART:20261201T100000|SUMMARY:Agora|RRULE:%s|END:VEVENT",
                 rules[i].rule);
        struct calendar *calendar = diary_read_events(&diary, lines);
        if ((int)calendar_count(calendar) != rules[i].count)
            fail_msg("%s: %zu", rules[i].rule, calendar_count(calendar));
        calendar_close(calendar);
    }
    diary_close(&diary);
}

static void many_rules_that_never_come_are_refused_in_the_end(void **state)
{
    struct diary diary = diary_open();
    char *text = calloc(1, 400 * 200), *at = text;
    (void)state;
    at += sprintf(at, "BEGIN:VCALENDAR\n");
    for (int i = 0; i < 400; i++)
        at += sprintf(at,
                      "BEGIN:VEVENT\nUID:%03d\nDTSTART:20261201T100000\nSUMMARY:Agora\n"
                      "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\nEND:VEVENT\n",
                      i);
    sprintf(at, "END:VCALENDAR\n");
    struct calendar *calendar = diary_read(&diary, text);
    diary_plan(calendar, &diary);
    struct calendar_counts counts = calendar_count_plan(calendar);
    assert_true(counts.rows[CALENDAR_NEW] < 20);
    assert_int_equal(counts.rows[CALENDAR_NEW] + counts.rows[CALENDAR_REFUSED], 400);
    calendar_close(calendar);
    free(text);
    diary_close(&diary);
}

static void more_than_anybody_has_is_refused(void **state)
{
    struct diary diary = diary_open();
    char *text = calloc(1, 8 << 20), *at = text;
    (void)state;
    at += sprintf(at, "BEGIN:VCALENDAR\n");
    for (int i = 0; i < 60; i++)
        at += sprintf(at,
                      "BEGIN:VEVENT\nUID:%d\nDTSTART:20261201T%02d0000\nRRULE:FREQ=DAILY\n"
                      "SUMMARY:Agora\nEND:VEVENT\n",
                      i, i % 24);
    sprintf(at, "END:VCALENDAR\n");
    diary_expect_refused(&diary, text, strlen(text), RC_LIMIT, "more than 20000 occasions");
    at = text + sprintf(text, "BEGIN:VCALENDAR\n");
    for (int i = 0; i <= 100000; i++)
        at += sprintf(at, "BEGIN:VEVENT\nUID:%d\nEND:VEVENT\n", i);
    diary_expect_refused(&diary, text, strlen(text), RC_LIMIT, "more than 100000 events");
    free(text);
    diary_close(&diary);
}

static void ten_thousand_exdates_are_read(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    for (int is_one_line = 0; is_one_line < 2; is_one_line++) {
        char *text = calloc(1, 1 << 20), *at = text;
        at += sprintf(at, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261201T100000\n"
                          "RRULE:FREQ=DAILY\nSUMMARY:Agora\n");
        for (int i = 0; i < 10000; i++)
            at += sprintf(at, "%s20%02d%02d%02dT100000%s",
                          is_one_line ? (i ? "," : "EXDATE:") : "EXDATE:", 20 + i / 336,
                          i / 28 % 12 + 1, i % 28 + 1, is_one_line ? "" : "\n");
        sprintf(at, "\nEND:VEVENT\nEND:VCALENDAR\n");
        struct calendar *calendar = diary_read(&diary, text);
        diary_plan(calendar, &diary);
        /* The 29th, 30th and 31st of each month are left. */
        diary_expect_counts(calendar, 30, 0, 0, 0, 0, 0);
        calendar_close(calendar);
        free(text);
    }
    diary_close(&diary);
}

static void huge_texts_are_cut(void **state)
{
    struct diary diary = diary_open();
    char *text = calloc(1, 3 << 20), *at = text;
    (void)state;
    at += sprintf(at, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261201T100000\nSUMMARY:");
    for (int i = 0; i < 200000; i++)
        at += sprintf(at, "é");
    at += sprintf(at, "\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20261201T100000\nX-A:");
    memset(at, 'x', 1 << 20);
    sprintf(at + (1 << 20), "\nEND:VEVENT\nEND:VCALENDAR\n");
    struct calendar *calendar = diary_read(&diary, text);
    diary_plan(calendar, &diary);
    diary_expect_counts(calendar, 1, 0, 0, 0, 0, 1);
    assert_true(diary_has_note(calendar, "is cut"));
    assert_int_equal(strlen(diary_row_at(calendar, "2026-12-01 10:00")->title), 126);
    calendar_close(calendar);
    free(text);
    diary_close(&diary);
}

/* Libical would say some of its mind. */
static void nothing_is_printed(void **state)
{
    struct diary diary = diary_open();
    char path[] = "/tmp/perron-calendar-XXXXXX";
    int file = mkstemp(path), out = dup(1), err = dup(2);
    (void)state;
    fflush(stdout);
    fflush(stderr);
    dup2(file, 1);
    dup2(file, 2);
    struct calendar *calendar = diary_read_events(
        &diary, "BEGIN:VEVENT|UID:a|DTSTART:bad|RRULE:FREQ=NO|GEO:x|TRIGGER:y|PRIORITY:z|"
                "END:VEVENT|BEGIN:VTIMEZONE|TZID:x|END:VTIMEZONE");
    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    assert_int_equal(lseek(file, 0, SEEK_END), 0);
    close(file);
    close(out);
    close(err);
    unlink(path);
    calendar_close(calendar);
    diary_close(&diary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_no_calendar_say_how_to_get_one),
        cmocka_unit_test(events_that_cannot_be_right_are_refused_with_their_line),
        cmocka_unit_test(what_is_unclear_is_assumed_and_noted),
        cmocka_unit_test(doubled_uids_and_cut_files_are_told),
        cmocka_unit_test(rows_of_a_table_that_cannot_be_right_are_refused),
        cmocka_unit_test(hostile_rules_end),
        cmocka_unit_test(many_rules_that_never_come_are_refused_in_the_end),
        cmocka_unit_test(more_than_anybody_has_is_refused),
        cmocka_unit_test(ten_thousand_exdates_are_read),
        cmocka_unit_test(huge_texts_are_cut),
        cmocka_unit_test(nothing_is_printed),
    };
    return cmocka_run_group_tests(tests, diary_set_up, NULL);
}
