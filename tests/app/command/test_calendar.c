/* perron calendar and perron shifts, alone and beside a station. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "tests/support/session.h"

static struct said said;

/* In 2031: whenever this runs, it is still to come. */
#define ADD "$P calendar add --data $D --title Shop --day 2031-12-03 --from 14:00 --to 17:00 "

static void assert_says(const char *words)
{
    if (!strstr(said.out, words))
        fail_msg("\"%s\" was to be said; there was: %s%s", words, said.out, said.err);
}

static void assert_fails(struct session *session, int code, const char *words, const char *line)
{
    session_run(session, &said, "%s", line);
    if (said.code != code || !strstr(said.err, words))
        fail_msg("%s: exit code %d, %s%s", line, said.code, said.out, said.err);
}

/* The name of the first shift of the list, as 81/1. */
static void find_shift(struct session *session, char *out_name, size_t size)
{
    session_must(session, &said,
                 "$P calendar list --data $D --from 2031-12-01 --to 2031-12-31 --json");
    json_t *list = session_json(&said);
    const json_t *shifts = json_object_get(json_array_get(list, 0), "shifts");
    snprintf(out_name, size, "%s", json_text(json_array_get(shifts, 0), "shift"));
    json_decref(list);
}

static void an_occasion_made_by_hand_is_listed_with_its_shifts(void **state)
{
    session_must(*state, &said, ADD "--missions 'Till:2, Shelves:3, Welcome' --weeks 3");
    assert_says("3 added");
    session_must(*state, &said, "$P calendar list --data $D --from 2031-12-01 --to 2031-12-31");
    assert_says("2031-12-03 Wed 14:00-17:00  shift: Shop");
    assert_says("Till, 0 of 2");
    assert_says("Shelves, 0 of 3");
    assert_says("Welcome, 0");
    assert_says("2031-12-17 Wed 14:00-17:00");
    session_must(*state, &said, "$P calendar list --data $D");
    assert_says("nothing is in the calendar");
}

static void what_is_added_is_named_and_the_same_once_more_adds_nothing(void **state)
{
    char first[64], again[64];
    session_must(*state, &said, ADD "--missions Till:2");
    assert_says("1 added: ");
    snprintf(first, sizeof first, "%s", strstr(said.out, ": ") + 2);
    session_must(*state, &said, ADD "--missions Till:2 --weeks 2");
    assert_says("1 added, 1 in the calendar already: ");
    snprintf(again, sizeof again, "%s", strstr(said.out, ": ") + 2);
    assert_memory_equal(again, first, strcspn(first, "\n"));
    session_must(*state, &said, ADD "--kind drinks --json");
    assert_says("{\"added\":1,\"known\":0,\"occasions\":[\"");
    session_must(*state, &said, ADD "--place Cellar");
    assert_says("1 added: ");
    /* one that was called off is made anew */
    first[strcspn(first, "\n")] = 0;
    session_must(*state, &said, "$P calendar cancel %s --data $D", first);
    session_must(*state, &said, ADD "--missions Till:2");
    assert_says("1 added: ");
}

static void the_calendar_and_the_baskets_to_try_are_taken_whole(void **state)
{
    session_must(*state, &said,
                 "$P calendar import app/share/demo/calendar.ics --dry-run --data $D");
    assert_says(" new, 0 changed, 0 the same, 0 cancelled, 0 vanished, 0 refused");
    assert_says("shift, 2 shifts\n    and ");
    assert_says("a dry run: nothing was written\n");
    session_must(*state, &said, "$P calendar list --data $D");
    assert_says("nothing is in the calendar");
    session_must(*state, &said, "$P calendar import app/share/demo/calendar.ics --data $D");
    assert_null(strstr(said.out, "dry run"));
    session_must(*state, &said, "$P baskets import app/share/demo/baskets.csv --data $D");
    assert_says("4 changed, 0 the same, 0 ended, 0 refused");
    assert_null(strstr(said.out, "nobody in the house"));
}

