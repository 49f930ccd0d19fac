#include "app/domain/guess.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "tests/support/random.h"

#define TWO INT64_C(1795266000000) /* 2026-11-21 14:00 in Brussels */
#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)

static struct visit visit_at(int64_t arrived_ms)
{
    return (struct visit){.arrived_ms = arrived_ms,
                          .closes_ms = day_end_after(arrived_ms, DAY_END_DEFAULT_MIN)};
}

static void assert_guesses(int64_t arrived_ms, const int64_t *lengths_ms, size_t count,
                           const int64_t *expected)
{
    int64_t guess_ms[GUESS_COUNT];
    struct visit visit = visit_at(arrived_ms);
    int kept = guess_departures(&visit, lengths_ms, count, guess_ms);
    for (int i = 0; i < GUESS_COUNT; i++) {
        assert_int_equal(guess_ms[i], expected[i]);
        assert_int_equal(i < kept, expected[i] != 0);
    }
}

static void of_somebody_new_it_guesses_two_three_and_four_hours(void **state)
{
    (void)state;
    assert_guesses(TWO, NULL, 0, (int64_t[]){TWO + 2 * HOUR, TWO + 3 * HOUR, TWO + 4 * HOUR});
    assert_guesses(TWO + 14 * MINUTE, NULL, 0,
                   (int64_t[]){TWO + 2 * HOUR, TWO + 3 * HOUR, TWO + 4 * HOUR});
    assert_guesses(TWO + 16 * MINUTE, NULL, 0,
                   (int64_t[]){TWO + 150 * MINUTE, TWO + 210 * MINUTE, TWO + 270 * MINUTE});
}

static void the_middle_one_of_the_last_visits_leads(void **state)
{
    const int64_t lengths_ms[] = {9 * HOUR, 5 * HOUR, 5 * MINUTE, 4 * HOUR + 50 * MINUTE, 6 * HOUR};
    (void)state;
    assert_guesses(TWO, lengths_ms, 5, (int64_t[]){TWO + 4 * HOUR, TWO + 5 * HOUR, TWO + 6 * HOUR});
}

static void short_visits_are_guessed_closer_and_never_before_the_arrival(void **state)
{
    const int64_t lengths_ms[] = {40 * MINUTE, 3 * MINUTE};
    (void)state;
    assert_guesses(TWO, lengths_ms, 1,
                   (int64_t[]){TWO + 30 * MINUTE, TWO + 60 * MINUTE, TWO + 90 * MINUTE});
    assert_guesses(TWO + MINUTE, lengths_ms + 1, 1,
                   (int64_t[]){TWO + 30 * MINUTE, TWO + 60 * MINUTE, TWO + 90 * MINUTE});
}

static void late_arrivals_are_guessed_before_the_day_ends(void **state)
{
    (void)state; /* 01:00, the day ends at 04:00 */
    assert_guesses(
        TWO + 11 * HOUR, NULL, 0,
        (int64_t[]){TWO + 12 * HOUR + 30 * MINUTE, TWO + 13 * HOUR, TWO + 13 * HOUR + 30 * MINUTE});
}

static void where_the_day_leaves_no_room_there_are_fewer(void **state)
{
    (void)state;
    assert_guesses(TWO + 13 * HOUR, NULL, 0, (int64_t[]){TWO + 13 * HOUR + 30 * MINUTE, 0, 0});
    assert_guesses(TWO + 13 * HOUR + 40 * MINUTE, NULL, 0, (int64_t[]){0, 0, 0});
}

static bool is_half_hour(int64_t at_ms)
{
    time_t at = (time_t)(at_ms / 1000);
    struct tm local;
    localtime_r(&at, &local);
    return at_ms % 1000 == 0 && local.tm_sec == 0 && local.tm_min % 30 == 0;
}

/* Also in zones that are quarters of an hour away, and in the nights of both clock changes. */
static void whatever_the_visit_guesses_are_half_hours_that_rise_within_it(void **state)
{
    static const char *const zones[] = {"Europe/Brussels", "Asia/Kathmandu", "America/St_Johns",
                                        "Australia/Lord_Howe"};
    struct random random = random_for_test("guesses");
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t guess_ms[GUESS_COUNT], lengths_ms[GUESS_LENGTHS_MAX + 1];
        size_t count = random_below(&random, GUESS_LENGTHS_MAX + 1);
        if (i % 5000 == 0) {
            setenv("TZ", zones[i / 5000], 1);
            tzset();
        }
        struct visit visit = visit_at(TWO - random_below(&random, 365) * 24 * HOUR +
                                      random_below(&random, 86400000));
        for (size_t j = 0; j < count; j++)
            lengths_ms[j] = random_below(&random, 7 * 24 * 3600000u);
        int kept = guess_departures(&visit, lengths_ms, count, guess_ms);
        for (int j = 0; j < kept; j++) {
            assert_true(is_half_hour(guess_ms[j]));
            assert_true(guess_ms[j] > (j ? guess_ms[j - 1] : visit.arrived_ms));
            assert_true(guess_ms[j] < visit.closes_ms);
        }
        assert_true(kept == GUESS_COUNT || visit.closes_ms - visit.arrived_ms <= 2 * HOUR);
    }
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
}

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_somebody_new_it_guesses_two_three_and_four_hours),
        cmocka_unit_test(the_middle_one_of_the_last_visits_leads),
        cmocka_unit_test(short_visits_are_guessed_closer_and_never_before_the_arrival),
        cmocka_unit_test(late_arrivals_are_guessed_before_the_day_ends),
        cmocka_unit_test(where_the_day_leaves_no_room_there_are_fewer),
        cmocka_unit_test(whatever_the_visit_guesses_are_half_hours_that_rise_within_it),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
