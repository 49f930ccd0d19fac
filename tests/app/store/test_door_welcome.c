/* What an arrival says to newcomers and to who looks after them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/plan.h"
#include "tests/support/porch.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define DAY_MS (24 * HOUSE_HOUR_MS)
#define DAY_MIN (24 * 60)

static void says_nothing(const struct answer *answer)
{
    assert_int_equal(answer->steps_left, 0);
    assert_int_equal(answer->away.count, 0);
    assert_int_equal(answer->deepening_ms, 0);
}

static struct fact_id come_and_go(struct house *house)
{
    struct fact_id noor = porch_begin(house, "Noor");
    house_wait(house, HOUSE_HOUR_MS);
    struct answer answer = house_press(house, noor, ANSWER_DEPARTURE);
    says_nothing(&answer);
    house_wait(house, DAY_MS);
    return noor;
}

static void who_is_no_newcomer_hears_nothing(void **state)
{
    struct answer answer = house_tap(*state, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    says_nothing(&answer);
}

static void a_later_visit_says_how_many_steps_are_left(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house);
    struct answer answer = house_press(house, noor, ANSWER_ARRIVAL);
    assert_int_equal(answer.steps_left, 5); /* why, missions, charter, buddy, badge */
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    porch_step(house, noor, GUIDE_CHARTER, NEWCOMER_DONE);
    porch_step(house, noor, GUIDE_WHY, NEWCOMER_SKIPPED);
    porch_step(house, noor, GUIDE_MISSIONS, NEWCOMER_DECLINED);
    (void)house_press(house, noor, ANSWER_DEPARTURE);
    house_wait(house, DAY_MS);
    assert_int_equal(house_press(house, noor, ANSWER_ARRIVAL).steps_left, 3);
    porch_welcome(house, noor);
    (void)house_press(house, noor, ANSWER_DEPARTURE);
    house_wait(house, DAY_MS);
    answer = house_press(house, noor, ANSWER_ARRIVAL);
    says_nothing(&answer);
}

static void without_a_guide_it_says_nothing(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house);
    porch_buddy(house, noor, ADA(house), BUDDY_TAKEN);
    house_wait(house, 30 * DAY_MS);
    journal_set_guide(house->journal, NULL);
    struct answer answer = house_tap(house, HOUSE_ADA);
    says_nothing(&answer);
    answer = house_press(house, noor, ANSWER_ARRIVAL);
    says_nothing(&answer);
}

static void a_buddy_hears_who_stays_away_when_they_come(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house);
    porch_buddy(house, noor, ADA(house), BUDDY_TAKEN);
    struct answer answer = house_tap(house, HOUSE_ADA);
    says_nothing(&answer);
    house_wait(house, 22 * DAY_MS);
    answer = house_tap(house, HOUSE_ADA);
    assert_string_equal(answer.away.name, "Noor");
    assert_int_equal(answer.away.count, 1);
    assert_int_equal(answer.away.last_ms, porch_find(house, noor).began_ms);
    house_wait(house, HOUSE_HOUR_MS);
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    says_nothing(&answer);
    answer = house_tap(house, HOUSE_BILAL);
    says_nothing(&answer);
}

static void a_clock_that_cannot_be_trusted_counts_no_weeks(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house);
    porch_buddy(house, noor, ADA(house), BUDDY_TAKEN);
    house_reboot(house, house_now(house).wall_ms + 400 * DAY_MS, CLOCK_UNSET);
    journal_set_guide(house->journal, porch_guide());
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_true(answer.is_time_doubtful);
    says_nothing(&answer);
}

static void half_a_year_on_the_deepening_session_is_offered_until_they_were_there(void **state)
{
    struct house *house = *state;
    struct fact_id noor = come_and_go(house);
    struct occasion session =
        plan_occasion(house, OCCASION_WORKSHOP, "Deepening", 190 * DAY_MIN, 120);
    plan_put(house, &session);
    porch_welcome(house, noor);
    struct answer answer = house_press(house, noor, ANSWER_ARRIVAL);
    says_nothing(&answer);
    house_wait(house, 189 * DAY_MS);
    answer = house_press(house, noor, ANSWER_ARRIVAL);
    assert_string_equal(answer.deepening, "Deepening");
    assert_int_equal(answer.deepening_ms, session.from_ms);
    answer = house_tap(house, HOUSE_ADA);
    says_nothing(&answer);
    const struct office office = porch_office(house, noor);
    const struct office_badge gift = desk_gift(noor, DESK_SPARE);
    assert_int_equal(welcome_badge(house->journal, &office, noor, &gift.badge, &house->reason),
                     RC_OK);
    house_wait(house, DAY_MS + HOUSE_MINUTE_MS); /* at the session */
    house->occasion = OCCASION_COUNT;
    answer = house_tap(house, DESK_SPARE);
    assert_int_equal(answer.occasion, OCCASION_WORKSHOP);
    says_nothing(&answer);
    assert_int_equal(porch_find(house, noor).steps[GUIDE_DEEPENING], NEWCOMER_DONE);
    session = plan_occasion(house, OCCASION_WORKSHOP, "Another", 3 * DAY_MIN, 120);
    plan_put(house, &session);
    house_wait(house, DAY_MS);
    answer = house_press(house, noor, ANSWER_ARRIVAL);
    says_nothing(&answer);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, porch_set_up, porch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_is_no_newcomer_hears_nothing),
        TEST(a_later_visit_says_how_many_steps_are_left),
        TEST(without_a_guide_it_says_nothing),
        TEST(a_buddy_hears_who_stays_away_when_they_come),
        TEST(a_clock_that_cannot_be_trusted_counts_no_weeks),
        TEST(half_a_year_on_the_deepening_session_is_offered_until_they_were_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
