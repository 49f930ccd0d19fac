/*
 * alone.h - a register for writing, where no station runs: this command holds the lock itself.
 */
#ifndef APP_COMMAND_ALONE_H
#define APP_COMMAND_ALONE_H

#include "app/store/folder.h"

struct alone {
    struct folder *folder;
    struct journal *journal;
    struct clock_reading now;
};

/* Makes a register where there is none. Close with alone_close. */
enum rc alone_open(const char *data, struct alone *out_alone, struct reason *out_reason) MUST_CHECK;

/* For what makes no sense in an empty register: none is made. */
enum rc alone_open_existing(const char *data, struct alone *out_alone,
                            struct reason *out_reason) MUST_CHECK;

void alone_close(struct alone *alone);

#endif
