/* perron calendar and perron shifts, alone and beside a station. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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
    assert_fails(*state, COMMAND_FAILED, "not in the calendar",
                 "$P shifts sign-up 1001 7/1 --data $D");
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
        TEST(an_end_before_the_beginning_is_on_the_next_day),
        TEST(what_cannot_be_an_occasion_is_refused_with_a_sentence),
        TEST(somebody_signs_up_is_replaced_and_excused),
        TEST(a_running_station_does_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
