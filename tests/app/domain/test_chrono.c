#include "app/domain/chrono.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY INT64_C(86400000)
#define NOW INT64_C(1795266000000)

static struct fact fact_at(int64_t wall_ms, int64_t mono_ms, enum clock_trust trust, uint8_t boot)
{
    return (struct fact){.id = {1, 1},
                         .kind = FACT_TAP,
                         .wall_ms = wall_ms,
                         .mono_ms = mono_ms,
                         .trust = trust,
                         .boot = {boot}};
}

static void assert_placed(const struct chrono_boot *boot, int64_t last_ms, struct fact fact,
                          int64_t expected_ms, bool is_doubtful)
{
    chrono_place(boot, last_ms, &fact);
    assert_int_equal(fact.effective_ms, expected_ms);
    assert_int_equal(fact.is_doubtful, is_doubtful);
}

static void within_a_boot_only_the_monotonic_clock_counts(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(NOW, 5000, CLOCK_SYNCED, 1);
    (void)state;
    chrono_begin(&boot, &first, 0);
    assert_placed(&boot, 0, first, NOW, false);
    assert_placed(&boot, NOW, fact_at(NOW - DAY, 65000, CLOCK_SYNCED, 1), NOW + 60000, false);
    assert_placed(&boot, NOW, fact_at(NOW + 9 * DAY, 65000, CLOCK_UNSET, 1), NOW + 60000, false);
}

static void another_boot_id_is_another_boot(void **state)
{
    struct chrono_boot boot = {.first_seq = 0};
    struct fact first = fact_at(NOW, 5000, CLOCK_SYNCED, 1);
    (void)state;
    assert_true(chrono_is_new_boot(&boot, &first));
    chrono_begin(&boot, &first, 0);
    assert_false(chrono_is_new_boot(&boot, &first));
    first.boot[15] = 1;
    assert_true(chrono_is_new_boot(&boot, &first));
}

static void an_unset_clock_begins_its_uptime_after_the_last_fact(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(1000, 30000, CLOCK_UNSET, 2); /* 1970 */
    (void)state;
    chrono_begin(&boot, &first, NOW);
    assert_placed(&boot, NOW, first, NOW + 30000, true);
    assert_placed(&boot, NOW + 30000, fact_at(2000, 90000, CLOCK_UNSET, 2), NOW + 90000, true);
}

static void an_unset_clock_that_runs_ahead_is_followed_and_doubted(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(NOW + DAY, 30000, CLOCK_UNSET, 2);
    (void)state;
    chrono_begin(&boot, &first, NOW);
    assert_placed(&boot, NOW, first, NOW + DAY, true);
}

static void a_plausible_clock_that_went_back_is_no_better_than_an_unset_one(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(NOW - DAY, 30000, CLOCK_PLAUSIBLE, 2);
    (void)state;
    chrono_begin(&boot, &first, NOW);
    assert_placed(&boot, NOW, first, NOW + 30000, true);
    assert_placed(&boot, NOW + 30000, fact_at(NOW - DAY, 3630000, CLOCK_PLAUSIBLE, 2),
                  NOW + 3630000, true);
}

static void setting_the_clock_shifts_the_whole_boot(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(1000, 30000, CLOCK_UNSET, 1);
    struct fact set = fact_at(NOW, 90000, CLOCK_STAFF, 1);
    (void)state;
    chrono_begin(&boot, &first, 0);
    set.kind = FACT_CLOCK_SET;
    assert_true(chrono_take_anchor(&boot, &set));
    assert_placed(&boot, 0, first, NOW - 60000, false);
    assert_placed(&boot, NOW - 60000, set, NOW, false);
}

static void a_less_trusted_clock_moves_nothing(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(NOW, 30000, CLOCK_SYNCED, 1);
    struct fact set = fact_at(NOW + DAY, 90000, CLOCK_STAFF, 1);
    (void)state;
    chrono_begin(&boot, &first, 0);
    set.kind = FACT_CLOCK_SET;
    assert_false(chrono_take_anchor(&boot, &set));
    set.trust = CLOCK_SYNCED;
    set.kind = FACT_TAP;
    assert_false(chrono_take_anchor(&boot, &set));
    assert_int_equal(boot.anchor_wall_ms, NOW);
}

