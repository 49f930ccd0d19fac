/* What visits gave, and who is new, row by row. */
#include <stdio.h>

#include "app/domain/stint.h"
#include "app/store/lookup.h"
#include "app/store/lookup_hours.h"
#include "app/store/lookup_occasions.h"
#include "app/store/rows.h"
#include "app/store/snapshot.h"

/* --- what visits gave --- */

#define STINT                                                                                      \
    ROWS_STINT                                                                                     \
    ", t.person_station, t.person_seq, coalesce(o.kind, v.kind, 0), coalesce(v.kind, 0),"          \
    " coalesce(v.is_doubtful_in OR v.is_doubtful_out, 0), coalesce(o.title, ''),"                  \
    " coalesce(n.name, '')"
#define STINT_COLUMNS (ROWS_STINT_COLUMNS + 7)
#define STINT_TABLES                                                                               \
    " FROM stint t"                                                                                \
    " LEFT JOIN visit v ON v.station=t.station AND v.seq=t.seq"                                    \
    " LEFT JOIN occasion o ON o.station=t.occasion_station AND o.seq=t.occasion_seq"               \
    " LEFT JOIN organisation n ON n.station=t.organisation_station AND n.seq=t.organisation_seq"

static enum occasion_kind read_kind(struct sqlite3_stmt *rows, int column)
{
    int64_t number = db_column(rows, column);
    return number >= 0 && number < OCCASION_COUNT ? (enum occasion_kind)number : OCCASION_WORKSHOP;
}

/* All but whose. */
static void read_stint(struct sqlite3_stmt *rows, struct snapshot_stint *out_stint)
{
    const int at = ROWS_STINT_COLUMNS;
    rows_read_stint(rows, 0, &out_stint->stint);
    out_stint->kind = read_kind(rows, at + 2);
    out_stint->visit_kind = read_kind(rows, at + 3);
    out_stint->is_doubtful = db_column(rows, at + 4) != 0;
    db_column_text(rows, at + 5, out_stint->title, sizeof out_stint->title);
    db_column_text(rows, at + 6, out_stint->organisation, sizeof out_stint->organisation);
}

/* Somebody whom the register has no more is nobody, with an id. */
static enum rc read_person(struct db *db, struct fact_id id, struct person *out_person)
{
    enum rc rc = lookup_person(db, id, out_person);
    if (rc != RC_EMPTY)
        return rc;
    *out_person = (struct person){.id = id};
    return RC_OK;
}

static enum rc read_occasion(struct db *db, struct snapshot_stint *stint)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows, "SELECT kind, title FROM occasion WHERE station=? AND seq=?", "I",
                     stint->stint.of.occasion);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    stint->kind = read_kind(rows, 0);
    db_column_text(rows, 1, stint->title, sizeof stint->title);
    db_done(rows);
    return RC_OK;
}

/* Of a visit that time alone has ended the views have no stints. */
static enum rc give_stints(struct db *db, struct fact_id person, const struct visit *visit,
                           int64_t now_ms,
                           enum rc (*row)(void *context, const struct snapshot_stint *stint),
                           void *context)
{
    struct sign_ups sign_ups;
    struct stint stints[STINTS_MAX];
    struct snapshot_stint given = {.visit_kind = visit->kind};
    struct visit ended = presence_visit_at(visit, now_ms);
    enum rc rc = read_person(db, person, &given.person);
    if (!rc)
        rc = lookup_hours_sign_ups(db, person, visit->arrived_ms, &sign_ups);
    if (rc)
        return rc;
    given.is_doubtful = ended.is_doubtful_in || ended.is_doubtful_out;
    int count = stint_cut(visit, &sign_ups, now_ms, stints);
    sign_ups_finish(&sign_ups);
    for (int i = 0; !rc && i < count; i++) {
        given.stint = stints[i];
        given.kind = visit->kind;
        given.title[0] = 0;
        rc = read_occasion(db, &given);
        if (!rc)
            rc = lookup_organisation_name(db, stints[i].organisation, given.organisation,
                                          sizeof given.organisation);
        if (!rc)
            rc = row(context, &given);
    }
    return rc;
}

static enum rc each_ended_by_time(struct db *db, int first_day, int last_day, int64_t now_ms,
                                  enum rc (*row)(void *context, const struct snapshot_stint *stint),
                                  void *context)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_VISIT ", v.person_station, v.person_seq FROM visit v"
                          " WHERE v.how_out=0 AND v.closes_ms<=? AND v.day BETWEEN ? AND ?"
                          " ORDER BY v.closes_ms, v.station, v.seq",
                          "idd", now_ms, first_day, last_day);
    while (!rc && !(rc = db_step(db, rows))) {
        struct visit visit;
        rows_read_visit(rows, 0, &visit);
        rc = give_stints(db, db_column_id(rows, ROWS_VISIT_COLUMNS), &visit, now_ms, row, context);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc snapshot_stints(struct snapshot *snapshot, int first_day, int last_day, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_stint *stint),
                        void *context)
{
    struct db *db = snapshot_db(snapshot);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT" STINT "," ROWS_PERSON STINT_TABLES
                          " LEFT JOIN person p ON p.station=t.person_station AND p.seq=t.person_seq"
                          " WHERE t.day BETWEEN ? AND ?"
                          " ORDER BY t.day, t.person_station, t.person_seq, t.station, t.seq,"
                          " t.place",
                          "dd", first_day, last_day);
    while (!rc && !(rc = db_step(db, rows))) {
        struct snapshot_stint stint;
        read_stint(rows, &stint);
        rows_read_person(rows, STINT_COLUMNS, &stint.person);
        stint.person.id = db_column_id(rows, ROWS_STINT_COLUMNS);
        rc = row(context, &stint);
    }
    db_done(rows);
    return rc == RC_EMPTY ? each_ended_by_time(db, first_day, last_day, now_ms, row, context) : rc;
}

