#include "app/store/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "tests/support/month.h"

#define HOUR_S 3600
#define ROWS_MAX 32

static const struct fact_id none = {0, 0};

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

/* --- asking --- */

struct table {
    struct report_row rows[ROWS_MAX];
    int count;
};

static enum rc keep(void *context, const struct report_row *row)
{
    struct table *table = context;
    assert_true(table->count < ROWS_MAX);
    table->rows[table->count++] = *row;
    return RC_OK;
}

static struct report_span span_of(const struct month *month, int first_day, int last_day)
{
    return (struct report_span){.first_day = first_day,
                                .last_day = last_day,
                                .day_end_min = DAY_END_DEFAULT_MIN,
                                .now_ms = month->now_ms};
}

static struct report_span all_of(const struct month *month)
{
    return span_of(month, REPORT_FIRST_DAY, REPORT_LAST_DAY);
}

static struct table ask(const struct month *month, enum report_by by,
                        const struct report_span *span)
{
    struct snapshot *snapshot;
    struct table table = {.count = 0};
    assert_int_equal(snapshot_open(month->house->path, &snapshot, NULL), RC_OK);
    assert_int_equal(report_hours(snapshot_db(snapshot), by, span, keep, &table), RC_OK);
    snapshot_close(snapshot);
    return table;
}

static struct report_row total_of(const struct month *month, const struct report_span *span)
{
    struct snapshot *snapshot;
    struct report_row total;
    assert_int_equal(snapshot_open(month->house->path, &snapshot, NULL), RC_OK);
    assert_int_equal(report_hours_total(snapshot_db(snapshot), span, &total), RC_OK);
    snapshot_close(snapshot);
    return total;
}

static const struct report_row *row_of(const struct table *table, const char *label)
{
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].label, label) == 0)
            return &table->rows[i];
    fail_msg("no row '%s'", label);
    return NULL;
}

/* Volunteers', staff's, assumed seconds, visits, people. */
static void assert_row(const struct report_row *row, int64_t volunteer_s, int64_t staff_s,
                       int64_t assumed_s, int visits, int people)
{
    int64_t is[] = {row->volunteer_s, row->staff_s, row->assumed_s, row->visits, row->people};
    int64_t must[] = {volunteer_s, staff_s, assumed_s, visits, people};
    static const char *const names[] = {"volunteers", "staff", "assumed", "visits", "people"};
    for (size_t i = 0; i < sizeof is / sizeof is[0]; i++)
        if (is[i] != must[i])
            fail_msg("'%s', %s: %lld and not %lld", row->label, names[i], (long long)is[i],
                     (long long)must[i]);
}

#define MINUTES 60

/* --- the tests --- */

static void the_night_of_the_clock_change_has_nine_hours_and_one_day(void **state)
{
    const struct month *month = *state;
    struct report_span span = span_of(month, 20261024, 20261024);
    struct table table = ask(month, REPORT_BY_SHIFT, &span);
    assert_int_equal(table.count, 1);
    assert_row(row_of(&table, "Night watch"), 9 * HOUR_S, 0, 0, 1, 1);
    assert_int_equal(table.rows[0].from_ms, month_at(10, 24, 22, 0));
    span = span_of(month, 20261025, 20261025);
    assert_int_equal(ask(month, REPORT_BY_SHIFT, &span).count, 0);
}

static void a_night_belongs_to_the_month_it_began_in(void **state)
{
    const struct month *month = *state;
    struct report_span span = all_of(month);
    struct table table = ask(month, REPORT_BY_MONTH, &span);
    assert_int_equal(table.count, 2);
    assert_row(row_of(&table, "2026-10"), 9 * HOUR_S + 150 * MINUTES + 30 * MINUTES, 0, 0, 3, 3);
    /* Twice a forgotten departure with the shift (16 to 18) and ten minutes before it. */
    assert_row(row_of(&table, "2026-11"),
               30 * MINUTES + 2 * 130 * MINUTES + 15 * MINUTES + 45 * MINUTES, 8 * HOUR_S,
               2 * 130 * MINUTES, 7, 4);
}

