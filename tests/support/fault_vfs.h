/*
 * fault_vfs.h - SQLite on a disk in memory that fails, fills up, stalls and loses power on demand.
 *
 * Installed as SQLite's default, so the store runs on it unchanged. Locks and shared memory work
 * between the connections of this process. Counts every operation; the Nth can fail, once or from
 * then on, or be the moment of a power cut: from then on everything fails, until
 * fault_vfs_power_on shows what the cut left. Any thread, but plan faults while nothing runs.
 */
#ifndef TESTS_SUPPORT_FAULT_VFS_H
#define TESTS_SUPPORT_FAULT_VFS_H

#include "tests/support/fault_disk.h"

/* Kinds of operations, to be or-ed. */
enum fault_op {
    FAULT_READ = 1,
    FAULT_WRITE = 2, /* and truncating, deleting, growing shared memory */
    FAULT_SYNC = 4,
    FAULT_OPEN = 8,
    FAULT_ANY = 15,
};

enum fault_kind {
    FAULT_NONE,
    FAULT_ERROR,     /* input/output error of the operation's own kind */
    FAULT_FULL,      /* writes: half of it is written, then the disk is full */
    FAULT_READ_ONLY, /* writes, syncs and openings for writing */
    FAULT_CUT,       /* the power goes */
};

struct fault_plan {
    enum fault_kind kind;
    unsigned ops;    /* the operations that count */
    long nth;        /* counted from when the plan is made; 1 is the next */
    bool is_lasting; /* also all after it */
};

/* Replaces SQLite's default VFS; no connection may be open. */
void fault_vfs_install(void);
void fault_vfs_remove(void);

void fault_vfs_plan(struct fault_plan plan);

/* Has the planned fault happened? */
bool fault_vfs_has_failed(void);

/* Operations of these kinds since the last plan. */
long fault_vfs_count(unsigned ops);

/* Every sync takes `sync_ms`; the next one `stall_ms` more, once. */
void fault_vfs_delay(int sync_ms, int stall_ms);

/* After a cut, with all connections closed: the disk as the cut left it. Plans are over. */
void fault_vfs_power_on(enum fault_cut cut, struct random *random);

/*
 * The control of durability tests: connections opened from now on run with this `synchronous`
 * ("OFF", "NORMAL") whatever the program says. NULL: as the program says.
 */
void fault_vfs_force_synchronous(const char *level);

#endif