/* --- the same, person by person --- */

struct by_person {
    struct db *db;
    int64_t now_ms;
    enum rc (*row)(void *context, const struct snapshot_stint *stint);
    void *context;
    bool is_quick;
    struct snapshot_stint stint;
    struct sqlite3_stmt *closed;
    struct sqlite3_stmt *open; /* visits that nobody ended; NULL: no more of them */
};

static enum rc next_open(struct by_person *walk)
{
    enum rc rc = db_step(walk->db, walk->open);
    if (rc == RC_EMPTY)
        walk->open = NULL;
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc begin_open(struct by_person *walk, int first_day, int last_day)
{
    enum rc rc = db_query(walk->db, &walk->open,
                          "SELECT" ROWS_VISIT ", v.person_station, v.person_seq FROM visit v"
                          " WHERE v.how_out=0 AND +v.day BETWEEN ? AND ?"
                          " ORDER BY v.person_station, v.person_seq, v.arrived_ms, v.station,"
                          " v.seq",
                          "dd", first_day, last_day);
    return rc ? rc : next_open(walk);
}

/* Of everybody up to this one; NULL: of all who are left. */
static enum rc give_open(struct by_person *walk, const struct fact_id *last)
{
    enum rc rc = RC_OK;
    while (!rc && walk->open) {
        struct visit visit;
        struct fact_id person = db_column_id(walk->open, ROWS_VISIT_COLUMNS);
        if (last && fact_id_compare(person, *last) > 0)
            return RC_OK;
        rows_read_visit(walk->open, 0, &visit);
        rc = give_stints(walk->db, person, &visit, walk->now_ms, walk->row, walk->context);
        if (!rc)
            rc = next_open(walk);
    }
    return rc;
}

static enum rc give_closed(struct by_person *walk)
{
    struct fact_id person = db_column_id(walk->closed, ROWS_STINT_COLUMNS);
    enum rc rc = RC_OK;
    if (!fact_id_is_same(person, walk->stint.person.id)) {
        rc = give_open(walk, &person);
        if (!rc)
            rc = read_person(walk->db, person, &walk->stint.person);
    }
    if (rc)
        return rc;
    read_stint(walk->closed, &walk->stint);
    return walk->row(walk->context, &walk->stint);
}

static enum rc query_closed(struct by_person *walk, int first_day, int last_day)
{
    static const char whole[] =
        "SELECT" STINT STINT_TABLES " WHERE +t.day BETWEEN ? AND ?"
        " ORDER BY t.person_station, t.person_seq, t.station, t.seq, t.place";
    static const char quick[] =
        "SELECT" ROWS_STINT ", t.person_station, t.person_seq, 0, 0, 0, '', '' FROM stint t"
        " WHERE +t.day BETWEEN ? AND ?"
        " ORDER BY t.person_station, t.person_seq, t.station, t.seq, t.place";
    return db_query(walk->db, &walk->closed, walk->is_quick ? quick : whole, "dd", first_day,
                    last_day);
}

enum rc snapshot_stints_by_person(struct snapshot *snapshot, int first_day, int last_day,
                                  int64_t now_ms, bool is_quick,
                                  enum rc (*row)(void *context, const struct snapshot_stint *stint),
                                  void *context)
{
    struct by_person walk = {.db = snapshot_db(snapshot),
                             .now_ms = now_ms,
                             .is_quick = is_quick,
                             .row = row,
                             .context = context};
    enum rc rc = begin_open(&walk, first_day, last_day);
    if (!rc)
        rc = query_closed(&walk, first_day, last_day);
    while (!rc && !(rc = db_step(walk.db, walk.closed)))
        rc = give_closed(&walk);
    if (rc == RC_EMPTY)
        rc = give_open(&walk, NULL);
    db_done(walk.closed);
    db_done(walk.open);
    return rc;
}

/* --- who is new --- */

static void read_newcomer(struct sqlite3_stmt *rows, struct snapshot_newcomer *out_newcomer)
{
    const int at = ROWS_PERSON_COLUMNS + ROWS_NEWCOMER_COLUMNS;
    rows_read_person(rows, 0, &out_newcomer->person);
    rows_read_newcomer(rows, ROWS_PERSON_COLUMNS, &out_newcomer->newcomer);
    db_column_text(rows, at, out_newcomer->buddy, sizeof out_newcomer->buddy);
    out_newcomer->last_ms = db_column(rows, at + 1);
}

enum rc snapshot_newcomers(struct snapshot *snapshot, int64_t from_ms, int64_t to_ms,
                           enum rc (*row)(void *context, const struct snapshot_newcomer *newcomer),
                           void *context)
{
    struct db *db = snapshot_db(snapshot);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(
        db, &rows,
        "SELECT" ROWS_PERSON "," ROWS_NEWCOMER ","
        " coalesce(trim(b.first_name || ' ' || b.last_name), ''),"
        " (SELECT coalesce(max(v.arrived_ms), 0) FROM visit v WHERE v.person_station=p.station"
        "  AND v.person_seq=p.seq)"
        " FROM newcomer n JOIN person p ON p.station=n.station AND p.seq=n.seq"
        " LEFT JOIN person b ON b.station=n.buddy_station AND b.seq=n.buddy_seq"
        " WHERE n.began_ms>=? AND n.began_ms<? ORDER BY n.began_ms, n.station, n.seq",
        "ii", from_ms, to_ms);
    while (!rc && !(rc = db_step(db, rows))) {
        struct snapshot_newcomer newcomer;
        read_newcomer(rows, &newcomer);
        rc = row(context, &newcomer);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}
