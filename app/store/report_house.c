/* report_house.c - a span of the house in figures. */
#include "app/domain/day.h"
#include "app/store/lookup_occasions.h"
#include "app/store/report_i.h"

#include <stdio.h>
#include <string.h>

#include "app/store/rows.h"
#include "firmware/base/utf8.h"

/*
 * Their first ever: no visit before, and none that a closing fact summed up. Of kinds counted by
 * number (a bit for each) nobody can say the next time that there was one before.
 */
#define IS_BY_NUMBER(visit) "(%1$u>>" visit ".kind&1)"
#define IS_FIRST                                                                                   \
    "NOT " IS_BY_NUMBER(                                                                           \
        "g") " AND NOT EXISTS(SELECT 1 FROM visit w"                                               \
             "  WHERE w.person_station=g.person_station AND w.person_seq=g.person_seq"             \
             "  AND NOT " IS_BY_NUMBER(                                                            \
                 "w") "  AND (w.arrived_ms, w.station, w.seq)<(g.arrived_ms, g.station, g.seq))"   \
                      " AND NOT EXISTS(SELECT 1 FROM total c WHERE c.station=g.person_station"     \
                      "  AND c.seq=g.person_seq AND (c.visits>0 OR c.month=0))"
#define COLUMNS                                                                                    \
    "g.station, g.seq, g.kind, g.guests, g.children, iif(g.is_total, g.firsts, " IS_FIRST          \
    "), g.visits"

static unsigned kinds_by_number(const struct privacy *privacy)
{
    unsigned kinds = 0;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        if (privacy_count_of(privacy, (enum occasion_kind)kind) == PRIVACY_NUMBER)
            kinds |= 1u << kind;
    return kinds;
}

static void count_visit(struct report_totals *totals, struct sqlite3_stmt *rows)
{
    int64_t kind = db_column(rows, 2);
    if (kind >= 0 && kind < OCCASION_COUNT)
        totals->visits_of[kind] += db_column(rows, 6);
    totals->guests += db_column(rows, 3);
    totals->children += db_column(rows, 4);
    totals->first_timers += db_column(rows, 5);
}

