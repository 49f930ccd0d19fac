#include "tests/support/fault_vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 8
#define SHM_MAX 8
#define SECTOR 512

struct content {
    uint8_t *bytes;
    size_t size, room;
};

struct stored {
    char name[128]; /* "": free */
    struct content now, synced, kept;
    char kept_name[128];
    void *shm[SHM_MAX];
};

struct open_file {
    sqlite3_file base;
    struct stored *stored;
    bool is_deleted_on_close;
};

static struct {
    struct stored files[FILES_MAX];
    long operations, cut_at, fail_at;
    int fail_with;
    bool is_lasting, has_failed, is_cut, ignores_syncs;
} disk;

/* --- contents
 * ------------------------------------------------------------------------------------- */

static void resize(struct content *content, size_t size)
{
    if (size > content->room) {
        size_t room = content->room ? content->room : 4096;
        while (room < size)
            room *= 2;
        content->bytes = realloc(content->bytes, room);
        content->room = room;
    }
    if (size > content->size)
        memset(content->bytes + content->size, 0, size - content->size);
    content->size = size;
}

static void copy(struct content *to, const struct content *from)
{
    resize(to, from->size);
    if (from->size)
        memcpy(to->bytes, from->bytes, from->size);
}

static void drop_shm(struct stored *stored)
{
    for (int i = 0; i < SHM_MAX; i++) {
        free(stored->shm[i]);
        stored->shm[i] = NULL;
    }
}

static struct stored *find(const char *name)
{
    for (int i = 0; name && i < FILES_MAX; i++)
        if (strcmp(disk.files[i].name, name) == 0)
            return &disk.files[i];
    return NULL;
}

/* --- what goes wrong
 * --------------------------------------------------------------------------------- */

/* Counts an operation; SQLITE_OK or what it fails with. */
static int operate(int when_cut)
{
    long n = ++disk.operations;
    if (disk.cut_at && n >= disk.cut_at)
        disk.is_cut = true;
    if (disk.is_cut)
        return when_cut;
    if (disk.fail_at && (n == disk.fail_at || (disk.is_lasting && n > disk.fail_at))) {
        disk.has_failed = true;
        return disk.fail_with == SQLITE_IOERR ? when_cut : disk.fail_with;
    }
    return SQLITE_OK;
}

/* --- one file
 * ------------------------------------------------------------------------------------------- */

static int file_close(sqlite3_file *file)
{
    struct open_file *open = (struct open_file *)file;
    if (open->is_deleted_on_close)
        open->stored->name[0] = 0;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
    const struct content *now = &((struct open_file *)file)->stored->now;
    int rc = operate(SQLITE_IOERR_READ);
    if (rc == SQLITE_FULL || rc == SQLITE_READONLY)
        rc = SQLITE_OK; /* reading takes no room */
    if (rc)
        return rc;
    size_t from = (size_t)offset, length = (size_t)amount;
    size_t there = from < now->size ? now->size - from : 0;
    if (there > length)
        there = length;
    if (there)
        memcpy(out, now->bytes + from, there);
    memset((uint8_t *)out + there, 0, length - there);
    return there < length ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int file_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
    struct content *now = &((struct open_file *)file)->stored->now;
    size_t end = (size_t)offset + (size_t)amount;
    int rc = operate(SQLITE_IOERR_WRITE);
    if (rc)
        return rc;
    if (end > now->size)
        resize(now, end);
    memcpy(now->bytes + offset, bytes, (size_t)amount);
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int rc = operate(SQLITE_IOERR_TRUNCATE);
    if (!rc)
        resize(&((struct open_file *)file)->stored->now, (size_t)size);
    return rc;
}

static int file_sync(sqlite3_file *file, int flags)
{
    struct stored *stored = ((struct open_file *)file)->stored;
    int rc = operate(SQLITE_IOERR_FSYNC);
    (void)flags;
    if (!rc && !disk.ignores_syncs)
        copy(&stored->synced, &stored->now);
    return rc;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out_size)
{
    *out_size = (sqlite3_int64)((struct open_file *)file)->stored->now.size;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int file_check(sqlite3_file *file, int *out_is_reserved)
{
    (void)file;
    *out_is_reserved = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    (void)file;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file)
{
    (void)file;
    return SECTOR;
}

static int file_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static int shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    struct stored *stored = ((struct open_file *)file)->stored;
    *out = NULL;
    if (region >= SHM_MAX)
        return SQLITE_IOERR_SHMMAP;
    if (!stored->shm[region] && extend)
        stored->shm[region] = calloc(1, (size_t)size);
    *out = stored->shm[region];
    return SQLITE_OK;
}

static int shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    (void)file;
    (void)offset;
    (void)count;
    (void)flags;
    return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *file)
{
    (void)file;
}

