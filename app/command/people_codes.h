/*
 * people_codes.h - `perron people codes`: personal codes for everybody, once on paper.
 */
#ifndef APP_COMMAND_PEOPLE_CODES_H
#define APP_COMMAND_PEOPLE_CODES_H

#include <stdbool.h>

/* Codes for everybody who has none, or with `replaces` for all, into `path`. Returns the exit code.
 */
int people_codes(const char *data, const char *path, bool replaces, bool is_json);

#endif
