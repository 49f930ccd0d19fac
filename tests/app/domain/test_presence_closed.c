/* Visits that became sums: what is newer stays, and what comes in late makes no half visit. */
#include "app/domain/presence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/extent.h"
#include "tests/support/story.h"

#define LATER (30 * 24 * STORY_HOUR)

/* 14:00 to 16:00 is closed, by hand; the facts of it are there still unless they are erased. */
static void close_two_hours(struct story *story)
{
    story_add(story, 1, STORY_NOW + LATER, FACT_CLOSING,
              "{\"spans\":[[%lld,%lld]],\"totals\":[{\"month\":202611,\"kind\":\"drinks\","
              "\"visits\":1,\"gave\":[{\"organisation\":[1,9],\"kind\":\"shift\","
              "\"seconds\":7200}]}]}",
              (long long)STORY_NOW, (long long)(STORY_NOW + 2 * STORY_HOUR + STORY_MINUTE));
}

static void visit(struct story *story, int64_t from_ms, int64_t to_ms)
{
    story_tap(story, 1, from_ms, ANSWER_ARRIVAL);
    story_tap(story, 1, to_ms, ANSWER_DEPARTURE);
}

static void what_lies_outside_of_the_closed_moments_stays_as_it_is(void **state)
{
    struct story *story = *state;
    visit(story, STORY_NOW - 5 * STORY_HOUR, STORY_NOW - 4 * STORY_HOUR);
    visit(story, STORY_NOW, STORY_NOW + 2 * STORY_HOUR);
    visit(story, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR);
    close_two_hours(story);
    const struct presence *presence = story_fold(story);
    assert_int_equal(presence->count, 2);
    story_expect_visit(presence, 0, STORY_NOW - 5 * STORY_HOUR, STORY_NOW - 4 * STORY_HOUR,
                       PRESENCE_TAP);
    story_expect_visit(presence, 1, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR,
                       PRESENCE_TAP);
    assert_int_equal(presence->totals.count, 1);
    assert_int_equal(presence->totals.rows[0].month, 202611);
    assert_int_equal(presence->totals.rows[0].kind, OCCASION_DRINKS);
    assert_int_equal(presence->totals.rows[0].parts[0].kind, OCCASION_SHIFT);
    assert_int_equal(presence->totals.rows[0].parts[0].seconds, 7200);
}

static void sums_of_several_closings_are_added_up(void **state)
{
    struct story *story = *state;
    close_two_hours(story);
    close_two_hours(story);
    const struct presence *presence = story_fold(story);
    assert_int_equal(presence->totals.count, 1);
    assert_int_equal(presence->totals.rows[0].visits, 2);
    assert_int_equal(presence->totals.rows[0].parts[0].seconds, 14400);
}

/* Of station 1 all is erased; then another station says what it saw of that visit. */
static void what_another_station_says_late_makes_no_half_visit(void **state)
{
    static const struct {
        int64_t at_ms;
        enum answer_kind answer;
    } late[] = {{STORY_HOUR, ANSWER_DEPARTURE},
                {STORY_HOUR, ANSWER_ARRIVAL},
                {STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN},
                {2 * STORY_HOUR + STORY_MINUTE / 2, ANSWER_DEPARTURE}};
    struct story *story = *state;
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++) {
        story->count = 0;
        story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->body = NULL;
        story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_DEPARTURE)->body = NULL;
        story_tap(story, 2, STORY_NOW + late[i].at_ms, late[i].answer);
        story_add(story, 2, STORY_NOW + late[i].at_ms, FACT_GUESTS, "{\"adults\":3}");
        /* The control: without the closing fact it is one. */
        if (story_fold(story)->count != 1)
            fail_msg("late %zu is no visit by itself", i);
        close_two_hours(story);
        if (story_fold(story)->count != 0)
            fail_msg("late %zu is half a visit", i);
    }
}

static void what_is_said_late_about_a_visit_that_went_says_nothing(void **state)
{
    static const struct {
        enum fact_kind kind;
        const char *more;
    } said[] = {{FACT_CORRECTION, ",\"left_ms\":1,\"reason\":\"\""},
                {FACT_CORRECTION, ",\"is_void\":true,\"reason\":\"\""},
                {FACT_PROPOSAL, ",\"left_ms\":1"},
                {FACT_ATTENDANCE, ",\"kind\":\"drinks\""},
                {FACT_GUESTS, ",\"adults\":2"}};
    struct story *story = *state;
    struct fact *arrival = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    struct fact_id id = arrival->id;
    arrival->body = NULL;
    story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_DEPARTURE)->body = NULL;
    close_two_hours(story);
    visit(story, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        story_add(story, 2, STORY_NOW + 5 * STORY_HOUR + (int64_t)i, said[i].kind,
                  "{\"visit\":[%lld,%lld]%s}", (long long)id.station, (long long)id.seq,
                  said[i].more);
    const struct presence *presence = story_fold(story);
    assert_int_equal(presence->count, 1);
    assert_int_equal(presence->proposal_count, 0);
    story_expect_visit(presence, 0, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR,
                       PRESENCE_TAP);
    assert_int_equal(presence->visits[0].guests, 0);
}

