/* A folder's lists taken from the command line, as the station takes them from a stick. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

static struct said said;

static void fill(void **state)
{
    session_must(*state, &said,
                 "rm -rf $F/stick && mkdir -p $F/stick/venue &&"
                 "printf 'number;first name\\n7;Zoe\\n' > $F/stick/people.csv;"
                 "printf 'number;basket\\n7;half\\n' > $F/stick/baskets.csv;"
                 "printf '[venue]\\nname = The Barn\\n' > $F/stick/venue/perron.conf;"
                 "cp tests/app/exchange/data/calendar.ics $F/stick/shifts.ics");
}

static void all_that_a_folder_has_is_taken_in_its_order(void **state)
{
    fill(state);
    session_must(*state, &said, "$P import $F/stick --data $F/h --dry-run");
    assert_non_null(strstr(said.out, "--- people: people.csv"));
    session_must(*state, &said,
                 "$P import $F/stick --data $F/h; $P people list --data $F/h;"
                 "$P status --data $F/h; $P baskets --data $F/h; cat $F/h/perron.conf");
    assert_non_null(strstr(said.out, "--- baskets: baskets.csv"));
    assert_non_null(strstr(said.out, "--- calendar: shifts.ics"));
    assert_non_null(strstr(said.out, "--- venue: venue"));
    assert_non_null(strstr(said.out, "7        Zoe"));
    assert_non_null(strstr(said.out, "name = The Barn"));
}

static void what_cannot_be_taken_is_told_and_keeps_nothing_else_out(void **state)
{
    fill(state);
    session_must(*state, &said, "rm $F/stick/baskets.csv; mkdir $F/stick/baskets.csv");
    session_run(*state, &said, "$P import $F/stick --data $F/other");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "perron: baskets.csv: This is a folder and not a list."));
    session_must(*state, &said, "$P people list --data $F/other");
    assert_non_null(strstr(said.out, "7        Zoe"));
}

/* Empty files take no list's place, and whatever stays out is named. */
static void what_is_one_too_many_is_named(void **state)
{
    session_must(*state, &said,
                 "rm -rf $F/stick && mkdir $F/stick && cd $F/stick && for i in 1 2 3 4 5; do "
                 "printf \"number;first name\\n10$i;Zoe\\n\" > people-$i.csv; "
                 ": > people-0$i.csv; done");
    session_run(*state, &said, "$P import $F/stick --data $F/many");
    assert_int_equal(said.code, COMMAND_FAILED);
    for (int i = 1; i <= 5; i++) {
        char line[64];
        snprintf(line, sizeof line, "perron: people-0%d.csv: This file is empty.", i);
        assert_non_null(strstr(said.err, line));
        snprintf(line, sizeof line, "--- people: people-%d.csv", i);
        assert_int_equal(strstr(said.out, line) != NULL, i < 5);
    }
    assert_non_null(strstr(said.err, "perron: people-5.csv: There are too many of this kind"));
    session_must(*state, &said, "$P people list --data $F/many | wc -l");
    assert_string_equal(said.out, "4\n");
}

static void each_line_of_json_says_of_what_it_is(void **state)
{
    fill(state);
    static const char *const lines[] = {"people people-2.csv failed", "people people-3.csv failed",
                                        "people people.csv",          "baskets baskets.csv",
                                        "calendar shifts.ics",        "venue venue"};
    session_run(*state, &said,
                "echo nonsense > $F/stick/people-2.csv; : > $F/stick/people-3.csv;"
                "$P import $F/stick --data $F/json --json");
    char *rest = said.out;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char line[128];
        json_t *told = json_loads(strtok_r(rest, "\n", &rest), 0, NULL);
        snprintf(line, sizeof line, "%s %s%s", json_text(told, "kind"), json_text(told, "file"),
                 json_object_get(told, "failed") ? " failed" : "");
        assert_string_equal(line, lines[i]);
        json_decref(told);
    }
    assert_string_equal(rest, "");
}

static void an_empty_folder_and_none_are_told(void **state)
{
    session_must(*state, &said, "mkdir -p $F/empty");
    session_run(*state, &said, "$P import $F/empty --data $F/h");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_run(*state, &said, "$P import $F/nowhere --data $F/h");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "there is no folder"));
    session_run(*state, &said, "$P import --data $F/h");
    assert_int_equal(said.code, COMMAND_MISUSED);
    assert_non_null(strstr(said.err, "which folder?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_a_folder_has_is_taken_in_its_order),
        cmocka_unit_test(what_cannot_be_taken_is_told_and_keeps_nothing_else_out),
        cmocka_unit_test(what_is_one_too_many_is_named),
        cmocka_unit_test(each_line_of_json_says_of_what_it_is),
        cmocka_unit_test(an_empty_folder_and_none_are_told),
    };
    return cmocka_run_group_tests(tests, session_set_up, session_tear_down);
}
