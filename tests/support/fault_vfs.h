/*
 * fault_vfs.h - a disk in memory on which the power can be cut and every operation can fail.
 *
 * An SQLite VFS. What was written but not synced is lost, kept or torn by 512-byte sectors when the
 * power is cut; names of files are durable at once (directory entries are outside the model). One
 * thread, one process.
 */
#ifndef TESTS_SUPPORT_FAULT_VFS_H
#define TESTS_SUPPORT_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/support/random.h"

enum fault_vfs_cut { FAULT_VFS_LOSE, FAULT_VFS_TEAR, FAULT_VFS_KEEP, FAULT_VFS_CUTS };

/* Registers the VFS as SQLite's default. */
void fault_vfs_install(void);

/* Forgets all files; or goes back to what was remembered with fault_vfs_remember. */
void fault_vfs_clear(void);
void fault_vfs_remember(void);
void fault_vfs_recall(void);

/* Reads, writes, syncs, truncations and openings since the last recall or clear. */
long fault_vfs_operations(void);

/* From the nth operation on the power is off: everything fails until fault_vfs_power_on. */
void fault_vfs_cut_at(long operation);
bool fault_vfs_is_cut(void);
void fault_vfs_power_on(enum fault_vfs_cut cut, struct random *random);

/* The nth operation fails with an SQLite result; all after it too, if `is_lasting`. 0: none. */
void fault_vfs_fail_at(long operation, int sqlite_result, bool is_lasting);
bool fault_vfs_has_failed(void);

/* Syncs say they are done and are not. */
void fault_vfs_ignore_syncs(bool is_ignoring);

#endif
