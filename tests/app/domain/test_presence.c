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
    assert_int_equal(story->presence.totals.count, 1);
    const struct total *total = story->presence.totals.rows;
    assert_int_equal(total->visits, 12);
    assert_int_equal(total->month, 0); /* nobody said when */
    assert_int_equal(total->part_count, 1);
    assert_int_equal(total->parts[0].seconds, 3600);
    assert_int_equal(total->parts[0].organisation.seq, 9);
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

/* --- shifts --- */

static struct fact *end_promise(struct story *story, int64_t at_ms, int number, const char *how)
{
    return story_add(story, 1, at_ms, FACT_SIGN_UP_ENDED,
                     "{\"occasion\":[9,1],\"shift\":%d,\"how\":\"%s\"}", number, how);
}

#define AT(hour) (STORY_NOW + ((hour)-14) * STORY_HOUR)

static void assert_end(struct story *story, int64_t closes_ms, int64_t assumed_ms)
{
    const struct visit *visit = &story_fold(story)->visits[story->presence.count - 1];
    assert_int_equal((visit->closes_ms - STORY_NOW) / STORY_MINUTE,
                     (closes_ms - STORY_NOW) / STORY_MINUTE);
    assert_int_equal((visit->assumed_ms - STORY_NOW) / STORY_MINUTE,
                     (assumed_ms - STORY_NOW) / STORY_MINUTE);
}

static void a_visit_says_its_day_what_it_is_for_and_whose_hours_it_gives(void **state)
{
    struct story *story = *state;
    struct fact *in = story_add(story, 1, STORY_NOW + 13 * STORY_HOUR, FACT_TAP,
                                "{\"answer\":\"arrival\",\"occasion\":[9,1],\"kind\":\"drinks\","
                                "\"stop_ms\":%" PRId64 "}",
                                STORY_NOW + 13 * STORY_HOUR);
    in->organisation = (struct fact_id){1, 40};
    const struct visit *visit = story_fold(story)->visits; /* three in the morning */
    assert_int_equal(visit->day, 20261121);
    assert_int_equal(visit->kind, OCCASION_DRINKS);
    assert_int_equal(visit->occasion.station, 9);
    assert_int_equal(visit->organisation.seq, 40);
    assert_int_equal(visit->stop_ms, STORY_NOW + 13 * STORY_HOUR);
    story_add(story, 1, STORY_NOW + 13 * STORY_HOUR + 1000, FACT_ATTENDANCE,
              "{\"visit\":[1,1],\"occasion\":[9,2],\"kind\":\"shift\"}")
        ->organisation = (struct fact_id){1, 41};
    visit = story_fold(story)->visits;
    assert_int_equal(visit->kind, OCCASION_SHIFT);
    assert_int_equal(visit->occasion.seq, 2);
    assert_int_equal(visit->organisation.seq, 41);
    assert_int_equal(visit->stop_ms, 0);
}

static void a_departure_may_say_where_hours_stopped(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_add(story, 1, AT(20), FACT_TAP, "{\"answer\":\"departure\",\"stop_ms\":%" PRId64 "}",
              AT(18));
    assert_int_equal(story_fold(story)->stints[0].seconds, 4 * 3600);
}

static void a_visit_is_open_until_two_hours_after_its_shift_or_the_days_end(void **state)
{
    struct story *story = *state;
    story_promise(story, 1, AT(10), 1, AT(15), AT(18));
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    assert_end(story, AT(28), AT(18));
    story_promise(story, 1, AT(14) + 1000, 2, AT(22), AT(30)); /* over midnight */
    assert_end(story, AT(32), AT(30));
    story_promise(story, 1, AT(14) + 2000, 3, AT(30), AT(34)); /* begins while it is open */
    assert_end(story, AT(36), AT(34));
    story_promise(story, 1, AT(14) + 3000, 4, AT(36), AT(40)); /* begins when it no longer is */
    assert_end(story, AT(36), AT(34));
}

