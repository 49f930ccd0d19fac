#include "app/domain/tap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Somebody known, out, tapping for the first time today. */
static const struct tap_situation quiet = {
    .badge = TAP_BADGE_KNOWN, .gap_ms = TAP_NEVER, .since_ms = TAP_NEVER};

static enum answer_kind decide(struct tap_situation situation)
{
    return tap_decide(&situation)->answer;
}

static void a_badge_held_in_the_field_shows_nothing(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.gap_ms = 1999;
    assert_int_equal(decide(s), ANSWER_NOTHING);
    s.is_claimed = s.is_disk_refusing = true;
    s.badge = TAP_BADGE_WITHDRAWN;
    assert_int_equal(decide(s), ANSWER_NOTHING);
    s = quiet;
    s.gap_ms = 2000;
    assert_int_not_equal(decide(s), ANSWER_NOTHING);
}

static void a_scene_that_claims_badges_gets_them_before_anything_else(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_claimed = true;
    s.badge = TAP_BADGE_UNKNOWN;
    assert_int_equal(decide(s), ANSWER_CLAIMED);
    assert_int_equal(tap_decide(&s)->fact, 0);
}

static void a_withdrawn_badge_is_refused_calmly_and_remembered(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.badge = TAP_BADGE_WITHDRAWN;
    s.is_disk_refusing = true;
    assert_int_equal(decide(s), ANSWER_WITHDRAWN);
    assert_int_equal(tap_decide(&s)->fact, FACT_REFUSAL);
    assert_int_equal(tap_decide(&s)->shown_ms, 8000);
}

static void an_unknown_badge_leaves_no_fact(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.badge = TAP_BADGE_UNKNOWN;
    assert_int_equal(decide(s), ANSWER_UNKNOWN);
    assert_int_equal(tap_decide(&s)->fact, 0);
    assert_int_equal(tap_decide(&s)->shown_ms, 20000);
}

static void a_refusing_disk_is_said_before_anything_that_would_be_true_otherwise(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_disk_refusing = true;
    s.gap_ms = 5000;
    assert_int_equal(decide(s), ANSWER_NOT_RECORDED);
    assert_int_equal(tap_decide(&s)->fact, 0);
}

static void the_same_badge_within_ten_seconds_hears_the_same_again(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_in = true;
    s.since_ms = s.gap_ms = 9999;
    assert_int_equal(decide(s), ANSWER_REPEAT);
    s.is_undone = true;
    s.since_ms = TAP_NEVER;
    assert_int_equal(decide(s), ANSWER_DEPARTURE);
    s.is_undone = false;
    s.since_ms = s.gap_ms = 10000;
    assert_int_equal(decide(s), ANSWER_ALREADY_IN);
}

static void a_visit_whose_day_is_over_is_ended_and_a_new_one_begins(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_in = s.is_past_end = true;
    s.since_ms = 1000;
    assert_int_equal(decide(s), ANSWER_ARRIVAL_FORGOTTEN);
    assert_int_equal(tap_decide(&s)->fact, FACT_TAP);
    s.is_in = false;
    assert_int_equal(decide(s), ANSWER_HAS_LEFT);
}

static void within_a_minute_of_arriving_a_tap_only_asks(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_in = true;
    s.since_ms = 59999;
    assert_int_equal(decide(s), ANSWER_ALREADY_IN);
    assert_int_equal(tap_decide(&s)->fact, 0);
    s.since_ms = 60000;
    assert_int_equal(decide(s), ANSWER_DEPARTURE);
}

static void a_tap_of_somebody_in_leaves_where_a_tap_leaves(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_in = true;
    assert_int_equal(decide(s), ANSWER_DEPARTURE);
    assert_int_equal(tap_decide(&s)->shown_ms, 4000);
    assert_int_equal(tap_decide(&s)->undo_ms, 10000);
}

static void a_tap_of_somebody_in_asks_where_the_occasion_asks(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.is_in = true;
    s.occasion = TAP_OCCASION_ASKS;
    assert_int_equal(decide(s), ANSWER_ASKS);
    assert_int_equal(tap_decide(&s)->fact, 0);
    assert_int_equal(tap_decide(&s)->shown_ms, 20000);
}

static void within_a_minute_of_leaving_a_tap_only_asks(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    s.since_ms = 59999;
    assert_int_equal(decide(s), ANSWER_HAS_LEFT);
    s.since_ms = 60000;
    assert_int_equal(decide(s), ANSWER_ARRIVAL);
}

static void a_tap_of_somebody_out_is_an_arrival_that_can_be_undone(void **state)
{
    struct tap_situation s = quiet;
    (void)state;
    assert_int_equal(decide(s), ANSWER_ARRIVAL);
    assert_int_equal(tap_decide(&s)->fact, FACT_TAP);
    assert_int_equal(tap_decide(&s)->undo_ms, 10000);
}

static void every_situation_has_an_answer_and_every_row_is_reached(void **state)
{
    static const int64_t times[] = {0, 1999, 2000, 9999, 10000, 59999, 60000, TAP_NEVER};
    bool is_reached[32] = {false};
    (void)state;
    for (int bits = 0; bits < 64; bits++)
        for (int badge = 0; badge < 3; badge++)
            for (int gap = 0; gap < 8; gap++)
                for (int since = 0; since < 8; since++) {
                    struct tap_situation s = {
                        .badge = (enum tap_badge)badge,
                        .is_claimed = bits & 1,
                        .is_disk_refusing = bits & 2,
                        .is_undone = bits & 4,
                        .is_in = bits & 8,
                        .is_past_end = bits & 16,
                        .occasion = bits & 32 ? TAP_OCCASION_ASKS : TAP_OCCASION_LEAVES,
                        .gap_ms = times[gap],
                        .since_ms = times[since],
                    };
                    is_reached[tap_decide(&s) - tap_rows] = true;
                }
    for (int row = 0; row < tap_row_count; row++)
        assert_true(is_reached[row]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_badge_held_in_the_field_shows_nothing),
        cmocka_unit_test(a_scene_that_claims_badges_gets_them_before_anything_else),
        cmocka_unit_test(a_withdrawn_badge_is_refused_calmly_and_remembered),
        cmocka_unit_test(an_unknown_badge_leaves_no_fact),
        cmocka_unit_test(a_refusing_disk_is_said_before_anything_that_would_be_true_otherwise),
        cmocka_unit_test(the_same_badge_within_ten_seconds_hears_the_same_again),
        cmocka_unit_test(a_visit_whose_day_is_over_is_ended_and_a_new_one_begins),
        cmocka_unit_test(within_a_minute_of_arriving_a_tap_only_asks),
        cmocka_unit_test(a_tap_of_somebody_in_leaves_where_a_tap_leaves),
        cmocka_unit_test(a_tap_of_somebody_in_asks_where_the_occasion_asks),
        cmocka_unit_test(within_a_minute_of_leaving_a_tap_only_asks),
        cmocka_unit_test(a_tap_of_somebody_out_is_an_arrival_that_can_be_undone),
        cmocka_unit_test(every_situation_has_an_answer_and_every_row_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
