/*
 * boot_files.h - what the station takes from the boot partition of its card when it starts: lists,
 * calendars and what a venue sets for itself. As from a stick (intake.h), but nobody looks at it
 * first: whoever holds the card may. Each file counts once, and again when it changed.
 *
 *     boot_files_look    what is there
 *     boot_item_look     is it new?
 *     boot_item_read     whole, where it is
 *     boot_item_take     into the house, and what stays out told
 *
 * The partition is only read. Looking and reading go on any thread and block as long as the device
 * does; lists are taken where the journal runs, a venue's files on any thread. An item belongs to
 * one thread at a time.
 */
#ifndef APP_BOOT_FILES_H
#define APP_BOOT_FILES_H

#include "app/boot_marks.h"
#include "app/intake.h"
#include "app/problems.h"
#include "app/venue_files.h"

/*
 * As intake_look_card, a venue before the lists; what is there twice, and of what there may be one
 * only, cannot be taken. What there are too many of is told. What is known of files that are not
 * there gives way first.
 */
enum rc boot_files_look(const struct intake_from *from, struct intake_list *out_list,
                        struct problems *problems, struct reason *out_reason) MUST_CHECK;

/*
 * The path of the file or folder of that name, on top or in the folder "perron", in capitals or
 * not. RC_EMPTY: there is none; else what the system says.
 */
enum rc boot_files_find(const char *root, const char *name, char out_path[PATH_MAX]) MUST_CHECK;

struct boot_item {
    struct intake_found found;
    struct boot_mark marks[VENUE_PART_COUNT]; /* one, or one for each part of a venue */
    int count;
    enum boot_state state; /* of a venue with parts that are new: those that were never taken */
    struct intake *intake; /* once read; NULL: it could not be */
    enum rc rc;            /* of reading */
    struct reason why;
};

/* Ends what boot_item_look began with boot_item_close. */
void boot_item_look(const struct intake_from *from, const struct intake_found *found,
                    struct boot_item *out_item);
void boot_item_close(struct boot_item *item);

/* Is there something to do with it? */
bool boot_item_is_due(const struct boot_item *item);

/* Where it is due. What cannot be read is told by boot_item_take. */
void boot_item_read(struct boot_item *item, const struct intake_from *from);

/* What came of all of them so far. */
struct boot_news {
    struct problems problems; /* nothing of a list's cells is in them */
    struct boot_marks told;   /* whose content is to blame: to be put away (boot_files_put_away) */
    int taken;                /* files */
};

/*
 * Takes what is new and notes it, both or neither; of a list all rows that are right, of a venue
 * all or nothing. What stays out is told, also of what was done before. `journal` is NULL for a
 * venue.
 */
void boot_item_take(struct boot_item *item, const char *data, struct journal *journal,
                    const struct clock_reading *now, struct boot_news *news);

/* Reads and takes a venue's files where they are new; false: there are none. */
bool boot_files_take_venue(const struct intake_from *from, const struct clock_reading *now,
                           struct boot_news *news);

/* What was told is not told again as long as it stays so. */
enum rc boot_files_put_away(const char *data, const struct boot_marks *told,
                            struct reason *out_reason) MUST_CHECK;

#endif
