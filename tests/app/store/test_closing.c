/* What becomes a sum is in it once, and what stays is as it was. */
#include "app/store/closing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/store/erase.h"
#include "app/store/lookup_deeds.h"
#include "tests/support/house.h"
#include "tests/support/random.h"

#define ROUNDS 40
#define MOVES 24

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

static struct fact_id ada_of(const struct house *house)
{
    return house->people[HOUSE_IS_ADA];
}

static int close_visits(struct house *house, struct fact_id person, const struct closing_rule *rule)
{
    const struct office office = {.now = house_now(house)};
    struct closing closing;
    struct totals sums = {.rows = NULL};
    struct stone stone = {.journal = house->journal, .office = &office};
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(closing_begin(house->journal, &office, person, rule, &closing), RC_OK);
    int count = closing.count;
    assert_int_equal(closing_write(&closing, &sums), RC_OK);
    enum rc rc = closing_bury(&closing, &stone);
    closing_finish(&closing);
    assert_int_equal(closing_write_house(house->journal, &office, &sums), RC_OK);
    assert_int_equal(stone_end(&stone, rc), RC_OK);
    totals_finish(&sums);
    assert_int_equal(journal_commit(house->journal), RC_OK);
    return count;
}

/* All visits of days before. */
static struct closing_rule of_all_kinds(int before_day, int64_t now_ms)
{
    struct closing_rule rule = {.before_day = before_day, .now_ms = now_ms};
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        rule.kinds[kind] = true;
    return rule;
}

static struct fact_id press(struct house *house, struct fact_id person, const char *answer,
                            enum occasion_kind kind)
{
    return house_record(house, FACT_PRESS, person,
                        json_pack("{s:s,s:s,s:s}", "answer", answer, "how", "staff", "kind",
                                  occasion_kind_name(kind)));
}

/* --- what stays --- */

static void move_by_chance(struct house *house, struct random *random)
{
    enum occasion_kind kind = (enum occasion_kind)random_below(random, 3);
    if (random_below(random, 6) == 0)
        house_record(house, FACT_GUESTS, ada_of(house),
                     json_pack("{s:i}", "adults", (int)random_below(random, 4)));
    else
        press(house, ada_of(house), random_below(random, 2) ? "arrival" : "departure", kind);
    /* Mostly at the same millisecond, as after a clock that went back. */
    if (random_below(random, 4) == 0)
        house_wait(house, 1 + random_below(random, 3 * HOUSE_HOUR_MS));
}

/* As they are shown: what the next arrival ended, time ended as well. */
static void expect_kept(const struct presence *before, const struct presence *after,
                        const struct closing_rule *rule)
{
    size_t at = 0;
    for (size_t i = 0; i < before->count; i++) {
        const struct visit was = presence_visit_at(&before->visits[i], rule->now_ms);
        if (rule->kinds[was.kind] && was.how_out != PRESENCE_OPEN)
            continue;
        assert_true(at < after->count);
        const struct visit is = presence_visit_at(&after->visits[at++], rule->now_ms);
        if (!fact_id_is_same(is.id, was.id) || is.kind != was.kind ||
            is.arrived_ms != was.arrived_ms || is.left_ms != was.left_ms ||
            is.how_out != was.how_out || is.guests != was.guests)
            fail_msg("visit %zu of %lld is another one", i, (long long)was.id.seq);
    }
    assert_int_equal(at, after->count);
}

static void visits_that_stay_are_as_they_were_at_the_same_millisecond_too(void **state)
{
    struct random random = random_for_test("closing, what stays");
    int gone = 0, kept = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct house *house = house_open();
        for (int i = 0; i < MOVES; i++)
            move_by_chance(house, &random);
        struct closing_rule rule = {.before_day = 99991231, .now_ms = house_now(house).wall_ms};
        for (int kind = 0; kind < 3; kind++)
            rule.kinds[kind] = random_below(&random, 2);
        rule.is_nobodys = random_below(&random, 2);
        struct presence before = house_visits(house, ada_of(house));
        gone += close_visits(house, ada_of(house), &rule);
        struct presence after = house_visits(house, ada_of(house));
        kept += (int)after.count;
        expect_kept(&before, &after, &rule);
        assert_true(house_holds(house));
        presence_finish(&before);
        presence_finish(&after);
        house_close(house);
    }
    assert_true(gone > ROUNDS && kept > ROUNDS);
}

/* --- what comes late --- */

static void visit(struct house *house, struct fact_id person)
{
    press(house, person, "arrival", OCCASION_SHIFT);
    house_wait(house, HOUSE_HOUR_MS);
    press(house, person, "departure", OCCASION_SHIFT);
}

static void tell(struct house *from, struct house *to)
{
    static struct house_fact facts[256];
    size_t count = house_facts(from, facts, 256);
    assert_int_equal(house_merge(to, facts, count), RC_OK);
}

static int64_t sum_of_visits(struct house *house)
{
    return house_number(house, "SELECT coalesce(sum(visits), 0) FROM total WHERE part=0");
}

static int64_t sum_of_seconds(struct house *house)
{
    return house_number(house, "SELECT coalesce(sum(seconds), 0) FROM total");
}

static void expect_one_more_of_three(struct house *house)
{
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    assert_int_equal(sum_of_visits(house), 2);
    assert_true(house_holds(house));
}

