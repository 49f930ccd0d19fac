#include "app/store/belonging.h"

#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/report.h"

#define ALL_KINDS ((1u << OCCASION_COUNT) - 1)

struct belonging belonging_of(struct fact_id organisation, const struct circle_list *circles)
{
    return (struct belonging){.organisation = organisation,
                              .circles = circles,
                              .first_day = REPORT_FIRST_DAY,
                              .last_day = REPORT_LAST_DAY,
                              .kinds = ALL_KINDS};
}

static enum rc take_yes_or_no(struct sqlite3_stmt *rows, enum rc rc, bool *out_is)
{
    if (rc)
        return rc;
    *out_is = db_column(rows, 0) != 0;
    db_done(rows);
    return RC_OK;
}

/* --- visits --- */

/* ?1 and ?2: the person; ?6 and ?7: whose, as the tables have it. */
#define IS_THEIRS(table)                                                                           \
#table ".organisation_station=?6 AND " #table ".organisation_seq=max(?7, 0)"
#define GAVE_THEM                                                                                  \
    "EXISTS(SELECT 1 FROM stint t WHERE t.person_station=?1 AND t.person_seq=?2"                   \
    " AND t.station=v.station AND t.seq=v.seq AND " IS_THEIRS(t) ")"

enum rc belonging_last_visit(struct db *db, const struct belonging *belonging,
                             struct fact_id person, int64_t *out_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT coalesce(max(v.arrived_ms), 0) FROM visit v WHERE v.person_station=?1"
                     " AND v.person_seq=?2 AND v.day BETWEEN ?3 AND ?4 AND (?5 >> v.kind) & 1"
                     " AND (?7=0 OR " IS_THEIRS(v) " OR " GAVE_THEM ")",
                     "IdddI", person, belonging->first_day, belonging->last_day,
                     (int)belonging->kinds, belonging->organisation);
    if (rc)
        return rc;
    *out_ms = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc belonging_has_visit(struct db *db, struct fact_id organisation, struct fact_id person,
                            struct fact_id visit, bool *out_has)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT EXISTS(SELECT 1 FROM visit v WHERE v.person_station=?1"
                              " AND v.person_seq=?2 AND v.station=?3 AND v.seq=?4"
                              " AND (" IS_THEIRS(v) " OR " GAVE_THEM "))",
                              "IIdI", person, visit, 0, organisation);
    return take_yes_or_no(rows, rc, out_has);
}

/* --- what lasts --- */

/* ?3: its kind. What the house gives makes nobody anybody's. */
#define GIFTS                                                                                      \
    "fact f WHERE f.subject_station=?1 AND f.subject_seq=?2 AND f.kind=?3 AND "                    \
    "f.organisation_seq>0"

static enum rc is_on_a_list(struct db *db, const struct belonging *belonging, struct fact_id person,
                            bool *out_is)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows,
        "SELECT EXISTS(SELECT 1 FROM sign_up s LEFT JOIN occasion o"
        "  ON o.station=s.occasion_station AND o.seq=s.occasion_seq WHERE s.person_station=?1"
        "  AND s.person_seq=?2 AND (?5 >> coalesce(o.kind, 0)) & 1 AND " IS_THEIRS(
            s) ")"
               " OR EXISTS(SELECT 1 FROM total a WHERE a.station=?1 AND a.seq=?2"
               "  AND (?5 >> a.kind) & 1 AND " IS_THEIRS(
                   a) ")"
                      " OR EXISTS(SELECT 1 FROM keyholder k WHERE k.station=?1 AND k.seq=?2"
                      "  AND k.role<>0 AND " IS_THEIRS(k) ")"
                                                          " OR EXISTS(SELECT 1 FROM " GIFTS
                                                          " AND " IS_THEIRS(f) ")",
        "IdddI", person, (int)FACT_BADGE_GIVEN, 0, (int)belonging->kinds, belonging->organisation);
    return take_yes_or_no(rows, rc, out_is);
}

enum rc belonging_of_circle(struct db *db, const struct circle *circle,
                            struct fact_id *out_organisation)
{
    *out_organisation = (struct fact_id){0, 0};
    return circle->organisation[0] ? lookup_organisation(db, circle->organisation, out_organisation)
                                   : RC_OK;
}

/* NULL: they are in none of these. */
static enum rc find_circle(struct db *db, const struct circle_list *circles, struct fact_id person,
                           const struct circle **out_circle)
{
    struct person known;
    enum rc rc = circles ? lookup_person(db, person, &known) : RC_EMPTY;
    *out_circle = rc ? NULL : circle_find(circles, known.circle);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc is_in_a_circle(struct db *db, const struct belonging *belonging,
                              struct fact_id person, bool *out_is)
{
    const struct circle *circle;
    struct fact_id organisation;
    *out_is = false;
    enum rc rc = find_circle(db, belonging->circles, person, &circle);
    if (rc || !circle || !circle->organisation[0])
        return rc;
    rc = belonging_of_circle(db, circle, &organisation);
    if (!rc)
        *out_is = fact_id_is_same(organisation, belonging->organisation);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- people --- */

enum rc belonging_find(struct db *db, const struct belonging *belonging, struct fact_id person,
                       bool *out_belongs)
{
    bool is;
    int64_t last_ms = 0;
    bool is_always =
        belonging->first_day == REPORT_FIRST_DAY && belonging->last_day == REPORT_LAST_DAY;
    enum rc rc = belonging_last_visit(db, belonging, person, &last_ms);
    is = last_ms != 0;
    if (!rc && !is && is_always)
        rc = is_on_a_list(db, belonging, person, &is);
    if (!rc && !is && is_always)
        rc = is_in_a_circle(db, belonging, person, &is);
    if (!rc)
        *out_belongs = is;
    return rc;
}

enum rc belonging_is_nobodys(struct db *db, const struct circle_list *circles,
                             struct fact_id person, bool *out_is)
{
    struct sqlite3_stmt *rows = NULL;
    const struct circle *circle;
    bool has = false;
    enum rc rc = find_circle(db, circles, person, &circle);
    if (!rc)
        rc = db_query_row(db, &rows,
                          "SELECT EXISTS(SELECT 1 FROM visit v WHERE v.person_station=?1"
                          "  AND v.person_seq=?2)"
                          " OR EXISTS(SELECT 1 FROM sign_up s WHERE s.person_station=?1"
                          "  AND s.person_seq=?2)"
                          " OR EXISTS(SELECT 1 FROM total a WHERE a.station=?1 AND a.seq=?2)"
                          " OR EXISTS(SELECT 1 FROM keyholder k WHERE k.station=?1 AND k.seq=?2"
                          "  AND k.role<>0)"
                          " OR EXISTS(SELECT 1 FROM " GIFTS ")",
                          "Id", person, (int)FACT_BADGE_GIVEN);
    rc = take_yes_or_no(rows, rc, &has);
    if (!rc)
        *out_is = !has && !(circle && (circle->organisation[0] || circle->rights));
    return rc;
}
