/* Guests, and what people say of a departure that they forgot. */
#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/house.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static struct answer bring_named(struct house *house, int adults, int children, const char *name,
                                 int names)
{
    struct door_result result;
    struct door_guests guests = {.person = ADA(house),
                                 .adults = adults,
                                 .children = children,
                                 .name_count = names,
                                 .now = house_now(house),
                                 .home = LANGUAGE_FR};
    for (int i = 0; i < names && i < DOOR_GUEST_NAMES_MAX; i++)
        snprintf(guests.names[i], sizeof guests.names[i], "%s", name);
    door_guests(house->journal, &guests, &result);
    house->disk = result.disk;
    return result.answer;
}

static struct answer bring(struct house *house, int adults, int children)
{
    return bring_named(house, adults, children, "Max", 1);
}

static enum rc propose(struct house *house, struct fact_id visit, int64_t left_ms,
                       struct fact_id *out_fact)
{
    struct door_proposal proposal = {ADA(house), visit, left_ms, house_now(house)};
    return door_propose(house->journal, &proposal, out_fact);
}

/* --- guests --- */

static void guests_are_counted_and_leave_with_their_host(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_ADA);
    struct answer answer = bring(house, 2, 1);
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(answer.kind, ANSWER_ALREADY_IN);
    assert_int_equal(answer.guests, 2);
    assert_int_equal(answer.children, 1);
    assert_int_equal(answer.here, 5);
    house_wait(house, HOUSE_HOUR_MS);
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(answer.guests, 2);
    assert_int_equal(answer.here, 1);
    house_wait(house, HOUSE_HOUR_MS);
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.guests, 0);
    assert_int_equal(answer.here, 2);
    assert_true(house_holds(house));
}

static void the_latest_word_on_guests_counts_and_can_be_taken_back(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    bring(house, 2, 1);
    struct answer answer = bring(house, 0, 4);
    assert_int_equal(answer.here, 5);
    assert_true(answer.undo_ms > 0);
    assert_int_equal(house_undo(house, &answer), RC_OK);
    assert_int_equal(house_number(house, "SELECT guests FROM visit"), 2);
    house_wait(house, 20000); /* t still counts from the arrival */
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ALREADY_IN);
    assert_true(house_holds(house));
}

static void who_is_not_in_brings_nobody(void **state)
{
    struct house *house = *state;
    assert_int_equal(bring(house, 1, 0).kind, ANSWER_NOT_RECORDED);
    assert_int_equal(house->disk, RC_NOT_FOUND);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20 * HOUSE_HOUR_MS); /* the day is over */
    assert_int_equal(bring(house, 1, 0).kind, ANSWER_NOT_RECORDED);
    assert_int_equal(house->disk, RC_NOT_FOUND);
}

static void too_many_guests_are_refused_whole(void **state)
{
    struct house *house = *state;
    char name[200];
    house_tap(house, HOUSE_ADA);
    int64_t before = house_number(house, "SELECT count(*) FROM fact");
    const int counts[][2] = {{PRESENCE_GUESTS_MAX + 1, 0}, {0, PRESENCE_GUESTS_MAX + 1}, {-1, 0}};
    for (int i = 0; i < 3; i++) {
        bring(house, counts[i][0], counts[i][1]);
        assert_int_equal(house->disk, RC_LIMIT);
    }
    bring_named(house, 1, 0, "Max", DOOR_GUEST_NAMES_MAX + 1);
    assert_int_equal(house->disk, RC_LIMIT);
    bring_named(house, 1, 0, "  ", 1);
    assert_int_equal(house->disk, RC_BAD_INPUT);
    bring_named(house, 1, 0, "a\x01z", 1);
    assert_int_equal(house->disk, RC_BAD_INPUT);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), before);
    memset(name, 'a', DOOR_GUEST_NAME_BYTES - 1);
    name[DOOR_GUEST_NAME_BYTES - 1] = 0;
    struct answer answer =
        bring_named(house, PRESENCE_GUESTS_MAX, PRESENCE_GUESTS_MAX, name, DOOR_GUEST_NAMES_MAX);
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(answer.here, 1 + 2 * PRESENCE_GUESTS_MAX);
}

