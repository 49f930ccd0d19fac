/* Hours that are added up are those of the rows of hours.csv: by person, by mission, by month. */
#include "app/exchange/register_hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/exchange/register_rows.h"
#include "tests/support/ledger.h"
#include "tests/support/plan.h"
#include "tests/support/random.h"

/* --- sums, once from the rows and once as they are told --- */

#define SUMS_MAX 4000

struct sum {
    char what[128]; /* "person 1001 2026 staff", "task Caisse 2026" */
    int64_t seconds[12];
};

struct sums {
    struct sum *list;
    int count;
    int64_t together;
};

static int64_t *find(struct sums *sums, const char *what)
{
    int at = 0;
    while (at < sums->count && strcmp(sums->list[at].what, what) != 0)
        at++;
    if (at == sums->count) {
        assert_true(sums->count < SUMS_MAX);
        snprintf(sums->list[sums->count++].what, sizeof sums->list[0].what, "%s", what);
    }
    return sums->list[at].seconds;
}

static void set_up_sums(struct sums *sums)
{
    *sums = (struct sums){.list = calloc(SUMS_MAX, sizeof(struct sum))};
    assert_non_null(sums->list);
}

/* --- from the rows --- */

struct rows {
    struct sums sums;
    int whose, number, day, as, mission, seconds; /* columns */
    bool are_missions_one; /* there are too many: all years of them count together */
};

static int column_of(const struct register_source *source, const char *heading)
{
    struct register_column columns[REGISTER_COLUMNS_MAX];
    int count = register_columns(REGISTER_HOURS, source, columns);
    for (int i = 0; i < count; i++)
        if (strcmp(columns[i].heading, heading) == 0)
            return i;
    fail_msg("hours.csv has no %s", heading);
    return -1;
}

static enum rc add_row(void *context, const struct register_cell *cells)
{
    struct rows *rows = context;
    char what[128];
    int year = (int)(cells[rows->day].number / 10000);
    int month = (int)(cells[rows->day].number / 100 % 100) - 1;
    int64_t seconds = cells[rows->seconds].number;
    const char *number = cells[rows->number].text, *whose = cells[rows->whose].text;
    if (cells[rows->seconds].is_empty)
        return RC_OK; /* gone */
    snprintf(what, sizeof what, "%s %d %s",
             !whose[0]   ? "erased"
             : number[0] ? number
                         : "unnamed",
             year, cells[rows->as].text);
    find(&rows->sums, what)[month] += seconds;
    snprintf(what, sizeof what, "task %s %d",
             rows->are_missions_one ? "" : cells[rows->mission].text, year);
    find(&rows->sums, what)[month] += seconds;
    rows->sums.together += seconds;
    return RC_OK;
}

/* --- as they are told --- */

struct told {
    struct sums sums;
    int years;
    bool are_missions_one, has_others;
    enum rc says;
    int after;
};

static void add_told(struct sums *sums, const char *what, const int64_t seconds[12], bool is_once)
{
    int before = sums->count;
    int64_t *sum = find(sums, what);
    if (is_once && sums->count == before)
        fail_msg("%s is told twice", what);
    for (int month = 0; month < 12; month++)
        sum[month] += seconds[month];
}

static enum rc add_year(void *context, const struct register_year *year)
{
    struct told *told = context;
    char what[128];
    const char *names[] = {year->person ? year->person->number : "", "unnamed", "erased"};
    if (year->whose == REGISTER_SUMMED) /* of what has no rows: test_workbook_totals */
        return RC_OK;
    assert_int_equal(year->person != NULL, year->whose == REGISTER_OF_ONE);
    snprintf(what, sizeof what, "%s %d %s", names[year->whose], year->year,
             year->is_staff ? "staff" : "volunteer");
    add_told(&told->sums, what, year->seconds, true);
    for (int month = 0; month < 12; month++)
        told->sums.together += year->seconds[month];
    return ++told->years == told->after ? told->says : RC_OK;
}

static enum rc add_mission(void *context, const struct register_mission_year *mission)
{
    struct told *told = context;
    char what[128];
    if (mission->what == REGISTER_SUMMED_MISSION)
        return RC_OK;
    told->has_others |= mission->what == REGISTER_OTHER_MISSIONS;
    snprintf(what, sizeof what, "task %s %d", told->are_missions_one ? "" : mission->mission,
             mission->year);
    add_told(&told->sums, what, mission->seconds, !told->are_missions_one);
    return RC_OK;
}

