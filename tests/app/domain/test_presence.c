#include "app/domain/presence.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/domain/tap.h"
#include "tests/support/random.h"
#include "tests/support/story.h"

static void nobody_was_ever_there(void **state)
{
    struct story *story = *state;
    assert_int_equal(story_fold(story)->count, 0);
    assert_null(presence_open_visit(&story->presence));
}

static void an_arrival_and_a_departure_are_a_visit(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 0, STORY_NOW, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.visits[0].closes_ms, STORY_NOW + 14 * STORY_HOUR);
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
    assert_int_equal(story->presence.stint_count, 1);
    assert_int_equal(story->presence.stints[0].seconds, 3600);
}

static void an_undo_takes_a_departure_back_and_forgets_when(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    struct fact out = *story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    story_undo(story, &out, STORY_NOW + STORY_HOUR + 5000);
    story_expect_visit(story_fold(story), 0, STORY_NOW, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.since.seq, 0);
}

static void an_undo_taken_back_leaves_the_departure(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    struct fact out = *story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE);
    struct fact first = *story_undo(story, &out, STORY_NOW + STORY_HOUR + 5000);
    story_undo(story, &first, STORY_NOW + STORY_HOUR + 6000)->kind = FACT_TAKE_BACK;
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
}

static void a_forgotten_departure_ends_with_the_day_and_counts_nothing(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 1, STORY_NOW + 24 * STORY_HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 14 * STORY_HOUR,
                       PRESENCE_ASSUMED);
    story_expect_visit(&story->presence, 1, STORY_NOW + 24 * STORY_HOUR, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.stint_count, 0);
    assert_true(story->presence.visits[0].is_doubtful_out);
}

static void a_closing_fact_carries_totals_and_folds_begin_behind_it(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->body = NULL; /* erased since */
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE)->body = NULL;
    story_add(story, 1, STORY_NOW + 2 * STORY_HOUR, FACT_CLOSING,
              "{\"totals\":[{\"organisation\":[1,9],\"visits\":12,\"seconds\":3600}]}");
    story_tap(story, 1, STORY_NOW + 3 * STORY_HOUR, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 0, STORY_NOW + 3 * STORY_HOUR, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.total_count, 1);
    assert_int_equal(story->presence.totals[0].visits, 12);
    assert_int_equal(story->presence.totals[0].seconds, 3600);
    assert_int_equal(story->presence.totals[0].organisation.seq, 9);
}

static void erased_taps_leave_no_visit(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->body = NULL;
    story_tap(story, 1, STORY_NOW + STORY_HOUR, ANSWER_DEPARTURE)->body = NULL;
    assert_int_equal(story_fold(story)->count, 0);
}

static void a_body_that_cannot_be_read_is_not_taken_for_an_erased_one(void **state)
{
    struct story *story = *state;
    struct presence presence;
    story_add(story, 1, STORY_NOW, FACT_TAP, "{\"answer\":");
    assert_int_equal(presence_fold(story->facts, story->count, &presence), RC_CORRUPT);
}

static void two_stations_that_both_greeted_an_arrival_made_one_visit(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 2, STORY_NOW + 30000, ANSWER_ARRIVAL); /* did not know yet */
    assert_int_equal(story_fold(story)->count, 1);
    story_expect_visit(&story->presence, 0, STORY_NOW, 0, PRESENCE_OPEN);
}

static void an_arrival_at_another_door_an_hour_later_is_read_as_a_departure(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 2, STORY_NOW + STORY_HOUR, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_TAP);
}

static void a_departure_whose_arrival_went_elsewhere_is_read_as_an_arrival(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 2, STORY_NOW + STORY_HOUR, ANSWER_ARRIVAL);
    story_tap(story, 1, STORY_NOW + 2 * STORY_HOUR, ANSWER_DEPARTURE);
    assert_int_equal(story_fold(story)->count, 2);
    story_expect_visit(&story->presence, 1, STORY_NOW + 2 * STORY_HOUR, 0, PRESENCE_OPEN);
}

static void the_next_morning_another_door_closes_the_day_before(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL);
    story_tap(story, 2, STORY_NOW + 20 * STORY_HOUR, ANSWER_ARRIVAL);
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + 14 * STORY_HOUR,
                       PRESENCE_ASSUMED);
    story_expect_visit(&story->presence, 1, STORY_NOW + 20 * STORY_HOUR, 0, PRESENCE_OPEN);
}

