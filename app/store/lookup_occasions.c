#include "app/store/lookup_occasions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/person.h"
#include "app/store/lookup.h"
#include "app/store/rows.h"
#include "app/store/views.h"

enum rc lookup_occasion(struct db *db, struct fact_id id, struct occasion *out_occasion)
{
    return views_load_occasion(db, VIEWS_LIVE, id, out_occasion);
}

enum rc lookup_imported(struct db *db, const char *uid, const char *instance,
                        struct fact_id *out_id)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT station, seq FROM occasion WHERE uid=? AND uid<>''"
                              " AND instance=? ORDER BY station, seq LIMIT 1",
                              "tt", uid, instance);
    if (rc)
        return rc;
    *out_id = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_signed_up(struct db *db, struct fact_id occasion, int *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT count(*) FROM sign_up WHERE occasion_station=?"
                              " AND occasion_seq=? AND end=0",
                              "I", occasion);
    if (rc)
        return rc;
    *out_count = (int)db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

static enum rc collect_ids(struct db *db, int64_t from_ms, int64_t to_ms, struct fact_id **out_ids,
                           size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0, capacity = 0;
    struct fact_id *ids = NULL;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT station, seq FROM occasion WHERE to_ms>? AND to_ms<?+? AND from_ms<?"
                 " ORDER BY from_ms, station, seq",
                 "iiii", from_ms, to_ms, OCCASION_MAX_MS, to_ms);
    while (!rc && !(rc = db_step(db, rows))) {
        if (count == capacity) {
            struct fact_id *grown = realloc(ids, (capacity = 2 * capacity + 16) * sizeof *ids);
            if (!grown) {
                rc = RC_NO_MEMORY;
                break;
            }
            ids = grown;
        }
        ids[count++] = db_column_id(rows, 0);
    }
    db_done(rows);
    if (rc != RC_EMPTY) {
        free(ids);
        return rc;
    }
    *out_ids = ids;
    *out_count = count;
    return RC_OK;
}

/* The ids first: `row` may ask the same connection. */
enum rc lookup_occasions(struct db *db, int64_t from_ms, int64_t to_ms,
                         enum rc (*row)(void *context, const struct occasion *occasion),
                         void *context)
{
    struct fact_id *ids = NULL;
    size_t count = 0;
    struct occasion *occasion = malloc(sizeof *occasion);
    enum rc rc = occasion ? collect_ids(db, from_ms, to_ms, &ids, &count) : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < count; i++) {
        rc = lookup_occasion(db, ids[i], occasion);
        if (!rc)
            rc = row(context, occasion);
    }
    free(ids);
    free(occasion);
    return rc;
}

struct same {
    struct occasion wanted;
    struct fact_id id;
};

static enum rc compare(void *context, const struct occasion *occasion)
{
    struct same *same = context;
    same->wanted.id = occasion->id;
    if (occasion_is_same(occasion, &same->wanted) && fact_id_is_none(same->id))
        same->id = occasion->id;
    return RC_OK;
}

enum rc lookup_same_occasion(struct db *db, const struct occasion *occasion, struct fact_id *out_id)
{
    struct same same = {.wanted = *occasion, .id = {0, 0}};
    enum rc rc = lookup_occasions(db, occasion->from_ms, occasion->to_ms, compare, &same);
    if (rc)
        return rc;
    if (fact_id_is_none(same.id))
        return RC_EMPTY;
    *out_id = same.id;
    return RC_OK;
}

/* --- shifts --- */

#define STANDING                                                                                   \
    " FROM sign_up s WHERE s.occasion_station=h.station AND s.occasion_seq=h.seq"                  \
    " AND s.shift=h.number AND s.end=0"
#define SHIFT                                                                                      \
    "SELECT h.station, h.seq, h.number, o.kind, CASE h.mission WHEN '' THEN o.title ELSE"          \
    " h.mission END, h.from_ms, h.to_ms, h.places, o.organisation_station, o.organisation_seq,"    \
    " o.state, h.circle, h.skill, h.referent, (SELECT count(*)" STANDING                           \
    "), (SELECT count(*)" STANDING                                                                 \
    " AND s.is_stand_in_sought), h.closed_station, h.closed_seq, h.were_enough, o.place"           \
    " FROM occasion o CROSS JOIN shift h ON o.station=h.station AND o.seq=h.seq "

