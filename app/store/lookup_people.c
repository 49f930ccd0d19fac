#include "app/store/lookup_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/facts.h"
#include "app/store/keys.h"
#include "app/store/rows.h"
#include "firmware/base/hex.h"
#include "firmware/base/utf8.h"

#define LONG_MS ((int64_t)12 * 3600 * 1000)

/* --- the first rows by name, of any number --- */

#define KEY_BYTES 100
#define SEARCH_BYTES 200

struct sorted {
    char *rows; /* the caller's */
    size_t row_size;
    char (*keys)[KEY_BYTES];
    size_t count, max, total;
};

static enum rc sorted_begin(struct sorted *sorted, void *rows, size_t row_size, size_t max)
{
    *sorted = (struct sorted){.rows = rows, .row_size = row_size, .max = max};
    sorted->keys = calloc(max ? max : 1, sizeof *sorted->keys);
    return sorted->keys ? RC_OK : RC_NO_MEMORY;
}

/* The row goes where its key belongs; what no longer fits falls off the end. */
static void sorted_put(struct sorted *sorted, const char *key, const void *row)
{
    size_t at = sorted->count, kept = sorted->count < sorted->max ? sorted->count : sorted->max - 1;
    sorted->total++;
    while (at > 0 && strcmp(sorted->keys[at - 1], key) > 0)
        at--;
    if (at >= sorted->max)
        return;
    char *place = sorted->rows + at * sorted->row_size;
    memmove(place + sorted->row_size, place, (kept - at) * sorted->row_size);
    memmove(sorted->keys[at + 1], sorted->keys[at], (kept - at) * sizeof *sorted->keys);
    memcpy(place, row, sorted->row_size);
    memcpy(sorted->keys[at], key, sizeof *sorted->keys);
    sorted->count = kept + 1;
}

/* By first name, then by last. */
static void make_key(const struct person *person, char first_letter, char *out_key)
{
    out_key[0] = first_letter;
    size_t length = 1 + utf8_fold(person->first_name, out_key + 1, KEY_BYTES - 2);
    out_key[length++] = ' ';
    utf8_fold(person->last_name, out_key + length, KEY_BYTES - length);
}

static void name_person(const struct person *person, char *out_display, char *out_full, size_t size)
{
    person_display_name(person, out_display, sizeof((struct lookup_people_row *)0)->display_name);
    bool has_both = person->first_name[0] && person->last_name[0];
    snprintf(out_full, size, "%s%s%s", person->first_name, has_both ? " " : "", person->last_name);
}

/* --- who is here --- */

static void read_here(struct sqlite3_stmt *rows, int64_t now_ms, struct sorted *sorted,
                      struct lookup_people_count *count)
{
    struct person person = {.first_name = ""};
    struct visit visit;
    char key[KEY_BYTES] = "";
    rows_read_visit(rows, 0, &visit);
    rows_read_person(rows, ROWS_VISIT_COLUMNS, &person);
    struct lookup_people_here here = {
        .person = db_column_id(rows, ROWS_VISIT_COLUMNS + ROWS_PERSON_COLUMNS),
        .arrived_ms = visit.arrived_ms,
        .guests = visit.guests,
        .children = visit.children,
        .how_in = visit.how_in,
        .is_doubtful = visit.is_doubtful_in,
        .is_long = now_ms - visit.arrived_ms > LONG_MS,
    };
    name_person(&person, here.display_name, here.full_name, sizeof here.full_name);
    make_key(&person, ' ', key);
    sorted_put(sorted, key, &here);
    count->guests += (size_t)visit.guests;
    count->children += (size_t)visit.children;
}

enum rc lookup_people_here(struct db *db, int64_t now_ms, size_t max,
                           struct lookup_people_here *out_rows, size_t *out_listed,
                           struct lookup_people_count *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    struct sorted sorted;
    struct lookup_people_count count = {0, 0, 0};
    enum rc rc = sorted_begin(&sorted, out_rows, sizeof *out_rows, max);
    if (!rc)
        rc = db_query(db, &rows,
                      "SELECT" ROWS_VISIT "," ROWS_PERSON ", v.person_station, v.person_seq"
                      " FROM visit v LEFT JOIN person p"
                      " ON p.station=v.person_station AND p.seq=v.person_seq"
                      " WHERE v.how_out=0 AND v.closes_ms>? ORDER BY v.station, v.seq",
                      "i", now_ms);
    while (!rc && !(rc = db_step(db, rows)))
        read_here(rows, now_ms, &sorted, &count);
    db_done(rows);
    free(sorted.keys);
    if (rc != RC_EMPTY)
        return rc;
    count.people = sorted.total;
    *out_listed = sorted.count;
    *out_count = count;
    return RC_OK;
}

