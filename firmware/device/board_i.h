/*
 * board_i.h - what board.c (its keys), board_parts.c (where its parts are) and board_check.c (what
 * makes no sense together) share: one board while it is read.
 */
#ifndef FIRMWARE_DEVICE_BOARD_I_H
#define FIRMWARE_DEVICE_BOARD_I_H

#include <limits.h>

#include "firmware/base/settings.h"
#include "firmware/device/board.h"

#define BOARD_ROWS_MAX 20

/* Where a key was read. */
struct board_origin {
    char file[80]; /* "pins/lamps.conf"; "": nowhere */
    int line;
    bool is_part;
};

struct board_reading {
    const char *path;
    const char *name; /* of the file, without its folders */
    const char *shelf;
    struct board board;
    const struct settings_row *rows;
    int count;
    struct board_origin origins[BOARD_ROWS_MAX];
    int parts_line;
    struct reason *reason;
};

/*
 * The file of a part, in PATH_MAX. RC_BAD_INPUT with a sentence that names file and line of who
 * names it.
 */
enum rc board_find_part(const struct board_reading *reading, const char *part,
                        char *out_path) MUST_CHECK;

/* All of it is read: what is missing, and what makes no sense together. */
enum rc board_check(const struct board_reading *reading) MUST_CHECK;

#endif
