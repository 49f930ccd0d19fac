/* Clocks that were wrong, and boots that give way to better ones: see chrono.h. */
#include "app/store/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/house.h"
#include "tests/support/random.h"

#define DAY_MS (24 * HOUSE_HOUR_MS)
#define FUTURE_MS INT64_C(2150000000000) /* 2038 */
#define NOW_MS(hours) (HOUSE_BEGIN_MS + (hours)*HOUSE_HOUR_MS)
#define OF_ANY_LENGTH (-1)
#define ADA(house) ((house)->people[HOUSE_IS_ADA])

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

/* In and, `ms` later, out again. */
static void visit(struct house *house, int64_t ms)
{
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    house_wait(house, ms);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    house_wait(house, 10 * HOUSE_MINUTE_MS);
}

static void set_clock(struct house *house, int64_t wall_ms, enum clock_trust trust)
{
    clock_turn(house->clock, wall_ms, trust);
    house_record(house, FACT_CLOCK_SET, (struct fact_id){0, 0}, json_object());
}

static void assert_visit(struct house *house, size_t at, int64_t arrived_ms, int64_t length_ms,
                         bool is_doubtful)
{
    struct presence presence = house_visits(house, ADA(house));
    assert_true(at < presence.count);
    struct visit visit = presence.visits[at];
    presence_finish(&presence);
    if (arrived_ms)
        assert_int_equal(visit.arrived_ms, arrived_ms);
    assert_int_equal(visit.left_ms - visit.arrived_ms, length_ms);
    assert_int_equal(visit.is_doubtful_in, is_doubtful);
    assert_int_equal(visit.is_doubtful_out, is_doubtful);
}

static void a_morning_in_2038_gives_way_to_a_clock_kept_by_a_server(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(24), CLOCK_SYNCED);
    visit(house, 2 * HOUSE_HOUR_MS);
    assert_visit(house, 0, 0, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, NOW_MS(24), 2 * HOUSE_HOUR_MS, false);
    struct presence presence = house_visits(house, ADA(house));
    assert_true(presence.visits[0].left_ms <= NOW_MS(24));
    assert_true(presence.visits[0].arrived_ms >= HOUSE_BEGIN_MS);
    presence_finish(&presence);
    assert_true(house_holds(house));
}

static void the_same_where_the_clock_is_only_set_later(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_UNSET);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, FUTURE_MS + DAY_MS, CLOCK_UNSET);
    visit(house, HOUSE_HOUR_MS);
    set_clock(house, NOW_MS(24), CLOCK_STAFF);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, 0, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, NOW_MS(24) - 70 * HOUSE_MINUTE_MS, HOUSE_HOUR_MS, false);
    assert_visit(house, 2, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

/* The control: where nobody says better, the boots stand as their clocks said. */
static void where_nobody_knows_better_the_future_stays_and_is_doubted(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_UNSET);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(24), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, FUTURE_MS, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, 0, HOUSE_HOUR_MS, true); /* behind it, with its length */
    assert_true(house_holds(house));
}