static int count_needed(const struct lookup_shift *shift)
{
    int needed = shift->places - shift->standing + shift->sought;
    return shift->places && needed > 0 ? needed : 0;
}

static void read_shift(struct sqlite3_stmt *rows, struct lookup_shift *out_shift)
{
    int64_t kind = db_column(rows, 3);
    *out_shift = (struct lookup_shift){
        .slot = {.of = {db_column_id(rows, 0), (int)db_column(rows, 2)},
                 .kind = kind >= 0 && kind < OCCASION_COUNT ? (enum occasion_kind)kind
                                                            : OCCASION_WORKSHOP,
                 .from_ms = db_column(rows, 5),
                 .to_ms = db_column(rows, 6)},
        .places = (int)db_column(rows, 7),
        .organisation = db_column_id(rows, 8),
        .state = (enum occasion_state)db_column(rows, 10),
        .standing = (int)db_column(rows, 14),
        .sought = (int)db_column(rows, 15),
        .closed = db_column_id(rows, 16),
        .were_enough = (enum shift_enough)(db_column(rows, 18) & 3),
    };
    db_column_text(rows, 4, out_shift->slot.title, sizeof out_shift->slot.title);
    db_column_text(rows, 11, out_shift->circle, sizeof out_shift->circle);
    db_column_text(rows, 12, out_shift->skill, sizeof out_shift->skill);
    db_column_text(rows, 13, out_shift->referent, sizeof out_shift->referent);
    db_column_text(rows, 19, out_shift->slot.place, sizeof out_shift->slot.place);
    out_shift->slot.needed = count_needed(out_shift);
}

enum rc lookup_shifts(struct db *db, int64_t from_ms, int64_t to_ms, bool is_needed_only,
                      size_t max, struct lookup_shift *out_rows, size_t *out_listed,
                      size_t *out_total)
{
    struct sqlite3_stmt *rows = NULL;
    size_t listed = 0, total = 0;
    enum rc rc =
        db_query(db, &rows,
                 SHIFT "WHERE o.to_ms BETWEEN ? AND ? AND h.to_ms>? AND h.from_ms<? AND o.state=?"
                       " AND NOT h.is_gone"
                       " ORDER BY h.from_ms, h.to_ms, h.station, h.seq, h.number",
                 "iiiid", from_ms - OCCASION_MAX_MS, to_ms + OCCASION_MAX_MS, from_ms, to_ms,
                 (int)OCCASION_ON);
    while (!rc && !(rc = db_step(db, rows))) {
        struct lookup_shift shift;
        read_shift(rows, &shift);
        if (is_needed_only && !shift.slot.needed)
            continue;
        if (listed < max)
            out_rows[listed++] = shift;
        total++;
    }
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    *out_listed = listed;
    *out_total = total;
    return RC_OK;
}

enum rc lookup_one_shift(struct db *db, struct shift_id of, struct lookup_shift *out_row)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows, SHIFT "WHERE h.station=? AND h.seq=? AND h.number=?", "Id",
                              of.occasion, of.number);
    if (rc)
        return rc;
    read_shift(rows, out_row);
    db_done(rows);
    return RC_OK;
}

/* --- what was left for the next --- */

#define WORD_BACK_MS ((int64_t)31 * 24 * 3600 * 1000)

enum rc lookup_word(struct db *db, const struct lookup_shift *shift, char *out_word, size_t size)
{
    out_word[0] = 0;
    return fact_id_is_none(shift->closed) ? RC_OK
                                          : lookup_text(db, shift->closed, "word", out_word, size);
}

