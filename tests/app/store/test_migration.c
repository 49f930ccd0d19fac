/*
 * Registers of older shapes: they open, taps go on, and in the end they say what they said.
 */
#include "app/store/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/keys.h"
#include "app/store/mark.h"
#include "tests/support/fault_trial.h"
#include "tests/support/month.h"
#include "tests/support/whole.h"

#define TODAYS FAULT_TRIAL_DATABASE
#define FIRST "/data/first.db"
#define FIRST_VERSION 1
#define VERSION 11
#define BEFORE_ROLES_REACH 7

/* What the first version would have made of the same facts. */
static void copy_rows(struct db *db)
{
    static const char copy[] =
        "ATTACH '" TODAYS "' AS todays;"
        "INSERT INTO fact SELECT * FROM todays.fact;"
        "INSERT INTO boot SELECT * FROM todays.boot;"
        "INSERT INTO rule SELECT * FROM todays.rule;"
        "INSERT INTO erased SELECT station, first, last FROM todays.erased;"
        "INSERT INTO meta SELECT * FROM todays.meta;"
        "INSERT INTO person SELECT station, seq, number, external_id, first_name, last_name,"
        " language, circle, email, phone, since FROM todays.person;"
        "INSERT INTO presence SELECT * FROM todays.presence;"
        "INSERT INTO total SELECT station, seq, place, organisation_station, organisation_seq,"
        " visits, seconds FROM todays.total WHERE part=0;"
        "INSERT INTO badge SELECT hash, station, seq, key_id, given_station, given_seq,"
        " is_withdrawn FROM todays.badge;"
        "INSERT INTO visit SELECT station, seq, person_station, person_seq, organisation_station,"
        " organisation_seq, arrived_ms, left_ms, closes_ms, how_in, how_out, is_doubtful_in,"
        " is_doubtful_out FROM todays.visit;"
        "UPDATE meta SET value='1' WHERE name='fold_version';"
        "DETACH todays;";
    assert_int_equal(db_exec(db, copy), RC_OK);
}

/* Stops the house and puts its register back into the shape of the first version. */
static void age_to(struct house *house, int version, void (*copy)(struct db *db))
{
    struct db *db;
    house_stop(house);
    fault_disk_make(FIRST);
    fault_disk_settle();
    assert_int_equal(db_open(FIRST, DB_WRITE, &db), RC_OK);
    assert_int_equal(schema_migrate_to(db, version, NULL), RC_OK);
    copy(db);
    db_close(db);
    snprintf(house->path, sizeof house->path, "%s", FIRST);
}

static void age(struct house *house)
{
    age_to(house, FIRST_VERSION, copy_rows);
}

/* The columns that it had then. */
static void copy_table(struct db *db, const char *name)
{
    char sql[2500], columns[900];
    struct sqlite3_stmt *rows = NULL;
    assert_int_equal(db_query_row(db, &rows,
                                  "SELECT group_concat('\"' || name || '\"') FROM"
                                  " pragma_table_info(?, 'main')",
                                  "t", name),
                     RC_OK);
    db_column_text(rows, 0, columns, sizeof columns);
    db_done(rows);
    snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO main.%.31s(%s) SELECT %s FROM todays.%.31s",
             name, columns, columns, name);
    assert_int_equal(db_exec(db, sql), RC_OK);
}

static void copy_all(struct db *db)
{
    char names[32][32];
    size_t count = 0;
    struct sqlite3_stmt *rows = NULL;
    assert_int_equal(db_exec(db, "ATTACH '" TODAYS "' AS todays"), RC_OK);
    enum rc rc = db_query(db, &rows, "SELECT name FROM main.sqlite_schema WHERE type='table'", "");
    for (; !rc && count < 32 && !(rc = db_step(db, rows)); count++)
        db_column_text(rows, 0, names[count], sizeof names[count]);
    assert_int_equal(rc, RC_EMPTY);
    db_done(rows);
    for (size_t i = 0; i < count; i++)
        copy_table(db, names[i]);
    assert_int_equal(db_exec(db, "UPDATE meta SET value='6' WHERE name='fold_version';"
                                 "DETACH todays;"),
                     RC_OK);
}

static void live_a_day(struct house *house)
{
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_BILAL);
}

static int64_t version_of(const char *path)
{
    struct db *db;
    int64_t version;
    assert_int_equal(db_open(path, DB_READ, &db), RC_OK);
    assert_int_equal(db_number(db, &version, "PRAGMA user_version"), RC_OK);
    db_close(db);
    return version;
}

static void a_first_register_becomes_todays_and_taps_go_on(void **state)
{
    struct house *house = *state;
    live_a_day(house);
    age(house);
    assert_int_equal(version_of(FIRST), FIRST_VERSION);
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(house_number(house, "PRAGMA user_version"), VERSION);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(answer.today_s, 7200);
    house_wait(house, HOUSE_HOUR_MS);
    while (journal_rebuild_some(house->journal) == RC_OK)
        assert_int_equal(house_tap(house, HOUSE_NOBODY).kind, ANSWER_UNKNOWN);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 3);
    assert_true(house_holds(house));
}

