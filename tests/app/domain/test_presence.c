#include "app/domain/presence.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/domain/tap.h"
#include "tests/support/random.h"

#define NOW INT64_C(1795266000000) /* 2026-11-21 14:00 in Brussels */
#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)
#define FACTS_MAX 512

/* One person's facts as a test tells them. */
struct story {
    struct fact facts[FACTS_MAX];
    char bodies[FACTS_MAX][200];
    size_t count;
    int64_t next_seq[3];
    struct presence presence;
};

static struct fact *add(struct story *story, int64_t station, int64_t at_ms, enum fact_kind kind,
                        const char *format, ...)
{
    va_list arguments;
    assert_true(story->count < FACTS_MAX);
    char *body = story->bodies[story->count];
    struct fact *fact = &story->facts[story->count++];
    va_start(arguments, format);
    int length = vsnprintf(body, sizeof story->bodies[0], format, arguments);
    va_end(arguments);
    *fact = (struct fact){.id = {station, ++story->next_seq[station]},
                          .kind = kind,
                          .effective_ms = at_ms,
                          .day_end_min = DAY_END_DEFAULT_MIN,
                          .body = body,
                          .body_length = (size_t)length};
    return fact;
}

static struct fact *tap(struct story *story, int64_t station, int64_t at_ms,
                        enum answer_kind answer)
{
    return add(story, station, at_ms, FACT_TAP, "{\"answer\":\"%s\"}", answer_name(answer));
}

static struct fact *undo(struct story *story, const struct fact *of, int64_t at_ms)
{
    return add(story, of->id.station, at_ms, FACT_UNDO, "{\"of\":[%" PRId64 ",%" PRId64 "]}",
               of->id.station, of->id.seq);
}

static const struct presence *fold(struct story *story)
{
    qsort(story->facts, story->count, sizeof story->facts[0], fact_compare);
    presence_finish(&story->presence);
    assert_int_equal(presence_fold(story->facts, story->count, &story->presence), RC_OK);
    return &story->presence;
}

static void assert_visit(const struct presence *presence, size_t at, int64_t arrived_ms,
                         int64_t left_ms, enum presence_how how_out)
{
    assert_true(at < presence->count);
    assert_int_equal(presence->visits[at].arrived_ms, arrived_ms);
    assert_int_equal(presence->visits[at].left_ms, left_ms);
    assert_int_equal(presence->visits[at].how_out, how_out);
}

static void nobody_was_ever_there(void **state)
{
    struct story *story = *state;
    assert_int_equal(fold(story)->count, 0);
    assert_null(presence_open_visit(&story->presence));
}

static void an_arrival_and_a_departure_are_a_visit(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    assert_visit(fold(story), 0, NOW, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.visits[0].closes_ms, NOW + 14 * HOUR);
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_TAP);
    assert_int_equal(visit_seconds(&story->presence.visits[0], 0, NOW + 5 * HOUR), 3600);
    assert_int_equal(visit_seconds(&story->presence.visits[0], NOW + HOUR / 2, NOW), 1800);
}

static void an_undo_takes_a_departure_back_and_forgets_when(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    struct fact out = *tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    undo(story, &out, NOW + HOUR + 5000);
    assert_visit(fold(story), 0, NOW, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.since.seq, 0);
}

static void an_undo_taken_back_leaves_the_departure(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    struct fact out = *tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    struct fact first = *undo(story, &out, NOW + HOUR + 5000);
    undo(story, &first, NOW + HOUR + 6000)->kind = FACT_TAKE_BACK;
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_TAP);
}

static void a_forgotten_departure_ends_with_the_day_and_counts_nothing(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 1, NOW + 24 * HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    assert_visit(fold(story), 0, NOW, NOW + 14 * HOUR, PRESENCE_ASSUMED);
    assert_visit(&story->presence, 1, NOW + 24 * HOUR, 0, PRESENCE_OPEN);
    assert_int_equal(visit_seconds(&story->presence.visits[0], 0, NOW + 24 * HOUR), 0);
    assert_true(story->presence.visits[0].is_doubtful_out);
}

static void a_closing_fact_carries_totals_and_folds_begin_behind_it(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL)->body = NULL; /* erased since */
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE)->body = NULL;
    add(story, 1, NOW + 2 * HOUR, FACT_CLOSING,
        "{\"totals\":[{\"organisation\":[1,9],\"visits\":12,\"seconds\":3600}]}");
    tap(story, 1, NOW + 3 * HOUR, ANSWER_ARRIVAL);
    assert_visit(fold(story), 0, NOW + 3 * HOUR, 0, PRESENCE_OPEN);
    assert_int_equal(story->presence.total_count, 1);
    assert_int_equal(story->presence.totals[0].visits, 12);
    assert_int_equal(story->presence.totals[0].seconds, 3600);
    assert_int_equal(story->presence.totals[0].organisation.seq, 9);
}

