/* The tables of what changed since a mark, as they come from facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/exchange/register.h"
#include "tests/support/house.h"
#include "tests/support/ledger.h"

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

/* Where the journal ends now. */
static struct mark mark_of(struct house *house)
{
    struct mark mark;
    int64_t now_ms = house_now(house).wall_ms;
    assert_int_equal(mark_here(journal_db(house->journal), now_ms, &mark), RC_OK);
    return mark;
}

/* The table as text; free it. */
static char *changes(struct house *house, const struct mark *since, enum register_table table,
                     const struct privacy *privacy, int64_t *out_rows)
{
    static const uint8_t key[HASH_KEY_BYTES] = {1};
    struct ledger_text text = {.fails_after = -1};
    struct sink sink = ledger_sink(&text);
    struct register_source source = {.key = key,
                                     .privacy = privacy,
                                     .now_ms = house_now(house).wall_ms,
                                     .first_day = REPORT_FIRST_DAY,
                                     .last_day = REPORT_LAST_DAY,
                                     .since = since};
    assert_int_equal(snapshot_open(house->path, &source.snapshot, &house->reason), RC_OK);
    assert_int_equal(register_write(table, CSV_PROFILE_STRICT, &source, &sink, out_rows), RC_OK);
    snapshot_close(source.snapshot);
    return text.bytes;
}

static void expect(struct house *house, const struct mark *since, enum register_table table,
                   const struct privacy *privacy, int rows, const char *says)
{
    int64_t count;
    char *text = changes(house, since, table, privacy, &count);
    assert_int_equal(strncmp(text, "id,change,", 10), 0);
    if (count != rows || !strstr(text, says))
        fail_msg("%d rows and no '%s': %s", (int)count, says, text);
    free(text);
}

static void only_what_changed_has_a_row_that_says_how(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    struct mark since = mark_of(house);
    expect(house, &since, REGISTER_VISITS, NULL, 0, "");
    house_tap(house, HOUSE_ADA);
    expect(house, &since, REGISTER_VISITS, NULL, 1, ",changed,");
    expect(house, &since, REGISTER_HOURS, NULL, 1, ",new,");
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_CHLOE);
    house_add(house, "Dina", NULL);
    expect(house, &since, REGISTER_VISITS, NULL, 2, ",new,");
    expect(house, &since, REGISTER_PEOPLE, NULL, 1, ",new,,Dubois,Dina,");
    expect(house, &since, REGISTER_NEWCOMERS, NULL, 0, "");
}

static void what_is_gone_says_its_id_and_nothing_else(void **state)
{
    struct house *house = *state;
    char row[128];
    house_tap(house, HOUSE_ADA);
    struct presence presence = house_visits(house, house->people[HOUSE_IS_ADA]);
    struct fact_id visit = presence.visits[0].id;
    presence_finish(&presence);
    struct mark since = mark_of(house);
    house_record(house, FACT_CORRECTION, house->people[HOUSE_IS_ADA],
                 json_pack("{s:[I,I],s:b,s:s}", "visit", (json_int_t)visit.station,
                           (json_int_t)visit.seq, "is_void", 1, "reason", "never came"));
    snprintf(row, sizeof row, "\r\n%llx-%lld,gone,,,,,,,,,,,,,,,,,\r\n",
             (unsigned long long)visit.station, (long long)visit.seq);
    expect(house, &since, REGISTER_VISITS, NULL, 1, row);
}

static void what_is_counted_by_number_by_now_is_told_as_gone(void **state)
{
    struct house *house = *state;
    struct privacy privacy = {.count = {[OCCASION_OPEN_DAY] = PRIVACY_NUMBER}};
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    struct mark since = mark_of(house);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    expect(house, &since, REGISTER_VISITS, NULL, 2, "Bilal"); /* the control */
    expect(house, &since, REGISTER_VISITS, &privacy, 1, ",gone,,,,");
    expect(house, &since, REGISTER_HOURS, &privacy, 0, "");
}

/* The id behind the line's beginning, and whatever that is of. */
static void read_id(const char *text, char out_id[64])
{
    const char *line = strstr(text, "\r\n") + 2;
    snprintf(out_id, 64, "%.*s", (int)strcspn(line, ",."), line);
}

/*
 * What was taken out once is known again when it is gone, whatever kind that was, and by no id that
 * the journal has.
 */
static void in_a_house_that_hides_a_row_that_is_gone_has_the_id_it_had(void **state)
{
    static const struct mark never;
    struct house *house = *state;
    struct privacy privacy = {.count = {[OCCASION_OPEN_DAY] = PRIVACY_PSEUDONYM}};
    char was[64], is[64], fact[FACT_ID_BYTES];
    int64_t count;
    house_tap(house, HOUSE_ADA);
    struct presence presence = house_visits(house, house->people[HOUSE_IS_ADA]);
    fact_id_write(presence.visits[0].id, fact);
    presence_finish(&presence);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    char *first[REGISTER_TABLE_COUNT];
    for (int table = REGISTER_VISITS; table <= REGISTER_HOURS; table++) {
        first[table] = changes(house, &never, (enum register_table)table, &privacy, &count);
        assert_int_equal(count, 1);
    }
    struct mark since = mark_of(house);
    house_erase(house, house->people[HOUSE_IS_ADA]);
    for (int table = REGISTER_VISITS; table <= REGISTER_HOURS; table++) {
        char *text = changes(house, &since, (enum register_table)table, &privacy, &count);
        assert_non_null(strstr(text, ",gone,"));
        read_id(first[table], was);
        read_id(text, is);
        assert_string_equal(is, was);
        assert_null(strstr(text, fact));
        assert_null(strstr(first[table], fact));
        free(text);
        free(first[table]);
    }
    expect(house, &since, REGISTER_VISITS, NULL, 2, fact); /* the control */
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(only_what_changed_has_a_row_that_says_how),
        TEST(what_is_gone_says_its_id_and_nothing_else),
        TEST(what_is_counted_by_number_by_now_is_told_as_gone),
        TEST(in_a_house_that_hides_a_row_that_is_gone_has_the_id_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
