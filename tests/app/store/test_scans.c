/*
 * What a tap asks the register finds its rows by an index: however much there is, nothing is read
 * from its beginning to its end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "tests/support/plan.h"
#include "tests/support/porch.h"

#define PEOPLE 40

static struct {
    long statements, scanned;
    char worst[512];
} watched;

static int look(unsigned what, void *context, void *statement, void *elapsed)
{
    (void)what, (void)context, (void)elapsed;
    int rows = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    watched.statements++;
    watched.scanned += rows;
    if (rows)
        snprintf(watched.worst, sizeof watched.worst, "%d rows: %s", rows, sqlite3_sql(statement));
    return 0;
}

static int watch(sqlite3 *db, const char **error, const void *api)
{
    (void)error, (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, look, NULL);
}

static void watch_anew(void)
{
    watched.statements = watched.scanned = 0;
    watched.worst[0] = 0;
}

static void fill(struct house *house)
{
    for (int i = 0; i < PEOPLE; i++) {
        char badge[32];
        snprintf(badge, sizeof badge, "uid:04A1B2C3D401%02X", i);
        house_add(house, "Zoé", badge);
        house_tap(house, badge);
        house_wait(house, 2 * HOUSE_MINUTE_MS);
    }
}

static void no_statement_of_a_tap_reads_a_table_from_end_to_end(void **state)
{
    struct house *house = house_open();
    (void)state;
    fill(house);
    watch_anew();
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(house_undo(house, &answer), RC_OK);
    house_tap(house, HOUSE_NOBODY);
    house_press(house, house->people[HOUSE_IS_BILAL], ANSWER_ARRIVAL);
    if (watched.scanned)
        fail_msg("%s", watched.worst);
    assert_true(watched.statements > 20);
    house_close(house);
}

static void nor_does_one_of_a_newcomer_or_of_a_buddy(void **state)
{
    struct house *house = house_open();
    struct answer answer;
    struct fact_id first = {0, 0};
    (void)state;
    journal_set_guide(house->journal, porch_guide());
    fill(house);
    for (int i = 0; i < PEOPLE; i++) {
        first = porch_begin(house, "Noor");
        porch_buddy(house, first, house->people[HOUSE_IS_ADA], BUDDY_TAKEN);
        (void)plan_one(house, "Bar", i * 60, 60, 2);
    }
    house_wait(house, 160 * 24 * HOUSE_HOUR_MS);
    struct occasion session = plan_occasion(house, OCCASION_INFO, "Info", 60, 60);
    plan_put(house, &session);
    watch_anew();
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.away.count, PEOPLE);
    house_wait(house, 40 * 24 * HOUSE_HOUR_MS);
    session = plan_occasion(house, OCCASION_INFO, "Info", 60, 60);
    plan_put(house, &session);
    answer = house_press(house, first, ANSWER_ARRIVAL);
    assert_true(answer.steps_left > 0);
    assert_string_equal(answer.deepening, "Info");
    porch_step(house, first, GUIDE_WHY, NEWCOMER_DONE);
    porch_make_buddy(house, first);
    if (watched.scanned)
        fail_msg("%s", watched.worst);
    house_close(house);
}

/* The control. */
static void a_scan_is_seen(void **state)
{
    struct house *house = house_open();
    (void)state;
    fill(house);
    watch_anew();
    house_number(house, "SELECT count(*) FROM fact WHERE wall_ms>0");
    assert_true(watched.scanned >= PEOPLE);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_statement_of_a_tap_reads_a_table_from_end_to_end),
        cmocka_unit_test(nor_does_one_of_a_newcomer_or_of_a_buddy),
        cmocka_unit_test(a_scan_is_seen),
    };
    sqlite3_auto_extension((void (*)(void))watch);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
