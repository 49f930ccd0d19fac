#include "app/store/verify.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/chrono.h"
#include "app/store/facts.h"
#include "app/store/journal.h"
#include "app/store/schema.h"
#include "app/store/views.h"

static void found(struct verify_result *result, int64_t *counter, const char *what,
                  struct fact_id id)
{
    if ((*counter)++ == 0 && !result->first[0])
        snprintf(result->first, sizeof result->first, "%s at station %lld, fact %lld", what,
                 (long long)id.station, (long long)id.seq);
}

/* --- the chain --- */

struct chain {
    struct fact_id last;
    uint8_t hash[HASH_BYTES];
};

static enum rc check_link(sqlite3_stmt *rows, const struct fact *fact, struct chain *chain,
                          struct verify_result *result)
{
    uint8_t body_hash[HASH_BYTES], hash[HASH_BYTES], expected[HASH_BYTES];
    enum rc rc = db_column_bytes(rows, 17, body_hash, sizeof body_hash);
    if (!rc)
        rc = db_column_bytes(rows, 18, hash, sizeof hash);
    if (rc)
        return rc;
    if (fact->id.station != chain->last.station) {
        *chain = (struct chain){.last = {fact->id.station, 0}};
        result->stations++;
    }
    if (fact->id.seq != chain->last.seq + 1)
        found(result, &result->broken, "a gap", fact->id);
    fact_hash_body(fact, expected);
    if (fact->body && memcmp(expected, body_hash, sizeof expected) != 0)
        found(result, &result->broken, "another body", fact->id);
    fact_hash(fact, chain->hash, body_hash, expected);
    if (memcmp(expected, hash, sizeof expected) != 0)
        found(result, &result->broken, "a broken link", fact->id);
    chain->last = fact->id;
    memcpy(chain->hash, hash, sizeof hash);
    result->facts++;
    return RC_OK;
}

