/*
 * fault_vfs_i.h - what the two halves of the fault VFS share: fault_vfs.c (the folder, the plan)
 * and fault_file.c (open files). For them alone.
 */
#ifndef TESTS_SUPPORT_FAULT_VFS_I_H
#define TESTS_SUPPORT_FAULT_VFS_I_H

#include <pthread.h>
#include <sqlite3.h>

#include "tests/support/fault_shm.h"
#include "tests/support/fault_vfs.h"

/* An open file; SQLite allocates it. */
struct fault_handle {
    sqlite3_file base;
    struct fault_file *file;
    struct fault_shm_user shm;
    int lock;
    bool is_deleted_on_close;
    struct fault_handle *next;
};

/* Held around everything. */
extern pthread_mutex_t fault_vfs_lock;

/* Counts an operation and says what shall become of it. */
enum fault_kind fault_vfs_judge(enum fault_op op);
bool fault_vfs_is_dead(void);

/* SQLite's code for a fault in an operation whose own error is `error`. */
int fault_vfs_code(enum fault_kind kind, int error);

/* How long the next sync takes. */
int fault_vfs_next_delay_ms(void);

bool fault_vfs_is_forcing_synchronous(void);

/* Makes `handle` an open file; closed by SQLite through its methods. */
void fault_file_begin(struct fault_handle *handle, struct fault_file *file, int flags);
bool fault_file_is_any_open(void);

#endif
