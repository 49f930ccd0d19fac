/*
 * What is left of a first visit: the way as a house has it, and who is how far on it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/domain/newcomer.h"
#include "app/domain/presence.h"
#include "tests/support/random.h"
#include "tests/support/story.h"

#define DAY (24 * STORY_HOUR)

/* The default way, its notice with a talk. */
static void make_guide(struct guide *guide)
{
    *guide = (struct guide){.row_count = GUIDE_WAY_STEPS, .deepening_months = 6};
    for (int i = 0; i < GUIDE_WAY_STEPS; i++)
        guide->rows[i].step = (enum guide_step)i;
    guide->rows[GUIDE_NOTICE].is_later = true;
}

static struct guide guide;
static struct newcomer newcomer;
static int64_t today_ms; /* when the day of their first visit began */

static int set_up(void **state)
{
    if (story_set_up(state))
        return -1;
    make_guide(&guide);
    today_ms = day_begin(STORY_NOW, DAY_END_DEFAULT_MIN);
    newcomer = (struct newcomer){.has_begun = true, .began_ms = STORY_NOW};
    return 0;
}

static void say(enum guide_step step, enum newcomer_how how, int64_t at_ms)
{
    newcomer.steps[step] = how;
    newcomer.steps_ms[step] = at_ms;
}

/* Every step of the way that is not said otherwise. */
static void walk(enum newcomer_how how)
{
    for (int step = 0; step < GUIDE_WAY_STEPS; step++)
        say((enum guide_step)step, how, STORY_NOW);
}

static int next(int64_t day_ms)
{
    return newcomer_next(&guide, &newcomer, day_ms);
}

/* --- the way --- */

static void the_way_is_walked_in_the_houses_order(void **state)
{
    (void)state;
    newcomer = (struct newcomer){.has_begun = false};
    assert_int_equal(next(today_ms), 0);
    guide.rows[0].step = GUIDE_WHY;
    guide.rows[3].step = GUIDE_LANGUAGE;
    newcomer.has_begun = true;
    newcomer.began_ms = STORY_NOW;
    say(GUIDE_LANGUAGE, NEWCOMER_DONE, STORY_NOW);
    assert_int_equal(next(today_ms), 0);
    say(GUIDE_WHY, NEWCOMER_DONE, STORY_NOW);
    assert_int_equal(next(today_ms), 1);
    assert_int_equal(newcomer_next_after(&guide, &newcomer, today_ms, 1), 2);
    assert_int_equal(newcomer_next_after(&guide, &newcomer, today_ms, 2), 4);
}

static void what_was_done_or_declined_never_comes_again(void **state)
{
    (void)state;
    walk(NEWCOMER_DONE);
    say(GUIDE_PRESENT, NEWCOMER_DECLINED, STORY_NOW);
    assert_int_equal(next(today_ms), guide.row_count);
    assert_int_equal(next(today_ms + 400 * DAY), guide.row_count);
    say(GUIDE_PRESENT, NEWCOMER_NOT_YET, 0); /* taken back */
    assert_int_equal(next(today_ms), GUIDE_PRESENT);
}

static void what_was_put_off_comes_again_on_another_day(void **state)
{
    static const enum newcomer_how hows[] = {NEWCOMER_SKIPPED, NEWCOMER_LATER};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        walk(NEWCOMER_DONE);
        say(GUIDE_WHY, hows[i], STORY_NOW);
        assert_int_equal(next(today_ms), guide.row_count);
        assert_int_equal(next(today_ms + DAY), GUIDE_WHY);
        say(GUIDE_WHY, hows[i], today_ms + DAY + STORY_HOUR);
        assert_int_equal(next(today_ms + DAY), guide.row_count);
        assert_int_equal(next(today_ms + 2 * DAY), GUIDE_WHY);
    }
}