static void the_last_day_of_a_month_and_its_bound_are_the_same(void **state)
{
    const struct month *month = *state;
    struct report_span days = span_of(month, 20261101, 20261130);
    struct report_span bound =
        span_of(month, day_first_of_month(20261115), day_last_of_month(20261115));
    struct report_row by_days = total_of(month, &days), by_bound = total_of(month, &bound);
    assert_row(&by_days, by_bound.volunteer_s, by_bound.staff_s, by_bound.assumed_s,
               (int)by_bound.visits, (int)by_bound.people);
    assert_int_equal(by_days.visits, 7);
}

static void hours_go_to_the_person_the_circle_the_mission_and_the_right_organisation(void **state)
{
    const struct month *month = *state;
    struct report_span span = all_of(month);
    struct table table = ask(month, REPORT_BY_PERSON, &span);
    assert_int_equal(table.count, 4);
    assert_row(row_of(&table, "Ada Dubois"), 9 * HOUR_S + 45 * MINUTES, 0, 0, 2, 1);
    assert_string_equal(row_of(&table, "Ada Dubois")->number, "1");
    assert_row(row_of(&table, "Bilal Dubois"), 280 * MINUTES, 0, 130 * MINUTES, 2, 1);
    assert_row(row_of(&table, "Dora Dubois"), 0, 8 * HOUR_S, 0, 2, 1);
    table = ask(month, REPORT_BY_CIRCLE, &span);
    assert_row(row_of(&table, "core"), 9 * HOUR_S + (45 + 60 + 130 + 15) * MINUTES, 0,
               130 * MINUTES, 6, 2);
    assert_row(row_of(&table, ""), 0, 8 * HOUR_S, 0, 2, 1);
    table = ask(month, REPORT_BY_MISSION, &span);
    assert_row(row_of(&table, "Shop"), 260 * MINUTES, 0, 260 * MINUTES, 2, 2);
    table = ask(month, REPORT_BY_ORGANISATION, &span);
    assert_int_equal(table.count, 3);
    assert_row(row_of(&table, "Vélo"), 9 * HOUR_S + 260 * MINUTES, 0, 260 * MINUTES, 3, 3);
    assert_row(row_of(&table, "Jardin"), 150 * MINUTES, 0, 0, 1, 1);
    table = ask(month, REPORT_BY_KIND, &span);
    assert_row(row_of(&table, "drinks"), 0, 0, 0, 1, 1);
    assert_row(row_of(&table, "shift"), 9 * HOUR_S + 260 * MINUTES, 0, 260 * MINUTES, 3, 3);
}

static void every_grouping_has_the_same_sum_and_it_is_the_total(void **state)
{
    const struct month *month = *state;
    static const int spans[][2] = {{REPORT_FIRST_DAY, REPORT_LAST_DAY},
                                   {20261001, 20261031},
                                   {20261101, 20261130},
                                   {20261121, 20261121},
                                   {20270101, 20270131}};
    for (size_t s = 0; s < 3 * sizeof spans / sizeof spans[0]; s++) {
        struct report_span span = span_of(month, spans[s / 3][0], spans[s / 3][1]);
        span.organisation = s % 3 == 1 ? month->velo : none;
        span.person = s % 3 == 2 ? month->chloe : none;
        struct report_row total = total_of(month, &span);
        for (int by = 0; by < REPORT_BYS; by++) {
            struct table table = ask(month, (enum report_by)by, &span);
            struct report_row sum = {.label = ""};
            for (int i = 0; i < table.count; i++) {
                sum.volunteer_s += table.rows[i].volunteer_s;
                sum.staff_s += table.rows[i].staff_s;
                sum.assumed_s += table.rows[i].assumed_s;
                sum.visits += table.rows[i].visits;
            }
            if (sum.volunteer_s != total.volunteer_s || sum.staff_s != total.staff_s ||
                sum.assumed_s != total.assumed_s || sum.visits != total.visits)
                fail_msg("by %s, span %zu: %lld s and not %lld", report_by_name(by), s,
                         (long long)sum.volunteer_s, (long long)total.volunteer_s);
        }
    }
}

