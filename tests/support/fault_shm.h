/*
 * fault_shm.h - the shared memory of a write-ahead log, between the connections of one process.
 *
 * As with the unix VFS, what it holds is gone when the last connection leaves. Part of the fault
 * VFS, under its lock.
 */
#ifndef TESTS_SUPPORT_FAULT_SHM_H
#define TESTS_SUPPORT_FAULT_SHM_H

#include <stdbool.h>
#include <stddef.h>

struct fault_shm;

/* One connection's share; zeroed before the first use. */
struct fault_shm_user {
    struct fault_shm *shm;
    unsigned shared;    /* locks held, one bit each */
    unsigned exclusive; /* the same */
};

bool fault_shm_has(const char *path, int region);

/* All three give SQLite's codes, as xShmMap and xShmLock. */
int fault_shm_map(struct fault_shm_user *user, const char *path, int region, size_t size,
                  bool is_extending, void volatile **out_memory);
int fault_shm_lock(struct fault_shm_user *user, int first, int count, int flags);

void fault_shm_leave(struct fault_shm_user *user);

#endif
