/* Who began a first visit, for staff's eyes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/rows.h"
#include "app/store/welcome_i.h"
#include "firmware/base/utf8.h"

#define NAME_BYTES 200

static void name_in_full(const struct person *person, char *out_name, size_t size)
{
    snprintf(out_name, size, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
}

/* --- who is called alike --- */

/* The names of all who ever began, for comparing, sorted. */
struct names {
    char (*rows)[NAME_BYTES];
    size_t count;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void fold_name(const char *full_name, char out_folded[NAME_BYTES])
{
    utf8_fold(full_name, out_folded, NAME_BYTES);
}

static enum rc read_names(struct db *db, struct sqlite3_stmt *rows, struct names *names)
{
    enum rc rc = RC_OK;
    while (!rc && !(rc = db_step(db, rows))) {
        struct person person = {.number = ""};
        char full_name[NAME_BYTES];
        void *grown = realloc(names->rows, (names->count + 1) * sizeof *names->rows);
        if (!grown)
            return RC_NO_MEMORY;
        names->rows = grown;
        db_column_text(rows, 0, person.first_name, sizeof person.first_name);
        db_column_text(rows, 1, person.last_name, sizeof person.last_name);
        name_in_full(&person, full_name, sizeof full_name);
        fold_name(full_name, names->rows[names->count++]);
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc list_names(struct db *db, struct names *names)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT p.first_name, p.last_name FROM newcomer n"
                          " JOIN person p ON p.station=n.station AND p.seq=n.seq",
                          "");
    if (!rc)
        rc = read_names(db, rows, names);
    db_done(rows);
    if (names->count)
        qsort(names->rows, names->count, sizeof *names->rows, compare_names);
    return rc;
}

static int count_others(const struct names *names, const char *full_name)
{
    char folded[NAME_BYTES];
    int count = 0;
    fold_name(full_name, folded);
    const char(*found)[NAME_BYTES] = names->count ? bsearch(folded, names->rows, names->count,
                                                            sizeof *names->rows, compare_names)
                                                  : NULL;
    if (!found)
        return 0;
    size_t at = (size_t)(found - (const char(*)[NAME_BYTES])names->rows), end = at;
    while (at > 0 && strcmp(names->rows[at - 1], folded) == 0)
        at--;
    for (; end < names->count && strcmp(names->rows[end], folded) == 0; end++)
        ;
    count = (int)(end - at);
    return count - 1;
}

/* --- rows --- */

#define ROW                                                                                        \
    "SELECT" ROWS_PERSON "," ROWS_NEWCOMER ", coalesce(b.first_name, ''),"                         \
    " coalesce(b.last_name, ''),"                                                                  \
    " (SELECT coalesce(max(v.arrived_ms), 0) FROM visit v WHERE v.person_station=p.station"        \
    "  AND v.person_seq=p.seq),"                                                                   \
    " EXISTS(SELECT 1 FROM visit v WHERE v.person_station=p.station AND v.person_seq=p.seq"        \
    "  AND v.how_out=0 AND v.closes_ms>?1)"                                                        \
    " FROM newcomer n JOIN person p ON p.station=n.station AND p.seq=n.seq"                        \
    " LEFT JOIN person b ON b.station=n.buddy_station AND b.seq=n.buddy_seq"                       \
    " WHERE n.began_ms>=?2 ORDER BY n.began_ms DESC, n.station, n.seq"

static void read_row(struct sqlite3_stmt *rows, const struct names *names,
                     struct welcome_row *out_row)
{
    const int at = ROWS_PERSON_COLUMNS + ROWS_NEWCOMER_COLUMNS;
    struct person person = {.number = ""}, buddy = {.number = ""};
    rows_read_person(rows, 0, &person);
    rows_read_newcomer(rows, ROWS_PERSON_COLUMNS, &out_row->newcomer);
    db_column_text(rows, at, buddy.first_name, sizeof buddy.first_name);
    db_column_text(rows, at + 1, buddy.last_name, sizeof buddy.last_name);
    out_row->person = person.id;
    name_in_full(&person, out_row->full_name, sizeof out_row->full_name);
    name_in_full(&buddy, out_row->buddy, sizeof out_row->buddy);
    out_row->last_ms = db_column(rows, at + 2);
    out_row->is_in = db_column(rows, at + 3) != 0;
    out_row->same_name = count_others(names, out_row->full_name);
}

/* RC_EMPTY: not one of theirs. */
static enum rc keep_to(struct db *db, const struct belonging *whose, struct welcome_row *row)
{
    bool is = true, is_buddy = true;
    if (!whose)
        return RC_OK;
    enum rc rc = belonging_find(db, whose, row->person, &is);
    if (!rc && is)
        rc = belonging_last_visit(db, whose, row->person, &row->last_ms);
    if (!rc && is && row->buddy[0])
        rc = belonging_find(db, whose, row->newcomer.buddy, &is_buddy);
    if (!is_buddy)
        row->buddy[0] = 0;
    row->same_name = 0;
    return rc || is ? rc : RC_EMPTY;
}

static enum rc give_rows(struct db *db, const struct belonging *whose, const struct names *names,
                         int64_t since_ms, int64_t now_ms,
                         enum rc (*row)(void *context, const struct welcome_row *row),
                         void *context)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows, ROW, "ii", now_ms, since_ms);
    while (!rc && !(rc = db_step(db, rows))) {
        struct welcome_row found;
        read_row(rows, names, &found);
        rc = keep_to(db, whose, &found);
        if (!rc)
            rc = row(context, &found);
        else if (rc == RC_EMPTY)
            rc = RC_OK;
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc welcome_list(struct db *db, const struct belonging *whose, int64_t since_ms, int64_t now_ms,
                     enum rc (*row)(void *context, const struct welcome_row *row), void *context)
{
    struct names names = {.rows = NULL};
    enum rc rc = list_names(db, &names);
    if (!rc)
        rc = give_rows(db, whose, &names, since_ms, now_ms, row, context);
    free(names.rows);
    return rc;
}