static void the_total_is_what_the_views_have_and_what_is_open(void **state)
{
    const struct month *month = *state;
    struct report_span span = all_of(month);
    int64_t ended_s = house_number(month->house, "SELECT sum(seconds) FROM stint");
    struct report_row total = total_of(month, &span);
    assert_int_equal(total.volunteer_s + total.staff_s, ended_s + 45 * MINUTES + 130 * MINUTES);
    house_tamper(month->house, "UPDATE stint SET seconds=seconds+1 WHERE is_staff");
    assert_int_equal(total_of(month, &span).staff_s, total.staff_s + 1);
}

static void an_open_visit_grows_until_its_end_and_then_is_assumed(void **state)
{
    struct month *month = *state;
    struct report_span span = span_of(month, 20261123, 20261123);
    struct report_row total = total_of(month, &span);
    assert_row(&total, 60 * MINUTES, 0, 0, 2, 2);
    span.now_ms += HOUSE_HOUR_MS;
    total = total_of(month, &span);
    assert_row(&total, 120 * MINUTES, 0, 0, 2, 2);
    /* Nobody knows when it ended: it is a visit, and gave nothing that can be told. */
    span.now_ms += 48 * HOUSE_HOUR_MS;
    total = total_of(month, &span);
    assert_row(&total, 15 * MINUTES, 0, 0, 2, 2);
}

static void a_visit_that_gave_to_two_shifts_is_in_both_and_once_in_the_total(void **state)
{
    struct month *month = *state;
    struct house *house = month->house;
    int64_t noon = month_at(12, 1, 12, 0), later = noon + HOUSE_HOUR_MS,
            end = later + HOUSE_HOUR_MS;
    struct shift_id first = month_plan(house, "shift", "Till", noon, later, month->velo);
    struct shift_id second = month_plan(house, "shift", "Kitchen", later, end, month->jardin);
    month_sign_up(house, month->chloe, first, "Till", noon, later, month->velo);
    month_sign_up(house, month->chloe, second, "Kitchen", later, end, month->jardin);
    month_enter(house, month->chloe, noon, end);
    struct report_span span = span_of(month, 20261201, 20261201);
    struct table table = ask(month, REPORT_BY_SHIFT, &span);
    assert_int_equal(table.count, 2);
    assert_string_equal(table.rows[0].label, "Till");
    assert_row(&table.rows[0], HOUR_S, 0, 0, 1, 1);
    assert_row(&table.rows[1], HOUR_S, 0, 0, 1, 1);
    struct report_row total = total_of(month, &span);
    assert_row(&total, 2 * HOUR_S, 0, 0, 1, 1);
    span.organisation = month->jardin;
    total = total_of(month, &span);
    assert_row(&total, HOUR_S, 0, 0, 1, 1);
}

static struct report_totals figures(const struct month *month, const struct report_span *span)
{
    struct snapshot *snapshot;
    struct report_totals totals;
    assert_int_equal(snapshot_open(month->house->path, &snapshot, NULL), RC_OK);
    assert_int_equal(report_house(snapshot_db(snapshot), span, &totals), RC_OK);
    snapshot_close(snapshot);
    return totals;
}

