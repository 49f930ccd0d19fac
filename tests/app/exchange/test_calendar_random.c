/* Rules against a plain count of days, and files cut and garbled anywhere. */
#include "app/exchange/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/exchange/infile.h"
#include "app/exchange/wall.h"
#include "tests/support/diary.h"
#include "tests/support/random.h"

static const char *const files[] = {
    DIARY_DATA "calendar.ics",          DIARY_DATA "calendar-nextcloud.ics",
    DIARY_DATA "calendar-google.ics",   DIARY_DATA "calendar-outlook.ics",
    DIARY_DATA "calendar-excel-fr.csv",
};

#define FILES (sizeof files / sizeof files[0])

struct simple_rule {
    bool is_weekly;
    int interval, count; /* 0: endless */
    unsigned days;       /* 1 << weekday from Monday; of a weekly one */
    int64_t first_s;     /* on the wall */
};

static int weekday_of(int64_t wall_s)
{
    /* The first of January 1970 was a Thursday. */
    return (int)((wall_day(wall_s) / WALL_DAY_S + 3) % 7);
}

static struct simple_rule any_rule(struct random *random)
{
    struct simple_rule rule = {.is_weekly = random_below(random, 2),
                               .interval = 1 + (int)random_below(random, 4),
                               .count =
                                   random_below(random, 2) ? 1 + (int)random_below(random, 60) : 0};
    rule.first_s = wall_midnight(2026, 1 + (int)random_below(random, 24), 1) +
                   (int64_t)random_below(random, 31) * WALL_DAY_S +
                   (int64_t)random_below(random, 96) * 900;
    rule.days = 1u << weekday_of(rule.first_s) | random_below(random, 128);
    return rule;
}

/* Does it take place on the day `index` days behind the first? */
static bool falls_on(const struct simple_rule *rule, int index)
{
    int64_t day_s = wall_day(rule->first_s) + (int64_t)index * WALL_DAY_S;
    if (!rule->is_weekly)
        return index % rule->interval == 0;
    int week = (index + weekday_of(rule->first_s)) / 7;
    return (rule->days >> weekday_of(day_s) & 1) && week % rule->interval == 0;
}

static void write_rule(const struct simple_rule *rule, char *out_lines, size_t size)
{
    static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    char days[40] = "", count[24] = "", time[8];
    for (int i = 0; rule->is_weekly && i < 7; i++)
        if (rule->days >> i & 1)
            sprintf(days + strlen(days), "%s%s", days[0] ? "," : ";BYDAY=", names[i]);
    if (rule->count)
        snprintf(count, sizeof count, ";COUNT=%d", rule->count);
    wall_format_time(rule->first_s, time, sizeof time);
    snprintf(out_lines, size,
             "BEGIN:VEVENT|UID:a|SUMMARY:Agora|DTSTART;TZID=Europe/Brussels:%08dT%.2s%.2s00|"
             "DURATION:PT1H|RRULE:FREQ=%s;INTERVAL=%d%s%s|END:VEVENT",
             wall_date(rule->first_s), time, time + 3, rule->is_weekly ? "WEEKLY" : "DAILY",
             rule->interval, days, count);
}

static void check_rule(const struct diary *diary, const struct simple_rule *rule)
{
    struct calendar_horizon horizon = calendar_horizon_around(diary->now_ms);
    char lines[400];
    size_t found = 0;
    write_rule(rule, lines, sizeof lines);
    struct calendar *calendar = diary_read_events(diary, lines);
    for (int index = 0, all = 0; index < 1000 && (!rule->count || all < rule->count); index++) {
        int64_t at_ms = wall_to_ms(rule->first_s + (int64_t)index * WALL_DAY_S);
        if (!falls_on(rule, index))
            continue;
        all++;
        if (at_ms < horizon.from_ms || at_ms >= horizon.to_ms)
            continue;
        if (found >= calendar_count(calendar) || calendar_row(calendar, found)->from_ms != at_ms)
            fail_msg("%s: number %zu is another", lines, found);
        found++;
    }
    if (found != calendar_count(calendar))
        fail_msg("%s: %zu and not %zu", lines, calendar_count(calendar), found);
    calendar_close(calendar);
}

