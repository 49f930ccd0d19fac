/* Occasions and their shifts. */
#include <stdlib.h>

#include "app/store/rows.h"
#include "app/store/views_i.h"

static enum rc load_shifts(struct db *db, const char *suffix, struct fact_id id,
                           struct occasion *occasion)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = views_query(
        db, suffix, &rows,
        "SELECT" ROWS_SHIFT "FROM shift@ h WHERE station=? AND seq=? ORDER BY number", "I", id);
    while (!rc && !(rc = db_step(db, rows)) && occasion->shift_count < OCCASION_SHIFTS_MAX)
        rows_read_shift(rows, 0, &occasion->shifts[occasion->shift_count++]);
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc views_load_occasion(struct db *db, const char *suffix, struct fact_id id,
                            struct occasion *out_occasion)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        views_query(db, suffix, &rows,
                    "SELECT" ROWS_OCCASION "FROM occasion@ o WHERE station=? AND seq=?", "I", id);
    if (!rc)
        rc = db_step(db, rows);
    if (rc)
        return rc;
    rows_read_occasion(rows, 0, out_occasion);
    db_done(rows);
    return load_shifts(db, suffix, id, out_occasion);
}

static enum rc remove_rows(struct db *db, const char *suffix, struct fact_id id)
{
    enum rc rc = views_run(db, suffix, "DELETE FROM shift@ WHERE station=? AND seq=?", "I", id);
    return rc ? rc
              : views_run(db, suffix, "DELETE FROM occasion@ WHERE station=? AND seq=?", "I", id);
}

static enum rc write_shift(struct db *db, const char *suffix, struct fact_id id,
                           const struct shift *h)
{
    return views_run(db, suffix,
                     "INSERT INTO shift@(station, seq, number, mission, from_ms, to_ms, places,"
                     " circle, skill, referent, is_gone, closed_station, closed_seq, were_enough)"
                     " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                     "IdtiidtttdId", id, h->number, h->mission, h->from_ms, h->to_ms, h->places,
                     h->circle, h->skill, h->referent, (int)h->is_gone, h->closed,
                     (int)h->were_enough);
}

static enum rc write_rows(struct db *db, const char *suffix, const struct occasion *o)
{
    enum rc rc = views_run(
        db, suffix,
        "INSERT INTO occasion@(station, seq, organisation_station, organisation_seq, kind, state,"
        " uid, instance, title, place, from_ms, to_ms, is_all_day, source)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "IIddttttiidt", o->id, o->organisation, (int)o->kind, (int)o->state, o->uid, o->instance,
        o->title, o->place, o->from_ms, o->to_ms, (int)o->is_all_day, o->source);
    for (int i = 0; !rc && i < o->shift_count; i++)
        rc = write_shift(db, suffix, o->id, &o->shifts[i]);
    return rc;
}

enum rc views_refold_occasion(struct db *db, const char *suffix, struct fact_id id,
                              struct facts *facts)
{
    bool is_known = false;
    struct occasion *before = calloc(2, sizeof *before), *after;
    if (!before)
        return RC_NO_MEMORY;
    after = before + 1;
    fact_sort(facts->rows, facts->count);
    enum rc rc = occasion_fold(facts->rows, facts->count, after, &is_known);
    if (!rc)
        rc = views_load_occasion(db, suffix, id, before);
    bool was_known = rc == RC_OK;
    if (rc == RC_EMPTY)
        rc = RC_OK;
    bool is_same = was_known == is_known && (!is_known || occasion_is_same(before, after));
    if (!rc && !is_same) {
        rc = remove_rows(db, suffix, id);
        if (!rc && is_known)
            rc = write_rows(db, suffix, after);
    }
    free(before);
    return rc;
}
