/*
 * update_command_i.h - the inside of `perron update`, shared by update.c (keys, sign, check and the
 * verb itself) and update_command_root.c (status, and what root's units run).
 */
#ifndef APP_COMMAND_UPDATE_COMMAND_I_H
#define APP_COMMAND_UPDATE_COMMAND_I_H

#include <stdbool.h>

#include "firmware/base/rc.h"

struct update_options {
    const char *key, *data, *kept, *run, *root;
    bool is_json, stays_on;
};

int update_command_status(const struct update_options *options);
int update_command_apply(const struct update_options *options);
int update_command_settle(const struct update_options *options);
int update_command_keep(const struct update_options *options, const char *path);

#endif
