#include "app/store/head.h"

#include <stdlib.h>
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
    boot->latest_ms = INT64_MAX;
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

static enum rc store_boot(struct db *db, int64_t station, const struct chrono_boot *boot)
{
    return db_run(db, "INSERT OR REPLACE INTO boot VALUES(?,?,?,?,?,?,?)", "iibiiid", station,
                  boot->first_seq, boot->boot, sizeof boot->boot, boot->floor_ms,
                  boot->anchor_wall_ms, boot->anchor_mono_ms, (int)boot->anchor_trust);
}

/* --- boots that may give way to the head's --- */

enum rc head_add_boot(struct head_boots *boots, const struct chrono_boot *boot)
{
    if (boots->count == boots->capacity) {
        size_t capacity = boots->capacity ? 2 * boots->capacity : 16;
        struct chrono_boot *rows = realloc(boots->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        boots->rows = rows;
        boots->capacity = capacity;
    }
    boots->rows[boots->count++] = *boot;
    return RC_OK;
}

enum rc head_read_boot(struct sqlite3_stmt *rows, struct chrono_boot *out_boot)
{
    *out_boot = (struct chrono_boot){
        .first_seq = db_column(rows, 1),
        .floor_ms = db_column(rows, 2),
        .anchor_wall_ms = db_column(rows, 3),
        .anchor_mono_ms = db_column(rows, 4),
        .anchor_trust = (enum clock_trust)db_column(rows, 5),
        .latest_ms = INT64_MAX,
        .last_mono_ms = db_column(rows, 6),
    };
    return db_column_bytes(rows, 0, out_boot->boot, sizeof out_boot->boot);
}

/* Which boots of a station are looked at. */
enum reach { REACH_UNSURE, REACH_ALL };

/*
 * The head's as the last. REACH_UNSURE: those behind the last CLOCK_SYNCED one, and only where the
 * head's is vouched for.
 */
static enum rc load_boots(struct db *db, const struct head *head, enum reach reach,
                          struct head_boots *boots)
{
    struct sqlite3_stmt *rows = NULL;
    struct chrono_boot boot;
    if (reach == REACH_UNSURE && !chrono_is_vouched(&head->boot))
        return head_add_boot(boots, &head->boot);
    enum rc rc = db_query(db, &rows,
                          "SELECT" HEAD_BOOT "FROM boot b WHERE station=? AND first_seq<?"
                          " AND (? OR first_seq>(SELECT coalesce(max(first_seq), 0) FROM boot"
                          " WHERE station=? AND first_seq<? AND anchor_trust=?))"
                          " ORDER BY first_seq",
                          "iidiid", head->station, head->boot.first_seq, (int)(reach == REACH_ALL),
                          head->station, head->boot.first_seq, CLOCK_SYNCED);
    while (!rc && !(rc = db_step(db, rows))) {
        rc = head_read_boot(rows, &boot);
        if (!rc)
            rc = head_add_boot(boots, &boot);
    }
    if (rc != RC_EMPTY) {
        db_done(rows);
        return rc;
    }
    return head_add_boot(boots, &head->boot);
}

/* At the end of all time facts can move that the floor behind them does not tell of. */
static bool is_moved(int64_t floor_ms, int64_t before_ms)
{
    return floor_ms != before_ms || floor_ms >= FACT_TIME_MAX_MS;
}

/* The boots as they lie, and in *out_floors_ms (free it) where they lay before. */
static enum rc settle_boots(struct db *db, const struct head *head, enum reach reach,
                            struct head_boots *boots, int64_t **out_floors_ms)
{
    enum rc rc = load_boots(db, head, reach, boots);
    int64_t *floors_ms = rc ? NULL : calloc(boots->count, sizeof *floors_ms);
    if (rc || !floors_ms)
        return rc ? rc : RC_NO_MEMORY;
    for (size_t i = 0; i < boots->count; i++)
        floors_ms[i] = boots->rows[i].floor_ms;
    chrono_settle(boots->rows, boots->count);
    *out_floors_ms = floors_ms;
    return RC_OK;
}

/* Keeps the floors that change, and finds the first fact that moves. */
static enum rc give_way(struct db *db, struct head *head, enum reach reach)
{
    struct head_boots boots = {.rows = NULL};
    int64_t *floors_ms = NULL;
    enum rc rc = settle_boots(db, head, reach, &boots, &floors_ms);
    for (size_t i = boots.count; !rc && i-- > 1;)
        if (is_moved(boots.rows[i].floor_ms, floors_ms[i])) {
            head->shift_seq = boots.rows[i - 1].first_seq;
            rc = store_boot(db, head->station, &boots.rows[i]);
        }
    if (!rc)
        head->boot.floor_ms = boots.rows[boots.count - 1].floor_ms;
    free(floors_ms);
    free(boots.rows);
    return rc;
}

enum rc head_would_shift(struct db *db, const struct head *head, const struct fact *first,
                         bool *out_would)
{
    struct head next = *head;
    struct head_boots boots = {.rows = NULL};
    int64_t *floors_ms = NULL;
    bool would = false;
    enum rc rc = RC_OK;
    chrono_begin(&next.boot, first, head->effective_ms);
    if (chrono_is_vouched(&next.boot))
        rc = settle_boots(db, &next, REACH_UNSURE, &boots, &floors_ms);
    for (size_t i = boots.count; !rc && i-- > 1;)
        would |= is_moved(boots.rows[i].floor_ms, floors_ms[i]);
    free(floors_ms);
    free(boots.rows);
    if (!rc)
        *out_would = would;
    return rc;
}

enum rc head_place(struct db *db, struct head *head, struct fact *fact, bool *out_is_shifted)
{
    enum rc rc = RC_OK;
    bool is_shifted = false;
    head->shift_seq = head->boot.first_seq;
    if (chrono_is_new_boot(&head->boot, fact)) {
        chrono_begin(&head->boot, fact, head->effective_ms);
        head->shift_seq = fact->id.seq;
        if (chrono_is_vouched(&head->boot))
            rc = give_way(db, head, REACH_UNSURE);
        head->effective_ms = head->boot.floor_ms;
        is_shifted = head->shift_seq < fact->id.seq;
    } else if (chrono_take_anchor(&head->boot, fact)) {
        is_shifted = true;
        if (chrono_is_vouched(&head->boot))
            rc = give_way(db, head, REACH_UNSURE);
    }
    if (!rc && (is_shifted || head->boot.first_seq == fact->id.seq))
        rc = store_boot(db, head->station, &head->boot);
    if (rc)
        return rc;
    chrono_place(&head->boot, head->effective_ms, fact);
    *out_is_shifted = is_shifted;
    return RC_OK;
}

enum rc head_append(struct db *db, struct head *head, const struct chain_link *link)
{
    const struct fact *fact = &link->fact;
    enum rc rc = db_run(
        db,
        "INSERT INTO fact(station, seq, wall_ms, mono_ms, boot, trust, kind,"
        " subject_station, subject_seq, organisation_station, organisation_seq, rules_seq,"
        " body_hash, hash, salt, body, effective_ms, is_doubtful)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "IiibddIIibbbbid", fact->id, fact->wall_ms, fact->mono_ms, fact->boot, sizeof fact->boot,
        (int)fact->trust, (int)fact->kind, fact->subject, fact->organisation, fact->rules_seq,
        link->body_hash, chain_link_body_hash_bytes(link), link->hash, sizeof link->hash,
        fact->body ? fact->salt : NULL, sizeof fact->salt, fact->body, fact->body_length,
        fact->effective_ms, (int)fact->is_doubtful);
    if (rc)
        return rc;
    head->seq = fact->id.seq;
    head->effective_ms = fact->effective_ms;
    memcpy(head->hash, link->hash, HASH_BYTES);
    return RC_OK;
}

/* Places a fact again; *last_ms is that of the one before, and then its own. */
static enum rc place_again(struct db *db, const struct chrono_boot *boot, int64_t *last_ms,
                           struct fact *fact, bool *out_is_moved)
{
    int64_t before_ms = fact->effective_ms;
    bool was_doubtful = fact->is_doubtful;
    chrono_place(boot, *last_ms, fact);
    *last_ms = fact->effective_ms;
    *out_is_moved = fact->effective_ms != before_ms || fact->is_doubtful != was_doubtful;
    return *out_is_moved
               ? db_run(db,
                        "UPDATE fact SET effective_ms=?, is_doubtful=? WHERE station=? AND seq=?",
                        "idI", fact->effective_ms, (int)fact->is_doubtful, fact->id)
               : RC_OK;
}

static enum rc shift(struct db *db, const struct head *head, const struct head_boots *boots,
                     enum rc (*touch)(void *context, struct fact_id subject), void *context,
                     int64_t *out_last_ms)
{
    struct sqlite3_stmt *rows = NULL;
    size_t at = 0;
    while (at + 1 < boots->count && boots->rows[at].first_seq < head->shift_seq)
        at++;
    *out_last_ms = boots->rows[at].floor_ms;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT " FACTS_COLUMNS FACTS_FROM "WHERE f.station=? AND f.seq>=? ORDER BY f.seq",
                 "ii", head->station, head->shift_seq);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        bool has_moved = false;
        rc = facts_read_row(rows, &fact);
        if (at + 1 < boots->count && !rc && fact.id.seq >= boots->rows[at + 1].first_seq)
            at++;
        if (!rc)
            rc = place_again(db, &boots->rows[at], out_last_ms, &fact, &has_moved);
        if (!rc && has_moved && !fact_id_is_none(fact.subject))
            rc = touch(context, fact.subject);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc shift_boots(struct db *db, struct head *head, enum reach reach,
                           enum rc (*touch)(void *context, struct fact_id subject), void *context)
{
    struct head_boots boots = {.rows = NULL};
    int64_t last_ms = 0;
    enum rc rc = load_boots(db, head, reach, &boots);
    if (!rc) {
        chrono_settle(boots.rows, boots.count);
        rc = shift(db, head, &boots, touch, context, &last_ms);
    }
    free(boots.rows);
    if (!rc)
        head->effective_ms = last_ms;
    return rc;
}

enum rc head_shift(struct db *db, struct head *head,
                   enum rc (*touch)(void *context, struct fact_id subject), void *context)
{
    return shift_boots(db, head, REACH_UNSURE, touch, context);
}

enum rc head_settle(struct db *db, struct head *head,
                    enum rc (*touch)(void *context, struct fact_id subject), void *context)
{
    if (!head->seq)
        return RC_OK;
    head->shift_seq = INT64_MAX;
    enum rc rc = give_way(db, head, REACH_ALL);
    return rc || head->shift_seq == INT64_MAX ? rc
                                              : shift_boots(db, head, REACH_ALL, touch, context);
}
