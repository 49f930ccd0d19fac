#include "app/store/verify_i.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/facts.h"
#include "app/store/head.h"

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
    struct chrono_boot anchored = {.first_seq = 0};
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

/* The boots of one station with the times of their facts; all its places follow from anchors. */
static enum rc check_boots(struct db *db, int64_t station, struct head_boots *boots,
                           struct verify_result *result)
{
    enum rc rc = RC_OK;
    int64_t *floors_ms = calloc(boots->count + 1, sizeof *floors_ms);
    if (!floors_ms)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < boots->count; i++)
        floors_ms[i] = boots->rows[i].floor_ms;
    if (boots->count)
        boots->rows[0].floor_ms = 0;
    chrono_settle(boots->rows, boots->count);
    for (size_t i = 0; !rc && i < boots->count; i++) {
        const struct chrono_boot *boot = &boots->rows[i];
        if (boot->floor_ms != floors_ms[i])
            verify_found(result, &result->misplaced, "another floor",
                         (struct fact_id){station, boot->first_seq});
        rc = check_boot(db, station, boot, i + 1 < boots->count ? boot[1].first_seq : INT64_MAX,
                        result);
    }
    free(floors_ms);
    boots->count = 0;
    return rc;
}

static enum rc check_times(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct head_boots boots = {.rows = NULL};
    struct chrono_boot boot;
    int64_t station = 0;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT" HEAD_BOOT ", b.station FROM boot b ORDER BY b.station, b.first_seq", "");
    while (!rc && !(rc = db_step(db, rows))) {
        rc = head_read_boot(rows, &boot);
        if (!rc && db_column(rows, 7) != station)
            rc = check_boots(db, station, &boots, result);
        station = db_column(rows, 7);
        if (!rc)
            rc = head_add_boot(&boots, &boot);
    }
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = check_boots(db, station, &boots, result);
    free(boots.rows);
    return rc;
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
