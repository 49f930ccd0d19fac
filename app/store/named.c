#include "app/store/named.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/basket.h"
#include "app/domain/body.h"
#include "app/domain/deed.h"
#include "app/domain/name_match.h"
#include "app/store/schema.h"

#define ALIASES_MAX 16

struct wanted {
    struct db *db;
    struct fact_id id;
    struct person aliases[ALIASES_MAX]; /* what they were ever called; the last stands for more */
    size_t count;
    enum rc rc; /* of the register, while texts were looked at */
};

/* --- what they are called --- */

static bool is_called(const struct person *person, const char *text)
{
    struct name_match_parts parts;
    return person_is_called(person, text) ||
           (name_match_cut(&parts, text) && name_match_is(&parts, person));
}

static void add_alias(struct wanted *wanted, const struct person *person)
{
    const struct person *last = wanted->count ? &wanted->aliases[wanted->count - 1] : NULL;
    if (last && strcmp(last->number, person->number) == 0 &&
        strcmp(last->first_name, person->first_name) == 0 &&
        strcmp(last->last_name, person->last_name) == 0)
        return;
    wanted->count += wanted->count < ALIASES_MAX;
    wanted->aliases[wanted->count - 1] = *person;
}

static enum rc find_aliases(const struct facts *theirs, struct wanted *wanted)
{
    struct person person = {.first_name = ""};
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < theirs->count; i++) {
        const struct fact *fact = &theirs->rows[i];
        json_t *body;
        if (!fact->body || (fact->kind != FACT_PERSON_ADDED && fact->kind != FACT_PERSON_CHANGED))
            continue;
        rc = body_read(fact, &body);
        if (!rc)
            rc = person_apply(&person, body);
        json_decref(body);
        if (!rc)
            add_alias(wanted, &person);
    }
    return rc == RC_BAD_INPUT ? RC_CORRUPT : rc;
}

