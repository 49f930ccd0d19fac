/*
 * outgoing.h - what staff take out of a station on a USB stick: the register, a list to print, how
 * the station is. Carried by the porter; the register counts as taken out only once it was read
 * back and that is noted, and then the stick is let go by itself. The loop's thread only.
 */
#ifndef APP_OUTGOING_H
#define APP_OUTGOING_H

#include "app/ui/ask.h"

struct station;

/* Begins it: ASK_EXPORT, ASK_PRINT or ASK_DIAGNOSE. NULL, or a source text on why it cannot be. */
const char *outgoing_begin(struct station *station, const struct ask *ask);

/* What is under way is given up, as somebody wanted. */
void outgoing_stop(struct station *station);

#endif
