#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/journal_i.h"
#include "app/store/schema.h"
#include "app/store/views.h"

static enum rc begin_station(struct journal *journal, int64_t previous, const char *why)
{
    uint64_t number;
    char text[32];
    hash_random(&number, sizeof number);
    journal->head = (struct head){.station = (int64_t)(number >> 16) | 1};
    journal->rules_seq = 0;
    snprintf(text, sizeof text, "%lld", (long long)journal->head.station);
    enum rc rc = schema_set(journal->db, "station", text);
    if (!rc)
        rc = schema_set(journal->db, "fingerprint", journal->fingerprint);
    if (!rc)
        rc =
            journal_add(journal, FACT_STATION_BEGAN, (struct fact_id){0, 0}, (struct fact_id){0, 0},
                        json_pack("{s:I,s:s,s:s}", "previous", (json_int_t)previous, "why", why,
                                  "version", PERRON_VERSION),
                        NULL);
    return rc;
}

static enum rc find_rules(struct journal *journal, bool *out_is_same)
{
    struct sqlite3_stmt *rows = NULL;
    char zone[sizeof journal->rules.time_zone];
    enum rc rc = db_query_row(journal->db, &rows,
                              "SELECT seq, day_end_min, time_zone FROM rule WHERE station=?"
                              " ORDER BY seq DESC LIMIT 1",
                              "i", journal->head.station);
    if (rc) {
        *out_is_same = false;
        return rc == RC_EMPTY ? RC_OK : rc;
    }
    journal->rules_seq = db_column(rows, 0);
    db_column_text(rows, 2, zone, sizeof zone);
    *out_is_same = db_column(rows, 1) == journal->rules.day_end_min &&
                   strcmp(zone, journal->rules.time_zone) == 0;
    db_done(rows);
    return RC_OK;
}

/* The fact that sets rules stands under itself: it is the first that they govern. */
static enum rc set_rules(struct journal *journal)
{
    bool is_same;
    enum rc rc = find_rules(journal, &is_same);
    if (rc || is_same)
        return rc;
    journal->rules_seq = journal->head.seq + 1;
    return journal_add(journal, FACT_RULES_SET, (struct fact_id){0, 0}, (struct fact_id){0, 0},
                       json_pack("{s:i,s:s}", "day_end_min", journal->rules.day_end_min,
                                 "time_zone", journal->rules.time_zone),
                       NULL);
}

static enum rc find_station(struct journal *journal)
{
    char station[32], fingerprint[64];
    enum rc rc = schema_get(journal->db, "station", station, sizeof station);
    if (!rc)
        rc = schema_get(journal->db, "fingerprint", fingerprint, sizeof fingerprint);
    if (rc)
        return rc;
    int64_t previous = strtoll(station, NULL, 10);
    if (previous && strcmp(fingerprint, journal->fingerprint) == 0)
        return head_load(journal->db, previous, &journal->head);
    return begin_station(journal, previous, previous ? "copied or restored" : "first start");
}

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

enum rc journal_set_fold_version(struct journal *journal)
{
    char current[16];
    snprintf(current, sizeof current, "%d", FOLD_VERSION);
    return schema_set(journal->db, "fold_version", current);
}

static enum rc touch(void *context, struct fact_id subject)
{
    struct journal *journal = context;
    return ids_add(&journal->touched, subject);
}

/* Times follow from what clocks said, by the rules of this version. */
static enum rc settle_times(struct journal *journal)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(journal->db, &rows, "SELECT DISTINCT station FROM boot", "");
    while (!rc && !(rc = db_step(journal->db, rows))) {
        struct head head = {.station = db_column(rows, 0)};
        rc = head_load(journal->db, head.station, &head);
        if (!rc)
            rc = head_settle(journal->db, &head, touch, journal);
        if (!rc && head.station == journal->head.station)
            rc = head_load(journal->db, head.station, &journal->head);
    }
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc start_rebuilding(struct journal *journal)
{
    bool is_stale, is_new;
    enum rc rc = journal_find_staleness(journal, &is_stale, &is_new);
    if (rc || !is_stale)
        return rc;
    if (is_new)
        return journal_set_fold_version(journal);
    rc = settle_times(journal);
    if (!rc)
        rc = schema_index_facts(journal->db);
    if (!rc)
        rc = views_drop(journal->db, VIEWS_NEXT);
    if (!rc)
        rc = views_create(journal->db, VIEWS_NEXT);
    journal->is_rebuilding = !rc;
    return rc;
}

