/* Do the views say what the facts come to? */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/facts.h"
#include "app/store/schema.h"
#include "app/store/verify_i.h"
#include "app/store/views.h"

static enum rc check_person(struct db *db, struct fact_id person, struct facts *scratch,
                            struct verify_result *result)
{
    struct fold folded, stored;
    enum rc rc = fold_person(scratch->rows, scratch->count, &folded);
    if (rc == RC_CORRUPT) {
        verify_found(result, &result->differing, "an unreadable fact about the person", person);
        return RC_OK;
    }
    if (rc)
        return rc;
    rc = views_load(db, VIEWS_LIVE, person, &stored);
    if (!rc) {
        result->people++;
        if (!fold_is_same(&folded, &stored))
            verify_found(result, &result->differing, "another view of the person", person);
        fold_finish(&stored);
    }
    fold_finish(&folded);
    return rc;
}

static enum rc check_occasion(struct db *db, struct fact_id id, struct facts *scratch,
                              struct verify_result *result)
{
    bool is_known = false;
    struct occasion *folded = calloc(2, sizeof *folded), *stored;
    if (!folded)
        return RC_NO_MEMORY;
    stored = folded + 1;
    if (scratch->count)
        qsort(scratch->rows, scratch->count, sizeof *scratch->rows, fact_compare);
    enum rc rc = occasion_fold(scratch->rows, scratch->count, folded, &is_known);
    bool is_unreadable = rc == RC_CORRUPT;
    if (!rc || is_unreadable)
        rc = views_load_occasion(db, VIEWS_LIVE, id, stored);
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

static enum rc check_subject(struct db *db, struct fact_id id, struct facts *scratch,
                             struct verify_result *result)
{
    enum rc rc = facts_load_subject(db, id, scratch);
    if (rc)
        return rc;
    struct views_parts parts = views_parts_of(scratch);
    rc = parts.has_person ? check_person(db, id, scratch, result) : RC_OK;
    /* Also one that stands in a view without a fact. */
    return rc || !(parts.has_occasion || !scratch->count) ? rc
                                                          : check_occasion(db, id, scratch, result);
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
    enum rc rc =
        db_number(db, &indexes, "SELECT count(*) FROM sqlite_schema WHERE name='fact_by_subject'");
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

enum rc verify_views(struct db *db, struct verify_result *result)
{
    sqlite3_stmt *rows = NULL;
    struct facts scratch = {.rows = NULL};
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
    /* Also those who stand in a view without a single fact. */
    rc = db_query(
        db, &rows,
        "SELECT DISTINCT subject_station, subject_seq FROM fact WHERE subject_seq>0"
        " UNION SELECT person_station, person_seq FROM visit UNION SELECT station, seq FROM person"
        " UNION SELECT station, seq FROM badge UNION SELECT station, seq FROM keyholder"
        " UNION SELECT station, seq FROM presence UNION SELECT station, seq FROM total"
        " UNION SELECT person_station, person_seq FROM stint"
        " UNION SELECT person_station, person_seq FROM sign_up"
        " UNION SELECT person_station, person_seq FROM proposal"
        " UNION SELECT person_station, person_seq FROM deed"
        " UNION SELECT station, seq FROM occasion UNION SELECT station, seq FROM shift",
        "");
    while (!rc && !(rc = db_step(db, rows)))
        rc = check_subject(db, db_column_id(rows, 0), &scratch, result);
    db_done(rows);
    facts_finish(&scratch);
    return rc == RC_EMPTY ? explain(db, differed, result) : rc;
}
