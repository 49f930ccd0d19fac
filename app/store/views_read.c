/* People's rows as they stand: of one person, or of all, one after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/rows.h"
#include "app/store/views_i.h"

/* Behind the two columns that say whose the row is. */
#define ROW 2

static enum rc take_person(struct sqlite3_stmt *rows, struct fold *fold)
{
    rows_read_person(rows, ROW, &fold->person);
    fold->is_known = true;
    return RC_OK;
}

static enum rc take_badge(struct sqlite3_stmt *rows, struct fold *fold)
{
    if (fold->badge_count == FOLD_BADGES_MAX)
        return RC_OK;
    struct fold_badge *badge = &fold->badges[fold->badge_count++];
    db_column_text(rows, ROW + 1, badge->key_id, sizeof badge->key_id);
    badge->given = db_column_id(rows, ROW + 2);
    badge->is_withdrawn = db_column(rows, ROW + 4) != 0;
    badge->until_ms = db_column(rows, ROW + 5);
    badge->is_lent = db_column(rows, ROW + 6) != 0;
    return db_column_bytes(rows, ROW, badge->hash.bytes, sizeof badge->hash.bytes);
}

static enum rc take_keyholder(struct sqlite3_stmt *rows, struct fold *fold)
{
    rows_read_keyholder(rows, ROW, &fold->keyholder);
    return RC_OK;
}

static enum rc take_visit(struct sqlite3_stmt *rows, struct fold *fold)
{
    struct visit visit;
    rows_read_visit(rows, ROW, &visit);
    return presence_add(&fold->presence, &visit);
}

static enum rc take_stint(struct sqlite3_stmt *rows, struct fold *fold)
{
    struct stint stint;
    rows_read_stint(rows, ROW, &stint);
    return presence_add_stint(&fold->presence, &stint);
}

static enum rc take_sign_up(struct sqlite3_stmt *rows, struct fold *fold)
{
    struct sign_up sign_up;
    rows_read_sign_up(rows, ROW, &sign_up);
    return sign_ups_add(&fold->presence.sign_ups, &sign_up);
}

static enum rc take_proposal(struct sqlite3_stmt *rows, struct fold *fold)
{
    struct proposal proposal;
    rows_read_proposal(rows, ROW, &proposal);
    return presence_add_proposal(&fold->presence, &proposal);
}

static enum rc take_deed(struct sqlite3_stmt *rows, struct fold *fold)
{
    struct deed deed;
    rows_read_deed(rows, ROW, &deed);
    return deeds_add(&fold->presence.deeds, &deed);
}

static enum rc take_since(struct sqlite3_stmt *rows, struct fold *fold)
{
    fold->presence.since = db_column_id(rows, ROW);
    return RC_OK;
}

static enum rc take_total(struct sqlite3_stmt *rows, struct fold *fold)
{
    return rows_read_total(rows, ROW, &fold->presence.totals);
}

static enum rc take_newcomer(struct sqlite3_stmt *rows, struct fold *fold)
{
    rows_read_newcomer(rows, ROW, &fold->newcomer);
    return RC_OK;
}

static enum rc take_consent(struct sqlite3_stmt *rows, struct fold *fold)
{
    rows_read_consent(rows, ROW, &fold->consents);
    return RC_OK;
}

#define SUBJECT "station, seq"
#define PERSON "person_station, person_seq"

static const struct part {
    const char *whose, *columns, *from, *order;
    enum rc (*take)(struct sqlite3_stmt *rows, struct fold *fold);
} parts[] = {
    {SUBJECT, ROWS_PERSON, "person@ p", "", take_person},
    {SUBJECT, "hash, key_id, given_station, given_seq, is_withdrawn, until_ms, is_lent", "badge@",
     ", hash", take_badge},
    {SUBJECT, ROWS_KEYHOLDER, "keyholder@ k", "", take_keyholder},
    {PERSON, ROWS_VISIT, "visit@ v", ", arrived_ms, station, seq", take_visit},
    {PERSON, ROWS_STINT, "stint@ t", ", station, seq, place", take_stint},
    {PERSON, ROWS_SIGN_UP, "sign_up@ s", ", from_ms, occasion_station, occasion_seq, shift",
     take_sign_up},
    {PERSON, ROWS_PROPOSAL, "proposal@ r", ", place", take_proposal},
    {PERSON, ROWS_DEED, "deed@ d", ", place", take_deed},
    {SUBJECT, "since_station, since_seq", "presence@", "", take_since},
    {SUBJECT, ROWS_TOTAL, "total@ a", ", place, part", take_total},
    {SUBJECT, ROWS_NEWCOMER, "newcomer@ n", "", take_newcomer},
    {SUBJECT, ROWS_CONSENT, "consent@ c", ", field", take_consent},
};
static const size_t part_count = sizeof parts / sizeof parts[0];

/* --- stints stand by visit, folds have them in the order of visits --- */

static int compare_visit(const void *a, const void *b)
{
    const struct stint *left = a, *right = b;
    return fact_id_compare(left->visit, right->visit);
}

