#include "app/store/lookup.h"

#include <stdio.h>
#include <string.h>

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

#define BADGE                                                                                      \
    "SELECT b.station, b.seq, b.hash, b.key_id, b.given_station, b.given_seq, b.until_ms,"         \
    " b.is_lent, b.is_withdrawn FROM badge b JOIN fact f"                                          \
    " ON f.station=b.given_station AND f.seq=b.given_seq "

static enum rc read_badge(struct sqlite3_stmt *rows, struct fold_badge *out_badge)
{
    struct fold_badge badge = {
        .given = db_column_id(rows, 4),
        .until_ms = db_column(rows, 6),
        .is_lent = db_column(rows, 7) != 0,
        .is_withdrawn = db_column(rows, 8) != 0,
    };
    enum rc rc = db_column_bytes(rows, 2, badge.hash.bytes, sizeof badge.hash.bytes);
    db_column_text(rows, 3, badge.key_id, sizeof badge.key_id);
    if (!rc)
        *out_badge = badge;
    return rc;
}

static enum rc find_badge(struct db *db, const struct badge_hash *hash, struct fact_id *out_person,
                          struct fold_badge *out_badge)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     BADGE "WHERE b.hash=? ORDER BY b.is_withdrawn, f.effective_ms DESC, f.station,"
                           " f.seq DESC LIMIT 1",
                     "b", hash->bytes, sizeof hash->bytes);
    if (rc)
        return rc;
    rc = read_badge(rows, out_badge);
    if (!rc)
        *out_person = db_column_id(rows, 0);
    db_done(rows);
    return rc;
}

enum rc lookup_badge(struct db *db, const struct badge_hash *hash, struct fact_id *out_person,
                     bool *out_is_withdrawn)
{
    struct fold_badge badge;
    enum rc rc = find_badge(db, hash, out_person, &badge);
    if (!rc)
        *out_is_withdrawn = badge.is_withdrawn;
    return rc;
}

enum rc lookup_owner(struct db *db, const uint8_t *key, const struct badge *badge,
                     struct fact_id *out_person, struct fold_badge *out_badge)
{
    struct badge forms[BADGE_FORMS_MAX];
    int count = badge_forms(badge, forms);
    enum rc rc = RC_EMPTY;
    for (int i = 0; rc == RC_EMPTY && i < count; i++) {
        struct badge_hash hash = badge_hash(&forms[i], key);
        rc = find_badge(db, &hash, out_person, out_badge);
    }
    return rc;
}

enum rc lookup_badges(struct db *db, struct fact_id person, struct fold_badge *out_badges,
                      size_t max, size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc = db_query(db, &rows,
                          BADGE "WHERE b.station=? AND b.seq=?"
                                " ORDER BY f.effective_ms, f.station, f.seq, b.hash",
                          "I", person);
    while (!rc && count < max && !(rc = db_step(db, rows)))
        rc = read_badge(rows, &out_badges[count++]);
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count = count;
    return RC_OK;
}

enum rc lookup_has_lent_badge(struct db *db, struct fact_id person, bool *out_has)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows,
        "SELECT 1 FROM badge WHERE station=? AND seq=? AND is_lent AND NOT is_withdrawn LIMIT 1",
        "I", person);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_has = rc == RC_OK;
    db_done(rows);
    return RC_OK;
}

