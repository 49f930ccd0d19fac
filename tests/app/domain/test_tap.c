#include "app/domain/tap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A known person, out, long ago: every test changes what it is about. */
static struct tap_situation calm(void)
{
    return (struct tap_situation){
        .badge = TAP_BADGE_KNOWN, .gap_ms = TAP_NEVER, .since_ms = TAP_NEVER};
}

static struct tap_situation calm_and_in(void)
{
    struct tap_situation situation = calm();
    situation.is_in = true;
    return situation;
}

static void assert_row(struct tap_situation situation, enum answer_kind answer, int fact,
                       int64_t shown_s, int64_t undo_s)
{
    const struct tap_row *row = tap_decide(&situation);
    assert_string_equal(answer_name(row->answer), answer_name(answer));
    assert_int_equal(row->fact, fact);
    assert_int_equal(row->shown_ms, shown_s * 1000);
    assert_int_equal(row->undo_ms, undo_s * 1000);
}

static void a_held_badge_says_nothing(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.gap_ms = 0;
    assert_row(situation, ANSWER_NOTHING, 0, 0, 0);
    situation.gap_ms = 1999;
    assert_row(situation, ANSWER_NOTHING, 0, 0, 0);
}

static void after_exactly_two_seconds_a_badge_counts_as_tapped_again(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.gap_ms = 2000;
    assert_row(situation, ANSWER_REPEAT, 0, 4, 0);
}

static void a_scene_that_claims_badges_gets_any_that_is_not_held(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.is_claimed = true;
    situation.badge = TAP_BADGE_WITHDRAWN;
    situation.is_disk_refusing = true;
    assert_row(situation, ANSWER_CLAIMED, 0, 0, 0);
    situation.gap_ms = 500;
    assert_row(situation, ANSWER_NOTHING, 0, 0, 0);
}

static void a_withdrawn_badge_leaves_a_refusal(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.badge = TAP_BADGE_WITHDRAWN;
    situation.is_in = true;
    situation.gap_ms = 5000;
    assert_row(situation, ANSWER_WITHDRAWN, FACT_REFUSAL, 8, 0);
}

static void an_unknown_badge_is_unknown_even_while_the_disk_refuses(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.badge = TAP_BADGE_UNKNOWN;
    situation.is_disk_refusing = true;
    assert_row(situation, ANSWER_UNKNOWN, 0, 20, 0);
}

static void a_disk_that_refuses_comes_before_the_same_answer_again(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.is_disk_refusing = true;
    situation.gap_ms = 5000;
    assert_row(situation, ANSWER_NOT_RECORDED, 0, 8, 0);
}

static void within_ten_seconds_the_same_answer_comes_again(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.is_past_end = true;
    situation.gap_ms = 9999;
    assert_row(situation, ANSWER_REPEAT, 0, 4, 0);
    situation.gap_ms = 10000;
    assert_row(situation, ANSWER_ARRIVAL_FORGOTTEN, FACT_TAP, 20, 10);
}

static void within_ten_seconds_of_an_undo_the_tap_acts_again(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.gap_ms = 5000;
    situation.is_undone = true;
    assert_row(situation, ANSWER_ARRIVAL, FACT_TAP, 4, 10);
}

static void past_the_end_of_the_day_comes_before_just_now(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.is_past_end = true;
    situation.since_ms = 1000;
    assert_row(situation, ANSWER_ARRIVAL_FORGOTTEN, FACT_TAP, 20, 10);
}

static void somebody_who_is_out_is_never_past_the_end(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.is_past_end = true;
    assert_row(situation, ANSWER_ARRIVAL, FACT_TAP, 4, 10);
}

static void in_for_less_than_a_minute_offers_to_leave(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.since_ms = 59999;
    situation.occasion = TAP_OCCASION_ASKS;
    assert_row(situation, ANSWER_ALREADY_IN, 0, 8, 0);
}

static void in_for_exactly_a_minute_leaves(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.since_ms = 60000;
    assert_row(situation, ANSWER_DEPARTURE, FACT_TAP, 4, 10);
}

static void an_occasion_that_asks_asks_who_is_in(void **state)
{
    struct tap_situation situation = calm_and_in();
    (void)state;
    situation.occasion = TAP_OCCASION_ASKS;
    assert_row(situation, ANSWER_ASKS, 0, 20, 0);
}

static void an_occasion_that_asks_greets_who_arrives(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.occasion = TAP_OCCASION_ASKS;
    assert_row(situation, ANSWER_ARRIVAL, FACT_TAP, 4, 10);
}

static void out_for_less_than_a_minute_offers_to_come_back(void **state)
{
    struct tap_situation situation = calm();
    (void)state;
    situation.since_ms = 59999;
    assert_row(situation, ANSWER_HAS_LEFT, 0, 8, 0);
    situation.since_ms = 60000;
    assert_row(situation, ANSWER_ARRIVAL, FACT_TAP, 4, 10);
}

static void every_situation_has_a_row_and_every_row_its_answer(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 3 * 4 * 4 * 64; bits++) {
        static const int64_t times[] = {0, 5000, 30000, TAP_NEVER};
        struct tap_situation situation = {
            .badge = (enum tap_badge)(bits / 64 / 16),
            .gap_ms = times[bits / 64 % 4],
            .since_ms = times[bits / 256 % 4],
            .is_claimed = bits & 1,
            .is_disk_refusing = bits & 2,
            .is_undone = bits & 4,
            .is_in = bits & 8,
            .is_past_end = bits & 16,
            .occasion = bits & 32 ? TAP_OCCASION_ASKS : TAP_OCCASION_LEAVES,
        };
        const struct tap_row *row = tap_decide(&situation);
        assert_ptr_equal(tap_row_of(row->answer), row);
    }
    for (int kind = 0; kind < ANSWER_COUNT; kind++)
        assert_int_equal(answer_from_name(answer_name((enum answer_kind)kind)), kind);
    assert_int_equal(answer_from_name("perhaps"), ANSWER_COUNT);
    assert_int_equal(answer_from_name(NULL), ANSWER_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_held_badge_says_nothing),
        cmocka_unit_test(after_exactly_two_seconds_a_badge_counts_as_tapped_again),
        cmocka_unit_test(a_scene_that_claims_badges_gets_any_that_is_not_held),
        cmocka_unit_test(a_withdrawn_badge_leaves_a_refusal),
        cmocka_unit_test(an_unknown_badge_is_unknown_even_while_the_disk_refuses),
        cmocka_unit_test(a_disk_that_refuses_comes_before_the_same_answer_again),
        cmocka_unit_test(within_ten_seconds_the_same_answer_comes_again),
        cmocka_unit_test(within_ten_seconds_of_an_undo_the_tap_acts_again),
        cmocka_unit_test(past_the_end_of_the_day_comes_before_just_now),
        cmocka_unit_test(somebody_who_is_out_is_never_past_the_end),
        cmocka_unit_test(in_for_less_than_a_minute_offers_to_leave),
        cmocka_unit_test(in_for_exactly_a_minute_leaves),
        cmocka_unit_test(an_occasion_that_asks_asks_who_is_in),
        cmocka_unit_test(an_occasion_that_asks_greets_who_arrives),
        cmocka_unit_test(out_for_less_than_a_minute_offers_to_come_back),
        cmocka_unit_test(every_situation_has_a_row_and_every_row_its_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
