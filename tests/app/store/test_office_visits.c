/* Visits that staff note, and put right afterwards. */
#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])

static enum rc correct(struct house *house, const struct office_correction *correction)
{
    struct office office = desk_office(house);
    struct fact_id fact;
    return office_correct(house->journal, &office, correction, &fact, &house->reason);
}

static enum rc record(struct house *house, struct fact_id person, enum answer_kind answer)
{
    struct office office = desk_office(house);
    struct fact_id fact;
    return office_record(house->journal, &office, person, answer, &fact, &house->reason);
}

/* --- arrivals and departures --- */

static void staff_note_an_arrival_and_a_departure_once(void **state)
{
    struct house *house = *state;
    desk_expect_refused(house, record(house, ADA(house), ANSWER_DEPARTURE), "not in the house");
    assert_int_equal(record(house, ADA(house), ANSWER_ARRIVAL), RC_OK);
    desk_expect_refused(house, record(house, ADA(house), ANSWER_ARRIVAL), "in the house already");
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(record(house, ADA(house), ANSWER_DEPARTURE), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit"), PRESENCE_STAFF);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

static void a_visit_whose_day_is_over_is_corrected_and_not_ended_now(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20 * HOUSE_HOUR_MS);
    desk_expect_refused(house, record(house, ADA(house), ANSWER_DEPARTURE), "Correct its end");
    assert_int_equal(record(house, ADA(house), ANSWER_ARRIVAL), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=4"), 1);
    assert_true(house_holds(house));
}

/* --- corrections --- */

/* Ada was there from 14:00 to 16:00; it is 17:00. */
static struct fact_id a_visit(struct house *house)
{
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    return visit;
}

static void a_correction_moves_the_times_and_the_hours(void **state)
{
    struct house *house = *state;
    struct office_correction correction = {.visit = a_visit(house), .reason = "as told on paper"};
    int64_t arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    correction.arrived_ms = arrived_ms - HOUSE_HOUR_MS;
    correction.left_ms = arrived_ms + HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT left_ms-arrived_ms FROM visit"),
                     2 * HOUSE_HOUR_MS);
    assert_int_equal(house_number(house, "SELECT how_in=5 AND how_out=5 FROM visit"), 1);
    desk_expect_refused(house, correct(house, &correction), "Nothing would change");
    correction.left_ms -= HOUSE_MINUTE_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void a_correction_leaves_the_side_alone_that_it_does_not_change(void **state)
{
    struct house *house = *state;
    struct office_correction correction = {.visit = a_visit(house), .reason = "left earlier"};
    correction.arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    correction.left_ms = correction.arrived_ms + HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_in FROM visit"), PRESENCE_TAP);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit"), PRESENCE_CORRECTED);
}

static void a_correction_needs_a_reason_of_some_words(void **state)
{
    struct house *house = *state;
    char long_reason[300];
    struct office_correction correction = {.visit = a_visit(house), .is_void = true, .reason = " "};
    memset(long_reason, 'a', sizeof long_reason - 1);
    long_reason[OFFICE_REASON_BYTES + 1] = 0;
    desk_expect_refused(house, correct(house, &correction), "needs a reason");
    correction.reason = long_reason;
    desk_expect_refused(house, correct(house, &correction), "too long");
    long_reason[OFFICE_REASON_BYTES] = 0;
    assert_int_equal(correct(house, &correction), RC_OK);
}

static void times_that_cannot_be_are_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    struct fact_id visit = a_visit(house);
    int64_t now_ms = house_now(house).wall_ms;
    int64_t arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    const struct {
        int64_t arrived_ms, left_ms;
        const char *sentence;
    } rows[] = {
        {0, arrived_ms, "before it begins"},
        {0, arrived_ms - 1, "before it begins"},
        {now_ms - HOUSE_MINUTE_MS, 0, "before it begins"},
        {0, now_ms + 1, "still to come"},
        {now_ms + 1, now_ms + 2, "still to come"},
        {arrived_ms - PRESENCE_VISIT_MAX_MS, 0, "seven days"},
    };
    int64_t before = desk_facts(house);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct office_correction correction = {visit, rows[i].arrived_ms, rows[i].left_ms, false,
                                               "because"};
        desk_expect_refused(house, correct(house, &correction), rows[i].sentence);
    }
    assert_int_equal(desk_facts(house), before);
}

static void a_clock_that_nobody_vouches_for_knows_no_future(void **state)
{
    struct house *house = *state;
    struct fact_id visit = a_visit(house);
    struct office_correction correction = {.visit = visit, .reason = "the clock was wrong"};
    correction.left_ms = house_now(house).wall_ms + 24 * HOUSE_HOUR_MS;
    house_reboot(house, 0, CLOCK_UNSET);
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void a_correction_does_not_reach_into_another_visit(void **state)
{
    struct house *house = *state;
    a_visit(house);
    struct fact_id second = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, HOUSE_HOUR_MS);
    struct office_correction correction = {.visit = second, .reason = "came earlier"};
    correction.arrived_ms = house_now(house).wall_ms - 3 * HOUSE_HOUR_MS; /* 15:00 */
    desk_expect_refused(house, correct(house, &correction), "another visit");
    correction.arrived_ms += HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void an_assumed_end_can_be_confirmed(void **state)
{
    struct house *house = *state;
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 20 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    struct office_correction correction = {.visit = visit, .reason = "it was a long night"};
    correction.left_ms = house_number(house, "SELECT left_ms FROM visit WHERE how_out=4");
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit ORDER BY seq LIMIT 1"),
                     PRESENCE_CORRECTED);
    assert_true(house_holds(house));
}

static void a_void_visit_is_gone_and_can_come_back(void **state)
{
    struct house *house = *state;
    struct office office = desk_office(house);
    struct clock_reading now = house_now(house);
    struct office_correction correction = {
        .visit = a_visit(house), .is_void = true, .reason = "somebody else's badge"};
    struct fact_id fact, undo;
    office.now = house_now(house);
    assert_int_equal(office_correct(house->journal, &office, &correction, &fact, &house->reason),
                     RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_int_equal(correct(house, &correction), RC_NOT_FOUND);
    now = house_now(house);
    assert_int_equal(door_undo(house->journal, FACT_UNDO, ADA(house), fact, &now, &undo), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff_note_an_arrival_and_a_departure_once),
        TEST(a_visit_whose_day_is_over_is_corrected_and_not_ended_now),
        TEST(a_correction_moves_the_times_and_the_hours),
        TEST(a_correction_leaves_the_side_alone_that_it_does_not_change),
        TEST(a_correction_needs_a_reason_of_some_words),
        TEST(times_that_cannot_be_are_refused_with_a_sentence),
        TEST(a_clock_that_nobody_vouches_for_knows_no_future),
        TEST(a_correction_does_not_reach_into_another_visit),
        TEST(an_assumed_end_can_be_confirmed),
        TEST(a_void_visit_is_gone_and_can_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