static size_t find_first(const struct stint *stints, size_t count, struct fact_id visit)
{
    const struct stint wanted = {.visit = visit};
    const struct stint *found = bsearch(&wanted, stints, count, sizeof *stints, compare_visit);
    while (found && found > stints && fact_id_is_same(found[-1].visit, visit))
        found--;
    return found ? (size_t)(found - stints) : count;
}

/* One of no visit of theirs stays behind the others: nobody folded it. */
static void put_in_order(const struct presence *presence, bool *is_put, struct stint *sorted)
{
    const struct stint *stints = presence->stints;
    size_t count = presence->stint_count, put = 0, at = 0;
    for (size_t i = 0; i < presence->count; i++) {
        struct fact_id visit = presence->visits[i].id;
        if (at == count || !fact_id_is_same(stints[at].visit, visit))
            at = find_first(stints, count, visit);
        for (; at < count && !is_put[at] && fact_id_is_same(stints[at].visit, visit); at++) {
            sorted[put++] = stints[at];
            is_put[at] = true;
        }
    }
    for (at = 0; at < count; at++)
        if (!is_put[at])
            sorted[put++] = stints[at];
}

static enum rc sort_stints(struct presence *presence)
{
    size_t count = presence->stint_count;
    if (!count)
        return RC_OK;
    struct stint *sorted = malloc(count * sizeof *sorted);
    bool *is_put = calloc(count, sizeof *is_put);
    bool is_done = sorted && is_put;
    if (is_done) {
        put_in_order(presence, is_put, sorted);
        memcpy(presence->stints, sorted, count * sizeof *sorted);
    }
    free(sorted);
    free(is_put);
    return is_done ? RC_OK : RC_NO_MEMORY;
}

/* --- one person --- */

static enum rc load_part(struct db *db, const char *suffix, const struct part *part,
                         struct fact_id person, struct fold *fold)
{
    char sql[VIEWS_SQL_BYTES];
    struct sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT %s, %s FROM %s WHERE (%s)=(?,?) ORDER BY %s%s", part->whose,
             part->columns, part->from, part->whose, part->whose, part->order);
    enum rc rc = views_query(db, suffix, &rows, sql, "I", person);
    while (!rc && !(rc = db_step(db, rows)))
        rc = part->take(rows, fold);
    if (rc != RC_EMPTY && rows)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc views_load(struct db *db, const char *suffix, struct fact_id person, struct fold *out_fold)
{
    struct fold *fold = calloc(1, sizeof *fold);
    enum rc rc = fold ? RC_OK : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < part_count; i++)
        rc = load_part(db, suffix, &parts[i], person, fold);
    if (!rc)
        rc = sort_stints(&fold->presence);
    if (rc)
        fold_finish(fold);
    else
        *out_fold = *fold;
    free(fold);
    return rc;
}

/* --- all of them --- */

static enum rc step(struct db *db, struct views_reader_part *at)
{
    enum rc rc = db_step(db, at->rows);
    at->has_row = rc == RC_OK;
    if (at->has_row)
        at->whose = db_column_id(at->rows, 0);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc views_begin_reading(struct db *db, const char *suffix, struct views_reader *reader)
{
    enum rc rc = RC_OK;
    _Static_assert(sizeof parts / sizeof parts[0] == VIEWS_PARTS, "one reader part for each");
    reader->db = db;
    for (size_t i = 0; !rc && i < part_count; i++) {
        char sql[VIEWS_SQL_BYTES];
        snprintf(sql, sizeof sql, "SELECT %s, %s FROM %s ORDER BY %s%s", parts[i].whose,
                 parts[i].columns, parts[i].from, parts[i].whose, parts[i].order);
        rc = views_query(db, suffix, &reader->parts[i].rows, sql, "");
        if (!rc)
            rc = step(db, &reader->parts[i]);
    }
    return rc;
}

enum rc views_next_person(const struct views_reader *reader, struct fact_id *out_person)
{
    enum rc rc = RC_EMPTY;
    for (size_t i = 0; i < part_count; i++) {
        const struct views_reader_part *at = &reader->parts[i];
        if (!at->has_row || (!rc && fact_id_compare(at->whose, *out_person) >= 0))
            continue;
        *out_person = at->whose;
        rc = RC_OK;
    }
    return rc;
}

enum rc views_read_person(struct views_reader *reader, struct fact_id person, struct fold *out_fold)
{
    struct fold *fold = calloc(1, sizeof *fold);
    enum rc rc = fold ? RC_OK : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < part_count; i++) {
        struct views_reader_part *at = &reader->parts[i];
        while (!rc && at->has_row && fact_id_is_same(at->whose, person)) {
            rc = parts[i].take(at->rows, fold);
            if (!rc)
                rc = step(reader->db, at);
        }
    }
    if (!rc)
        rc = sort_stints(&fold->presence);
    if (rc)
        fold_finish(fold);
    else
        *out_fold = *fold;
    free(fold);
    return rc;
}

void views_finish_reading(struct views_reader *reader)
{
    for (size_t i = 0; i < part_count; i++)
        if (reader->parts[i].rows)
            db_done(reader->parts[i].rows);
}
