#include "app/store/verify_i.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/chrono.h"
#include "app/store/facts.h"

void verify_found(struct verify_result *result, int64_t *counter, const char *what,
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
        verify_found(result, &result->broken, "a gap", fact->id);
    fact_hash_body(fact, expected);
    if (fact->body && memcmp(expected, body_hash, sizeof expected) != 0)
        verify_found(result, &result->broken, "another body", fact->id);
    fact_hash(fact, chain->hash, body_hash, expected);
    if (memcmp(expected, hash, sizeof expected) != 0)
        verify_found(result, &result->broken, "a broken link", fact->id);
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
            verify_found(result, &result->misplaced, "another time", fact.id);
    }
    db_done(rows);
    if (rc == RC_EMPTY && memcmp(&anchored.anchor_wall_ms, &boot->anchor_wall_ms, 8) != 0)
        verify_found(result, &result->misplaced, "another anchor",
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

enum rc verify_run(struct snapshot *snapshot, struct verify_result *out_result)
{
    struct verify_result result = {.facts = 0};
    struct db *db = snapshot_db(snapshot);
    enum rc rc = check_chains(db, &result);
    if (!rc)
        rc = check_times(db, &result);
    if (!rc)
        rc = verify_views(db, &result);
    if (!rc)
        rc = verify_kept(db, &result);
    if (rc)
        return rc;
    *out_result = result;
    return RC_OK;
}

bool verify_holds(const struct verify_result *result)
{
    return !result->broken && !result->misplaced && !result->differing;
}
