/* perron circles, and what people intend, from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "tests/support/session.h"

static struct said said;

static void assert_says(const char *words)
{
    if (!strstr(said.out, words))
        fail_msg("\"%s\" was to be said; there was: %s%s", words, said.out, said.err);
}

static void circles_are_listed_with_their_people(void **state)
{
    session_must(*state, &said, "$P circles --data $D | tr -s ' '");
    assert_says("member 3.0 h a month 20 people 0.0 h of 60.0 h this month");
    assert_says("never-here 40, active 0, resting 0, gone 0");
    session_must(*state, &said, "$P circles --data $D --json");
    json_t *told = session_json(&said);
    assert_int_equal(json_array_size(json_object_get(told, "circles")), 6);
    json_decref(told);
}

static void tell_a_story(struct session *session)
{
    session_must(session, &said, "$P people circle 1001 'groupe de travail' --data $D");
    session_must(session, &said, "$P people show 1001 --data $D");
    assert_says("circle       working group");
    session_must(session, &said,
                 "$P people rest 1001 2099-01-01 --data $D; $P people private 1001 yes --data $D");
    session_must(session, &said, "$P people show 1001 --data $D --json");
    assert_says("\"paused_until\":\"2099-01-01\",\"private_hours\":\"yes\"");
    session_must(session, &said,
                 "$P people rest 1001 none --data $D --json; $P people private 1001 no --data $D");
    session_must(session, &said, "$P people show 1001 --data $D --json");
    assert_null(strstr(said.out, "paused_until"));
    session_run(session, &said, "$P people circle 1001 royalty --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "no such circle"));
    session_run(session, &said, "$P people circle 9999 member --data $D");
    assert_non_null(strstr(said.err, "nobody has the number 9999"));
    session_must(session, &said,
                 "$P people circle 1001 none --data $D; $P people show 1001 --data $D");
    assert_null(strstr(said.out, "circle  "));
    session_run(session, &said, "$P people rest 1001 2020-01-01 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "This day is over"));
    session_run(session, &said, "$P people rest 1001 soon --data $D");
    assert_int_equal(said.code, COMMAND_MISUSED);
    session_run(session, &said, "$P people private 1001 maybe --data $D");
    assert_int_equal(said.code, COMMAND_MISUSED);
}

static void somebody_changes_what_they_intend(void **state)
{
    tell_a_story(*state);
}

static void a_running_station_does_the_same(void **state)
{
    session_start_station(*state);
    tell_a_story(*state);
    assert_int_equal(session_stop_station(*state), 0);
}

static void a_house_has_circles_of_its_own_and_mistakes_are_told(void **state)
{
    session_must(*state, &said,
                 "printf '[circle Noyau]\\nhours = 2,5\\nnl = Membér\\n' > $D/circles.conf;"
                 "$P circles --data $D | tr -s ' '");
    assert_says("Noyau 2.5 h a month 20 people 0.0 h of 50.0 h this month");
    session_must(*state, &said,
                 "$P people circle 1001 MEMBER --data $D; $P people show 1001 --data $D");
    assert_says("circle       Noyau");
    session_must(*state, &said, "echo 'hours = 3' >> $D/circles.conf");
    session_run(*state, &said, "$P circles --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(
        strstr(said.err, "circles.conf:4: 'hours' in [circle Noyau] stands there twice"));
    session_run(*state, &said, "$P doctor --board board/desktop.conf --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_says("circles.conf:4: 'hours'");
}

static void who_wants_no_name_is_noted_and_taken_back(void **state)
{
    struct session *session = *state;
    session_must(session, &said,
                 "$P people discreet 1001 yes --data $D; $P people show 1001 --data $D");
    assert_non_null(strstr(said.out, "1001 is greeted without a name"));
    assert_non_null(strstr(said.out, "discreet     yes"));
    session_must(session, &said,
                 "$P people discreet 1001 no --data $D; $P people show 1001 --data $D");
    assert_null(strstr(said.out, "discreet     "));
    session_run(session, &said, "$P people discreet 1001 perhaps --data $D");
    assert_int_equal(said.code, COMMAND_MISUSED);
    session_run(session, &said, "$P people discreet 99999 yes --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(circles_are_listed_with_their_people),
        TEST(somebody_changes_what_they_intend),
        TEST(who_wants_no_name_is_noted_and_taken_back),
        TEST(a_running_station_does_the_same),
        TEST(a_house_has_circles_of_its_own_and_mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