static void what_comes_with_a_talk_is_passed_over_on_the_first_day_alone(void **state)
{
    (void)state;
    walk(NEWCOMER_DONE);
    say(GUIDE_NOTICE, NEWCOMER_NOT_YET, 0);
    assert_int_equal(next(today_ms), guide.row_count);
    assert_int_equal(next(today_ms + DAY), GUIDE_NOTICE);
    guide.rows[GUIDE_NOTICE].is_later = false;
    assert_int_equal(next(today_ms), GUIDE_NOTICE);
}

static void who_has_not_begun_is_on_their_first_visit(void **state)
{
    (void)state;
    guide.row_count = 1;
    guide.rows[0] = (struct guide_row){.step = GUIDE_CHARTER, .is_later = true};
    newcomer = (struct newcomer){.has_begun = false};
    assert_int_equal(next(today_ms), 1);
    newcomer.has_begun = true;
    newcomer.began_ms = today_ms - 1;
    assert_int_equal(next(today_ms), 0);
}

static void a_way_without_rows_is_at_its_end(void **state)
{
    (void)state;
    guide.row_count = 0;
    assert_int_equal(next(today_ms), 0);
    assert_int_equal(newcomer_left(&guide, &newcomer), 0);
    assert_true(newcomer_is_welcomed(&guide, &newcomer));
}

static void what_is_left_is_what_is_worth_coming_back_for(void **state)
{
    (void)state;
    assert_int_equal(newcomer_left(&guide, &newcomer), GUIDE_WAY_STEPS - 3);
    walk(NEWCOMER_DONE);
    assert_int_equal(newcomer_left(&guide, &newcomer), 0);
    say(GUIDE_LANGUAGE, NEWCOMER_NOT_YET, 0);
    say(GUIDE_HELLO, NEWCOMER_SKIPPED, STORY_NOW);
    say(GUIDE_NEXT, NEWCOMER_NOT_YET, 0);
    assert_int_equal(newcomer_left(&guide, &newcomer), 0);
    say(GUIDE_WHY, NEWCOMER_SKIPPED, STORY_NOW);
    say(GUIDE_CHARTER, NEWCOMER_LATER, STORY_NOW);
    say(GUIDE_NOTICE, NEWCOMER_NOT_YET, 0);
    say(GUIDE_BADGE, NEWCOMER_DECLINED, STORY_NOW);
    assert_int_equal(newcomer_left(&guide, &newcomer), 3);
    guide.row_count = GUIDE_CHARTER; /* a house without it asks for nothing of the sort */
    assert_int_equal(newcomer_left(&guide, &newcomer), 1);
}

static void who_accepted_the_charter_and_came_to_the_end_is_welcomed(void **state)
{
    (void)state;
    assert_false(newcomer_is_welcomed(&guide, &newcomer));
    walk(NEWCOMER_SKIPPED);
    assert_false(newcomer_is_welcomed(&guide, &newcomer));
    say(GUIDE_CHARTER, NEWCOMER_DONE, STORY_NOW);
    assert_true(newcomer_is_welcomed(&guide, &newcomer));
    say(GUIDE_NEXT, NEWCOMER_NOT_YET, 0);
    assert_false(newcomer_is_welcomed(&guide, &newcomer));
}

static void a_charter_that_comes_with_a_talk_keeps_nobody_from_being_welcomed(void **state)
{
    (void)state;
    walk(NEWCOMER_DONE);
    say(GUIDE_CHARTER, NEWCOMER_LATER, STORY_NOW);
    assert_false(newcomer_is_welcomed(&guide, &newcomer));
    guide.rows[GUIDE_CHARTER].is_later = true;
    assert_true(newcomer_is_welcomed(&guide, &newcomer));
    newcomer = (struct newcomer){.has_begun = false};
    assert_false(newcomer_is_welcomed(&guide, &newcomer));
}