/* Each once, however many shifts it gave to. */
static enum rc count_visits(struct db *db, const struct report_span *span,
                            struct report_totals *totals)
{
    struct sqlite3_stmt *rows = NULL;
    struct fact_id counted = {0, 0};
    char columns[sizeof COLUMNS + 32];
    snprintf(columns, sizeof columns, COLUMNS, kinds_by_number(span->privacy));
    enum rc rc =
        report_query(db, span, columns,
                     "WHERE ?8=0 OR (g.organisation_station=?7 AND g.organisation_seq=max(?8, 0))"
                     " ORDER BY g.station, g.seq",
                     &rows);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact_id visit = db_column_id(rows, 0);
        if (!fact_id_is_same(visit, counted))
            count_visit(totals, rows);
        counted = visit;
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc count_sign_ups(struct db *db, const struct report_span *span,
                              struct report_totals *totals)
{
    struct report_window window = report_window(span);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT" ROWS_SIGN_UP "FROM sign_up s WHERE s.from_ms>=?1"
                 " AND s.from_ms<?2 AND (?4=0 OR (s.person_station=?3 AND s.person_seq=?4))"
                 " AND (?6=0 OR (s.organisation_station=?5 AND s.organisation_seq=max(?6, 0)))",
                 "iiII", window.from_ms, window.to_ms, span->person, span->organisation);
    while (!rc && !(rc = db_step(db, rows))) {
        struct sign_up sign_up;
        rows_read_sign_up(rows, 0, &sign_up);
        totals->sign_ups[sign_up_outcome(&sign_up, span->now_ms)]++;
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* Those that went with the visits they led to, or because nobody came for so long. */
static enum rc count_past_sign_ups(struct db *db, const struct report_span *span,
                                   struct report_totals *totals)
{
    struct day_months months = day_whole_months(span->first_day, span->last_day);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT a.sign_ups FROM total a WHERE a.part=0 AND a.month BETWEEN ?1 AND ?2"
                 " AND (?4=0 OR (a.station=?3 AND a.seq=?4))"
                 " AND (?6=0 OR (a.organisation_station=?5 AND a.organisation_seq=max(?6, 0)))",
                 "ddII", months.first, months.last, span->person, span->organisation);
    while (!rc && !(rc = db_step(db, rows))) {
        int64_t outcomes[SIGN_UP_OUTCOMES];
        rows_read_outcomes(rows, 0, outcomes);
        for (int i = 0; i < SIGN_UP_OUTCOMES; i++)
            totals->sign_ups[i] += outcomes[i];
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* One that somebody signed off was held, whatever the calendar says by now. */
static bool is_held(const struct shift *shift, enum occasion_state state, int64_t now_ms)
{
    bool is_on = state == OCCASION_ON && !shift->is_gone && shift->from_ms <= now_ms;
    return is_on || !fact_id_is_none(shift->closed);
}

static enum rc count_shifts(struct db *db, const struct report_span *span,
                            struct report_totals *totals)
{
    struct report_window window = report_window(span);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT" ROWS_SHIFT ", o.state FROM occasion o JOIN shift h"
                 " ON h.station=o.station AND h.seq=o.seq"
                 " WHERE o.to_ms>?1 AND o.from_ms<?2 AND h.from_ms>=?1 AND h.from_ms<?2"
                 " AND (?4=0 OR (o.organisation_station=?3 AND o.organisation_seq=max(?4, 0)))",
                 "iiI", window.from_ms, window.to_ms, span->organisation);
    while (!rc && !(rc = db_step(db, rows))) {
        struct shift shift;
        rows_read_shift(rows, 0, &shift);
        if (!is_held(&shift, (enum occasion_state)db_column(rows, ROWS_SHIFT_COLUMNS),
                     span->now_ms))
            continue;
        totals->shifts_held++;
        totals->shifts_said[shift.were_enough]++;
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc report_house(struct db *db, const struct report_span *span,
                     struct report_totals *out_totals)
{
    struct report_totals totals = {.first_timers = 0};
    enum rc rc = report_hours_total(db, span, &totals.hours);
    if (!rc)
        rc = count_visits(db, span, &totals);
    if (!rc)
        rc = count_sign_ups(db, span, &totals);
    if (!rc)
        rc = count_past_sign_ups(db, span, &totals);
    if (!rc)
        rc = db_number(db, &totals.undated_visits,
                       "SELECT coalesce(sum(visits), 0) FROM total WHERE month=0 AND part=0");
    if (!rc)
        rc = count_shifts(db, span, &totals);
    if (!rc)
        *out_totals = totals;
    return rc;
}

/* --- what was summed up --- */

enum rc report_sums(struct db *db, const struct report_span *span,
                    enum rc (*sum)(void *context, const struct report_sum *sum), void *context)
{
    struct day_months months = day_whole_months(span->first_day, span->last_day);
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT a.month, a.is_staff, sum(a.seconds) AS seconds FROM total a"
                 " WHERE a.visits>0 AND a.month BETWEEN ?1 AND ?2"
                 " AND (?4=0 OR (a.station=?3 AND a.seq=?4))"
                 " AND (?6=0 OR (a.organisation_station=?5 AND a.organisation_seq=max(?6, 0)))"
                 " GROUP BY a.month, a.is_staff HAVING sum(a.seconds)<>0"
                 " ORDER BY a.month, a.is_staff",
                 "ddII", months.first, months.last, span->person, span->organisation);
    while (!rc && !(rc = db_step(db, rows))) {
        const struct report_sum found = {.month = (int)db_column(rows, 0),
                                         .is_staff = db_column(rows, 1) != 0,
                                         .seconds = db_column(rows, 2)};
        rc = sum(context, &found);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc report_days(struct db *db, struct fact_id organisation, int *out_first_day,
                    int *out_last_day)
{
#define OF(table, first, last, rest)                                                               \
    "SELECT " first " AS first, " last " AS last FROM " table " WHERE " rest                       \
    " AND (?2=0 OR (organisation_station=?1 AND organisation_seq=max(?2, 0)))"
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows,
        "SELECT coalesce(min(first), 0), coalesce(max(last), 0) FROM (" OF(
            "visit", "day", "day",
            "day>0") " UNION ALL " OF("stint", "day", "day",
                                      "day>0") " UNION ALL " OF("total", "month*100+1",
                                                                "month*100+31",
                                                                "month>0 AND visits>0") ")",
        "I", organisation);
#undef OF
    if (rc)
        return rc;
    int first_day = (int)db_column(rows, 0), last_day = (int)db_column(rows, 1);
    db_done(rows);
    if (last_day && last_day > day_last_of_month(last_day))
        last_day = day_last_of_month(last_day);
    *out_first_day = first_day;
    *out_last_day = last_day;
    return RC_OK;
}

/* --- organisations --- */

/* "; known are A, B", as far as there is room. */
static enum rc list_organisations(struct db *db, char *out_text, size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    size_t used = 0;
    out_text[0] = 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT DISTINCT name FROM organisation ORDER BY filed(name), name", "");
    while (!rc && !(rc = db_step(db, rows))) {
        char name[96];
        db_column_text(rows, 0, name, sizeof name);
        if (used + strlen(name) + 16 > size)
            continue;
        used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? ", " : "; known are ",
                                 name);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc report_find_organisation(struct db *db, const char *name, struct fact_id *out_organisation,
                                 struct reason *out_reason)
{
    char known[160];
    if (strcmp(name, "-") == 0) {
        *out_organisation = REPORT_HOUSE;
        return RC_OK;
    }
    enum rc rc = lookup_organisation(db, name, out_organisation);
    if (!rc)
        return RC_OK;
    if (rc == RC_EMPTY)
        rc = list_organisations(db, known, sizeof known);
    if (rc)
        return db_tell(rc, db, out_reason);
    reason_set(out_reason, "there is no organisation called %.*s here%s", (int)utf8_cut(name, 60),
               name, known[0] ? known : "; the house has none");
    return RC_NOT_FOUND;
}
