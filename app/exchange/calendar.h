/*
 * calendar.h - a calendar from outside: read, compared with the house, shown, then taken.
 *
 *     calendar_read     iCalendar or CSV becomes occasions; what cannot be right is refused
 *     calendar_plan     which are new, changed, the same, cancelled, vanished, refused?
 *     calendar_preview  the plan as lines for people, or as JSON
 *     calendar_facts    the plan as facts to append, in one transaction
 *
 * Repetitions are unrolled within a horizon. An import never takes anything away that people may
 * have promised for: an occasion that is no longer in the calendar is marked as vanished, a shift
 * as gone, and both keep their numbers. What is over stays as it was. Refused ones stay out, all
 * others are taken together or not at all.
 *
 * It knows no SQL: what is there comes through struct calendar_lookup. Local time is the venue's
 * (app/domain/day.h). A struct calendar belongs to one thread; hash_init comes before.
 */
#ifndef APP_EXCHANGE_CALENDAR_H
#define APP_EXCHANGE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/domain/occasion.h"
#include "app/exchange/refused.h"
#include "firmware/base/json.h"
#include "firmware/base/rc.h"

#define CALENDAR_FILE_BYTES (16 << 20)
#define CALENDAR_OCCASIONS 20000 /* within the horizon, in all */
#define CALENDAR_REPEATS 1000    /* within the horizon, of one series */
#define CALENDAR_SHOWN 1000      /* that are shown; of more their number */
#define CALENDAR_NOTES 1000
#define CALENDAR_DAYS_BACK 31 /* of the horizon, where nobody says otherwise */
#define CALENDAR_DAYS_AHEAD 400

enum calendar_verdict {
    CALENDAR_NEW,
    CALENDAR_CHANGED,
    CALENDAR_SAME,
    CALENDAR_CANCELLED,
    CALENDAR_VANISHED,
    CALENDAR_REFUSED,
    CALENDAR_VERDICT_COUNT,
};

/* "new", "changed", "same", "cancelled", "vanished", "refused". */
const char *calendar_verdict_name(enum calendar_verdict verdict);

enum calendar_field {
    CALENDAR_FIELD_TIME,
    CALENDAR_FIELD_TITLE,
    CALENDAR_FIELD_PLACE,
    CALENDAR_FIELD_KIND,
    CALENDAR_FIELD_STATE,
    CALENDAR_FIELD_SHIFTS,
    CALENDAR_FIELD_ORGANISATION,
    CALENDAR_FIELD_COUNT,
};

/* "time", "title", ... */
const char *calendar_field_name(enum calendar_field field);

/* An occasion as the file has it; of a vanished one, as the house has it. */
struct calendar_row {
    int line; /* of the file: its BEGIN:VEVENT, or its first row; 0: it is not in the file */
    enum occasion_kind kind;
    enum occasion_state state;
    char uid[200], instance[40], title[128], place[128];
    int64_t from_ms, to_ms; /* 0 where it is refused before that is known */
    bool is_all_day;
    struct shift *shifts;
    int shift_count;
    char *organisation_name; /* NULL: none is named */
    bool is_unreadable;      /* refused by calendar_read already: no plan can mend it */
    bool is_excluded;        /* the file says only that it falls out */
    bool is_partial;         /* of its series not all are there */

    /* Once planned. */
    enum calendar_verdict verdict;
    unsigned changed; /* 1 << CALENDAR_FIELD_... */
    struct fact_id id, organisation;
    int64_t was_from_ms, was_to_ms; /* where the time changed */
    int signed_up;                  /* of who it is to be told; 0 for new ones */
    json_t *body;                   /* of the fact that changes it; NULL */
    char *reason;                   /* why it is refused, or left as it is; NULL */
};

struct calendar;

/* Occasions that begin within it are read: [from_ms, to_ms). */
struct calendar_horizon {
    int64_t from_ms, to_ms;
};

/* From CALENDAR_DAYS_BACK to CALENDAR_DAYS_AHEAD, from midnight to midnight of the venue. */
struct calendar_horizon calendar_horizon_around(int64_t now_ms);

/*
 * Reads a calendar of `length` bytes: iCalendar (ics.h), else a table (csv.h). With a sentence:
 * RC_EMPTY (nothing in it), RC_BAD_INPUT (no calendar), RC_UNSUPPORTED (another format), RC_LIMIT,
 * RC_NO_MEMORY. Free with calendar_close.
 */
enum rc calendar_read(const char *bytes, size_t length, struct calendar_horizon horizon,
                      struct calendar **out_calendar, struct reason *out_reason) MUST_CHECK;
void calendar_close(struct calendar *calendar);

/* It is a part of a calendar, as of what was refused and then mended: nothing vanishes by it. */
void calendar_keep_others(struct calendar *calendar);

/* A table, and not iCalendar? */
bool calendar_is_table(const struct calendar *calendar);