static void erased_taps_leave_no_visit(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL)->body = NULL;
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE)->body = NULL;
    assert_int_equal(fold(story)->count, 0);
}

static void a_body_that_cannot_be_read_is_not_taken_for_an_erased_one(void **state)
{
    struct story *story = *state;
    struct presence presence;
    add(story, 1, NOW, FACT_TAP, "{\"answer\":");
    assert_int_equal(presence_fold(story->facts, story->count, &presence), RC_CORRUPT);
}

static void two_stations_that_both_greeted_an_arrival_made_one_visit(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 2, NOW + 30000, ANSWER_ARRIVAL); /* did not know yet */
    assert_int_equal(fold(story)->count, 1);
    assert_visit(&story->presence, 0, NOW, 0, PRESENCE_OPEN);
}

static void an_arrival_at_another_door_an_hour_later_is_read_as_a_departure(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 2, NOW + HOUR, ANSWER_ARRIVAL);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_TAP);
}

static void a_departure_whose_arrival_went_elsewhere_is_read_as_an_arrival(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 2, NOW + HOUR, ANSWER_ARRIVAL);
    tap(story, 1, NOW + 2 * HOUR, ANSWER_DEPARTURE);
    assert_int_equal(fold(story)->count, 2);
    assert_visit(&story->presence, 1, NOW + 2 * HOUR, 0, PRESENCE_OPEN);
}

static void the_next_morning_another_door_closes_the_day_before(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 2, NOW + 20 * HOUR, ANSWER_ARRIVAL);
    assert_visit(fold(story), 0, NOW, NOW + 14 * HOUR, PRESENCE_ASSUMED);
    assert_visit(&story->presence, 1, NOW + 20 * HOUR, 0, PRESENCE_OPEN);
}

static struct fact *guests(struct story *story, int64_t at_ms, int adults, int children)
{
    return add(story, 1, at_ms, FACT_GUESTS, "{\"adults\":%d,\"children\":%d,\"names\":[\"Max\"]}",
               adults, children);
}

static struct fact *propose(struct story *story, int64_t at_ms, struct fact_id visit,
                            int64_t left_ms)
{
    return add(story, 1, at_ms, FACT_PROPOSAL,
               "{\"visit\":[%" PRId64 ",%" PRId64 "],\"left_ms\":%" PRId64 "}", visit.station,
               visit.seq, left_ms);
}

static struct fact *correct(struct story *story, int64_t at_ms, struct fact_id visit,
                            int64_t arrived_ms, int64_t left_ms)
{
    return add(story, 1, at_ms, FACT_CORRECTION,
               "{\"visit\":[%" PRId64 ",%" PRId64 "],\"arrived_ms\":%" PRId64
               ",\"left_ms\":%" PRId64 ",\"reason\":\"forgot\"}",
               visit.station, visit.seq, arrived_ms, left_ms);
}

