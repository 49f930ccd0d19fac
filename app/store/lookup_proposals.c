#include "app/store/lookup_proposals.h"

#include <stdio.h>

#include "app/store/belonging.h"
#include "app/store/lookup.h"
#include "app/store/rows.h"

#define PROPOSAL                                                                                   \
    "SELECT" ROWS_PROPOSAL ", r.person_station, r.person_seq, coalesce(p.first_name, ''),"         \
    " coalesce(p.last_name, ''), coalesce(v.arrived_ms, 0), coalesce(v.left_ms, 0)"                \
    " FROM proposal r LEFT JOIN person p ON p.station=r.person_station AND p.seq=r.person_seq"     \
    " LEFT JOIN visit v ON v.station=r.visit_station AND v.seq=r.visit_seq "

static const struct fact_id any = {0, 0};

static void read_row(struct sqlite3_stmt *rows, struct lookup_proposal *out_row)
{
    char first_name[96], last_name[96];
    int at = ROWS_PROPOSAL_COLUMNS;
    *out_row = (struct lookup_proposal){.person = db_column_id(rows, at),
                                        .arrived_ms = db_column(rows, at + 4),
                                        .left_ms = db_column(rows, at + 5)};
    rows_read_proposal(rows, 0, &out_row->proposal);
    db_column_text(rows, at + 2, first_name, sizeof first_name);
    db_column_text(rows, at + 3, last_name, sizeof last_name);
    snprintf(out_row->full_name, sizeof out_row->full_name, "%s%s%s", first_name,
             last_name[0] ? " " : "", last_name);
}

static enum rc read_words(struct db *db, struct lookup_proposal *row)
{
    enum rc rc = lookup_text(db, row->proposal.fact, "why", row->why, sizeof row->why);
    if (!rc && !fact_id_is_none(row->proposal.answer))
        rc = lookup_text(db, row->proposal.answer, "why", row->answer, sizeof row->answer);
    return rc;
}

static enum rc is_of(struct db *db, struct fact_id organisation, const struct lookup_proposal *row,
                     bool *out_is)
{
    *out_is = true;
    return fact_id_is_none(organisation)
               ? RC_OK
               : belonging_has_visit(db, organisation, row->person, row->proposal.visit, out_is);
}

/* Takes the rows of a query that was begun with `rc`; those of the organisation, none: all. */
static enum rc take_rows(struct db *db, enum rc rc, struct sqlite3_stmt *rows,
                         struct fact_id organisation, size_t max, struct lookup_proposal *out_rows,
                         size_t *out_listed)
{
    size_t listed = 0;
    bool is = false;
    while (!rc && listed < max && !(rc = db_step(db, rows))) {
        read_row(rows, &out_rows[listed]);
        rc = is_of(db, organisation, &out_rows[listed], &is);
        listed += !rc && is;
    }
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    rc = RC_OK;
    for (size_t i = 0; !rc && i < listed; i++)
        rc = read_words(db, &out_rows[i]);
    if (!rc)
        *out_listed = listed;
    return rc;
}

enum rc lookup_proposal(struct db *db, struct fact_id fact, struct lookup_proposal *out_proposal)
{
    struct sqlite3_stmt *rows = NULL;
    size_t listed = 0;
    enum rc rc = db_query(db, &rows,
                          PROPOSAL "WHERE (r.person_station, r.person_seq) = (SELECT"
                                   " subject_station, subject_seq FROM fact WHERE station=?1"
                                   " AND seq=?2) AND r.fact_station=?1 AND r.fact_seq=?2",
                          "I", fact);
    rc = take_rows(db, rc, rows, any, 1, out_proposal, &listed);
    return !rc && !listed ? RC_EMPTY : rc;
}

enum rc lookup_proposals_waiting(struct db *db, struct fact_id organisation, size_t max,
                                 struct lookup_proposal *out_rows, size_t *out_listed)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows, PROPOSAL "WHERE r.state=1 ORDER BY r.fact_station, r.fact_seq", "");
    return take_rows(db, rc, rows, organisation, max, out_rows, out_listed);
}

enum rc lookup_proposals_of(struct db *db, struct fact_id person, size_t max,
                            struct lookup_proposal *out_rows, size_t *out_listed)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(
        db, &rows, PROPOSAL "WHERE r.person_station=? AND r.person_seq=? ORDER BY r.place DESC",
        "I", person);
    return take_rows(db, rc, rows, any, max, out_rows, out_listed);
}
