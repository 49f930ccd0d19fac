#include "app/store/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

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

static struct snapshot_counts counts_of(struct snapshot *snapshot, int64_t now_ms)
{
    struct snapshot_counts counts;
    assert_int_equal(snapshot_counts(snapshot, now_ms, &counts), RC_OK);
    return counts;
}

static struct snapshot *open_one(struct house *house)
{
    struct snapshot *snapshot;
    assert_int_equal(snapshot_open(house->path, &snapshot, &house->reason), RC_OK);
    return snapshot;
}

static void a_snapshot_sees_its_moment_and_nothing_later(void **state)
{
    struct house *house = *state;
    int64_t now_ms = house_now(house).wall_ms;
    house_tap(house, HOUSE_ADA);
    struct snapshot *before = open_one(house);
    house_tap(house, HOUSE_BILAL);
    struct snapshot *after = open_one(house);
    assert_int_equal(counts_of(before, now_ms).here, 1);
    assert_int_equal(counts_of(after, now_ms).here, 2);
    assert_int_equal(counts_of(after, now_ms).facts, counts_of(before, now_ms).facts + 1);
    assert_int_equal(counts_of(after, now_ms).people, 3);
    snapshot_close(before);
    snapshot_close(after);
}

static void a_twin_sees_the_same_moment_or_there_is_none(void **state)
{
    struct house *house = *state;
    struct snapshot *twin, *late = NULL;
    house_tap(house, HOUSE_ADA);
    struct snapshot *one = open_one(house);
    assert_int_equal(snapshot_twin(one, &twin), RC_OK);
    house_tap(house, HOUSE_BILAL);
    assert_int_equal(counts_of(twin, house_now(house).wall_ms).here, 1);
    assert_int_equal(counts_of(one, house_now(house).wall_ms).here, 1);
    assert_int_equal(snapshot_twin(one, &late), RC_BUSY);
    assert_null(late);
    snapshot_close(twin);
    snapshot_close(one);
}

static void a_snapshot_that_stays_open_holds_nobody_up(void **state)
{
    struct house *house = *state;
    struct snapshot *snapshot = open_one(house);
    for (int i = 0; i < 20; i++) {
        house_wait(house, 2 * HOUSE_MINUTE_MS);
        house_tap(house, HOUSE_ADA);
        assert_int_equal(house->disk, RC_OK);
        assert_int_equal(journal_checkpoint(house->journal), RC_OK);
    }
    assert_int_equal(counts_of(snapshot, house_now(house).wall_ms).visits, 0);
    snapshot_close(snapshot);
}

struct seen {
    int count, stop_after;
    struct snapshot_visit last;
};

static enum rc see(void *context, const struct snapshot_visit *visit)
{
    struct seen *seen = context;
    seen->last = *visit;
    return ++seen->count == seen->stop_after ? RC_GONE : RC_OK;
}

static enum rc look(struct house *house, int64_t from_ms, int64_t to_ms, struct seen *seen)
{
    struct snapshot *snapshot = open_one(house);
    enum rc rc = snapshot_visits(snapshot, from_ms, to_ms, house_now(house).wall_ms, see, seen);
    snapshot_close(snapshot);
    return rc;
}

static void visits_come_by_arrival_and_within_the_times_asked_for(void **state)
{
    struct house *house = *state;
    int64_t begin_ms = house_now(house).wall_ms;
    struct seen all = {0}, first = {0}, stopped = {.stop_after = 1};
    house_tap(house, HOUSE_BILAL);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(look(house, INT64_MIN, INT64_MAX, &all), RC_OK);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.last.person.first_name, "Ada");
    assert_int_equal(all.last.visit.how_out, PRESENCE_OPEN);
    assert_int_equal(look(house, begin_ms, begin_ms + HOUSE_HOUR_MS, &first), RC_OK);
    assert_int_equal(first.count, 1);
    assert_string_equal(first.last.person.first_name, "Bilal");
    assert_int_equal(look(house, INT64_MIN, INT64_MAX, &stopped), RC_GONE);
    assert_int_equal(stopped.count, 1);
}

static void a_day_that_is_over_has_ended_the_visit_as_assumed(void **state)
{
    struct house *house = *state;
    struct seen seen = {0};
    house_tap(house, HOUSE_ADA);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    assert_int_equal(look(house, INT64_MIN, INT64_MAX, &seen), RC_OK);
    assert_int_equal(seen.last.visit.how_out, PRESENCE_ASSUMED);
    assert_int_equal(seen.last.visit.left_ms, seen.last.visit.closes_ms);
    assert_true(seen.last.visit.is_doubtful_out);
}

static void an_erased_persons_visits_have_no_name(void **state)
{
    struct house *house = *state;
    struct seen seen = {0};
    struct snapshot_counts counts;
    house_tap(house, HOUSE_ADA);
    struct snapshot *snapshot = open_one(house);
    counts = counts_of(snapshot, house_now(house).wall_ms);
    snapshot_close(snapshot);
    assert_int_equal(counts.people, 3);
    house_record(house, FACT_TOMBSTONE, house->people[HOUSE_IS_ADA],
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)house->people[HOUSE_IS_ADA].station,
                           (json_int_t)house->people[HOUSE_IS_ADA].seq,
                           (json_int_t)house->people[HOUSE_IS_ADA].seq));
    assert_int_equal(look(house, INT64_MIN, INT64_MAX, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.last.person.first_name, "");
}

static void what_is_not_there_is_said(void **state)
{
    struct reason reason = {.text = ""};
    struct snapshot *snapshot;
    (void)state;
    assert_int_equal(snapshot_open("/tmp/perron-nowhere/perron.db", &snapshot, &reason),
                     RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "perron.db is missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_snapshot_sees_its_moment_and_nothing_later, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_twin_sees_the_same_moment_or_there_is_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_snapshot_that_stays_open_holds_nobody_up, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(visits_come_by_arrival_and_within_the_times_asked_for,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_day_that_is_over_has_ended_the_visit_as_assumed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_erased_persons_visits_have_no_name, set_up, tear_down),
        cmocka_unit_test(what_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