/* --- one person --- */

static enum rc fold_visits(struct db *db, struct fact_id person, struct presence *out_presence)
{
    struct facts facts = {.rows = NULL};
    enum rc rc = facts_load_subject(db, person, &facts);
    if (!rc)
        fact_sort(facts.rows, facts.count);
    if (!rc)
        rc = presence_fold(facts.rows, facts.count, out_presence);
    facts_finish(&facts);
    return rc;
}

/* Is the visit to be listed? */
static enum rc is_listed(struct db *db, struct fact_id organisation, struct fact_id person,
                         const struct visit *visit, bool *out_is)
{
    *out_is = true;
    return fact_id_is_none(organisation)
               ? RC_OK
               : belonging_has_visit(db, organisation, person, visit->id, out_is);
}

enum rc lookup_people_visits(struct db *db, struct fact_id person, struct fact_id organisation,
                             size_t max, struct lookup_people_visit *out_rows, size_t *out_listed)
{
    struct presence presence;
    size_t listed = 0;
    enum rc rc = fold_visits(db, person, &presence);
    if (rc)
        return rc;
    for (size_t i = presence.count; !rc && i-- > 0 && listed < max;) {
        struct lookup_people_visit *row = &out_rows[listed];
        bool is = false;
        rc = is_listed(db, organisation, person, &presence.visits[i], &is);
        if (rc || !is)
            continue;
        listed++;
        *row = (struct lookup_people_visit){.visit = presence.visits[i]};
        if (!fact_id_is_none(row->visit.before.fact))
            rc = lookup_text(db, row->visit.before.fact, "reason", row->reason, sizeof row->reason);
    }
    presence_finish(&presence);
    if (!rc)
        *out_listed = listed;
    return rc;
}

