/*
 * sign.h - who says so: texts signed by the secret half of a key (Ed25519, RFC 8032, libsodium's
 * crypto_sign_detached) and checked with the public one. Any thread, after hash_init.
 */
#ifndef FIRMWARE_BASE_SIGN_H
#define FIRMWARE_BASE_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/key_text.h"
#include "firmware/base/rc.h"

#define SIGN_BYTES 64

struct sign_public {
    uint8_t bytes[KEY_TEXT_BYTES];
};

struct sign_secret {
    uint8_t bytes[KEY_TEXT_BYTES]; /* the seed of RFC 8032; hash_forget it */
};

/* A new pair. */
void sign_make_keys(struct sign_public *out_public, struct sign_secret *out_secret);
void sign_public_of(const struct sign_secret *secret, struct sign_public *out_public);

/*
 * "perron-update-public-..." and "perron-update-secret-...", as key_text has them. RC_BAD_INPUT
 * with a sentence, also for the other half of a pair.
 */
void sign_write_public(const struct sign_public *key, char out_text[KEY_TEXT_SIZE]);
void sign_write_secret(const struct sign_secret *key, char out_text[KEY_TEXT_SIZE]);
enum rc sign_read_public(const char *text, struct sign_public *out_key,
                         struct reason *out_reason) MUST_CHECK;
enum rc sign_read_secret(const char *text, struct sign_secret *out_key,
                         struct reason *out_reason) MUST_CHECK;

void sign_text(const struct sign_secret *by, const char *text, size_t length,
               uint8_t out_signature[SIGN_BYTES]);

/* RC_REFUSED: whoever has the secret half did not sign that. */
enum rc sign_check(const struct sign_public *by, const char *text, size_t length,
                   const uint8_t signature[SIGN_BYTES]) MUST_CHECK;

#endif
