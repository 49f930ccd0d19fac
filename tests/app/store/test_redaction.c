/*
 * What became a number is nobody's: no row of the register is about who was there, no way leads
 * from a fact to them, and the chain holds all the same, where a tombstone says so and nowhere
 * else.
 */
#include "app/store/forget.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/house.h"
#include "tests/support/random.h"

#define FACTS_MAX 256
#define DAY_MS (24 * HOUSE_HOUR_MS)
#define ROWS_BYTES 65536

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

static struct fact_id ada_of(const struct house *house)
{
    return house->people[HOUSE_IS_ADA];
}

static void come(struct house *house, struct fact_id person, enum occasion_kind kind)
{
    house_record(house, FACT_PRESS, person,
                 json_pack("{s:s,s:s,s:s}", "answer", "arrival", "how", "staff", "kind",
                           occasion_kind_name(kind)));
    house_wait(house, HOUSE_HOUR_MS);
    house_record(house, FACT_GUESTS, person,
                 json_pack("{s:i,s:[s]}", "adults", 1, "names", "Zebedee"));
    house_record(house, FACT_PRESS, person,
                 json_pack("{s:s,s:s}", "answer", "departure", "how", "staff"));
}

static int forget(struct house *house, int months)
{
    struct privacy privacy = {.visit_months = months};
    const struct office office = {.now = house_now(house)};
    int count = 1, all = 0;
    privacy.count[OCCASION_DRINKS] = privacy.count[OCCASION_BASKET] = PRIVACY_NUMBER;
    while (count) {
        assert_int_equal((months ? forget_old_visits : forget_who_was_counted)(
                             house->journal, &office, &privacy, &count, &house->reason),
                         RC_OK);
        all += count;
    }
    return all;
}

/* Ada and Bilal at drinks, Chloé at a shift; then the day is over. */
static void live_an_evening(struct house *house)
{
    come(house, ada_of(house), OCCASION_DRINKS);
    come(house, house->people[HOUSE_IS_BILAL], OCCASION_DRINKS);
    come(house, house->people[HOUSE_IS_CHLOE], OCCASION_SHIFT);
    house_wait(house, 2 * DAY_MS);
}

/* --- who was there --- */

static void write_column(struct sqlite3_stmt *rows, int at, FILE *out)
{
    const unsigned char *bytes = sqlite3_column_blob(rows, at);
    int count = sqlite3_column_bytes(rows, at);
    if (sqlite3_column_type(rows, at) != SQLITE_BLOB || (count && *bytes == '{'))
        fprintf(out, "%.*s|", count, bytes ? (const char *)bytes : "");
    else
        for (int i = 0; i < count; i++)
            fprintf(out, "%02x%s", bytes[i], i + 1 < count ? "" : "|");
}

static void write_rows(struct db *db, const char *table, struct fact_id person, FILE *out)
{
    char sql[8192], column[64], list[64];
    struct sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    snprintf(column, sizeof column, "|%lld|%lld|", (long long)person.station,
             (long long)person.seq);
    snprintf(list, sizeof list, "[%lld,%lld]", (long long)person.station, (long long)person.seq);
    enum rc rc = db_query(db, &rows, sql, "");
    while (!rc && !(rc = db_step(db, rows))) {
        static char row[ROWS_BYTES];
        FILE *line = fmemopen(row, sizeof row, "w");
        fputc('|', line);
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            write_column(rows, i, line);
        assert_int_equal(fclose(line), 0);
        if (strstr(row, column) || strstr(row, list))
            fprintf(out, "%s: %s\n", table, row);
    }
    db_done(rows);
    assert_int_equal(rc, RC_EMPTY);
}

/* All rows of all tables that have the person in them. */
static void write_all_of(struct house *house, struct fact_id person, char out_text[ROWS_BYTES])
{
    struct db *db = journal_db(house->journal);
    char tables[64][64];
    int count = 0;
    struct sqlite3_stmt *rows = NULL;
    FILE *out = fmemopen(out_text, ROWS_BYTES, "w");
    enum rc rc = db_query(db, &rows, "SELECT name FROM sqlite_schema WHERE type='table'", "");
    while (!rc && !(rc = db_step(db, rows))) {
        assert_true(count < 64);
        db_column_text(rows, 0, tables[count++], sizeof tables[0]);
    }
    db_done(rows);
    for (int i = 0; i < count; i++)
        write_rows(db, tables[i], person, out);
    assert_int_equal(fclose(out), 0);
}

/*
 * Whoever has the register tries everybody as the one whom a fact is about, with a hash of its
 * body: the one that makes the link of the chain come out right was there.
 */
