#include "app/store/head.h"

#include <string.h>

#include "app/store/facts.h"

static enum rc load_boot(struct db *db, struct head *head)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT boot, first_seq, floor_ms, anchor_wall_ms, anchor_mono_ms,"
                     " anchor_trust FROM boot WHERE station=? ORDER BY first_seq DESC LIMIT 1",
                     "i", head->station);
    if (rc)
        return rc == RC_EMPTY ? RC_CORRUPT : rc;
    struct chrono_boot *boot = &head->boot;
    rc = db_column_bytes(rows, 0, boot->boot, sizeof boot->boot);
    boot->first_seq = db_column(rows, 1);
    boot->floor_ms = db_column(rows, 2);
    boot->anchor_wall_ms = db_column(rows, 3);
    boot->anchor_mono_ms = db_column(rows, 4);
    boot->anchor_trust = (enum clock_trust)db_column(rows, 5);
    db_done(rows);
    return rc;
}

enum rc head_load(struct db *db, int64_t station, struct head *out_head)
{
    struct head head = {.station = station};
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT seq, hash, effective_ms FROM fact WHERE station=?"
                              " ORDER BY seq DESC LIMIT 1",
                              "i", station);
    if (!rc) {
        head.seq = db_column(rows, 0);
        rc = db_column_bytes(rows, 1, head.hash, sizeof head.hash);
        head.effective_ms = db_column(rows, 2);
        db_done(rows);
        if (!rc)
            rc = load_boot(db, &head);
    }
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_head = head;
    return RC_OK;
}

static enum rc store_boot(struct db *db, const struct head *head)
{
    const struct chrono_boot *boot = &head->boot;
    return db_run(db, "INSERT OR REPLACE INTO boot VALUES(?,?,?,?,?,?,?)", "iibiiid", head->station,
                  boot->first_seq, boot->boot, sizeof boot->boot, boot->floor_ms,
                  boot->anchor_wall_ms, boot->anchor_mono_ms, (int)boot->anchor_trust);
}

enum rc head_place(struct db *db, struct head *head, struct fact *fact, bool *out_is_shifted)
{
    enum rc rc = RC_OK;
    bool is_shifted = false;
    if (chrono_is_new_boot(&head->boot, fact)) {
        chrono_begin(&head->boot, fact, head->effective_ms);
        rc = store_boot(db, head);
    } else if (chrono_take_anchor(&head->boot, fact)) {
        is_shifted = true;
        rc = store_boot(db, head);
    }
    if (rc)
        return rc;
    chrono_place(&head->boot, head->effective_ms, fact);
    *out_is_shifted = is_shifted;
    return RC_OK;
}

enum rc head_append(struct db *db, struct head *head, const struct fact *fact,
                    const uint8_t *body_hash)
{
    uint8_t hash[HASH_BYTES];
    fact_hash(fact, head->hash, body_hash, hash);
    enum rc rc =
        db_run(db,
               "INSERT INTO fact(station, seq, wall_ms, mono_ms, boot, trust, kind,"
               " subject_station, subject_seq, organisation_station, organisation_seq, rules_seq,"
               " body_hash, hash, salt, body, effective_ms, is_doubtful)"
               " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
               "IiibddIIibbbbid", fact->id, fact->wall_ms, fact->mono_ms, fact->boot,
               sizeof fact->boot, (int)fact->trust, (int)fact->kind, fact->subject,
               fact->organisation, fact->rules_seq, body_hash, (size_t)HASH_BYTES, hash,
               sizeof hash, fact->body ? fact->salt : NULL, sizeof fact->salt, fact->body,
               fact->body_length, fact->effective_ms, (int)fact->is_doubtful);
    if (rc)
        return rc;
    head->seq = fact->id.seq;
    head->effective_ms = fact->effective_ms;
    memcpy(head->hash, hash, sizeof hash);
    return RC_OK;
}

enum rc head_shift(struct db *db, struct head *head,
                   enum rc (*touch)(void *context, struct fact_id subject), void *context)
{
    struct sqlite3_stmt *rows = NULL;
    int64_t last_ms = head->boot.floor_ms;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT " FACTS_COLUMNS FACTS_FROM "WHERE f.station=? AND f.seq>=? ORDER BY f.seq",
                 "ii", head->station, head->boot.first_seq);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (rc)
            break;
        int64_t before_ms = fact.effective_ms;
        bool was_doubtful = fact.is_doubtful;
        chrono_place(&head->boot, last_ms, &fact);
        last_ms = fact.effective_ms;
        if (fact.effective_ms == before_ms && fact.is_doubtful == was_doubtful)
            continue;
        rc = db_run(db, "UPDATE fact SET effective_ms=?, is_doubtful=? WHERE station=? AND seq=?",
                    "idI", fact.effective_ms, (int)fact.is_doubtful, fact.id);
        if (!rc && !fact_id_is_none(fact.subject))
            rc = touch(context, fact.subject);
    }
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    head->effective_ms = last_ms;
    return RC_OK;
}