/* Walks as a screen would: each step answered in some way, the next asked for. */
static void every_visit_comes_to_an_end_and_offers_nothing_twice(void **state)
{
    struct random random = random_for_test("way");
    (void)state;
    for (int round = 0; round < 500; round++) {
        int64_t day_ms = today_ms;
        newcomer = (struct newcomer){.has_begun = true, .began_ms = STORY_NOW};
        for (int i = 0; i < GUIDE_WAY_STEPS; i++)
            guide.rows[i].is_later = random_below(&random, 4) == 0;
        for (int visit = 0; visit < 4; visit++, day_ms += DAY) {
            bool is_seen[GUIDE_WAY_STEPS] = {false};
            for (int row = next(day_ms); row < guide.row_count; row = next(day_ms)) {
                assert_false(is_seen[row]);
                assert_false(visit == 0 && guide.rows[row].is_later);
                is_seen[row] = true;
                say(guide.rows[row].step, (enum newcomer_how)(1 + random_below(&random, 4)),
                    day_ms + STORY_HOUR);
                assert_int_equal(newcomer_next_after(&guide, &newcomer, day_ms, row), next(day_ms));
            }
        }
        for (int row = 0; row < guide.row_count; row++) /* nothing is forgotten for good */
            assert_true(newcomer.steps[guide.rows[row].step] != NEWCOMER_NOT_YET);
    }
}

/* --- being there --- */

static struct visit visit(enum occasion_kind kind, const char *when)
{
    int64_t at_ms = story_local(when);
    return (struct visit){
        .kind = kind, .arrived_ms = at_ms, .day = day_number(at_ms, DAY_END_DEFAULT_MIN)};
}

static void an_info_session_is_ticked_by_being_there_also_before_the_first_step(void **state)
{
    const struct visit visits[] = {visit(OCCASION_SHIFT, "2026-11-18 19:00"),
                                   visit(OCCASION_INFO, "2026-11-19 19:00"),
                                   visit(OCCASION_INFO, "2026-11-26 19:00")};
    (void)state;
    newcomer_attend(&newcomer, visits, 1);
    assert_int_equal(newcomer.steps[GUIDE_INFO], NEWCOMER_NOT_YET);
    newcomer_attend(&newcomer, visits, 3);
    assert_int_equal(newcomer.steps[GUIDE_INFO], NEWCOMER_DONE);
    assert_int_equal(newcomer.steps_ms[GUIDE_INFO], visits[1].arrived_ms);
    assert_int_equal(newcomer.steps[GUIDE_DEEPENING], NEWCOMER_NOT_YET);
    newcomer = (struct newcomer){.has_begun = false};
    newcomer_attend(&newcomer, visits, 3);
    assert_int_equal(newcomer.steps[GUIDE_INFO], NEWCOMER_NOT_YET);
}

