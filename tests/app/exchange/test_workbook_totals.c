/* Whatever was closed or erased: the workbook's hours come to those of the report, month by month.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/register_hours.h"
#include "app/exchange/workbook.h"
#include "app/store/erase.h"
#include "app/store/forget.h"
#include "tests/support/house.h"
#include "tests/support/plan.h"
#include "tests/support/random.h"

#define ROUNDS 12
#define MOVES 60
#define DAY_MS (24 * HOUSE_HOUR_MS)

/* --- sums of both --- */

#define MONTHS (12 * REGISTER_YEARS)

struct sums {
    int64_t months[MONTHS][2]; /* volunteers, staff */
    int64_t missions, summed;
};

static enum rc add_year(void *context, const struct register_year *year)
{
    struct sums *sums = context;
    for (int i = 0; i < 12; i++) {
        sums->months[(year->year - REGISTER_FIRST_YEAR) * 12 + i][year->is_staff] +=
            year->seconds[i];
        sums->summed += year->whose == REGISTER_SUMMED ? year->seconds[i] : 0;
    }
    return RC_OK;
}

static enum rc add_mission(void *context, const struct register_mission_year *mission)
{
    struct sums *sums = context;
    for (int i = 0; i < 12; i++)
        sums->missions += mission->seconds[i];
    return RC_OK;
}

static enum rc add_report(void *context, const struct report_row *row)
{
    struct sums *sums = context;
    int year, month;
    assert_int_equal(sscanf(row->label, "%d-%d", &year, &month), 2);
    int64_t *seconds = sums->months[(year - REGISTER_FIRST_YEAR) * 12 + month - 1];
    seconds[0] += row->volunteer_s;
    seconds[1] += row->staff_s;
    sums->missions += row->volunteer_s + row->staff_s;
    return RC_OK;
}

/* Returns what stands in it without a name. */
static int64_t expect_the_reports_sums(const struct register_source *source)
{
    static struct sums told, reported;
    int64_t summed;
    const struct register_hours_hearer hearer = {&told, add_year, add_mission};
    const struct report_span span = {.first_day = source->first_day,
                                     .last_day = source->last_day,
                                     .now_ms = source->now_ms,
                                     .organisation = source->organisation};
    told = reported = (struct sums){.missions = 0};
    assert_int_equal(register_each_hours(source, &hearer), RC_OK);
    assert_int_equal(
        report_hours(snapshot_db(source->snapshot), REPORT_BY_MONTH, &span, add_report, &reported),
        RC_OK);
    for (int i = 0; i < MONTHS; i++)
        for (int is_staff = 0; is_staff < 2; is_staff++)
            if (told.months[i][is_staff] != reported.months[i][is_staff])
                fail_msg("%d-%02d: %lld s in the workbook, %lld in the report",
                         REGISTER_FIRST_YEAR + i / 12, i % 12 + 1,
                         (long long)told.months[i][is_staff],
                         (long long)reported.months[i][is_staff]);
    assert_int_equal(told.missions, reported.missions);
    assert_int_equal(register_summed_seconds(source, &summed), RC_OK);
    assert_int_equal(summed, told.summed);
    return summed;
}

/* --- any house --- */

static struct register_source source_of(struct house *house, const struct privacy *privacy)
{
    static const uint8_t key[HASH_KEY_BYTES] = {1};
    struct register_source source = {.key = key,
                                     .privacy = privacy,
                                     .now_ms = house_now(house).wall_ms,
                                     .first_day = REPORT_FIRST_DAY,
                                     .last_day = REPORT_LAST_DAY};
    assert_int_equal(snapshot_open(house->path, &source.snapshot, &house->reason), RC_OK);
    return source;
}

static void press(struct house *house, struct random *random, struct fact_id person)
{
    enum occasion_kind kind = (enum occasion_kind)random_below(random, 3);
    house_record(house, FACT_PRESS, person,
                 json_pack("{s:s,s:s,s:s}", "answer",
                           random_below(random, 2) ? "arrival" : "departure", "how", "staff",
                           "kind", occasion_kind_name(kind)));
    if (random_below(random, 3) == 0)
        house_wait(house, 1 + random_below(random, 4 * HOUSE_HOUR_MS));
    if (random_below(random, 6) == 0)
        house_wait(house, random_below(random, 40) * DAY_MS);
}

