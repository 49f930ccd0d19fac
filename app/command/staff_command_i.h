/*
 * staff_command_i.h - what staff.c (roles and PINs) and staff_command_list.c (who has which) share.
 * Nobody else includes it.
 */
#ifndef APP_COMMAND_STAFF_COMMAND_I_H
#define APP_COMMAND_STAFF_COMMAND_I_H

#include "app/command/command.h"

struct staff_command_asked {
    const char *data;
    const char *rest[3];
    int count;
    const char *role, *organisation, *pin_fd;
    bool is_json;
};

/* The exit code. */
int staff_command_list(const struct staff_command_asked *asked);

#endif
