/*
 * pull_i.h - what pull.c (which calls fail) and pull_lost.c (what was not brought to the device)
 * share, and the calls that stand in the place of libc's. For them and pull_calls.h alone.
 */
#ifndef TESTS_SUPPORT_PULL_I_H
#define TESTS_SUPPORT_PULL_I_H

#include <dirent.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include "tests/support/random.h"

/* The function of libc, or of a sanitizer, that a call of ours stands before. */
#define PULL_REAL(name) ((__typeof__(&name))pull_real(#name))
void *pull_real(const char *name);

int pull_open(int folder, const char *path, int flags, mode_t mode);
ssize_t pull_write(int fd, const void *bytes, size_t length, off_t at); /* -1: where it stands */
ssize_t pull_read(int fd, void *bytes, size_t length, off_t at);
int pull_sync(int fd, const char *name); /* of fsync, fdatasync or syncfs */
int pull_truncate(int fd, off_t length);
int pull_rename(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);
int pull_mkdir(int folder, const char *path, mode_t mode);
int pull_unlink(int folder, const char *path, int flags);
int pull_stat(int folder, const char *path, struct stat *out_status, int flags);
int pull_fstat(int fd, struct stat *out_status);
int pull_statvfs(const char *path, struct statvfs *out_space);
int pull_fstatvfs(int fd, struct statvfs *out_space);
DIR *pull_opendir(const char *path);
ssize_t pull_copy(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags);

/* --- pull_lost.c; under the lock --- */

/* False: there is no room for what is removed. */
bool pull_lost_begin(const char *folder);
void pull_lost_end(void);

/* A file is about to be changed. */
void pull_lost_write(int fd);
/* A name was made; was given to something else; is about to be removed. */
void pull_lost_made(int folder, const char *path);
void pull_lost_renamed(int from_folder, const char *from, int to_folder, const char *to);
void pull_lost_remove(int folder, const char *path);
/* A file, a folder, or (below 0) everything is on the device. */
void pull_lost_synced(int fd);
/* By chance. */
void pull_lost_lose(struct random *random);

#endif
