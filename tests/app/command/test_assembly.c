/* perron assembly, alone and beside a station. */
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
#define ADD                                                                                        \
    "$P calendar add --data $D --day 2031-12-03 --from 19:00 --to 21:00 --title 'General "         \
    "assembly' --kind assembly"

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

static void set_statutes(struct session *session, const char *lines)
{
    session_must(session, &said, "printf '[assembly]\\n%s' > $D/perron.conf", lines);
}

static void an_assembly_tells_its_quorum_and_who_carries_whose_vote(void **state)
{
    set_statutes(*state, "proxies = 1\\n");
    session_must(*state, &said, ADD);
    session_must(*state, &said, "$P assembly --data $D");
    assert_says("2031-12-03 19:00 - 21:00  General assembly");
    assert_says("by heads");
    session_must(*state, &said, "$P assembly --data $D | tr -s ' '");
    assert_says("all 0 0 0 20 40 not reached");
    session_must(*state, &said, "$P assembly proxy 1002 --to 1001 --data $D");
    assert_says("given");
    session_must(*state, &said, "$P assembly --data $D");
    assert_says("does not count yet: who carries it is not here");
    session_must(*state, &said, "$P assembly next --data $D --json");
    json_t *told = session_json(&said);
    const json_t *proxy = json_array_get(json_object_get(told, "proxies"), 0);
    assert_string_equal(json_text(proxy, "fate"), "holder-away");
    assert_string_equal(json_text(proxy, "to_number"), "1001");
    assert_int_equal(json_number(json_object_get(told, "quorum"), "needed", -1), 20);
    json_decref(told);
}

static void tell_a_story(struct session *session)
{
    session_must(session, &said, ADD);
    session_must(session, &said, "$P assembly proxy 1002 --to 1001 --data $D --json");
    assert_says("{\"done\":\"given\"}");
    assert_fails(session, COMMAND_FAILED, "as many votes as the statutes allow",
                 "$P assembly proxy 1003 --to 1001 --data $D");
    assert_fails(session, COMMAND_FAILED, "Somebody else has to carry this vote",
                 "$P assembly proxy 1003 --to 1003 --data $D");
    assert_fails(session, COMMAND_FAILED, "nobody has the number 9999",
                 "$P assembly proxy 1003 --to 9999 --data $D");
    session_must(session, &said, "$P assembly proxy 1002 --take-back --data $D");
    assert_says("taken back");
    session_must(session, &said, "$P assembly proxy 1003 --to 1001 next --data $D");
    session_must(session, &said, "$P assembly --data $D --json");
    json_t *told = session_json(&said);
    const json_t *proxies = json_object_get(told, "proxies");
    assert_int_equal(json_array_size(proxies), 1);
    assert_string_equal(json_text(json_array_get(proxies, 0), "number"), "1003");
    json_decref(told);
}

static void proxies_are_given_and_taken_back(void **state)
{
    set_statutes(*state, "proxies = 1\\n");
    tell_a_story(*state);
}

static void a_running_station_does_the_same(void **state)
{
    set_statutes(*state, "proxies = 1\\n");
    session_start_station(*state);
    tell_a_story(*state);
    assert_int_equal(session_stop_station(*state), 0);
}

static void a_house_without_proxies_says_so(void **state)
{
    session_must(*state, &said, ADD);
    assert_fails(*state, COMMAND_FAILED, "everybody votes in person",
                 "$P assembly proxy 1002 --to 1001 --data $D");
}

static void statutes_that_cannot_be_are_told_with_their_line(void **state)
{
    set_statutes(*state, "quorum_percent = 101\\n");
    assert_fails(*state, COMMAND_FAILED,
                 "perron.conf:2: 'quorum_percent' in [assembly] takes a whole number from 0 to 100",
                 "$P assembly --data $D");
}

static void what_is_asked_wrongly_is_told_and_changes_nothing(void **state)
{
    static const struct {
        int code;
        const char *words, *line;
    } rows[] = {
        {COMMAND_FAILED, "no assembly is in the calendar", "$P assembly --data $D"},
        {COMMAND_FAILED, "there is no occasion 7", "$P assembly 7 --data $D"},
        {COMMAND_MISUSED, "names no occasion", "$P assembly frob --data $D"},
        {COMMAND_MISUSED, "one assembly at a time", "$P assembly 1 2 --data $D"},
        {COMMAND_MISUSED, "whose proxy", "$P assembly --to 1001 --data $D"},
        {COMMAND_MISUSED, "to whom", "$P assembly proxy 1001 --data $D"},
        {COMMAND_MISUSED, "to whom", "$P assembly proxy 1001 --to 1 --take-back --data $D"},
        {COMMAND_MISUSED, "to whom", "$P assembly proxy --to 1001 --data $D"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_fails(*state, rows[i].code, rows[i].words, rows[i].line);
    session_must(*state, &said,
                 "$P calendar add --data $D --day 2031-12-03 --from 19:00 --to "
                 "21:00 --title Drinks --kind drinks --json");
    session_must(*state, &said, "$P calendar list --from 2031-12-03 --to 2031-12-03 --data $D");
    char line[64];
    snprintf(line, sizeof line, "$P assembly %.*s --data $D", (int)strcspn(said.out, " "),
             said.out);
    assert_fails(*state, COMMAND_FAILED, "is no assembly", line);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_assembly_tells_its_quorum_and_who_carries_whose_vote),
        TEST(proxies_are_given_and_taken_back),
        TEST(a_running_station_does_the_same),
        TEST(a_house_without_proxies_says_so),
        TEST(statutes_that_cannot_be_are_told_with_their_line),
        TEST(what_is_asked_wrongly_is_told_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
