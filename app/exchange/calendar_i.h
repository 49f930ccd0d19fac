/*
 * calendar_i.h - the inside of struct calendar, for calendar*.c only.
 */
#ifndef APP_EXCHANGE_CALENDAR_I_H
#define APP_EXCHANGE_CALENDAR_I_H

#include "app/exchange/calendar.h"
#include "app/exchange/ics.h"

struct calendar_line {
    int line;
    uint64_t uid; /* a hash of it */
};

struct calendar {
    struct calendar_row *rows;
    size_t count, capacity;
    size_t read_count; /* of rows; those behind came with the plan */
    size_t not_shown;  /* refused, beyond CALENDAR_SHOWN */
    size_t refused;    /* by reading */
    struct calendar_note **notes;
    size_t note_count, read_note_count, notes_not_shown;
    struct calendar_horizon horizon;
    bool is_csv;
    struct calendar_line *lines; /* of a table: which occasion each is of */
    size_t line_count;
    bool is_cut; /* what is not in it may have been cut off, or was not meant to be in it */
};

/* --- rows and notes (calendar.c) --- */

/*
 * Adds what `occasion` says as a row; one that is not sound is refused. RC_LIMIT beyond
 * CALENDAR_OCCASIONS, RC_NO_MEMORY. *out_row (may be NULL) is valid until the next one; NULL where
 * it is not shown.
 */
enum rc calendar_add(struct calendar *calendar, int line, const struct occasion *occasion,
                     const char *organisation_name, struct calendar_row **out_row) MUST_CHECK;

/* Adds one that only the house has. RC_NO_MEMORY. */
enum rc calendar_add_known(struct calendar *calendar, const struct occasion *occasion,
                           struct calendar_row **out_row) MUST_CHECK;

/* What an occasion says, in a zeroed row. RC_NO_MEMORY; finish the row in any case. */
enum rc calendar_fill_row(struct calendar_row *row, const struct occasion *occasion,
                          const char *organisation_name) MUST_CHECK;
void calendar_finish_row(struct calendar_row *row);

/* Adds a refused row: of what it is about only that is known. */
enum rc calendar_add_refused(struct calendar *calendar, int line, const char *uid,
                             const char *title, const struct reason *why) MUST_CHECK;

/* Refuses a row with a sentence; the first one stays. Without memory it is refused without. */
void calendar_refuse(struct calendar_row *row, const char *format, ...) PRINTF_LIKE(2, 3);
void calendar_refuse_for(struct calendar_row *row, const struct reason *why);

/* What was assumed. Without memory, or beyond CALENDAR_NOTES, only its number is kept. */
void calendar_note(struct calendar *calendar, int line, const char *format, ...) PRINTF_LIKE(3, 4);
void calendar_note_for(struct calendar *calendar, int line, const struct reason *said);

/*
 * Copies a text as one line that can be shown: whatever cannot becomes a space. False where it was
 * cut.
 */
bool calendar_copy_text(const char *text, char *out_text, size_t size);

/* --- words (calendar_words.c) --- */

/* "Séance d'info!" as " seance d info ". */
void calendar_fold(const char *text, char *out_folded, size_t size);

/* The kind that a text names first, or OCCASION_COUNT. */
enum occasion_kind calendar_find_kind(const char *text);

/* Is the folded word one for places or people ("plaatsen", "personnes")? */
bool calendar_is_places(const char *folded);

/* "14:00", "14h", "9.30": minutes since midnight, and what follows; NULL where there is none. */
const char *calendar_read_clock(const char *text, int *out_min);

/* --- shifts (calendar_shifts.c) --- */

struct calendar_entry {
    struct shift shift; /* without times */
    bool has_clock;
    int from_min, to_min; /* on the venue's wall */
};

struct calendar_entries {
    struct calendar_entry rows[OCCASION_SHIFTS_MAX];
    int count;
    bool is_limited; /* there are more */
    char organisation[128];
};