static void guests_of_a_named_visit_count_also_after_it(void **state)
{
    struct story *story = *state;
    struct fact_id id = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_add(story, 1, STORY_NOW + 1, FACT_GUESTS, "{\"adults\":1,\"names\":[\"Max\"]}")->body =
        NULL;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    visit(story, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR);
    assert_int_equal(story_fold(story)->visits[0].guests, 0);
    story_add(story, 1, STORY_NOW + LATER, FACT_GUESTS,
              "{\"visit\":[%lld,%lld],\"adults\":1,\"children\":2}", (long long)id.station,
              (long long)id.seq);
    const struct presence *presence = story_fold(story);
    assert_int_equal(presence->visits[0].guests, 1);
    assert_int_equal(presence->visits[0].children, 2);
    assert_int_equal(presence->visits[1].guests, 0);
}

static void bodies_that_nobody_wrote_close_nothing(void **state)
{
    static const char *const bodies[] = {
        "{\"spans\":{},\"totals\":{}}", "{\"spans\":[],\"totals\":[]}",
        "{\"spans\":[7,[],[1],[\"a\",\"b\"],[5,-5]],\"totals\":[7,null]}",
        "{\"spans\":[[9223372036854775807,-1]],\"totals\":[{\"gave\":[1,{}],\"sign_ups\":7}]}",
        "{\"spans\":[],\"totals\":[{\"month\":-5,\"visits\":-3,\"gave\":[{\"seconds\":-1}]}]}"};
    struct story *story = *state;
    visit(story, STORY_NOW, STORY_NOW + STORY_HOUR);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        story_add(story, 1, STORY_NOW + LATER, FACT_CLOSING, "%s", bodies[i]);
        const struct presence *presence = story_fold(story);
        if (presence->count != 1)
            fail_msg("body %zu closed a visit", i);
        for (size_t at = 0; at < presence->totals.count; at++)
            assert_int_equal(presence->totals.rows[at].visits, 0);
    }
}

/* --- where one visit's facts lie --- */

static struct extent *extents_of(struct story *story)
{
    struct extent *extents;
    const struct presence *presence = story_fold(story);
    assert_int_equal(extents_find(presence, story->facts, story->count, &extents), RC_OK);
    return extents;
}

static void a_visit_reaches_from_its_arrival_to_a_minute_behind_its_departure(void **state)
{
    struct story *story = *state;
    visit(story, STORY_NOW, STORY_NOW + STORY_HOUR);
    visit(story, STORY_NOW + 3 * STORY_HOUR, STORY_NOW + 4 * STORY_HOUR);
    struct extent *extents = extents_of(story);
    assert_int_equal(extents[0].span.from.at_ms, STORY_NOW);
    assert_int_equal(extents[0].span.to.at_ms, STORY_NOW + STORY_HOUR + PRESENCE_SAME_TAP_MS);
    assert_int_equal(extents[1].span.from.at_ms, STORY_NOW + 3 * STORY_HOUR);
    free(extents);
}

static void one_that_nobody_ended_reaches_to_its_end_or_to_the_next(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    struct extent *extents = extents_of(story);
    assert_int_equal(extents[0].span.to.at_ms, STORY_NOW + 2 * STORY_HOUR);
    assert_int_equal(extents[1].span.to.at_ms, story_local("2026-11-22 04:00"));
    free(extents);
}

/* Where it was recorded, not where somebody corrected it to. */
static void a_corrected_visit_reaches_where_its_taps_lie(void **state)
{
    struct story *story = *state;
    struct fact_id id = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    story_add(story, 1, STORY_NOW + 2 * STORY_HOUR, FACT_CORRECTION,
              "{\"visit\":[%lld,%lld],\"arrived_ms\":%lld,\"left_ms\":%lld,\"reason\":\"x\"}",
              (long long)id.station, (long long)id.seq, (long long)(STORY_NOW - LATER),
              (long long)(STORY_NOW - LATER + STORY_HOUR));
    struct extent *extents = extents_of(story);
    assert_int_equal(extents[0].span.from.at_ms, STORY_NOW);
    assert_int_equal(extents[0].span.to.at_ms, STORY_NOW + STORY_HOUR + PRESENCE_SAME_TAP_MS);
    free(extents);
}

static void moves_that_made_no_visit_belong_to_the_one_before_them(void **state)
{
    struct story *story = *state;
    visit(story, STORY_NOW, STORY_NOW + STORY_HOUR);
    struct fact *undone = story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_ARRIVAL);
    story_undo(story, undone, STORY_NOW + 2 * STORY_HOUR + 5000);
    struct extent *extents = extents_of(story);
    assert_int_equal(story->presence.count, 1);
    assert_int_equal(extents[0].span.to.at_ms, STORY_NOW + 2 * STORY_HOUR + 5001);
    free(extents);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_lies_outside_of_the_closed_moments_stays_as_it_is),
        TEST(sums_of_several_closings_are_added_up),
        TEST(what_another_station_says_late_makes_no_half_visit),
        TEST(what_is_said_late_about_a_visit_that_went_says_nothing),
        TEST(guests_of_a_named_visit_count_also_after_it),
        TEST(bodies_that_nobody_wrote_close_nothing),
        TEST(a_visit_reaches_from_its_arrival_to_a_minute_behind_its_departure),
        TEST(one_that_nobody_ended_reaches_to_its_end_or_to_the_next),
        TEST(a_corrected_visit_reaches_where_its_taps_lie),
        TEST(moves_that_made_no_visit_belong_to_the_one_before_them),
    };
    return cmocka_run_group_tests_name("presence, closed", tests, NULL, NULL);
}
