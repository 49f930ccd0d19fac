/*
 * fault_disk.h - a disk in memory that knows what a power cut would leave of it.
 *
 * Each file is held twice: as it was written, and as it was synced, in sectors of 512 bytes. A cut
 * goes back to what was synced; what was not may be lost, kept, or decided sector by sector. After
 * a failed sync the sectors it should have brought to disk look written and count as clean, as on
 * Linux (Rebello et al., "Can applications recover from fsync failures?", USENIX ATC 2020): no
 * later sync brings them there, only writing them again and then syncing.
 * Not thread-safe: fault_vfs.c holds its lock around every call.
 */
#ifndef TESTS_SUPPORT_FAULT_DISK_H
#define TESTS_SUPPORT_FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/random.h"

#define FAULT_SECTOR_BYTES 512
#define FAULT_PATH_BYTES 512

/* What becomes of sectors that were written and not synced. */
enum fault_cut { FAULT_CUT_LOSES, FAULT_CUT_TEARS, FAULT_CUT_KEEPS };

struct fault_image {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
};

struct fault_file {
    char path[FAULT_PATH_BYTES];
    struct fault_image written;
    struct fault_image synced;
    uint8_t *sectors; /* of the larger image: enum in fault_disk.c */
    size_t sector_capacity;
    bool is_there;        /* as programs see it */
    bool is_there_synced; /* its name in the folder is on disk */
    struct fault_file *next;
};

/* The file, whether it is there or not; NULL when there never was one. */
struct fault_file *fault_disk_find(const char *path);

/* The file of that name, made empty where it is missing. */
struct fault_file *fault_disk_make(const char *path);

void fault_disk_delete(struct fault_file *file, bool is_synced);

/* Returns how many bytes there were. */
size_t fault_disk_read(const struct fault_file *file, uint64_t offset, void *out_bytes,
                       size_t count);
void fault_disk_write(struct fault_file *file, uint64_t offset, const void *bytes, size_t count);
void fault_disk_truncate(struct fault_file *file, size_t size);

/* As unix VFS does it for logs, the name of the file comes to disk with it. */
void fault_disk_sync(struct fault_file *file);
void fault_disk_fail_sync(struct fault_file *file);

/* The power is cut and comes back. */
void fault_disk_cut(enum fault_cut cut, struct random *random);

/* Everything as it is now is on disk. */
void fault_disk_settle(void);

/* Keeps the disk as it is (synced), to begin from again. One at a time. */
void fault_disk_save(void);
void fault_disk_restore(void);

/* Forgets all files. */
void fault_disk_clear(void);

#endif