static struct fact_id find_who(struct house *house, const struct house_fact *of,
                               const struct house_fact *before, const uint8_t *body_hash)
{
    for (int i = 0; i < HOUSE_PEOPLE; i++) {
        uint8_t hash[HASH_BYTES];
        struct fact fact = of->link.fact;
        fact.subject = house->people[i];
        fact_hash(&fact, before->link.hash, body_hash, hash);
        if (memcmp(hash, of->link.hash, HASH_BYTES) == 0)
            return fact.subject;
    }
    return (struct fact_id){0, 0};
}

static void what_the_register_has_of_somebody_is_as_if_they_had_not_come(void **state)
{
    static char before[ROWS_BYTES], during[ROWS_BYTES], after[ROWS_BYTES];
    static const int months_of[] = {0, 24};
    struct house *house = *state;
    for (size_t i = 0; i < 2; i++) {
        struct fact_id ada = ada_of(house);
        write_all_of(house, ada, before);
        live_an_evening(house);
        write_all_of(house, ada, during);
        assert_string_not_equal(before, during); /* or nothing would be found in any case */
        if (months_of[i])
            house_wait(house, 26 * 31 * DAY_MS);
        assert_true(forget(house, months_of[i]) > 0);
        write_all_of(house, ada, after);
        if (months_of[i]) { /* but for their sums */
            assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=10 AND"
                                                 " subject_seq>0"),
                             0);
            assert_non_null(strstr(after, "\"visits\":1"));
        } else {
            assert_string_equal(before, after);
        }
        assert_true(house_holds(house));
    }
}

/* Whose it was did not come. */
static void a_basket_that_somebody_else_fetched_names_neither(void **state)
{
    static char before[2][ROWS_BYTES], after[2][ROWS_BYTES];
    struct house *house = *state;
    const struct fact_id both[] = {ada_of(house), house->people[HOUSE_IS_BILAL]};
    int64_t from_ms = house_now(house).wall_ms, to_ms = from_ms + 3 * HOUSE_HOUR_MS;
    struct deed deed = {.kind = DEED_BASKET, .other = both[1], .text = "large"};
    deed.occasion =
        house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                     json_pack("{s:s,s:s,s:I,s:I}", "kind", "basket-pick-up", "title", "Baskets",
                               "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms));
    for (int i = 0; i < 2; i++)
        write_all_of(house, both[i], before[i]);
    come(house, both[1], OCCASION_BASKET);
    house_record(house, FACT_DEED, both[0], deed_to_json(&deed));
    house_wait(house, 2 * DAY_MS);
    assert_int_equal(forget(house, 0), 2);
    for (int i = 0; i < 2; i++) {
        write_all_of(house, both[i], after[i]);
        assert_string_equal(before[i], after[i]);
    }
    assert_int_equal(house_number(house, "SELECT sum(value) FROM total, json_each('[' ||"
                                         " replace(deeds, ' ', ',') || ']')"),
                     1);
    assert_true(house_holds(house));
}

static void whoever_tries_everybody_finds_nobody(void **state)
{
    static struct house_fact before[FACTS_MAX], after[FACTS_MAX];
    struct house *house = *state;
    int found = 0, hidden = 0;
    live_an_evening(house);
    size_t count = house_facts(house, before, FACTS_MAX);
    forget(house, 0);
    assert_true(house_facts(house, after, FACTS_MAX) > count);
    for (size_t i = 1; i < count; i++) {
        if (!after[i].link.is_redacted)
            continue;
        hidden++;
        assert_true(fact_id_is_none(after[i].link.fact.subject));
        for (size_t j = 0; j < count; j++)
            if (!after[j].link.is_redacted)
                assert_true(fact_id_is_none(
                    find_who(house, &after[i], &after[i - 1], after[j].link.body_hash)));
        /* The control: by the hash that went with the subject they are found. */
        found +=
            fact_id_is_same(before[i].link.fact.subject,
                            find_who(house, &after[i], &after[i - 1], before[i].link.body_hash));
    }
    assert_int_equal(hidden, 6);
    assert_int_equal(found, hidden);
}

/* One for all of a night, or each would be a list of what one person did. */
static void tombstones_and_sums_of_a_night_name_nobody(void **state)
{
    struct house *house = *state;
    live_an_evening(house);
    house_record(house, FACT_CLOCK_SET, (struct fact_id){0, 0}, json_pack("{s:s}", "by", "staff"));
    int64_t upto = house_number(house, "SELECT max(seq) FROM fact");
    char sql[160];
    forget(house, 0);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM fact WHERE seq>%lld AND subject_seq>1",
             (long long)upto);
    assert_int_equal(house_number(house, sql), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=15"), 1);
    assert_int_equal(house_number(house, "SELECT sum(visits) FROM total"), 2);
    assert_int_equal(house_number(house, "SELECT sum(guests) FROM total"), 2);
}

/* --- the chain --- */

static void facts_lose_whom_they_are_about_only_under_a_tombstone(void **state)
{
#define REDACTS                                                                                    \
    "UPDATE fact SET salt=NULL, body=NULL, body_hash=zeroblob(16), subject_station=0, "            \
    "subject_seq=0,"                                                                               \
    " organisation_station=0, organisation_seq=0 WHERE "
    static const char *const tamperings[] = {
        REDACTS "kind=10 AND subject_seq>0",
        REDACTS "seq=3",
        REDACTS "seq=1",
        /* under a tombstone, but not as it says */
        "UPDATE fact SET subject_station=station, subject_seq=3 WHERE length(body_hash)=16",
        "UPDATE fact SET organisation_seq=3 WHERE length(body_hash)=16",
        "UPDATE fact SET body_hash=zeroblob(32) WHERE length(body_hash)=16",
        "UPDATE fact SET body=cast('{}' AS BLOB), salt=zeroblob(16) WHERE length(body_hash)=16",
        "UPDATE fact SET hash=zeroblob(32) WHERE length(body_hash)=16",
        "UPDATE fact SET wall_ms=wall_ms+1 WHERE length(body_hash)=16",
        "UPDATE fact SET kind=22 WHERE length(body_hash)=16",
        /* a tombstone for which it is too much */
        "DELETE FROM fact WHERE kind=15 AND seq=(SELECT max(seq) FROM fact)",
        "UPDATE fact SET subject_station=station, subject_seq=3 WHERE kind=15",
    };
    (void)state;
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        struct house *house = house_open();
        live_an_evening(house);
        forget(house, 0);
        assert_true(house_holds(house));
        house_tamper(house, tamperings[i]);
        struct verify_result result = house_verify(house);
        if (!result.broken)
            fail_msg("not found: %s", tamperings[i]);
        house_close(house);
    }
}