static void no_visit_is_open_for_more_than_seven_days(void **state)
{
    struct story *story = *state;
    for (int i = 0; i < 12; i++)
        story_promise(story, 1, AT(10), i + 1, AT(14 + 20 * i), AT(14 + 20 * (i + 1)));
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    assert_end(story, AT(14) + PRESENCE_VISIT_MAX_MS, AT(14) + PRESENCE_VISIT_MAX_MS);
}

static void a_promise_made_moved_ended_or_undone_moves_the_end_of_who_is_in(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    assert_end(story, AT(28), AT(28));
    story_promise(story, 1, AT(15), 1, AT(24), AT(27));
    assert_end(story, AT(29), AT(27));
    story_promise(story, 1, AT(15) + 1000, 1, AT(25), AT(28));
    assert_end(story, AT(30), AT(28));
    struct fact excuse = *end_promise(story, AT(15) + 2000, 1, "excused");
    assert_end(story, AT(28), AT(28));
    story_undo(story, &excuse, AT(15) + 3000);
    assert_end(story, AT(30), AT(28));
    assert_int_equal(story->presence.since.seq, 1); /* t still counts from the arrival */
    end_promise(story, AT(15) + 4000, 1, "cancelled");
    assert_end(story, AT(28), AT(28));
}

static void a_promise_made_when_the_visit_was_over_does_not_open_it_again(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_promise(story, 1, AT(28), 1, AT(20), AT(29));
    assert_end(story, AT(28), AT(28));
}

static void a_promise_at_another_door_moves_no_day(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_promise(story, 2, AT(16), 1, AT(18), AT(19))->day_end_min = 15 * 60;
    assert_end(story, AT(28), AT(19));
    assert_int_equal(story->presence.visits[0].day, 20261121);
}

static void a_forgotten_departure_after_a_shift_is_assumed_at_its_end(void **state)
{
    struct story *story = *state;
    story_promise(story, 1, AT(10), 1, AT(15), AT(18));
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(38), ANSWER_ARRIVAL_FORGOTTEN);
    story_expect_visit(story_fold(story), 0, AT(14), AT(18), PRESENCE_ASSUMED);
    assert_int_equal(story->presence.stint_count, 1);
    assert_true(story->presence.stints[0].is_assumed);
    assert_int_equal(story->presence.stints[0].of.number, 1);
    assert_int_equal(story->presence.stints[0].seconds, 3 * 3600 + 30 * 60);
    assert_true(presence_has_end(&story->presence.visits[0]));
}

static void an_open_visit_past_its_end_is_shown_as_assumed(void **state)
{
    struct story *story = *state;
    story_promise(story, 1, AT(10), 1, AT(15), AT(18));
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    const struct visit *open = presence_open_visit(story_fold(story));
    assert_int_equal(presence_visit_at(open, AT(28) - 1).how_out, PRESENCE_OPEN);
    assert_int_equal(presence_visit_at(open, AT(28)).how_out, PRESENCE_ASSUMED);
    assert_int_equal(presence_visit_at(open, AT(28)).left_ms, AT(18));
    assert_false(presence_is_end_assumed(open, AT(28) - 1));
    assert_true(presence_is_end_assumed(open, AT(28)));
}

static void a_promise_names_the_visit_that_kept_it(void **state)
{
    struct story *story = *state;
    story_promise(story, 1, AT(10), 1, AT(15), AT(16));
    story_promise(story, 1, AT(10), 2, AT(20), AT(21));
    story_tap(story, 1, AT(12), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(13), ANSWER_DEPARTURE);
    int64_t kept = story_tap(story, 1, AT(15), ANSWER_ARRIVAL)->id.seq;
    story_tap(story, 1, AT(16), ANSWER_DEPARTURE);
    story_tap(story, 1, AT(21), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(22), ANSWER_DEPARTURE);
    story_fold(story);
    assert_int_equal(story->presence.sign_ups.rows[0].visit.seq, kept);
    assert_true(fact_id_is_none(story->presence.sign_ups.rows[1].visit));
    end_promise(story, AT(23), 1, "excused"); /* and came all the same: no promise was kept */
    assert_true(fact_id_is_none(story_fold(story)->sign_ups.rows[0].visit));
    assert_int_equal(story->presence.stints[1].of.number, 0);
}

