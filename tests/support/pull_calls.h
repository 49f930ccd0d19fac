/*
 * pull_calls.h - file calls of the program's own, in the place of libc's: pull.h. Included by
 * exactly one file of a program, which then has them all.
 */
#ifndef TESTS_SUPPORT_PULL_CALLS_H
#define TESTS_SUPPORT_PULL_CALLS_H

#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "tests/support/pull_i.h"

static mode_t pull_mode(int flags, va_list arguments)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = pull_mode(flags, arguments);
    va_end(arguments);
    return pull_open(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = pull_mode(flags, arguments);
    va_end(arguments);
    return pull_open(folder, path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    return pull_write(fd, bytes, length, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return pull_write(fd, bytes, length, at);
}

ssize_t read(int fd, void *bytes, size_t length)
{
    return pull_read(fd, bytes, length, -1);
}

ssize_t pread(int fd, void *bytes, size_t length, off_t at)
{
    return pull_read(fd, bytes, length, at);
}

int fsync(int fd)
{
    return pull_sync(fd, "fsync");
}

int fdatasync(int fd)
{
    return pull_sync(fd, "fdatasync");
}

int syncfs(int fd)
{
    return pull_sync(fd, "syncfs");
}

int ftruncate(int fd, off_t length)
{
    return pull_truncate(fd, length);
}

int rename(const char *from, const char *to)
{
    return pull_rename(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return pull_rename(from_folder, from, to_folder, to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return pull_rename(from_folder, from, to_folder, to, flags);
}

int mkdir(const char *path, mode_t mode)
{
    return pull_mkdir(AT_FDCWD, path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    return pull_mkdir(folder, path, mode);
}

int unlink(const char *path)
{
    return pull_unlink(AT_FDCWD, path, 0);
}

int unlinkat(int folder, const char *path, int flags)
{
    return pull_unlink(folder, path, flags);
}

int rmdir(const char *path)
{
    return pull_unlink(AT_FDCWD, path, AT_REMOVEDIR);
}

int stat(const char *path, struct stat *out_status)
{
    return pull_stat(AT_FDCWD, path, out_status, 0);
}

int lstat(const char *path, struct stat *out_status)
{
    return pull_stat(AT_FDCWD, path, out_status, AT_SYMLINK_NOFOLLOW);
}

int fstatat(int folder, const char *path, struct stat *out_status, int flags)
{
    return pull_stat(folder, path, out_status, flags);
}

int fstat(int fd, struct stat *out_status)
{
    return pull_fstat(fd, out_status);
}

int statvfs(const char *path, struct statvfs *out_space)
{
    return pull_statvfs(path, out_space);
}

int fstatvfs(int fd, struct statvfs *out_space)
{
    return pull_fstatvfs(fd, out_space);
}

DIR *opendir(const char *path)
{
    return pull_opendir(path);
}

ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t length,
                        unsigned flags)
{
    return pull_copy(from, from_at, to, to_at, length, flags);
}

#endif
