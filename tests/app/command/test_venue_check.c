/* perron venue check, as a house runs it on what it wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "tests/support/session.h"

static struct said said;

static void assert_tells(const char *words)
{
    if (!strstr(said.err, words))
        fail_msg("\"%s\" was to be told; there was: %s%s", words, said.out, said.err);
}

static void what_comes_along_is_right_and_is_summed_up(void **state)
{
    session_must(*state, &said, "$P venue check app/share/venue");
    assert_string_equal(said.out, "12 steps, 26 tiles, 6 missions, 0 links, 5 circles, "
                                  "3 languages: nothing is wrong\n");
    assert_string_equal(said.err, "");
    session_must(*state, &said, "$P venue check --json app/share/venue");
    json_t *told = session_json(&said);
    assert_int_equal(json_array_size(json_object_get(told, "problems")), 0);
    assert_int_equal(json_integer_value(json_object_get(told, "missions")), 6);
    assert_true(json_is_true(json_object_get(told, "own_welcome")));
    json_decref(told);
}

/* $D is left as it was: the check reads, and makes nothing. */
static void every_file_is_looked_at_and_every_mistake_told(void **state)
{
    session_must(*state, &said,
                 "mkdir $D; cp -r app/share/venue/welcome $D;"
                 "printf '[venue]\\nnam = x\\n[sound]\\nvolume = loud\\n' > $D/perron.conf;"
                 "printf '[circle Noyau]\\nfr = x\\n[circle b]\\nhours = q\\n[circle c]\\n"
                 "hours = 1\\nfr = noyau\\n' > $D/circles.conf;"
                 "printf '[step party]\\n' >> $D/welcome/welcome.conf;"
                 "rm $D/welcome/charter.en.txt; ls -laR $D > $F/before");
    session_run(*state, &said,
                "$P venue check $D; code=$?; ls -laR $D | cmp - $F/before || exit 9;"
                "exit $code");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_string_equal(said.out, "");
    assert_tells("perron.conf:2: unknown key 'nam' in [venue]");
    assert_tells("perron.conf:4: 'volume' in [sound] takes a whole number");
    assert_tells("circles.conf:1: 'hours' in [circle Noyau] is missing");
    assert_tells("circles.conf:4: 'hours' in [circle b] takes hours a month");
    assert_tells("circles.conf: [circle Noyau] and [circle c] are both called 'noyau'");
    assert_tells("there is no step 'party'");
    assert_tells("charter.en.txt: is missing");
}

static void a_program_is_told_the_same(void **state)
{
    session_must(*state, &said, "mkdir $D; printf '[circle a]\\n[circle b]\\n' > $D/circles.conf");
    session_run(*state, &said, "$P venue check --json $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    json_t *told = session_json(&said), *problems = json_object_get(told, "problems");
    assert_int_equal(json_array_size(problems), 2);
    json_t *second = json_array_get(problems, 1);
    assert_string_equal(json_string_value(json_object_get(second, "file")), "circles.conf");
    assert_int_equal(json_integer_value(json_object_get(second, "line")), 2);
    assert_non_null(strstr(json_string_value(json_object_get(second, "sentence")), "'hours'"));
    json_decref(told);
}

static void a_house_without_a_welcome_has_the_one_that_comes_along(void **state)
{
    session_must(*state, &said,
                 "mkdir $D; printf '[circle only]\\nhours = 1\\n' > $D/circles.conf;"
                 "$P venue check $D");
    assert_non_null(strstr(said.out, "12 steps"));
    assert_non_null(strstr(said.out, "1 circles"));
    assert_non_null(strstr(said.out, "the one that comes with Perron"));
}

/* Also of a circle that a mission names, by any of its names. */
static void the_houses_own_circles_are_those_that_missions_may_name(void **state)
{
    session_must(*state, &said,
                 "mkdir $D; cp -r app/share/venue/welcome $D;"
                 "printf '[circle core]\\nhours = 1\\nfr = Noyau\\n' > $D/circles.conf;"
                 "printf 'circle = NOYAU\\n' >> $D/welcome/missions.conf; $P venue check $D");
    session_run(*state, &said,
                "printf '[circle core]\\nhours = 1\\n' > $D/circles.conf; $P venue check $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_tells("names 'NOYAU', and the house has no such circle");
}

static void a_folder_that_is_none_is_told_in_a_sentence(void **state)
{
    static const struct {
        const char *line, *sentence;
        int code;
    } rows[] = {
        {"venue", "venue needs check or take, and a folder", COMMAND_MISUSED},
        {"venue frob x", "venue needs check or take, and a folder", COMMAND_MISUSED},
        {"venue check", "which folder?", COMMAND_MISUSED},
        {"venue check a b", "one word too many", COMMAND_MISUSED},
        {"venue check --frob x", "there is no option --frob", COMMAND_MISUSED},
        {"venue check /tmp/perron-nowhere", "there is no folder /tmp/perron", COMMAND_FAILED},
        {"venue check app/share/venue/circles.conf", "there is no folder", COMMAND_FAILED},
        {"venue check ''", "there is no folder", COMMAND_FAILED},
        {"venue check app/domain", "there is nothing of a venue in app/domain", COMMAND_FAILED},
        {"venue check app/share/venue/welcome", "name the one that it lies in", COMMAND_FAILED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        session_run(*state, &said, "$P %s", rows[i].line);
        if (said.code != rows[i].code || said.out[0] || !strstr(said.err, rows[i].sentence))
            fail_msg("perron %s: exit code %d: %s%s", rows[i].line, said.code, said.out, said.err);
    }
}

static void what_a_file_holds_never_steers_the_terminal(void **state)
{
    session_must(
        *state, &said,
        "mkdir -p $D/welcome; printf '[step \\033[31m]\\n[\\033]0;x\\007]\\na\\033 = b\\n' >"
        " $D/welcome/welcome.conf; printf '[venue]\\n\\033[2J = x\\n' > $D/perron.conf");
    session_run(*state, &said, "$P venue check $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    for (const char *at = said.err; *at; at++)
        assert_true((unsigned char)*at >= ' ' || *at == '\n');
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_comes_along_is_right_and_is_summed_up),
        TEST(every_file_is_looked_at_and_every_mistake_told),
        TEST(a_program_is_told_the_same),
        TEST(a_house_without_a_welcome_has_the_one_that_comes_along),
        TEST(the_houses_own_circles_are_those_that_missions_may_name),
        TEST(a_folder_that_is_none_is_told_in_a_sentence),
        TEST(what_a_file_holds_never_steers_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
