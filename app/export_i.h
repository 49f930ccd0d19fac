/*
 * export_i.h - the inside of an export, shared by export.c (its way), export_files.c (what is in
 * it), export_choice.c (names and sizes) and export_scratch.c (what can only be made by name).
 * Nobody else includes it.
 */
#ifndef APP_EXPORT_I_H
#define APP_EXPORT_I_H

#include <limits.h>

#include "app/exchange/register.h"
#include "app/export.h"
#include "app/store/folder.h"
#include "app/store/snapshot.h"

struct export
{
    const struct export_job *job;
    const struct export_watcher *watcher;
    struct reason *reason;
    struct folder *folder;
    struct snapshot *snapshot;
    unsigned files;     /* of the choice, without what does not go with it */
    struct mark before; /* of a count of 0 there was no export: then all is new */
    struct register_source source;
    int first_day, last_day; /* of what is in it; 0: there is none */
    char organisation[160];  /* whose it is alone; "": everybody's */
    struct parcel *parcel;
    char scratch[PATH_MAX]; /* "": not made yet */
    int scratch_lock;       /* a descriptor; -1 */
    int64_t total;          /* bytes that are written in all, about */
    int64_t prepared;       /* bytes of those made in scratch */
    int percent;            /* told last */
    enum export_stage stage;
    bool is_stopped;
    struct export_result result;
};

/* Is there something of it to be recorded? */
bool export_is_marked(const struct export_job *job);

/* About how many bytes the files come to. */
enum rc export_size(struct snapshot *snapshot, const struct export_job *job,
                    const struct mark *before, int64_t *out_bytes) MUST_CHECK;

/* How far what is made in scratch has come; something else than RC_OK gives up. */
enum rc export_prepare(struct export *export, int64_t bytes) MUST_CHECK;

/* Writes one file of the choice. With a sentence in export->reason, unless the parcel failed. */
enum rc export_write_file(struct export *export, enum export_file file) MUST_CHECK;

/* Are there only changes in it, or all there is since no export was before? */
bool export_is_of_changes(const struct export *export);

/* What it is of, wherever that is said: "2026-10-01 - 2026-10-31"; "" for none. */
#define EXPORT_DAYS_BYTES 64
void export_write_days(const struct export *export, char out_text[EXPORT_DAYS_BYTES]);

/* What each file that was written is, in the venue's three languages. */
enum rc export_write_readme(struct export *export) MUST_CHECK;

/* The path of a file in DATA/scratch, which is made where it is missing. With a sentence. */
enum rc export_scratch(struct export *export, const char *name, char out_path[PATH_MAX]) MUST_CHECK;

/*
 * Is there room for a file of that size in it? RC_FULL with a sentence where there is not: it is
 * the station's own disk, and the station goes on writing to it.
 */
enum rc export_scratch_has_room(struct export *export, int64_t bytes) MUST_CHECK;

/* The same sentence, once it turned out too small; returns RC_FULL. */
enum rc export_scratch_full(struct export *export, int64_t bytes);

/* Nothing of it stays. */
void export_clear_scratch(struct export *export);

#endif