/* Then it is theirs, and stays. */
static enum rc is_anothers(struct wanted *wanted, const char *text, bool *out_is)
{
    struct sqlite3_stmt *rows = NULL;
    struct person person = {.first_name = ""};
    bool is = false;
    enum rc rc = db_query(wanted->db, &rows,
                          "SELECT number, first_name, last_name FROM person"
                          " WHERE NOT (station=? AND seq=?)",
                          "I", wanted->id);
    while (!rc && !is && !(rc = db_step(wanted->db, rows))) {
        db_column_text(rows, 0, person.number, sizeof person.number);
        db_column_text(rows, 1, person.first_name, sizeof person.first_name);
        db_column_text(rows, 2, person.last_name, sizeof person.last_name);
        is = is_called(&person, text);
    }
    db_done(rows);
    *out_is = is;
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc named_begin(struct db *db, struct fact_id person, const struct facts *theirs,
                    struct wanted **out_wanted)
{
    struct wanted *wanted = calloc(1, sizeof *wanted);
    if (!wanted)
        return RC_NO_MEMORY;
    wanted->db = db;
    wanted->id = person;
    enum rc rc = find_aliases(theirs, wanted);
    if (rc)
        free(wanted);
    else
        *out_wanted = wanted;
    return rc;
}

void named_end(struct wanted *wanted)
{
    free(wanted);
}

enum rc named_rc(const struct wanted *wanted)
{
    return wanted->rc;
}

bool named_means(struct wanted *wanted, const char *text)
{
    bool is = false, is_others = false;
    for (size_t i = 0; !is && i < wanted->count; i++)
        is = is_called(&wanted->aliases[i], text);
    if (is && !wanted->rc)
        wanted->rc = is_anothers(wanted, text, &is_others);
    return is && !is_others;
}

/* --- who says it --- */

static enum rc add(struct named *named, const struct named_in *in)
{
    if (named->count == named->capacity) {
        size_t capacity = named->capacity ? 2 * named->capacity : 16;
        struct named_in *rows = realloc(named->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        named->rows = rows;
        named->capacity = capacity;
    }
    named->rows[named->count++] = *in;
    return RC_OK;
}

static bool has_fetcher(struct wanted *wanted, const json_t *body)
{
    char name[BASKET_NAME_BYTES];
    const char *at = json_text(body, "basket_fetchers");
    while (at && basket_next_fetcher(&at, name))
        if (named_means(wanted, name))
            return true;
    return false;
}

static bool has_referent(struct wanted *wanted, const json_t *body)
{
    const json_t *shifts = json_object_get(body, "shifts");
    for (size_t i = 0; i < json_array_size(shifts); i++) {
        const char *referent = json_text(json_array_get(shifts, i), "referent");
        if (referent && named_means(wanted, referent))
            return true;
    }
    return false;
}

static enum rc look_at(struct wanted *wanted, const struct fact *fact, struct named *named)
{
    const struct named_in in = {fact->subject, fact->id, fact->kind};
    json_t *body;
    enum rc rc = body_read(fact, &body);
    bool is = !rc && (has_fetcher(wanted, body) || has_referent(wanted, body));
    json_decref(body);
    if (!rc)
        rc = wanted->rc;
    return rc || !is ? rc : add(named, &in);
}

/* Some of a house's facts, by an index of their own. */
static enum rc find_by_name(struct wanted *wanted, struct named *named)
{
    struct facts facts = {.rows = NULL};
    struct sqlite3_stmt *rows = NULL;
    struct fact fact;
    enum rc rc = db_query(wanted->db, &rows,
                          "SELECT " FACTS_COLUMNS_ALONE " FROM fact f WHERE " SCHEMA_NAMES_OTHERS
                          " AND NOT (f.subject_station=? AND f.subject_seq=?)",
                          "I", wanted->id);
    while (!rc && !(rc = db_step(wanted->db, rows))) {
        rc = facts_read_row(rows, &fact);
        if (!rc)
            rc = facts_add(&facts, &fact);
    }
    db_done(rows);
    rc = rc == RC_EMPTY ? RC_OK : rc;
    facts_seal(&facts);
    for (size_t i = 0; !rc && i < facts.count; i++)
        rc = look_at(wanted, &facts.rows[i], named);
    facts_finish(&facts);
    return rc;
}

static enum rc add_buddies(struct wanted *wanted, struct fact_id newcomer, struct facts *facts,
                           struct named *named)
{
    enum rc rc = facts_load_subject(wanted->db, newcomer, facts);
    for (size_t i = 0; !rc && i < facts->count; i++) {
        const struct fact *fact = &facts->rows[i];
        const struct named_in in = {newcomer, fact->id, fact->kind};
        json_t *body = NULL;
        if (fact->kind != FACT_BUDDY)
            continue;
        rc = body_read(fact, &body);
        if (!rc && fact_id_is_same(body_id(body, "buddy"), wanted->id))
            rc = add(named, &in);
        json_decref(body);
    }
    return rc;
}

static enum rc find_newcomers(struct wanted *wanted, struct named *newcomers)
{
    struct sqlite3_stmt *rows = NULL;
    char pair[48];
    snprintf(pair, sizeof pair, "%lld %lld", (long long)wanted->id.station,
             (long long)wanted->id.seq);
    enum rc rc =
        db_query(wanted->db, &rows,
                 "SELECT station, seq FROM newcomer WHERE (buddy_station=? AND buddy_seq=?)"
                 " OR instr(' ' || passed || ' ', ' ' || ? || ' ')>0",
                 "It", wanted->id, pair);
    while (!rc && !(rc = db_step(wanted->db, rows)))
        rc = add(newcomers, &(struct named_in){.subject = db_column_id(rows, 0)});
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc find_as_buddy(struct wanted *wanted, struct named *named)
{
    struct named newcomers = {.rows = NULL};
    struct facts facts = {.rows = NULL};
    enum rc rc = find_newcomers(wanted, &newcomers);
    for (size_t i = 0; !rc && i < newcomers.count; i++)
        rc = add_buddies(wanted, newcomers.rows[i].subject, &facts, named);
    facts_finish(&facts);
    named_finish(&newcomers);
    return rc;
}

/* At assemblies to come; how one was held stays as it was. */
static enum rc find_as_proxy(struct wanted *wanted, int64_t now_ms, struct named *named)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(wanted->db, &rows,
                          "SELECT d.person_station, d.person_seq, d.station, d.seq FROM deed d"
                          " JOIN occasion o ON o.station=d.occasion_station"
                          " AND o.seq=d.occasion_seq WHERE d.kind=? AND d.other_station=?"
                          " AND d.other_seq=? AND o.to_ms>?",
                          "dIi", (int)DEED_PROXY, wanted->id, now_ms);
    while (!rc && !(rc = db_step(wanted->db, rows)))
        rc =
            add(named, &(struct named_in){db_column_id(rows, 0), db_column_id(rows, 2), FACT_DEED});
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static int compare(const void *a, const void *b)
{
    const struct named_in *left = a, *right = b;
    int order = fact_id_compare(left->subject, right->subject);
    return order ? order : fact_id_compare(left->fact, right->fact);
}

enum rc named_find(struct wanted *wanted, int64_t now_ms, struct named *named)
{
    enum rc rc = wanted->count ? find_by_name(wanted, named) : RC_OK;
    if (!rc)
        rc = find_as_buddy(wanted, named);
    if (!rc)
        rc = find_as_proxy(wanted, now_ms, named);
    if (!rc && named->count)
        qsort(named->rows, named->count, sizeof *named->rows, compare);
    return rc;
}

bool named_has(const struct named *named, struct fact_id fact)
{
    for (size_t i = 0; i < named->count; i++)
        if (fact_id_is_same(named->rows[i].fact, fact))
            return true;
    return false;
}

int64_t named_count_records(const struct named *named)
{
    int64_t count = 0;
    for (size_t i = 0; i < named->count; i++)
        count += i == 0 || !fact_id_is_same(named->rows[i].subject, named->rows[i - 1].subject);
    return count;
}

void named_finish(struct named *named)
{
    free(named->rows);
    *named = (struct named){.rows = NULL};
}
