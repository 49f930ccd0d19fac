#include "app/restore.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/restore_i.h"
#include "app/store/schema.h"
#include "app/store/verify.h"
#include "app/venue.h"

void restore_tell(struct restore *restore, const char *format, ...)
{
    char sentence[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    restore->hearer->tell(restore->hearer->context, sentence);
}

/* --- the register that is built --- */

static void database_path(const struct restore *restore, char out_path[PATH_MAX + 32])
{
    snprintf(out_path, PATH_MAX + 32, "%s/perron.db", restore->part);
}

/*
 * Local time, which folds depend on, is the venue's. The station that made the export is the one
 * before; whatever machine and file it knew, this is another one.
 */
static enum rc disown(struct restore *restore, struct db *db)
{
    char station[32];
    snprintf(station, sizeof station, "%lld", (long long)restore->about.station);
    enum rc rc = schema_set(db, "station", station);
    return rc ? rc : schema_set(db, "fingerprint", "");
}

static enum rc disown_database(struct restore *restore)
{
    char path[PATH_MAX + 32];
    struct db *db;
    database_path(restore, path);
    enum rc rc = db_open(path, DB_WRITE, &db);
    if (rc)
        return db_tell(rc, NULL, restore->reason);
    rc = schema_migrate(db, restore->reason);
    if (!rc && (rc = disown(restore, db)))
        db_tell(rc, db, restore->reason);
    if (!rc && (rc = db_checkpoint(db)))
        db_tell(rc, db, restore->reason);
    db_close(db);
    return rc;
}

enum rc restore_open_register(struct restore *restore)
{
    struct venue venue = venue_default();
    if (restore->about.time_zone[0])
        snprintf(venue.time_zone, sizeof venue.time_zone, "%s", restore->about.time_zone);
    venue.day_end_min = restore->about.day_end_min;
    venue_use_time_zone(&venue);
    const struct journal_rules rules = venue_rules(&venue);
    enum rc rc = folder_adopt(restore->part, &restore->key, &restore->folder, restore->reason);
    if (!rc)
        rc = disown_database(restore);
    return rc ? rc
              : folder_open_journal(restore->folder, &rules, &restore->job->now, &restore->journal,
                                    restore->reason);
}

static void close_register(struct restore *restore)
{
    journal_close(restore->journal);
    folder_close(restore->folder);
    restore->journal = NULL;
    restore->folder = NULL;
}

/* --- from the database copy --- */

/* Pages and indexes hold, and nothing runs by itself in it. */
static enum rc look_through(struct db *db)
{
    char said[64];
    int64_t strange = 0;
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_number(
        db, &strange, "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table','index')");
    if (!rc)
        rc = db_query_row(db, &rows, "PRAGMA integrity_check(1)", "");
    if (rc)
        return rc == RC_EMPTY ? RC_CORRUPT : rc;
    db_column_text(rows, 0, said, sizeof said);
    db_done(rows);
    return strange || strcmp(said, "ok") != 0 ? RC_CORRUPT : RC_OK;
}

static enum rc inspect_database(struct restore *restore)
{
    char path[PATH_MAX + 32];
    struct db *db;
    database_path(restore, path);
    enum rc rc = db_open(path, DB_WRITE, &db);
    if (rc)
        return db_tell(rc, NULL, restore->reason);
    if ((rc = look_through(db)))
        db_tell(rc, db, restore->reason);
    else
        rc = schema_migrate(db, restore->reason);
    if (!rc && (rc = chain_about(db, &restore->about)))
        db_tell(rc, db, restore->reason);
    db_close(db);
    return rc;
}

/* An older Perron's views are made anew. */
static enum rc rebuild(struct restore *restore)
{
    enum rc rc;
    while (!(rc = journal_rebuild_some(restore->journal)))
        ;
    return rc == RC_EMPTY ? RC_OK : db_tell(rc, journal_db(restore->journal), restore->reason);
}

static enum rc verify(struct restore *restore)
{
    char path[PATH_MAX + 32];
    struct snapshot *snapshot;
    struct verify_result result;
    database_path(restore, path);
    enum rc rc = snapshot_open(path, &snapshot, restore->reason);
    if (rc)
        return rc;
    if ((rc = verify_run(snapshot, &result))) {
        reason_set(restore->reason, "the register could not be read to its end: %s", rc_text(rc));
    } else if (!verify_holds(&result)) {
        reason_set(restore->reason, "the register does not hold: %s", result.first);
        rc = RC_CORRUPT;
    }
    if (!rc && (rc = snapshot_counts(snapshot, restore->job->now.wall_ms, &restore->result.counts)))
        db_tell(rc, snapshot_db(snapshot), restore->reason);
    snapshot_close(snapshot);
    return rc;
}

static enum rc build_from_database(struct restore *restore)
{
    enum rc rc = restore_take(restore, RESTORE_DATABASE);
    if (!rc)
        rc = inspect_database(restore);
    if (!rc)
        rc = restore_settle_key(restore);
    if (!rc)
        rc = restore_open_register(restore);
    if (!rc)
        rc = rebuild(restore);
    return rc ? rc : verify(restore);
}

static enum rc build_from_journal(struct restore *restore)
{
    enum rc rc = restore_take(restore, RESTORE_JOURNAL);
    if (!rc)
        rc = restore_from_journal(restore);
    restore->result.is_from_journal = !rc;
    return rc ? rc : verify(restore);
}

/* --- all of it --- */

/* Is it the copy's fault? A table that is not there is an error of the system's, for SQLite. */
static bool is_unusable(enum rc rc)
{
    return rc == RC_CORRUPT || rc == RC_UNSUPPORTED || rc == RC_IO;
}

/* The database copy, and where that is not right the journal. */
static enum rc build(struct restore *restore)
{
    enum rc rc = RC_CORRUPT;
    if (restore->states[RESTORE_DATABASE] == PARCEL_RIGHT) {
        rc = build_from_database(restore);
        if (!is_unusable(rc))
            return rc;
        restore_tell(restore, "The database copy cannot be used: %s", restore->reason->text);
        close_register(restore);
        rc = restore_empty_part(restore);
        if (rc)
            return rc;
    }
    if (restore->states[RESTORE_JOURNAL] != PARCEL_MISSING)
        return build_from_journal(restore);
    reason_set(restore->reason, "the database copy is damaged, and there is no journal.jsonl to "
                                "restore from: take another export");
    return RC_CORRUPT;
}

static enum rc bring_to_disk(struct restore *restore)
{
    enum rc rc = journal_empty_log(restore->journal);
    return rc ? db_tell(rc, journal_db(restore->journal), restore->reason) : RC_OK;
}

static enum rc run(struct restore *restore)
{
    enum rc rc = restore_look_at_data(restore);
    if (!rc)
        rc = restore_check_files(restore);
    if (!rc)
        rc = restore_begin_part(restore);
    if (!rc)
        rc = restore_look_at_data(restore); /* once more, now that nobody else may begin one */
    if (!rc)
        rc = restore_find_key(restore);
    if (!rc)
        rc = build(restore);
    if (!rc)
        rc = restore_take_venue(restore);
    if (!rc)
        rc = bring_to_disk(restore);
    close_register(restore);
    return rc ? rc : restore_settle(restore);
}

enum rc restore_run(const struct restore_job *job, const struct restore_hearer *hearer,
                    struct restore_result *out_result, struct reason *out_reason)
{
    struct restore restore = {
        .job = job, .hearer = hearer, .reason = out_reason, .data_fd = -1, .lock_fd = -1};
    enum rc rc = run(&restore);
    restore_end_part(&restore);
    hash_forget(&restore.key, sizeof restore.key);
    if (rc)
        return rc;
    restore.result.previous = restore.about.station;
    *out_result = restore.result;
    return RC_OK;
}
