/* perron newcomers: who began, who may be asked, who is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "tests/support/porch.h"
#include "tests/support/session.h"

#define GUESTS (WELCOME_FORGET_MAX + 2)

static struct said said;

static struct house *house;

/*
 * Noor stopped at the charter and has Ada as her buddy, Zoé came back with another name's writing;
 * $H is where. Ada has a number.
 */
static int set_up(void **state)
{
    session_set_up(state);
    house = house_open();
    journal_set_guide(house->journal, porch_guide());
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "number", "1001"));
    struct fact_id noor = porch_begin(house, "Noor");
    porch_step(house, noor, GUIDE_WHY, NEWCOMER_DONE);
    porch_buddy(house, noor, house->people[HOUSE_IS_ADA], BUDDY_TAKEN);
    porch_begin(house, "Zoé");
    house_wait(house, HOUSE_HOUR_MS);
    porch_begin(house, "ZOE");
    house_stop(house);
    return setenv("H", house->data, 1);
}

static int tear_down(void **state)
{
    session_must(*state, &said, "rm -rf $H/welcome $H/perron.conf");
    house_close(house);
    return session_tear_down(state);
}

static void assert_says(const char *words)
{
    if (!strstr(said.out, words))
        fail_msg("\"%s\" was to be said; there was: %s%s", words, said.out, said.err);
}

static void set_forget_days(struct session *session, int days)
{
    session_must(session, &said,
                 "cp -r app/share/venue/welcome $H/welcome &&"
                 " sed -i 's/^forget_days = 30/forget_days = %d/' $H/welcome/welcome.conf",
                 days);
}

static void staff_see_where_each_stopped(void **state)
{
    session_must(*state, &said, "$P newcomers --data $H | tr -s ' '");
    assert_says("2026-11-21 Noor circles last 2026-11-21 buddy: Ada Dubois\n");
    assert_says("2026-11-21 Zoé why last 2026-11-21 perhaps the same person as another\n");
    assert_says("2026-11-21 ZOE why last");
    assert_true(strstr(said.out, "ZOE") < strstr(said.out, "Noor"));
}

static void programs_read_the_same(void **state)
{
    session_must(*state, &said, "$P newcomers --all --data $H --json");
    json_t *told = session_json(&said);
    assert_int_equal(json_array_size(told), 3);
    const json_t *noor = json_array_get(told, 1);
    for (size_t i = 0; i < 3; i++)
        if (strcmp(json_text(json_array_get(told, i), "person"), "Noor") == 0)
            noor = json_array_get(told, i);
    assert_string_equal(json_text(noor, "next"), "circles");
    assert_string_equal(json_text(json_object_get(noor, "steps"), "why"), "done");
    assert_string_equal(json_text(noor, "buddy"), "Ada Dubois");
    assert_string_equal(json_text(noor, "buddy_state"), "taken");
    assert_int_equal(json_number(noor, "same_name", 9), 0);
    json_decref(told);
}

static void a_house_without_newcomers_says_so(void **state)
{
    session_must(*state, &said,
                 "printf 'nom,prenom\\nDubois,Ada\\n' > $F/p.csv; $P people import $F/p.csv"
                 " --data $D; $P newcomers --data $D");
    assert_says("nobody began a first visit within a year");
    session_must(*state, &said, "$P newcomers --data $D --json");
    assert_string_equal(said.out, "[]\n");
}

static void members_say_whether_they_look_after_newcomers(void **state)
{
    static const char given[] = "SELECT coalesce(sum(is_given), 0) * 10 + count(*) FROM consent";
    session_must(*state, &said, "$P newcomers buddy 1001 yes --data $H");
    assert_says("1001 can be asked");
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(house_number(house, given), 22);
    house_stop(house);
    session_must(*state, &said, "$P newcomers buddy 1001 no --data $H --json");
    assert_says("\"is_willing\":false");
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(house_number(house, given), 12);
    assert_true(house_holds(house));
    house_stop(house);
    session_run(*state, &said, "$P newcomers buddy 1001 9999 yes --data $H");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "nobody has the number 9999"));
}

static void who_never_came_back_is_forgotten_by_command(void **state)
{
    set_forget_days(*state, 3000);
    session_must(*state, &said, "$P newcomers forget --data $H");
    assert_says("0 newcomers who never came back within 3000 days are forgotten");
    session_must(*state, &said, "rm -r $H/welcome");
    set_forget_days(*state, 1);
    session_must(*state, &said, "$P newcomers forget --dry-run --data $H");
    assert_says("3 newcomers who never came back within 1 day would be forgotten");
    session_must(*state, &said, "$P newcomers forget --data $H --json");
    assert_says("\"forgotten\":3");
    session_must(*state, &said, "$P newcomers --all --data $H; $P verify --data $H");
    assert_says("nobody began a first visit");
    session_must(*state, &said, "rm -r $H/welcome");
    set_forget_days(*state, 0);
    session_must(*state, &said, "$P newcomers forget --data $H");
    assert_says("this house forgets nobody");
}

static void many_are_forgotten_by_a_running_station_too(void **state)
{
    struct session *session = *state;
    assert_int_equal(house_start(house), RC_OK);
    journal_set_guide(house->journal, porch_guide());
    for (int i = 0; i < GUESTS; i++)
        porch_begin(house, "Guest");
    house_stop(house);
    set_forget_days(session, 1);
    session_must(session, &said, "mv $H $D && ln -s $D $H");
    session_start_station(session);
    session_must(session, &said, "$P newcomers forget --data $D --json");
    assert_says("\"forgotten\":25");
    assert_int_equal(session_stop_station(session), 0);
    session_must(session, &said, "rm $H && mv $D $H; $P verify --data $H");
}

static void a_mistake_in_the_welcome_is_told(void **state)
{
    set_forget_days(*state, -3);
    session_run(*state, &said, "$P newcomers --data $H");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "perron venue check"));
}

static void what_is_asked_wrongly_is_told(void **state)
{
    static const char *const lines[] = {"newcomers buddy 1001", "newcomers buddy yes",
                                        "newcomers buddy 1001 perhaps", "newcomers forget Noor",
                                        "newcomers sing"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "$P %s --data $H", lines[i]);
        if (said.code != COMMAND_MISUSED || said.out[0])
            fail_msg("perron %s: exit code %d: %s%s", lines[i], said.code, said.out, said.err);
    }
    session_run(*state, &said, "$P newcomers --data $H/nowhere");
    assert_int_equal(said.code, COMMAND_FAILED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff_see_where_each_stopped),
        TEST(programs_read_the_same),
        TEST(a_house_without_newcomers_says_so),
        TEST(members_say_whether_they_look_after_newcomers),
        TEST(who_never_came_back_is_forgotten_by_command),
        TEST(many_are_forgotten_by_a_running_station_too),
        TEST(a_mistake_in_the_welcome_is_told),
        TEST(what_is_asked_wrongly_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
