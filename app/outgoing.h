/*
 * outgoing.h - what staff take out of a station on a USB stick: the register, a list to print, how
 * the station is, one person's own data. Carried by the porter. The register counts as taken out
 * only once it was read back and that is noted; then the stick is let go by itself, as it is after
 * somebody's own data. The loop's thread only.
 */
#ifndef APP_OUTGOING_H
#define APP_OUTGOING_H

#include "app/ui/ask.h"

struct station;

/* Begins it: ASK_EXPORT, ASK_PRINT, ASK_DIAGNOSE or ASK_OWN_DATA. NULL, or a source text on why it
 * cannot be. */
const char *outgoing_begin(struct station *station, const struct ask *ask);

/* What is under way is given up, as somebody wanted. */
void outgoing_stop(struct station *station);

#endif
