#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tests/support/real.h"

#include "tests/support/fault_vfs_i.h"

static struct fault_handle *handles;

static int file_close(sqlite3_file *base)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    struct fault_handle **at = &handles;
    while (*at != handle)
        at = &(*at)->next;
    *at = handle->next;
    fault_shm_leave(&handle->shm);
    if (handle->is_deleted_on_close)
        fault_disk_delete(handle->file, true);
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *out_bytes, int count, sqlite3_int64 offset)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    int code = fault_vfs_code(fault_vfs_judge(FAULT_READ), SQLITE_IOERR_READ);
    if (!code) {
        size_t got = fault_disk_read(handle->file, (uint64_t)offset, out_bytes, (size_t)count);
        if (got < (size_t)count) {
            memset((char *)out_bytes + got, 0, (size_t)count - got);
            code = SQLITE_IOERR_SHORT_READ;
        }
    }
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int file_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    bool was_dead = fault_vfs_is_dead();
    enum fault_kind kind = fault_vfs_judge(FAULT_WRITE);
    size_t done = (size_t)count;
    if (kind == FAULT_FULL || kind == FAULT_ERROR)
        done /= 2;
    if (kind == FAULT_READ_ONLY || was_dead)
        done = 0;
    fault_disk_write(handle->file, (uint64_t)offset, bytes, done);
    pthread_mutex_unlock(&fault_vfs_lock);
    return fault_vfs_code(kind, SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    int code = fault_vfs_code(fault_vfs_judge(FAULT_WRITE), SQLITE_IOERR_TRUNCATE);
    if (!code)
        fault_disk_truncate(handle->file, (size_t)size);
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    (void)flags;
    pthread_mutex_lock(&fault_vfs_lock);
    int pause_ms = fault_vfs_next_delay_ms();
    pthread_mutex_unlock(&fault_vfs_lock);
    if (pause_ms)
        real_pause_ms(pause_ms);
    pthread_mutex_lock(&fault_vfs_lock);
    bool was_dead = fault_vfs_is_dead();
    enum fault_kind kind = fault_vfs_judge(FAULT_SYNC);
    if (kind == FAULT_NONE)
        fault_disk_sync(handle->file);
    else if (kind != FAULT_CUT && !was_dead)
        fault_disk_fail_sync(handle->file);
    pthread_mutex_unlock(&fault_vfs_lock);
    return fault_vfs_code(kind, SQLITE_IOERR_FSYNC);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *out_size)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    *out_size = (sqlite3_int64)handle->file->written.size;
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

/* The highest lock that another connection has on the same file. */
static int others_lock(const struct fault_handle *handle)
{
    int highest = SQLITE_LOCK_NONE;
    for (const struct fault_handle *other = handles; other; other = other->next)
        if (other != handle && other->file == handle->file && other->lock > highest)
            highest = other->lock;
    return highest;
}

static int file_lock(sqlite3_file *base, int level)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    int others = others_lock(handle);
    int limit = level == SQLITE_LOCK_SHARED     ? SQLITE_LOCK_RESERVED
                : level == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_SHARED
                                                : SQLITE_LOCK_NONE;
    int code = handle->lock < level && others > limit ? SQLITE_BUSY : SQLITE_OK;
    if (!code && handle->lock < level)
        handle->lock = level;
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int file_unlock(sqlite3_file *base, int level)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    if (handle->lock > level)
        handle->lock = level;
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

static int file_check_reserved(sqlite3_file *base, int *out_is_reserved)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    *out_is_reserved =
        handle->lock >= SQLITE_LOCK_RESERVED || others_lock(handle) >= SQLITE_LOCK_RESERVED;
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

/* The program's own word on `synchronous` is passed over while another one is forced. */
static int file_control(sqlite3_file *base, int op, void *argument)
{
    (void)base;
    if (op == SQLITE_FCNTL_PRAGMA && fault_vfs_is_forcing_synchronous()) {
        char **words = argument;
        if (strcasecmp(words[1], "synchronous") == 0 && words[2])
            return SQLITE_OK;
    }
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *base)
{
    (void)base;
    return 4096; /* what the unix VFS says too */
}

static int file_characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as the unix VFS */
}

static int file_shm_map(sqlite3_file *base, int region, int size, int is_extending,
                        void volatile **out_memory)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    int code = SQLITE_OK;
    if (is_extending && !fault_shm_has(handle->file->path, region))
        code = fault_vfs_judge(FAULT_WRITE) ? SQLITE_IOERR_SHMSIZE : SQLITE_OK;
    *out_memory = NULL;
    if (!code)
        code = fault_shm_map(&handle->shm, handle->file->path, region, (size_t)size, is_extending,
                             out_memory);
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static int file_shm_lock(sqlite3_file *base, int first, int count, int flags)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    pthread_mutex_lock(&fault_vfs_lock);
    int code = fault_shm_lock(&handle->shm, first, count, flags);
    pthread_mutex_unlock(&fault_vfs_lock);
    return code;
}

static void file_shm_barrier(sqlite3_file *base)
{
    (void)base;
    pthread_mutex_lock(&fault_vfs_lock);
    pthread_mutex_unlock(&fault_vfs_lock);
}

static int file_shm_unmap(sqlite3_file *base, int is_deleting)
{
    struct fault_handle *handle = (struct fault_handle *)base;
    (void)is_deleting;
    pthread_mutex_lock(&fault_vfs_lock);
    fault_shm_leave(&handle->shm);
    pthread_mutex_unlock(&fault_vfs_lock);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

void fault_file_begin(struct fault_handle *handle, struct fault_file *file, int flags)
{
    handle->file = file;
    handle->is_deleted_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->base.pMethods = &methods;
    handle->next = handles;
    handles = handle;
}

bool fault_file_is_any_open(void)
{
    return handles != NULL;
}
