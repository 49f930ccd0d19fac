/* What a house does not want to know any more goes in time, and its figures stay. */
#include "app/store/forget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/report.h"
#include "tests/support/desk.h"
#include "tests/support/figures.h"
#include "tests/support/month.h"

#define DAY_MS (24 * HOUSE_HOUR_MS)

typedef enum rc (*forgets)(struct journal *journal, const struct office *office,
                           const struct privacy *privacy, int *out_count,
                           struct reason *out_reason);

static const struct fact_id nobody = {0, 0};

static int set_up(void **state)
{
    static struct month month;
    month = month_open();
    *state = &month;
    return 0;
}

static int tear_down(void **state)
{
    house_close(((struct month *)*state)->house);
    return 0;
}

static struct privacy keeps_all(void)
{
    return (struct privacy){.guest_days = 0};
}

static int forget(struct house *house, forgets act, const struct privacy *privacy)
{
    int count = -1;
    const struct office office = {.now = house_now(house)};
    assert_int_equal(act(house->journal, &office, privacy, &count, &house->reason), RC_OK);
    return count;
}

static void expect_same(const char *before, const char *after)
{
    if (strcmp(before, after) == 0)
        return;
    size_t at = 0;
    while (before[at] == after[at])
        at++;
    while (at > 0 && before[at - 1] != '\n')
        at--;
    fail_msg("figures differ:\n%.300s\nnow:\n%.300s", before + at, after + at);
}

/* ", 3 people" of each line. */
static void drop_people(char *figures)
{
    char *to = figures;
    for (const char *at = figures; *at; at++) {
        size_t digits = strncmp(at, ", ", 2) == 0 ? strspn(at + 2, "0123456789") : 0;
        if (digits && strncmp(at + 2 + digits, " people", 7) == 0)
            at += 2 + digits + 6;
        else
            *to++ = *at;
    }
    *to = 0;
}

/* In December, when everybody left November's visits. */
static int64_t go_to_december(struct month *month)
{
    house_reboot(month->house, month_at(12, 20, 12, 0), CLOCK_SYNCED);
    return house_now(month->house).wall_ms;
}

/* --- visits of long ago --- */

static void months_are_counted_back_over_the_turn_of_the_year(void **state)
{
    (void)state;
    assert_int_equal(forget_first_day_kept(20261126, 1), 20261001);
    assert_int_equal(forget_first_day_kept(20261126, 24), 20241101);
    assert_int_equal(forget_first_day_kept(20260131, 1), 20251201);
    assert_int_equal(forget_first_day_kept(20260131, 12), 20250101);
    assert_int_equal(forget_first_day_kept(20261231, 11), 20260101);
}

static void visits_of_long_ago_become_sums_and_no_figure_changes(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    int64_t now_ms = go_to_december(month);
    privacy.visit_months = 1;
    figures_write(house, now_ms, before);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE day<20261101"), 3);
    int64_t visits = house_number(house, "SELECT count(*) FROM visit");
    assert_int_equal(forget(house, forget_old_visits, &privacy), 3); /* people */
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE day<20261101"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), visits - 3);
    figures_write(house, now_ms, after);
    expect_same(before, after);
    assert_true(house_holds(house));
    assert_int_equal(forget(house, forget_old_visits, &privacy), 0);
    house_reopen(house);
    assert_true(house_holds(house));
}

/* Two months on all of the house's visits are of long ago. */
static void nothing_is_left_of_visits_when_all_are_of_long_ago(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    house_reboot(house, month_at(12, 20, 12, 0) + 60 * DAY_MS, CLOCK_SYNCED);
    int64_t now_ms = house_now(house).wall_ms;
    privacy.visit_months = 1;
    figures_write(house, now_ms, before);
    assert_int_equal(forget(house, forget_old_visits, &privacy), 4);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM stint"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM sign_up"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE body IS NOT NULL"
                                         " AND kind IN (9, 10, 21, 22, 23, 27, 29)"),
                     0);
    figures_write(house, now_ms, after);
    expect_same(before, after);
    assert_true(house_holds(house));
    /* Who comes again comes like anybody. */
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

