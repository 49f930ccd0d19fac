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
        TEST(one_stations_evening_folds_to_what_it_greeted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
