#include "app/store/report_i.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/lookup_hours.h"

/* --- which visits --- */

/* Rules of another time may have ended days at another hour: arrivals are looked for around it. */
#define SLACK_MS ((int64_t)48 * 3600 * 1000)

#define STINTS_OF " AND t.person_station=v.person_station AND t.person_seq=v.person_seq"

#define GIVEN(stints, of, ended)                                                                   \
    " SELECT v.station, v.seq, v.person_station, v.person_seq, v.day, v.kind, v.arrived_ms,"       \
    " v.guests, v.children, v.is_staff,"                                                           \
    " coalesce(t.organisation_station, v.organisation_station) AS organisation_station,"           \
    " coalesce(t.organisation_seq, v.organisation_seq) AS organisation_seq,"                       \
    " coalesce(t.occasion_station, 0) AS occasion_station,"                                        \
    " coalesce(t.occasion_seq, 0) AS occasion_seq, coalesce(t.shift, 0) AS shift,"                 \
    " coalesce(t.mission, '') AS mission, coalesce(t.seconds, 0) AS seconds,"                      \
    " iif(t.is_assumed, t.seconds, 0) AS assumed_s, v.kind AS part_kind, 1 AS visits,"             \
    " 0 AS firsts, 0 AS is_total, %s AS counted"                                                   \
    " FROM visit v LEFT JOIN " stints " t ON t.station=v.station AND t.seq=v.seq" of               \
    " WHERE v.how_out" ended "0 AND %sv.arrived_ms BETWEEN ?1 AND ?2 AND v.day BETWEEN ?3 AND ?4"  \
    " AND (?6=0 OR (v.person_station=?5 AND v.person_seq=?6 AND %s=0))"

/* What is summed up has no visits any more: one row stands for all that are alike. */
#define SUMMED                                                                                     \
    " SELECT -1-a.station, a.seq*1000000+a.place, iif(a.seq=" HOUSE ", 0, a.station),"             \
    " iif(a.seq=" HOUSE ", 0, a.seq), a.month*100, a.kind, 0, a.guests, a.children, a.is_staff,"   \
    " a.organisation_station, a.organisation_seq, 0, 0, 0, '', a.seconds, a.assumed_s,"            \
    " a.part_kind, a.visits, a.firsts, 1, 2"                                                       \
    " FROM total a WHERE a.visits>0 AND a.month BETWEEN ?9 AND ?10"                                \
    " AND (?6=0 OR (a.station=?5 AND a.seq=?6))"
#define HOUSE "1" /* CLOSING_HOUSE_SEQ */

#define SQL_BYTES 8192

struct report_window report_window(const struct report_span *span)
{
    struct report_window window = {INT64_MIN / 2, INT64_MAX / 2};
    int minutes = span->day_end_min;
    if (span->first_day > 19000101)
        window.from_ms = day_number_begin(span->first_day, minutes);
    if (span->last_day < 22001231) {
        /* The 31st of a short month, as a bound, is the first of the next. */
        int64_t last_ms = day_number_begin(span->last_day, minutes);
        int day = day_number(last_ms, minutes);
        window.to_ms = day == span->last_day ? day_end_after(last_ms, minutes)
                                             : day_number_begin(day_first_of_month(day), minutes);
    }
    return window;
}

#define KINDS_BYTES 64
#define COUNTED_BYTES 512

/* The kinds that are counted so, or more strictly. */
static int list_kinds(const struct privacy *privacy, enum privacy_count count,
                      char out_text[KINDS_BYTES])
{
    int used = snprintf(out_text, KINDS_BYTES, "-1"), found = 0;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        if (privacy_count_of(privacy, (enum occasion_kind)kind) >= count) {
            used += snprintf(out_text + used, (size_t)(KINDS_BYTES - used), ",%d", kind);
            found++;
        }
    return found;
}