/* More than one fact has room for: moments and sums of a hundred and eighty afternoons. */
static void what_is_much_is_closed_by_several_facts(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    static const char *const answers[] = {"arrival", "departure"};
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    go_to_december(month);
    for (int i = 0; i < 360; i++) {
        month_record(house, FACT_PRESS, month->bilal,
                     (struct fact_id){281474976710655, 90000 + i / 2},
                     json_pack("{s:s,s:s,s:s}", "answer", answers[i % 2], "how", "staff", "kind",
                               i / 2 % 2 ? "basket-pick-up" : "info-session"));
        house_wait(house, i % 2 ? 20 * HOUSE_HOUR_MS : HOUSE_HOUR_MS);
    }
    house_wait(house, 2 * DAY_MS);
    int64_t now_ms = house_now(house).wall_ms;
    privacy.count[OCCASION_BASKET] = PRIVACY_NUMBER;
    while (forget(house, forget_who_was_counted, &privacy))
        ;
    assert_true(house_number(house, "SELECT count(*) FROM fact WHERE kind=14") > 2);
    assert_int_equal(house_number(house, "SELECT sum(visits) FROM total WHERE kind=6"), 90);
    figures_write(house, now_ms, before); /* only that nobody has a circle any more */
    privacy = (struct privacy){.visit_months = 1};
    while (forget(house, forget_old_visits, &privacy))
        ;
    figures_write(house, now_ms, after);
    expect_same(before, after);
    assert_true(house_number(house, "SELECT max(length(body)) FROM fact WHERE kind=14") < 14000);
    assert_true(house_holds(house));
}

/* Without a visit, at the bar: no day later anybody knows whose it was. */
static void what_somebody_took_goes_also_without_a_visit(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    struct fact_id zoe = house_add(house, "Zoe", NULL);
    privacy.visit_months = 1;
    house_record(house, FACT_DEED, zoe, json_pack("{s:s}", "deed", "drink"));
    house_record(house, FACT_DEED, zoe, json_pack("{s:s,s:s}", "deed", "need", "text", "a ramp"));
    house_reboot(house, month_at(12, 20, 12, 0) + 60 * DAY_MS, CLOCK_SYNCED);
    while (forget(house, forget_old_visits, &privacy))
        ;
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=32 AND body IS NOT"
                                         " NULL"),
                     0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM total WHERE deeds='1 0 0 0'"), 1);
    assert_true(house_holds(house));
}

static void a_house_that_keeps_visits_keeps_them(void **state)
{
    struct month *month = *state;
    const struct privacy privacy = keeps_all();
    go_to_december(month);
    assert_int_equal(forget(month->house, forget_old_visits, &privacy), 0);
    assert_int_equal(forget(month->house, forget_who_was_counted, &privacy), 0);
    assert_int_equal(forget(month->house, forget_guest_names, &privacy), 0);
}

static void nothing_is_forgotten_by_a_clock_that_cannot_be_trusted(void **state)
{
    struct month *month = *state;
    struct privacy privacy = {.visit_months = 1, .guest_days = 1};
    privacy.count[OCCASION_OPEN_DAY] = PRIVACY_NUMBER;
    house_reboot(month->house, month_at(12, 20, 12, 0), CLOCK_UNSET);
    assert_int_equal(forget(month->house, forget_old_visits, &privacy), 0);
    assert_int_equal(forget(month->house, forget_who_was_counted, &privacy), 0);
    assert_int_equal(forget(month->house, forget_guest_names, &privacy), 0);
}

/* --- who was only counted --- */

