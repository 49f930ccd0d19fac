/*
 * secret.h - short secrets that people know by heart (PINs, personal codes), as they may be kept.
 *
 * Argon2id (RFC 9106) with 19 MiB and two passes makes each guess slow; keyed BLAKE2b over it makes
 * guessing useless without the venue's key: six letters or digits are few, so a stolen register
 * alone must not be enough to try them all. One call takes tens of milliseconds and
 * SECRET_MEMORY_BYTES of memory while it runs: never call it on a thread that somebody waits for.
 * What held the secret is wiped. Any thread, after hash_init.
 */
#ifndef FIRMWARE_BASE_SECRET_H
#define FIRMWARE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* OWASP's least: 19 MiB, two passes, one lane. */
#define SECRET_MEMORY_BYTES (19u << 20)
#define SECRET_PASSES 2

#define SECRET_TEXT_MAX 63      /* bytes of a secret, without its NUL */
#define SECRET_SEALED_BYTES 112 /* of a sealed text, with its NUL */

/*
 * Seals with a new salt: another text every time, "1:SALT:HASH". `key` is the venue's,
 * HASH_KEY_BYTES. RC_LIMIT for a longer secret; RC_NO_MEMORY.
 */
enum rc secret_seal(const uint8_t *key, const char *secret, char *out_sealed) MUST_CHECK;

/*
 * Is this the secret that was sealed by secret_seal? A `sealed` of NULL is nobody's: the answer is
 * no and takes as long. RC_NEWER or RC_CORRUPT for a text that secret_seal of today did not make;
 * RC_NO_MEMORY says nothing about the secret.
 */
enum rc secret_fits(const uint8_t *key, const char *secret, const char *sealed,
                    bool *out_is_right) MUST_CHECK;

/*
 * Seals with a salt made from the venue's key, "1=HASH": equal secrets give equal texts, so what
 * must be found by the secret alone is found by comparing.
 */
enum rc secret_seal_alike(const uint8_t *key, const char *secret, char *out_sealed) MUST_CHECK;

/* Is it a text as secret_seal, or secret_seal_alike, of today writes it? Says nothing of the key.
 */
bool secret_is_sealed(const char *text);
bool secret_is_sealed_alike(const char *text);

#endif
