/* What is said about a visit afterwards: guests, proposals, corrections. */
#include "app/domain/presence.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/story.h"

static struct fact *guests(struct story *story, int64_t at_ms, int adults, int children)
{
    return story_add(story, 1, at_ms, FACT_GUESTS,
                     "{\"adults\":%d,\"children\":%d,\"names\":[\"Max\"]}", adults, children);
}

static struct fact *propose(struct story *story, int64_t at_ms, struct fact_id visit,
                            int64_t left_ms)
{
    return story_add(story, 1, at_ms, FACT_PROPOSAL,
                     "{\"visit\":[%" PRId64 ",%" PRId64 "],\"left_ms\":%" PRId64 "}", visit.station,
                     visit.seq, left_ms);
}

static struct fact *correct(struct story *story, int64_t at_ms, struct fact_id visit,
                            int64_t arrived_ms, int64_t left_ms)
{
    return story_add(story, 1, at_ms, FACT_CORRECTION,
                     "{\"visit\":[%" PRId64 ",%" PRId64 "],\"arrived_ms\":%" PRId64
                     ",\"left_ms\":%" PRId64 ",\"reason\":\"forgot\"}",
                     visit.station, visit.seq, arrived_ms, left_ms);
}

static struct fact *make_void(struct story *story, int64_t at_ms, struct fact_id visit)
{
    return story_add(story, 1, at_ms, FACT_CORRECTION,
                     "{\"visit\":[%" PRId64 ",%" PRId64
                     "],\"is_void\":true,\"reason\":\"a mistake\"}",
                     visit.station, visit.seq);
}

static void assert_guests(const struct presence *presence, int adults, int children)
{
    assert_true(presence->count > 0);
    assert_int_equal(presence->visits[presence->count - 1].guests, adults);
    assert_int_equal(presence->visits[presence->count - 1].children, children);
}

static void the_latest_guests_of_an_open_visit_count(void **state)
{
    struct story *story = *state;
    guests(story, STORY_NOW - STORY_HOUR, 7, 7); /* of no visit */
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    assert_guests(story_fold(story), 0, 0);
    guests(story, STORY_NOW + STORY_MINUTE, 2, 1);
    assert_guests(story_fold(story), 2, 1);
    struct fact last = *guests(story, STORY_NOW + 2 * STORY_MINUTE, 3, 0);
    assert_guests(story_fold(story), 3, 0);
    story_undo(story, &last, STORY_NOW + 3 * STORY_MINUTE);
    assert_guests(story_fold(story), 2, 1);
    assert_int_equal(story->presence.since.seq, 2); /* t still counts from the arrival */
}

static void guests_leave_with_their_host(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    guests(story, STORY_NOW + STORY_MINUTE, 2, 1);
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    guests(story, STORY_NOW + 2 * STORY_HOUR, 5, 5);
    assert_guests(story_fold(story), 2, 1);
    story_tap(story, 1, STORY_NOW + 3 * STORY_HOUR, ANSWER_ARRIVAL);
    assert_guests(story_fold(story), 0, 0);
}

static void guests_end_with_the_day_and_their_number_has_limits(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    guests(story, STORY_NOW + STORY_MINUTE, 1000000, -4);
    assert_guests(story_fold(story), PRESENCE_GUESTS_MAX, 0);
    guests(story, STORY_NOW + 15 * STORY_HOUR, 1, 1); /* the day was over */
    assert_guests(story_fold(story), PRESENCE_GUESTS_MAX, 0);
}

static void a_proposal_ends_an_assumed_visit_and_its_hours_count(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + 24 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    struct fact said =
        *propose(story, STORY_NOW + 24 * STORY_HOUR + 5000, visit, STORY_NOW + 2 * STORY_HOUR);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 2 * STORY_HOUR,
                       PRESENCE_PROPOSED);
    assert_false(story->presence.visits[0].is_doubtful_out);
    assert_int_equal(story->presence.stints[0].seconds, 7200);
    story_expect_visit(&story->presence, 1, STORY_NOW + 24 * STORY_HOUR, 0, PRESENCE_OPEN);
    propose(story, STORY_NOW + 24 * STORY_HOUR + 6000, visit,
            STORY_NOW + 3 * STORY_HOUR); /* on second thoughts */
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 3 * STORY_HOUR,
                       PRESENCE_PROPOSED);
    story_undo(story, &said, STORY_NOW + 24 * STORY_HOUR + 7000);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 3 * STORY_HOUR,
                       PRESENCE_PROPOSED);
}

