/* Facts by the million: appended first, folded once at the end. */
#include "app/store/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/domain/answer.h"
#include "tests/support/house.h"

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

static const struct fact_id nobody = {0, 0};

static void add(struct house *house, struct fact_id person, enum answer_kind answer)
{
    struct clock_reading now = house_now(house);
    journal_bulk_turn(house->journal, &now);
    assert_int_equal(journal_add(house->journal, FACT_PRESS, person, nobody,
                                 json_pack("{s:s}", "answer", answer_name(answer)), NULL),
                     RC_OK);
}

/* Three days of everybody in one commit, and an occasion. */
static void live(struct house *house)
{
    struct clock_reading now = house_now(house);
    assert_int_equal(journal_bulk_begin(house->journal), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(journal_add(house->journal, FACT_OCCASION_ADDED, nobody, nobody,
                                 json_pack("{s:s,s:s,s:I,s:I}", "kind", "drinks", "title", "Drinks",
                                           "from_ms", (json_int_t)now.wall_ms, "to_ms",
                                           (json_int_t)now.wall_ms + HOUSE_HOUR_MS),
                                 NULL),
                     RC_OK);
    for (int day = 0; day < 3; day++) {
        for (int i = 0; i < HOUSE_PEOPLE; i++)
            add(house, house->people[i], ANSWER_ARRIVAL);
        house_wait(house, 2 * HOUSE_HOUR_MS);
        for (int i = 0; i < HOUSE_PEOPLE; i++)
            add(house, house->people[i], ANSWER_DEPARTURE);
        house_wait(house, 22 * HOUSE_HOUR_MS);
    }
    assert_int_equal(journal_commit(house->journal), RC_OK);
    assert_int_equal(journal_checkpoint(house->journal), RC_OK);
}

static enum rc count(void *context, int64_t at, int64_t of)
{
    int64_t *told = context;
    *told = at;
    assert_true(at <= of);
    return RC_OK;
}

static enum rc give_up(void *context, int64_t at, int64_t of)
{
    (void)context, (void)at, (void)of;
    return RC_GONE;
}

static void expect_all(struct house *house)
{
    assert_true(house_holds(house));
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 9);
    assert_int_equal(house_number(house, "SELECT sum(seconds) FROM stint"), 9 * 7200);
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion"), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM badge"), HOUSE_PEOPLE);
    assert_int_equal(
        house_number(house, "SELECT count(*) FROM sqlite_schema WHERE name='fact_by_subject'"), 1);
}

static void rebuild(struct house *house)
{
    enum rc rc;
    while ((rc = journal_rebuild_some(house->journal)) == RC_OK)
        ;
    assert_int_equal(rc, RC_EMPTY);
}

static void facts_in_bulk_make_the_views_that_facts_one_by_one_make(void **state)
{
    struct house *house = *state;
    int64_t told = 0;
    const struct journal_watcher watcher = {count, &told};
    live(house);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_int_equal(journal_bulk_end(house->journal, &watcher), RC_OK);
    assert_int_equal(told, HOUSE_PEOPLE + 1);
    expect_all(house);
    assert_int_equal(house_number(house, "SELECT count(*) FROM sqlite_schema WHERE name LIKE"
                                         " '%\\_next' ESCAPE '\\'"),
                     0);
}

static void the_log_is_empty_behind_it(void **state)
{
    struct house *house = *state;
    char log[128];
    struct stat status;
    int64_t told;
    const struct journal_watcher watcher = {count, &told};
    live(house);
    snprintf(log, sizeof log, "%s-wal", house->path);
    assert_int_equal(stat(log, &status), 0);
    assert_true(status.st_size > 0);
    assert_int_equal(journal_bulk_end(house->journal, &watcher), RC_OK);
    assert_int_equal(stat(log, &status), 0);
    assert_int_equal(status.st_size, 0);
}

static void before_they_are_folded_they_are_known_not_to_hold(void **state)
{
    struct house *house = *state;
    live(house);
    struct verify_result result = house_verify(house);
    assert_true(result.differing > 0);
    assert_non_null(strstr(result.first, "views of another fold"));
    assert_int_equal(result.broken + result.misplaced, 0);
}

static void a_register_left_in_bulk_folds_itself_when_it_is_opened_again(void **state)
{
    struct house *house = *state;
    live(house);
    house_reopen(house);
    rebuild(house);
    expect_all(house);
}

static void a_fold_that_was_given_up_is_done_when_it_is_opened_again(void **state)
{
    struct house *house = *state;
    const struct journal_watcher watcher = {give_up, NULL};
    live(house);
    assert_int_equal(journal_bulk_end(house->journal, &watcher), RC_GONE);
    house_reopen(house);
    rebuild(house);
    expect_all(house);
}

static void after_it_taps_go_on_as_ever(void **state)
{
    struct house *house = *state;
    int64_t told;
    const struct journal_watcher watcher = {count, &told};
    live(house);
    assert_int_equal(journal_bulk_end(house->journal, &watcher), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    house_reopen(house);
    assert_int_equal(journal_rebuild_some(house->journal), RC_EMPTY);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 10);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(facts_in_bulk_make_the_views_that_facts_one_by_one_make),
        TEST(the_log_is_empty_behind_it),
        TEST(before_they_are_folded_they_are_known_not_to_hold),
        TEST(a_register_left_in_bulk_folds_itself_when_it_is_opened_again),
        TEST(a_fold_that_was_given_up_is_done_when_it_is_opened_again),
        TEST(after_it_taps_go_on_as_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