/* privacy_count_of_hours, of a visit and the occasion its hours went to. */
static void write_counted(const struct privacy *privacy, char out_text[COUNTED_BYTES])
{
    char hidden[KINDS_BYTES], numbers[KINDS_BYTES];
    (void)list_kinds(privacy, PRIVACY_NUMBER, numbers);
    if (!list_kinds(privacy, PRIVACY_PSEUDONYM, hidden))
        snprintf(out_text, COUNTED_BYTES, "0");
    else
        snprintf(out_text, COUNTED_BYTES,
                 "max((v.kind IN (%s))+(v.kind IN (%s)), coalesce((SELECT (c.kind IN (%s))"
                 "+(c.kind IN (%s)) FROM occasion c WHERE c.station=t.occasion_station"
                 " AND c.seq=t.occasion_seq), 0))",
                 hidden, numbers, hidden, numbers);
    _Static_assert(PRIVACY_NAME == 0 && PRIVACY_PSEUDONYM == 1 && PRIVACY_NUMBER == 2,
                   "as they are added up");
}

enum rc report_query(struct db *db, const struct report_span *span, const char *select,
                     const char *rest, struct sqlite3_stmt **out_rows)
{
    char sql[SQL_BYTES], counted[COUNTED_BYTES];
    struct report_window window = report_window(span);
    struct day_months months = day_whole_months(span->first_day, span->last_day);
    /* Where all days are asked for, the table as it lies is faster than its index by arrival. */
    bool is_all = span->first_day == REPORT_FIRST_DAY && span->last_day == REPORT_LAST_DAY;
    const char *no_index = is_all ? "+" : "";
    write_counted(span->privacy, counted);
    int length = snprintf(sql, sizeof sql,
                          "SELECT %s FROM (" GIVEN("stint", STINTS_OF, "<>") " UNION ALL" GIVEN(
                              "temp.open_stint", "", "=") " UNION ALL" SUMMED ") g %s",
                          select, counted, no_index, counted, counted, no_index, counted, rest);
    if (length >= (int)sizeof sql)
        return RC_LIMIT;
    return db_query(db, out_rows, sql, "iiddIIdd", window.from_ms - SLACK_MS,
                    window.to_ms + SLACK_MS, span->first_day, span->last_day, span->person,
                    span->organisation, months.first, months.last);
}

/* --- visits that nobody ended --- */

static enum rc keep_open(void *context, struct fact_id person, const struct stint *stint)
{
    (void)person;
    return db_run(context, "INSERT INTO temp.open_stint VALUES(?,?,?,?,?,?,?,?,?,?)", "IIdItid",
                  stint->visit, stint->of.occasion, stint->of.number, stint->organisation,
                  stint->mission, stint->seconds, stint->is_assumed);
}

enum rc report_prepare(struct db *db, const struct report_span *span)
{
    enum rc rc = db_exec(db, "CREATE TEMP TABLE IF NOT EXISTS open_stint("
                             " station INTEGER NOT NULL, seq INTEGER NOT NULL,"
                             " occasion_station INTEGER NOT NULL, occasion_seq INTEGER NOT NULL,"
                             " shift INTEGER NOT NULL, organisation_station INTEGER NOT NULL,"
                             " organisation_seq INTEGER NOT NULL, mission TEXT NOT NULL,"
                             " seconds INTEGER NOT NULL, is_assumed INTEGER NOT NULL,"
                             " PRIMARY KEY(station, seq, occasion_station, occasion_seq, shift))"
                             " STRICT, WITHOUT ROWID; DELETE FROM temp.open_stint");
    return rc ? rc
              : lookup_hours_open(db, span->first_day, span->last_day, span->now_ms, keep_open, db);
}

/* --- groups --- */

#define OF_ORGANISATION                                                                            \
    " WHERE ?8=0 OR (g.organisation_station=?7 AND g.organisation_seq=max(?8, 0)) ORDER BY "
#define BY_PERSON_AND_VISIT " g.person_station, g.person_seq, g.station, g.seq"
#define OF_PERSON " LEFT JOIN person p ON p.station=g.person_station AND p.seq=g.person_seq"
#define OF_OCCASION " LEFT JOIN occasion o ON o.station=g.occasion_station AND o.seq=g.occasion_seq"
#define OF_SHIFT                                                                                   \
    " LEFT JOIN shift h ON h.station=g.occasion_station AND h.seq=g.occasion_seq"                  \
    " AND h.number=g.shift"

