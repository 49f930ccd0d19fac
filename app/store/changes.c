#include "app/store/changes.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "app/store/changes_i.h"
#include "app/store/views.h"
#include "firmware/base/json.h"

enum rc changes_grow(void **rows, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return RC_OK;
    size_t wanted = *capacity ? 2 * *capacity : 64;
    void *grown = realloc(*rows, wanted * size);
    if (!grown)
        return RC_NO_MEMORY;
    *rows = grown;
    *capacity = wanted;
    return RC_OK;
}

/* --- whose rows can differ --- */

enum rc changes_touch_rows(struct changes *changes, enum rc rc, struct sqlite3_stmt *rows)
{
    while (!rc && !(rc = db_step(changes->db, rows)))
        rc = ids_add(&changes->touched, db_column_id(rows, 0));
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc touch_range(struct changes *changes, int64_t station, int64_t first, int64_t last)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(changes->db, &rows,
                          "SELECT DISTINCT subject_station, subject_seq FROM fact"
                          " WHERE station=? AND seq BETWEEN ? AND ? AND subject_seq>0",
                          "iii", station, first, last);
    return changes_touch_rows(changes, rc, rows);
}

static enum rc add_erased(struct changes *changes, const json_t *range)
{
    void *rows = changes->erased;
    enum rc rc = changes_grow(&rows, changes->erased_count, &changes->erased_capacity,
                              sizeof *changes->erased);
    changes->erased = rows;
    if (rc)
        return rc;
    const struct changes_erased erased = {json_integer_value(json_array_get(range, 0)),
                                          json_integer_value(json_array_get(range, 1)),
                                          json_integer_value(json_array_get(range, 2))};
    changes->erased[changes->erased_count++] = erased;
    return touch_range(changes, erased.station, erased.first, erased.last);
}

static enum rc take_tombstone(struct changes *changes, struct sqlite3_stmt *rows)
{
    json_t *body;
    const void *bytes = sqlite3_column_blob(rows, 0);
    if (!bytes)
        return RC_OK;
    enum rc rc =
        json_read_object(bytes, (size_t)sqlite3_column_bytes(rows, 0), FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    const json_t *ranges = json_object_get(body, "of");
    for (size_t i = 0; !rc && i < json_array_size(ranges); i++)
        rc = add_erased(changes, json_array_get(ranges, i));
    json_decref(body);
    return rc;
}

static enum rc find_erased(struct changes *changes, int64_t station, int64_t upto)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(changes->db, &rows, "SELECT body FROM fact WHERE station=? AND seq>? AND kind=?",
                 "iid", station, upto, (int)FACT_TOMBSTONE);
    while (!rc && !(rc = db_step(changes->db, rows)))
        rc = take_tombstone(changes, rows);
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static int64_t reach(const struct mark *mark, int64_t station)
{
    for (size_t i = 0; i < mark->count; i++)
        if (mark->upto[i].station == station)
            return mark->upto[i].seq;
    return 0;
}

static enum rc look_at_station(struct changes *changes, int64_t station)
{
    int64_t upto = reach(changes->since, station);
    enum rc rc = touch_range(changes, station, upto + 1, INT64_MAX);
    if (!rc && changes->since->count)
        rc = find_erased(changes, station, upto);
    return rc || !upto ? rc : changes_find_moved(changes, station, upto);
}

/* What somebody's own rows say of others: the occasion their hours went to, who welcomes them. */
static enum rc touch_beside(struct changes *changes)
{
    size_t count = changes->touched.count;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < count; i++) {
        struct fact_id id = changes->touched.rows[i];
        struct sqlite3_stmt *rows = NULL;
        rc = db_query(changes->db, &rows,
                      "SELECT person_station, person_seq FROM sign_up"
                      " WHERE occasion_station=? AND occasion_seq=?",
                      "I", id);
        rc = changes_touch_rows(changes, rc, rows);
        if (rc)
            return rc;
        rc = db_query(changes->db, &rows,
                      "SELECT station, seq FROM newcomer WHERE buddy_station=? AND buddy_seq=?"
                      " AND buddy_seq>0",
                      "I", id);
        rc = changes_touch_rows(changes, rc, rows);
    }
    return rc;
}

/* Between the two moments time ended what nobody did; or began it again, where a clock went back.
 */
static enum rc touch_ended(struct changes *changes)
{
    struct sqlite3_stmt *rows = NULL;
    int64_t was_ms = changes->since->at_ms, now_ms = changes->now_ms;
    enum rc rc =
        db_query(changes->db, &rows,
                 "SELECT person_station, person_seq FROM visit WHERE how_out=0"
                 " AND closes_ms>? AND closes_ms<=?",
                 "ii", was_ms < now_ms ? was_ms : now_ms, was_ms < now_ms ? now_ms : was_ms);
    return changes_touch_rows(changes, rc, rows);
}

static enum rc find_touched(struct changes *changes)
{
    struct mark here;
    enum rc rc = mark_here(changes->db, changes->now_ms, &here);
    for (size_t i = 0; !rc && i < here.count; i++)
        rc = look_at_station(changes, here.upto[i].station);
    if (!rc)
        rc = changes_find_redacted(changes);
    ids_sort(&changes->touched);
    if (rc || !changes->since->count)
        return rc;
    rc = touch_beside(changes);
    if (!rc)
        rc = touch_ended(changes);
    ids_sort(&changes->touched);
    return rc;
}

/* --- one of them --- */

static bool is_about_person(const struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        if (fact_kind_about(facts->rows[i].kind) == FACT_ABOUT_PERSON)
            return true;
    return false;
}

static bool has_erased(const struct changes *changes)
{
    for (size_t i = 0; i < changes->now.count; i++)
        if (changes_is_lost(changes, &changes->now.rows[i]))
            return true;
    return false;
}

static enum rc tell_since(struct changes *changes, struct fact_id id, const struct changes_side *is)
{
    struct changes_side was;
    enum rc rc = changes_load_past(changes, id);
    if (!rc)
        rc = changes_begin_side(&changes->past, id, changes->since->at_ms, true, &was);
    if (rc)
        return rc;
    rc = changes_tell(changes, &was, is, has_erased(changes) || changes_is_unsure(changes, is));
    changes_finish_side(&was);
    return rc;
}

static enum rc tell_person(struct changes *changes, struct fact_id id)
{
    struct changes_side is;
    enum rc rc = facts_load_subject(changes->db, id, &changes->now);
    if (rc || !is_about_person(&changes->now))
        return rc;
    rc = changes_begin_side(&changes->now, id, changes->now_ms, false, &is);
    if (rc)
        return rc;
    rc = changes->since->count ? tell_since(changes, id, &is)
                               : changes_tell(changes, NULL, &is, false);
    changes_finish_side(&is);
    return rc;
}

enum rc changes_each(struct snapshot *snapshot, const struct mark *since, int64_t now_ms,
                     const struct changes_hearer *hearer)
{
    struct changes changes = {.snapshot = snapshot,
                              .db = snapshot_db(snapshot),
                              .since = since,
                              .now_ms = now_ms,
                              .hearer = hearer};
    enum rc rc = find_touched(&changes);
    for (size_t i = 0; !rc && i < changes.touched.count; i++)
        rc = tell_person(&changes, changes.touched.rows[i]);
    if (!rc)
        rc = changes_tell_redacted(&changes);
    ids_finish(&changes.touched);
    facts_finish(&changes.now);
    facts_finish(&changes.past);
    free(changes.moved);
    free(changes.erased);
    free(changes.unsure_ms);
    return rc;
}
