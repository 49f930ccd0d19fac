/*
 * calendar_command_i.h - the inside of the verb `calendar`, shared by calendar.c (the verb),
 * calendar_command_list.c and calendar_command_add.c. Nobody else includes it.
 */
#ifndef APP_COMMAND_CALENDAR_COMMAND_I_H
#define APP_COMMAND_CALENDAR_COMMAND_I_H

#include <stdbool.h>

struct calendar_command_asked {
    const char *data;
    const char *rest[3];
    int count;
    const char *from, *to, *day, *title, *kind, *place, *missions, *organisation, *weeks, *source;
    bool is_json, is_dry_run, skips_refused;
};

/* A sentence and where to read more; returns COMMAND_MISUSED. */
int calendar_command_misuse(const char *sentence);

int calendar_command_list(const struct calendar_command_asked *asked);
int calendar_command_add(const struct calendar_command_asked *asked);

#endif