static void the_house_is_told_in_figures(void **state)
{
    const struct month *month = *state;
    struct report_span span = span_of(month, 20261101, 20261130);
    struct report_totals totals = figures(month, &span);
    assert_row(&totals.hours, 350 * MINUTES, 8 * HOUR_S, 260 * MINUTES, 7, 4);
    assert_int_equal(totals.first_timers, 1); /* Dora: the others were here in October */
    assert_int_equal(totals.visits_of[OCCASION_DRINKS], 1);
    assert_int_equal(totals.visits_of[OCCASION_OPEN_DAY], 4);
    assert_int_equal(totals.visits_of[OCCASION_SHIFT], 2);
    assert_int_equal(totals.guests, 2);
    assert_int_equal(totals.children, 1);
    assert_int_equal(totals.sign_ups[SIGN_UP_CAME], 2);
    assert_int_equal(totals.sign_ups[SIGN_UP_DID_NOT_COME], 1);
    assert_int_equal(totals.sign_ups[SIGN_UP_EXPECTED], 1);
    assert_int_equal(totals.shifts_held, 1);
    assert_int_equal(totals.shifts_said[SHIFT_TOO_FEW], 1);
    span = span_of(month, 20261001, 20261031);
    totals = figures(month, &span);
    assert_int_equal(totals.first_timers, 3);
    assert_int_equal(totals.shifts_held, 1);
    assert_int_equal(totals.shifts_said[SHIFT_UNSAID], 1);
    span = all_of(month);
    span.organisation = month->jardin;
    totals = figures(month, &span);
    assert_int_equal(totals.hours.people, 1);
    assert_int_equal(totals.first_timers, 1);
    assert_int_equal(totals.shifts_held, 0);
    assert_int_equal(totals.sign_ups[SIGN_UP_EXPECTED], 1);
}

static void a_circle_is_the_one_that_the_person_has_today(void **state)
{
    struct month *month = *state;
    struct report_span span = all_of(month);
    house_record(month->house, FACT_PERSON_CHANGED, month->ada, json_pack("{s:s}", "circle", ""));
    struct table table = ask(month, REPORT_BY_CIRCLE, &span);
    assert_row(row_of(&table, "core"), 205 * MINUTES, 0, 130 * MINUTES, 4, 1);
    assert_int_equal(row_of(&table, "")->people, 2);
}

static void who_was_erased_keeps_their_hours_and_has_no_name(void **state)
{
    struct month *month = *state;
    struct report_span span = all_of(month);
    json_int_t station = month->dora.station, seq = month->dora.seq;
    house_record(month->house, FACT_TOMBSTONE, month->dora,
                 json_pack("{s:[[I,I,I]]}", "of", station, seq, seq));
    struct table table = ask(month, REPORT_BY_PERSON, &span);
    assert_int_equal(table.count, 4);
    assert_row(row_of(&table, ""), 0, 8 * HOUR_S, 0, 2, 1);
}

/* The hours are there, and under nobody's name; neither are they when one person is asked for. */
static void what_is_not_counted_by_name_is_under_none(void **state)
{
    struct month *month = *state;
    struct privacy privacy = privacy_default();
    struct report_span span = all_of(month);
    struct table named = ask(month, REPORT_BY_PERSON, &span);
    privacy.count[OCCASION_DRINKS] = PRIVACY_PSEUDONYM;
    span.privacy = &privacy;
    struct table table = ask(month, REPORT_BY_PERSON, &span);
    assert_int_equal(table.count, named.count + 1);
    const struct report_row *nameless = &table.rows[table.count - 1];
    assert_string_equal(nameless->label, "");
    assert_string_equal(nameless->number, "");
    assert_int_equal(nameless->visits, 1);
    assert_int_equal(nameless->count, PRIVACY_PSEUDONYM);
    assert_true(fact_id_is_same(nameless->person, month->dora));
    int64_t visits = 0;
    for (int i = 0; i < table.count; i++)
        visits += table.rows[i].visits;
    assert_int_equal(visits, total_of(month, &span).visits);
    span.person = month->dora;
    assert_int_equal(total_of(month, &span).visits, 1);
    span.privacy = NULL; /* for herself */
    assert_int_equal(total_of(month, &span).visits, 2);
}

static void who_is_counted_by_number_is_one_row_of_nobody(void **state)
{
    struct month *month = *state;
    struct privacy privacy = privacy_default();
    struct report_span span = all_of(month);
    struct report_row total = total_of(month, &span);
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        privacy.count[kind] = PRIVACY_NUMBER;
    span.privacy = &privacy;
    struct table table = ask(month, REPORT_BY_PERSON, &span);
    assert_int_equal(table.count, 1);
    assert_int_equal(table.rows[0].count, PRIVACY_NUMBER);
    assert_true(fact_id_is_none(table.rows[0].person));
    assert_string_equal(table.rows[0].label, "");
    assert_int_equal(table.rows[0].visits, total.visits);
    assert_int_equal(table.rows[0].volunteer_s, total.volunteer_s);
    assert_int_equal(table.rows[0].staff_s, total.staff_s);
}

