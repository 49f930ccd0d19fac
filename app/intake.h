/*
 * intake.h - what comes in from a stick, or from the boot partition of the station's own card:
 * lists of people and of baskets, calendars, and what a venue sets for itself.
 *
 *     intake_look     what is there that could be taken?
 *     intake_read     one of them, whole
 *     intake_plan     what would it change? Nothing is written
 *     intake_take     just that, whole or not at all
 *     intake_write_refused   what is refused, back to the stick
 *
 * Both are untrusted: only files and folders are opened, links are never followed, nothing is
 * read beyond a limit, and names are made fit to show. Looking, reading and writing back go on any
 * thread and block as long as the device does; planning and taking go where the journal runs. A
 * struct intake belongs to one thread at a time.
 *
 * Sentences are English, and keep what a screen needs to say them in the reader's language
 * (reason_say); what is wrong in a venue's files is told in English alone.
 */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/exchange/csv_writer.h"
#include "app/store/office.h"

enum intake_kind {
    INTAKE_PEOPLE,   /* people*.csv */
    INTAKE_BASKETS,  /* baskets*.csv */
    INTAKE_CALENDAR, /* calendar*.csv, *.ics */
    INTAKE_VENUE,    /* the folder venue: perron.conf, circles.conf, welcome/ */
    INTAKE_KIND_COUNT
};

/* "people", "baskets", "calendar", "venue". */
const char *intake_kind_name(enum intake_kind kind);

/* --- what is there --- */

enum intake_place { INTAKE_STICK, INTAKE_CARD };

#define INTAKE_FOUND_MAX 16      /* that are told; of more their number */
#define INTAKE_ENTRIES_MAX 10000 /* of a folder, that are looked at */

struct intake_found {
    enum intake_place place;
    enum intake_kind kind;
    char path[520];      /* below the root, as the stick has it */
    char name[96];       /* the same fit to show, cut */
    int64_t bytes;       /* 0 for a folder */
    bool is_refused;     /* what was refused once, written back by us and mended since, or not */
    const char *why_not; /* a sentence on why it cannot be taken; NULL: it can */
    unsigned parts;      /* of a venue, 1 << enum venue_part: no others are read; 0: all */
};

/* What there is no place for in a list; of a card also what is of the house, but called .txt. */
struct intake_left_out {
    enum intake_kind kind;
    char name[96];
    const char *why_not; /* as above; NULL: only that there are too many */
};

/*
 * In order of kind and name. Of each kind there are a few; what cannot be taken gives way to what
 * can.
 */
struct intake_list {
    struct intake_found found[INTAKE_FOUND_MAX];
    int count, beyond;
    struct intake_left_out left_out[INTAKE_FOUND_MAX]; /* of those beyond, the first */
    bool is_cut; /* there are more entries than were looked at */
};

/*
 * Looks into the folder `root` and into one called "perron" there, in capitals or not. RC_EMPTY:
 * nothing that could be taken, also not what cannot; else what the system says (RC_GONE: the stick
 * was pulled out). With a sentence.
 */
enum rc intake_look(const char *root, struct intake_list *out_list,
                    struct reason *out_reason) MUST_CHECK;

/*
 * The same for a card, where a venue's files need no folder of their own: they may lie on top, or
 * in "perron", beside whatever starts the computer. What is found so has the path ".", or
 * "perron/.".
 */
enum rc intake_look_card(const char *root, struct intake_list *out_list,
                         struct reason *out_reason) MUST_CHECK;

/* --- reading --- */

struct intake;

struct intake_from {
    const char *root;     /* where the stick's files are */
    const char *data;     /* the data folder */
    const char *welcome;  /* the welcome a house has without one of its own; NULL: none */
    int64_t now_ms;       /* the day, for calendars */
    struct tongue tongue; /* of the reasons that go back to the stick; empty: English */
};

/*
 * Reads what was found; the stick is not needed any more after that, but to write back. With a
 * sentence: RC_REFUSED for what cannot be taken (`why_not`, or it became a link), RC_LIMIT,
 * RC_EMPTY, RC_BAD_INPUT, RC_UNSUPPORTED as people_read and calendar_read have them, RC_NOT_FOUND
 * and RC_GONE where it is not there any more, RC_BUSY where somebody else is taking a venue's
 * files. Close with intake_close.
 */
