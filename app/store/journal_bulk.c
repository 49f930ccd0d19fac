#include <assert.h>

#include "app/store/facts.h"
#include "app/store/journal_i.h"
#include "app/store/schema.h"
#include "app/store/views.h"

#define BULK_PART 1000

/* Sorting goes to files: memory stays bounded, however many facts there are. */
static const char big_cache[] = "PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;";
static const char small_cache[] = "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192;";

static enum rc begin_bulk(struct journal *journal)
{
    enum rc rc = schema_set(journal->db, "fold_version", "0"); /* no fold ever had it */
    /* Inserted in the order of time it would be written all over for each person. */
    return rc ? rc : db_exec(journal->db, "DROP INDEX IF EXISTS " SCHEMA_FACT_INDEX);
}

/* Commits what `rc` says went well, and moves it out of the log, which would else grow and grow. */
static enum rc end_step(struct journal *journal, enum rc rc)
{
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    return rc ? rc : journal_checkpoint(journal);
}

enum rc journal_bulk_begin(struct journal *journal)
{
    enum rc rc = db_exec(journal->db, big_cache);
    if (!rc)
        rc = journal_begin(journal, &journal->now);
    if (rc)
        return rc;
    rc = end_step(journal, begin_bulk(journal));
    journal->is_bulk = !rc;
    return rc;
}

void journal_bulk_turn(struct journal *journal, const struct clock_reading *now)
{
    assert(journal->is_bulk && journal->is_in_transaction);
    journal->now = *now;
}

/* Whoever opens the register next writes its log over (db_start_writing): not by the gigabyte. */
static enum rc empty_log(struct journal *journal)
{
    return db_exec(journal->db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* One transaction of its own around each step that takes long. */
static enum rc do_step(struct journal *journal, enum rc (*step)(struct journal *journal))
{
    enum rc rc = journal_begin(journal, &journal->now);
    return rc ? rc : end_step(journal, step(journal));
}

static enum rc index_facts(struct journal *journal)
{
    return schema_index_facts(journal->db);
}

static enum rc begin_filling(struct journal *journal)
{
    return views_begin_filling(journal->db);
}

static enum rc end_filling(struct journal *journal)
{
    enum rc rc = views_end_filling(journal->db);
    if (!rc)
        rc = views_swap(journal->db);
    return rc ? rc : journal_set_fold_version(journal);
}

/* The subjects behind `*at`, which moves on. */
static enum rc fill_some(struct journal *journal, struct fact_id *at, int *out_count)
{
    struct facts_by_subject from = {.rows = NULL};
    int count = 0;
    enum rc rc = facts_begin_subjects(journal->db, *at, &from);
    while (!rc && count < BULK_PART &&
           !(rc = facts_next_subject(journal->db, &from, &journal->scratch))) {
        *at = journal->scratch.rows[0].subject;
        count++;
        rc = views_fill(journal->db, VIEWS_NEXT, &journal->scratch);
    }
    db_done(from.rows);
    *out_count = count;
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc fill_part(struct journal *journal, struct fact_id *at, int *out_count)
{
    enum rc rc = journal_begin(journal, &journal->now);
    return rc ? rc : end_step(journal, fill_some(journal, at, out_count));
}

static enum rc fill(struct journal *journal, const struct journal_watcher *watcher)
{
    int64_t of, done = 0;
    struct fact_id at = {0, 0};
    int count = 0;
    enum rc rc = db_number(journal->db, &of,
                           "SELECT count(*) FROM (SELECT DISTINCT subject_station, subject_seq"
                           " FROM fact WHERE subject_seq>0)");
    do {
        if (!rc)
            rc = fill_part(journal, &at, &count);
        done += count;
        if (!rc)
            rc = watcher->tell(watcher->context, done, of);
    } while (!rc && count);
    return rc;
}

enum rc journal_bulk_end(struct journal *journal, const struct journal_watcher *watcher)
{
    assert(journal->is_bulk && !journal->is_in_transaction);
    enum rc rc = do_step(journal, index_facts);
    if (!rc)
        rc = do_step(journal, begin_filling);
    if (!rc)
        rc = fill(journal, watcher);
    if (!rc)
        rc = do_step(journal, end_filling);
    if (!rc)
        rc = empty_log(journal);
    if (!rc)
        rc = db_exec(journal->db, small_cache);
    journal->is_bulk = rc != RC_OK;
    return rc;
}
