/*
 * venue_command_i.h - what venue.c (the verb, check) and venue_command_take.c share.
 */
#ifndef APP_COMMAND_VENUE_COMMAND_I_H
#define APP_COMMAND_VENUE_COMMAND_I_H

#include <stdbool.h>

#include "firmware/base/rc.h"

struct venue_command_asked {
    const char *folder; /* with perron.conf, circles.conf, welcome, or some of them */
    const char *data;
    bool is_part; /* of several: JSON says of which kind and file it is */
    bool is_dry_run, is_json;
};

/* RC_NOT_FOUND, RC_REFUSED with a sentence: it is no folder that a venue's files could be in. */
enum rc venue_command_find(const char *folder, struct reason *out_reason) MUST_CHECK;

/* Makes what is in the folder the data folder's; returns the exit code. */
int venue_command_take(const struct venue_command_asked *asked);

#endif
