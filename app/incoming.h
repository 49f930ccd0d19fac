/*
 * incoming.h - what comes into a station from a USB stick: looked for as soon as it is open, read
 * and shown when somebody chose it, taken whole or not at all; what is refused goes back. Reading
 * is the porter's, planning and taking the writer's. The loop's thread only.
 */
#ifndef APP_INCOMING_H
#define APP_INCOMING_H

#include "app/intake.h"
#include "app/ui/ask.h"

struct station;

struct incoming {
    struct intake_list list; /* what was found */
    struct intake *intake;   /* the one that was shown, while nobody works on it; NULL: none */
    int sums[ASK_SORT_COUNT];
    bool needs_start;
};

/* Looks for lists on the stick that was just opened. */
void incoming_look(struct station *station);

/* ASK_FOUND: what was found. */
void incoming_tell_found(struct station *station, const struct ask *ask);

/* ASK_PREVIEW, ASK_TAKE_IN: NULL, or a source text on why it cannot be. */
const char *incoming_preview(struct station *station, const struct ask *ask);
const char *incoming_take(struct station *station, const struct ask *ask);

/* incoming_told.c: a preview as ASK_PREVIEW tells it. */
void incoming_write_told(const struct intake_preview *preview, enum language language,
                         struct told *out_told);

/* The stick is gone: what was read of it goes, too. */
void incoming_forget(struct station *station);

#endif
