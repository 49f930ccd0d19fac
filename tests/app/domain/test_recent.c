#include "app/domain/recent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/tap.h"

static struct badge badge_of(int number)
{
    struct badge badge;
    snprintf(badge.text, sizeof badge.text, "uid:%08X", (unsigned)number);
    return badge;
}

static const struct answer arrival = {
    .kind = ANSWER_ARRIVAL, .fact = {7, 42}, .shown_ms = 4000, .undo_ms = 10000};

static void a_badge_never_seen_has_been_away_for_ever(void **state)
{
    struct recent recent = {.count = 0};
    struct badge badge = badge_of(1);
    (void)state;
    assert_true(recent_gap_ms(&recent, &badge, 5000) == TAP_NEVER);
    assert_false(recent_is_undone(&recent, &badge));
}

static void the_gap_counts_from_when_the_badge_was_last_in_the_field(void **state)
{
    struct recent recent = {.count = 0};
    struct badge badge = badge_of(1);
    (void)state;
    recent_see(&recent, &badge, 1000);
    recent_see(&recent, &badge, 4000);
    assert_int_equal(recent_gap_ms(&recent, &badge, 5500), 1500);
}

static void the_same_answer_comes_again_with_the_old_deadline_of_its_undo(void **state)
{
    struct recent recent = {.count = 0};
    struct badge badge = badge_of(1);
    struct answer again;
    (void)state;
    recent_see(&recent, &badge, 1000);
    recent_answer(&recent, &badge, &arrival, 1000);
    assert_true(recent_repeat(&recent, &badge, 6000, &again));
    assert_int_equal(again.kind, ANSWER_ARRIVAL);
    assert_int_equal(again.undo_ms, 5000);
    assert_true(recent_repeat(&recent, &badge, 12000, &again));
    assert_int_equal(again.undo_ms, 0);
}

static void an_undone_answer_lets_the_next_tap_act(void **state)
{
    struct recent recent = {.count = 0};
    struct badge badge = badge_of(1);
    (void)state;
    recent_see(&recent, &badge, 1000);
    recent_answer(&recent, &badge, &arrival, 1000);
    recent_undo(&recent, (struct fact_id){7, 41});
    assert_false(recent_is_undone(&recent, &badge));
    recent_undo(&recent, arrival.fact);
    assert_true(recent_is_undone(&recent, &badge));
    recent_answer(&recent, &badge, &arrival, 2000);
    assert_false(recent_is_undone(&recent, &badge));
}

static void the_badge_unseen_for_longest_is_forgotten_first(void **state)
{
    struct recent recent = {.count = 0};
    struct badge first = badge_of(0), second = badge_of(1);
    (void)state;
    for (int i = 0; i < RECENT_MAX; i++) {
        struct badge badge = badge_of(i);
        recent_see(&recent, &badge, i);
    }
    recent_see(&recent, &first, 100);
    struct badge one_more = badge_of(RECENT_MAX);
    recent_see(&recent, &one_more, 101);
    assert_int_equal(recent.count, RECENT_MAX);
    assert_int_equal(recent_gap_ms(&recent, &first, 110), 10);
    assert_true(recent_gap_ms(&recent, &second, 110) == TAP_NEVER);
}

static void what_a_button_came_to_is_told_again_to_that_person_only(void **state)
{
    struct recent recent = {.count = 0};
    struct badge ada = badge_of(1), bilal = badge_of(2);
    struct answer first = arrival, other = arrival, drink = arrival, again;
    (void)state;
    first.person = (struct fact_id){7, 1};
    other.person = (struct fact_id){7, 2};
    recent_see(&recent, &ada, 1000);
    recent_answer(&recent, &ada, &first, 1000);
    recent_see(&recent, &bilal, 1500);
    recent_answer(&recent, &bilal, &other, 1500);
    drink.kind = ANSWER_ASKS;
    drink.person = first.person;
    drink.fact.seq = 50;
    recent_tell(&recent, &drink, 5000);
    assert_true(recent_repeat(&recent, &ada, 8000, &again));
    assert_int_equal(again.fact.seq, 50);
    assert_int_equal(again.undo_ms, 7000);
    assert_true(recent_repeat(&recent, &bilal, 8000, &again));
    assert_int_equal(again.fact.seq, 42);
    recent_undo(&recent, drink.fact);
    assert_false(recent_repeat(&recent, &ada, 9000, &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_badge_never_seen_has_been_away_for_ever),
        cmocka_unit_test(the_gap_counts_from_when_the_badge_was_last_in_the_field),
        cmocka_unit_test(the_same_answer_comes_again_with_the_old_deadline_of_its_undo),
        cmocka_unit_test(an_undone_answer_lets_the_next_tap_act),
        cmocka_unit_test(the_badge_unseen_for_longest_is_forgotten_first),
        cmocka_unit_test(what_a_button_came_to_is_told_again_to_that_person_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