static void a_promise_made_or_moved_afterwards_cuts_what_was_given_anew(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(18), ANSWER_DEPARTURE);
    struct fact made = *story_promise(story, 1, AT(19), 1, AT(15), AT(17));
    assert_int_equal(story_fold(story)->stints[0].of.number, 0);
    assert_int_equal(story->presence.stints[0].seconds, 1800);
    assert_int_equal(story->presence.stints[1].seconds, 3 * 3600 + 1800);
    story_promise(story, 1, AT(20), 1, AT(30), AT(31));
    assert_int_equal(story_fold(story)->stint_count, 1);
    assert_int_equal(story->presence.stints[0].seconds, 4 * 3600);
    assert_int_equal(story->presence.stints[0].of.number, 0);
    (void)made;
}

/* --- staff --- */

static void who_came_as_staff_gave_staff_hours(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(10), ANSWER_ARRIVAL);
    story_add(story, 1, AT(11), FACT_ROLE_SET, "{\"role\":\"staff\"}");
    story_tap(story, 1, AT(12), ANSWER_DEPARTURE);
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(15), ANSWER_DEPARTURE);
    story_add(story, 1, AT(16), FACT_ROLE_SET, "{\"role\":\"host\"}");
    story_tap(story, 1, AT(17), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(18), ANSWER_DEPARTURE);
    static const bool are_staff[] = {false, true, false};
    story_fold(story);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(story->presence.visits[i].is_staff, are_staff[i]);
        assert_int_equal(story->presence.stints[i].is_staff, are_staff[i]);
    }
}

static void a_role_and_promises_to_come_outlive_a_closing_fact(void **state)
{
    struct story *story = *state;
    story_add(story, 1, AT(8), FACT_ROLE_SET, "{\"role\":\"staff\"}");
    story_promise(story, 1, AT(8), 1, AT(9), AT(10));
    story_promise(story, 1, AT(8), 2, AT(15), AT(17));
    story_add(story, 1, AT(12), FACT_CLOSING, "{\"totals\":[]}");
    story_tap(story, 1, AT(15), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(17), ANSWER_DEPARTURE);
    assert_true(story_fold(story)->visits[0].is_staff);
    assert_int_equal(story->presence.stints[0].of.number, 2);
    assert_int_equal(story->presence.sign_ups.count, 1);
}

/* --- what cannot be --- */

static void times_out_of_all_bounds_are_passed_over(void **state)
{
    static const char *const wild[] = {"-9223372036854775808", "9223372036854775807",
                                       "253402300800000", "\"18:00\"", "-1"};
    struct story *story = *state;
    for (size_t i = 0; i < sizeof wild / sizeof wild[0]; i++) {
        story->count = 0;
        story->next_seq[1] = 0;
        story_add(story, 1, AT(14), FACT_TAP, "{\"answer\":\"arrival\",\"stop_ms\":%s}", wild[i]);
        story_add(story, 1, AT(15), FACT_ATTENDANCE, "{\"visit\":[1,1],\"stop_ms\":%s}", wild[i]);
        story_add(story, 1, AT(15), FACT_CORRECTION, "{\"visit\":[1,1],\"arrived_ms\":%s}",
                  wild[i]);
        story_add(story, 1, AT(16), FACT_TAP, "{\"answer\":\"departure\",\"stop_ms\":%s}", wild[i]);
        story_add(story, 1, AT(17), FACT_CORRECTION, "{\"visit\":[1,1],\"left_ms\":%s}", wild[i]);
        story_add(story, 1, AT(17), FACT_PROPOSAL, "{\"visit\":[1,1],\"left_ms\":%s}", wild[i]);
        story_expect_visit(story_fold(story), 0, AT(14), AT(16), PRESENCE_TAP);
        assert_int_equal(story->presence.stints[0].seconds, 7200);
        assert_int_equal(story->presence.visits[0].stop_ms, 0);
    }
}