static void time_never_runs_backwards_and_says_so_when_it_had_to_stop(void **state)
{
    struct chrono_boot boot;
    struct fact first = fact_at(NOW - 5000, 30000, CLOCK_SYNCED, 2);
    (void)state;
    chrono_begin(&boot, &first, NOW);
    assert_placed(&boot, NOW, first, NOW, true);
    assert_placed(&boot, NOW, fact_at(0, 34500, CLOCK_SYNCED, 2), NOW, false);
    assert_placed(&boot, NOW, fact_at(0, 36000, CLOCK_SYNCED, 2), NOW + 1000, false);
}

/* Another station may write anything: it is placed somewhere, and nothing overflows. */
static void clocks_out_of_all_bounds_overflow_nothing(void **state)
{
    static const int64_t wild[] = {INT64_MIN, -1, 0, FACT_TIME_MAX_MS, INT64_MAX};
    (void)state;
    for (int i = 0; i < 5 * 5 * 4; i++) {
        struct chrono_boot boots[3];
        struct fact facts[3];
        int64_t last_ms = 0;
        for (int j = 0; j < 3; j++) {
            facts[j] = fact_at(wild[(i + j) % 5], wild[(i / 5 + 2 * j) % 5],
                               (enum clock_trust)((i / 25 + j) % 4), (uint8_t)(j + 1));
            chrono_begin(&boots[j], &facts[j], 0);
            boots[j].last_mono_ms = facts[j].mono_ms;
        }
        chrono_settle(boots, 3);
        for (int j = 0; j < 3; j++) {
            chrono_place(&boots[j], last_ms, &facts[j]);
            assert_true(facts[j].effective_ms >= last_ms);
            assert_true(facts[j].effective_ms <= FACT_TIME_MAX_MS);
            last_ms = facts[j].effective_ms;
        }
    }
}

static void an_unvouched_boot_gives_way_as_far_as_it_must_and_the_next_needs(void **state)
{
    struct chrono_boot boots[3];
    struct fact first = fact_at(NOW + DAY, 1000, CLOCK_PLAUSIBLE, 1);
    struct fact second = fact_at(NOW + 2 * DAY, 2000, CLOCK_UNSET, 2);
    struct fact third = fact_at(NOW, 30000, CLOCK_SYNCED, 3);
    (void)state;
    chrono_begin(&boots[0], &first, NOW - DAY);
    chrono_begin(&boots[1], &second, 0);
    chrono_begin(&boots[2], &third, 0);
    boots[0].last_mono_ms = 61000;
    boots[1].last_mono_ms = 5000;
    chrono_settle(boots, 3); /* power at NOW - 30 s; five seconds for the second */
    assert_placed(&boots[0], NOW - DAY, first, NOW - 35000 - 60000, true);
    assert_int_equal(boots[1].floor_ms, NOW - 35000);
    assert_placed(&boots[1], NOW - 35000, second, NOW - 33000, true);
    assert_int_equal(boots[2].floor_ms, NOW - 30000);
    assert_placed(&boots[2], NOW - 30000, third, NOW, false);
}

static void of_two_clocks_as_good_none_gives_way(void **state)
{
    static const enum clock_trust trusts[] = {CLOCK_PLAUSIBLE, CLOCK_STAFF, CLOCK_SYNCED};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct chrono_boot boots[2];
        struct fact first = fact_at(NOW + DAY, 1000, trusts[i], 1);
        struct fact second = fact_at(NOW, 1000, trusts[i], 2);
        chrono_begin(&boots[0], &first, 0);
        chrono_begin(&boots[1], &second, 0);
        boots[0].last_mono_ms = boots[1].last_mono_ms = 1000;
        chrono_settle(boots, 2);
        assert_placed(&boots[0], 0, first, NOW + DAY, false);
        assert_int_equal(boots[1].floor_ms, NOW + DAY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_a_boot_only_the_monotonic_clock_counts),
        cmocka_unit_test(another_boot_id_is_another_boot),
        cmocka_unit_test(an_unset_clock_begins_its_uptime_after_the_last_fact),
        cmocka_unit_test(an_unset_clock_that_runs_ahead_is_followed_and_doubted),
        cmocka_unit_test(a_plausible_clock_that_went_back_is_no_better_than_an_unset_one),
        cmocka_unit_test(setting_the_clock_shifts_the_whole_boot),
        cmocka_unit_test(a_less_trusted_clock_moves_nothing),
        cmocka_unit_test(clocks_out_of_all_bounds_overflow_nothing),
        cmocka_unit_test(an_unvouched_boot_gives_way_as_far_as_it_must_and_the_next_needs),
        cmocka_unit_test(of_two_clocks_as_good_none_gives_way),
        cmocka_unit_test(time_never_runs_backwards_and_says_so_when_it_had_to_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
