/* perron baskets: a list brought in, a pick-up looked at, a basket noted as fetched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static void assert_refused(enum command_exit code, const char *words)
{
    if (said.code != (int)code || !strstr(said.err, words))
        fail_msg("\"%s\" was to be said with %d; there was %d: %s%s", words, (int)code, said.code,
                 said.out, said.err);
}

/* Ada's is large, Zoé's small and Ada may fetch it, Joris's is paused for good. */
static void bring_in(struct session *session)
{
    session_must(session, &said,
                 "printf 'Numéro;Panier;Pauses;Retrait\\n1001;large;;\\n1002;small;;1001\\n"
                 "1003;small;01/01/2020 au 31/12/2098;\\n' > $F/list.csv;"
                 "$P baskets import $F/list.csv --data $D");
    assert_says("3 changed, 0 the same, 0 ended, 0 refused; baskets in this list: 3");
}

static void tell_a_story(struct session *session)
{
    bring_in(session);
    session_must(session, &said, "$P baskets --data $D | tr -s ' '");
    assert_says("today (no pick-up is in the calendar)\n");
    assert_says("1001 Ada Okonkwo large left\n");
    assert_says("1003 Joris Van den Broeck small paused until 2098-12-31\n");
    assert_says("2 baskets: 0 fetched, 2 left; 1 paused\nsmall: 1, 1 left; large: 1, 1 left\n");
    session_must(session, &said, "$P baskets fetched 1002 --by 1001 --data $D");
    assert_says("the basket of 1002 is fetched");
    session_run(session, &said, "$P baskets fetched 1002 --data $D");
    assert_refused(COMMAND_FAILED, "this basket was fetched at ");
    assert_refused(COMMAND_FAILED, " by Ada Okonkwo");
    session_must(session, &said, "$P baskets put-back 1002 --data $D");
    assert_says("the basket of 1002 is there again");
    session_run(session, &said, "$P baskets put-back 1002 --data $D");
    assert_refused(COMMAND_FAILED, "Nothing of it is noted");
    session_must(session, &said, "$P baskets --data $D | tr -s ' '");
    assert_says("1002 Zoé Delacroix small left; may fetch it: 1001");
    session_must(session, &said, "$P baskets fetched 1002 --by 1001 --data $D");
    session_must(session, &said, "$P baskets fetched 1001 --by 1001 --data $D --json");
    assert_says("\"fetched\":true");
    session_run(session, &said, "$P baskets fetched 1003 --data $D");
    assert_refused(COMMAND_FAILED, "This basket is paused today.");
    session_run(session, &said, "$P baskets fetched 1004 --data $D");
    assert_refused(COMMAND_FAILED, "There is no basket under this name.");
    session_run(session, &said, "$P baskets fetched 9999 --data $D");
    assert_refused(COMMAND_FAILED, "nobody has the number 9999");
    session_run(session, &said, "$P baskets fetched 1003 --by 9999 --data $D");
    assert_refused(COMMAND_FAILED, "nobody has the number 9999");
    session_must(session, &said, "$P baskets today --data $D --left | tr -s ' '");
    assert_null(strstr(said.out, "Ada"));
    assert_says("2 baskets: 2 fetched, 0 left; 1 paused");
    session_must(session, &said, "$P baskets --data $D --json");
    json_t *told = session_json(&said);
    assert_int_equal(json_number(told, "fetched", -1), 2);
    assert_int_equal(json_array_size(json_object_get(told, "rows")), 3);
    assert_int_equal(json_array_size(json_object_get(told, "sizes")), 2);
    json_decref(told);
    session_must(session, &said, "$P baskets --data $D --csv --profile strict");
    assert_says(
        "number,last_name,first_name,size,state,paused_until,fetched_at,fetched_by,may_fetch\r\n");
    assert_says("1003,Van den Broeck,Joris,small,paused,2098-12-31,,,\r\n");
    assert_says(",Ada Okonkwo,1001\r\n");
    session_must(session, &said, "$P verify --data $D");
}

