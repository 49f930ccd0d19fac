#include "firmware/base/secret.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/hex.h"

#define SALT_BYTES crypto_pwhash_SALTBYTES
#define SALT_DIGITS (2 * SALT_BYTES)
#define HASH_DIGITS (2 * HASH_BYTES)

/* The digit is the version of all that stands here: passes, memory, and what goes in. */
#define OWN_SALT "1:"
#define SAME_SALT "1="
#define PREFIX_LENGTH 2

static const uint8_t no_salt[SALT_BYTES];

static enum rc stretch(const uint8_t *key, const char *secret, const uint8_t *salt,
                       uint8_t *out_hash)
{
    uint8_t slow[HASH_BYTES];
    size_t length = strlen(secret);
    if (length > SECRET_TEXT_MAX)
        return RC_LIMIT;
    errno = 0;
    if (crypto_pwhash(slow, sizeof slow, secret, length, salt, SECRET_PASSES, SECRET_MEMORY_BYTES,
                      crypto_pwhash_ALG_ARGON2ID13))
        return errno == EINVAL ? RC_UNSUPPORTED : RC_NO_MEMORY;
    struct hash_part parts[] = {{salt, SALT_BYTES}, {slow, sizeof slow}};
    hash_parts(key, parts, 2, out_hash, HASH_BYTES);
    hash_forget(slow, sizeof slow);
    return RC_OK;
}

enum rc secret_seal(const uint8_t *key, const char *secret, char *out_sealed)
{
    uint8_t salt[SALT_BYTES], hash[HASH_BYTES];
    char salt_text[SALT_DIGITS + 1], hash_text[HASH_DIGITS + 1];
    hash_random(salt, sizeof salt);
    enum rc rc = stretch(key, secret, salt, hash);
    if (rc)
        return rc;
    hex_encode(salt, sizeof salt, salt_text);
    hex_encode(hash, sizeof hash, hash_text);
    snprintf(out_sealed, SECRET_SEALED_BYTES, OWN_SALT "%s:%s", salt_text, hash_text);
    return RC_OK;
}

static enum rc take_apart(const char *sealed, uint8_t *out_salt, uint8_t *out_hash)
{
    size_t count;
    if (sealed[0] > OWN_SALT[0] && sealed[0] <= '9' && sealed[1] == OWN_SALT[1])
        return RC_NEWER;
    if (strlen(sealed) != PREFIX_LENGTH + SALT_DIGITS + 1 + HASH_DIGITS ||
        strncmp(sealed, OWN_SALT, PREFIX_LENGTH) != 0)
        return RC_CORRUPT;
    const char *salt = sealed + PREFIX_LENGTH, *hash = salt + SALT_DIGITS + 1;
    bool is_whole = hash[-1] == ':' &&
                    !hex_decode(salt, SALT_DIGITS, SALT_BYTES, out_salt, &count) &&
                    !hex_decode(hash, HASH_DIGITS, HASH_BYTES, out_hash, &count);
    return is_whole ? RC_OK : RC_CORRUPT;
}

enum rc secret_fits(const uint8_t *key, const char *secret, const char *sealed, bool *out_is_right)
{
    uint8_t salt[SALT_BYTES], kept[HASH_BYTES], hash[HASH_BYTES];
    enum rc rc = sealed ? take_apart(sealed, salt, kept) : RC_OK;
    if (!rc)
        rc = stretch(key, secret, sealed ? salt : no_salt, hash);
    if (rc)
        return rc;
    *out_is_right = sealed && sodium_memcmp(hash, kept, sizeof hash) == 0;
    return RC_OK;
}

enum rc secret_seal_alike(const uint8_t *key, const char *secret, char *out_sealed)
{
    static const char what[] = "the salt of personal codes";
    uint8_t salt[SALT_BYTES], hash[HASH_BYTES];
    char text[HASH_DIGITS + 1];
    struct hash_part part = {what, sizeof what - 1};
    hash_parts(key, &part, 1, salt, sizeof salt);
    enum rc rc = stretch(key, secret, salt, hash);
    hash_forget(salt, sizeof salt);
    if (rc)
        return rc;
    hex_encode(hash, sizeof hash, text);
    snprintf(out_sealed, SECRET_SEALED_BYTES, SAME_SALT "%s", text);
    return RC_OK;
}

bool secret_is_sealed(const char *text)
{
    uint8_t salt[SALT_BYTES], hash[HASH_BYTES];
    return take_apart(text, salt, hash) == RC_OK;
}

bool secret_is_sealed_alike(const char *text)
{
    uint8_t hash[HASH_BYTES];
    size_t count;
    return strlen(text) == PREFIX_LENGTH + HASH_DIGITS &&
           strncmp(text, SAME_SALT, PREFIX_LENGTH) == 0 &&
           !hex_decode(text + PREFIX_LENGTH, HASH_DIGITS, HASH_BYTES, hash, &count);
}