static void an_end_before_the_beginning_is_on_the_next_day(void **state)
{
    session_must(*state, &said,
                 "$P calendar add --data $D --title Bread --day 2031-10-25 --from 22:00 --to 6h "
                 "--organisation Cyclo");
    session_must(*state, &said, "$P calendar list --data $D --from 2031-10-25 --to 2031-10-26");
    assert_says("2031-10-25 Sat 22:00-Sun 06:00  shift: Bread, Cyclo");
    session_must(*state, &said,
                 "$P calendar list --data $D --from 2031-10-25 --to 2031-10-26 --json");
    assert_says("\"from\":\"2031-10-25T20:00:00Z\"");
    assert_says("\"to\":\"2031-10-26T05:00:00Z\""); /* the clocks go back in it: nine hours */
}

/* --- calendars --- */

/* A weekly shift of five weeks; %s is its beginning, more of its lines, more of its events. */
#define ICS                                                                                        \
    "printf 'BEGIN:VCALENDAR\\r\\nVERSION:2.0\\r\\nBEGIN:VEVENT\\r\\nUID:shop\\r\\n"               \
    "DTSTART;TZID=Europe/Brussels:%s\\r\\nDURATION:PT3H\\r\\nRRULE:FREQ=WEEKLY;COUNT=5\\r\\n"      \
    "SUMMARY:Shop\\r\\nCATEGORIES:shift\\r\\nDESCRIPTION:Till: 2 places\\r\\n%sEND:VEVENT\\r\\n"   \
    "%sEND:VCALENDAR\\r\\n' > $F/c.ics; "
#define DRINKS                                                                                     \
    "BEGIN:VEVENT\\r\\nUID:drinks\\r\\nDTSTART:20260905T180000Z\\r\\nSUMMARY:Drinks\\r\\n"         \
    "RRULE:FREQ=MONTHLY\\r\\nEND:VEVENT\\r\\n"
#define IMPORT "$P calendar import $F/c.ics --data $D "

/* The Wednesday after next, at 14:00, as iCalendar writes it. */
static void write_start(int hour, char out_text[32])
{
    time_t then = time(NULL) + 14 * 24 * 3600;
    struct tm local;
    localtime_r(&then, &local);
    local.tm_mday += (3 - local.tm_wday + 7) % 7;
    local.tm_hour = hour;
    local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    mktime(&local);
    strftime(out_text, 32, "%Y%m%dT%H%M%S", &local);
}

static void name_first_shift(struct session *session, char *out_name, size_t size)
{
    time_t now = time(NULL);
    char from[16], to[16];
    strftime(from, sizeof from, "%F", localtime(&now));
    now += 70 * 24 * 3600;
    strftime(to, sizeof to, "%F", localtime(&now));
    session_must(session, &said, "$P calendar list --data $D --from %s --to %s --json", from, to);
    json_t *list = session_json(&said), *row;
    size_t index;
    out_name[0] = 0;
    json_array_foreach(list, index, row)
    {
        const json_t *shifts = json_object_get(row, "shifts");
        if (!out_name[0] && json_array_size(shifts))
            snprintf(out_name, size, "%s", json_text(json_array_get(shifts, 0), "shift"));
    }
    json_decref(list);
}

static void a_calendar_taken_again_keeps_what_was_promised(void **state)
{
    struct session *session = *state;
    char start[32], later[32], till[64];
    write_start(14, start);
    write_start(15, later);
    session_must(session, &said, ICS IMPORT "--dry-run", start, "", DRINKS);
    assert_says("Occasions before");
    session_must(session, &said, "$P calendar list --data $D");
    assert_says("nothing is in the calendar");
    session_must(session, &said, IMPORT);
    session_must(session, &said, IMPORT);
    assert_says("0 new, 0 changed");
    name_first_shift(session, till, sizeof till);
    session_must(session, &said, "echo 274913 | $P staff add 1001 --role host --data $D");
    session_must(session, &said, "$P shifts sign-up 1001 %s --data $D", till);
    session_must(session, &said, ICS IMPORT, later, "", DRINKS);
    assert_says("1 signed up");
    session_must(session, &said, "$P shifts show %s --data $D", till);
    assert_says("15:00  Till: 1 needed, 1 of 2");
    assert_says("expected");
    session_must(session, &said, "$P verify --data $D");
}