/* Returns how many rows of years there were. */
static int assert_sums_are_those_of_the_rows(const struct register_source *source, bool are_many)
{
    struct told told = {.are_missions_one = are_many};
    struct rows rows = {.whose = column_of(source, "person"),
                        .number = column_of(source, "number"),
                        .day = column_of(source, "day"),
                        .as = column_of(source, "as"),
                        .mission = column_of(source, "mission"),
                        .seconds = column_of(source, "duration"),
                        .are_missions_one = are_many};
    const struct register_hours_hearer hearer = {&told, add_year, add_mission};
    set_up_sums(&rows.sums);
    set_up_sums(&told.sums);
    assert_int_equal(register_each(REGISTER_HOURS, source, add_row, &rows), RC_OK);
    assert_int_equal(register_each_hours(source, &hearer), RC_OK);
    assert_int_equal(told.sums.together, rows.sums.together);
    assert_int_equal(told.sums.count, rows.sums.count);
    for (int i = 0; i < rows.sums.count; i++)
        if (memcmp(find(&told.sums, rows.sums.list[i].what), rows.sums.list[i].seconds,
                   sizeof rows.sums.list[i].seconds) != 0)
            fail_msg("%s: another sum", rows.sums.list[i].what);
    assert_int_equal(told.sums.count, rows.sums.count);
    assert_int_equal(told.has_others, are_many);
    free(rows.sums.list);
    free(told.sums.list);
    return told.years;
}

/* --- any register, any choice --- */

#define PEOPLE 12

static void fill(struct ledger *ledger, struct random *random, struct fact_id *organisations)
{
    static const char *const missions[] = {"", "Caisse", "Rayons", "Accueil"};
    struct fact_id people[PEOPLE], occasions[OCCASION_COUNT];
    for (int i = 0; i < PEOPLE; i++) {
        struct person person = {.first_name = "Zoé", .last_name = "de Ridder"};
        snprintf(person.number, sizeof person.number, "%d", 1001 + i);
        bool is_erased = random_below(random, 4) == 0;
        people[i] = is_erased ? (struct fact_id){LEDGER_STATION, 100000 + i}
                              : ledger_person(ledger, &person);
    }
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        occasions[kind] = ledger_occasion(ledger, (enum occasion_kind)kind, "x");
    organisations[0] = ledger_organisation(ledger, "A");
    organisations[1] = ledger_organisation(ledger, "B");
    for (int i = 0; i < 400; i++) {
        struct fact_id person = people[random_below(random, PEOPLE)];
        int day = (int)(2024 + random_below(random, 3)) * 10000 +
                  (int)(1 + random_below(random, 12)) * 100 + (int)(1 + random_below(random, 28));
        struct visit visit = {.day = day,
                              .arrived_ms = LEDGER_MS - i * INT64_C(1000),
                              .left_ms = LEDGER_MS,
                              .how_out = PRESENCE_TAP,
                              .kind = (enum occasion_kind)random_below(random, OCCASION_COUNT)};
        struct stint stint = {.visit = ledger_visit(ledger, person, &visit),
                              .day = day,
                              .is_staff = random_below(random, 3) == 0};
        for (unsigned parts = 1 + random_below(random, 3); parts > 0; parts--) {
            stint.seconds = 1 + random_below(random, 9000);
            snprintf(stint.mission, sizeof stint.mission, "%s", missions[random_below(random, 4)]);
            if (random_below(random, 2))
                stint.of =
                    (struct shift_id){occasions[random_below(random, OCCASION_COUNT)], (int)parts};
            if (random_below(random, 3) == 0)
                stint.organisation = organisations[random_below(random, 2)];
            ledger_stint(ledger, person, &stint);
        }
    }
}

static void any_choice_of_any_register_has_the_same_sums(void **state)
{
    struct random random = random_for_test("test_register_hours");
    int years = 0;
    (void)state;
    for (int trial = 0; trial < 6; trial++) {
        struct ledger *ledger = ledger_open();
        struct fact_id organisations[2];
        fill(ledger, &random, organisations);
        for (int choice = 0; choice < 6; choice++) {
            struct privacy privacy = privacy_default();
            struct register_source source = ledger_source(ledger);
            for (int kind = 0; choice && kind < OCCASION_COUNT; kind++)
                privacy.count[kind] = (enum privacy_count)random_below(&random, 3);
            source.privacy = &privacy;
            if (choice % 3 == 1)
                source.organisation = organisations[random_below(&random, 2)];
            if (choice % 3 == 2) {
                source.organisation = REPORT_HOUSE;
                source.first_day = 20240000 + (int)random_below(&random, 1231);
                source.last_day = source.first_day + (int)random_below(&random, 20000);
            }
            years += assert_sums_are_those_of_the_rows(&source, false);
        }
        ledger_close(ledger);
    }
    assert_true(years > 500);
}

static void further_missions_are_one_sum(void **state)
{
    struct ledger *ledger = ledger_open();
    const struct person zoe = {.number = "1001", .first_name = "Zoé"};
    struct fact_id person = ledger_person(ledger, &zoe);
    (void)state;
    for (int i = 0; i < REGISTER_MISSIONS_MAX + 7; i++) {
        struct visit visit = {
            .day = LEDGER_DAY, .arrived_ms = LEDGER_MS + i, .how_out = PRESENCE_TAP};
        struct stint stint = {.visit = ledger_visit(ledger, person, &visit),
                              .day = LEDGER_DAY - i % 2 * 10000,
                              .seconds = 60 + i};
        snprintf(stint.mission, sizeof stint.mission, "M%d", i);
        ledger_stint(ledger, person, &stint);
    }
    struct register_source source = ledger_source(ledger);
    assert_int_equal(assert_sums_are_those_of_the_rows(&source, true), 2);
    ledger_close(ledger);
}