static void an_undone_proposal_leaves_the_departure_assumed(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    struct fact_id back =
        story_tap(story, 1, STORY_NOW + 24 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN)->id;
    struct fact said =
        *propose(story, STORY_NOW + 24 * STORY_HOUR + 5000, visit, STORY_NOW + 2 * STORY_HOUR);
    story_undo(story, &said, STORY_NOW + 24 * STORY_HOUR + 7000);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 14 * STORY_HOUR,
                       PRESENCE_ASSUMED);
    assert_true(fact_id_is_same(story->presence.since, back));
}

static void a_proposal_stays_between_the_arrival_and_the_end_of_the_day(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + 24 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    propose(story, STORY_NOW + 25 * STORY_HOUR, visit, STORY_NOW - STORY_HOUR);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW, PRESENCE_PROPOSED);
    propose(story, STORY_NOW + 26 * STORY_HOUR, visit, STORY_NOW + 20 * STORY_HOUR);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 14 * STORY_HOUR,
                       PRESENCE_PROPOSED);
    propose(story, STORY_NOW + 27 * STORY_HOUR, visit, 0);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 14 * STORY_HOUR,
                       PRESENCE_PROPOSED);
}

static void a_proposal_changes_nothing_that_was_tapped_or_is_still_open(void **state)
{
    struct story *story = *state;
    struct fact_id first = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    propose(story, STORY_NOW + STORY_MINUTE, first, STORY_NOW + 30000);
    story_expect_visit(story_fold(story), 0, STORY_NOW, 0, PRESENCE_OPEN);
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    propose(story, STORY_NOW + 2 * STORY_HOUR, first, STORY_NOW + 30000);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
}

static void a_proposal_ends_a_visit_that_is_open_past_its_day(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    propose(story, STORY_NOW + 15 * STORY_HOUR, visit, STORY_NOW + STORY_HOUR);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_PROPOSED);
    assert_null(presence_open_visit(&story->presence));
}

static void a_correction_moves_what_it_names_and_says_so(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    correct(story, STORY_NOW + 2 * STORY_HOUR, visit, 0, STORY_NOW + STORY_HOUR / 2);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR / 2,
                       PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].how_in, PRESENCE_TAP);
    correct(story, STORY_NOW + 3 * STORY_HOUR, visit, STORY_NOW - 11 * STORY_HOUR, 0);
    story_expect_visit(story_fold(story), 0, STORY_NOW - 11 * STORY_HOUR,
                       STORY_NOW + STORY_HOUR / 2, PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].how_in, PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].closes_ms,
                     STORY_NOW - 10 * STORY_HOUR); /* its day's end */
}

static void a_correction_that_would_end_a_visit_before_it_begins_does_nothing(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    correct(story, STORY_NOW + 2 * STORY_HOUR, visit, STORY_NOW + 90 * STORY_MINUTE, 0);
    correct(story, STORY_NOW + 2 * STORY_HOUR, visit, 0, STORY_NOW - 1);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
}

static void a_corrected_departure_ends_an_open_visit_and_the_next_tap_arrives(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    correct(story, STORY_NOW + 2 * STORY_HOUR, visit, 0, STORY_NOW + STORY_HOUR);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_CORRECTED);
    story_tap(story, 1, STORY_NOW + 3 * STORY_HOUR, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 1, STORY_NOW + 3 * STORY_HOUR, 0, PRESENCE_OPEN);
}