static void several_boots_give_way_in_their_order_with_their_lengths(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, 1000, CLOCK_UNSET);
    visit(house, 2 * HOUSE_HOUR_MS);
    house_reboot(house, FUTURE_MS + 9 * DAY_MS, CLOCK_PLAUSIBLE);
    visit(house, 3 * HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(48), CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    for (int i = 0; i < 3; i++)
        assert_visit(house, (size_t)i, 0, (i + 1) * HOUSE_HOUR_MS, true);
    assert_visit(house, 3, NOW_MS(48), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

static void what_fits_before_the_better_clock_stays(void **state)
{
    struct house *house = *state;
    house_reboot(house, NOW_MS(24), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, FUTURE_MS, CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(72), CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_visit(house, 1, 0, HOUSE_HOUR_MS, true);
    assert_visit(house, 2, NOW_MS(72), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

static void a_clock_a_little_fast_gives_way_by_that_little(void **state)
{
    struct house *house = *state;
    house_reboot(house, NOW_MS(24), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS); /* until 70 minutes after; the next boot had power 67 after */
    house_reboot(house, NOW_MS(24) + 67 * HOUSE_MINUTE_MS, CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, NOW_MS(24) - 3 * HOUSE_MINUTE_MS, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, NOW_MS(24) + 67 * HOUSE_MINUTE_MS, HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

static void what_staff_set_wrong_gives_way_to_a_server(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_STAFF);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(24), CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, 0, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

static void a_year_that_staff_mistyped_pulls_only_until_they_mend_it(void **state)
{
    struct house *house = *state;
    house_reboot(house, NOW_MS(24), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(48), CLOCK_PLAUSIBLE);
    set_clock(house, NOW_MS(24) - 365 * DAY_MS, CLOCK_STAFF);
    set_clock(house, NOW_MS(48), CLOCK_STAFF);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_visit(house, 1, NOW_MS(48), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

/* Kept by a server on Monday, so a slip of staff's on Tuesday pulls nothing before it. */
static void nothing_gives_way_to_a_clock_that_a_better_one_contradicts(void **state)
{
    struct house *house = *state;
    house_reboot(house, NOW_MS(24), CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(48), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(12), CLOCK_STAFF);
    house_tap(house, HOUSE_BILAL);
    assert_visit(house, 0, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_visit(house, 1, NOW_MS(48), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

/*
 * Staff's second clock says less than their first, so it is waited for and nothing gives way to it.
 * But it ran for ten hours before the third, and what lay before it has to be over by then.
 */
static void what_lay_before_a_long_boot_gives_way_to_the_clock_after_it(void **state)
{
    struct house *house = *state;
    house_reboot(house, NOW_MS(24), CLOCK_STAFF);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(30), CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(23), CLOCK_STAFF);
    visit(house, 10 * HOUSE_HOUR_MS);
    assert_visit(house, 1, NOW_MS(30), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
    house_reboot(house, NOW_MS(34), CLOCK_STAFF);
    visit(house, HOUSE_HOUR_MS);
    assert_visit(house, 0, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_visit(house, 1, NOW_MS(25) + 10 * HOUSE_MINUTE_MS, HOUSE_HOUR_MS, true);
    assert_visit(house, 3, NOW_MS(34), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

static void who_is_in_since_2038_leaves_by_their_next_tap(void **state)
{
    struct house *house = *state;
    house_reboot(house, FUTURE_MS, CLOCK_PLAUSIBLE);
    house_tap(house, HOUSE_ADA);
    house_reboot(house, NOW_MS(1), CLOCK_SYNCED);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

/* As a version without this rule left it: the last boot held at the end of the one in 2038. */
static void an_older_versions_times_are_settled_with_its_views(void **state)
{
    struct house *house = *state;
    char sql[512];
    house_reboot(house, FUTURE_MS, CLOCK_PLAUSIBLE);
    visit(house, HOUSE_HOUR_MS);
    house_reboot(house, NOW_MS(24), CLOCK_SYNCED);
    visit(house, HOUSE_HOUR_MS);
    house_stop(house);
    const int64_t held_ms = FUTURE_MS + HOUSE_HOUR_MS;
    snprintf(sql, sizeof sql,
             "UPDATE boot SET floor_ms=%lld WHERE first_seq=(SELECT max(first_seq) FROM boot);"
             "UPDATE fact SET effective_ms=anchor_wall_ms+mono_ms-anchor_mono_ms FROM boot b"
             " WHERE b.boot=fact.boot;"
             "UPDATE fact SET effective_ms=%lld WHERE trust=%d;"
             "UPDATE meta SET value='2' WHERE name='fold_version'",
             (long long)held_ms, (long long)held_ms, CLOCK_SYNCED);
    house_tamper(house, sql);
    house_reopen(house);
    while (journal_rebuild_some(house->journal) == RC_OK)
        ;
    assert_visit(house, 0, 0, HOUSE_HOUR_MS, true);
    assert_visit(house, 1, NOW_MS(24), HOUSE_HOUR_MS, false);
    assert_true(house_holds(house));
}

/* --- any clocks in any order --- */

struct weather {
    struct house *house;
    struct random random;
    int64_t true_ms; /* nobody knows it but us */
    int64_t lengths_ms[128];
    size_t count;
};

/* Vouched clocks are right; others say anything. */
static int64_t reading(struct weather *weather, enum clock_trust *out_trust)
{
    static const int64_t faults_ms[] = {0, -DAY_MS, HOUSE_HOUR_MS, -HOUSE_HOUR_MS, 9 * DAY_MS};
    *out_trust = (enum clock_trust)random_below(&weather->random, CLOCK_SYNCED + 1);
    if (*out_trust >= CLOCK_STAFF)
        return weather->true_ms;
    unsigned what = random_below(&weather->random, 7);
    return what == 5   ? (int64_t)random_below(&weather->random, 1000000)
           : what == 6 ? FUTURE_MS + random_below(&weather->random, 1000000)
                       : weather->true_ms + faults_ms[what];
}

static void wait(struct weather *weather, int64_t ms)
{
    house_wait(weather->house, ms);
    weather->true_ms += ms;
}

/* In and out; where the day ended between the two, whatever day that clock had, once more. */
static void stay(struct weather *weather, int64_t length_ms)
{
    assert_int_equal(house_tap(weather->house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    wait(weather, length_ms);
    if (house_tap(weather->house, HOUSE_ADA).kind == ANSWER_ARRIVAL_FORGOTTEN) {
        weather->lengths_ms[weather->count++] = OF_ANY_LENGTH;
        length_ms = 61000;
        wait(weather, length_ms);
        assert_int_equal(house_tap(weather->house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    }
    weather->lengths_ms[weather->count++] = length_ms;
    wait(weather, 61000);
}

static void live_a_boot(struct weather *weather)
{
    enum clock_trust trust;
    weather->true_ms += 3600000 + random_below(&weather->random, 100000000);
    int64_t wall_ms = reading(weather, &trust);
    house_reboot(weather->house, wall_ms, trust);
    for (unsigned i = random_below(&weather->random, 3); i-- > 0;) {
        int64_t length_ms = 61000 + random_below(&weather->random, 7000000);
        stay(weather, length_ms);
        wall_ms = reading(weather, &trust);
        if (random_below(&weather->random, 3) == 0)
            set_clock(weather->house, wall_ms, trust);
    }
}

/* Each visit is whole, and where the last boot's clock was vouched for, no time lies beyond it. */
static void whatever_clocks_say_lengths_stay_and_order_is_strict(void **state)
{
    static struct house_fact facts[512];
    struct weather weather = {.random = random_for_test("clock faults")};
    (void)state;
    for (int round = 0; round < 20; round++) {
        weather.house = house_open();
        weather.true_ms = HOUSE_BEGIN_MS;
        weather.count = 0;
        for (int i = 0; i < 12; i++) {
            live_a_boot(&weather);
            assert_true(house_holds(weather.house));
        }
        house_reboot(weather.house, weather.true_ms + DAY_MS, CLOCK_SYNCED);
        house_tap(weather.house, HOUSE_BILAL);
        assert_true(house_holds(weather.house));
        struct presence presence = house_visits(weather.house, ADA(weather.house));
        assert_int_equal(presence.count, weather.count);
        for (size_t i = 0; i < presence.count; i++) {
            const struct visit *visit = &presence.visits[i];
            if (weather.lengths_ms[i] != OF_ANY_LENGTH)
                assert_int_equal(visit->left_ms - visit->arrived_ms, weather.lengths_ms[i]);
            assert_true(visit->left_ms <= weather.true_ms + DAY_MS);
        }
        presence_finish(&presence);
        size_t count = house_facts(weather.house, facts, 512);
        for (size_t i = 1; i < count; i++)
            assert_true(facts[i].link.fact.effective_ms >= facts[i - 1].link.fact.effective_ms);
        struct house *other = house_open();
        for (size_t i = 0; i < count; i++)
            assert_int_equal(house_merge(other, &facts[i], 1), RC_OK);
        assert_true(house_holds(other));
        house_close(other);
        house_close(weather.house);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_morning_in_2038_gives_way_to_a_clock_kept_by_a_server),
        TEST(the_same_where_the_clock_is_only_set_later),
        TEST(where_nobody_knows_better_the_future_stays_and_is_doubted),
        TEST(several_boots_give_way_in_their_order_with_their_lengths),
        TEST(what_fits_before_the_better_clock_stays),
        TEST(a_clock_a_little_fast_gives_way_by_that_little),
        TEST(what_staff_set_wrong_gives_way_to_a_server),
        TEST(a_year_that_staff_mistyped_pulls_only_until_they_mend_it),
        TEST(nothing_gives_way_to_a_clock_that_a_better_one_contradicts),
        TEST(what_lay_before_a_long_boot_gives_way_to_the_clock_after_it),
        TEST(who_is_in_since_2038_leaves_by_their_next_tap),
        TEST(an_older_versions_times_are_settled_with_its_views),
        cmocka_unit_test(whatever_clocks_say_lengths_stay_and_order_is_strict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
