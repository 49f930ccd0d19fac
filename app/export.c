#include "app/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/export_i.h"
#include "app/store/lookup_occasions.h"

/* --- how far it is --- */

/* Reading the register's beginnings, writing, reading back: of 100. */
#define READ_PERCENT 2
#define WRITTEN_PERCENT 70

static enum rc tell(struct export *export, enum export_stage stage, int percent)
{
    const struct export_watcher *watcher = export->watcher;
    if (export->is_stopped)
        return RC_REFUSED;
    if (percent > export->percent)
        export->percent = percent;
    export->stage = stage;
    enum rc rc = watcher ? watcher->tell(watcher->context, stage, export->percent) : RC_OK;
    export->is_stopped = rc != RC_OK;
    return rc;
}

/* Where `at` of `of` lies between two percents. */
static int scale(int64_t at, int64_t of, int from, int to)
{
    if (of <= 0 || at >= of)
        return to;
    return from + (int)((double)at / (double)of * (to - from));
}

static enum rc hear_parcel(void *context, int64_t written, int64_t read_back)
{
    struct export *export = context;
    export->result.bytes = written;
    if (read_back > 0)
        return tell(export, EXPORT_CHECKS, scale(read_back, written, WRITTEN_PERCENT, 100));
    return tell(export, EXPORT_WRITES,
                scale(written + export->prepared, export->total, READ_PERCENT, WRITTEN_PERCENT));
}

enum rc export_prepare(struct export *export, int64_t bytes)
{
    export->prepared = bytes;
    return tell(export, EXPORT_WRITES,
                scale(export->result.bytes + bytes, export->total, READ_PERCENT, WRITTEN_PERCENT));
}

/* --- its way --- */

static enum rc open_register(struct export *export)
{
    char path[PATH_MAX];
    enum rc rc = folder_open(export->job->data, FOLDER_READ, &export->folder, export->reason);
    if (rc)
        return rc;
    folder_path(export->folder, "perron.db", path);
    return snapshot_open(path, &export->snapshot, export->reason);
}

static enum rc read_marks(struct export *export)
{
    struct db *db = snapshot_db(export->snapshot);
    struct export_result *result = &export->result;
    enum rc rc = mark_get(db, &export->before);
    if (!rc)
        rc = mark_here(db, export->job->now.wall_ms, &result->mark);
    if (!rc)
        rc = export_size(export->snapshot, export->job, &export->before, &export->total);
    if (rc) {
        reason_set(export->reason, SAID("the register could not be read: %s"), rc_text(rc));
        reason_mark(export->reason, 0);
    }
    if (!export_is_marked(export->job))
        result->mark.count = 0;
    return rc;
}

/* What whoever hands the folder on has to know. */
static void warn(struct export *export)
{
    static const unsigned wholes[] = {
        [EXPORT_SINCE] = 1u << EXPORT_DATABASE,
        [EXPORT_PERIOD] = 1u << EXPORT_DATABASE | 1u << EXPORT_JOURNAL,
        [EXPORT_EVERYTHING] = 0,
    };
    export->result.whole = export->files & wholes[export->job->choice.span];
    if (privacy_hides_any(&export->job->venue->privacy))
        export->result.naming = export->files & EXPORT_NAMING;
}

bool export_is_of_changes(const struct export *export)
{
    return export->source.since && export->before.count > 0;
}

void export_write_days(const struct export *export, char out_text[EXPORT_DAYS_BYTES])
{
    const int first = export->first_day, last = export->last_day;
    out_text[0] = 0;
    if (first && last)
        snprintf(out_text, EXPORT_DAYS_BYTES, "%04d-%02d-%02d - %04d-%02d-%02d", first / 10000,
                 first / 100 % 100, first % 100, last / 10000, last / 100 % 100, last % 100);
}

static void choose(struct export *export)
{
    const struct export_choice *choice = &export->job->choice;
    bool is_period = choice->span == EXPORT_PERIOD;
    export->files = export_files_of(choice);
    export->source = (struct register_source){
        .snapshot = export->snapshot,
        .key = folder_key(export->folder),
        .privacy = &export->job->venue->privacy,
        .now_ms = export->job->now.wall_ms,
        .first_day = is_period ? choice->first_day : REPORT_FIRST_DAY,
        .last_day = is_period ? choice->last_day : REPORT_LAST_DAY,
        .organisation = choice->organisation,
        .circles = &export->job->venue->circles,
        .since = choice->span == EXPORT_SINCE ? &export->before : NULL,
    };
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        export->result.rows[file] = -1;
    warn(export);
}

static int earlier(int day, int other)
{
    return day < other ? day : other;
}

