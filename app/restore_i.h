/*
 * restore_i.h - the inside of a restore, shared by restore.c (the order of steps), restore_files.c
 * (what is taken from the export and where it goes), restore_venue.c (what the house set),
 * restore_key.c (the venue's key) and restore_journal.c (facts line by line). Nobody else includes
 * it.
 */
#ifndef APP_RESTORE_I_H
#define APP_RESTORE_I_H

#include <limits.h>

#include "app/exchange/parcel.h"
#include "app/restore.h"
#include "app/store/chain.h"
#include "app/store/folder.h"
#include "app/venue_files.h"

enum restore_file { RESTORE_DATABASE, RESTORE_JOURNAL, RESTORE_KEY, RESTORE_FILE_COUNT };

#define RESTORE_HOUSE "house" /* in the part: what the house set, as it goes to its place */

/* A file of the house's that the export's sums name. */
struct restore_listed {
    char name[PARCEL_FILE_BYTES]; /* "welcome/hello.fr.txt" */
    char from[PARCEL_FILE_BYTES]; /* "venue/welcome/hello.fr.txt.sealed" */
    enum parcel_state state;
    bool is_flat; /* on top of the export, as before there was a folder for it */
};

struct restore {
    const struct restore_job *job;
    const struct restore_hearer *hearer;
    struct reason *reason;

    enum parcel_state states[RESTORE_FILE_COUNT]; /* by the export's sums */
    bool is_sealed[RESTORE_FILE_COUNT];
    bool has_told_damage, is_list_cut; /* of the sums: nobody knows what else belongs to it */
    struct restore_listed listed[PARCEL_FILES_MAX];
    int listed_count;
    bool takes[VENUE_PART_COUNT], is_incomplete[VENUE_PART_COUNT];

    int data_fd, lock_fd;
    bool has_made_data;
    char part[PATH_MAX]; /* where it is built */

    struct venue_key key;
    bool has_key;
    struct chain_about about;
    struct folder *folder; /* the part, while it is built */
    struct journal *journal;
    struct restore_result result;
};

void restore_tell(struct restore *restore, const char *format, ...) PRINTF_LIKE(2, 3);

/* --- restore_files.c --- */

/* RC_REFUSED: there is a register already. */
enum rc restore_look_at_data(struct restore *restore) MUST_CHECK;

/* Checks the export's files, and tells of each that is missing or damaged. */
enum rc restore_check_files(struct restore *restore) MUST_CHECK;

/* Makes an empty part, and takes the data folder's lock. */
enum rc restore_begin_part(struct restore *restore) MUST_CHECK;

/* A file of the export into the part, opened where it is sealed, under its plain name. */
enum rc restore_take(struct restore *restore, enum restore_file file) MUST_CHECK;

/* Empties the part of what an earlier try left. */
enum rc restore_empty_part(struct restore *restore) MUST_CHECK;

/* The register, closed and whole, to its place. */
enum rc restore_settle(struct restore *restore) MUST_CHECK;

/* Leaves nothing of the part. */
void restore_end_part(struct restore *restore);

/* --- restore_venue.c --- */

/* Of each file in the sums; `plain` is its name without a seal's. */
void restore_hear_venue(struct restore *restore, const char *name, const char *plain,
                        enum parcel_state state);

/*
 * What the house set into the part, where the data folder has none of its own, as venue_take does.
 * Mistakes, and what is damaged or cannot be taken, are told and are no failure.
 */
enum rc restore_take_venue(struct restore *restore) MUST_CHECK;

/* --- restore_key.c --- */

/* From the export, else from the data folder. */
enum rc restore_find_key(struct restore *restore) MUST_CHECK;

/* Is it the one that badges were given under (restore->about)? If none is and badges may be lost, a
 * new one is made; RC_REFUSED. */
enum rc restore_settle_key(struct restore *restore) MUST_CHECK;

/* --- restore.c --- */

/* Opens the part's register as a new station; its database may have been there before. */
enum rc restore_open_register(struct restore *restore) MUST_CHECK;

/* --- restore_journal.c --- */

/* Everything in the journal, into the open register; RC_CORRUPT: not all of it, and it may not be
 * partial. */
enum rc restore_from_journal(struct restore *restore) MUST_CHECK;

#endif
