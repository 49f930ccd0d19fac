#include <stdio.h>
#include <string.h>

#include "app/store/journal_i.h"
#include "app/store/schema.h"
#include "app/store/views.h"

#define REBUILD_PART 200

enum rc journal_find_staleness(struct journal *journal, bool *out_is_stale, bool *out_is_new)
{
    char text[16], current[16];
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    enum rc rc = schema_get(journal->db, "fold_version", text, sizeof text);
    if (rc)
        return rc;
    *out_is_stale = strcmp(text, current) != 0;
    *out_is_new = !text[0];
    return RC_OK;
}

static enum rc set_fold_version(struct journal *journal)
{
    char current[16];
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    return schema_set(journal->db, "fold_version", current);
}

enum rc journal_start_rebuilding(struct journal *journal)
{
    bool is_stale, is_new;
    enum rc rc = journal_find_staleness(journal, &is_stale, &is_new);
    if (rc || !is_stale)
        return rc;
    if (is_new)
        return set_fold_version(journal);
    rc = views_drop(journal->db, VIEWS_NEXT);
    if (!rc)
        rc = views_create(journal->db, VIEWS_NEXT);
    journal->is_rebuilding = !rc;
    return rc;
}

static enum rc rebuild_part(struct journal *journal, bool *out_is_done)
{
    struct fact_id people[REBUILD_PART];
    size_t count = 0;
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(journal->db, &rows,
                          "SELECT DISTINCT subject_station, subject_seq FROM fact"
                          " WHERE subject_seq>0 AND (subject_station, subject_seq) > (?,?)"
                          " ORDER BY subject_station, subject_seq LIMIT 200",
                          "I", journal->rebuilt);
    while (!rc && !(rc = db_step(journal->db, rows)) && count < REBUILD_PART)
        people[count++] = db_column_id(rows, 0);
    db_done(rows);
    if (rc == RC_EMPTY)
        rc = RC_OK;
    for (size_t i = 0; !rc && i < count; i++)
        rc = views_refold(journal->db, VIEWS_NEXT, people[i], &journal->scratch);
    if (!rc && count)
        journal->rebuilt = people[count - 1];
    *out_is_done = count == 0;
    return rc;
}

enum rc journal_rebuild_some(struct journal *journal)
{
    bool is_done = false;
    if (!journal->is_rebuilding)
        return RC_EMPTY;
    if (journal->needs_mending)
        return RC_BUSY;
    enum rc rc = journal_begin(journal, &journal->now); /* adds no facts, so any reading does */
    if (rc)
        return rc;
    struct fact_id before = journal->rebuilt;
    rc = rebuild_part(journal, &is_done);
    if (!rc && is_done) {
        rc = views_swap(journal->db);
        if (!rc)
            rc = set_fold_version(journal);
    }
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    if (rc)
        journal->rebuilt = before;
    else
        journal->is_rebuilding = !is_done;
    return rc;
}
