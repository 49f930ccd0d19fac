#include "app/store/lookup.h"

#include "app/store/rows.h"

#define PERSON "SELECT" ROWS_PERSON "FROM person p "
#define VISIT "SELECT" ROWS_VISIT "FROM visit v "

static enum rc read_person(struct db *db, enum rc rc, struct sqlite3_stmt *rows,
                           struct person *out_person)
{
    if (!rc)
        rc = db_step(db, rows);
    if (rc)
        return rc;
    rows_read_person(rows, 0, out_person);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_badge(struct db *db, const struct badge_hash *hash, struct fact_id *out_person,
                     bool *out_is_withdrawn)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT b.station, b.seq, b.is_withdrawn FROM badge b JOIN fact f"
                     " ON f.station=b.given_station AND f.seq=b.given_seq WHERE b.hash=?"
                     " ORDER BY b.is_withdrawn, f.effective_ms DESC, f.station, f.seq DESC LIMIT 1",
                     "b", hash->bytes, sizeof hash->bytes);
    if (rc)
        return rc;
    *out_person = db_column_id(rows, 0);
    *out_is_withdrawn = db_column(rows, 2) != 0;
    db_done(rows);
    return RC_OK;
}

enum rc lookup_person(struct db *db, struct fact_id id, struct person *out_person)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows, PERSON "WHERE station=? AND seq=?", "I", id);
    return read_person(db, rc, rows, out_person);
}

enum rc lookup_number(struct db *db, const char *number, struct person *out_person)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows, PERSON "WHERE number=? AND number <> ''", "t", number);
    return read_person(db, rc, rows, out_person);
}

enum rc lookup_external_id(struct db *db, const char *external_id, struct person *out_person)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows, PERSON "WHERE external_id=? AND external_id <> ''", "t", external_id);
    return read_person(db, rc, rows, out_person);
}

enum rc lookup_name(struct db *db, const char *first_name, const char *last_name,
                    struct person *out_person)
{
    struct sqlite3_stmt *rows = NULL;
    struct person person;
    enum rc rc = db_query_row(db, &rows, PERSON "WHERE first_name=? AND last_name=?", "tt",
                              first_name, last_name);
    if (rc)
        return rc;
    rows_read_person(rows, 0, &person);
    rc = db_step(db, rows);
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc ? rc : RC_REFUSED;
    *out_person = person;
    return RC_OK;
}

enum rc lookup_last_visit(struct db *db, struct fact_id person, struct visit *out_visit)
{
    struct sqlite3_stmt *rows = NULL;
    /* An arrival may have been corrected to before the one of a visit that is over. */
    enum rc rc = db_query_row(
        db, &rows, VISIT "WHERE person_station=? AND person_seq=? AND how_out=0", "I", person);
    if (rc == RC_EMPTY)
        rc = db_query_row(db, &rows,
                          VISIT "WHERE person_station=? AND person_seq=?"
                                " ORDER BY arrived_ms DESC, station DESC, seq DESC LIMIT 1",
                          "I", person);
    if (rc)
        return rc;
    rows_read_visit(rows, 0, out_visit);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_seconds(struct db *db, struct fact_id person, int64_t from_ms, int64_t now_ms,
                       int64_t *out_seconds)
{
    struct sqlite3_stmt *rows = NULL;
    int64_t seconds = 0;
    /* A visit may have begun before `from_ms` and reach into it. */
    enum rc rc =
        db_query(db, &rows, VISIT "WHERE person_station=? AND person_seq=? AND arrived_ms>=?", "Ii",
                 person, from_ms - PRESENCE_VISIT_MAX_MS);
    while (!rc && !(rc = db_step(db, rows))) {
        struct visit visit;
        rows_read_visit(rows, 0, &visit);
        seconds += visit_seconds(&visit, from_ms, now_ms);
    }
    if (rc != RC_EMPTY)
        return rc;
    *out_seconds = seconds;
    return RC_OK;
}

enum rc lookup_here(struct db *db, int64_t now_ms, int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows, "SELECT count(*) FROM visit WHERE how_out=0 AND closes_ms>?", "i", now_ms);
    if (rc)
        return rc;
    *out_count = (int)db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_since(struct db *db, struct fact_id person, uint8_t *out_boot, int64_t *out_mono_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT f.boot, f.mono_ms FROM presence p JOIN fact f"
                              " ON f.station=p.since_station AND f.seq=p.since_seq"
                              " WHERE p.station=? AND p.seq=?",
                              "I", person);
    if (rc)
        return rc;
    rc = db_column_bytes(rows, 0, out_boot, CLOCK_BOOT_BYTES);
    *out_mono_ms = db_column(rows, 1);
    db_done(rows);
    return rc;
}