/* The hours of a visit for nothing in particular go to the shift's kind, and under nobody's name.
 */
static void hours_are_counted_as_the_stricter_of_visit_and_shift(void **state)
{
    struct month *month = *state;
    struct privacy privacy = privacy_default();
    struct report_span span = all_of(month);
    int64_t shifts_s = 0, hidden_s = 0;
    struct table kinds = ask(month, REPORT_BY_KIND, &span);
    shifts_s = row_of(&kinds, "shift")->volunteer_s;
    assert_true(shifts_s > 0);
    privacy.count[OCCASION_SHIFT] = PRIVACY_NUMBER;
    span.privacy = &privacy;
    struct table table = ask(month, REPORT_BY_PERSON, &span);
    for (int i = 0; i < table.count; i++)
        if (table.rows[i].count == PRIVACY_NUMBER)
            hidden_s += table.rows[i].volunteer_s;
    assert_int_equal(hidden_s, shifts_s);
}

static void an_organisation_is_found_by_name_or_named_as_unknown(void **state)
{
    struct month *month = *state;
    struct db *db = journal_db(month->house->journal);
    struct fact_id found = none;
    struct reason reason = {""};
    assert_int_equal(report_find_organisation(db, "jardin", &found, &reason), RC_OK);
    assert_true(fact_id_is_same(found, month->jardin));
    assert_int_equal(report_find_organisation(db, "Moulin", &found, &reason), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "called Moulin here; known are Jardin, Vélo"));
    assert_true(fact_id_is_same(found, month->jardin));
}

static enum rc refuse(void *context, const struct report_row *row)
{
    (void)row;
    ++*(int *)context;
    return RC_FULL;
}

static void who_takes_rows_may_stop(void **state)
{
    struct month *month = *state;
    struct report_span span = all_of(month);
    int calls = 0;
    struct db *db = journal_db(month->house->journal);
    assert_int_equal(report_hours(db, REPORT_BY_PERSON, &span, refuse, &calls), RC_FULL);
    assert_int_equal(calls, 1);
}

static void names_of_groupings_are_read_back(void **state)
{
    (void)state;
    for (int by = 0; by < REPORT_BYS; by++)
        assert_int_equal(report_by_from_name(report_by_name((enum report_by)by)), by);
    assert_int_equal(report_by_from_name("week"), REPORT_BYS);
    assert_int_equal(report_by_from_name(""), REPORT_BYS);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_night_of_the_clock_change_has_nine_hours_and_one_day),
        TEST(a_night_belongs_to_the_month_it_began_in),
        TEST(the_last_day_of_a_month_and_its_bound_are_the_same),
        TEST(hours_go_to_the_person_the_circle_the_mission_and_the_right_organisation),
        TEST(every_grouping_has_the_same_sum_and_it_is_the_total),
        TEST(the_total_is_what_the_views_have_and_what_is_open),
        TEST(an_open_visit_grows_until_its_end_and_then_is_assumed),
        TEST(a_visit_that_gave_to_two_shifts_is_in_both_and_once_in_the_total),
        TEST(the_house_is_told_in_figures),
        TEST(a_circle_is_the_one_that_the_person_has_today),
        TEST(who_was_erased_keeps_their_hours_and_has_no_name),
        TEST(what_is_not_counted_by_name_is_under_none),
        TEST(who_is_counted_by_number_is_one_row_of_nobody),
        TEST(hours_are_counted_as_the_stricter_of_visit_and_shift),
        TEST(an_organisation_is_found_by_name_or_named_as_unknown),
        TEST(who_takes_rows_may_stop),
        TEST(names_of_groupings_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
