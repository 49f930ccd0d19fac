/* perron gifts and perron needs, on a house that had an evening. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/command/command.h"
#include "app/store/deeds.h"
#include "app/store/erase.h"
#include "tests/support/plan.h"
#include "tests/support/session.h"

static struct said said;

static struct house *house;

static void record(enum deed_kind kind, struct fact_id occasion, const char *text)
{
    const struct office office = {.now = house_now(house)};
    struct deed deed = {.kind = kind, .occasion = occasion};
    struct fact_id fact;
    snprintf(deed.text, sizeof deed.text, "%s", text);
    assert_int_equal(deeds_record(house->journal, &office, house->people[HOUSE_IS_ADA], &deed,
                                  &fact, &house->reason),
                     RC_OK);
    house_wait(house, HOUSE_MINUTE_MS);
}

/* Ada gives an hour, has two drinks and leaves a need; $H is where. */
static int set_up(void **state)
{
    session_set_up(state);
    house = house_open();
    house->occasion = OCCASION_COUNT; /* as the calendar says */
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "number", "1001"));
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Apéro", 0, 300);
    plan_put(house, &drinks);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    record(DEED_DRINK, drinks.id, "");
    record(DEED_DRINK, drinks.id, "");
    record(DEED_NEED, drinks.id, "=Une rampe");
    house_stop(house);
    return setenv("H", house->data, 1);
}

static int tear_down(void **state)
{
    house_close(house);
    return session_tear_down(state);
}

static void assert_says(const char *words)
{
    if (!strstr(said.out, words))
        fail_msg("\"%s\" was to be said; there was: %s%s", words, said.out, said.err);
}

static void gifts_are_told_by_occasion_and_by_nobody(void **state)
{
    session_must(*state, &said, "$P gifts --data $H | tr -s ' '");
    assert_says("2026-11-21 Apéro drink 2");
    assert_null(strstr(said.out, "Ada"));
    session_must(*state, &said, "$P gifts --data $H --json");
    json_t *told = session_json(&said);
    const json_t *row = json_array_get(told, 0);
    assert_int_equal(json_array_size(told), 1);
    assert_int_equal(json_number(row, "count", 0), 2);
    assert_string_equal(json_text(row, "what"), "drink");
    assert_null(json_object_get(row, "person"));
    json_decref(told);
    session_must(*state, &said, "$P gifts --data $H --csv");
    assert_says("day;occasion;what;amount");
    session_must(*state, &said, "$P gifts --data $H --from 2026-11-22");
    assert_says("nothing was given out");
}

static void gifts_of_who_was_erased_are_told_by_month(void **state)
{
    const struct office office = {.now = house_now(house)};
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(erase_person(house->journal, &office, house->people[HOUSE_IS_ADA]), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
    house_stop(house);
    session_must(*state, &said, "$P gifts --data $H | tr -s ' '");
    assert_says("2026-11 (summed up by month) drink 2");
    session_must(*state, &said, "$P gifts --data $H --month 2026-11 --json");
    assert_says("\"day\":\"2026-11\",\"occasion\":null,\"what\":\"drink\",\"count\":2");
    /* A sum is of a whole month. */
    session_must(*state, &said, "$P gifts --data $H --from 2026-11-02");
    assert_says("nothing was given out");
}

static void a_ledger_has_both_ways(void **state)
{
    session_must(*state, &said, "$P gifts --data $H --person 1001 | tr -s ' '");
    assert_says("(not in the calendar) hours 1:00:00");
    assert_says("Apéro drink 2");
    session_must(*state, &said, "$P gifts --data $H --person 1001 --json");
    assert_says("\"given_seconds\":3600");
    session_run(*state, &said, "$P gifts --data $H --person 9999");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "9999"));
}

static void needs_are_told_with_their_words(void **state)
{
    session_must(*state, &said, "$P needs --data $H");
    assert_says("Ada Dubois, Apéro\n    =Une rampe");
    session_must(*state, &said, "$P needs --data $H --json");
    json_t *told = session_json(&said);
    const json_t *row = json_array_get(told, 0);
    assert_string_equal(json_text(row, "text"), "=Une rampe");
    assert_string_equal(json_text(row, "number"), "1001");
    json_decref(told);
    session_must(*state, &said, "$P needs --data $H --csv");
    assert_says("'=Une rampe"); /* nothing that a spreadsheet would run */
    session_must(*state, &said, "$P needs --data $H --to 2026-11-20");
    assert_says("nobody left a need");
}

static void what_is_asked_wrongly_is_told(void **state)
{
    session_run(*state, &said, "$P gifts --data $H --from soon");
    assert_int_equal(said.code, COMMAND_MISUSED);
    session_run(*state, &said, "$P needs --data $H --csv --json");
    assert_int_equal(said.code, COMMAND_MISUSED);
    session_run(*state, &said, "$P needs --data $H/nowhere");
    assert_int_equal(said.code, COMMAND_FAILED);
}

/* Who attended an info session, say. */
static void visits_say_what_they_were_for(void **state)
{
    session_must(*state, &said, "$P visits --data $H --kind drinks --json");
    assert_says("\"occasion\":\"drinks\"");
    assert_null(strstr(said.out, "open-day"));
    session_must(*state, &said, "$P visits --data $H --kind info-session");
    assert_says("there is no such visit");
    session_run(*state, &said, "$P visits --data $H --kind party");
    assert_int_equal(said.code, COMMAND_MISUSED);
    assert_non_null(strstr(said.err, "info-session"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gifts_are_told_by_occasion_and_by_nobody),
        TEST(gifts_of_who_was_erased_are_told_by_month),
        TEST(a_ledger_has_both_ways),
        TEST(needs_are_told_with_their_words),
        TEST(what_is_asked_wrongly_is_told),
        TEST(visits_say_what_they_were_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