static int shm_unmap(sqlite3_file *file, int is_deleted)
{
    if (is_deleted)
        drop_shm(((struct open_file *)file)->stored);
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
    .xUnlock = file_lock,
    .xCheckReservedLock = file_check,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* --- the file system
 * --------------------------------------------------------------------------------------- */

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                    int *out_flags)
{
    struct open_file *open = (struct open_file *)file;
    const char *known = name ? name : "(temporary)";
    (void)vfs;
    open->base.pMethods = NULL;
    int rc = operate(SQLITE_CANTOPEN);
    if (rc)
        return SQLITE_CANTOPEN;
    struct stored *stored = find(known);
    if (!stored && !(flags & SQLITE_OPEN_CREATE))
        return SQLITE_CANTOPEN;
    if (!stored) {
        stored = find("");
        if (!stored || strlen(known) >= sizeof stored->name)
            return SQLITE_CANTOPEN;
        strcpy(stored->name, known);
        stored->now.size = stored->synced.size = 0;
    }
    open->base.pMethods = &methods;
    open->stored = stored;
    open->is_deleted_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    if (out_flags)
        *out_flags = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int syncs)
{
    struct stored *stored = find(name);
    (void)vfs;
    (void)syncs;
    int rc = operate(SQLITE_IOERR_DELETE);
    if (rc)
        return rc;
    if (!stored)
        return SQLITE_IOERR_DELETE_NOENT;
    drop_shm(stored);
    stored->name[0] = 0;
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out_is)
{
    (void)vfs;
    (void)flags;
    *out_is = find(name) != NULL;
    return SQLITE_OK;
}

static int vfs_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

void fault_vfs_install(void)
{
    static sqlite3_vfs vfs;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    vfs = *real;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(struct open_file);
    vfs.mxPathname = 127;
    vfs.zName = "fault";
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    vfs.xFullPathname = vfs_path;
    sqlite3_vfs_register(&vfs, 1);
}

/* --- power
 * ----------------------------------------------------------------------------------------------------
 */

static void calm_down(void)
{
    disk.operations = disk.cut_at = disk.fail_at = 0;
    disk.is_cut = disk.has_failed = false;
    for (int i = 0; i < FILES_MAX; i++)
        drop_shm(&disk.files[i]);
}

void fault_vfs_clear(void)
{
    for (int i = 0; i < FILES_MAX; i++)
        disk.files[i].name[0] = 0;
    calm_down();
}

void fault_vfs_remember(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        strcpy(disk.files[i].kept_name, disk.files[i].name);
        copy(&disk.files[i].kept, &disk.files[i].now);
    }
}

void fault_vfs_recall(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        strcpy(disk.files[i].name, disk.files[i].kept_name);
        copy(&disk.files[i].now, &disk.files[i].kept);
        copy(&disk.files[i].synced, &disk.files[i].kept);
    }
    calm_down();
}

/* After the cut a sector holds what was synced, or what was written, or a torn mix of them. */
static void settle(struct stored *stored, enum fault_vfs_cut cut, struct random *random)
{
    struct content after = {.bytes = NULL};
    size_t longest =
        stored->now.size > stored->synced.size ? stored->now.size : stored->synced.size;
    copy(&after, cut == FAULT_VFS_KEEP ? &stored->now : &stored->synced);
    for (size_t at = 0; cut == FAULT_VFS_TEAR && at < longest; at += SECTOR) {
        if (random_below(random, 2))
            continue;
        size_t length = at < stored->now.size ? stored->now.size - at : 0;
        if (length > SECTOR)
            length = SECTOR;
        if (length && at + length > after.size)
            resize(&after, at + length);
        if (length)
            memcpy(after.bytes + at, stored->now.bytes + at, length);
    }
    copy(&stored->now, &after);
    copy(&stored->synced, &after);
    free(after.bytes);
}

void fault_vfs_power_on(enum fault_vfs_cut cut, struct random *random)
{
    for (int i = 0; i < FILES_MAX; i++)
        if (disk.files[i].name[0])
            settle(&disk.files[i], cut, random);
    calm_down();
}

long fault_vfs_operations(void)
{
    return disk.operations;
}

void fault_vfs_cut_at(long operation)
{
    disk.cut_at = operation;
}

bool fault_vfs_is_cut(void)
{
    return disk.is_cut;
}

void fault_vfs_fail_at(long operation, int sqlite_result, bool is_lasting)
{
    disk.fail_at = operation;
    disk.fail_with = sqlite_result;
    disk.is_lasting = is_lasting;
    disk.has_failed = false;
}

bool fault_vfs_has_failed(void)
{
    return disk.has_failed;
}

void fault_vfs_ignore_syncs(bool is_ignoring)
{
    disk.ignores_syncs = is_ignoring;
}
