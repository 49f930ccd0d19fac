#include "firmware/base/hash.h"

#include <assert.h>
#include <sodium.h>

enum rc hash_init(void)
{
    return sodium_init() < 0 ? RC_UNSUPPORTED : RC_OK;
}

void hash_parts(const uint8_t *key, const struct hash_part *parts, size_t count, uint8_t *out_hash,
                size_t out_length)
{
    crypto_generichash_state state;
    assert(out_length >= crypto_generichash_BYTES_MIN && out_length <= HASH_BYTES);
    crypto_generichash_init(&state, key, key ? HASH_KEY_BYTES : 0, out_length);
    for (size_t i = 0; i < count; i++)
        crypto_generichash_update(&state, parts[i].bytes, parts[i].length);
    crypto_generichash_final(&state, out_hash, out_length);
}

static crypto_hash_sha256_state *sha256_of(struct hash_sha256 *hash)
{
    _Static_assert(sizeof hash->state >= sizeof(crypto_hash_sha256_state), "it has room");
    return (crypto_hash_sha256_state *)hash->state;
}

void hash_sha256_begin(struct hash_sha256 *hash)
{
    crypto_hash_sha256_init(sha256_of(hash));
}

void hash_sha256_add(struct hash_sha256 *hash, const void *bytes, size_t length)
{
    crypto_hash_sha256_update(sha256_of(hash), bytes, length);
}

void hash_sha256_end(struct hash_sha256 *hash, uint8_t out_hash[HASH_BYTES])
{
    crypto_hash_sha256_final(sha256_of(hash), out_hash);
}

uint64_t hash_quick(const void *bytes, size_t length)
{
    static const uint8_t key[crypto_shorthash_KEYBYTES];
    uint64_t number;
    _Static_assert(sizeof number == crypto_shorthash_BYTES, "it is the whole hash");
    crypto_shorthash((uint8_t *)&number, bytes, length, key);
    return number;
}

void hash_random(void *out_bytes, size_t length)
{
    randombytes_buf(out_bytes, length);
}

void hash_forget(void *secret, size_t length)
{
    sodium_memzero(secret, length);
}
