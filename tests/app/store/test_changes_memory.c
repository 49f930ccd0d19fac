/* Without memory who takes out what is new is told so, and hears of nothing that is not so. */
#include "app/store/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/malloc_calls.h"
#include "tests/support/month.h"
#include "tests/support/random.h"

#define ROWS_MAX 64

/* The rows as they came, each as a number. */
struct heard {
    uint64_t rows[ROWS_MAX];
    int count;
};

static enum rc hear(struct heard *heard, enum changes_how how, struct fact_id id, int64_t what)
{
    const int64_t parts[] = {how, id.station, id.seq, what};
    assert_true(heard->count < ROWS_MAX);
    heard->rows[heard->count++] = hash_quick(parts, sizeof parts);
    return RC_OK;
}

static enum rc hear_person(void *context, enum changes_how how, const struct snapshot_person *row)
{
    return hear(context, how, row->person.id, row->badges);
}

static enum rc hear_visit(void *context, enum changes_how how, const struct snapshot_visit *row)
{
    return hear(context, how, row->visit.id, row->visit.left_ms);
}

static enum rc hear_stint(void *context, enum changes_how how, const struct snapshot_stint *row)
{
    return hear(context, how, row->stint.visit, row->stint.day);
}

static enum rc hear_newcomer(void *context, enum changes_how how,
                             const struct snapshot_newcomer *row)
{
    return hear(context, how, row->person.id, row->newcomer.began_ms);
}

/* In a snapshot of its own, whose memory SQLite keeps. */
static enum rc list(const struct month *month, const struct mark *since, long nth,
                    struct heard *out_heard, bool *out_has_failed)
{
    struct snapshot *snapshot;
    struct reason reason;
    const struct changes_hearer hearer = {out_heard, hear_person, hear_visit, hear_stint,
                                          hear_newcomer};
    out_heard->count = 0;
    assert_int_equal(snapshot_open(month->house->path, &snapshot, &reason), RC_OK);
    malloc_fail_at(nth);
    enum rc rc = changes_each(snapshot, since, month->now_ms, &hearer);
    *out_has_failed = malloc_end();
    snapshot_close(snapshot);
    return rc;
}

static void expect_all_or_a_failure(const struct month *month, const struct mark *since)
{
    static struct heard whole, some;
    struct random random = random_for_test("changes memory");
    bool has_failed = true;
    int failures = 0;
    assert_int_equal(list(month, since, 0, &whole, &has_failed), RC_OK);
    assert_true(whole.count > 3);
    /* One after the other, then at growing distances: SQLite asks thousands of times. */
    for (long nth = 1; nth == 1 || has_failed;
         nth += 1 + (long)random_below(&random, 1 + (unsigned)nth / 12)) {
        enum rc rc = list(month, since, nth, &some, &has_failed);
        assert_true(rc == RC_OK || (rc == RC_NO_MEMORY && has_failed));
        failures += rc != RC_OK;
        if (!rc)
            assert_int_equal(some.count, whole.count);
        assert_memory_equal(some.rows, whole.rows, (size_t)some.count * sizeof some.rows[0]);
    }
    assert_true(failures > 20);
}

static void whatever_allocation_fails_it_is_said_or_all_of_it_is_told(void **state)
{
    struct month month = month_open();
    struct mark none = {.at_ms = 0}, since;
    const struct office office = {.now = house_now(month.house)};
    struct mark upto;
    struct reason reason;
    (void)state;
    expect_all_or_a_failure(&month, &none);
    assert_int_equal(mark_here(journal_db(month.house->journal), office.now.wall_ms, &upto), RC_OK);
    assert_int_equal(mark_record(month.house->journal, &office, &upto, &reason), RC_OK);
    assert_int_equal(mark_get(journal_db(month.house->journal), &since), RC_OK);
    month_enter(month.house, month.ada, month_at(11, 12, 10, 0), month_at(11, 12, 12, 0));
    house_erase(month.house, month.dora);
    expect_all_or_a_failure(&month, &since);
    house_close(month.house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_allocation_fails_it_is_said_or_all_of_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
