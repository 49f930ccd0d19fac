/*
 * file_calls.h - calls that write of the program's own, in the place of libc's, one of which fails.
 * Included by exactly one file of a program, which then has them; one thread.
 */
#ifndef TESTS_SUPPORT_FILE_CALLS_H
#define TESTS_SUPPORT_FILE_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long fails_at; /* counts down; 0: nothing fails */
static int fails_with;
static bool fails_for_ever; /* the stick is gone: all later calls fail too */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0)
        return false;
    if (fails_at > 1) {
        fails_at--;
        return false;
    }
    fails_at = fails_for_ever ? 1 : 0;
    has_failed = true;
    errno = fails_with;
    return true;
}

/* The declarations of the C library carry attributes that differ between its versions. */
ssize_t write(int fd, const void *bytes, size_t length)
{
    return is_failing() ? -1 : syscall(SYS_write, fd, bytes, length);
}

/* Which files and folders were brought to the device, in turn, as far as there is room. */
static ino_t synced[64];
static size_t synced_count;

int fsync(int fd)
{
    struct stat status;
    if (is_failing())
        return -1;
    if (synced_count < sizeof synced / sizeof synced[0] && fstat(fd, &status) == 0)
        synced[synced_count++] = status.st_ino;
    return (int)syscall(SYS_fsync, fd);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return is_failing() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

int unlinkat(int folder, const char *name, int flags)
{
    return is_failing() ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

#endif
