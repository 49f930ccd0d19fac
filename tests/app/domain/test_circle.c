/* What is intended beside what was given. */
#include "app/domain/circle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/domain/life.h"

#define HOUR_S 3600
#define DAY_MS (INT64_C(24) * 3600 * 1000)

/* Eight hours a month. */
static struct person somebody(void)
{
    struct person person = {.first_name = "Ada", .circle = "Groupe de Travail"};
    return person;
}

static enum answer_balance balance(const struct person *person, int day, int this_h, int last_h)
{
    struct circle_list list = circle_default();
    struct circle_given given = {.day = day,
                                 .first_day = 20250101,
                                 .this_month_s = (int64_t)this_h * HOUR_S,
                                 .last_month_s = (int64_t)last_h * HOUR_S};
    return circle_balance(&list, person, &given);
}

static void a_circle_is_found_by_any_of_its_names(void **state)
{
    struct circle_list list = circle_default();
    (void)state;
    const struct circle *circle = circle_find(&list, "WERKGROEP");
    assert_non_null(circle);
    assert_ptr_equal(circle, circle_find(&list, "working group"));
    assert_string_equal(circle_name(circle, LANGUAGE_FR), "groupe de travail");
    assert_null(circle_find(&list, ""));
    assert_null(circle_find(&list, "nobody's"));
}

static void a_month_intends_what_the_circle_says(void **state)
{
    struct circle_list list = circle_default();
    struct person person = somebody();
    (void)state;
    assert_int_equal(circle_intended_s(&list, &person, 20261115), 8 * HOUR_S);
    snprintf(person.since, sizeof person.since, "2026-11-30");
    assert_int_equal(circle_intended_s(&list, &person, 20261001), 0);
    assert_int_equal(circle_intended_s(&list, &person, 20261115), 8 * HOUR_S);
    snprintf(person.paused_until, sizeof person.paused_until, "2026-12-01");
    assert_int_equal(circle_intended_s(&list, &person, 20261130), 0);
    assert_int_equal(circle_intended_s(&list, &person, 20261201), 8 * HOUR_S);
    snprintf(person.paused_until, sizeof person.paused_until, "2099-99-9");
    assert_int_equal(circle_intended_s(&list, &person, 20261201), 8 * HOUR_S);
    snprintf(person.circle, sizeof person.circle, "friend");
    assert_int_equal(circle_intended_s(&list, &person, 20261201), 0);
}

static void far_over_is_this_month_and_far_under_the_last_whole_one(void **state)
{
    struct person person = somebody();
    (void)state;
    assert_int_equal(balance(&person, 20261115, 12, 8), ANSWER_BALANCE_FINE);
    assert_int_equal(balance(&person, 20261115, 13, 8), ANSWER_BALANCE_FAR_OVER);
    assert_int_equal(balance(&person, 20261115, 0, 4), ANSWER_BALANCE_FINE);
    assert_int_equal(balance(&person, 20261115, 0, 3), ANSWER_BALANCE_FAR_UNDER);
    assert_int_equal(balance(&person, 20261115, 13, 0), ANSWER_BALANCE_FAR_OVER);
}

static void who_is_new_rests_or_intends_nothing_is_not_judged(void **state)
{
    struct person person = somebody();
    (void)state;
    snprintf(person.since, sizeof person.since, "2026-10-01");
    assert_int_equal(balance(&person, 20261115, 0, 0), ANSWER_BALANCE_FINE);
    snprintf(person.since, sizeof person.since, "2026-09-30");
    assert_int_equal(balance(&person, 20261115, 0, 0), ANSWER_BALANCE_FAR_UNDER);
    snprintf(person.paused_until, sizeof person.paused_until, "2026-10-02");
    assert_int_equal(balance(&person, 20261115, 0, 0), ANSWER_BALANCE_FINE);
    snprintf(person.paused_until, sizeof person.paused_until, "2027-01-01");
    assert_int_equal(balance(&person, 20261115, 30, 0), ANSWER_BALANCE_FINE);
    person = somebody();
    snprintf(person.circle, sizeof person.circle, "friend");
    assert_int_equal(balance(&person, 20261115, 30, 0), ANSWER_BALANCE_FINE);
    snprintf(person.circle, sizeof person.circle, "another house's");
    assert_int_equal(balance(&person, 20261115, 30, 0), ANSWER_BALANCE_FINE);
}

static void who_was_not_here_before_last_month_is_not_judged(void **state)
{
    struct circle_list list = circle_default();
    struct person person = somebody();
    struct circle_given given = {.day = 20261115};
    (void)state;
    assert_int_equal(circle_balance(&list, &person, &given), ANSWER_BALANCE_FINE);
    given.first_day = 20261001;
    assert_int_equal(circle_balance(&list, &person, &given), ANSWER_BALANCE_FINE);
    given.first_day = 20260930;
    assert_int_equal(circle_balance(&list, &person, &given), ANSWER_BALANCE_FAR_UNDER);
}

static void a_life_is_when_somebody_was_last_here(void **state)
{
    int64_t now_ms = 400 * DAY_MS * 10;
    (void)state;
    assert_int_equal(life_of(0, false, now_ms), LIFE_NEVER_HERE);
    assert_int_equal(life_of(now_ms - 60 * DAY_MS, false, now_ms), LIFE_ACTIVE);
    assert_int_equal(life_of(now_ms - 60 * DAY_MS - 1, false, now_ms), LIFE_RESTING);
    assert_int_equal(life_of(now_ms - 365 * DAY_MS - 1, false, now_ms), LIFE_GONE);
    assert_int_equal(life_of(now_ms - 1000 * DAY_MS, true, now_ms), LIFE_RESTING);
    assert_int_equal(life_of(now_ms + DAY_MS, false, now_ms), LIFE_ACTIVE);
    assert_string_equal(life_name(LIFE_GONE), "gone");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_circle_is_found_by_any_of_its_names),
        cmocka_unit_test(a_month_intends_what_the_circle_says),
        cmocka_unit_test(far_over_is_this_month_and_far_under_the_last_whole_one),
        cmocka_unit_test(who_is_new_rests_or_intends_nothing_is_not_judged),
        cmocka_unit_test(who_was_not_here_before_last_month_is_not_judged),
        cmocka_unit_test(a_life_is_when_somebody_was_last_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