/* The shifts that a description names. RC_NO_MEMORY. */
enum rc calendar_read_entries(const char *description,
                              struct calendar_entries *out_entries) MUST_CHECK;

/*
 * Gives an occasion its shifts: those of the entries, or one over its whole time if it is of that
 * kind. Clock times are those of an occasion that began at `origin_ms`, and move along with it.
 */
void calendar_set_shifts(struct occasion *occasion, const struct calendar_entries *entries,
                         int64_t origin_ms);

/* --- reading (calendar_events.c, calendar_series.c, calendar_csv.c) --- */

/* The events of one UID. */
struct calendar_series {
    struct calendar *calendar;
    struct ics *ics;
    const char *uid;
    struct ics_event *events;
    size_t count;
    const struct ics_event *master; /* NULL: overrides alone */
};

/* Adds a series' rows: its repetitions, then its overrides. */
enum rc calendar_add_series(struct calendar_series *series) MUST_CHECK;

enum rc calendar_read_ics(struct calendar *calendar, const char *bytes, size_t length,
                          struct reason *out_reason) MUST_CHECK;
enum rc calendar_read_csv(struct calendar *calendar, const char *bytes, size_t length,
                          struct reason *out_reason) MUST_CHECK;

/* --- a table (calendar_csv_row.c) --- */

enum calendar_column {
    CALENDAR_COLUMN_DATE,
    CALENDAR_COLUMN_START,
    CALENDAR_COLUMN_END,
    CALENDAR_COLUMN_KIND,
    CALENDAR_COLUMN_TITLE,
    CALENDAR_COLUMN_MISSION,
    CALENDAR_COLUMN_PLACES,
    CALENDAR_COLUMN_CIRCLE,
    CALENDAR_COLUMN_SKILL,
    CALENDAR_COLUMN_PLACE,
    CALENDAR_COLUMN_REFERENT,
    CALENDAR_COLUMN_ORGANISATION,
    CALENDAR_COLUMN_ID,
    CALENDAR_COLUMN_COUNT
};

struct calendar_csv_row {
    int line;
    char uid[200]; /* the same for all rows of an occasion */
    char title[128], place[128], organisation[128];
    struct shift shift;
    enum occasion_kind kind;
    bool is_all_day, is_kind_said;
};

/* Reads one row, cells by column. False with a sentence where it cannot be right. */
bool calendar_read_csv_row(const char *const *cells, int line, struct calendar_csv_row *out_row,
                           struct reason *out_why);

/* --- planning (calendar_plan.c, calendar_strays.c, calendar_match.c) --- */

/*
 * Those the house has and will have, and the file has not, by uid and instance; sorted, and each
 * perhaps taken for a row of the file after all.
 */
struct calendar_strays {
    struct calendar_row *rows; /* is_excluded: taken */
    size_t count, capacity;
};

/* Asks the house for them. `order` are the file's rows by uid and instance. */
enum rc calendar_find_strays(const struct calendar *calendar, const size_t *order,
                             const struct calendar_lookup *lookup, int64_t now_ms,
                             struct calendar_strays *out_strays) MUST_CHECK;
void calendar_close_strays(struct calendar_strays *strays);

/* The one that is this row's, moved with its series: the same uid and day. NULL. */
struct calendar_row *calendar_take_stray(struct calendar_strays *strays,
                                         const struct calendar_row *row);

/* The file's rows by uid and instance; free() it, NULL without memory. */
size_t *calendar_order(const struct calendar *calendar);

/* The first row in that order with this uid, or the read_count. */
size_t calendar_find_uid(const struct calendar *calendar, const size_t *order, const char *uid);

/*
 * Numbers the shifts of `after` as those of `before`, whose others stay in it, as gone unless the
 * file `is_cut`. False where there are too many then.
 */
bool calendar_match_shifts(const struct occasion *before, struct occasion *after, bool is_cut);

#endif
