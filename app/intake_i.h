/*
 * intake_i.h - the inside of an intake, shared by intake.c (its way), intake_look.c (what is
 * there), intake_tell.c (the preview), intake_lists.c (people, baskets, calendars) and
 * intake_venue.c. Nobody else includes it.
 */
#ifndef APP_INTAKE_I_H
#define APP_INTAKE_I_H

#include <limits.h>

#include "app/exchange/calendar.h"
#include "app/exchange/infolder.h"
#include "app/exchange/people.h"
#include "app/intake.h"
#include "app/venue_take.h"
#include "firmware/base/hash.h"

#define INTAKE_FOLDER "perron"
#define INTAKE_VENUE_FOLDER VENUE_FILES_FOLDER

struct intake_venue;

struct intake {
    const struct intake_ops *ops;
    enum intake_place place;
    enum intake_kind kind;
    bool is_refused; /* the file is what we wrote back once */
    struct tongue tongue;
    char name[96]; /* fit to show */
    char base[96]; /* of the file, without what follows the name */

    /* of lists */
    char *bytes;
    size_t length;
    char source[64]; /* which calendar it is */
    struct people *people;
    struct calendar *calendar;

    unsigned parts; /* of a venue, those that are read; 0: all */
    struct intake_venue *venue;

    uint8_t shown[HASH_BYTES]; /* what the last plan comes to */
    bool is_shown;
};

struct intake_telling;

struct intake_ops {
    size_t limit_bytes;  /* of a file */
    enum right right;    /* to take it */
    bool is_of_register; /* facts, in one transaction; else files */

    /* `root` is an open folder, `path` is below it. With a sentence. */
    enum rc (*read)(struct intake *intake, const struct intake_from *from, int folder,
                    const char *name, struct reason *out_reason);
    /* Plans it in the house as it is; in a transaction where it is of the register. */
    enum rc (*judge)(struct intake *intake, struct journal *journal, struct reason *out_reason);
    /* Tells the rows of one verdict: telling->verdict. */
    enum rc (*tell)(const struct intake *intake, struct intake_telling *telling);
    /* The counts, the notes, and whether it can be taken. */
    void (*tell_sum)(const struct intake *intake, struct intake_telling *telling);
    enum rc (*take)(struct intake *intake, struct journal *journal, const struct office *office,
                    struct reason *out_reason);
    enum rc (*write_refused)(const struct intake *intake, const char *root,
                             enum csv_profile profile, char out_name[INTAKE_REFUSED_NAME_BYTES],
                             struct reason *out_reason);
    void (*close)(struct intake *intake);
};

extern const struct intake_ops intake_people, intake_baskets, intake_calendar, intake_venue;
const struct intake_ops *intake_ops_of(enum intake_kind kind);

/* --- telling (intake_tell.c) --- */

struct intake_telling {
    struct intake_preview *preview; /* with no more rows and notes than it has room for */
    enum intake_verdict verdict;
    uint8_t digest[HASH_BYTES]; /* of all that is told, also where there is no room */
};

/* All that the last judgement comes to. */
enum rc intake_tell(const struct intake *intake, struct intake_preview *out_preview,
                    uint8_t out_digest[HASH_BYTES]) MUST_CHECK;

/* An empty row, zero to its last byte, for intake_tell_row. */
void intake_begin_row(struct intake_row *row, enum intake_verdict verdict, int line);
void intake_tell_row(struct intake_telling *telling, const struct intake_row *row);
/* Copies a sentence, zero to its last byte behind it. */
void intake_copy_reason(struct reason *out_copy, const struct reason *reason);
/* Copies a text, cut between two letters. */
void intake_say(char *out_text, size_t size, const char *text);
void intake_add_change(struct intake_row *row, const char *name);
void intake_tell_note(struct intake_telling *telling, const char *format, ...) PRINTF_LIKE(2, 3);
void intake_tell_note_for(struct intake_telling *telling, int line, const struct reason *said);

#endif
