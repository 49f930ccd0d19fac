/* outgoing_carry.c - what goes out, as the porter carries it; on its thread. */
#include "app/outgoing_i.h"

#include <stdio.h>

#include "app/domain/day.h"
#include "app/exchange/outfile.h"
#include "app/exchange/own_data.h"
#include "app/papers.h"
#include "app/store/lookup.h"
#include "firmware/base/log.h"

/* --- the register --- */

static enum rc tell(void *context, enum export_stage stage, int percent)
{
    static const enum load_stage stages[] = {[EXPORT_READS] = LOAD_GATHERS,
                                             [EXPORT_WRITES] = LOAD_WRITES,
                                             [EXPORT_CHECKS] = LOAD_CHECKS};
    return porter_tell(context, (int)stages[stage], percent);
}

/* Who waits a quarter of an hour wants to know before that there is no room. */
static enum rc check_room(const struct outgoing *outgoing, const struct export_job *job)
{
    int64_t bytes = 0;
    enum rc rc = export_estimate(job, &bytes);
    if (rc)
        return rc;
    return outgoing->free_bytes >= 0 && bytes > outgoing->free_bytes ? RC_FULL : RC_OK;
}

static void log_left_out(const struct problems *problems)
{
    for (int i = 0; i < problems->count; i++)
        log_warning("not taken out: %s: %s", problems->rows[i].file, problems->rows[i].said.text);
}

enum rc outgoing_carry_register(struct trip *trip, struct porter *porter)
{
    struct outgoing *outgoing = (struct outgoing *)trip;
    const struct export_job job = {.data = outgoing->data,
                                   .root = outgoing->root,
                                   .venue = &outgoing->venue,
                                   .now = outgoing->now,
                                   .choice = outgoing->choice};
    const struct export_watcher watcher = {.context = porter, .tell = tell};
    enum rc rc = porter_tell(porter, LOAD_GATHERS, 0);
    if (!rc)
        rc = check_room(outgoing, &job);
    if (!rc)
        rc = export_run(&job, &watcher, &outgoing->result, &outgoing->why);
    if (!rc)
        log_left_out(&outgoing->result.left_out);
    return rc;
}

/* --- a single file --- */

static enum rc put(void *context, const char *bytes, size_t length)
{
    return outfile_write(context, bytes, length);
}

static enum rc open_snapshot(struct outgoing *outgoing, struct snapshot **out_snapshot)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/perron.db", outgoing->data) >= (int)sizeof path)
        return RC_LIMIT;
    return snapshot_open(path, out_snapshot, &outgoing->why);
}

static enum rc write_roll_call(struct outgoing *outgoing, const struct sink *sink)
{
    struct snapshot *snapshot = NULL;
    int64_t people;
    const struct papers_about about = {
        .venue = &outgoing->venue, .now = outgoing->now, .language = outgoing->language};
    enum rc rc = open_snapshot(outgoing, &snapshot);
    if (!rc)
        rc = papers_roll_call(snapshot, &about, sink, &people, &outgoing->why);
    snapshot_close(snapshot);
    return rc;
}

static enum rc write_diagnostics(struct outgoing *outgoing, const struct sink *sink)
{
    const struct diagnostics diagnostics = {.data = outgoing->data,
                                            .now = outgoing->now,
                                            .board = &outgoing->board,
                                            .health = &outgoing->health,
                                            .status = outgoing->status};
    return diagnostics_write(&diagnostics, sink);
}

enum rc outgoing_carry_file(struct trip *trip, struct porter *porter)
{
    struct outgoing *outgoing = (struct outgoing *)trip;
    struct outfile *file = NULL;
    enum rc rc = outfile_create(outgoing->root, outgoing->name, &file, &outgoing->why);
    if (rc)
        return rc;
    const struct sink sink = {.context = file, .write = put};
    rc = outgoing->work == LOAD_PRINTS ? write_roll_call(outgoing, &sink)
                                       : write_diagnostics(outgoing, &sink);
    if (!rc)
        rc = porter_tell(porter, LOAD_WRITES, 50);
    if (!rc)
        return outfile_commit(file, &outgoing->why);
    outfile_abandon(file);
    return rc;
}

/* --- what one person takes along --- */

#define READ_PERCENT 30

static enum rc hear_parcel(void *context, int64_t written_bytes, int64_t read_back_bytes)
{
    (void)written_bytes;
    return porter_tell(context, read_back_bytes ? LOAD_CHECKS : LOAD_WRITES,
                       read_back_bytes ? 80 : READ_PERCENT);
}

static enum rc write_own_data(struct outgoing *outgoing, struct db *db, struct porter *porter)
{
    struct person person;
    const struct parcel_watcher watcher = {porter, hear_parcel};
    enum rc rc = lookup_person(db, outgoing->person, &person);
    if (rc && rc != RC_EMPTY)
        return db_tell(rc, db, &outgoing->why);
    const struct own_data_job job = {.root = outgoing->root,
                                     .person = outgoing->person,
                                     .number = rc ? "" : person.number,
                                     .day = day_number(outgoing->now.wall_ms, 0),
                                     .now_ms = outgoing->now.wall_ms,
                                     .watcher = &watcher};
    return own_data_write_parcel(db, &job, outgoing->name, &outgoing->why);
}

enum rc outgoing_carry_own_data(struct trip *trip, struct porter *porter)
{
    struct outgoing *outgoing = (struct outgoing *)trip;
    struct snapshot *snapshot = NULL;
    enum rc rc = porter_tell(porter, LOAD_GATHERS, 0);
    if (!rc)
        rc = open_snapshot(outgoing, &snapshot);
    if (!rc)
        rc = write_own_data(outgoing, snapshot_db(snapshot), porter);
    snapshot_close(snapshot);
    return rc;
}