static void a_list_is_brought_in_and_its_baskets_are_fetched(void **state)
{
    tell_a_story(*state);
}

static void a_running_station_does_the_same(void **state)
{
    session_start_station(*state);
    tell_a_story(*state);
    assert_int_equal(session_stop_station(*state), 0);
}

static void pick_ups_of_the_calendar_have_names(void **state)
{
    bring_in(*state);
    session_run(*state, &said, "$P baskets next --data $D");
    assert_refused(COMMAND_FAILED, "no basket pick-up is in the calendar");
    session_must(*state, &said,
                 "$P calendar add --title Paniers --kind basket-pick-up --day 2031-03-05"
                 " --from 16:00 --to 19:00 --data $D --weeks 2;"
                 "$P calendar add --title Apéro --kind drinks --day 2031-03-05 --from 16:00"
                 " --to 19:00 --data $D; $P calendar list --from 2031-03-01 --to 2031-03-30 "
                 "--data $D");
    session_must(*state, &said,
                 "n=$($P calendar list --from 2031-03-01 --to 2031-03-08 --data $D | "
                 "grep Paniers | head -1 | cut -d' ' -f1); $P baskets $n --data $D");
    assert_says("2031-03-05 16:00 Paniers (");
    assert_says("2 baskets: 0 fetched, 2 left; 1 paused");
    session_run(*state, &said,
                "n=$($P calendar list --from 2031-03-01 --to 2031-03-08 --data $D | "
                "grep Ap | head -1 | cut -d' ' -f1); $P baskets $n --data $D");
    assert_refused(COMMAND_FAILED, "is no basket pick-up");
    session_run(*state, &said, "$P baskets yesterday --data $D");
    assert_refused(COMMAND_MISUSED, "names no occasion");
}

static void what_ends_is_shown_before_and_a_refused_line_ends_nothing(void **state)
{
    bring_in(*state);
    session_must(*state, &said,
                 "printf 'nom;taille\\nZoé Delacroix;grand\\n' > $F/new.csv;"
                 "$P baskets import $F/new.csv --dry-run --data $D");
    assert_says("1 changed, 0 the same, 2 ended");
    assert_says("ended: Ada Okonkwo (1001): not in the list any more");
    session_must(*state, &said, "$P baskets --data $D");
    assert_says("2 baskets");
    session_run(*state, &said,
                "printf 'nom;taille\\nZoé Delacroix;grand\\nNobody Known;grand\\n' > $F/bad.csv;"
                "$P baskets import $F/bad.csv --data $D");
    assert_refused(COMMAND_FAILED, "nothing was taken");
    assert_says("line 3: refused: Nobody Known: Nobody in the house is called Nobody Known.");
    session_must(*state, &said, "$P baskets import $F/bad.csv --skip-refused --data $D --json");
    json_t *told = session_json(&said);
    assert_int_equal(json_number(told, "ended", -1), 0);
    json_decref(told);
    session_must(*state, &said, "$P baskets --data $D");
    assert_says("2 baskets");
    assert_says("grand");
    session_must(*state, &said,
                 "$P baskets import $F/new.csv --data $D >/dev/null; $P baskets --data $D");
    assert_says("1 basket: 0 fetched, 1 left; 0 paused");
    session_run(*state, &said, "$P baskets import $F/nowhere.csv --data $D");
    assert_refused(COMMAND_FAILED, "nowhere.csv cannot be read");
    session_run(*state, &said,
                "printf 'a;b\\n1;2\\n' > $F/x.csv; $P baskets import $F/x.csv "
                "--data $D");
    assert_refused(COMMAND_FAILED, "no column for whose basket it is");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_list_is_brought_in_and_its_baskets_are_fetched),
        TEST(a_running_station_does_the_same),
        TEST(pick_ups_of_the_calendar_have_names),
        TEST(what_ends_is_shown_before_and_a_refused_line_ends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
