#include "app/store/lookup_deeds.h"

#include <stdio.h>

#include "app/domain/day.h"
#include "app/store/rows.h"

/* What comes back to people: a row here for each kind that does. */
#define COMES_BACK_AS(kind) " " kind " IN (0,1) " /* DEED_DRINK, DEED_BASKET */
#define COMES_BACK COMES_BACK_AS("d.kind")
_Static_assert(DEED_DRINK == 0 && DEED_BASKET == 1, "as in the text above");

/* An occasion, or a day where the calendar has none. */
#define BY_OCCASION " d.kind, d.occasion_station, d.occasion_seq, iif(d.occasion_seq, 0, d.day) "

#define OF_OCCASION " LEFT JOIN occasion o ON o.station=d.occasion_station AND o.seq=d.occasion_seq"

static enum rc end(struct sqlite3_stmt *rows, enum rc rc)
{
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static void read_deed(struct sqlite3_stmt *rows, struct lookup_deed *out_deed)
{
    char first_name[96], last_name[96];
    int at = ROWS_DEED_COLUMNS;
    out_deed->person = db_column_id(rows, at);
    rows_read_deed(rows, 0, &out_deed->deed);
    db_column_text(rows, at + 2, out_deed->number, sizeof out_deed->number);
    db_column_text(rows, at + 3, first_name, sizeof first_name);
    db_column_text(rows, at + 4, last_name, sizeof last_name);
    db_column_text(rows, at + 5, out_deed->title, sizeof out_deed->title);
    snprintf(out_deed->full_name, sizeof out_deed->full_name, "%s%s%s", first_name,
             last_name[0] ? " " : "", last_name);
}

enum rc lookup_deeds(struct db *db, enum deed_kind kind, int first_day, int last_day,
                     enum rc (*row)(void *context, const struct lookup_deed *deed), void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct lookup_deed deed;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT" ROWS_DEED ", d.person_station, d.person_seq,"
                 " coalesce(p.number, ''), coalesce(p.first_name, ''),"
                 " coalesce(p.last_name, ''), coalesce(o.title, '') FROM deed d"
                 " LEFT JOIN person p ON p.station=d.person_station"
                 " AND p.seq=d.person_seq" OF_OCCASION " WHERE d.kind=? AND d.day BETWEEN ? AND ?"
                 " ORDER BY d.at_ms, d.station, d.seq",
                 "ddd", (int)kind, first_day, last_day);
    while (!rc && !(rc = db_step(db, rows))) {
        read_deed(rows, &deed);
        rc = row(context, &deed);
    }
    return end(rows, rc);
}

/* The column has a number for each kind, in its order. */
#define SUMMED                                                                                     \
    "SELECT d.key, a.month*100, 0, 0, sum(d.value), '', 1 FROM total a,"                           \
    " json_each('[' || replace(a.deeds, ' ', ',') || ']') d WHERE" COMES_BACK_AS(                  \
        "d.key") "AND a.part=0 AND a.month BETWEEN ?3 AND ?4 GROUP BY a.month, d.key HAVING "      \
                 "sum(d.value)>0"

enum rc lookup_gifts(struct db *db, int first_day, int last_day,
                     enum rc (*row)(void *context, const struct lookup_gift *gift), void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct day_months months = day_whole_months(first_day, last_day);
    enum rc rc = db_query(db, &rows,
                          "SELECT d.kind, min(d.day), d.occasion_station, d.occasion_seq, count(*),"
                          " coalesce(o.title, ''), 0 FROM deed d" OF_OCCASION " WHERE" COMES_BACK
                          "AND d.day BETWEEN ?1 AND ?2 GROUP BY" BY_OCCASION "UNION ALL " SUMMED
                          " ORDER BY 2, 3, 4, 1",
                          "dddd", first_day, last_day, months.first, months.last);
    while (!rc && !(rc = db_step(db, rows))) {
        struct lookup_gift gift = {.kind = (enum deed_kind)db_column(rows, 0),
                                   .day = (int)db_column(rows, 1),
                                   .is_sum = db_column(rows, 6) != 0,
                                   .occasion = db_column_id(rows, 2),
                                   .count = db_column(rows, 4)};
        db_column_text(rows, 5, gift.title, sizeof gift.title);
        rc = row(context, &gift);
    }
    return end(rows, rc);
}

static void read_line(struct sqlite3_stmt *rows, struct lookup_ledger *out_line)
{
    *out_line = (struct lookup_ledger){.day = (int)db_column(rows, 0),
                                       .seconds = db_column(rows, 1),
                                       .kind = (enum deed_kind)db_column(rows, 2),
                                       .count = db_column(rows, 3)};
    db_column_text(rows, 4, out_line->title, sizeof out_line->title);
    db_column_text(rows, 5, out_line->mission, sizeof out_line->mission);
}

enum rc lookup_ledger(struct db *db, struct fact_id person, int first_day, int last_day,
                      enum rc (*row)(void *context, const struct lookup_ledger *line),
                      void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct lookup_ledger line;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT d.day, sum(d.seconds), 0, 0, coalesce(o.title, ''), d.mission"
                 " FROM stint d" OF_OCCASION
                 " WHERE d.person_station=?1 AND d.person_seq=?2 AND d.is_staff=0"
                 " AND d.day BETWEEN ?3 AND ?4 GROUP BY d.day, d.occasion_station,"
                 " d.occasion_seq, d.mission"
                 " UNION ALL SELECT min(d.day), 0, d.kind, count(*),"
                 " coalesce(o.title, ''), '' FROM deed d" OF_OCCASION
                 " WHERE d.person_station=?1 AND d.person_seq=?2 AND" COMES_BACK
                 "AND d.day BETWEEN ?3 AND ?4 GROUP BY" BY_OCCASION "ORDER BY 1, 2 DESC, 3, 5, 6",
                 "Idd", person, first_day, last_day);
    while (!rc && !(rc = db_step(db, rows))) {
        read_line(rows, &line);
        rc = row(context, &line);
    }
    return end(rows, rc);
}