/* What all groups show; `order` ends with a comma and brings the rows of one group together. */
static const struct {
    const char *name;
    const char *key; /* three numbers and a text */
    const char *shown;
    const char *joins;
    const char *order;
} groups[REPORT_BYS + 1] = {
    [REPORT_BY_PERSON] = {"person",
                          "iif(g.counted=2, 0, g.person_station),"
                          " iif(g.counted=2, 0, g.person_seq), g.counted, ''",
                          "iif(g.counted, '', coalesce(trim(p.first_name || ' ' ||"
                          " p.last_name), '')), iif(g.counted, '', coalesce(p.number, '')), 0, 0",
                          OF_PERSON,
                          "g.counted, iif(g.counted, '', filed(p.last_name)),"
                          " iif(g.counted, '', filed(p.first_name)),"},
    [REPORT_BY_SHIFT] = {"shift", "g.occasion_station, g.occasion_seq, g.shift, ''",
                         "coalesce(nullif(h.mission, ''), o.title, g.mission), '',"
                         " coalesce(h.from_ms, o.from_ms, 0), coalesce(h.to_ms, o.to_ms, 0)",
                         OF_OCCASION OF_SHIFT,
                         "g.occasion_seq=0, coalesce(h.from_ms, o.from_ms),"
                         " g.occasion_station, g.occasion_seq, g.shift,"},
    [REPORT_BY_MISSION] = {"mission", "0, 0, 0, g.mission", "g.mission, '', 0, 0", "",
                           "g.mission='', filed(g.mission), g.mission,"},
    [REPORT_BY_CIRCLE] = {"circle", "0, 0, 0, coalesce(p.circle, '')",
                          "coalesce(p.circle, ''), '', 0, 0", OF_PERSON,
                          "coalesce(p.circle, '')='', filed(p.circle), p.circle,"},
    [REPORT_BY_ORGANISATION] = {"organisation", "g.organisation_station, g.organisation_seq, 0, ''",
                                "coalesce(n.name, ''), '', 0, 0",
                                " LEFT JOIN organisation n ON n.station=g.organisation_station"
                                " AND n.seq=g.organisation_seq",
                                "filed(n.name), g.organisation_station, g.organisation_seq,"},
    [REPORT_BY_MONTH] = {"month", "g.day/100, 0, 0, ''",
                         "format('%04d-%02d', g.day/10000, g.day/100%100), '', 0, 0", "",
                         "g.day/100,"},
    [REPORT_BY_KIND] = {"kind", "coalesce(o.kind, g.part_kind), 0, 0, ''", "'', '', 0, 0",
                        OF_OCCASION, "coalesce(o.kind, g.part_kind),"},
    [REPORT_BYS] = {NULL, "0, 0, 0, ''", "'', '', 0, 0", "", ""},
};

enum column {
    COLUMN_KEY,
    COLUMN_TEXT = 3,
    COLUMN_LABEL,
    COLUMN_NUMBER,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_PERSON,
    COLUMN_VISIT = 10,
    COLUMN_IS_STAFF = 12,
    COLUMN_SECONDS,
    COLUMN_ASSUMED_S,
    COLUMN_VISITS
};

const char *report_by_name(enum report_by by)
{
    assert((unsigned)by < REPORT_BYS);
    return groups[by].name;
}

enum report_by report_by_from_name(const char *name)
{
    int found = 0;
    while (found < REPORT_BYS && strcmp(groups[found].name, name) != 0)
        found++;
    return (enum report_by)found;
}

/* One group while its rows come by. */
struct tally {
    enum report_by by;
    bool is_begun;
    int64_t key[3];
    char text[sizeof((struct report_row *)0)->label];
    struct fact_id person, visit; /* of the row before */
    struct report_row row;
};

