/* The verbs beside a running station, through its socket or past it. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define ADA "04:D6:E5:B1:2F:1F:57"

static struct said said;

static int set_up(void **state)
{
    session_set_up_people(state);
    session_start_station(*state);
    return 0;
}

static bool is_utc(const char *text)
{
    int year, month, day, hour, minute, second, used = 0;
    return text &&
           sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute, &second,
                  &used) == 6 &&
           used == 20 && !text[used];
}

static void a_tap_becomes_a_visit_that_every_verb_sees(void **state)
{
    session_must(*state, &said, "$P tap " ADA " --data $D");
    session_wait_for_status(*state, "here       1");
    session_must(*state, &said, "$P people show 1001 --data $D");
    assert_non_null(strstr(said.out, "in the house"));
    session_must(*state, &said, "$P visits --data $D");
    assert_non_null(strstr(said.out, "Ada Okonkwo"));
    session_must(*state, &said, "$P visits --json --data $D");
    json_t *array = session_json(&said);
    assert_int_equal(json_array_size(array), 1);
    json_t *visit = json_array_get(array, 0);
    assert_string_equal(json_text(visit, "person"), "Ada Okonkwo");
    assert_string_equal(json_text(visit, "number"), "1001");
    assert_true(is_utc(json_text(visit, "arrived_at")));
    assert_true(json_is_null(json_object_get(visit, "left_at")));
    assert_string_equal(json_text(visit, "how_in"), "tap");
    assert_true(json_is_null(json_object_get(visit, "how_out")));
    json_decref(array);
    session_must(*state, &said, "$P verify --data $D");
    session_must(*state, &said,
                 "mkdir $F/out && $P export $F/out --data $D && cat $F/out/2*/visits.csv | wc -l");
    assert_non_null(strstr(said.out, "visits.csv: 1 rows"));
}

static void an_unknown_badge_and_no_badge_are_told_apart(void **state)
{
    session_must(*state, &said, "$P tap 04FFFFFFFFFFFF --data $D");
    session_wait_for_status(*state, "scene      unknown");
    session_run(*state, &said, "$P tap hello --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "no badge number"));
}

static void a_list_goes_in_through_the_station(void **state)
{
    session_must(*state, &said,
                 "printf 'number;first name;badge\\n2001;Nadia;04AABBCCDDEE01\\n' > $F/l.csv;"
                 "$P people import $F/l.csv --data $D");
    assert_non_null(strstr(said.out, "1 new, 0 changed"));
    session_must(*state, &said, "$P tap 04AABBCCDDEE01 --data $D");
    session_wait_for_status(*state, "scene      greeting");
    session_run(*state, &said,
                "printf 'number;first name;badge\\n2002;Jef;nope\\n' > $F/l.csv;"
                "$P people import $F/l.csv --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.out, "line 2: refused"));
    session_must(*state, &said, "$P people import $F/l.csv --dry-run --json --data $D");
    json_decref(session_json(&said));
}

static void a_long_list_goes_in_and_is_told_whole(void **state)
{
    session_must(
        *state, &said,
        "(echo 'number;first name;last name'; for i in $(seq 3000); do"
        " echo \"$((5000 + i));Person$i;Dubois\"; done) > $F/l.csv;"
        "$P people import $F/l.csv --data $D > $F/told; head -n 1 $F/told; wc -l < $F/told");
    assert_non_null(strstr(said.out, "3000 new, 0 changed, 0 the same, 0 refused"));
    assert_non_null(strstr(said.out, "3001"));
    session_must(*state, &said, "$P people import $F/l.csv --dry-run --json --data $D | wc -c");
}

static void a_badge_is_given_through_the_station(void **state)
{
    session_must(*state, &said, "$P people badge 1002 04AABBCCDDEE02 --data $D");
    session_must(*state, &said, "$P tap 04AABBCCDDEE02 --data $D");
    session_wait_for_status(*state, "scene      greeting");
    session_run(*state, &said, "$P people badge 1003 04AABBCCDDEE02 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "Zoé Delacroix"));
}

static void a_second_station_on_the_folder_is_sent_away(void **state)
{
    session_run(*state, &said,
                "$P station --board board/desktop.conf --reader sim --headless --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "another station or command is writing"));
    session_must(*state, &said, "$P tap " ADA " --data $D");
    session_wait_for_status(*state, "here       1");
}

static void a_picture_is_whole_and_replaces_an_older_one(void **state)
{
    session_must(*state, &said,
                 "echo old > $F/now.png; $P screenshot $F/now.png --data $D;"
                 "head -c 8 $F/now.png | od -An -c");
    assert_non_null(strstr(said.out, "P   N   G"));
    session_run(*state, &said, "$P screenshot $F/nowhere/now.png --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "the folder is not there"));
    session_stop_station(*state);
    session_run(*state, &said, "echo old > $F/now.png; $P screenshot $F/now.png --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    session_must(*state, &said, "cat $F/now.png");
    assert_string_equal(said.out, "old\n");
}

static void status_is_the_same_for_eyes_and_for_scripts(void **state)
{
    session_must(*state, &said, "$P status --json --data $D");
    json_t *status = session_json(&said);
    assert_true(json_is_true(json_object_get(status, "running")));
    assert_string_equal(json_text(status, "scene"), "resting");
    assert_string_equal(json_text(status, "reader"), "ready");
    assert_string_equal(json_text(status, "disk"), "takes facts");
    json_decref(status);
    assert_int_equal(session_stop_station(*state), 0);
    session_must(*state, &said, "$P status --json --data $D");
    status = session_json(&said);
    assert_true(json_is_false(json_object_get(status, "running")));
    assert_int_equal(json_number(status, "people", 0), 40);
    json_decref(status);
}

static void the_doctor_looks_without_disturbing(void **state)
{
    session_must(*state, &said, "$P doctor --board board/desktop.conf --data $D");
    assert_non_null(strstr(said.out, "register"));
    session_must(*state, &said, "$P doctor --board board/desktop.conf --data $D --json");
    json_decref(session_json(&said));
    session_wait_for_status(*state, "scene      resting");
}

static void a_command_that_is_stopped_half_way_disturbs_nobody(void **state)
{
    session_must(*state, &said,
                 "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do"
                 " timeout -s KILL 0.01 $P people list --data $D >/dev/null 2>&1;"
                 " timeout -s KILL 0.01 $P status --data $D >/dev/null 2>&1; done; true");
    session_must(*state, &said, "$P tap " ADA " --data $D");
    session_wait_for_status(*state, "here       1");
    session_must(*state, &said, "$P people list --data $D | head -n 1 >/dev/null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tap_becomes_a_visit_that_every_verb_sees, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_badge_and_no_badge_are_told_apart, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_list_goes_in_through_the_station, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_long_list_goes_in_and_is_told_whole, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_badge_is_given_through_the_station, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_second_station_on_the_folder_is_sent_away, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_picture_is_whole_and_replaces_an_older_one, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(status_is_the_same_for_eyes_and_for_scripts, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_doctor_looks_without_disturbing, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_command_that_is_stopped_half_way_disturbs_nobody, set_up,
                                        session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
