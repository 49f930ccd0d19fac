/*
 * tap.h - what does this tap mean? The tap table of the product as one pure function: rows from
 * top to bottom, the first that fits wins.
 */
#ifndef APP_DOMAIN_TAP_H
#define APP_DOMAIN_TAP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/answer.h"
#include "app/domain/occasion.h"

enum tap_badge { TAP_BADGE_UNKNOWN, TAP_BADGE_WITHDRAWN, TAP_BADGE_KNOWN };

#define TAP_NEVER INT64_MAX /* as a duration: longer ago than anybody remembers */

struct tap_situation {
    enum tap_badge badge;
    bool is_claimed;       /* the scene asked for the next badge */
    bool is_disk_refusing; /* the fact could not be written */
    int64_t gap_ms;        /* since this badge was last in the field; TAP_NEVER */
    bool is_undone;        /* what the last tap of this badge did was undone, or not recorded */
    bool is_in;
    bool is_past_end; /* in, and the end of that visit's day is over */
    int64_t
        since_ms; /* t: since the last arrival or departure; TAP_NEVER if forgotten by an undo */
    enum tap_occasion occasion;
};

struct tap_row {
    const char *name;
    bool (*fits)(const struct tap_situation *situation);
    enum answer_kind answer;
    enum fact_kind fact; /* 0: none is recorded */
    int64_t shown_ms;
    int64_t undo_ms;
};

/* The rows, for documentation and tests; the last one always fits. */
extern const struct tap_row tap_rows[];
extern const int tap_row_count;

/* Never NULL. */
const struct tap_row *tap_decide(const struct tap_situation *situation);

/* The row an answer kind is shown by (durations); never NULL for a kind of the table. */
const struct tap_row *tap_row_of(enum answer_kind kind);

#endif