static void who_was_counted_is_nobody_once_the_day_is_over(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    int64_t now_ms = go_to_december(month);
    privacy.count[OCCASION_DRINKS] = PRIVACY_NUMBER;
    figures_write(house, now_ms, before);
    assert_int_equal(forget(house, forget_who_was_counted, &privacy), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE kind=2"), 0);
    assert_int_equal(house_number(house, "SELECT sum(visits) FROM total WHERE seq<>1"), 0);
    assert_int_equal(house_number(house, "SELECT sum(visits) FROM total WHERE seq=1 AND kind=2"),
                     1);
    figures_write(house, now_ms, after);
    drop_people(before);
    drop_people(after);
    expect_same(before, after);
    /* Of whom nothing is known but that they were there, nobody says who they were. */
    struct report_span span = {
        .first_day = 20261130, .last_day = 20261130, .day_end_min = 240, .now_ms = now_ms};
    struct report_row total;
    assert_int_equal(report_hours_total(journal_db(house->journal), &span, &total), RC_OK);
    assert_int_equal(total.people, 0);
    assert_true(house_holds(house));
    assert_int_equal(forget(house, forget_who_was_counted, &privacy), 0);
}

static void who_is_in_is_not_touched_and_goes_the_day_after(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    go_to_december(month);
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        privacy.count[kind] = PRIVACY_NUMBER;
    while (forget(house, forget_who_was_counted, &privacy))
        ;
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_BILAL);
    assert_int_equal(forget(house, forget_who_was_counted, &privacy), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 2);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    assert_int_equal(forget(house, forget_who_was_counted, &privacy), 2);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_true(house_holds(house));
}

/* Nobody can say of a visit counted by number that it is somebody's first, before or after. */
static void a_first_visit_by_number_is_none_and_the_first_by_name_is_one(void **state)
{
    static const enum occasion_kind kinds[] = {OCCASION_OPEN_DAY, OCCASION_SHIFT, OCCASION_OPEN_DAY,
                                               OCCASION_SHIFT};
    static const int firsts[] = {0, 1, 1, 1};
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    go_to_december(month);
    struct fact_id eva = house_add(house, "Eva", NULL);
    privacy.count[OCCASION_OPEN_DAY] = PRIVACY_NUMBER;
    for (int i = 0; i < 4; i++) {
        struct report_totals totals;
        house_record(house, FACT_PRESS, eva,
                     json_pack("{s:s,s:s,s:s}", "answer", "arrival", "how", "staff", "kind",
                               occasion_kind_name(kinds[i])));
        house_wait(house, HOUSE_HOUR_MS);
        (void)house_press(house, eva, ANSWER_DEPARTURE);
        house_wait(house, DAY_MS);
        struct report_span span = {.first_day = 20261201,
                                   .last_day = 20261231,
                                   .day_end_min = 240,
                                   .now_ms = house_now(house).wall_ms,
                                   .privacy = &privacy};
        assert_int_equal(report_house(journal_db(house->journal), &span, &totals), RC_OK);
        assert_int_equal(totals.first_timers, firsts[i]);
        while (forget(house, forget_who_was_counted, &privacy))
            ;
        assert_int_equal(report_house(journal_db(house->journal), &span, &totals), RC_OK);
        assert_int_equal(totals.first_timers, firsts[i]);
        assert_int_equal(totals.hours.visits, i + 1);
    }
    assert_true(house_holds(house));
}

/* --- what guests were called --- */

static struct fact_id bring(struct house *house, struct fact_id person, const char *name)
{
    return house_record(house, FACT_GUESTS, person,
                        json_pack("{s:i,s:i,s:[s]}", "adults", 1, "children", 2, "names", name));
}

static int64_t count_names(struct house *house)
{
    return house_number(house, "SELECT count(*) FROM fact WHERE instr(body, 'Zebedee')>0");
}

static void names_of_guests_go_and_how_many_they_were_stays(void **state)
{
    static char before[FIGURES_BYTES], after[FIGURES_BYTES];
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    privacy.guest_days = 30;
    go_to_december(month);
    house_tap(house, HOUSE_BILAL);
    bring(house, month->bilal, "Zeb");
    bring(house, month->bilal, "Zebedee");
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, 29 * DAY_MS);
    assert_int_equal(forget(house, forget_guest_names, &privacy), 0); /* not yet */
    assert_int_equal(count_names(house), 1);
    house_wait(house, 2 * DAY_MS);
    figures_write(house, house_now(house).wall_ms, before);
    assert_int_equal(forget(house, forget_guest_names, &privacy), 1);
    assert_int_equal(count_names(house), 0);
    figures_write(house, house_now(house).wall_ms, after);
    expect_same(before, after);
    assert_int_equal(house_number(house, "SELECT sum(guests) FROM visit WHERE day>20261201"), 1);
    assert_int_equal(house_number(house, "SELECT sum(children) FROM visit WHERE day>20261201"), 2);
    assert_true(house_holds(house));
    assert_int_equal(forget(house, forget_guest_names, &privacy), 0);
}

