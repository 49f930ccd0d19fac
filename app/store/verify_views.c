/* Do the views say what the facts come to? */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/facts.h"
#include "app/store/schema.h"
#include "app/store/verify_i.h"
#include "app/store/views.h"

/* Three lists in the order of subjects, side by side: facts, people's rows, occasions' rows. */
struct walk {
    struct db *db;
    struct verify_result *result;
    struct facts_by_subject from;
    struct facts facts;
    bool has_facts; /* of the subject that comes next */
    struct views_reader reader;
    struct sqlite3_stmt *occasions;
    bool has_occasion;
    struct fact_id occasion; /* the next with a row */
    uint64_t prints;
};

static enum rc compare_person(struct walk *walk, struct fact_id person, struct fact *facts,
                              size_t count, const struct fold *stored)
{
    struct fold folded;
    struct verify_result *result = walk->result;
    enum rc rc = fold_person(facts, count, &folded);
    if (rc == RC_CORRUPT) {
        verify_found(result, &result->differing, "an unreadable fact about the person", person);
        return RC_OK;
    }
    if (rc)
        return rc;
    result->people++;
    if (!fold_is_same(&folded, stored))
        verify_found(result, &result->differing, "another view of the person", person);
    fold_finish(&folded);
    return RC_OK;
}

static enum rc check_person(struct walk *walk, struct fact_id person, struct fact *facts,
                            size_t count)
{
    struct fold stored;
    enum rc rc = views_read_person(&walk->reader, person, &stored);
    if (rc)
        return rc;
    rc = compare_person(walk, person, facts, count, &stored);
    fold_finish(&stored);
    return rc;
}

static enum rc check_occasion(struct walk *walk, struct fact_id id, struct fact *facts,
                              size_t count)
{
    bool is_known = false;
    struct verify_result *result = walk->result;
    struct occasion *folded = calloc(2, sizeof *folded), *stored;
    if (!folded)
        return RC_NO_MEMORY;
    stored = folded + 1;
    fact_sort(facts, count);
    enum rc rc = occasion_fold(facts, count, folded, &is_known);
    bool is_unreadable = rc == RC_CORRUPT;
    if (!rc || is_unreadable)
        rc = views_load_occasion(walk->db, VIEWS_LIVE, id, stored);
    bool was_known = rc == RC_OK;
    if (rc == RC_EMPTY)
        rc = RC_OK;
    result->occasions += is_unreadable || is_known || was_known;
    if (is_unreadable)
        verify_found(result, &result->differing, "an unreadable fact about the occasion", id);
    else if (!rc && (is_known != was_known || (is_known && !occasion_is_same(folded, stored))))
        verify_found(result, &result->differing, "another view of the occasion", id);
    free(folded);
    return rc;
}

/* --- the walk --- */

static enum rc next_facts(struct walk *walk)
{
    enum rc rc = facts_next_subject(walk->db, &walk->from, &walk->facts);
    walk->has_facts = rc == RC_OK;
    for (size_t i = 0; !rc && i < walk->facts.count; i++)
        walk->prints += facts_print(&walk->facts.rows[i]);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc next_occasion(struct walk *walk)
{
    enum rc rc = db_step(walk->db, walk->occasions);
    walk->has_occasion = rc == RC_OK;
    if (walk->has_occasion)
        walk->occasion = db_column_id(walk->occasions, 0);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc begin_walk(struct walk *walk)
{
    enum rc rc = facts_begin_subjects(walk->db, (struct fact_id){INT64_MIN, 0}, &walk->from);
    if (!rc)
        rc = next_facts(walk);
    if (!rc)
        rc = views_begin_reading(walk->db, VIEWS_LIVE, &walk->reader);
    if (!rc)
        rc = db_query(walk->db, &walk->occasions,
                      "SELECT station, seq FROM occasion UNION SELECT station, seq FROM shift"
                      " ORDER BY station, seq",
                      "");
    return rc ? rc : next_occasion(walk);
}

static void end_walk(struct walk *walk)
{
    if (walk->from.rows)
        db_done(walk->from.rows);
    if (walk->occasions)
        db_done(walk->occasions);
    views_finish_reading(&walk->reader);
    facts_finish(&walk->facts);
}

static void take_least(bool is_there, struct fact_id id, bool *has, struct fact_id *least)
{
    if (is_there && (!*has || fact_id_compare(id, *least) < 0))
        *least = id;
    *has |= is_there;
}

/* Whoever comes next, also without a single fact or a single row. RC_EMPTY: nobody does. */
static enum rc check_next(struct walk *walk)
{
    struct fact_id id = {0, 0}, person = {0, 0};
    bool has = false, has_rows = !views_next_person(&walk->reader, &person);
    if (walk->has_facts)
        take_least(true, walk->facts.rows[0].subject, &has, &id);
    take_least(has_rows, person, &has, &id);
    take_least(walk->has_occasion, walk->occasion, &has, &id);
    if (!has)
        return RC_EMPTY;

    bool is_theirs = walk->has_facts && fact_id_is_same(walk->facts.rows[0].subject, id);
    size_t count = is_theirs ? walk->facts.count : 0;
    struct views_parts parts = views_parts_of(&walk->facts);
    bool is_person = (is_theirs && parts.has_person) || (has_rows && fact_id_is_same(person, id));
    bool is_row = walk->has_occasion && fact_id_is_same(walk->occasion, id);
    enum rc rc = is_person ? check_person(walk, id, walk->facts.rows, count) : RC_OK;
    if (!rc && (is_row || (is_theirs && parts.has_occasion)))
        rc = check_occasion(walk, id, walk->facts.rows, count);
    if (!rc && is_row)
        rc = next_occasion(walk);
    return rc || !is_theirs ? rc : next_facts(walk);
}

static void tell_stale(struct verify_result *result)
{
    snprintf(result->first, sizeof result->first,
             "views of another fold: a running station makes them anew");
}

/* Facts taken in bulk and not folded yet: without an index to find anybody's by. */
static enum rc is_in_bulk(struct db *db, bool *out_is)
{
    int64_t indexes;
    enum rc rc = db_number(db, &indexes,
                           "SELECT count(*) FROM sqlite_schema WHERE name='" SCHEMA_FACT_INDEX "'");
    if (!rc)
        *out_is = indexes == 0;
    return rc;
}

/* Where the views do not hold and were made by another fold, that is why. */
static enum rc explain(struct db *db, int64_t differed, struct verify_result *result)
{
    char stored[16], current[16];
    enum rc rc = schema_get(db, "fold_version", stored, sizeof stored);
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    if (!rc && result->differing > differed && strcmp(stored, current) != 0)
        tell_stale(result);
    return rc;
}

static enum rc walk_all(struct db *db, struct verify_walked *out_walked,
                        struct verify_result *result)
{
    struct walk walk = {.db = db, .result = result};
    enum rc rc = begin_walk(&walk);
    while (!rc)
        rc = check_next(&walk);
    end_walk(&walk);
    if (rc != RC_EMPTY)
        return rc;
    *out_walked = (struct verify_walked){true, walk.prints};
    return RC_OK;
}

enum rc verify_views(struct db *db, struct verify_walked *out_walked, struct verify_result *result)
{
    int64_t differed = result->differing;
    bool is_bulk;
    enum rc rc = is_in_bulk(db, &is_bulk);
    if (rc)
        return rc;
    if (is_bulk) {
        result->differing++;
        tell_stale(result);
        return RC_OK;
    }
    rc = walk_all(db, out_walked, result);
    return rc ? rc : explain(db, differed, result);
}
