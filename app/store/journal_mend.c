#include <assert.h>
#include <stdio.h>

#include "app/store/journal_i.h"
#include "app/store/schema.h"

static enum rc take_back(struct journal *journal, struct fact_id person,
                         struct fact_id organisation, struct fact_id fact)
{
    return journal_add(journal, FACT_TAKE_BACK, person, organisation,
                       json_pack("{s:[I,I]}", "of", (json_int_t)fact.station, (json_int_t)fact.seq),
                       NULL);
}

static enum rc take_back_unsaid(struct journal *journal)
{
    enum rc rc = RC_OK;
    for (int64_t seq = journal->said.seq + 1, end = journal->head.seq; !rc && seq <= end; seq++) {
        struct sqlite3_stmt *rows = NULL;
        struct fact_id subject = {0, 0}, organisation = {0, 0};
        rc = db_query_row(
            journal->db, &rows,
            "SELECT subject_station, subject_seq, organisation_station, organisation_seq"
            " FROM fact WHERE station=? AND seq=? AND kind IN (?,?,?,?,?,?,?,?,?,?)",
            "iidddddddddd", journal->head.station, seq, FACT_TAP, FACT_PRESS, FACT_UNDO,
            FACT_GUESTS, FACT_PROPOSAL, FACT_CORRECTION, FACT_SIGN_UP, FACT_SIGN_UP_ENDED,
            FACT_ATTENDANCE, FACT_DEED);
        if (rc == RC_EMPTY) {
            rc = RC_OK;
            continue;
        }
        if (rc)
            break;
        subject = db_column_id(rows, 0);
        organisation = db_column_id(rows, 2);
        db_done(rows);
        rc =
            take_back(journal, subject, organisation, (struct fact_id){journal->head.station, seq});
    }
    return rc;
}

static enum rc pay_debt(struct journal *journal)
{
    return fact_id_is_none(journal->owed_fact)
               ? RC_OK
               : take_back(journal, journal->owed_person, (struct fact_id){0, 0},
                           journal->owed_fact);
}

/* Closed before it is opened again: only then is the log read from the disk and believed. */
static enum rc reopen(struct journal *journal)
{
    bool is_stale = false, is_new;
    db_close(journal->db);
    journal->db = NULL;
    enum rc rc = db_open(journal->path, DB_WRITE, &journal->db);
    if (!rc)
        rc = db_start_writing(journal->db);
    if (!rc)
        rc = head_load(journal->db, journal->said.station, &journal->head);
    /* The last part of a rebuild may have landed unsaid as well. */
    if (!rc)
        rc = journal_find_staleness(journal, &is_stale, &is_new);
    if (!rc)
        journal->is_rebuilding = journal->is_rebuilding && is_stale;
    return rc;
}

/* Something to commit that is no fact. */
static enum rc mark(struct journal *journal, const struct clock_reading *now)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)now->wall_ms);
    return schema_set(journal->db, "mended", text);
}

void journal_write_over(struct journal *journal)
{
    const struct clock_reading now = journal->now;
    if (journal_begin_clean(journal, &now))
        return;
    enum rc rc = mark(journal, &now);
    if (!rc)
        rc = journal_commit_clean(journal);
    if (rc)
        journal_rollback(journal);
}

enum rc journal_mend(struct journal *journal, const struct clock_reading *now)
{
    assert(!journal->is_in_transaction);
    journal->needs_mending = true; /* also where nobody knew, and it cannot be opened again */
    enum rc rc = reopen(journal);
    if (!rc)
        rc = journal_begin_clean(journal, now);
    if (rc)
        return rc;
    rc = take_back_unsaid(journal);
    if (!rc)
        rc = pay_debt(journal);
    if (!rc)
        rc = mark(journal, now);
    if (!rc)
        rc = journal_commit_clean(journal);
    else
        journal_rollback(journal);
    journal->needs_mending = rc != RC_OK;
    if (!rc)
        journal->owed_fact = (struct fact_id){0, 0};
    return rc;
}

void journal_owe(struct journal *journal, struct fact_id person, struct fact_id fact)
{
    journal->needs_mending = true;
    journal->owed_person = person;
    journal->owed_fact = fact;
}

enum rc journal_begin(struct journal *journal, const struct clock_reading *now)
{
    enum rc rc = journal->needs_mending ? journal_mend(journal, now) : RC_OK;
    return rc ? rc : journal_begin_clean(journal, now);
}
