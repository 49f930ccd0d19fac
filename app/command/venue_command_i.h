/*
 * venue_command_i.h - what venue.c (the verb, check) and venue_command_take.c share.
 */
#ifndef APP_COMMAND_VENUE_COMMAND_I_H
#define APP_COMMAND_VENUE_COMMAND_I_H

#include <stdbool.h>

struct venue_command_asked {
    const char *folder; /* with perron.conf, circles.conf, welcome, or some of them */
    const char *data;
    bool is_dry_run, is_json;
};

/* Makes what is in the folder the data folder's; returns the exit code. */
int venue_command_take(const struct venue_command_asked *asked);

#endif
