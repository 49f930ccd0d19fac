/* What visits gave, row by row, as snapshots show it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/report.h"
#include "app/store/snapshot.h"
#include "tests/support/plan.h"

#define TODAY 20261121 /* of HOUSE_BEGIN_MS */

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

struct seen {
    int count, stop_after;
    int64_t seconds;
    struct snapshot_stint rows[8];
};

static enum rc see(void *context, const struct snapshot_stint *stint)
{
    struct seen *seen = context;
    seen->seconds += stint->stint.seconds;
    if (seen->count < 8)
        seen->rows[seen->count] = *stint;
    return ++seen->count == seen->stop_after ? RC_GONE : RC_OK;
}

static enum rc add_seconds(void *context, const struct snapshot_visit *visit)
{
    *(int64_t *)context += visit->visit.how_out == PRESENCE_OPEN ? 0 : visit->seconds;
    return RC_OK;
}

static enum rc look(struct house *house, int first_day, int last_day, struct seen *seen)
{
    struct snapshot *snapshot;
    assert_int_equal(snapshot_open(house->path, &snapshot, &house->reason), RC_OK);
    enum rc rc =
        snapshot_stints(snapshot, first_day, last_day, house_now(house).wall_ms, see, seen);
    snapshot_close(snapshot);
    return rc;
}

/* What visits.csv and hours.csv come to. */
static void assert_sums_agree(struct house *house)
{
    struct seen seen = {.count = 0};
    struct snapshot *snapshot;
    int64_t now_ms = house_now(house).wall_ms, seconds = 0;
    assert_int_equal(look(house, REPORT_FIRST_DAY, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(snapshot_open(house->path, &snapshot, &house->reason), RC_OK);
    assert_int_equal(snapshot_visits(snapshot, INT64_MIN, INT64_MAX, now_ms, add_seconds, &seconds),
                     RC_OK);
    snapshot_close(snapshot);
    assert_int_equal(seen.seconds, seconds);
}

static void a_visit_that_ended_has_a_row_for_what_it_gave(void **state)
{
    struct house *house = *state;
    struct seen seen = {.count = 0};
    house_tap(house, HOUSE_BILAL);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(look(house, REPORT_FIRST_DAY, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(seen.count, 0); /* nobody knows yet what it will be */
    house_tap(house, HOUSE_BILAL);
    assert_int_equal(look(house, TODAY, TODAY, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.rows[0].person.first_name, "Bilal");
    assert_int_equal(seen.rows[0].stint.seconds, 3600);
    assert_int_equal(seen.rows[0].kind, OCCASION_OPEN_DAY);
    assert_string_equal(seen.rows[0].title, "");
    assert_string_equal(seen.rows[0].organisation, "");
    assert_false(seen.rows[0].is_doubtful);
    assert_int_equal(look(house, TODAY + 1, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(look(house, REPORT_FIRST_DAY, 20261120, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_sums_agree(house);
}

static void a_visit_that_only_time_ended_gives_its_shift(void **state)
{
    struct house *house = *state;
    struct seen seen = {.count = 0}, stopped = {.stop_after = 1};
    struct shift_id of = plan_one(house, "Caisse", 0, 120, 3);
    int64_t from_ms = house_now(house).wall_ms;
    house_record(house, FACT_SIGN_UP, house->people[HOUSE_IS_ADA],
                 json_pack("{s:[I,I],s:i,s:s,s:I,s:I}", "occasion", (json_int_t)of.occasion.station,
                           (json_int_t)of.occasion.seq, "shift", of.number, "mission", "Caisse",
                           "from_ms", (json_int_t)from_ms, "to_ms",
                           (json_int_t)(from_ms + 2 * HOUSE_HOUR_MS)));
    house_wait(house, HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 10 * HOUSE_MINUTE_MS);
    assert_int_equal(look(house, TODAY, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(seen.count, 0);
    house_wait(house, 48 * HOUSE_HOUR_MS);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_int_equal(look(house, TODAY, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.rows[0].stint.mission, "Caisse");
    assert_true(seen.rows[0].stint.is_assumed);
    assert_int_equal(seen.rows[0].stint.seconds, 119 * 60);
    assert_int_equal(seen.rows[0].stint.of.number, of.number);
    assert_int_equal(seen.rows[0].kind, OCCASION_SHIFT);
    assert_string_equal(seen.rows[0].person.first_name, "Ada");
    assert_true(seen.rows[0].is_doubtful);
    assert_int_equal(look(house, TODAY, REPORT_LAST_DAY, &stopped), RC_GONE);
    assert_int_equal(stopped.count, 1);
    assert_int_equal(look(house, TODAY + 1, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_sums_agree(house);
}

static void what_an_erased_person_gave_has_no_name(void **state)
{
    struct house *house = *state;
    struct seen seen = {.count = 0};
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    house_record(house, FACT_TOMBSTONE, ada,
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)ada.station, (json_int_t)ada.seq,
                           (json_int_t)ada.seq));
    assert_int_equal(look(house, REPORT_FIRST_DAY, REPORT_LAST_DAY, &seen), RC_OK);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.rows[0].person.first_name, "");
    assert_true(fact_id_is_same(seen.rows[0].person.id, ada));
    assert_int_equal(seen.seconds, 3600);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_visit_that_ended_has_a_row_for_what_it_gave),
        TEST(a_visit_that_only_time_ended_gives_its_shift),
        TEST(what_an_erased_person_gave_has_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