static void forget(struct house *house, struct random *random, const struct privacy *privacy)
{
    const struct office office = {.now = house_now(house)};
    int count;
    bool is_clean;
    switch (random_below(random, 3)) {
    case 0:
        assert_int_equal(
            forget_old_visits(house->journal, &office, privacy, &count, &house->reason), RC_OK);
        break;
    case 1:
        assert_int_equal(
            forget_who_was_counted(house->journal, &office, privacy, &count, &house->reason),
            RC_OK);
        break;
    default: /* whoever is in is not erased */
        (void)!erase_by_office(house->journal, &office,
                               house->people[random_below(random, HOUSE_PEOPLE)], &is_clean,
                               &house->reason);
        break;
    }
}

static void any_house_in_any_days_comes_to_the_reports_sums(void **state)
{
    struct random random = random_for_test("test_workbook_totals");
    int64_t summed = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct house *house = house_open();
        struct privacy privacy = {.visit_months = 1};
        for (int kind = 0; kind < OCCASION_COUNT; kind++)
            privacy.count[kind] = (enum privacy_count)random_below(&random, 3);
        for (int move = 0; move < MOVES; move++)
            if (random_below(&random, 12) == 0)
                forget(house, &random, &privacy);
            else
                press(house, &random, house->people[random_below(&random, HOUSE_PEOPLE)]);
        struct register_source source = source_of(house, round % 4 ? &privacy : NULL);
        summed += expect_the_reports_sums(&source);
        for (int choice = 0; choice < 12; choice++) {
            source.first_day = 20261101 + (int)random_below(&random, 2) * 100 +
                               (int)random_below(&random, 2) * (int)random_below(&random, 28);
            source.last_day =
                20261201 + (int)random_below(&random, 8) * 100 + (int)random_below(&random, 31);
            source.organisation = choice % 3 ? (struct fact_id){0, 0} : REPORT_HOUSE;
            expect_the_reports_sums(&source);
        }
        snapshot_close(source.snapshot);
        house_close(house);
    }
    assert_true(summed > 0);
}

/* --- what stands in the file --- */

static bool has(const char *path, const char *sheet, const char *what)
{
    char command[256];
    snprintf(command, sizeof command, "unzip -p '%s' 'xl/worksheets/%s' | grep -qF '%s'", path,
             sheet, what);
    return system(command) == 0;
}

static void give_an_hour(struct house *house, const char *badge)
{
    house_tap(house, badge);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, badge);
    house_wait(house, HOUSE_MINUTE_MS);
}

static void who_was_erased_stands_without_a_name_and_counts_in_the_total(void **state)
{
    struct house *house = house_open();
    char path[128];
    bool is_clean;
    int64_t rows;
    (void)state;
    give_an_hour(house, HOUSE_ADA);
    give_an_hour(house, HOUSE_BILAL);
    const struct office office = {.now = house_now(house)};
    assert_int_equal(erase_by_office(house->journal, &office, house->people[HOUSE_IS_ADA],
                                     &is_clean, &house->reason),
                     RC_OK);
    house_tap(house, HOUSE_CHLOE);
    house_wait(house, 2 * HOUSE_HOUR_MS); /* she is in, and stays */
    struct register_source source = source_of(house, NULL);
    const struct workbook_about about = {.venue = "x", .period = "", .time_zone = ""};
    snprintf(path, sizeof path, "%s/" WORKBOOK_NAME, house->data);
    assert_int_equal(workbook_write(path, house->data, &source, &about, &rows, &house->reason),
                     RC_OK);
    snapshot_close(source.snapshot);
    assert_true(has(path, "sheet2.xml", "Without a name"));
    assert_true(has(path, "sheet3.xml", "Not known any more"));
    const char *const total = "<v>0.1666666666666667</v>"; /* four hours of a day */
    assert_true(has(path, "sheet2.xml", total));
    assert_true(has(path, "sheet3.xml", total));
    assert_true(has(path, "sheet5.xml", total));
    assert_false(has(path, "sheet5.xml", "<v>0.125</v>")); /* nobody is missing */
    assert_true(has(path, "sheet6.xml", "Without a name: what was closed"));
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_house_in_any_days_comes_to_the_reports_sums),
        cmocka_unit_test(who_was_erased_stands_without_a_name_and_counts_in_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
