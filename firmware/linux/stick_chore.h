/*
 * stick_chore.h - what would block on a slow stick, done on a thread of its own.
 *
 * A stick that hangs holds its thread for as long as the kernel waits, so nobody joins it: it owns
 * all that it uses, and who loses patience closes the descriptor and forgets it.
 */
#ifndef FIRMWARE_LINUX_STICK_CHORE_H
#define FIRMWARE_LINUX_STICK_CHORE_H

#include <stdint.h>

#include "firmware/base/rc.h"

enum stick_chore {
    STICK_CHORE_MEASURE, /* how much room there is, which may take reading all of a FAT */
    STICK_CHORE_FLUSH,   /* what is cached is written */
};

struct stick_chore_result {
    enum rc rc;
    int64_t free_bytes; /* of STICK_CHORE_MEASURE */
};

/* Begins it for the file system at `path`, which is copied; *out_fd can be read when it is done. */
enum rc stick_chore_start(enum stick_chore chore, const char *path, int *out_fd) MUST_CHECK;

/* RC_EMPTY: it is not done yet. Never blocks. Then close the descriptor. */
enum rc stick_chore_result(int fd, struct stick_chore_result *out_result) MUST_CHECK;

#endif