/* Ada came twice here, and in between at the back door, which was heard of two years later. */
static void a_visit_told_late_between_closed_ones_is_counted_once(void **state)
{
    struct house *front = *state, *back = house_open(), *third = house_open();
    struct fact_id ada = ada_of(front);
    tell(front, back);
    visit(front, ada);
    house_wait(back, 50 * HOUSE_HOUR_MS);
    visit(back, ada);
    house_wait(front, 100 * HOUSE_HOUR_MS);
    visit(front, ada);
    house_wait(front, 100 * HOUSE_HOUR_MS);
    struct closing_rule rule = of_all_kinds(99991231, house_now(front).wall_ms);
    assert_int_equal(close_visits(front, ada, &rule), 2);
    tell(back, front);
    tell(back, front);
    expect_one_more_of_three(front);
    tell(back, third);
    tell(front, third);
    expect_one_more_of_three(third);
    assert_int_equal(close_visits(front, ada, &rule), 1);
    assert_int_equal(close_visits(front, ada, &rule), 0);
    tell(back, front);
    tell(front, back);
    tell(front, third);
    struct house *const all[] = {front, back, third};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(house_number(all[i], "SELECT count(*) FROM visit"), 0);
        assert_int_equal(sum_of_visits(all[i]), 3);
        assert_int_equal(sum_of_seconds(all[i]), 3 * 3600);
        assert_true(house_holds(all[i]));
    }
    house_close(third);
    house_close(back);
}

/* --- what was given --- */

#define MONTHS 24

/* By month from November 2026 on, and by kind. */
struct gifts {
    int64_t counts[MONTHS][DEED_COUNT];
};

static enum rc take_gift(void *context, const struct lookup_gift *gift)
{
    struct gifts *gifts = context;
    int month = (gift->day / 10000 - 2026) * 12 + gift->day / 100 % 100 - 11;
    assert_true(month >= 0 && month < MONTHS);
    assert_int_equal(gift->is_sum, gift->day % 100 == 0);
    gifts->counts[month][gift->kind] += gift->count;
    return RC_OK;
}

static struct gifts gifts_of(struct house *house)
{
    struct gifts gifts = {{{0}}};
    assert_int_equal(lookup_gifts(journal_db(house->journal), 0, 99999999, take_gift, &gifts),
                     RC_OK);
    return gifts;
}

static void take_something(struct house *house, struct random *random, struct fact_id person)
{
    struct deed deed = {.kind = (enum deed_kind)random_below(random, DEED_COUNT)};
    struct fact_id fact = house_record(house, FACT_DEED, person, deed_to_json(&deed));
    if (random_below(random, 5) == 0)
        house_record(house, FACT_UNDO, person,
                     json_pack("{s:[I,I]}", "of", (json_int_t)fact.station, (json_int_t)fact.seq));
}

static void erase(struct house *house, struct fact_id person)
{
    const struct office office = {.now = house_now(house)};
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(erase_person(house->journal, &office, person), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

static void close_something(struct house *house, struct random *random, struct fact_id person)
{
    int64_t now_ms = house_now(house).wall_ms;
    int today = day_number(now_ms, DAY_END_DEFAULT_MIN);
    struct closing_rule rule =
        of_all_kinds(day_number_add(today, -(int)random_below(random, 60)), now_ms);
    rule.is_nobodys = random_below(random, 2);
    if (rule.is_nobodys)
        for (int kind = 0; kind < OCCASION_COUNT; kind++)
            rule.kinds[kind] = random_below(random, 2);
    if (random_below(random, 10) == 0)
        erase(house, person);
    else
        close_visits(house, person, &rule);
}

static void live_by_chance(struct house *house, struct random *random)
{
    struct fact_id person = house->people[random_below(random, HOUSE_PEOPLE)];
    unsigned what = random_below(random, 10);
    if (what < 3)
        press(house, person, what == 1 ? "arrival" : "departure",
              (enum occasion_kind)random_below(random, 3));
    else
        take_something(house, random, person);
    house_wait(house, random_below(random, 40) * HOUSE_HOUR_MS);
}

static void whatever_is_closed_as_much_was_given_as_before(void **state)
{
    struct random random = random_for_test("closing, gifts");
    int64_t summed = 0;
    (void)state;
    for (int round = 0; round < ROUNDS / 2; round++) {
        struct house *house = house_open();
        for (int i = 0; i < 60; i++) {
            live_by_chance(house, &random);
            if (random_below(&random, 6))
                continue;
            struct gifts before = gifts_of(house);
            close_something(house, &random, house->people[random_below(&random, HOUSE_PEOPLE)]);
            struct gifts after = gifts_of(house);
            assert_memory_equal(&before, &after, sizeof before);
        }
        summed += house_number(house, "SELECT count(*) FROM total, json_each('[' ||"
                                      " replace(deeds, ' ', ',') || ']') WHERE value>0");
        assert_true(house_holds(house));
        house_close(house);
    }
    assert_true(summed > ROUNDS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visits_that_stay_are_as_they_were_at_the_same_millisecond_too),
        TEST(a_visit_told_late_between_closed_ones_is_counted_once),
        cmocka_unit_test(whatever_is_closed_as_much_was_given_as_before),
    };
    return cmocka_run_group_tests_name("closing", tests, NULL, NULL);
}