enum rc intake_read(const struct intake_from *from, const struct intake_found *found,
                    struct intake **out_intake, struct reason *out_reason) MUST_CHECK;

/* Takes NULL. What it knew of people is overwritten. */
void intake_close(struct intake *intake);

/* --- what it would change --- */

enum intake_verdict {
    INTAKE_REFUSED,
    INTAKE_CANCELLED, /* an occasion does not take place */
    INTAKE_VANISHED,  /* an occasion is not in the calendar any more, and is kept */
    INTAKE_ENDED,     /* a basket, by a list that does not name its owner any more */
    INTAKE_CHANGED,
    INTAKE_NEW,
    INTAKE_SAME,
    INTAKE_VERDICT_COUNT
};

/* "refused", "cancelled", ... */
const char *intake_verdict_name(enum intake_verdict verdict);

#define INTAKE_ROWS_MAX 200
#define INTAKE_NOTES_MAX 16
#define INTAKE_CHANGES_MAX 20

struct intake_row {
    enum intake_verdict verdict;
    int line;        /* of the file; 0: none */
    char title[256]; /* somebody's name and number, an occasion, a file of a venue */
    /* Of occasions: when it begins, and when it began where that changes; else 0. */
    int64_t from_ms, was_from_ms;
    int signed_up; /* of whom that is to be told */
    int badges;    /* to be given */
    /* Of a new series: how many more days are like this one, and when the last of them begins. */
    int more;
    int64_t last_ms;
    /* What differs: person_fields' names, calendar_field_name's; static. */
    const char *changes[INTAKE_CHANGES_MAX];
    int change_count;
    struct reason why; /* why it is refused, or what to look at; text "" */
};

struct intake_note {
    int line; /* of the file; 0: it is of no line */
    struct reason said;
};

/*
 * Plain data; some 350 KB, so not for a stack. Rows stand in the order of the verdicts, then in
 * that of the file; what is simply the same is only counted.
 */
struct intake_preview {
    enum intake_kind kind;
    char name[96]; /* of the file */
    int64_t counts[INTAKE_VERDICT_COUNT];
    int64_t badges, signed_up;
    bool has_changes; /* there is something to take */
    bool is_takable;  /* a venue's files are refused as a whole, lists only row by row */
    bool needs_start; /* of a venue: some of it counts from the station's next start only */
    struct intake_note notes[INTAKE_NOTES_MAX];
    int note_count, notes_beyond;
    struct intake_row rows[INTAKE_ROWS_MAX];
    int row_count;
    int64_t rows_beyond;
};

/*
 * What it comes to in the house as it is now; may be asked again. `office->by` must have the right
 * to it: RC_REFUSED. No transaction is left open, and *out_preview says nothing after a failure.
 * `journal` is NULL where a venue is taken and no register is at hand; then nobody's right is asked
 * for.
 */
enum rc intake_plan(struct intake *intake, struct journal *journal, const struct office *office,
                    struct intake_preview *out_preview, struct reason *out_reason) MUST_CHECK;

/* --- taking it --- */

/*
 * Takes what the last plan said, in one transaction: all rows that are not refused, or nothing.
 * RC_BUSY: the house has changed, and it would come to something else than was shown; plan and show
 * it anew. RC_REFUSED: no right, or a venue with mistakes. RC_OK where there was nothing to do.
 * A sentence comes with each failure.
 */
enum rc intake_take(struct intake *intake, struct journal *journal, const struct office *office,
                    struct reason *out_reason) MUST_CHECK;

/* --- what stays out --- */

#define INTAKE_REFUSED_NAME_BYTES 128

/*
 * Writes what the last plan refuses into the folder `root` of the stick, in the columns it came in
 * and with the reason in one more: people-refused.csv, baskets-refused.csv, NAME-refused.csv of a
 * calendar that is a table; NAME-refused.txt, a sentence a line, of other calendars and of a
 * venue; with a number where there is one already. *out_name is the file's. RC_EMPTY: nothing is
 * refused, and nothing written.
 */
enum rc intake_write_refused(const struct intake *intake, const char *root,
                             enum csv_profile profile, char out_name[INTAKE_REFUSED_NAME_BYTES],
                             struct reason *out_reason) MUST_CHECK;

#endif
