/*
 * parcel_i.h - the inside of a parcel, shared by parcel.c (its life), parcel_file.c (one file on
 * its way), parcel_name.c (what folders are called) and parcel_check.c (reading back). Nobody else
 * includes it.
 */
#ifndef APP_EXCHANGE_PARCEL_I_H
#define APP_EXCHANGE_PARCEL_I_H

#include "app/exchange/parcel.h"
#include "firmware/base/hash.h"

#define PARCEL_FILES_MAX 32
#define PARCEL_PART ".part"
#define PARCEL_BASE_BYTES 72  /* of a folder's name before what makes it unique, with its NUL */
#define PARCEL_FILE_BYTES 128 /* of a file's name, with its NUL */
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

/* "NAME", "NAME_2", ...; false where there is no such many. */
bool parcel_number_name(const char *base, int number, char out_name[PARCEL_NAME_BYTES]);

/* Is this the name of a part of ours: ".2026-11-26_...part"? */
bool parcel_is_part(const char *name);

/* Some file systems cannot sync a folder (EINVAL); those write it through. */
int parcel_sync_folder(int folder);

/* --- reading back --- */

struct parcel_reader {
    char *buffer; /* as parcel_make_buffer makes it */
    void *context;
    enum rc (*tell)(void *context, size_t count); /* NULL: nobody hears of what was read */
};

/* A file's bytes, from the device and not from memory; O_NOFOLLOW. */
enum rc parcel_hash_file(int folder, const char *name, const struct parcel_reader *reader,
                         uint8_t out_hash[HASH_BYTES], int64_t *out_bytes) MUST_CHECK;

#endif