static bool is_same_group(const struct tally *tally, struct sqlite3_stmt *rows)
{
    char text[sizeof tally->text];
    for (int i = 0; i < 3; i++)
        if (db_column(rows, COLUMN_KEY + i) != tally->key[i])
            return false;
    db_column_text(rows, COLUMN_TEXT, text, sizeof text);
    return tally->is_begun && strcmp(text, tally->text) == 0;
}

static void begin_group(struct tally *tally, struct sqlite3_stmt *rows)
{
    *tally = (struct tally){.by = tally->by, .is_begun = true};
    for (int i = 0; i < 3; i++)
        tally->key[i] = db_column(rows, COLUMN_KEY + i);
    db_column_text(rows, COLUMN_TEXT, tally->text, sizeof tally->text);
    struct report_row *row = &tally->row;
    db_column_text(rows, COLUMN_LABEL, row->label, sizeof row->label);
    db_column_text(rows, COLUMN_NUMBER, row->number, sizeof row->number);
    row->from_ms = db_column(rows, COLUMN_FROM);
    row->to_ms = db_column(rows, COLUMN_TO);
    if (tally->by == REPORT_BY_PERSON) {
        row->person = db_column_id(rows, COLUMN_KEY);
        row->count = (enum privacy_count)tally->key[2];
    }
    if (tally->by == REPORT_BY_KIND && tally->key[0] >= 0 && tally->key[0] < OCCASION_COUNT)
        snprintf(row->label, sizeof row->label, "%s",
                 occasion_kind_name((enum occasion_kind)tally->key[0]));
}

static void add_stint(struct tally *tally, struct sqlite3_stmt *rows)
{
    struct report_row *row = &tally->row;
    struct fact_id person = db_column_id(rows, COLUMN_PERSON);
    struct fact_id visit = db_column_id(rows, COLUMN_VISIT);
    int64_t seconds = db_column(rows, COLUMN_SECONDS);
    row->people += !fact_id_is_same(person, tally->person);
    row->is_people_unknown |= fact_id_is_none(person);
    row->visits += fact_id_is_same(visit, tally->visit) ? 0 : db_column(rows, COLUMN_VISITS);
    *(db_column(rows, COLUMN_IS_STAFF) ? &row->staff_s : &row->volunteer_s) += seconds;
    row->assumed_s += db_column(rows, COLUMN_ASSUMED_S);
    tally->person = person;
    tally->visit = visit;
}

enum rc report_hours(struct db *db, enum report_by by, const struct report_span *span,
                     enum rc (*row)(void *context, const struct report_row *row), void *context)
{
    char select[1024], rest[1024];
    struct sqlite3_stmt *rows = NULL;
    struct tally tally = {.by = by};
    assert((unsigned)by <= REPORT_BYS);
    snprintf(select, sizeof select,
             "%s, %s," BY_PERSON_AND_VISIT ", g.is_staff, g.seconds, g.assumed_s, g.visits",
             groups[by].key, groups[by].shown);
    snprintf(rest, sizeof rest, "%s" OF_ORGANISATION "%s" BY_PERSON_AND_VISIT, groups[by].joins,
             groups[by].order);
    enum rc rc = report_prepare(db, span);
    if (!rc)
        rc = report_query(db, span, select, rest, &rows);
    while (!rc && !(rc = db_step(db, rows))) {
        bool is_next = !is_same_group(&tally, rows);
        if (is_next && tally.is_begun)
            rc = row(context, &tally.row);
        if (is_next)
            begin_group(&tally, rows);
        add_stint(&tally, rows);
    }
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = tally.is_begun ? row(context, &tally.row) : RC_OK;
    return rc;
}

static enum rc keep_total(void *context, const struct report_row *row)
{
    *(struct report_row *)context = *row;
    return RC_OK;
}

enum rc report_hours_total(struct db *db, const struct report_span *span,
                           struct report_row *out_total)
{
    struct report_row total = {.label = ""};
    enum rc rc = report_hours(db, REPORT_BYS, span, keep_total, &total);
    if (!rc)
        *out_total = total;
    return rc;
}