/* Where boots give way to the one that begins, it says so at once: before anybody taps. */
static enum rc vouch(struct journal *journal)
{
    const struct fact_id nobody = {0, 0};
    const struct head *head = &journal->head;
    struct fact first = {.id = {head->station, head->seq + 1},
                         .wall_ms = journal->now.wall_ms,
                         .mono_ms = journal->now.mono_ms,
                         .trust = journal->now.trust,
                         .kind = FACT_CLOCK_SET};
    bool would_shift = false;
    memcpy(first.boot, journal->now.boot, sizeof first.boot);
    enum rc rc = RC_OK;
    if (head->seq && chrono_is_new_boot(&head->boot, &first))
        rc = head_would_shift(journal->db, head, &first, &would_shift);
    if (rc || !would_shift)
        return rc;
    return journal_add(journal, FACT_CLOCK_SET, nobody, nobody, json_pack("{s:s}", "by", "start"),
                       NULL);
}

static enum rc start(struct journal *journal, const struct clock_reading *now)
{
    enum rc rc = journal_begin_clean(journal, now);
    if (rc)
        return rc;
    rc = find_station(journal);
    if (!rc)
        rc = vouch(journal);
    if (!rc)
        rc = set_rules(journal);
    if (!rc)
        rc = start_rebuilding(journal);
    if (!rc)
        return journal_commit_clean(journal);
    journal_rollback(journal);
    return rc;
}

enum rc journal_open(const struct journal_config *config, const struct clock_reading *now,
                     struct journal **out_journal, struct reason *out_reason)
{
    struct journal *journal = calloc(1, sizeof *journal);
    if (!journal)
        return db_tell(RC_NO_MEMORY, NULL, out_reason);
    snprintf(journal->path, sizeof journal->path, "%s", config->path);
    snprintf(journal->key_id, sizeof journal->key_id, "%s", config->key_id);
    snprintf(journal->fingerprint, sizeof journal->fingerprint, "%s", config->fingerprint);
    journal->key = config->key;
    journal->rules = config->rules;

    enum rc rc = db_open(journal->path, DB_WRITE, &journal->db);
    if (rc)
        db_tell(rc, NULL, out_reason);
    else
        rc = schema_migrate(journal->db, out_reason);
    if (!rc && (rc = start(journal, now)))
        db_tell(rc, journal->db, out_reason);
    if (rc) {
        journal_close(journal);
        return rc;
    }
    *out_journal = journal;
    return RC_OK;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->db) {
        journal_rollback(journal);
        /* After a failed sync the log may not be on disk: nothing may be moved out of it. */
        if (!journal->needs_mending)
            (void)!db_checkpoint(journal->db);
        db_close(journal->db);
    }
    ids_finish(&journal->touched);
    facts_finish(&journal->scratch);
    free(journal);
}

static enum rc checkpoint(struct journal *journal, enum rc (*move)(struct db *db))
{
    assert(!journal->is_in_transaction);
    if (journal->needs_mending)
        return RC_BUSY;
    enum rc rc = move(journal->db);
    journal->needs_mending |= rc == RC_IO;
    return rc;
}

enum rc journal_checkpoint(struct journal *journal)
{
    return checkpoint(journal, db_checkpoint);
}

enum rc journal_empty_log(struct journal *journal)
{
    return checkpoint(journal, db_empty_log);
}