enum rc lookup_count_role(struct db *db, enum role role, int64_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    /* Somebody erased opens nothing any more. */
    enum rc rc = db_query_row(db, &rows,
                              "SELECT count(*) FROM keyholder k JOIN person p"
                              " ON p.station=k.station AND p.seq=k.seq WHERE k.role=?"
                              " AND k.organisation_seq=0",
                              "d", (int)role);
    if (rc)
        return rc;
    *out_count = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_text(struct db *db, struct fact_id fact, const char *name, char *out_text,
                    size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    json_t *body = NULL;
    char bytes[FACT_BODY_LIMIT + 1];
    enum rc rc = db_query_row(db, &rows,
                              "SELECT CAST(coalesce(body, '{}') AS TEXT) FROM fact"
                              " WHERE station=? AND seq=?",
                              "I", fact);
    if (rc)
        return rc == RC_EMPTY ? RC_NOT_FOUND : rc;
    db_column_text(rows, 0, bytes, sizeof bytes);
    db_done(rows);
    rc = json_read_object(bytes, strlen(bytes), FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    const char *text = json_text(body, name);
    snprintf(out_text, size, "%s", text ? text : "");
    json_decref(body);
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

enum rc lookup_each(struct db *db, enum rc (*row)(void *context, const struct person *person),
                    void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct person person;
    enum rc rc = db_query(db, &rows,
                          PERSON "ORDER BY filed(last_name), filed(first_name), last_name,"
                                 " first_name, station, seq",
                          "");
    while (!rc && !(rc = db_step(db, rows))) {
        rows_read_person(rows, 0, &person);
        rc = row(context, &person);
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc lookup_names(struct db *db, enum rc (*row)(void *context, const struct person *person),
                     void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct person person = {.first_name = ""};
    enum rc rc = db_query(db, &rows,
                          "SELECT station, seq, number, first_name, last_name FROM person"
                          " ORDER BY station, seq",
                          "");
    while (!rc && !(rc = db_step(db, rows))) {
        person.id = db_column_id(rows, 0);
        db_column_text(rows, 2, person.number, sizeof person.number);
        db_column_text(rows, 3, person.first_name, sizeof person.first_name);
        db_column_text(rows, 4, person.last_name, sizeof person.last_name);
        rc = row(context, &person);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
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

enum rc lookup_visit(struct db *db, struct fact_id id, struct fact_id *out_person,
                     struct visit *out_visit)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT" ROWS_VISIT ", v.person_station, v.person_seq FROM visit v"
                              " WHERE station=? AND seq=?",
                              "I", id);
    if (rc)
        return rc;
    rows_read_visit(rows, 0, out_visit);
    *out_person = db_column_id(rows, ROWS_VISIT_COLUMNS);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_overlaps(struct db *db, struct fact_id person, struct fact_id except,
                        int64_t from_ms, int64_t to_ms, bool *out_overlaps)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows,
        "SELECT 1 FROM visit WHERE person_station=? AND person_seq=? AND arrived_ms<?"
        " AND (how_out=? OR (how_out<>? AND left_ms>?)) AND (station, seq)<>(?,?) LIMIT 1",
        "IiddiI", person, to_ms, PRESENCE_OPEN, PRESENCE_ASSUMED, from_ms, except);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_overlaps = rc == RC_OK;
    db_done(rows);
    return RC_OK;
}

enum rc lookup_lengths(struct db *db, struct fact_id person, size_t max, int64_t *out_lengths_ms,
                       size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT left_ms-arrived_ms FROM visit"
                          " WHERE person_station=? AND person_seq=? AND how_out IN (?,?)"
                          " ORDER BY arrived_ms DESC LIMIT ?",
                          "Iddi", person, PRESENCE_TAP, PRESENCE_NAME, (int64_t)max);
    while (!rc && !(rc = db_step(db, rows)) && count < max)
        out_lengths_ms[count++] = db_column(rows, 0);
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count = count;
    return RC_OK;
}

enum rc lookup_first_of_kind(struct db *db, struct fact_id person, enum occasion_kind kind,
                             int64_t *out_arrived_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT arrived_ms FROM visit"
                              " WHERE person_station=? AND person_seq=? AND kind=?"
                              " ORDER BY arrived_ms LIMIT 1",
                              "Id", person, (int)kind);
    if (rc)
        return rc;
    *out_arrived_ms = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_here(struct db *db, int64_t now_ms, int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT count(*) + total(guests) + total(children) FROM visit"
                              " WHERE how_out=0 AND closes_ms>?",
                              "i", now_ms);
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
