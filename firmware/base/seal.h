/*
 * seal.h - files that only one person can open: sealed to a public key as a stream.
 *
 * The house has the public half and can only seal; the secret half is the co-ordinator's and never
 * on a station. Each file has a key of its own, sealed to the public one (X25519, libsodium's
 * crypto_box_seal); the file follows as a stream in parts of SEAL_PART_BYTES (XChaCha20-Poly1305,
 * libsodium's crypto_secretstream): parts that are changed, missing, doubled or in another order
 * are found, and so is an end that was cut off. Memory stays the same for any length. Any thread,
 * after hash_init.
 */
#ifndef FIRMWARE_BASE_SEAL_H
#define FIRMWARE_BASE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define SEAL_KEY_BYTES 32
#define SEAL_TEXT_BYTES 80 /* a key as text, with its NUL */
#define SEAL_PART_BYTES 65536
#define SEAL_SUFFIX ".sealed"

struct seal_public {
    uint8_t bytes[SEAL_KEY_BYTES];
};

struct seal_secret {
    uint8_t bytes[SEAL_KEY_BYTES]; /* hash_forget it */
};

/* A new pair. */
void seal_make_keys(struct seal_public *out_public, struct seal_secret *out_secret);
void seal_public_of(const struct seal_secret *secret, struct seal_public *out_public);

/*
 * "perron-public-..." and "perron-secret-...", with a check at the end: a slip of a letter is
 * found. Reading passes over spaces. RC_BAD_INPUT with a sentence, also for the other half of a
 * pair.
 */
void seal_write_public(const struct seal_public *key, char out_text[SEAL_TEXT_BYTES]);
void seal_write_secret(const struct seal_secret *key, char out_text[SEAL_TEXT_BYTES]);
enum rc seal_read_public(const char *text, struct seal_public *out_key,
                         struct reason *out_reason) MUST_CHECK;
enum rc seal_read_secret(const char *text, struct seal_secret *out_key,
                         struct reason *out_reason) MUST_CHECK;

/* Hears what comes out, in any number of pieces. */
struct seal_out {
    void *context;
    enum rc (*write)(void *context, const char *bytes, size_t length);
};

struct seal; /* one file on its way, in or out */

/* `out` is copied; what it says instead of RC_OK ends the work. RC_BAD_INPUT: nobody can have that
 * key. Free with seal_close. */
enum rc seal_begin(const struct seal_public *to, const struct seal_out *out,
                   struct seal **out_seal) MUST_CHECK;

/*
 * Opens what seal_begin sealed. What comes out is right as far as it goes, but it is whole only
 * once seal_end says RC_OK: keep it under another name until then. Failures of seal_put and
 * seal_end: RC_REFUSED: it is sealed to another key; RC_UNSUPPORTED: it is no sealed file;
 * RC_NEWER; RC_CORRUPT: changed or cut off.
 */
enum rc seal_open(const struct seal_secret *with, const struct seal_out *out,
                  struct seal **out_seal) MUST_CHECK;

/* After the first failure every further call says the same. */
enum rc seal_put(struct seal *seal, const char *bytes, size_t length) MUST_CHECK;
enum rc seal_end(struct seal *seal) MUST_CHECK;
void seal_close(struct seal *seal); /* takes NULL */

#endif