static void what_vanished_is_shown_and_kept_and_what_is_cancelled_is_told(void **state)
{
    struct session *session = *state;
    char start[32], excluded[80], till[64];
    write_start(14, start);
    session_must(session, &said, ICS IMPORT, start, "", DRINKS);
    name_first_shift(session, till, sizeof till);
    session_must(session, &said, "echo 274913 | $P staff add 1001 --role host --data $D");
    session_must(session, &said, "$P shifts sign-up 1001 %s --data $D", till);
    session_must(session, &said, ICS IMPORT, start, "", "");
    assert_says("vanished: Drinks");
    session_must(session, &said,
                 "$P calendar list --data $D | grep -c 'no longer in its calendar'");
    session_must(session, &said, ICS IMPORT, start, "", DRINKS); /* and is back */
    session_run(session, &said, "$P calendar list --data $D | grep -c 'no longer in'");
    assert_string_equal(said.out, "0\n");
    snprintf(excluded, sizeof excluded, "EXDATE;TZID=Europe/Brussels:%s\\r\\n", start);
    session_must(session, &said, ICS IMPORT, start, excluded, DRINKS);
    assert_says("1 cancelled");
    session_must(session, &said, "$P shifts show %s --data $D", till);
    assert_says("cancelled");
    session_must(session, &said, "$P verify --data $D");
}

static void two_calendars_do_not_make_each_other_vanish(void **state)
{
    struct session *session = *state;
    char start[32];
    write_start(14, start);
    session_must(session, &said, ICS IMPORT "--source shop", start, "", "");
    session_must(session, &said,
                 "printf 'date;start;end;title;mission;places\\n'$(date -d '+20 days' "
                 "+%%F)';9:00;12:00;Garden;"
                 "Weeds;3\\n' > $F/garden.csv; $P calendar import $F/garden.csv --data $D");
    session_must(session, &said, ICS IMPORT "--source garden.csv", start, "", "");
    session_must(session, &said, ICS IMPORT "--source shop", start, "", "");
    assert_null(strstr(said.out, "vanished:"));
}