static struct fact *make_void(struct story *story, int64_t at_ms, struct fact_id visit)
{
    return add(story, 1, at_ms, FACT_CORRECTION,
               "{\"visit\":[%" PRId64 ",%" PRId64 "],\"is_void\":true,\"reason\":\"a mistake\"}",
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
    guests(story, NOW - HOUR, 7, 7); /* of no visit */
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    assert_guests(fold(story), 0, 0);
    guests(story, NOW + MINUTE, 2, 1);
    assert_guests(fold(story), 2, 1);
    struct fact last = *guests(story, NOW + 2 * MINUTE, 3, 0);
    assert_guests(fold(story), 3, 0);
    undo(story, &last, NOW + 3 * MINUTE);
    assert_guests(fold(story), 2, 1);
    assert_int_equal(story->presence.since.seq, 2); /* t still counts from the arrival */
}

static void guests_leave_with_their_host(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    guests(story, NOW + MINUTE, 2, 1);
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    guests(story, NOW + 2 * HOUR, 5, 5);
    assert_guests(fold(story), 2, 1);
    tap(story, 1, NOW + 3 * HOUR, ANSWER_ARRIVAL);
    assert_guests(fold(story), 0, 0);
}

static void guests_end_with_the_day_and_their_number_has_limits(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    guests(story, NOW + MINUTE, 1000000, -4);
    assert_guests(fold(story), PRESENCE_GUESTS_MAX, 0);
    guests(story, NOW + 15 * HOUR, 1, 1); /* the day was over */
    assert_guests(fold(story), PRESENCE_GUESTS_MAX, 0);
}

static void a_proposal_ends_an_assumed_visit_and_its_hours_count(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    tap(story, 1, NOW + 24 * HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    struct fact said = *propose(story, NOW + 24 * HOUR + 5000, visit, NOW + 2 * HOUR);
    assert_visit(fold(story), 0, NOW, NOW + 2 * HOUR, PRESENCE_PROPOSED);
    assert_false(story->presence.visits[0].is_doubtful_out);
    assert_int_equal(visit_seconds(&story->presence.visits[0], 0, NOW + 48 * HOUR), 7200);
    assert_visit(&story->presence, 1, NOW + 24 * HOUR, 0, PRESENCE_OPEN);
    propose(story, NOW + 24 * HOUR + 6000, visit, NOW + 3 * HOUR); /* on second thoughts */
    assert_visit(fold(story), 0, NOW, NOW + 3 * HOUR, PRESENCE_PROPOSED);
    undo(story, &said, NOW + 24 * HOUR + 7000);
    assert_visit(fold(story), 0, NOW, NOW + 3 * HOUR, PRESENCE_PROPOSED);
}

static void an_undone_proposal_leaves_the_departure_assumed(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    struct fact_id back = tap(story, 1, NOW + 24 * HOUR, ANSWER_ARRIVAL_FORGOTTEN)->id;
    struct fact said = *propose(story, NOW + 24 * HOUR + 5000, visit, NOW + 2 * HOUR);
    undo(story, &said, NOW + 24 * HOUR + 7000);
    assert_visit(fold(story), 0, NOW, NOW + 14 * HOUR, PRESENCE_ASSUMED);
    assert_true(fact_id_is_same(story->presence.since, back));
}

static void a_proposal_stays_between_the_arrival_and_the_end_of_the_day(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    tap(story, 1, NOW + 24 * HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    propose(story, NOW + 25 * HOUR, visit, NOW - HOUR);
    assert_visit(fold(story), 0, NOW, NOW, PRESENCE_PROPOSED);
    propose(story, NOW + 26 * HOUR, visit, NOW + 20 * HOUR);
    assert_visit(fold(story), 0, NOW, NOW + 14 * HOUR, PRESENCE_PROPOSED);
    propose(story, NOW + 27 * HOUR, visit, 0);
    assert_visit(fold(story), 0, NOW, NOW + 14 * HOUR, PRESENCE_PROPOSED);
}

static void a_proposal_changes_nothing_that_was_tapped_or_is_still_open(void **state)
{
    struct story *story = *state;
    struct fact_id first = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    propose(story, NOW + MINUTE, first, NOW + 30000);
    assert_visit(fold(story), 0, NOW, 0, PRESENCE_OPEN);
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    propose(story, NOW + 2 * HOUR, first, NOW + 30000);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_TAP);
}

static void a_proposal_ends_a_visit_that_is_open_past_its_day(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    propose(story, NOW + 15 * HOUR, visit, NOW + HOUR);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_PROPOSED);
    assert_null(presence_open_visit(&story->presence));
}

static void a_correction_moves_what_it_names_and_says_so(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    correct(story, NOW + 2 * HOUR, visit, 0, NOW + HOUR / 2);
    assert_visit(fold(story), 0, NOW, NOW + HOUR / 2, PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].how_in, PRESENCE_TAP);
    correct(story, NOW + 3 * HOUR, visit, NOW - 11 * HOUR, 0);
    assert_visit(fold(story), 0, NOW - 11 * HOUR, NOW + HOUR / 2, PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].how_in, PRESENCE_CORRECTED);
    assert_int_equal(story->presence.visits[0].closes_ms, NOW - 10 * HOUR); /* its day's end */
}

static void a_correction_that_would_end_a_visit_before_it_begins_does_nothing(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    correct(story, NOW + 2 * HOUR, visit, NOW + 90 * MINUTE, 0);
    correct(story, NOW + 2 * HOUR, visit, 0, NOW - 1);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_TAP);
}

static void a_corrected_departure_ends_an_open_visit_and_the_next_tap_arrives(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    correct(story, NOW + 2 * HOUR, visit, 0, NOW + HOUR);
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_CORRECTED);
    tap(story, 1, NOW + 3 * HOUR, ANSWER_ARRIVAL);
    assert_visit(fold(story), 1, NOW + 3 * HOUR, 0, PRESENCE_OPEN);
}

static void a_void_visit_is_gone_and_t_with_it(void **state)
{
    struct story *story = *state;
    struct fact_id first = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    struct fact_id second = tap(story, 1, NOW + 2 * HOUR, ANSWER_ARRIVAL)->id;
    struct fact gone = *make_void(story, NOW + 3 * HOUR, first);
    assert_int_equal(fold(story)->count, 1);
    assert_true(fact_id_is_same(story->presence.since, second));
    undo(story, &gone, NOW + 3 * HOUR + 1000);
    assert_int_equal(fold(story)->count, 2);
    make_void(story, NOW + 4 * HOUR, second);
    assert_int_equal(fold(story)->count, 1);
    assert_int_equal(story->presence.since.seq, 0);
    tap(story, 1, NOW + 5 * HOUR, ANSWER_ARRIVAL);
    assert_visit(fold(story), 1, NOW + 5 * HOUR, 0, PRESENCE_OPEN);
}