/* From where to where it goes: an end that nobody named is the register's own. */
static enum rc find_days(struct export *export)
{
    const struct export_job *job = export->job;
    const struct register_source *source = &export->source;
    int day_end_min = job->venue->day_end_min;
    int today = day_number(job->now.wall_ms, day_end_min);
    enum rc rc = report_days(snapshot_db(export->snapshot), job->choice.organisation,
                             &export->first_day, &export->last_day);
    if (rc)
        return rc;
    export->last_day = earlier(export->last_day, today);
    if (export_is_of_changes(export)) {
        export->first_day = day_number(export->before.at_ms, day_end_min);
        export->last_day = today;
    }
    if (source->first_day != REPORT_FIRST_DAY)
        export->first_day = source->first_day;
    if (source->last_day != REPORT_LAST_DAY)
        export->last_day = source->last_day;
    if (export->last_day < export->first_day && source->last_day == REPORT_LAST_DAY)
        export->last_day = export->first_day;
    export->first_day =
        export->first_day ? earlier(export->first_day, export->last_day) : export->last_day;
    return RC_OK;
}

/* What it is of, as whoever opens the folder is told. */
static enum rc find_extent(struct export *export)
{
    struct fact_id organisation = export->job->choice.organisation;
    enum rc rc = find_days(export);
    if (!rc && !fact_id_is_none(organisation))
        rc = lookup_organisation_name(snapshot_db(export->snapshot), organisation,
                                      export->organisation, sizeof export->organisation);
    if (rc) {
        reason_set(export->reason, SAID("the register could not be read: %s"), rc_text(rc));
        reason_mark(export->reason, 0);
    }
    return rc;
}

static enum rc begin_parcel(struct export *export)
{
    char name[PARCEL_NAME_BYTES];
    const struct parcel_watcher watcher = {export, hear_parcel};
    parcel_make_name(day_number(export->job->now.wall_ms, 0), export->job->venue->name, name);
    const struct parcel_config config = {.root = export->job->root,
                                         .name = name,
                                         .seal = export->job->choice.seal,
                                         .watcher = &watcher};
    return parcel_begin(&config, &export->parcel, export->reason);
}

static enum rc write_files(struct export *export)
{
    enum rc rc = RC_OK;
    for (int file = 0; !rc && file < EXPORT_FILE_COUNT; file++)
        if (export->files & (1u << file))
            rc = export_write_file(export, (enum export_file)file);
    if (!rc)
        rc = export_write_readme(export);
    if (rc && parcel_failure(export->parcel))
        parcel_tell(export->parcel, rc, export->reason);
    return rc;
}

static void sum_up(struct export *export)
{
    struct export_result *result = &export->result;
    int64_t rows = 0;
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (EXPORT_TABLES & export->files & (1u << file))
            rows += result->rows[file];
    result->is_empty = export->files & EXPORT_TABLES && !rows;
}

static enum rc run(struct export *export)
{
    enum rc rc = export_check(&export->job->choice, export->reason);
    if (!rc)
        rc = tell(export, EXPORT_READS, 0);
    if (!rc)
        rc = open_register(export);
    if (!rc)
        rc = read_marks(export);
    if (rc)
        return rc;
    choose(export);
    rc = find_extent(export);
    if (!rc)
        rc = tell(export, EXPORT_READS, READ_PERCENT);
    if (!rc)
        rc = begin_parcel(export);
    if (!rc)
        rc = write_files(export);
    if (rc) {
        parcel_abandon(export->parcel);
        return rc;
    }
    sum_up(export);
    return parcel_finish(export->parcel, export->result.folder, export->reason);
}

enum rc export_run(const struct export_job *job, const struct export_watcher *watcher,
                   struct export_result *out_result, struct reason *out_reason)
{
    struct export *export = calloc(1, sizeof *export);
    if (!export) {
        reason_set(out_reason, SAID("there is no memory left"));
        return RC_NO_MEMORY;
    }
    export->job = job;
    export->watcher = watcher;
    export->reason = out_reason;
    export->scratch_lock = -1;
    enum rc rc = run(export);
    if (export->is_stopped)
        reason_set(out_reason, SAID("It was stopped, and nothing was kept."));
    if (!rc)
        *out_result = export->result;
    export_clear_scratch(export);
    snapshot_close(export->snapshot);
    folder_close(export->folder);
    free(export);
    return rc;
}

enum rc export_estimate(const struct export_job *job, int64_t *out_bytes)
{
    struct reason reason;
    struct export export = {.job = job, .reason = &reason, .scratch_lock = -1};
    enum rc rc = open_register(&export);
    if (!rc)
        rc = mark_get(snapshot_db(export.snapshot), &export.before);
    if (!rc)
        rc = export_size(export.snapshot, job, &export.before, out_bytes);
    snapshot_close(export.snapshot);
    folder_close(export.folder);
    return rc;
}