#define STATION 4711
#define OTHERS 40 /* facts of another station, before its tombstones */
#define STONES 3

/* The next fact of a station that may write anything. */
static void say(struct house *house, int64_t *seq, enum fact_kind kind, char *body,
                bool is_redacted)
{
    static uint8_t previous[HASH_BYTES];
    struct clock_reading now = house_now(house);
    struct chain_link link = {.fact = {.id = {STATION, ++*seq},
                                       .wall_ms = now.wall_ms,
                                       .mono_ms = *seq,
                                       .boot = "another",
                                       .trust = CLOCK_SYNCED,
                                       .kind = kind,
                                       .body = body,
                                       .body_length = strlen(body)}};
    if (*seq == 1)
        memset(previous, 0, sizeof previous);
    fact_hash_body(&link.fact, link.body_hash);
    fact_hash(&link.fact, previous, link.body_hash, link.hash);
    memcpy(previous, link.hash, sizeof previous);
    if (is_redacted)
        chain_link_redact(&link);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(journal_merge(house->journal, &link), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

static void say_tombstone(struct house *house, struct random *random, int64_t *seq, bool *covered)
{
    char body[512] = "{\"of\":[";
    unsigned ranges = 1 + random_below(random, 4);
    for (unsigned i = 0; i < ranges; i++) {
        int first = 1 + (int)random_below(random, OTHERS);
        int last = first + (int)random_below(random, 12);
        snprintf(body + strlen(body), 64, "%s[%d,%d,%d]", i ? "," : "", STATION, first, last);
        for (int at = first; at <= last && at <= OTHERS; at++)
            covered[at] = true;
    }
    strcat(body, "]}");
    say(house, seq, FACT_TOMBSTONE, body, false);
}

/* Ranges that lie over and beside each other, in any order: it holds where each fact is in one. */
static void whatever_tombstones_cover_may_be_redacted_and_nothing_else(void **state)
{
    struct random random = random_for_test("redaction, tombstones");
    int held = 0, broken = 0;
    (void)state;
    for (int round = 0; round < 40; round++) {
        struct house *house = house_open();
        bool is_redacted[OTHERS + 1], covered[OTHERS + 1] = {false}, holds = true;
        int64_t seq = 0;
        unsigned one_in = 2 + random_below(&random, 30);
        for (int i = 1; i <= OTHERS; i++) {
            is_redacted[i] = random_below(&random, one_in) == 0;
            say(house, &seq, FACT_REFUSAL, (char[]){"{}"}, is_redacted[i]);
        }
        for (int i = 0; i < STONES; i++)
            say_tombstone(house, &random, &seq, covered);
        for (int i = 1; i <= OTHERS; i++)
            holds &= !is_redacted[i] || covered[i];
        struct verify_result result = house_verify(house);
        assert_int_equal(verify_holds(&result), holds);
        held += holds;
        broken += !holds;
        house_close(house);
    }
    assert_true(held > 0 && broken > 0);
}

/* --- more than one station --- */

static void merge_each(struct house *house, const struct house_fact *facts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(house_merge(house, &facts[i], 1), RC_OK);
}

static void expect_the_same(struct house *a, struct house *b)
{
    static struct house_fact left[FACTS_MAX], right[FACTS_MAX];
    size_t count = house_facts(a, left, FACTS_MAX), at = 0;
    size_t others = house_facts(b, right, FACTS_MAX);
    for (size_t i = 0; i < count; i++) {
        while (at < others && !fact_id_is_same(left[i].link.fact.id, right[at].link.fact.id))
            at++;
        assert_true(at < others);
        assert_int_equal(left[i].link.is_redacted, right[at].link.is_redacted);
        assert_true(fact_id_is_same(left[i].link.fact.subject, right[at].link.fact.subject));
        assert_memory_equal(left[i].link.hash, right[at].link.hash, HASH_BYTES);
    }
}

/* Before it, behind it, or only what is left: in whatever way a station hears of it. */
static void stations_that_hear_of_it_know_no_more(void **state)
{
    static struct house_fact before[FACTS_MAX], after[FACTS_MAX];
    struct house *house = *state, *early = house_open(), *late = house_open();
    live_an_evening(house);
    size_t known = house_facts(house, before, FACTS_MAX);
    merge_each(early, before, known);
    forget(house, 0);
    size_t count = house_facts(house, after, FACTS_MAX);
    merge_each(early, after, count);
    merge_each(late, after, count);
    struct house *const all[] = {early, late};
    for (size_t i = 0; i < 2; i++) {
        expect_the_same(house, all[i]);
        assert_int_equal(house_number(all[i], "SELECT count(*) FROM visit"), 1);
        assert_int_equal(house_number(all[i], "SELECT sum(visits) FROM total"), 2);
        assert_true(house_holds(all[i]));
    }
    house_close(late);
    house_close(early);
}

/* The tombstone comes from one station, and then the facts from one that has not heard of it. */
static void facts_that_come_behind_their_tombstone_lose_it_as_well(void **state)
{
    static struct house_fact facts[FACTS_MAX], others[FACTS_MAX];
    struct house *house = *state, *other = house_open(), *late = house_open();
    live_an_evening(house);
    size_t count = house_facts(house, facts, FACTS_MAX);
    merge_each(other, facts, count);
    house_wait(other, 4 * DAY_MS);
    assert_int_equal(forget(other, 0), 2);
    size_t all = house_facts(other, others, FACTS_MAX);
    for (size_t i = 0; i < all; i++)
        if (others[i].link.fact.id.station == journal_station(other->journal))
            assert_int_equal(house_merge(late, &others[i], 1), RC_OK);
    merge_each(late, facts, count);
    expect_the_same(other, late);
    assert_int_equal(house_number(late, "SELECT count(*) FROM visit"), 1);
    assert_int_equal(house_number(late, "SELECT count(*) FROM fact WHERE length(body_hash)=16"), 6);
    assert_true(house_holds(late));
    house_close(late);
    house_close(other);
}

/* A fact that says whom it is about has to prove it. */
static void a_fact_that_is_half_redacted_is_not_taken(void **state)
{
    static struct house_fact facts[FACTS_MAX];
    struct house *house = *state, *other = house_open();
    live_an_evening(house);
    forget(house, 0);
    size_t count = house_facts(house, facts, FACTS_MAX), at = 0;
    while (!facts[at].link.is_redacted)
        assert_true(++at < count);
    assert_int_equal(house_merge(other, facts, at), RC_OK);
    struct house_fact half[] = {facts[at], facts[at], facts[at]};
    half[0].link.fact.subject = ada_of(house);
    half[1].link.fact.organisation = ada_of(house);
    half[2].link.fact.body = half[2].body;
    half[2].link.fact.body_length = 2;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(house_merge(other, &half[i], 1), RC_CORRUPT);
    assert_int_equal(house_merge(other, facts + at, 1), RC_OK);
    struct verify_result result = house_verify(other);
    assert_true(result.broken > 0); /* without its tombstone */
    assert_int_equal(house_merge(other, facts + at + 1, count - at - 1), RC_OK);
    assert_true(house_holds(other));
    house_close(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_register_has_of_somebody_is_as_if_they_had_not_come),
        TEST(a_basket_that_somebody_else_fetched_names_neither),
        TEST(whoever_tries_everybody_finds_nobody),
        TEST(tombstones_and_sums_of_a_night_name_nobody),
        TEST(facts_lose_whom_they_are_about_only_under_a_tombstone),
        cmocka_unit_test(whatever_tombstones_cover_may_be_redacted_and_nothing_else),
        TEST(stations_that_hear_of_it_know_no_more),
        TEST(facts_that_come_behind_their_tombstone_lose_it_as_well),
        TEST(a_fact_that_is_half_redacted_is_not_taken),
    };
    return cmocka_run_group_tests_name("redaction", tests, NULL, NULL);
}
