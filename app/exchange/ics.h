/*
 * ics.h - an iCalendar file (RFC 5545) from outside, as single events; Libical's home.
 *
 * The file is cut into its events first, each with its line, so that a broken one spoils itself
 * only and Libical never sees more than one. It neither prints nor ends the program, and no rule
 * keeps it busy for long: all that is searched for repetitions is counted. Tasks, alarms and
 * private properties are passed over. A struct ics belongs to one thread.
 */
#ifndef APP_EXCHANGE_ICS_H
#define APP_EXCHANGE_ICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define ICS_FILE_BYTES (16 << 20)
#define ICS_EVENTS 100000
#define ICS_EVENT_BYTES (1 << 20)
#define ICS_UID_BYTES 200
#define ICS_DAYS 2000000 /* searched for repetitions, in all rules of a file */
#define ICS_FIRST_YEAR 1970
#define ICS_LAST_YEAR 2100

struct ics;

/*
 * `bytes` stay the caller's and are not needed afterwards. With a sentence: RC_BAD_INPUT (no
 * calendar), RC_EMPTY (no event), RC_LIMIT, RC_NO_MEMORY. Free with ics_close.
 */
enum rc ics_open(const char *bytes, size_t length, struct ics **out_ics,
                 struct reason *out_reason) MUST_CHECK;
void ics_close(struct ics *ics);

/* Does the file end in the middle? Then what is not in it may have been cut off. */
bool ics_is_cut(const struct ics *ics);

/* Is it a letter about single events, and not a whole calendar? Then nothing else has vanished. */
bool ics_is_message(const struct ics *ics);

/* How many control characters stand for spaces now. */
size_t ics_controls(const struct ics *ics);

/* The events, in the order of the file. */
size_t ics_count(const struct ics *ics);
int ics_line(const struct ics *ics, size_t index);

/* The UID; where there is none, or it is too long, one made of what is there. */
const char *ics_uid(const struct ics *ics, size_t index);

#define ICS_NOTES 6

struct ics_times; /* when it begins and how it repeats, as Libical has it */

struct ics_event {
    int line;
    bool is_override; /* one repetition of a series, written out */
    bool is_cancelled;
    bool is_all_day;
    bool is_repeated;
    int64_t from_s, to_s; /* on the wall of its own zone */
    int64_t extra_s;      /* behind to_s, by the stop watch: the hours of a DURATION */
    int64_t from_ms, to_ms;
    int64_t instance_ms; /* of an override: which it is of the series */
    int instance_date;   /* the same day, 20261125 */
    bool has_instance_time;
    int64_t sequence;                               /* of two versions the higher one counts */
    char *title, *place, *categories, *description; /* NULL: says nothing about it */
    struct reason notes[ICS_NOTES];
    int note_count;
    struct ics_times *times;
};

/*
 * Reads one event. RC_REFUSED with a sentence where it cannot be right, RC_NO_MEMORY. Finish with
 * ics_event_finish, whatever came out.
 */
enum rc ics_read_event(struct ics *ics, size_t index, struct ics_event *out_event,
                       struct reason *out_why) MUST_CHECK;
void ics_event_finish(struct ics_event *event);

/* One time an event takes place. */
struct ics_start {
    int64_t from_ms, to_ms;
    int date;         /* on the wall it begins, 20261125 */
    bool is_excluded; /* an EXDATE says that it does not */
};

struct ics_starts {
    struct ics_start *rows; /* by time, none twice; free() it */
    size_t count;
    bool is_limited; /* there are more within the horizon */
};

/*
 * All that begin within [from_ms, to_ms): the first, those of the rules, those of RDATE; at most
 * `limit`. RC_REFUSED with a sentence for a rule that cannot be followed, RC_NO_MEMORY.
 */
enum rc ics_unroll(struct ics *ics, const struct ics_event *event, int64_t from_ms, int64_t to_ms,
                   size_t limit, struct ics_starts *out_starts, struct reason *out_why) MUST_CHECK;

#endif