static void what_a_hearer_says_ends_it(void **state)
{
    struct random random = random_for_test("test_register_hours");
    struct ledger *ledger = ledger_open();
    struct fact_id organisations[2];
    struct told told = {.says = RC_GONE, .after = 3};
    const struct register_hours_hearer hearer = {&told, add_year, add_mission};
    (void)state;
    fill(ledger, &random, organisations);
    struct register_source source = ledger_source(ledger);
    set_up_sums(&told.sums);
    assert_int_equal(register_each_hours(&source, &hearer), RC_GONE);
    assert_int_equal(told.years, 3);
    free(told.sums.list);
    ledger_close(ledger);
}

/* --- from facts --- */

static struct register_source source_of(struct house *house, const struct mark *since)
{
    static const uint8_t key[HASH_KEY_BYTES] = {1};
    struct register_source source = {.key = key,
                                     .now_ms = house_now(house).wall_ms,
                                     .first_day = REPORT_FIRST_DAY,
                                     .last_day = REPORT_LAST_DAY,
                                     .since = since};
    assert_int_equal(snapshot_open(house->path, &source.snapshot, &house->reason), RC_OK);
    return source;
}

static void expect_of(struct house *house, const struct mark *since, int years)
{
    struct register_source source = source_of(house, since);
    assert_int_equal(assert_sums_are_those_of_the_rows(&source, false), years);
    snapshot_close(source.snapshot);
}

static void give_an_hour(struct house *house, const char *badge)
{
    house_tap(house, badge);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, badge);
    house_wait(house, HOUSE_MINUTE_MS);
}

/* For somebody who has no experience, too. */
static void sign_up(struct house *house, struct fact_id person, struct shift_id of, int64_t from_ms)
{
    house_record(house, FACT_SIGN_UP, person,
                 json_pack("{s:[I,I],s:i,s:s,s:I,s:I}", "occasion", (json_int_t)of.occasion.station,
                           (json_int_t)of.occasion.seq, "shift", of.number, "mission", "Caisse",
                           "from_ms", (json_int_t)from_ms, "to_ms",
                           (json_int_t)(from_ms + 2 * HOUSE_HOUR_MS)));
}

static void visits_that_nobody_ended_and_what_is_new_count_as_in_the_rows(void **state)
{
    struct house *house = house_open();
    struct mark since;
    (void)state;
    json_t *number = json_pack("{s:s}", "number", "1001");
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA], number);
    number = json_pack("{s:s}", "number", "1002");
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_BILAL], number);
    number = json_pack("{s:s}", "number", "1003");
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_CHLOE], number);
    give_an_hour(house, HOUSE_ADA);
    give_an_hour(house, HOUSE_BILAL);
    expect_of(house, NULL, 2);
    assert_int_equal(mark_here(journal_db(house->journal), house_now(house).wall_ms, &since),
                     RC_OK);
    expect_of(house, &since, 0);
    struct shift_id of = plan_one(house, "Caisse", 10, 120, 3);
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        sign_up(house, house->people[i], of, house_now(house).wall_ms + 10 * HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_CHLOE);
    house_wait(house, 72 * HOUSE_HOUR_MS);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 3);
    expect_of(house, NULL, 3); /* each in the row of whom it is */
    expect_of(house, &since, 3);
    give_an_hour(house, HOUSE_ADA);
    expect_of(house, &since, 3);
    struct presence presence = house_visits(house, house->people[HOUSE_IS_BILAL]);
    struct fact_id first = presence.visits[0].id;
    presence_finish(&presence);
    house_record(house, FACT_CORRECTION, house->people[HOUSE_IS_BILAL],
                 json_pack("{s:[I,I],s:b,s:s}", "visit", (json_int_t)first.station,
                           (json_int_t)first.seq, "is_void", 1, "reason", "never came"));
    expect_of(house, NULL, 3);
    expect_of(house, &since, 3); /* what is gone counts as nothing */
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    house_record(house, FACT_TOMBSTONE, ada,
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)ada.station, (json_int_t)ada.seq,
                           (json_int_t)ada.seq));
    expect_of(house, NULL, 3);
    expect_of(house, &since, 3);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_choice_of_any_register_has_the_same_sums),
        cmocka_unit_test(further_missions_are_one_sum),
        cmocka_unit_test(what_a_hearer_says_ends_it),
        cmocka_unit_test(visits_that_nobody_ended_and_what_is_new_count_as_in_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