/* They began on 21 November 2026. */
static void five_months_on_another_one_or_a_workshop_is_the_deepening_session(void **state)
{
    static const struct {
        enum occasion_kind kind;
        const char *when;
        bool is_it;
    } rows[] = {
        {OCCASION_WORKSHOP, "2027-04-20 19:00", false},
        {OCCASION_WORKSHOP, "2027-04-21 03:59", false},
        {OCCASION_WORKSHOP, "2027-04-21 04:00", true},
        {OCCASION_INFO, "2027-04-21 19:00", true},
        {OCCASION_AGORA, "2027-05-21 19:00", false},
        {OCCASION_INFO, "2029-01-01 19:00", true},
        {OCCASION_WORKSHOP, "2026-11-21 15:00", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct visit came = visit(rows[i].kind, rows[i].when);
        newcomer = (struct newcomer){.has_begun = true, .began_ms = STORY_NOW};
        say(GUIDE_INFO, NEWCOMER_DONE, STORY_NOW);
        newcomer_attend(&newcomer, &came, 1);
        assert_int_equal(newcomer.steps[GUIDE_DEEPENING] == NEWCOMER_DONE, rows[i].is_it);
    }
}

static void the_first_info_session_is_never_the_deepening_one(void **state)
{
    const struct visit visits[] = {visit(OCCASION_INFO, "2027-06-01 19:00"),
                                   visit(OCCASION_INFO, "2027-06-08 19:00")};
    (void)state;
    say(GUIDE_INFO, NEWCOMER_DECLINED, STORY_NOW); /* and came all the same */
    newcomer_attend(&newcomer, visits, 1);
    newcomer_attend(&newcomer, visits, 1);
    assert_int_equal(newcomer.steps[GUIDE_INFO], NEWCOMER_DONE);
    assert_int_equal(newcomer.steps[GUIDE_DEEPENING], NEWCOMER_NOT_YET);
    newcomer_attend(&newcomer, visits, 2);
    assert_int_equal(newcomer.steps_ms[GUIDE_DEEPENING], visits[1].arrived_ms);
}

static void months_end_where_the_calendar_has_no_such_day(void **state)
{
    const struct visit february = visit(OCCASION_WORKSHOP, "2027-02-28 19:00");
    const struct visit march = visit(OCCASION_WORKSHOP, "2027-03-01 19:00");
    (void)state;
    newcomer.began_ms = story_local("2026-09-30 12:00");
    newcomer_attend(&newcomer, &february, 1);
    assert_int_equal(newcomer.steps[GUIDE_DEEPENING], NEWCOMER_NOT_YET);
    newcomer_attend(&newcomer, &march, 1);
    assert_int_equal(newcomer.steps[GUIDE_DEEPENING], NEWCOMER_DONE);
}

static void the_deepening_session_is_offered_when_the_house_says_and_once(void **state)
{
    int64_t before_ms = story_local("2027-05-20 23:00"), due_ms = story_local("2027-05-21 12:00");
    (void)state;
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, before_ms));
    assert_true(newcomer_is_deepening_due(&guide, &newcomer, due_ms));
    say(GUIDE_DEEPENING, NEWCOMER_SKIPPED, due_ms);
    assert_true(newcomer_is_deepening_due(&guide, &newcomer, due_ms));
    say(GUIDE_DEEPENING, NEWCOMER_DECLINED, due_ms);
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, due_ms));
    say(GUIDE_DEEPENING, NEWCOMER_DONE, due_ms);
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, due_ms));
    say(GUIDE_DEEPENING, NEWCOMER_NOT_YET, 0);
    guide.deepening_months = 0;
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, due_ms));
    guide.deepening_months = 14;
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, story_local("2028-01-20 12:00")));
    assert_true(newcomer_is_deepening_due(&guide, &newcomer, story_local("2028-01-21 12:00")));
    newcomer.has_begun = false;
    assert_false(newcomer_is_deepening_due(&guide, &newcomer, story_local("2028-01-21 12:00")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, story_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_way_is_walked_in_the_houses_order),
        TEST(what_was_done_or_declined_never_comes_again),
        TEST(what_was_put_off_comes_again_on_another_day),
        TEST(what_comes_with_a_talk_is_passed_over_on_the_first_day_alone),
        TEST(who_has_not_begun_is_on_their_first_visit),
        TEST(a_way_without_rows_is_at_its_end),
        TEST(what_is_left_is_what_is_worth_coming_back_for),
        TEST(who_accepted_the_charter_and_came_to_the_end_is_welcomed),
        TEST(a_charter_that_comes_with_a_talk_keeps_nobody_from_being_welcomed),
        TEST(every_visit_comes_to_an_end_and_offers_nothing_twice),
        TEST(an_info_session_is_ticked_by_being_there_also_before_the_first_step),
        TEST(five_months_on_another_one_or_a_workshop_is_the_deepening_session),
        TEST(the_first_info_session_is_never_the_deepening_one),
        TEST(months_end_where_the_calendar_has_no_such_day),
        TEST(the_deepening_session_is_offered_when_the_house_says_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
