/*
 * people_erase.h - `perron people erase` and `perron people data`: what somebody may ask of the
 * house about themselves. `who`: see lookup_named.
 */
#ifndef APP_COMMAND_PEOPLE_ERASE_H
#define APP_COMMAND_PEOPLE_ERASE_H

#include <stdbool.h>

/* Says what would go and what would stay; with `is_sure` it goes. Returns the exit code. */
int people_erase(const char *data, const char *who, bool is_sure, bool is_json);

/* All that the register has about them, into a new file at `path`. Returns the exit code. */
int people_data(const char *data, const char *who, const char *path, bool is_json);

#endif