static void what_the_first_version_could_not_hold_is_held_at_once(void **state)
{
    struct house *house = *state;
    live_a_day(house);
    age(house);
    assert_int_equal(house_start(house), RC_OK);
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    house_record(house, FACT_GUESTS, ada, json_pack("{s:i,s:i}", "adults", 2, "children", 1));
    house_record(house, FACT_ROLE_SET, ada, json_pack("{s:s}", "role", "staff"));
    house_record(house, FACT_WELCOME, ada, json_pack("{s:s,s:s}", "step", "why", "how", "done"));
    house_record(house, FACT_CONSENT, ada, consent_to_json(CONSENT_LINE, true, "fr"));
    house_record(house, FACT_PERSON_CHANGED, ada, json_pack("{s:s}", "line", "Bakes bread."));
    for (int part = 0; part < 2; part++) { /* before and after they are built again */
        assert_int_equal(house_number(house, "SELECT guests FROM visit WHERE guests>0"), 2);
        assert_int_equal(house_number(house, "SELECT role FROM keyholder"), ROLE_STAFF);
        assert_int_equal(house_number(house, "SELECT count(*) FROM newcomer n JOIN consent c"
                                             " ON c.station=n.station AND c.seq=n.seq JOIN person p"
                                             " ON p.station=n.station AND p.seq=n.seq"
                                             " WHERE p.line<>''"),
                         1);
        while (journal_rebuild_some(house->journal) == RC_OK)
            ;
    }
    assert_true(house_holds(house));
}

static void an_older_register_was_never_taken_out_and_can_be(void **state)
{
    struct house *house = *state;
    struct mark mark = {.at_ms = 1}, again;
    live_a_day(house);
    age(house);
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(mark_get(journal_db(house->journal), &mark), RC_OK);
    assert_int_equal(mark.at_ms, 0);
    assert_int_equal(mark_here(journal_db(house->journal), HOUSE_BEGIN_MS, &mark), RC_OK);
    struct office office = {.now = house_now(house)};
    assert_int_equal(mark_record(house->journal, &office, &mark, &house->reason), RC_OK);
    house_reopen(house);
    assert_int_equal(mark_get(journal_db(house->journal), &again), RC_OK);
    assert_int_equal(again.at_ms, HOUSE_BEGIN_MS);
    while (journal_rebuild_some(house->journal) == RC_OK)
        ;
    assert_true(house_holds(house));
}

static void roles_of_the_version_before_reach_the_whole_house_and_new_ones_their_own(void **state)
{
    struct house *house = *state;
    const struct fact_id ada = house->people[HOUSE_IS_ADA], bilal = house->people[HOUSE_IS_BILAL];
    live_a_day(house);
    house_record(house, FACT_ROLE_SET, ada, json_pack("{s:s}", "role", "staff"));
    age_to(house, BEFORE_ROLES_REACH, copy_all);
    assert_int_equal(version_of(FIRST), BEFORE_ROLES_REACH);
    assert_int_equal(house_start(house), RC_OK);
    assert_int_equal(house_number(house, "PRAGMA user_version"), VERSION);
    struct fact_id grocer = house_record(house, FACT_ORGANISATION_ADDED, (struct fact_id){0, 0},
                                         json_pack("{s:s}", "name", "Grocer"));
    month_record(house, FACT_ROLE_SET, bilal, grocer, json_pack("{s:s}", "role", "staff"));
    for (int part = 0; part < 2; part++) { /* before and after they are built again */
        struct fold_keyholder first, second;
        assert_int_equal(keys_find(journal_db(house->journal), ada, &first), RC_OK);
        assert_int_equal(keys_find(journal_db(house->journal), bilal, &second), RC_OK);
        assert_int_equal(first.role, ROLE_STAFF);
        assert_true(fact_id_is_none(first.organisation));
        assert_true(fact_id_is_same(second.organisation, grocer));
        while (journal_rebuild_some(house->journal) == RC_OK)
            ;
    }
    assert_true(house_holds(house));
}

static void a_first_register_is_not_read_before_it_was_opened_for_writing(void **state)
{
    struct house *house = *state;
    struct snapshot *snapshot;
    age(house);
    assert_int_equal(snapshot_open(FIRST, &snapshot, &house->reason), RC_REFUSED);
    assert_int_equal(version_of(FIRST), FIRST_VERSION);
}

static int seen[VERSION + 1];

static void look_at_version(struct house *house)
{
    int64_t version = version_of(FIRST);
    (void)house;
    assert_in_range(version, FIRST_VERSION, VERSION);
    seen[version]++;
}

static void judge(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    (void)trial;
    (void)rc;
    (void)nth;
    assert_int_equal(house_number(house, "PRAGMA user_version"), VERSION);
    while (journal_rebuild_some(house->journal) == RC_OK)
        ;
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 2);
    assert_true(house_holds(house));
}

static void a_power_cut_anywhere_leaves_the_old_shape_or_the_new(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = house_start,
                                      .begins_stopped = true,
                                      .step = whole_or_every(3),
                                      .look = look_at_version,
                                      .judge = judge};
    struct random random = random_for_test("migration cuts");
    live_a_day(house);
    age(house);
    fault_trial_begin_here(house);
    fault_trial_cuts(house, &trial, &random);
    assert_true(seen[FIRST_VERSION] > 10 && seen[VERSION] > 10); /* or nothing was shown */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fault_trial_set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_first_register_becomes_todays_and_taps_go_on),
        TEST(what_the_first_version_could_not_hold_is_held_at_once),
        TEST(an_older_register_was_never_taken_out_and_can_be),
        TEST(roles_of_the_version_before_reach_the_whole_house_and_new_ones_their_own),
        TEST(a_first_register_is_not_read_before_it_was_opened_for_writing),
        TEST(a_power_cut_anywhere_leaves_the_old_shape_or_the_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
