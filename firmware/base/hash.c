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