/* Of the fact that the view names, and for a withdrawn badge of the gift before it. */
static enum rc read_times(struct db *db, struct fact_id person, const struct fold_badge *badge,
                          struct lookup_people_badge *row)
{
    struct sqlite3_stmt *rows = NULL;
    char hash[2 * BADGE_HASH_BYTES + 1];
    hex_encode(badge->hash.bytes, sizeof badge->hash.bytes, hash);
    memcpy(row->handle, hash, sizeof row->handle - 1);
    enum rc rc =
        db_query(db, &rows,
                 "SELECT kind, effective_ms FROM fact WHERE subject_station=? AND subject_seq=?"
                 " AND kind IN (?,?) AND instr(CAST(body AS TEXT), ?)"
                 " ORDER BY effective_ms, station, seq",
                 "Iddt", person, FACT_BADGE_GIVEN, FACT_BADGE_WITHDRAWN, hash);
    while (!rc && !(rc = db_step(db, rows))) {
        bool is_gift = db_column(rows, 0) == FACT_BADGE_GIVEN;
        if (is_gift)
            row->given_ms = db_column(rows, 1);
        row->withdrawn_ms = is_gift ? 0 : db_column(rows, 1);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc lookup_people_badges(struct db *db, struct fact_id person, size_t max,
                             struct lookup_people_badge *out_rows, size_t *out_listed)
{
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t count, listed = 0;
    enum rc rc = lookup_badges(db, person, badges, FOLD_BADGES_MAX, &count);
    if (rc)
        return rc;
    for (size_t i = count; !rc && i-- > 0 && listed < max; listed++) {
        out_rows[listed] = (struct lookup_people_badge){
            .hash = badges[i].hash, .until_ms = badges[i].until_ms, .is_lent = badges[i].is_lent};
        rc = read_times(db, person, &badges[i], &out_rows[listed]);
    }
    if (!rc)
        *out_listed = listed;
    return rc;
}

/* --- lists of people --- */

static void put_person(struct sorted *sorted, const struct person *person,
                       const struct fold_keyholder *keyholder, char first_letter)
{
    char key[KEY_BYTES] = "";
    struct lookup_people_row row = {
        .person = person->id,
        .role = keyholder->role,
        .has_pin = keyholder->pin[0] != 0,
        .has_code = keyholder->code[0] != 0,
    };
    name_person(person, row.display_name, row.full_name, sizeof row.full_name);
    memcpy(row.number, person->number, sizeof row.number);
    make_key(person, first_letter, key);
    sorted_put(sorted, key, &row);
}

enum rc lookup_people_roles(struct db *db, size_t max, struct lookup_people_row *out_rows,
                            size_t *out_listed)
{
    struct sqlite3_stmt *rows = NULL;
    struct sorted sorted;
    enum rc rc = sorted_begin(&sorted, out_rows, sizeof *out_rows, max);
    if (!rc)
        rc = db_query(db, &rows,
                      "SELECT" ROWS_KEYHOLDER "," ROWS_PERSON "FROM keyholder k JOIN person p"
                      " ON p.station=k.station AND p.seq=k.seq WHERE k.role<>0"
                      " ORDER BY p.station, p.seq",
                      "");
    while (!rc && !(rc = db_step(db, rows))) {
        struct fold_keyholder keyholder;
        struct person person;
        rows_read_keyholder(rows, 0, &keyholder);
        rows_read_person(rows, ROWS_KEYHOLDER_COLUMNS, &person);
        put_person(&sorted, &person, &keyholder, (char)('a' + ROLE_COUNT - keyholder.role));
    }
    db_done(rows);
    free(sorted.keys);
    if (rc != RC_EMPTY)
        return rc;
    *out_listed = sorted.count;
    return RC_OK;
}

struct search {
    struct db *db;
    const struct belonging *whose; /* NULL: everybody */
    const char *typed;
    struct name_match_parts parts;
    struct sorted sorted;
};

static bool is_number(const char *typed, const struct person *person)
{
    char left[SEARCH_BYTES], right[SEARCH_BYTES];
    utf8_fold(typed, left, sizeof left);
    utf8_fold(person->number, right, sizeof right);
    return left[0] && strcmp(left, right) == 0;
}

/* Nobody is found by a part of what they are called who is nobody's. */
static bool is_typed_whole(const struct search *search, const struct person *person)
{
    return name_match_is(&search->parts, person) || is_number(search->typed, person);
}

static enum rc may_find(const struct search *search, const struct person *person, bool *out_may)
{
    *out_may = true;
    if (!search->whose)
        return RC_OK;
    enum rc rc = belonging_find(search->db, search->whose, person->id, out_may);
    if (!rc && !*out_may && is_typed_whole(search, person))
        rc = belonging_is_nobodys(search->db, search->whose->circles, person->id, out_may);
    return rc;
}

static enum rc search_one(void *context, const struct person *person)
{
    static const struct fold_keyholder nothing = {.role = ROLE_NONE};
    struct search *search = context;
    bool may = false;
    if (!name_match_has(&search->parts, person))
        return RC_OK;
    enum rc rc = may_find(search, person, &may);
    if (!rc && may)
        put_person(&search->sorted, person, &nothing, ' ');
    return rc;
}

enum rc lookup_people_search(struct db *db, const struct belonging *whose, const char *typed,
                             size_t max, struct lookup_people_row *out_rows, size_t *out_listed,
                             size_t *out_total)
{
    struct search search = {.db = db, .whose = whose, .typed = typed};
    if (!name_match_cut(&search.parts, typed))
        return RC_LIMIT;
    enum rc rc = sorted_begin(&search.sorted, out_rows, sizeof *out_rows, max);
    if (!rc)
        rc = lookup_names(db, search_one, &search);
    for (size_t i = 0; !rc && i < search.sorted.count; i++) {
        struct fold_keyholder keyholder;
        rc = keys_find(db, out_rows[i].person, &keyholder);
        if (rc)
            break;
        out_rows[i].role = keyholder.role;
        out_rows[i].has_pin = keyholder.pin[0] != 0;
        out_rows[i].has_code = keyholder.code[0] != 0;
    }
    free(search.sorted.keys);
    if (rc)
        return rc;
    *out_listed = search.sorted.count;
    *out_total = search.sorted.total;
    return RC_OK;
}

static enum rc match_one(void *context, const struct person *person)
{
    name_match_offer(context, person);
    return RC_OK;
}

enum rc lookup_people_match(struct db *db, const char *typed, struct name_match *out_match,
                            enum name_match_result *out_result)
{
    struct name_match match;
    name_match_begin(&match, typed);
    enum rc rc = lookup_names(db, match_one, &match);
    if (rc)
        return rc;
    *out_result = name_match_end(&match);
    *out_match = match;
    return RC_OK;
}
