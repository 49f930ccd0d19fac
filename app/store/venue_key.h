/*
 * venue_key.h - the secret that a venue's badge numbers are hashed with: in its file, and sealed on
 * its way to wherever the register may have to be restored. Any thread, after hash_init.
 */
#ifndef APP_STORE_VENUE_KEY_H
#define APP_STORE_VENUE_KEY_H

#include "firmware/base/hash.h"
#include "firmware/base/rc.h"
#include "firmware/base/seal.h"

#define VENUE_KEY_NAME "venue.key"
#define VENUE_KEY_ID_BYTES 8

struct venue_key { /* hash_forget it */
    uint8_t bytes[HASH_KEY_BYTES];
    char id[2 * VENUE_KEY_ID_BYTES + 1]; /* names it beside each hash */
};

void venue_key_make(struct venue_key *out_key);

/* From its file in an open folder. RC_NOT_FOUND; RC_CORRUPT: no key of ours stands there. */
enum rc venue_key_read(int folder_fd, struct venue_key *out_key) MUST_CHECK;

/* On disk, and its name in the folder on disk too, before anybody hashes with it. */
enum rc venue_key_write(int folder_fd, const struct venue_key *key) MUST_CHECK;

/* A small sealed file with the key, its id and what the venue is called. */
enum rc venue_key_seal(const struct venue_key *key, const char *venue, const struct seal_public *to,
                       const struct seal_out *out) MUST_CHECK;

/* What came out of such a file. RC_CORRUPT: it is none. */
enum rc venue_key_parse(const char *text, size_t length, struct venue_key *out_key) MUST_CHECK;

#endif