static void each_side_says_how_it_is_known(void **state)
{
    struct story *story = *state;
    story_add(story, 1, STORY_NOW, FACT_PRESS, "{\"answer\":\"arrival\",\"how\":\"name\"}");
    story_add(story, 1, STORY_NOW + STORY_HOUR, FACT_PRESS,
              "{\"answer\":\"departure\",\"how\":\"staff\",\"by\":[1,1]}");
    story_add(story, 1, STORY_NOW + 2 * STORY_HOUR, FACT_PRESS, "{\"answer\":\"arrival\"}");
    story_expect_visit(story_fold(story), 0, STORY_NOW, STORY_NOW + STORY_HOUR, PRESENCE_STAFF);
    assert_int_equal(story->presence.visits[0].how_in, PRESENCE_NAME);
    assert_int_equal(story->presence.visits[1].how_in, PRESENCE_TAP);
}

/* What door.c answers, from the state that the answers so far led to. */
struct greeter {
    bool is_in;
    int64_t since_ms, closes_ms, arrived_ms;
    size_t visits;
};

static enum answer_kind greet(struct greeter *greeter, int64_t now_ms)
{
    struct tap_situation situation = {.badge = TAP_BADGE_KNOWN,
                                      .gap_ms = TAP_NEVER,
                                      .since_ms = now_ms - greeter->since_ms,
                                      .is_in = greeter->is_in,
                                      .is_past_end = now_ms >= greeter->closes_ms};
    enum answer_kind answer = tap_decide(&situation)->answer;
    if (answer == ANSWER_ARRIVAL || answer == ANSWER_ARRIVAL_FORGOTTEN) {
        greeter->is_in = true;
        greeter->visits++;
        greeter->since_ms = greeter->arrived_ms = now_ms;
        greeter->closes_ms = day_end_after(now_ms, DAY_END_DEFAULT_MIN);
    } else if (answer == ANSWER_DEPARTURE) {
        greeter->is_in = false;
        greeter->since_ms = now_ms;
    }
    return answer;
}

static void one_stations_evening_folds_to_what_it_greeted(void **state)
{
    struct story *story = *state;
    uint64_t seed = random_seed();
    struct random random;
    printf("PERRON_SEED=%" PRIu64 "\n", seed);
    random_init(&random, seed);
    for (int round = 0; round < 300; round++) {
        struct greeter greeter = {.since_ms = INT64_MIN / 2};
        int64_t now_ms = STORY_NOW;
        story->count = 0;
        story->next_seq[1] = 0;
        for (int i = 0; i < 60; i++) {
            static const int64_t pauses_ms[] = {0,          20000,          59999,          60000,
                                                STORY_HOUR, 9 * STORY_HOUR, 30 * STORY_HOUR};
            now_ms += pauses_ms[random_below(&random, 7)];
            enum answer_kind answer = greet(&greeter, now_ms);
            if (tap_row_of(answer)->fact)
                story_tap(story, 1, now_ms, answer);
        }
        const struct presence *presence = story_fold(story);
        const struct visit *open = presence_open_visit(presence);
        assert_int_equal(presence->count, greeter.visits);
        assert_int_equal(open != NULL, greeter.is_in);
        if (open)
            assert_int_equal(open->arrived_ms, greeter.arrived_ms);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_was_ever_there),
        TEST(an_arrival_and_a_departure_are_a_visit),
        TEST(an_undo_takes_a_departure_back_and_forgets_when),
        TEST(an_undo_taken_back_leaves_the_departure),
        TEST(a_forgotten_departure_ends_with_the_day_and_counts_nothing),
        TEST(a_closing_fact_carries_totals_and_folds_begin_behind_it),
        TEST(erased_taps_leave_no_visit),
        TEST(a_body_that_cannot_be_read_is_not_taken_for_an_erased_one),
        TEST(two_stations_that_both_greeted_an_arrival_made_one_visit),
        TEST(an_arrival_at_another_door_an_hour_later_is_read_as_a_departure),
        TEST(a_departure_whose_arrival_went_elsewhere_is_read_as_an_arrival),
        TEST(the_next_morning_another_door_closes_the_day_before),
        TEST(each_side_says_how_it_is_known),
        TEST(one_stations_evening_folds_to_what_it_greeted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
