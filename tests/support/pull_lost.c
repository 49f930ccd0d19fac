/* What was not brought to the device yet, and how it was before. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "tests/support/pull_i.h"

#define FILES_MAX 64
#define CHANGES_MAX 256
#define SECTOR 512

/* A file that was changed, and what the device has of it. */
struct lost_file {
    dev_t device;
    ino_t number;
    int fd;
    uint8_t *synced;
    size_t synced_size;
};

enum change_kind { MADE, RENAMED, REMOVED, REMOVED_FOLDER };

/* A name that was changed. Folders are descriptors, which follow them wherever they go. */
struct change {
    enum change_kind kind;
    int folder, from_folder; /* `from_folder`: of RENAMED, else -1 */
    char name[NAME_MAX + 1], from[NAME_MAX + 1];
    unsigned saved; /* of REMOVED, and of a folder that is lost: its name among the lost things */
    dev_t device;   /* of REMOVED_FOLDER */
    ino_t number;
};

static struct lost_file files[FILES_MAX];
static struct change changes[CHANGES_MAX];
static size_t file_count, change_count;
static char lost_path[PATH_MAX];
static int lost_folder = -1;
static unsigned saved_count;

/* --- files --- */

static void drop_file(size_t i)
{
    free(files[i].synced);
    close(files[i].fd);
    files[i] = files[--file_count];
}

static struct lost_file *find_file(const struct stat *status)
{
    for (size_t i = 0; i < file_count; i++)
        if (files[i].device == status->st_dev && files[i].number == status->st_ino)
            return &files[i];
    return NULL;
}

