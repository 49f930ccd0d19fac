#include "firmware/base/sign.h"

#include <sodium.h>

#include "firmware/base/hash.h"

static const char public_prefix[] = "perron-update-public-";
static const char secret_prefix[] = "perron-update-secret-";

_Static_assert(KEY_TEXT_BYTES == crypto_sign_PUBLICKEYBYTES, "a public key");
_Static_assert(KEY_TEXT_BYTES == crypto_sign_SEEDBYTES, "a seed");
_Static_assert(SIGN_BYTES == crypto_sign_BYTES, "a signature");

/* Both halves, as libsodium wants the secret one. */
static void spread(const struct sign_secret *secret, uint8_t *out_public, uint8_t *out_secret)
{
    (void)crypto_sign_seed_keypair(out_public, out_secret, secret->bytes);
}

void sign_public_of(const struct sign_secret *secret, struct sign_public *out_public)
{
    uint8_t both[crypto_sign_SECRETKEYBYTES];
    spread(secret, out_public->bytes, both);
    hash_forget(both, sizeof both);
}

void sign_make_keys(struct sign_public *out_public, struct sign_secret *out_secret)
{
    hash_random(out_secret->bytes, sizeof out_secret->bytes);
    sign_public_of(out_secret, out_public);
}

/* --- as text --- */

void sign_write_public(const struct sign_public *key, char out_text[KEY_TEXT_SIZE])
{
    key_text_write(public_prefix, key->bytes, out_text);
}

void sign_write_secret(const struct sign_secret *key, char out_text[KEY_TEXT_SIZE])
{
    key_text_write(secret_prefix, key->bytes, out_text);
}

static enum rc read_key(const char *prefix, const char *text, uint8_t *out_key,
                        struct reason *out_reason)
{
    if (key_text_read(prefix, text, out_key))
        return RC_OK;
    if (key_text_begins(text, prefix))
        reason_set(out_reason,
                   "the key that begins with %s is not whole, or a letter of it is wrong: copy it "
                   "again",
                   prefix);
    else
        reason_set(out_reason, "there is no key that begins with %s", prefix);
    return RC_BAD_INPUT;
}

enum rc sign_read_public(const char *text, struct sign_public *out_key, struct reason *out_reason)
{
    if (key_text_begins(text, secret_prefix)) {
        reason_set(out_reason, "this is the secret half of a key, which signs and never goes onto "
                               "a station. Give the public half, which was printed with it");
        return RC_BAD_INPUT;
    }
    return read_key(public_prefix, text, out_key->bytes, out_reason);
}

enum rc sign_read_secret(const char *text, struct sign_secret *out_key, struct reason *out_reason)
{
    if (key_text_begins(text, public_prefix)) {
        reason_set(out_reason, "this is the public half of a key, which only checks. To sign, give "
                               "the file that `perron update keys` made");
        return RC_BAD_INPUT;
    }
    return read_key(secret_prefix, text, out_key->bytes, out_reason);
}

/* --- signing --- */

void sign_text(const struct sign_secret *by, const char *text, size_t length,
               uint8_t out_signature[SIGN_BYTES])
{
    uint8_t half[crypto_sign_PUBLICKEYBYTES], both[crypto_sign_SECRETKEYBYTES];
    spread(by, half, both);
    (void)crypto_sign_detached(out_signature, NULL, (const uint8_t *)text, length, both);
    hash_forget(both, sizeof both);
}

enum rc sign_check(const struct sign_public *by, const char *text, size_t length,
                   const uint8_t signature[SIGN_BYTES])
{
    return crypto_sign_verify_detached(signature, (const uint8_t *)text, length, by->bytes)
               ? RC_REFUSED
               : RC_OK;
}