static void a_correction_of_a_visit_that_was_undone_does_nothing(void **state)
{
    struct story *story = *state;
    struct fact arrival = *tap(story, 1, NOW, ANSWER_ARRIVAL);
    correct(story, NOW + MINUTE, arrival.id, NOW - HOUR, NOW - MINUTE);
    undo(story, &arrival, NOW + 2 * MINUTE);
    assert_int_equal(fold(story)->count, 0);
}

static void visits_stand_by_arrival_also_when_it_was_corrected(void **state)
{
    struct story *story = *state;
    tap(story, 1, NOW, ANSWER_ARRIVAL);
    tap(story, 1, NOW + HOUR, ANSWER_DEPARTURE);
    struct fact_id second = tap(story, 1, NOW + 2 * HOUR, ANSWER_ARRIVAL)->id;
    correct(story, NOW + 3 * HOUR, second, NOW - 5 * HOUR, 0);
    assert_visit(fold(story), 0, NOW - 5 * HOUR, 0, PRESENCE_OPEN);
    assert_visit(&story->presence, 1, NOW, NOW + HOUR, PRESENCE_TAP);
    assert_true(presence_open_visit(&story->presence) == &story->presence.visits[0]);
    tap(story, 1, NOW + 4 * HOUR, ANSWER_DEPARTURE);
    assert_visit(fold(story), 0, NOW - 5 * HOUR, NOW + 4 * HOUR, PRESENCE_TAP);
}

static void what_taps_said_is_remembered_through_all_that_is_said_later(void **state)
{
    struct story *story = *state;
    struct fact_id visit = tap(story, 1, NOW, ANSWER_ARRIVAL)->id;
    assert_int_equal(fold(story)->visits[0].before.fact.seq, 0);
    tap(story, 1, NOW + 24 * HOUR, ANSWER_ARRIVAL_FORGOTTEN);
    propose(story, NOW + 25 * HOUR, visit, NOW + 2 * HOUR);
    struct fact last = *correct(story, NOW + 26 * HOUR, visit, NOW - HOUR, NOW + HOUR);
    const struct visit_before *before = &fold(story)->visits[0].before;
    assert_true(fact_id_is_same(before->fact, last.id));
    assert_int_equal(before->arrived_ms, NOW);
    assert_int_equal(before->how_in, PRESENCE_TAP);
    assert_int_equal(before->left_ms, NOW + 14 * HOUR);
    assert_int_equal(before->how_out, PRESENCE_ASSUMED);
    assert_int_equal(story->presence.visits[1].before.fact.seq, 0);
}

static void each_side_says_how_it_is_known(void **state)
{
    struct story *story = *state;
    add(story, 1, NOW, FACT_PRESS, "{\"answer\":\"arrival\",\"how\":\"name\"}");
    add(story, 1, NOW + HOUR, FACT_PRESS,
        "{\"answer\":\"departure\",\"how\":\"staff\",\"by\":[1,1]}");
    add(story, 1, NOW + 2 * HOUR, FACT_PRESS, "{\"answer\":\"arrival\"}");
    assert_visit(fold(story), 0, NOW, NOW + HOUR, PRESENCE_STAFF);
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
        int64_t now_ms = NOW;
        story->count = 0;
        story->next_seq[1] = 0;
        for (int i = 0; i < 60; i++) {
            static const int64_t pauses_ms[] = {0, 20000, 59999, 60000, HOUR, 9 * HOUR, 30 * HOUR};
            now_ms += pauses_ms[random_below(&random, 7)];
            enum answer_kind answer = greet(&greeter, now_ms);
            if (tap_row_of(answer)->fact)
                tap(story, 1, now_ms, answer);
        }
        const struct presence *presence = fold(story);
        const struct visit *open = presence_open_visit(presence);
        assert_int_equal(presence->count, greeter.visits);
        assert_int_equal(open != NULL, greeter.is_in);
        if (open)
            assert_int_equal(open->arrived_ms, greeter.arrived_ms);
    }
}

static int setup(void **state)
{
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    *state = calloc(1, sizeof(struct story));
    return *state == NULL;
}

static int teardown(void **state)
{
    struct story *story = *state;
    presence_finish(&story->presence);
    free(story);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

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
        TEST(each_side_says_how_it_is_known),
        TEST(one_stations_evening_folds_to_what_it_greeted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
