/*
 * hash.h - BLAKE2b (RFC 7693), keyed or not, SHA-256 (FIPS 180-4) for what other programs check,
 * and random bytes; libsodium's home, with secret.h. Any thread, after hash_init.
 */
#ifndef FIRMWARE_BASE_HASH_H
#define FIRMWARE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define HASH_BYTES 32
#define HASH_KEY_BYTES 32

/* Once per process, before any other call here. */
enum rc hash_init(void) MUST_CHECK;

struct hash_part {
    const void *bytes;
    size_t length;
};

/*
 * BLAKE2b over the parts one after another. `key` is HASH_KEY_BYTES or NULL for none;
 * `out_length` is 16 to 32 bytes.
 */
void hash_parts(const uint8_t *key, const struct hash_part *parts, size_t count, uint8_t *out_hash,
                size_t out_length);

/* SHA-256 over any number of pieces. */
struct hash_sha256 {
    uint64_t state[13]; /* libsodium's */
};

void hash_sha256_begin(struct hash_sha256 *hash);
void hash_sha256_add(struct hash_sha256 *hash, const void *bytes, size_t length);
void hash_sha256_end(struct hash_sha256 *hash, uint8_t out_hash[HASH_BYTES]);

/* SipHash-2-4 under a key that anybody knows: finds what decayed, holds nobody back. */
uint64_t hash_quick(const void *bytes, size_t length);

void hash_random(void *out_bytes, size_t length);

/* Overwrites a secret so that no copy of it stays behind. */
void hash_forget(void *secret, size_t length);

#endif