static void an_arrival_corrected_to_later_never_makes_a_visit_end_before_it_begins(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_add(story, 1, AT(15), FACT_CORRECTION, "{\"visit\":[1,1],\"arrived_ms\":%" PRId64 "}",
              AT(18));
    story_tap(story, 1, AT(16), ANSWER_DEPARTURE);
    story_expect_visit(story_fold(story), 0, AT(18), AT(18), PRESENCE_TAP);
    assert_int_equal(story->presence.stint_count, 0);
}

static void a_departure_that_a_clock_put_years_away_is_assumed(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(14) + PRESENCE_VISIT_MAX_MS + 1, ANSWER_DEPARTURE);
    story_expect_visit(story_fold(story), 0, AT(14), AT(28), PRESENCE_ASSUMED);
    assert_int_equal(story->presence.stint_count, 0);
    assert_int_equal(story->presence.since.seq, 2);
}

static void a_corrected_arrival_takes_an_assumed_end_along(void **state)
{
    struct story *story = *state;
    story_tap(story, 1, AT(14), ANSWER_ARRIVAL);
    story_tap(story, 1, AT(38), ANSWER_ARRIVAL_FORGOTTEN);
    story_add(story, 1, AT(39), FACT_CORRECTION, "{\"visit\":[1,1],\"arrived_ms\":%" PRId64 "}",
              AT(14 - 24));
    story_expect_visit(story_fold(story), 0, AT(14 - 24), AT(4), PRESENCE_ASSUMED);
    assert_int_equal(story->presence.visits[0].day, 20261120);
    assert_int_equal(story->presence.stint_count, 0);
}

static void promises_that_no_version_wrote_are_corrupt(void **state)
{
    struct story *story = *state;
    struct presence presence;
    story_promise(story, 1, AT(10), 1, INT64_MIN, INT64_MAX);
    assert_int_equal(presence_fold(story->facts, story->count, &presence), RC_CORRUPT);
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
        TEST(a_visit_says_its_day_what_it_is_for_and_whose_hours_it_gives),
        TEST(a_departure_may_say_where_hours_stopped),
        TEST(a_visit_is_open_until_two_hours_after_its_shift_or_the_days_end),
        TEST(no_visit_is_open_for_more_than_seven_days),
        TEST(a_promise_made_moved_ended_or_undone_moves_the_end_of_who_is_in),
        TEST(a_promise_made_when_the_visit_was_over_does_not_open_it_again),
        TEST(a_promise_at_another_door_moves_no_day),
        TEST(a_forgotten_departure_after_a_shift_is_assumed_at_its_end),
        TEST(an_open_visit_past_its_end_is_shown_as_assumed),
        TEST(a_promise_names_the_visit_that_kept_it),
        TEST(a_promise_made_or_moved_afterwards_cuts_what_was_given_anew),
        TEST(who_came_as_staff_gave_staff_hours),
        TEST(a_role_and_promises_to_come_outlive_a_closing_fact),
        TEST(times_out_of_all_bounds_are_passed_over),
        TEST(an_arrival_corrected_to_later_never_makes_a_visit_end_before_it_begins),
        TEST(a_departure_that_a_clock_put_years_away_is_assumed),
        TEST(a_corrected_arrival_takes_an_assumed_end_along),
        TEST(promises_that_no_version_wrote_are_corrupt),
        TEST(one_stations_evening_folds_to_what_it_greeted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