static void a_void_visit_is_gone_and_t_with_it(void **state)
{
    struct story *story = *state;
    struct fact_id first = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    struct fact_id second = story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_ARRIVAL)->id;
    struct fact gone = *make_void(story, STORY_NOW + 3 * STORY_HOUR, first);
    assert_int_equal(story_fold(story)->count, 1);
    assert_true(fact_id_is_same(story->presence.since, second));
    story_undo(story, &gone, STORY_NOW + 3 * STORY_HOUR + 1000);
    assert_int_equal(story_fold(story)->count, 2);
    make_void(story, STORY_NOW + 4 * STORY_HOUR, second);
    assert_int_equal(story_fold(story)->count, 1);
    assert_int_equal(story->presence.since.seq, 0);
    story_tap(story, 1, STORY_NOW + 5 * STORY_HOUR, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 1, STORY_NOW + 5 * STORY_HOUR, 0, PRESENCE_OPEN);
}

static void a_correction_of_a_visit_that_was_undone_does_nothing(void **state)
{
    struct story *story = *state;
    struct fact arrival = *story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    correct(story, STORY_NOW + STORY_MINUTE, arrival.id, STORY_NOW - STORY_HOUR,
            STORY_NOW - STORY_MINUTE);
    story_undo(story, &arrival, STORY_NOW + 2 * STORY_MINUTE);
    assert_int_equal(story_fold(story)->count, 0);
}

static void visits_stand_by_arrival_also_when_it_was_corrected(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    struct fact_id second = story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_ARRIVAL)->id;
    correct(story, STORY_NOW + 3 * STORY_HOUR, second, STORY_NOW - 5 * STORY_HOUR, 0);
    story_expect_visit(story_fold(story), 0, STORY_NOW - 5 * STORY_HOUR, 0, PRESENCE_OPEN);
    story_expect_visit(&story->presence, 1, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
    assert_true(presence_open_visit(&story->presence) == &story->presence.visits[0]);
    story_tap(story, 1, STORY_NOW + 4 * STORY_HOUR, ANSWER_DEPARTURE);
    story_expect_visit(story_fold(story), 0, STORY_NOW - 5 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR,
                       PRESENCE_TAP);
}

static void what_taps_said_is_remembered_through_all_that_is_said_later(void **state)
{
    struct story *story = *state;
    struct fact_id visit = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    assert_int_equal(story_fold(story)->visits[0].before.fact.seq, 0);
    story_tap(story, 1, STORY_NOW + 24 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    propose(story, STORY_NOW + 25 * STORY_HOUR, visit, STORY_NOW + 2 * STORY_HOUR);
    struct fact last = *correct(story, STORY_NOW + 26 * STORY_HOUR, visit, STORY_NOW - STORY_HOUR,
                                STORY_NOW + STORY_HOUR);
    const struct visit_before *before = &story_fold(story)->visits[0].before;
    assert_true(fact_id_is_same(before->fact, last.id));
    assert_int_equal(before->arrived_ms, STORY_NOW);
    assert_int_equal(before->how_in, PRESENCE_TAP);
    assert_int_equal(before->left_ms, STORY_NOW + 14 * STORY_HOUR);
    assert_int_equal(before->how_out, PRESENCE_ASSUMED);
    assert_int_equal(story->presence.visits[1].before.fact.seq, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_latest_guests_of_an_open_visit_count),
        TEST(guests_leave_with_their_host),
        TEST(guests_end_with_the_day_and_their_number_has_limits),
        TEST(a_proposal_ends_an_assumed_visit_and_its_hours_count),
        TEST(an_undone_proposal_leaves_the_departure_assumed),
        TEST(a_proposal_stays_between_the_arrival_and_the_end_of_the_day),
        TEST(a_proposal_changes_nothing_that_was_tapped_or_is_still_open),
        TEST(a_proposal_ends_a_visit_that_is_open_past_its_day),
        TEST(a_correction_moves_what_it_names_and_says_so),
        TEST(a_correction_that_would_end_a_visit_before_it_begins_does_nothing),
        TEST(a_corrected_departure_ends_an_open_visit_and_the_next_tap_arrives),
        TEST(a_void_visit_is_gone_and_t_with_it),
        TEST(a_correction_of_a_visit_that_was_undone_does_nothing),
        TEST(visits_stand_by_arrival_also_when_it_was_corrected),
        TEST(what_taps_said_is_remembered_through_all_that_is_said_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
