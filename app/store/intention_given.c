/* What somebody gave that counts against what they intend. */
#include "app/store/intention_i.h"
#include "app/store/lookup_hours.h"
#include "app/store/lookup_occasions.h"

/* What was given as staff. */
static enum rc leave_staff_hours(struct db *db, struct fact_id person,
                                 const struct intention_span *span, int64_t *seconds)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT coalesce(sum(seconds), 0) FROM stint WHERE person_station=?"
                              " AND person_seq=? AND is_staff AND day BETWEEN ? AND ?"
                              " AND (? OR (organisation_station=? AND organisation_seq=?))",
                              "IdddI", person, span->first_day, span->last_day, !span->is_of_one,
                              span->organisation);
    if (rc)
        return rc;
    *seconds -= db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

/* As a volunteer, with the visit that is not over yet. */
static enum rc find_given(struct db *db, struct fact_id person, const struct intention_span *span,
                          int64_t now_ms, int64_t *out_seconds)
{
    int64_t seconds;
    enum rc rc =
        span->is_of_one
            ? lookup_hours_given_to(db, person, span->organisation, span->first_day, span->last_day,
                                    now_ms, &seconds)
            : lookup_hours_given(db, person, span->first_day, span->last_day, now_ms, &seconds);
    if (!rc)
        rc = leave_staff_hours(db, person, span, &seconds);
    if (!rc)
        *out_seconds = seconds;
    return rc;
}

enum rc intention_find_given(struct db *db, struct fact_id person, const struct circle *circle,
                             struct intention_span span, int64_t now_ms, int64_t *out_seconds)
{
    enum rc rc = RC_OK;
    span.is_of_one = circle && circle->organisation[0];
    if (span.is_of_one)
        rc = lookup_organisation(db, circle->organisation, &span.organisation);
    if (!rc)
        return find_given(db, person, &span, now_ms, out_seconds);
    if (rc != RC_EMPTY)
        return rc;
    *out_seconds = 0;
    return RC_OK;
}