enum rc lookup_last_word(struct db *db, const struct lookup_shift *shift, char *out_word,
                         size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    struct lookup_shift last;
    int64_t before_ms = shift->slot.from_ms;
    out_word[0] = 0;
    enum rc rc =
        db_query_row(db, &rows,
                     SHIFT "WHERE o.to_ms BETWEEN ? AND ? AND h.to_ms<=? AND h.closed_seq>0"
                           " AND CASE h.mission WHEN '' THEN o.title ELSE h.mission END=?"
                           " AND o.organisation_station=? AND o.organisation_seq=?"
                           " ORDER BY h.to_ms DESC, h.station, h.seq, h.number LIMIT 1",
                     "iiitI", before_ms - WORD_BACK_MS, before_ms + OCCASION_MAX_MS, before_ms,
                     shift->slot.title, shift->organisation);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    read_shift(rows, &last);
    db_done(rows);
    return lookup_word(db, &last, out_word, size);
}

/* --- who promised --- */

static void name_promise(struct sqlite3_stmt *rows, struct lookup_promise *promise)
{
    struct person person = {.number = ""};
    db_column_text(rows, 2, person.first_name, sizeof person.first_name);
    db_column_text(rows, 3, person.last_name, sizeof person.last_name);
    person_display_name(&person, promise->display_name, sizeof promise->display_name);
    snprintf(promise->full_name, sizeof promise->full_name, "%s%s%s", person.first_name,
             person.last_name[0] ? " " : "", person.last_name);
}

enum rc lookup_promises(struct db *db, struct shift_id of, int64_t now_ms, size_t max,
                        struct lookup_promise *out_rows, size_t *out_listed)
{
    struct sqlite3_stmt *rows = NULL;
    size_t listed = 0;
    enum rc rc = db_query(
        db, &rows,
        "SELECT s.person_station, s.person_seq, coalesce(p.first_name, ''),"
        " coalesce(p.last_name, ''), coalesce(v.arrived_ms, 0), "
        "coalesce(v.left_ms, 0), coalesce(p.discreet, '')," ROWS_SIGN_UP "FROM sign_up s"
        " LEFT JOIN person p ON p.station=s.person_station AND p.seq=s.person_seq"
        " LEFT JOIN visit v ON v.station=s.visit_station AND v.seq=s.visit_seq"
        " WHERE s.occasion_station=? AND s.occasion_seq=? AND s.shift=?"
        " ORDER BY filed(p.first_name), filed(p.last_name), s.person_station, s.person_seq",
        "Id", of.occasion, of.number);
    while (!rc && !(rc = db_step(db, rows)) && listed < max) {
        struct lookup_promise *promise = &out_rows[listed++];
        struct sign_up sign_up;
        char discreet[sizeof((struct person *)0)->discreet];
        db_column_text(rows, 6, discreet, sizeof discreet);
        rows_read_sign_up(rows, 7, &sign_up);
        *promise = (struct lookup_promise){
            .person = db_column_id(rows, 0),
            .is_discreet = discreet[0] != '\0',
            .outcome = sign_up_outcome(&sign_up, now_ms),
            .is_stand_in_sought = sign_up.is_stand_in_sought,
            .arrived_ms = db_column(rows, 4),
            .left_ms = db_column(rows, 5),
        };
        name_promise(rows, promise);
    }
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_listed = listed;
    return RC_OK;
}

enum rc lookup_is_experienced(struct db *db, struct fact_id person, int days, bool *out_is)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT count(*) FROM (SELECT DISTINCT day FROM stint"
                              " WHERE person_station=? AND person_seq=? LIMIT ?)",
                              "Id", person, days);
    if (rc)
        return rc;
    *out_is = db_column(rows, 0) >= days;
    db_done(rows);
    return RC_OK;
}

/* --- organisations --- */

enum rc lookup_organisation(struct db *db, const char *name, struct fact_id *out_id)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT station, seq FROM organisation WHERE name=?1 COLLATE NOCASE"
                              " ORDER BY name<>?1, station, seq LIMIT 1",
                              "t", name);
    if (rc)
        return rc;
    *out_id = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc lookup_organisation_name(struct db *db, struct fact_id id, char *out_name, size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows, "SELECT name FROM organisation WHERE station=? AND seq=?", "I", id);
    if (rc && rc != RC_EMPTY)
        return rc;
    snprintf(out_name, size, "%s", "");
    if (!rc)
        db_column_text(rows, 0, out_name, size);
    db_done(rows);
    return RC_OK;
}
