/*
 * file_calls.h - calls that write of the program's own, in the place of libc's, one of which fails.
 * Included by exactly one file of a program, which then has them; one thread.
 */
#ifndef TESTS_SUPPORT_FILE_CALLS_H
#define TESTS_SUPPORT_FILE_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
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

int fsync(int fd)
{
    return is_failing() ? -1 : (int)syscall(SYS_fsync, fd);
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
