/* Facts that the mark knew whom they were about, and nobody knows any more. */
#include "app/domain/presence.h"
#include "app/store/changes_i.h"
#include "app/store/closing.h"

/* Taps that are read otherwise make those behind them so, too: mostly of one day. */
#define NEAR_MS PRESENCE_VISIT_MAX_MS

/* Each redacted fact of the ranges that were erased since. */
static enum rc each_redacted(struct changes *changes,
                             enum rc (*hear)(struct changes *changes, const struct fact *fact))
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < changes->erased_count; i++) {
        const struct changes_erased *range = &changes->erased[i];
        struct sqlite3_stmt *rows = NULL;
        rc = db_query(changes->db, &rows,
                      "SELECT station, seq, kind, effective_ms FROM fact"
                      " WHERE station=? AND seq BETWEEN ? AND ? AND length(body_hash)=16",
                      "iii", range->station, range->first, range->last);
        while (!rc && !(rc = db_step(changes->db, rows)))
            rc = hear(changes, &(struct fact){.id = db_column_id(rows, 0),
                                              .kind = (enum fact_kind)db_column(rows, 2),
                                              .effective_ms = db_column(rows, 3)});
        db_done(rows);
        rc = rc == RC_EMPTY ? RC_OK : rc;
    }
    return rc;
}

/* --- whose rows may differ --- */

static enum rc add_unsure(struct changes *changes, int64_t at_ms)
{
    void *rows = changes->unsure_ms;
    enum rc rc = changes_grow(&rows, changes->unsure_count, &changes->unsure_capacity,
                              sizeof *changes->unsure_ms);
    changes->unsure_ms = rows;
    if (!rc)
        changes->unsure_ms[changes->unsure_count++] = at_ms;
    return rc;
}

/* What guests were called is in no row: only taps are read otherwise, or are rows. */
static bool is_move(const struct fact *fact)
{
    return fact->kind == FACT_TAP || fact->kind == FACT_PRESS;
}

/* What cuts a visit's hours, and may go without that visit. */
static bool is_promise(const struct fact *fact)
{
    return fact->kind == FACT_SIGN_UP || fact->kind == FACT_SIGN_UP_ENDED;
}

static enum rc look_at(struct changes *changes, const struct fact *fact)
{
    changes->has_promise |= is_promise(fact) && mark_has(changes->since, fact->id);
    if (!is_move(fact))
        return RC_OK;
    const struct changes_moved *moved = changes_moved_of(changes, fact->id);
    bool is_known = mark_has(changes->since, fact->id);
    enum rc rc = RC_OK;
    changes->has_redacted |= is_known;
    if (moved)
        rc = add_unsure(changes, moved->effective_ms);
    if (!rc && (moved || (!is_known && fact->effective_ms <= changes->since->at_ms)))
        rc = add_unsure(changes, fact->effective_ms);
    return rc;
}

/* When they were here last may be one of those visits. */
static enum rc touch_newcomers(struct changes *changes)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(changes->db, &rows, "SELECT station, seq FROM newcomer", "");
    return changes_touch_rows(changes, rc, rows);
}

static enum rc touch_near(struct changes *changes, int64_t at_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(changes->db, &rows,
                          "SELECT person_station, person_seq FROM visit"
                          " WHERE arrived_ms BETWEEN ? AND ?",
                          "ii", at_ms - NEAR_MS, at_ms + NEAR_MS);
    return changes_touch_rows(changes, rc, rows);
}

/* Who only was counted has no closing of their own. */
static enum rc find_house_sum(struct changes *changes)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(changes->db, &rows,
                          "SELECT f.station, f.seq FROM (SELECT DISTINCT station FROM boot) b"
                          " CROSS JOIN fact f ON f.subject_station=b.station AND f.subject_seq=?"
                          " WHERE f.kind=?",
                          "dd", CLOSING_HOUSE_SEQ, (int)FACT_CLOSING);
    while (!rc && !changes->has_house_sum && !(rc = db_step(changes->db, rows)))
        changes->has_house_sum = !mark_has(changes->since, db_column_id(rows, 0));
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc changes_find_redacted(struct changes *changes)
{
    enum rc rc = each_redacted(changes, look_at);
    if (!rc && changes->has_promise)
        rc = find_house_sum(changes);
    if (rc || !changes->has_redacted)
        return rc;
    rc = touch_newcomers(changes);
    for (size_t i = 0; !rc && i < changes->unsure_count; i++)
        rc = touch_near(changes, changes->unsure_ms[i]);
    return rc;
}

/* A fact of theirs that moved, or came in behind the mark and lies before one that it had. */
static bool has_late(const struct changes *changes)
{
    const struct facts *now = &changes->now;
    bool has_newer = false;
    for (size_t i = 0; i < now->count; i++) {
        bool is_known = mark_has(changes->since, now->rows[i].id);
        if ((is_known && has_newer) || changes_moved_of(changes, now->rows[i].id))
            return true;
        has_newer |= !is_known;
    }
    return false;
}

static bool is_near(const struct changes *changes, const struct visit *visit)
{
    for (size_t i = 0; i < changes->unsure_count; i++)
        if (changes->unsure_ms[i] >= visit->arrived_ms - NEAR_MS &&
            changes->unsure_ms[i] <= visit->arrived_ms + NEAR_MS)
            return true;
    return false;
}

/* Was a promise of theirs closed since? It cut the hours of a visit that may have stayed. */
static bool may_miss_promise(const struct changes *changes)
{
    bool may = changes->has_house_sum;
    for (size_t i = 0; !may && i < changes->now.count; i++)
        may = changes->now.rows[i].kind == FACT_CLOSING &&
              !mark_has(changes->since, changes->now.rows[i].id);
    return changes->has_promise && may;
}

bool changes_is_unsure(const struct changes *changes, const struct changes_side *is)
{
    bool is_unsure = may_miss_promise(changes) || (changes->has_redacted && has_late(changes));
    for (size_t i = 0; changes->has_redacted && !is_unsure && i < is->fold.presence.count; i++)
        is_unsure = is_near(changes, &is->fold.presence.visits[i]);
    return is_unsure;
}

/* --- what is told of them --- */

/* Each may have been an arrival at the mark. */
static enum rc tell(struct changes *changes, const struct fact *fact)
{
    const struct fact_id nobody = {0, 0};
    return is_move(fact) && mark_has(changes->since, fact->id)
               ? changes_tell_lost_visit(changes, nobody, fact->id)
               : RC_OK;
}

enum rc changes_tell_redacted(struct changes *changes)
{
    return each_redacted(changes, tell);
}