void pull_lost_write(int fd)
{
    struct stat status;
    char path[40];
    if (PULL_REAL(fstat)(fd, &status) || !S_ISREG(status.st_mode) || find_file(&status))
        return;
    if (file_count == FILES_MAX)
        drop_file(0);
    struct lost_file *file = &files[file_count];
    *file = (struct lost_file){.device = status.st_dev, .number = status.st_ino};
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    file->fd = PULL_REAL(openat)(AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    file->synced = malloc((size_t)status.st_size + 1);
    assert(file->fd >= 0 && file->synced);
    ssize_t got = PULL_REAL(pread)(file->fd, file->synced, (size_t)status.st_size, 0);
    file->synced_size = got > 0 ? (size_t)got : 0;
    file_count++;
}

/* Each sector is the new one, or what was there: the old one, or nothing. */
static void lose_sectors(const struct lost_file *file, struct random *random)
{
    struct stat status;
    uint8_t old[SECTOR];
    if (PULL_REAL(fstat)(file->fd, &status))
        return;
    if (random_below(random, 2) && (size_t)status.st_size != file->synced_size) {
        (void)!PULL_REAL(ftruncate)(file->fd, (off_t)file->synced_size);
        status.st_size = (off_t)file->synced_size;
    }
    for (off_t at = 0; at < status.st_size; at += SECTOR) {
        size_t length = status.st_size - at < SECTOR ? (size_t)(status.st_size - at) : SECTOR;
        if (random_below(random, 3))
            continue;
        memset(old, 0, sizeof old);
        if ((size_t)at < file->synced_size) {
            size_t known = file->synced_size - (size_t)at;
            memcpy(old, file->synced + at, known < length ? known : length);
        }
        (void)!PULL_REAL(pwrite)(file->fd, old, length, at);
    }
}

/* --- names --- */

static void drop_change(size_t i)
{
    close(changes[i].folder);
    if (changes[i].from_folder >= 0)
        close(changes[i].from_folder);
    memmove(changes + i, changes + i + 1, (--change_count - i) * sizeof changes[0]);
}

/* The folder a path leads into, and the name in it. */
static int split(int folder, const char *path, char out_name[NAME_MAX + 1])
{
    char upper[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(out_name, NAME_MAX + 1, "%s", slash ? slash + 1 : path);
    snprintf(upper, sizeof upper, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    return PULL_REAL(openat)(folder, upper, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static struct change *add_change(enum change_kind kind, int folder, const char *path)
{
    if (change_count == CHANGES_MAX)
        drop_change(0);
    struct change *change = &changes[change_count++];
    *change = (struct change){.kind = kind, .from_folder = -1};
    change->folder = split(folder, path, change->name);
    return change;
}

void pull_lost_made(int folder, const char *path)
{
    add_change(MADE, folder, path);
}

void pull_lost_renamed(int from_folder, const char *from, int to_folder, const char *to)
{
    struct change *change = add_change(RENAMED, to_folder, to);
    change->from_folder = split(from_folder, from, change->from);
}

void pull_lost_remove(int folder, const char *path)
{
    struct stat status;
    char name[16];
    if (PULL_REAL(fstatat)(folder, path, &status, AT_SYMLINK_NOFOLLOW))
        return;
    struct change *change =
        add_change(S_ISDIR(status.st_mode) ? REMOVED_FOLDER : REMOVED, folder, path);
    change->saved = ++saved_count;
    change->device = status.st_dev;
    change->number = status.st_ino;
    snprintf(name, sizeof name, "%u", change->saved);
    if (change->kind == REMOVED)
        (void)!linkat(change->folder, change->name, lost_folder, name, 0);
}

/* Whatever was brought to the device of what is in it: nothing leads there any more. */
static void lose_folder(const struct change *change)
{
    char saved[16];
    snprintf(saved, sizeof saved, "%u", ++saved_count);
    (void)!PULL_REAL(renameat2)(change->folder, change->name, lost_folder, saved, 0);
}

/* It is back as another folder: what was in the one before comes back into this one. */
static void bring_folder_back(const struct change *removed)
{
    if (PULL_REAL(mkdirat)(removed->folder, removed->name, 0700))
        return;
    int fd = PULL_REAL(openat)(removed->folder, removed->name,
                               O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    for (size_t i = 0; fd >= 0 && i < change_count; i++) {
        struct stat is;
        struct change *change = &changes[i];
        if (PULL_REAL(fstat)(change->folder, &is) == 0 && is.st_dev == removed->device &&
            is.st_ino == removed->number)
            (void)!dup3(fd, change->folder, O_CLOEXEC);
    }
    if (fd >= 0)
        close(fd);
}

static void undo(const struct change *change)
{
    char saved[16];
    snprintf(saved, sizeof saved, "%u", change->saved);
    switch (change->kind) {
    case MADE:
        if (PULL_REAL(unlinkat)(change->folder, change->name, 0) && errno != ENOENT)
            lose_folder(change);
        break;
    case RENAMED:
        (void)!PULL_REAL(renameat2)(change->folder, change->name, change->from_folder, change->from,
                                    RENAME_NOREPLACE);
        break;
    case REMOVED: (void)!linkat(lost_folder, saved, change->folder, change->name, 0); break;
    case REMOVED_FOLDER: bring_folder_back(change); break;
    }
}

/* --- all of it --- */

static bool is_folder(int fd, const struct stat *status)
{
    struct stat other;
    return PULL_REAL(fstat)(fd, &other) == 0 && other.st_dev == status->st_dev &&
           other.st_ino == status->st_ino;
}

void pull_lost_synced(int fd)
{
    struct stat status = {0};
    if (fd >= 0 && PULL_REAL(fstat)(fd, &status))
        return;
    for (size_t i = file_count; i-- > 0;)
        if (fd < 0 || (files[i].device == status.st_dev && files[i].number == status.st_ino))
            drop_file(i);
    for (size_t i = change_count; i-- > 0;)
        if (fd < 0 || is_folder(changes[i].folder, &status))
            drop_change(i);
}

void pull_lost_lose(struct random *random)
{
    for (size_t i = 0; i < file_count; i++)
        lose_sectors(&files[i], random);
    for (size_t i = change_count; i-- > 0;)
        if (random_below(random, 2))
            undo(&changes[i]);
    pull_lost_synced(-1);
}

static void remove_lost(void)
{
    char name[16];
    for (unsigned i = 1; i <= saved_count; i++) {
        snprintf(name, sizeof name, "%u", i);
        (void)!infolder_remove(lost_folder, name);
    }
    saved_count = 0;
}

bool pull_lost_begin(const char *folder)
{
    snprintf(lost_path, sizeof lost_path, "%s.lost", folder);
    if (PULL_REAL(mkdirat)(AT_FDCWD, lost_path, 0700))
        return false;
    lost_folder = PULL_REAL(openat)(AT_FDCWD, lost_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return lost_folder >= 0;
}

void pull_lost_end(void)
{
    pull_lost_synced(-1);
    remove_lost();
    close(lost_folder);
    (void)!PULL_REAL(unlinkat)(AT_FDCWD, lost_path, AT_REMOVEDIR);
}