static void simple_rules_come_as_often_as_counted_by_hand(void **state)
{
    struct diary diary = diary_open();
    struct random random = random_for_test("simple_rules");
    (void)state;
    for (int i = 0; i < 600; i++) {
        struct simple_rule rule = any_rule(&random);
        /* An empty calendar is refused, so one that comes in time. */
        if (wall_to_ms(rule.first_s) < calendar_horizon_around(diary.now_ms).from_ms)
            rule.first_s += 400 * (int64_t)WALL_DAY_S;
        if (wall_to_ms(rule.first_s) >= calendar_horizon_around(diary.now_ms).to_ms)
            rule.first_s -= 364 * (int64_t)WALL_DAY_S;
        rule.days |= 1u << weekday_of(rule.first_s);
        check_rule(&diary, &rule);
    }
    diary_close(&diary);
}

static void every_offset_of_the_zone_database_is_the_systems(void **state)
{
    struct diary diary = diary_open();
    (void)state;
    for (int day = 0; day < 390; day += 3) {
        int64_t wall_s = wall_midnight(2026, 11, 26 + day) + 3 * 3600;
        char lines[300];
        /* New York as the file says, read in a house that is there. */
        snprintf(lines, sizeof lines,
                 "BEGIN:VEVENT|UID:a|SUMMARY:Agora|DTSTART;TZID=America/New_York:%08dT030000|"
                 "DURATION:PT1H|END:VEVENT",
                 wall_date(wall_s));
        struct calendar *calendar = diary_read_events(&diary, lines);
        setenv("TZ", "America/New_York", 1);
        tzset();
        assert_true(calendar_row(calendar, 0)->from_ms == wall_to_ms(wall_s));
        diary_set_up(NULL);
        calendar_close(calendar);
    }
    diary_close(&diary);
}

/* Reads whatever it is; plans and shows it where it can be read. */
static void try_bytes(struct diary *diary, const char *bytes, size_t length)
{
    struct calendar *calendar = NULL;
    struct reason reason = {.text = ""};
    char *text = NULL, *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    enum rc rc =
        calendar_read(copy, length, calendar_horizon_around(diary->now_ms), &calendar, &reason);
    free(copy);
    if (rc) {
        assert_null(calendar);
        assert_true(reason.text[0] != 0);
        return;
    }
    diary_plan(calendar, diary);
    assert_int_equal(calendar_preview_text(calendar, &text), RC_OK);
    free(text);
    calendar_close(calendar);
}

static char *load(const char *name, size_t *out_length)
{
    char *bytes = NULL;
    assert_int_equal(infile_read(name, CALENDAR_FILE_BYTES, &bytes, out_length, NULL), RC_OK);
    return bytes;
}

static void a_file_cut_anywhere_is_read_or_refused(void **state)
{
    struct diary diary = diary_open();
    struct random random = random_for_test("cut_anywhere");
    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        size_t length, step = i == 2 || i == 4 ? 1 : 0;
        char *bytes = load(files[i], &length);
        for (size_t cut = 0; cut <= length; cut += step ? step : 1 + random_below(&random, 25))
            try_bytes(&diary, bytes, cut);
        free(bytes);
    }
    diary_close(&diary);
}

static void a_file_garbled_anywhere_is_read_or_refused(void **state)
{
    static const char odd[] = "\0\r\n :;,=\"\\\x80\xC3\xFF-9T";
    struct diary diary = diary_open();
    struct random random = random_for_test("garbled_anywhere");
    (void)state;
    for (int i = 0; i < 600; i++) {
        size_t length;
        char *bytes = load(files[random_below(&random, FILES)], &length);
        for (unsigned k = 1 + random_below(&random, 12); k > 0; k--)
            bytes[random_below(&random, (unsigned)length)] =
                odd[1 + random_below(&random, sizeof odd - 2)];
        try_bytes(&diary, bytes, length);
        free(bytes);
    }
    diary_close(&diary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_rules_come_as_often_as_counted_by_hand),
        cmocka_unit_test(every_offset_of_the_zone_database_is_the_systems),
        cmocka_unit_test(a_file_cut_anywhere_is_read_or_refused),
        cmocka_unit_test(a_file_garbled_anywhere_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, diary_set_up, NULL);
}
