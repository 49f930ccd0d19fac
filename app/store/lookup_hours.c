#include "app/store/lookup_hours.h"

#include "app/store/rows.h"

enum rc lookup_hours_sign_ups(struct db *db, struct fact_id person, int64_t from_ms,
                              struct sign_ups *out_sign_ups)
{
    struct sqlite3_stmt *rows = NULL;
    struct sign_ups found = {.rows = NULL};
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_SIGN_UP "FROM sign_up s"
                          " WHERE person_station=? AND person_seq=? AND to_ms>?"
                          " ORDER BY from_ms, occasion_station, occasion_seq, shift",
                          "Ii", person, from_ms);
    while (!rc && !(rc = db_step(db, rows))) {
        struct sign_up sign_up;
        rows_read_sign_up(rows, 0, &sign_up);
        rc = sign_ups_add(&found, &sign_up);
    }
    db_done(rows);
    if (rc != RC_EMPTY) {
        sign_ups_finish(&found);
        return rc;
    }
    *out_sign_ups = found;
    return RC_OK;
}

/* What one open visit gives by now. */
static enum rc cut(struct db *db, struct fact_id person, const struct visit *visit, int64_t now_ms,
                   struct stint out_stints[STINTS_MAX], int *out_count)
{
    struct sign_ups sign_ups;
    enum rc rc = lookup_hours_sign_ups(db, person, visit->arrived_ms, &sign_ups);
    if (rc)
        return rc;
    *out_count = stint_cut(visit, &sign_ups, now_ms, out_stints);
    sign_ups_finish(&sign_ups);
    return RC_OK;
}

enum rc lookup_hours_of(struct db *db, struct fact_id person, const struct visit *visit,
                        int64_t now_ms, int64_t *out_seconds)
{
    struct stint stints[STINTS_MAX];
    int count;
    enum rc rc = cut(db, person, visit, now_ms, stints, &count);
    if (rc)
        return rc;
    *out_seconds = 0;
    for (int i = 0; i < count; i++)
        *out_seconds += stints[i].seconds;
    return RC_OK;
}

/* `to`: an organisation, NULL for any. */
static enum rc sum_ended(struct db *db, struct fact_id person, const struct fact_id *to,
                         int first_day, int last_day, int64_t *out_seconds)
{
    const struct fact_id house = {0, 0};
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT coalesce(sum(seconds), 0) FROM stint"
                              " WHERE person_station=? AND person_seq=? AND day BETWEEN ? AND ?"
                              " AND (? OR (organisation_station=? AND organisation_seq=?))",
                              "IdddI", person, first_day, last_day, to == NULL, to ? *to : house);
    if (rc)
        return rc;
    *out_seconds = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

static enum rc sum_given(struct db *db, struct fact_id person, const struct fact_id *to,
                         int first_day, int last_day, int64_t now_ms, int64_t *out_seconds)
{
    struct sqlite3_stmt *rows = NULL;
    struct stint stints[STINTS_MAX];
    struct visit visit;
    int64_t seconds;
    int count = 0;
    enum rc rc = sum_ended(db, person, to, first_day, last_day, &seconds);
    if (rc)
        return rc;
    rc = db_query_row(db, &rows,
                      "SELECT" ROWS_VISIT "FROM visit v WHERE person_station=? AND person_seq=?"
                      " AND how_out=0 AND day BETWEEN ? AND ?",
                      "Idd", person, first_day, last_day);
    if (!rc) {
        rows_read_visit(rows, 0, &visit);
        db_done(rows);
        rc = cut(db, person, &visit, now_ms, stints, &count);
    }
    if (rc && rc != RC_EMPTY)
        return rc;
    for (int i = 0; i < count; i++)
        if (!to || fact_id_is_same(stints[i].organisation, *to))
            seconds += stints[i].seconds;
    *out_seconds = seconds;
    return RC_OK;
}

enum rc lookup_hours_given(struct db *db, struct fact_id person, int first_day, int last_day,
                           int64_t now_ms, int64_t *out_seconds)
{
    return sum_given(db, person, NULL, first_day, last_day, now_ms, out_seconds);
}

enum rc lookup_hours_given_to(struct db *db, struct fact_id person, struct fact_id organisation,
                              int first_day, int last_day, int64_t now_ms, int64_t *out_seconds)
{
    return sum_given(db, person, &organisation, first_day, last_day, now_ms, out_seconds);
}

enum rc lookup_hours_open(struct db *db, int first_day, int last_day, int64_t now_ms,
                          enum rc (*row)(void *context, struct fact_id person,
                                         const struct stint *stint),
                          void *context)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_VISIT ", v.person_station, v.person_seq FROM visit v"
                          " WHERE how_out=0 AND day BETWEEN ? AND ?",
                          "dd", first_day, last_day);
    while (!rc && !(rc = db_step(db, rows))) {
        struct stint stints[STINTS_MAX];
        struct visit visit;
        int count = 0;
        struct fact_id person = db_column_id(rows, ROWS_VISIT_COLUMNS);
        rows_read_visit(rows, 0, &visit);
        rc = cut(db, person, &visit, now_ms, stints, &count);
        for (int i = 0; !rc && i < count; i++)
            rc = row(context, person, &stints[i]);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}
