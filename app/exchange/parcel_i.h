/*
 * parcel_i.h - the inside of a parcel, shared by parcel.c (its life), parcel_file.c (one file on
 * its way), parcel_folder.c (the folders in it), parcel_name.c (what may be called how),
 * parcel_check.c (reading back) and parcel_sums.c (the list of sums). Nobody else includes it.
 */
#ifndef APP_EXCHANGE_PARCEL_I_H
#define APP_EXCHANGE_PARCEL_I_H

#include "app/exchange/parcel.h"
#include "firmware/base/hash.h"

#define PARCEL_FOLDERS_MAX 16
#define PARCEL_PART ".part"
#define PARCEL_BASE_BYTES 72 /* of a folder's name before what makes it unique, with its NUL */
#define PARCEL_BUFFER_BYTES (256 << 10)

struct parcel_sum {
    char name[PARCEL_FILE_BYTES];
    uint8_t hash[HASH_BYTES];
    int64_t bytes;
};

struct parcel {
    int root; /* descriptors; -1: none */
    int folder;
    int fd; /* of the file that is open */
    char base[PARCEL_NAME_BYTES];
    char part[PARCEL_NAME_BYTES];
    bool is_sealed;
    struct seal_public key;
    struct seal *seal; /* of the file that is open; NULL: it goes as it is */
    struct parcel_watcher watcher;
    enum rc failure; /* the first one */
    bool is_stopped; /* by the watcher */
    struct parcel_sum sums[PARCEL_FILES_MAX];
    size_t count;
    char folders[PARCEL_FOLDERS_MAX][PARCEL_FILE_BYTES]; /* as they were made: upper ones first */
    size_t folder_count;
    struct hash_sha256 hash;
    size_t used;
    int64_t written, read_back;
    char *buffer; /* as parcel_make_buffer makes it */
};

/* PARCEL_BUFFER_BYTES, where devices can write to and read from without a copy; or NULL. */
char *parcel_make_buffer(void);

/* Takes note of the first failure; returns it. */
enum rc parcel_fail(struct parcel *parcel, enum rc rc);

/* Tells the watcher how far it is; what it says is a failure like others. */
enum rc parcel_watch(struct parcel *parcel);

/* Ends the file that is open as if it had never been begun. */
void parcel_drop_file(struct parcel *parcel);

/* May a file or a folder be called so, on any file system? Letters, digits, '-', '_' and '.'. */
bool parcel_is_plain(const char *name);

/* The same of a file with the folders it is in: "venue/welcome/hello.fr.txt". */
bool parcel_is_path(const char *name);

/* Would the two be one somewhere, or one a folder of the other, where capitals count for nothing?
 */
bool parcel_is_clash(const char *one, const char *other);

/* "NAME", "NAME_2", ...; false where there is no such many. */
bool parcel_number_name(const char *base, int number, char out_name[PARCEL_NAME_BYTES]);

/* Is this the name of a part of ours: ".2026-11-26_...part"? */
bool parcel_is_part(const char *name);

/* Some file systems cannot sync a folder (EINVAL); those write it through. */
int parcel_sync_folder(int folder);

/* --- folders in it --- */

/* Opens the folder that the file of that name is in, through no link; close() it. */
enum rc parcel_enter(int folder, const char *name, int *out_fd) MUST_CHECK;

/* Makes the folders that a file of that name is in, where they are not there yet. */
enum rc parcel_make_folders(struct parcel *parcel, const char *name) MUST_CHECK;

/* Brings the names in all of its folders to the device; RC_OK or what the device says. */
enum rc parcel_sync_folders(const struct parcel *parcel) MUST_CHECK;

/* Removes what a parcel may have made in this folder. Other names, what is deeper than a parcel
 * goes, and what lies on another device stay. */
void parcel_clear(int folder);

/* --- its sums --- */

#define PARCEL_LINE_BYTES (2 * HASH_BYTES + PARCEL_FILE_BYTES + 4)

/* A line of SHA256SUMS, as sha256sum writes it. */
void parcel_write_line(const char *name, const uint8_t hash[HASH_BYTES],
                       char out_line[PARCEL_LINE_BYTES]);

/* --- reading back --- */

struct parcel_reader {
    char *buffer; /* as parcel_make_buffer makes it */
    void *context;
    enum rc (*tell)(void *context, size_t count); /* NULL: nobody hears of what was read */
};

/* A file's bytes, from the device and not from memory; through no link. */
enum rc parcel_hash_file(int folder, const char *name, const struct parcel_reader *reader,
                         uint8_t out_hash[HASH_BYTES], int64_t *out_bytes) MUST_CHECK;

#endif
