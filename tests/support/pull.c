#include "tests/support/pull.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/pull_i.h"

enum call { LOOKS, CHANGES_NAMES, WRITES, SYNCS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    char folder[PATH_MAX]; /* "": nothing is watched */
    struct random random;
    enum pull_fault fault;
    int64_t at;
    int64_t bytes, calls, syncs;
    bool has_struck, is_out;
} stick;

void *pull_real(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    assert(function);
    return function;
}

const char *pull_fault_name(enum pull_fault fault)
{
    static const char *const names[PULL_FAULT_COUNT] = {
        [PULL_NEVER] = "never",
        [PULL_AT_BYTE] = "pulled at a byte",
        [PULL_AT_CALL] = "pulled at a call",
        [PULL_FULL] = "full",
        [PULL_READ_ONLY] = "read-only",
        [PULL_ERROR] = "error at a call",
        [PULL_SYNC_FAILS] = "sync fails",
        [PULL_LIES] = "lies",
    };
    return names[fault];
}

/* --- what lies on the stick --- */

static bool is_below(const char *path)
{
    size_t length = strlen(stick.folder);
    return length && strncmp(path, stick.folder, length) == 0 &&
           (path[length] == '/' || !path[length]);
}

static bool is_fd_on_it(int fd)
{
    char link[40], path[PATH_MAX];
    if (!stick.folder[0] || fd < 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return is_below(path);
}

static bool is_path_on_it(int folder, const char *path)
{
    char here[PATH_MAX];
    if (!stick.folder[0])
        return false;
    if (path[0] == '/')
        return is_below(path);
    if (folder != AT_FDCWD)
        return is_fd_on_it(folder);
    return getcwd(here, sizeof here) && is_below(here);
}

/* --- does this call fail? Under the lock; 0 or an errno. --- */

static int strike(int error)
{
    stick.has_struck = true;
    return error;
}

static int judge(enum call call)
{
    stick.calls++;
    stick.syncs += call == SYNCS;
    if (stick.fault == PULL_AT_CALL && stick.calls >= stick.at)
        stick.is_out = true;
    if (stick.is_out)
        return strike(random_below(&stick.random, 2) ? EIO : ENODEV);
    if (stick.fault == PULL_READ_ONLY && stick.calls >= stick.at && call != LOOKS && call != SYNCS)
        return strike(EROFS);
    if (stick.fault == PULL_ERROR && stick.calls == stick.at)
        return strike(EIO);
    if (stick.fault == PULL_SYNC_FAILS && call == SYNCS && stick.syncs >= stick.at)
        return strike(EIO);
    if (stick.fault == PULL_FULL && call == CHANGES_NAMES && stick.bytes >= stick.at)
        return strike(ENOSPC);
    return 0;
}

/* For calls that only need a yes or no. */
static int ask(bool is_on_it, enum call call)
{
    pthread_mutex_lock(&lock);
    int error = is_on_it ? judge(call) : 0;
    pthread_mutex_unlock(&lock);
    errno = error ? error : errno;
    return error ? -1 : 0;
}

/* --- bytes --- */

static ssize_t write_for_real(int fd, const void *bytes, size_t length, off_t at)
{
    return at < 0 ? PULL_REAL(write)(fd, bytes, length) : PULL_REAL(pwrite)(fd, bytes, length, at);
}

/* One bit of the byte whose turn it is comes out wrong. */
static ssize_t write_a_lie(int fd, const void *bytes, size_t length, off_t at)
{
    uint8_t *copy = malloc(length);
    assert(copy);
    memcpy(copy, bytes, length);
    copy[stick.at - stick.bytes] ^= (uint8_t)(1u << random_below(&stick.random, 8));
    strike(0);
    ssize_t written = write_for_real(fd, copy, length, at);
    free(copy);
    return written;
}

/* As much as there is room for; an errno where there is none. */
static ssize_t write_some(int fd, const void *bytes, size_t length, off_t at, int *out_error)
{
    bool ends = stick.fault == PULL_AT_BYTE || stick.fault == PULL_FULL;
    int64_t room =
        ends && stick.at < stick.bytes + (int64_t)length ? stick.at - stick.bytes : (int64_t)length;
    *out_error = 0;
    if (room < (int64_t)length && stick.fault == PULL_AT_BYTE) {
        stick.is_out = true;
        *out_error = strike(EIO);
    } else if (room <= 0 && length) {
        *out_error = strike(ENOSPC);
    }
    if (room <= 0 && length)
        return -1;
    pull_lost_write(fd);
    bool is_lie = stick.fault == PULL_LIES && stick.bytes <= stick.at &&
                  stick.at < stick.bytes + (int64_t)length;
    ssize_t written =
        is_lie ? write_a_lie(fd, bytes, length, at) : write_for_real(fd, bytes, (size_t)room, at);
    stick.bytes += written > 0 ? written : 0;
    return written;
}

ssize_t pull_write(int fd, const void *bytes, size_t length, off_t at)
{
    if (!is_fd_on_it(fd))
        return write_for_real(fd, bytes, length, at);
    pthread_mutex_lock(&lock);
    int error = judge(WRITES);
    ssize_t written = error ? -1 : write_some(fd, bytes, length, at, &error);
    pthread_mutex_unlock(&lock);
    if (!error)
        return written;
    errno = error;
    return -1;
}

ssize_t pull_read(int fd, void *bytes, size_t length, off_t at)
{
    if (ask(is_fd_on_it(fd), LOOKS))
        return -1;
    return at < 0 ? PULL_REAL(read)(fd, bytes, length) : PULL_REAL(pread)(fd, bytes, length, at);
}

/* In pieces, by the calls above. */
ssize_t pull_copy(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags)
{
    char bytes[4096];
    if (!is_fd_on_it(from) && !is_fd_on_it(to))
        return PULL_REAL(copy_file_range)(from, from_at, to, to_at, length, flags);
    ssize_t count = pull_read(from, bytes, length < sizeof bytes ? length : sizeof bytes,
                              from_at ? *from_at : -1);
    if (count > 0)
        count = pull_write(to, bytes, (size_t)count, to_at ? *to_at : -1);
    if (count > 0 && from_at)
        *from_at += count;
    if (count > 0 && to_at)
        *to_at += count;
    return count;
}

int pull_truncate(int fd, off_t length)
{
    bool is_on_it = is_fd_on_it(fd);
    if (ask(is_on_it, WRITES))
        return -1;
    pthread_mutex_lock(&lock);
    if (is_on_it)
        pull_lost_write(fd);
    pthread_mutex_unlock(&lock);
    return PULL_REAL(ftruncate)(fd, length);
}

int pull_sync(int fd, const char *name)
{
    bool is_on_it = is_fd_on_it(fd);
    if (ask(is_on_it, SYNCS))
        return -1;
    pthread_mutex_lock(&lock);
    if (is_on_it)
        pull_lost_synced(strcmp(name, "syncfs") == 0 ? -1 : fd);
    pthread_mutex_unlock(&lock);
    return ((int (*)(int))pull_real(name))(fd);
}

/* --- names --- */

static bool is_there(int folder, const char *path)
{
    struct stat status;
    return PULL_REAL(fstatat)(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

int pull_open(int folder, const char *path, int flags, mode_t mode)
{
    bool is_on_it = is_path_on_it(folder, path), makes = false;
    if (is_on_it && flags & (O_CREAT | O_TRUNC))
        makes = !is_there(folder, path);
    if (ask(is_on_it, makes ? CHANGES_NAMES : flags & O_ACCMODE ? WRITES : LOOKS))
        return -1;
    int fd = PULL_REAL(openat)(folder, path, flags & ~O_TRUNC, mode);
    if (fd < 0 || !is_on_it)
        return fd >= 0 && flags & O_TRUNC && PULL_REAL(ftruncate)(fd, 0) ? -1 : fd;
    pthread_mutex_lock(&lock);
    if (makes && flags & O_CREAT)
        pull_lost_made(folder, path);
    if (flags & O_TRUNC) {
        pull_lost_write(fd);
        (void)!PULL_REAL(ftruncate)(fd, 0);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

int pull_mkdir(int folder, const char *path, mode_t mode)
{
    bool is_on_it = is_path_on_it(folder, path);
    if (ask(is_on_it, CHANGES_NAMES))
        return -1;
    int failed = PULL_REAL(mkdirat)(folder, path, mode);
    pthread_mutex_lock(&lock);
    if (!failed && is_on_it)
        pull_lost_made(folder, path);
    pthread_mutex_unlock(&lock);
    return failed;
}

int pull_rename(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    bool is_on_it = is_path_on_it(from_folder, from) || is_path_on_it(to_folder, to);
    if (ask(is_on_it, CHANGES_NAMES))
        return -1;
    pthread_mutex_lock(&lock);
    if (is_on_it && !flags && is_there(to_folder, to))
        pull_lost_remove(to_folder, to);
    int failed = PULL_REAL(renameat2)(from_folder, from, to_folder, to, flags);
    if (!failed && is_on_it)
        pull_lost_renamed(from_folder, from, to_folder, to);
    pthread_mutex_unlock(&lock);
    return failed;
}

int pull_unlink(int folder, const char *path, int flags)
{
    bool is_on_it = is_path_on_it(folder, path);
    if (ask(is_on_it, CHANGES_NAMES))
        return -1;
    pthread_mutex_lock(&lock);
    if (is_on_it)
        pull_lost_remove(folder, path);
    pthread_mutex_unlock(&lock);
    return PULL_REAL(unlinkat)(folder, path, flags);
}

/* --- looks --- */

int pull_stat(int folder, const char *path, struct stat *out_status, int flags)
{
    bool is_on_it = path[0] ? is_path_on_it(folder, path) : is_fd_on_it(folder);
    return ask(is_on_it, LOOKS) ? -1 : PULL_REAL(fstatat)(folder, path, out_status, flags);
}

int pull_fstat(int fd, struct stat *out_status)
{
    return ask(is_fd_on_it(fd), LOOKS) ? -1 : PULL_REAL(fstat)(fd, out_status);
}

int pull_statvfs(const char *path, struct statvfs *out_space)
{
    return ask(is_path_on_it(AT_FDCWD, path), LOOKS) ? -1 : PULL_REAL(statvfs)(path, out_space);
}

int pull_fstatvfs(int fd, struct statvfs *out_space)
{
    return ask(is_fd_on_it(fd), LOOKS) ? -1 : PULL_REAL(fstatvfs)(fd, out_space);
}

DIR *pull_opendir(const char *path)
{
    return ask(is_path_on_it(AT_FDCWD, path), LOOKS) ? NULL : PULL_REAL(opendir)(path);
}

/* --- what the test does with it --- */

void pull_plan(enum pull_fault fault, int64_t at)
{
    pthread_mutex_lock(&lock);
    stick.fault = fault;
    stick.at = at;
    stick.bytes = stick.calls = stick.syncs = 0;
    stick.has_struck = stick.is_out = false;
    pthread_mutex_unlock(&lock);
}

bool pull_begin(const char *folder, uint64_t seed)
{
    if (folder[0] != '/' || strlen(folder) >= sizeof stick.folder || !pull_lost_begin(folder))
        return false;
    pull_plan(PULL_NEVER, 0);
    random_init(&stick.random, seed);
    strcpy(stick.folder, folder);
    return true;
}

bool pull_has_struck(void)
{
    return stick.has_struck;
}

int64_t pull_bytes(void)
{
    return stick.bytes;
}

int64_t pull_calls(void)
{
    return stick.calls;
}

int64_t pull_syncs(void)
{
    return stick.syncs;
}

void pull_plug_in(void)
{
    pthread_mutex_lock(&lock);
    pull_lost_lose(&stick.random);
    pthread_mutex_unlock(&lock);
    pull_plan(PULL_NEVER, 0);
}

void pull_end(void)
{
    stick.folder[0] = 0;
    pull_lost_end();
}