/* The occasions, by time; vanished ones behind them. Excluded ones that nobody knows are "same". */
size_t calendar_count(const struct calendar *calendar);
const struct calendar_row *calendar_row(const struct calendar *calendar, size_t index);

/* Is there anything to say about it? Not where it is simply the same. */
bool calendar_row_is_told(const struct calendar_row *row);

/*
 * New ones of one series are told by the first of them; one for each row, to be freed with free().
 * NULL without memory.
 */
struct calendar_more {
    size_t count;    /* of later days, told with this one */
    int64_t last_ms; /* when the last of them begins */
    bool is_told;    /* with an earlier one */
};

struct calendar_more *calendar_find_more(const struct calendar *calendar);

/* The row as an occasion; its shifts are numbered as the file has them. */
void calendar_row_occasion(const struct calendar_row *row, struct occasion *out_occasion);

/* Sentences on what was assumed, each with its line. */
size_t calendar_note_count(const struct calendar *calendar);
const char *calendar_note_at(const struct calendar *calendar, size_t index);

/*
 * The house, as calendar_plan asks about it. Each returns RC_EMPTY where there is none, and
 * anything else but RC_OK ends the plan with that.
 */
struct calendar_lookup {
    void *context;
    const char *source; /* which of the house's calendars this one is, by name */
    enum rc (*known)(void *context, const char *uid, const char *instance,
                     struct occasion *out_occasion);
    /*
     * Hands every occasion that ends after from_ms and begins before to_ms to `take`; ends with the
     * first result of it that is not RC_OK.
     */
    enum rc (*each)(void *context, int64_t from_ms, int64_t to_ms,
                    enum rc (*take)(void *taker, const struct occasion *occasion), void *taker);
    enum rc (*signed_up)(void *context, struct fact_id occasion, int *out_count);
    enum rc (*organisation)(void *context, const char *name, struct fact_id *out_organisation);
};

/*
 * Decides about each row; the same file, house and time give the same plan, and it may be made
 * again when the house has changed meanwhile.
 *
 * An occasion is one of the house by its uid and instance; else, where its series was moved as a
 * whole, by its uid and its day. One that the house has cancelled stays cancelled.
 */
enum rc calendar_plan(struct calendar *calendar, const struct calendar_lookup *lookup,
                      int64_t now_ms) MUST_CHECK;

struct calendar_counts {
    size_t rows[CALENDAR_VERDICT_COUNT]; /* what is refused and not shown is in there too */
    size_t signed_up;                    /* of whom something changes */
};

struct calendar_counts calendar_count_plan(const struct calendar *calendar);

/*
 * The plan for people: a line of counts, the notes, then one line per row that is not simply the
 * same. Free *out_text with free(). RC_NO_MEMORY.
 */
enum rc calendar_preview_text(const struct calendar *calendar, char **out_text) MUST_CHECK;

/*
 * The plan for programs: {"format","new","changed","same","cancelled","vanished","refused",
 * "signed_up","notes":[],"rows":[{"line","verdict","title","kind","from_ms","to_ms","uid",
 * "instance","changes":[],"was_from_ms"?,"was_to_ms"?,"signed_up","reason"}]}. json_decref it;
 * NULL without memory.
 */
json_t *calendar_preview_json(const struct calendar *calendar);

/*
 * Writes what is refused into `folder`, to be mended and read again: of a table all rows of an
 * occasion, as BASE-refused.csv (refused.h; `bytes` is the table as calendar_read got it); of
 * iCalendar a sentence for each, as BASE-refused.txt (refused_name). *out_name is the file's.
 * RC_EMPTY: nothing is refused, and nothing written.
 */
enum rc calendar_write_refused(const struct calendar *calendar, const char *bytes, size_t length,
                               enum csv_profile profile, const char *folder, const char *base,
                               char out_name[REFUSED_NAME_BYTES],
                               struct reason *out_reason) MUST_CHECK;

/* Where the facts of an import go. */
struct calendar_journal {
    void *context;
    /*
     * Appends one fact about `subject` (none for FACT_OCCASION_ADDED, which becomes its own), of
     * `organisation`. `body` is its own to json_decref, whatever it returns; NULL where there was
     * no memory to make one, and then it returns RC_NO_MEMORY.
     */
    enum rc (*append)(void *context, enum fact_kind kind, struct fact_id subject,
                      struct fact_id organisation, json_t *body, struct fact_id *out_id);
};

/*
 * Appends what the plan comes to, row by row: FACT_OCCASION_ADDED for new ones,
 * FACT_OCCASION_CHANGED for changed, cancelled and vanished ones. Ends at the first append that
 * fails, with its result; roll back then. What people promised for a moved or cancelled occasion
 * is the caller's to restate.
 */
enum rc calendar_facts(const struct calendar *calendar,
                       const struct calendar_journal *journal) MUST_CHECK;

#endif
