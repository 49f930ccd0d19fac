/*
 * calendar_command_i.h - the inside of the verb `calendar`, shared by calendar.c (the verb),
 * calendar_command_list.c and calendar_command_add.c. Nobody else includes it.
 */
#ifndef APP_COMMAND_CALENDAR_COMMAND_I_H
#define APP_COMMAND_CALENDAR_COMMAND_I_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

struct calendar_command_asked {
    const char *data;
    const char *rest[3];
    int count;
    const char *from, *to, *day, *title, *kind, *place, *missions, *organisation, *weeks, *source;
    bool is_json, is_dry_run, skips_refused;
};

/* A sentence and where to read more; returns COMMAND_MISUSED. */
int calendar_command_misuse(const char *sentence);

/* The register's own station, whose numbers need no name in front. The zone is the venue's then. */
enum rc calendar_command_station(const struct calendar_command_asked *asked, int64_t *out_station,
                                 struct reason *out_reason);

int calendar_command_list(const struct calendar_command_asked *asked);
int calendar_command_add(const struct calendar_command_asked *asked);

#endif