static void a_guest_of_who_is_in_keeps_the_name(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    struct privacy privacy = keeps_all();
    privacy.guest_days = 1;
    go_to_december(month);
    int64_t from_ms = house_now(house).wall_ms, to_ms = from_ms + 60 * HOUSE_HOUR_MS;
    struct shift_id camp = month_plan(house, "workshop", "Camp", from_ms, to_ms, nobody);
    month_sign_up(house, month->bilal, camp, "Camp", from_ms, to_ms, nobody);
    house_tap(house, HOUSE_BILAL);
    bring(house, month->bilal, "Zebedee");
    house_wait(house, 2 * DAY_MS);
    (void)forget(house, forget_guest_names, &privacy);
    assert_int_equal(count_names(house), 1);
    house_wait(house, 3 * DAY_MS);
    (void)forget(house, forget_guest_names, &privacy);
    assert_int_equal(count_names(house), 0);
    assert_true(house_holds(house));
}

/* --- found by an index --- */

static void no_part_looks_through_all_of_the_house(void **state)
{
    static const char *const queries[] = {
        "SELECT DISTINCT +person_station, +person_seq FROM visit"
        " WHERE arrived_ms<1 AND day<1 AND (how_out<>0 OR closes_ms<=1)",
        "SELECT DISTINCT +person_station, +person_seq FROM deed WHERE day<1",
        "SELECT DISTINCT +person_station, +person_seq FROM visit"
        " WHERE kind=1 AND arrived_ms<1 AND day<1 AND (how_out<>0 OR closes_ms<=1)",
        "SELECT DISTINCT +subject_station, +subject_seq FROM fact WHERE"
        " kind = 21 AND instr(body, X'226E616D657322') > 0 AND effective_ms<1",
        "SELECT 1 FROM erased WHERE station=1 AND last>=5 AND +first<=5"};
    struct month *month = *state;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        struct sqlite3_stmt *rows = NULL;
        char sql[512], plan[256];
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", queries[i]);
        assert_int_equal(db_query_row(journal_db(month->house->journal), &rows, sql, ""), RC_OK);
        db_column_text(rows, 3, plan, sizeof plan);
        db_done(rows);
        bool is_by_index = strstr(plan, "visit_by_arrival") || strstr(plan, "deed_by_day") ||
                           strstr(plan, "visit_by_kind") || strstr(plan, "fact_with_guest_names") ||
                           strstr(plan, "erased_by_last");
        if (!strstr(plan, "SEARCH") || !is_by_index)
            fail_msg("query %zu: %s", i, plan);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(months_are_counted_back_over_the_turn_of_the_year),
        TEST(visits_of_long_ago_become_sums_and_no_figure_changes),
        TEST(nothing_is_left_of_visits_when_all_are_of_long_ago),
        TEST(what_is_much_is_closed_by_several_facts),
        TEST(what_somebody_took_goes_also_without_a_visit),
        TEST(a_house_that_keeps_visits_keeps_them),
        TEST(nothing_is_forgotten_by_a_clock_that_cannot_be_trusted),
        TEST(who_was_counted_is_nobody_once_the_day_is_over),
        TEST(who_is_in_is_not_touched_and_goes_the_day_after),
        TEST(a_first_visit_by_number_is_none_and_the_first_by_name_is_one),
        TEST(names_of_guests_go_and_how_many_they_were_stays),
        TEST(a_guest_of_who_is_in_keeps_the_name),
        TEST(no_part_looks_through_all_of_the_house),
    };
    return cmocka_run_group_tests_name("forget", tests, NULL, NULL);
}