static enum rc check_chains(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct chain chain = {.last = {-1, 0}};
    enum rc rc = db_query(
        db, &rows,
        "SELECT " FACTS_COLUMNS ", f.body_hash, f.hash" FACTS_FROM "ORDER BY f.station, f.seq", "");
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (!rc)
            rc = check_link(rows, &fact, &chain, result);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- the effective times --- */

static enum rc check_boot(struct db *db, int64_t station, const struct chrono_boot *boot,
                          int64_t next_seq, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct chrono_boot anchored;
    int64_t last_ms = boot->floor_ms;
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS FACTS_FROM
                          "WHERE f.station=? AND f.seq>=? AND f.seq<? ORDER BY f.seq",
                          "iii", station, boot->first_seq, next_seq);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (rc)
            break;
        int64_t stored_ms = fact.effective_ms;
        if (fact.id.seq == boot->first_seq)
            chrono_begin(&anchored, &fact, boot->floor_ms);
        else
            chrono_take_anchor(&anchored, &fact);
        chrono_place(boot, last_ms, &fact);
        last_ms = fact.effective_ms;
        if (stored_ms != fact.effective_ms)
            found(result, &result->misplaced, "another time", fact.id);
    }
    db_done(rows);
    if (rc == RC_EMPTY && memcmp(&anchored.anchor_wall_ms, &boot->anchor_wall_ms, 8) != 0)
        found(result, &result->misplaced, "another anchor",
              (struct fact_id){station, boot->first_seq});
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc check_times(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(
        db, &rows,
        "SELECT station, first_seq, floor_ms, anchor_wall_ms, anchor_mono_ms, anchor_trust, boot,"
        " coalesce(lead(first_seq) OVER (PARTITION BY station ORDER BY first_seq),"
        " 9223372036854775807) FROM boot",
        "");
    while (!rc && !(rc = db_step(db, rows))) {
        struct chrono_boot boot = {
            .first_seq = db_column(rows, 1),
            .floor_ms = db_column(rows, 2),
            .anchor_wall_ms = db_column(rows, 3),
            .anchor_mono_ms = db_column(rows, 4),
            .anchor_trust = (enum clock_trust)db_column(rows, 5),
        };
        rc = db_column_bytes(rows, 6, boot.boot, sizeof boot.boot);
        if (!rc)
            rc = check_boot(db, db_column(rows, 0), &boot, db_column(rows, 7), result);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- the views --- */

static enum rc check_person(struct db *db, struct fact_id person, struct facts *scratch,
                            struct verify_result *result)
{
    struct fold folded, stored;
    enum rc rc = facts_load_subject(db, person, scratch);
    if (!rc)
        rc = fold_person(scratch->rows, scratch->count, &folded);
    if (rc == RC_CORRUPT) {
        found(result, &result->differing, "an unreadable fact about the person", person);
        return RC_OK;
    }
    if (rc)
        return rc;
    rc = views_load(db, VIEWS_LIVE, person, &stored);
    if (!rc) {
        result->people++;
        if (!fold_is_same(&folded, &stored))
            found(result, &result->differing, "another view of the person", person);
        fold_finish(&stored);
    }
    fold_finish(&folded);
    return rc;
}

static enum rc check_people(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct facts scratch = {.rows = NULL};
    /* Also those who stand in a view without a single fact. */
    enum rc rc = db_query(
        db, &rows,
        "SELECT DISTINCT subject_station, subject_seq FROM fact WHERE subject_seq>0"
        " UNION SELECT person_station, person_seq FROM visit UNION SELECT station, seq FROM person"
        " UNION SELECT station, seq FROM badge UNION SELECT station, seq FROM keyholder"
        " UNION SELECT station, seq FROM presence UNION SELECT station, seq FROM total",
        "");
    while (!rc && !(rc = db_step(db, rows)))
        rc = check_person(db, db_column_id(rows, 0), &scratch, result);
    db_done(rows);
    facts_finish(&scratch);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- what stations keep: settings and tallies --- */

static enum rc read_body(const struct fact *fact, json_t **out_body)
{
    *out_body = NULL;
    if (!fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, out_body);
    return rc == RC_NO_MEMORY ? rc : RC_OK; /* an unreadable one breaks the chain as well */
}

/* Does the table have what this fact set, or something later? */
static enum rc check_setting(struct db *db, const struct fact *fact, const json_t *body,
                             int64_t *matched, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    const char *name = json_text(body, "name"), *value = json_text(body, "value");
    char stored[256] = "";
    int64_t seq = 0, until_ms = 0;
    if (!name || !value)
        return RC_OK;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT seq, until_ms, value FROM setting WHERE station=? AND name=?",
                              "it", fact->id.station, name);
    if (!rc) {
        seq = db_column(rows, 0);
        until_ms = db_column(rows, 1);
        db_column_text(rows, 2, stored, sizeof stored);
        db_done(rows);
    }
    bool is_same = seq == fact->id.seq && until_ms == json_number(body, "until_ms", 0) &&
                   strcmp(stored, value) == 0;
    *matched += is_same;
    if (seq <= fact->id.seq && !is_same)
        found(result, &result->differing, "another setting", fact->id);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc check_settings(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    int64_t matched = 0, kept;
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS FACTS_FROM "WHERE f.kind=? ORDER BY f.station,"
                          " f.seq",
                          "d", FACT_SETTING_SET);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        json_t *body = NULL;
        rc = facts_read_row(rows, &fact);
        if (!rc)
            rc = read_body(&fact, &body);
        if (!rc && body)
            rc = check_setting(db, &fact, body, &matched, result);
        json_decref(body);
    }
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = db_number(db, &kept, "SELECT count(*) FROM setting");
    if (!rc && kept != matched)
        found(result, &result->differing, "a setting that nobody set", (struct fact_id){0, 0});
    return rc;
}

/* Misses since the last press by name: a range, because an erased press may have been one. */
struct tally {
    int64_t station, least, most;
};

static enum rc count_try(const struct fact *fact, struct tally *tally)
{
    json_t *body;
    enum rc rc = read_body(fact, &body);
    if (rc)
        return rc;
    const char *how = json_text(body, "how");
    if (fact->kind == FACT_CODE_MISSED) {
        tally->least += body != NULL;
        tally->most++;
    } else if (how && strcmp(how, presence_how_name(PRESENCE_NAME)) == 0) {
        tally->least = tally->most = 0;
    } else if (!body) {
        tally->least = 0;
    }
    json_decref(body);
    return RC_OK;
}

static enum rc check_tally(struct db *db, const struct tally *tally, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, "SELECT misses FROM tally WHERE station=? AND name=?",
                              "it", tally->station, JOURNAL_TALLY_CODES);
    int64_t kept = rc ? 0 : db_column(rows, 0);
    db_done(rows);
    if (kept < tally->least || kept > tally->most)
        found(result, &result->differing, "another count of misses",
              (struct fact_id){tally->station, 0});
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc check_tallies(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct tally tally = {.station = 0};
    enum rc rc = db_query(db, &rows,
                          "SELECT " FACTS_COLUMNS FACTS_FROM
                          "WHERE f.kind IN (?,?) ORDER BY f.station, f.seq",
                          "dd", FACT_CODE_MISSED, FACT_PRESS);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (!rc && fact.id.station != tally.station) {
            rc = check_tally(db, &tally, result);
            tally = (struct tally){.station = fact.id.station};
        }
        if (!rc)
            rc = count_try(&fact, &tally);
    }
    db_done(rows);
    return rc == RC_EMPTY ? check_tally(db, &tally, result) : rc;
}

enum rc verify_run(struct snapshot *snapshot, struct verify_result *out_result)
{
    struct verify_result result = {.facts = 0};
    struct db *db = snapshot_db(snapshot);
    enum rc rc = check_chains(db, &result);
    if (!rc)
        rc = check_times(db, &result);
    if (!rc)
        rc = check_people(db, &result);
    if (!rc)
        rc = check_settings(db, &result);
    if (!rc)
        rc = check_tallies(db, &result);
    if (rc)
        return rc;
    *out_result = result;
    return RC_OK;
}

bool verify_holds(const struct verify_result *result)
{
    return !result->broken && !result->misplaced && !result->differing;
}
