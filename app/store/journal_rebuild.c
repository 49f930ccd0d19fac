#include "app/store/journal_i.h"
#include "app/store/views.h"

#define REBUILD_PART 200

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
            rc = journal_set_fold_version(journal);
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