static void a_file_that_is_no_calendar_is_refused_and_nothing_taken(void **state)
{
    static const struct {
        const char *make, *words;
    } files[] = {
        {": > $F/c.ics", "empty"},
        {"printf '<html><body>Log in</body></html>' > $F/c.ics", "."},
        {"head -c 4000 /dev/urandom > $F/c.ics", "."},
        {"printf 'BEGIN:VCALENDAR\\r\\nEND:VCALENDAR\\r\\n' > $F/c.ics", "."},
        {"mkdir $F/c.ics", "."},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        session_run(*state, &said, "rm -rf $F/c.ics; %s; " IMPORT, files[i].make);
        if (said.code != COMMAND_FAILED || !strstr(said.err, files[i].words))
            fail_msg("%s: %d: %s", files[i].make, said.code, said.err);
    }
    session_run(*state, &said, "$P calendar import $F/none.ics --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_must(*state, &said, "$P calendar list --data $D");
    assert_says("nothing is in the calendar");
}

static void what_cannot_be_an_occasion_is_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *line, *words;
    } lines[] = {
        {"$P calendar add --data $D --title Shop", "what, and when"},
        {ADD "--kind party", "no kind of occasion"},
        {ADD "--weeks 0", "1 to 104"},
        {ADD "--weeks many", "1 to 104"},
        {ADD "--missions Till:two", "Till:2"},
        {ADD "--missions Till:2000", "1000 places"},
        {"$P calendar add --data $D --title S --day 2031-02-30 --from 9:00 --to 10:00", "no date"},
        {"$P calendar add --data $D --title S --day 2031-02-03 --from 25:00 --to 10:00",
         "no time of day"},
        {"$P calendar list --data $D --from 2031-12-02 --to 2031-12-01", "before the first"},
        {"$P calendar list --data $D --from soon", "no date"},
        {"$P calendar cancel Shop --data $D", "names no occasion"},
        {"$P calendar frob --data $D", "calendar needs"},
        {"$P shifts show 81 9 --data $D", "which one"},
        {"$P shifts sign-up 1001 frob --data $D", "names no occasion"},
        {"$P shifts sign-up 1001 7 --data $D", "is an occasion"},
        {"$P shifts sign-off 7/1 --data $D", "were you enough"},
        {"$P shifts --data $D", "shifts needs"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_fails(*state, COMMAND_MISUSED, lines[i].words, lines[i].line);
    assert_fails(*state, COMMAND_FAILED, "not in the calendar", "$P calendar cancel 7 --data $D");
    assert_fails(*state, COMMAND_FAILED, "there is no shift", "$P shifts show 7/1 --data $D");
    assert_fails(*state, COMMAND_FAILED, "there is no shift",
                 "$P shifts sign-up 1001 7/1 --data $D");
}

static void what_a_referent_said_of_a_shift_is_told(void **state)
{
    char till[64];
    session_must(*state, &said,
                 "$P calendar add --title Shop --day $(TZ=Europe/Brussels date -I) --from 00:00 "
                 "--to 23:59 --missions "
                 "Till:1 --data $D");
    session_must(*state, &said, "$P calendar list --json --data $D | grep -o '[0-9]*/1' | head -1");
    snprintf(till, sizeof till, "%.*s", (int)strcspn(said.out, "\n"), said.out);
    session_must(*state, &said,
                 "$P shifts sign-off %s --enough too-few --word 'The key is lost' --data $D", till);
    session_must(*state, &said, "$P shifts show %s --data $D", till);
    assert_says("signed off: too few hands; for the next: The key is lost");
    session_must(*state, &said, "$P shifts show %s --json --data $D", till);
    json_t *told = session_json(&said);
    assert_string_equal(json_text(told, "were_enough"), "too-few");
    assert_string_equal(json_text(told, "word"), "The key is lost");
    json_decref(told);
}

static void tell_a_story(struct session *session)
{
    char till[64];
    session_must(session, &said, ADD "--missions Till:1");
    find_shift(session, till, sizeof till);
    session_run(session, &said, "$P shifts sign-up 1002 %s --data $D", till);
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "first shift"));
    session_must(session, &said,
                 "echo 274913 | $P staff add 1001 --role referent --data $D;"
                 "echo 274913 | $P staff add 1002 --role host --data $D");
    session_must(session, &said, "$P shifts sign-up 1001 %s --data $D", till);
    session_run(session, &said, "$P shifts sign-up 1002 %s --data $D", till);
    assert_non_null(strstr(said.err, "All places"));
    session_must(session, &said, "$P shifts stand-in 1001 %s --data $D", till);
    session_must(session, &said, "$P shifts sign-up 1002 %s --data $D", till);
    session_must(session, &said, "$P shifts show %s --data $D", till);
    assert_says("replaced");
    assert_says("expected");
    session_must(session, &said, "$P shifts excuse 1002 %s --reason 'a cold' --data $D --json",
                 till);
    assert_says("{\"done\":\"excuse\"}");
    session_must(session, &said, "$P shifts show %s --data $D --json", till);
    json_t *shift = session_json(&said);
    assert_int_equal(json_number(shift, "needed", -1), 1);
    assert_int_equal(json_array_size(json_object_get(shift, "people")), 2);
    json_decref(shift);
    *strchr(till, '/') = 0;
    session_must(session, &said, "$P calendar cancel %s --data $D", till);
    session_must(session, &said, "$P calendar list --data $D --from 2031-12-01 --to 2031-12-31");
    assert_says("(cancelled)");
    session_must(session, &said, "$P calendar keep %s --data $D; $P verify --data $D", till);
}

static void somebody_signs_up_is_replaced_and_excused(void **state)
{
    tell_a_story(*state);
}

static void a_running_station_does_the_same(void **state)
{
    session_start_station(*state);
    tell_a_story(*state);
    assert_int_equal(session_stop_station(*state), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_occasion_made_by_hand_is_listed_with_its_shifts),
        TEST(what_is_added_is_named_and_the_same_once_more_adds_nothing),
        TEST(the_calendar_and_the_baskets_to_try_are_taken_whole),
        TEST(an_end_before_the_beginning_is_on_the_next_day),
        TEST(what_cannot_be_an_occasion_is_refused_with_a_sentence),
        TEST(a_calendar_taken_again_keeps_what_was_promised),
        TEST(what_vanished_is_shown_and_kept_and_what_is_cancelled_is_told),
        TEST(two_calendars_do_not_make_each_other_vanish),
        TEST(a_file_that_is_no_calendar_is_refused_and_nothing_taken),
        TEST(what_a_referent_said_of_a_shift_is_told),
        TEST(somebody_signs_up_is_replaced_and_excused),
        TEST(a_running_station_does_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