static void at_drinks_what_is_asked_knows_the_guests(void **state)
{
    struct house *house = *state;
    house->occasion = OCCASION_DRINKS;
    house_tap(house, HOUSE_ADA);
    bring(house, 1, 2);
    house_wait(house, HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ASKS);
    assert_int_equal(answer.guests, 1);
    assert_int_equal(answer.children, 2);
}

/* --- forgotten departures --- */

/* Ada came at 14:00 and again at 10:00 the next day. */
static struct answer forget(struct house *house)
{
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20 * HOUSE_HOUR_MS);
    return house_tap(house, HOUSE_ADA);
}

static void a_forgotten_departure_offers_three_times(void **state)
{
    struct house *house = *state;
    int64_t two_ms = house_now(house).wall_ms;
    struct answer answer = forget(house);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_int_equal(answer.forgotten_ms, two_ms);
    for (int i = 0; i < GUESS_COUNT; i++)
        assert_int_equal(answer.guess_ms[i], two_ms + (2 + i) * HOUSE_HOUR_MS);
}

static void who_is_known_is_asked_about_their_usual_hours(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 3; i++) {
        house_tap(house, HOUSE_ADA);
        house_wait(house, 5 * HOUSE_HOUR_MS);
        house_tap(house, HOUSE_ADA);
        house_wait(house, 19 * HOUSE_HOUR_MS);
    }
    int64_t two_ms = house_now(house).wall_ms;
    struct answer answer = forget(house);
    for (int i = 0; i < GUESS_COUNT; i++)
        assert_int_equal(answer.guess_ms[i], two_ms + (4 + i) * HOUSE_HOUR_MS);
}

static void a_proposed_departure_counts_from_then_on(void **state)
{
    struct house *house = *state;
    struct answer answer = forget(house);
    struct fact_id fact;
    assert_int_equal(propose(house, answer.forgotten_visit, answer.guess_ms[1], &fact), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit ORDER BY seq LIMIT 1"),
                     PRESENCE_PROPOSED);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).month_s, 4 * 3600);
    assert_true(house_holds(house));
}

static void not_knowing_records_nothing(void **state)
{
    struct house *house = *state;
    struct answer answer = forget(house);
    struct fact_id fact = {9, 9};
    int64_t before = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(propose(house, answer.forgotten_visit, 0, &fact), RC_OK);
    assert_true(fact_id_is_none(fact));
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), before);
}

static void a_proposal_can_be_taken_back(void **state)
{
    struct house *house = *state;
    struct answer answer = forget(house);
    assert_int_equal(propose(house, answer.forgotten_visit, answer.guess_ms[0], &answer.fact),
                     RC_OK);
    assert_int_equal(house_undo(house, &answer), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit ORDER BY seq LIMIT 1"),
                     PRESENCE_ASSUMED);
    assert_true(house_holds(house));
}

static void a_proposal_says_nothing_of_visits_that_are_known_or_anothers(void **state)
{
    struct house *house = *state;
    struct answer answer = forget(house);
    struct answer bilal = house_tap(house, HOUSE_BILAL);
    struct fact_id fact;
    int64_t before = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(propose(house, answer.fact, answer.at_ms + 1, &fact), RC_REFUSED);
    assert_int_equal(propose(house, bilal.fact, bilal.at_ms + 1, &fact), RC_NOT_FOUND);
    assert_int_equal(propose(house, answer.forgotten_visit, answer.forgotten_ms - 1, &fact),
                     RC_LIMIT);
    assert_int_equal(propose(house, answer.forgotten_visit, answer.at_ms, &fact), RC_LIMIT);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(guests_are_counted_and_leave_with_their_host),
        TEST(the_latest_word_on_guests_counts_and_can_be_taken_back),
        TEST(who_is_not_in_brings_nobody),
        TEST(too_many_guests_are_refused_whole),
        TEST(at_drinks_what_is_asked_knows_the_guests),
        TEST(a_forgotten_departure_offers_three_times),
        TEST(who_is_known_is_asked_about_their_usual_hours),
        TEST(a_proposed_departure_counts_from_then_on),
        TEST(not_knowing_records_nothing),
        TEST(a_proposal_can_be_taken_back),
        TEST(a_proposal_says_nothing_of_visits_that_are_known_or_anothers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
