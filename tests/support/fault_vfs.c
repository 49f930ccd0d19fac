#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fault_vfs_i.h"

pthread_mutex_t fault_vfs_lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *real;
static struct fault_plan plan;
static long counted; /* of the plan's operations */
static long counts[FAULT_ANY + 1];
static bool has_failed, is_dead;
static int delay_ms, next_stall_ms;
static const char *forced_synchronous;

/* --- what goes wrong --- */

enum fault_kind fault_vfs_judge(enum fault_op op)
{
    counts[op]++;
    if (is_dead)
        return FAULT_ERROR;
    if (plan.kind == FAULT_NONE || !(plan.ops & op))
        return FAULT_NONE;
    counted++;
    if (counted < plan.nth || (counted > plan.nth && !plan.is_lasting))
        return FAULT_NONE;
    has_failed = true;
    is_dead = plan.kind == FAULT_CUT;
    return plan.kind;
}

bool fault_vfs_is_dead(void)
{
    return is_dead;
}

int fault_vfs_code(enum fault_kind kind, int error)
{
    switch (kind) {
    case FAULT_NONE: return SQLITE_OK;
    case FAULT_FULL: return error == SQLITE_IOERR_WRITE ? SQLITE_FULL : error;
    case FAULT_READ_ONLY: return error == SQLITE_IOERR_READ ? SQLITE_OK : SQLITE_READONLY;
    case FAULT_ERROR:
    case FAULT_CUT: return error;
    }
    return error;
}

int fault_vfs_next_delay_ms(void)
{
    int ms = delay_ms + next_stall_ms;
    next_stall_ms = 0;
    return ms;
}

bool fault_vfs_is_forcing_synchronous(void)
{
    return forced_synchronous != NULL;
}

/* --- the folder --- */

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
                    int *out_flags)
{
    static unsigned temporary;
    char name[32];
    struct fault_handle *handle = (struct fault_handle *)base;
    (void)vfs;
    memset(handle, 0, sizeof *handle);
    if (!path) {
        snprintf(name, sizeof name, "temporary-%u", temporary++);
        path = name;
    }
    pthread_mutex_lock(&fault_vfs_lock);
    struct fault_file *file = fault_disk_find(path);
    bool is_there = file && file->is_there;
    enum fault_kind kind = fault_vfs_judge(FAULT_OPEN);
    if (kind == FAULT_READ_ONLY && is_there) {
        kind = FAULT_NONE;
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    int code = kind ? SQLITE_CANTOPEN : SQLITE_OK;
    if (!code && !is_there && !(flags & SQLITE_OPEN_CREATE))
        code = SQLITE_CANTOPEN;
    if (!code) {
        fault_file_begin(handle, fault_disk_make(path), flags);
        if (out_flags)
            *out_flags = flags;
    }
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int is_synced)
{
    (void)vfs;
    pthread_mutex_lock(&fault_vfs_lock);
    struct fault_file *file = fault_disk_find(path);
    int code = fault_vfs_code(fault_vfs_judge(FAULT_WRITE), SQLITE_IOERR_DELETE);
    if (!code && (!file || !file->is_there))
        code = SQLITE_IOERR_DELETE_NOENT;
    if (!code)
        fault_disk_delete(file, is_synced != 0);
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out_is_there)
{
    (void)vfs;
    (void)flags;
    pthread_mutex_lock(&fault_vfs_lock);
    struct fault_file *file = fault_disk_find(path);
    *out_is_there = file && file->is_there;
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out_path)
{
    (void)vfs;
    snprintf(out_path, (size_t)size, "%s", path);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int count, char *out_bytes)
{
    (void)vfs;
    return real->xRandomness(real, count, out_bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return real->xSleep(real, microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *out_days)
{
    (void)vfs;
    return real->xCurrentTime(real, out_days);
}

static sqlite3_vfs own = {
    .iVersion = 1,
    .szOsFile = sizeof(struct fault_handle),
    .mxPathname = FAULT_PATH_BYTES - 1,
    .zName = "fault",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_random,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
};

/* --- from outside --- */

static int force(sqlite3 *db, char **out_error, const struct sqlite3_api_routines *api)
{
    char sql[64];
    const char *level = forced_synchronous;
    (void)out_error;
    (void)api;
    if (!level)
        return SQLITE_OK;
    forced_synchronous = NULL; /* for this one statement */
    snprintf(sql, sizeof sql, "PRAGMA synchronous=%s", level);
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    forced_synchronous = level;
    return code;
}

void fault_vfs_install(void)
{
    sqlite3_initialize();
    real = sqlite3_vfs_find(NULL);
    sqlite3_vfs_register(&own, 1);
    sqlite3_auto_extension((void (*)(void))force);
}

void fault_vfs_remove(void)
{
    sqlite3_reset_auto_extension();
    sqlite3_vfs_register(real, 1);
    sqlite3_vfs_unregister(&own);
    fault_disk_clear();
}

void fault_vfs_plan(struct fault_plan wanted)
{
    pthread_mutex_lock(&fault_vfs_lock);
    plan = wanted;
    counted = 0;
    has_failed = false;
    memset(counts, 0, sizeof counts);
    pthread_mutex_unlock(&fault_vfs_lock);
}

bool fault_vfs_has_failed(void)
{
    return has_failed;
}

long fault_vfs_count(unsigned ops)
{
    long sum = 0;
    for (unsigned op = FAULT_READ; op <= FAULT_OPEN; op <<= 1)
        if (ops & op)
            sum += counts[op];
    return sum;
}

void fault_vfs_delay(int sync_ms, int stall_ms)
{
    delay_ms = sync_ms;
    next_stall_ms = stall_ms;
}

void fault_vfs_power_on(enum fault_cut cut, struct random *random)
{
    if (fault_file_is_any_open()) {
        fputs("fault disk: a connection was left open over a power cut\n", stderr);
        abort();
    }
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    is_dead = false;
    fault_disk_cut(cut, random);
}

void fault_vfs_force_synchronous(const char *level)
{
    forced_synchronous = level;
}
