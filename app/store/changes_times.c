/* Where facts lay at the mark: clocks that were set since, and boots that gave way, moved them. */
#include <stdlib.h>
#include <string.h>

#include "app/store/changes_i.h"
#include "app/store/head.h"

static enum rc has_reason(struct db *db, int64_t station, int64_t upto, bool *out_has)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT EXISTS(SELECT 1 FROM boot WHERE station=?1 AND first_seq>?2)"
                     " OR EXISTS(SELECT 1 FROM fact WHERE station=?1 AND seq>?2 AND kind=?3)",
                     "iid", station, upto, (int)FACT_CLOCK_SET);
    if (rc)
        return rc;
    *out_has = db_column(rows, 0) != 0;
    db_done(rows);
    return RC_OK;
}

/* The boots that could have moved: behind the last one that a trusted clock settled. */
static enum rc load_boots(struct db *db, int64_t station, int64_t upto, struct head_boots *boots)
{
    struct sqlite3_stmt *rows = NULL;
    struct chrono_boot boot;
    enum rc rc = db_query(
        db, &rows,
        "SELECT" HEAD_BOOT "FROM boot b WHERE b.station=?1 AND b.first_seq<=?2 AND b.first_seq>"
        "(SELECT coalesce(max(s.first_seq), 0) FROM boot s WHERE s.station=?1 AND s.anchor_trust=?3"
        " AND s.first_seq<(SELECT max(l.first_seq) FROM boot l WHERE l.station=?1"
        "  AND l.first_seq<=?2)) ORDER BY b.first_seq",
        "iid", station, upto, (int)CLOCK_SYNCED);
    while (!rc && !(rc = db_step(db, rows))) {
        rc = head_read_boot(rows, &boot);
        boot.last_mono_ms = 0; /* of all its facts, also those beyond the mark */
        if (!rc)
            rc = head_add_boot(boots, &boot);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* Calls `take` for the facts of these boots up to the mark, in their order. */
static enum rc each_fact(struct changes *changes, int64_t station, int64_t upto,
                         const struct head_boots *boots,
                         enum rc (*take)(struct changes *changes, struct chrono_boot *boot,
                                         const struct fact *fact, int64_t *last_ms))
{
    struct sqlite3_stmt *rows = NULL;
    size_t at = 0;
    int64_t last_ms = boots->rows[0].floor_ms;
    enum rc rc = db_query(changes->db, &rows,
                          "SELECT " FACTS_COLUMNS_ALONE
                          " FROM fact f WHERE f.station=? AND f.seq BETWEEN ? AND ? ORDER BY f.seq",
                          "iii", station, boots->rows[0].first_seq, upto);
    while (!rc && !(rc = db_step(changes->db, rows))) {
        struct fact fact;
        rc = facts_read_row(rows, &fact);
        if (!rc && at + 1 < boots->count && fact.id.seq >= boots->rows[at + 1].first_seq)
            last_ms = boots->rows[++at].floor_ms;
        if (!rc)
            rc = take(changes, &boots->rows[at], &fact, &last_ms);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc anchor(struct changes *changes, struct chrono_boot *boot, const struct fact *fact,
                      int64_t *last_ms)
{
    (void)changes;
    (void)last_ms;
    if (fact->id.seq == boot->first_seq)
        chrono_begin(boot, fact, boot->floor_ms);
    else
        chrono_take_anchor(boot, fact);
    if (fact->mono_ms > boot->last_mono_ms)
        boot->last_mono_ms = fact->mono_ms;
    return RC_OK;
}

static enum rc compare(struct changes *changes, struct chrono_boot *boot, const struct fact *fact,
                       int64_t *last_ms)
{
    struct fact placed = *fact;
    chrono_place(boot, *last_ms, &placed);
    *last_ms = placed.effective_ms;
    if (placed.effective_ms == fact->effective_ms && placed.is_doubtful == fact->is_doubtful)
        return RC_OK;
    void *moved = changes->moved;
    enum rc rc = changes_grow(&moved, changes->moved_count, &changes->moved_capacity,
                              sizeof *changes->moved);
    changes->moved = moved;
    if (rc)
        return rc;
    changes->moved[changes->moved_count++] =
        (struct changes_moved){fact->id, placed.effective_ms, placed.is_doubtful};
    return fact_id_is_none(fact->subject) ? RC_OK : ids_add(&changes->touched, fact->subject);
}

enum rc changes_find_moved(struct changes *changes, int64_t station, int64_t upto)
{
    struct head_boots boots = {.rows = NULL};
    bool has = false;
    enum rc rc = has_reason(changes->db, station, upto, &has);
    if (rc || !has)
        return rc;
    rc = load_boots(changes->db, station, upto, &boots);
    if (!rc && boots.count) {
        rc = each_fact(changes, station, upto, &boots, anchor);
        chrono_settle(boots.rows, boots.count);
        if (!rc)
            rc = each_fact(changes, station, upto, &boots, compare);
    }
    free(boots.rows);
    return rc;
}
