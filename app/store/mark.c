#include "app/store/mark.h"

#include <sqlite3.h>

#include "app/store/office_i.h"

static const struct fact_id house = {0, 0};

/* --- how far it reaches --- */

static int64_t reach(const struct mark *mark, int64_t station)
{
    for (size_t i = 0; i < mark->count; i++)
        if (mark->upto[i].station == station)
            return mark->upto[i].seq;
    return 0;
}

bool mark_has(const struct mark *mark, struct fact_id fact)
{
    return fact.seq <= reach(mark, fact.station);
}

/* Had `mark` all facts that `other` had? */
static bool has_all(const struct mark *mark, const struct mark *other)
{
    for (size_t i = 0; i < other->count; i++)
        if (!mark_has(mark, other->upto[i]))
            return false;
    return true;
}

/* What both had: of two exports that knew nothing of each other neither is the whole truth. */
static void keep_common(struct mark *mark, const struct mark *other)
{
    size_t kept = 0;
    for (size_t i = 0; i < mark->count; i++) {
        struct fact_id upto = mark->upto[i];
        int64_t seq = reach(other, upto.station);
        if (seq < upto.seq)
            upto.seq = seq;
        if (upto.seq)
            mark->upto[kept++] = upto;
    }
    mark->count = kept;
    if (other->at_ms < mark->at_ms)
        mark->at_ms = other->at_ms;
}

static void join(struct mark *mark, const struct mark *other)
{
    if (has_all(other, mark))
        *mark = *other;
    else if (!has_all(mark, other))
        keep_common(mark, other);
}

/* --- as text --- */

json_t *mark_to_json(const struct mark *mark)
{
    json_t *upto = json_array();
    for (size_t i = 0; i < mark->count; i++) {
        json_t *pair =
            json_pack("[I,I]", (json_int_t)mark->upto[i].station, (json_int_t)mark->upto[i].seq);
        if (json_array_append_new(upto, pair)) {
            json_decref(upto);
            return NULL;
        }
    }
    return json_pack("{s:I,s:o}", "at_ms", (json_int_t)mark->at_ms, "upto", upto);
}

static bool read_pair(const json_t *pair, struct fact_id *out_id)
{
    const json_t *station = json_array_get(pair, 0), *seq = json_array_get(pair, 1);
    *out_id = (struct fact_id){json_integer_value(station), json_integer_value(seq)};
    return json_array_size(pair) == 2 && json_is_integer(station) && json_is_integer(seq) &&
           out_id->station > 0 && out_id->seq > 0;
}

enum rc mark_from_json(const json_t *value, struct mark *out_mark)
{
    struct mark mark = {.count = 0};
    const json_t *upto = json_object_get(value, "upto"), *at = json_object_get(value, "at_ms");
    if (!json_is_array(upto) || !json_is_integer(at))
        return RC_BAD_INPUT;
    mark.at_ms = json_integer_value(at);
    if (mark.at_ms <= 0 || mark.at_ms > FACT_TIME_MAX_MS)
        return RC_BAD_INPUT;
    if (json_array_size(upto) > MARK_STATIONS_MAX)
        return RC_LIMIT;
    for (size_t i = 0; i < json_array_size(upto); i++) {
        struct fact_id id;
        if (!read_pair(json_array_get(upto, i), &id) || reach(&mark, id.station))
            return RC_BAD_INPUT;
        mark.upto[mark.count++] = id;
    }
    *out_mark = mark;
    return RC_OK;
}

/* --- in the register --- */

enum rc mark_keep(struct db *db, const struct fact *fact, const json_t *body)
{
    struct mark mark;
    if (mark_from_json(body, &mark))
        return RC_CORRUPT;
    return db_run(db, "INSERT OR REPLACE INTO mark(station, seq) VALUES(?,?)", "I", fact->id);
}

static enum rc read_body(struct sqlite3_stmt *rows, struct mark *out_mark)
{
    json_t *body;
    const void *bytes = sqlite3_column_blob(rows, 0);
    if (!bytes) /* erased */
        return RC_EMPTY;
    enum rc rc =
        json_read_object(bytes, (size_t)sqlite3_column_bytes(rows, 0), FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = mark_from_json(body, out_mark);
    json_decref(body);
    return rc ? RC_CORRUPT : RC_OK;
}

enum rc mark_get(struct db *db, struct mark *out_mark)
{
    struct sqlite3_stmt *rows = NULL;
    struct mark all = {.count = 0}, mark;
    bool is_first = true;
    enum rc rc = db_query(db, &rows,
                          "SELECT f.body FROM mark m JOIN fact f ON f.station=m.station"
                          " AND f.seq=m.seq ORDER BY m.station",
                          "");
    while (!rc && !(rc = db_step(db, rows))) {
        rc = read_body(rows, &mark);
        if (!rc && is_first)
            all = mark;
        else if (!rc)
            join(&all, &mark);
        is_first &= rc != RC_OK;
        rc = rc == RC_EMPTY ? RC_OK : rc;
    }
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    *out_mark = all;
    return RC_OK;
}

enum rc mark_here(struct db *db, int64_t now_ms, struct mark *out_mark)
{
    struct sqlite3_stmt *rows = NULL;
    struct mark mark = {.at_ms = now_ms};
    enum rc rc = db_query(db, &rows,
                          "SELECT b.station, (SELECT max(f.seq) FROM fact f"
                          " WHERE f.station=b.station) FROM (SELECT DISTINCT station FROM boot) b"
                          " ORDER BY b.station",
                          "");
    while (!rc && !(rc = db_step(db, rows)))
        if (mark.count < MARK_STATIONS_MAX)
            mark.upto[mark.count++] = db_column_id(rows, 0);
        else
            rc = RC_LIMIT;
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    *out_mark = mark;
    return RC_OK;
}

/* Up to where nothing was added yet was nothing taken out. */
static enum rc check_past(struct db *db, const struct mark *mark)
{
    struct mark here;
    enum rc rc = mark_here(db, mark->at_ms, &here);
    return !rc && !has_all(&here, mark) ? RC_REFUSED : rc;
}

static enum rc record(struct journal *journal, const struct office *office, const struct mark *mark,
                      struct reason *out_reason)
{
    struct mark before;
    enum rc rc = check_past(journal_db(journal), mark);
    if (rc == RC_REFUSED) {
        reason_set(out_reason, SAID("that export is of another register, and was not recorded"));
        return rc;
    }
    if (!rc)
        rc = mark_get(journal_db(journal), &before);
    if (rc || (has_all(&before, mark) && mark->at_ms <= before.at_ms))
        return rc;
    return office_add(journal, office, FACT_EXPORTED, house, mark_to_json(mark), NULL);
}

enum rc mark_record(struct journal *journal, const struct office *office, const struct mark *mark,
                    struct reason *out_reason)
{
    enum rc rc = office_begin(journal, office, RIGHT_EXPORT, OFFICE_ABOUT_HOUSE, house, out_reason);
    return rc ? rc : office_end(journal, record(journal, office, mark, out_reason), out_reason);
}
