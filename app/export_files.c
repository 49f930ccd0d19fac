/* What is in an export, file by file. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/exchange/journal_lines.h"
#include "app/exchange/workbook.h"
#include "app/export_i.h"
#include "app/papers.h"
#include "app/store/copy.h"
#include "app/ui/words.h"
#include "app/venue_gather.h"

/* The register's own failure; what the parcel says has a sentence of its own. */
static enum rc tell(struct export *export, enum rc rc)
{
    if (rc && !parcel_failure(export->parcel) && !export->is_stopped) {
        reason_set(export->reason, SAID("the register could not be read: %s"), rc_text(rc));
        reason_mark(export->reason, 0);
    }
    return rc;
}

static enum rc write_table(struct export *export, enum export_file file)
{
    static const enum register_table tables[] = {
        [EXPORT_VISITS] = REGISTER_VISITS,
        [EXPORT_HOURS] = REGISTER_HOURS,
        [EXPORT_PEOPLE] = REGISTER_PEOPLE,
        [EXPORT_NEWCOMERS] = REGISTER_NEWCOMERS,
    };
    struct sink sink;
    enum rc rc = parcel_open_file(export->parcel, export_file_called(file), &sink);
    if (rc)
        return rc;
    rc = register_write(tables[file], export->job->choice.profile, &export->source, &sink,
                        &export->result.rows[file]);
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? tell(export, rc) : closed;
}

static enum rc write_journal(struct export *export, enum export_file file)
{
    struct sink sink;
    enum rc rc = parcel_open_file(export->parcel, export_file_called(file), &sink);
    if (rc)
        return rc;
    rc = journal_lines_write(export->snapshot, export->source.since, &sink,
                             &export->result.rows[file]);
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? tell(export, rc) : closed;
}

/* --- the workbook --- */

#define ROW_BYTES 60 /* of the workbook, about */

static enum rc hear_rows(void *context, int64_t rows)
{
    return export_prepare(context, rows * ROW_BYTES);
}

static enum rc write_workbook(struct export *export, enum export_file file)
{
    const struct export_job *job = export->job;
    char path[PATH_MAX], days[EXPORT_DAYS_BYTES];
    const enum language language = (enum language)job->venue->language;
    export_write_days(export, days);
    const struct workbook_watcher watcher = {export, hear_rows};
    const struct workbook_about about = {.venue = job->venue->name,
                                         .period = days,
                                         .time_zone = job->venue->time_zone,
                                         .made_ms = job->now.wall_ms,
                                         .language = language,
                                         .say = words,
                                         .watcher = &watcher};
    enum rc rc = export_scratch(export, export_file_called(file), path);
    if (!rc)
        rc = export_scratch_has_room(export, 0);
    if (!rc)
        rc = workbook_write(path, export->scratch, &export->source, &about,
                            &export->result.rows[file], export->reason);
    if (rc == RC_FULL)
        return export_scratch_full(export, 0);
    return rc ? rc : parcel_add_file(export->parcel, export_file_called(file), path);
}

/* --- the database, and what knows its badges --- */

struct copying {
    struct export *export;
    int64_t before; /* that was prepared */
    int64_t bytes;  /* of the whole database */
};

static enum rc hear_copy(void *context, int64_t at, int64_t of)
{
    const struct copying *copying = context;
    return export_prepare(copying->export, copying->before + (of ? copying->bytes * at / of : 0));
}

static enum rc copy_to(struct export *export, const char *path)
{
    struct copying copying = {.export = export, .before = export->prepared};
    const struct copy_watcher watcher = {&copying, hear_copy};
    struct db *db = snapshot_db(export->snapshot);
    int64_t page_bytes = 0;
    enum rc rc = db_number(db, &copying.bytes, "PRAGMA page_count");
    if (!rc)
        rc = db_number(db, &page_bytes, "PRAGMA page_size");
    copying.bytes *= page_bytes;
    if (!rc && (rc = export_scratch_has_room(export, copying.bytes)))
        return rc;
    rc = rc ? rc : copy_database(export->snapshot, path, &watcher);
    if (rc == RC_FULL)
        return export_scratch_full(export, copying.bytes);
    return rc ? tell(export, rc) : RC_OK;
}

/* It never leaves as it is. */
static enum rc write_key(struct export *export)
{
    struct sink sink;
    enum rc rc = parcel_open_plain(export->parcel, VENUE_KEY_NAME SEAL_SUFFIX, &sink);
    if (rc)
        return rc;
    const struct seal_out out = {sink.context, sink.write};
    rc = folder_seal_key(export->folder, export->job->venue->name, export->job->choice.seal, &out);
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? tell(export, rc) : closed;
}

static_assert(VENUE_TAKE_FILES + EXPORT_FILE_COUNT + 3 <= PARCEL_FILES_MAX,
              "with venue.key, README.txt and the sums");

static enum rc write_venue_file(struct export *export, const struct venue_gathered_file *file)
{
    char name[PARCEL_FILE_BYTES];
    struct sink sink;
    snprintf(name, sizeof name, VENUE_FILES_FOLDER "/%s", file->name);
    enum rc rc = parcel_open_file(export->parcel, name, &sink);
    if (!rc)
        rc = sink_write(&sink, file->bytes, file->length);
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? rc : closed;
}

/* What the house set, so that a restored station, or another one, is the same house. */
static enum rc write_venue(struct export *export)
{
    struct venue_gathered *gathered;
    enum rc rc = venue_gather(export->job->data, &gathered, export->reason);
    if (rc)
        return rc;
    for (int i = 0; !rc && i < gathered->count; i++)
        rc = write_venue_file(export, &gathered->files[i]);
    export->result.venue_files = gathered->count;
    export->result.left_out = gathered->left_out;
    venue_gather_free(gathered);
    return rc;
}

static enum rc write_database(struct export *export, enum export_file file)
{
    char path[PATH_MAX];
    enum rc rc = export_scratch(export, export_file_called(file), path);
    if (rc)
        return rc;
    rc = copy_to(export, path);
    if (rc)
        return rc;
    rc = parcel_add_file(export->parcel, export_file_called(file), path);
    export->result.rows[file] = 1;
    if (!rc)
        rc = write_venue(export);
    return rc || !export->job->choice.seal ? rc : write_key(export);
}

/* --- pages --- */

static enum rc write_roll_call(struct export *export, enum export_file file)
{
    const struct export_job *job = export->job;
    const struct papers_about about = {
        .venue = job->venue, .now = job->now, .language = (enum language)job->venue->language};
    struct sink sink;
    enum rc rc = parcel_open_file(export->parcel, export_file_called(file), &sink);
    if (rc)
        return rc;
    rc = papers_roll_call(export->snapshot, &about, &sink, &export->result.rows[file],
                          export->reason);
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? rc : closed;
}

static enum rc (*const writers[EXPORT_FILE_COUNT])(struct export *export, enum export_file file) = {
    [EXPORT_VISITS] = write_table,        [EXPORT_HOURS] = write_table,
    [EXPORT_PEOPLE] = write_table,        [EXPORT_NEWCOMERS] = write_table,
    [EXPORT_JOURNAL] = write_journal,     [EXPORT_DATABASE] = write_database,
    [EXPORT_ROLL_CALL] = write_roll_call, [EXPORT_WORKBOOK] = write_workbook,
};

enum rc export_write_file(struct export *export, enum export_file file)
{
    return writers[file](export, file);
}
