/*
 * target.h - the file a command writes: whole or not at all, as a sink. One thread.
 */
#ifndef APP_COMMAND_TARGET_H
#define APP_COMMAND_TARGET_H

#include "app/exchange/outfile.h"
#include "app/exchange/sink.h"

struct target {
    struct outfile *file;
    enum rc device; /* what it said first */
    struct sink sink;
};

/* Stays where it is until target_end. A sentence comes with each failure. */
enum rc target_begin(const char *path, struct target *target, struct reason *out_reason) MUST_CHECK;

/*
 * `rc` is what the writing came to: the file gets its name where that is RC_OK, and goes otherwise.
 * Where the device refused, the sentence is about that; else the one there is stays.
 */
enum rc target_end(struct target *target, enum rc rc, struct reason *out_reason) MUST_CHECK;

#endif
