#include "firmware/base/seal.h"

#include <assert.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hash.h"

/*
 *   "perron sealed 1\n"   what it is, and its version
 *   8 bytes               which public key, to tell another key from damage
 *   80 bytes              the file's own key, sealed to the public one
 *   24 bytes              the stream's beginning
 *   parts                 SEAL_PART_BYTES each but the last, and 17 bytes more
 *
 * What stands before the stream is sealed in with every part.
 */
#define MAGIC "perron sealed 1\n"
#define MAGIC_BYTES (sizeof MAGIC - 1)
#define VERSION_AT (MAGIC_BYTES - 2)
#define NAME_BYTES 8
#define BOX_BYTES (crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES)
#define ABOUT_BYTES (MAGIC_BYTES + NAME_BYTES + BOX_BYTES)
#define HEAD_BYTES (ABOUT_BYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES)
#define MORE_BYTES crypto_secretstream_xchacha20poly1305_ABYTES
#define SEALED_BYTES (SEAL_PART_BYTES + MORE_BYTES)

_Static_assert(crypto_box_PUBLICKEYBYTES == SEAL_KEY_BYTES, "of libsodium");
_Static_assert(crypto_box_SECRETKEYBYTES == SEAL_KEY_BYTES, "of libsodium");

struct seal {
    struct seal_out out;
    bool is_opening, is_ended;
    bool has_head;           /* it was written, or read */
    struct seal_secret with; /* to open */
    enum rc failure;         /* the first one */
    crypto_secretstream_xchacha20poly1305_state stream;
    uint8_t head[HEAD_BYTES];
    size_t used;
    uint8_t part[SEALED_BYTES]; /* what waits; of the head while there is none */
    uint8_t work[SEALED_BYTES];
};

/* --- keys --- */

void seal_make_keys(struct seal_public *out_public, struct seal_secret *out_secret)
{
    crypto_box_keypair(out_public->bytes, out_secret->bytes);
}

void seal_public_of(const struct seal_secret *secret, struct seal_public *out_public)
{
    (void)!crypto_scalarmult_base(out_public->bytes, secret->bytes);
}

/* --- sealing --- */

static void name_key(const struct seal_public *key, uint8_t *out_name)
{
    uint8_t hash[HASH_BYTES];
    struct hash_part part = {key->bytes, sizeof key->bytes};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    memcpy(out_name, hash, NAME_BYTES);
}

static enum rc fail(struct seal *seal, enum rc rc)
{
    if (!seal->failure)
        seal->failure = rc;
    return seal->failure;
}

static enum rc give(struct seal *seal, const uint8_t *bytes, size_t length)
{
    enum rc rc = length ? seal->out.write(seal->out.context, (const char *)bytes, length) : RC_OK;
    return rc ? fail(seal, rc) : RC_OK;
}

static enum rc write_head(struct seal *seal, const struct seal_public *to)
{
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    uint8_t *at = seal->head;
    memcpy(at, MAGIC, MAGIC_BYTES);
    name_key(to, at + MAGIC_BYTES);
    crypto_secretstream_xchacha20poly1305_keygen(key);
    /* Fails for the few keys that are nobody's. */
    enum rc rc = crypto_box_seal(at + MAGIC_BYTES + NAME_BYTES, key, sizeof key, to->bytes)
                     ? RC_BAD_INPUT
                     : RC_OK;
    crypto_secretstream_xchacha20poly1305_init_push(&seal->stream, at + ABOUT_BYTES, key);
    hash_forget(key, sizeof key);
    seal->has_head = !rc;
    return rc ? rc : give(seal, seal->head, HEAD_BYTES);
}

static enum rc seal_part(struct seal *seal, uint8_t tag)
{
    unsigned long long length;
    crypto_secretstream_xchacha20poly1305_push(&seal->stream, seal->work, &length, seal->part,
                                               seal->used, seal->head, ABOUT_BYTES, tag);
    seal->used = 0;
    return give(seal, seal->work, (size_t)length);
}

static struct seal *make(const struct seal_out *out)
{
    struct seal *seal = calloc(1, sizeof *seal);
    if (seal)
        seal->out = *out;
    return seal;
}

enum rc seal_begin(const struct seal_public *to, const struct seal_out *out, struct seal **out_seal)
{
    struct seal *seal = make(out);
    if (!seal)
        return RC_NO_MEMORY;
    enum rc rc = write_head(seal, to);
    if (rc)
        seal_close(seal);
    else
        *out_seal = seal;
    return rc;
}

/* --- opening --- */

enum rc seal_open(const struct seal_secret *with, const struct seal_out *out,
                  struct seal **out_seal)
{
    struct seal *seal = make(out);
    if (!seal)
        return RC_NO_MEMORY;
    seal->is_opening = true;
    seal->with = *with;
    *out_seal = seal;
    return RC_OK;
}

/* What so much of a file's beginning comes to, by its first bytes alone. */
static enum rc judge_magic(const uint8_t *bytes, size_t length)
{
    size_t count = length < VERSION_AT ? length : VERSION_AT;
    if (memcmp(bytes, MAGIC, count) != 0)
        return RC_UNSUPPORTED;
    if (length < MAGIC_BYTES)
        return RC_CORRUPT;
    if (bytes[MAGIC_BYTES - 1] != '\n')
        return RC_UNSUPPORTED;
    if (bytes[VERSION_AT] > MAGIC[VERSION_AT] && bytes[VERSION_AT] <= '9')
        return RC_NEWER;
    return bytes[VERSION_AT] == MAGIC[VERSION_AT] ? RC_OK : RC_UNSUPPORTED;
}

static enum rc open_head(struct seal *seal)
{
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES], name[NAME_BYTES];
    struct seal_public own;
    const uint8_t *at = seal->head;
    memcpy(seal->head, seal->part, HEAD_BYTES);
    enum rc rc = judge_magic(at, MAGIC_BYTES);
    if (rc)
        return rc;
    seal_public_of(&seal->with, &own);
    name_key(&own, name);
    if (crypto_box_seal_open(key, at + MAGIC_BYTES + NAME_BYTES, BOX_BYTES, own.bytes,
                             seal->with.bytes))
        return memcmp(name, at + MAGIC_BYTES, NAME_BYTES) == 0 ? RC_CORRUPT : RC_REFUSED;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&seal->stream, at + ABOUT_BYTES, key))
        rc = RC_CORRUPT;
    hash_forget(key, sizeof key);
    seal->has_head = !rc;
    return rc;
}

static enum rc open_part(struct seal *seal, uint8_t expected_tag)
{
    unsigned long long length;
    uint8_t tag;
    if (crypto_secretstream_xchacha20poly1305_pull(&seal->stream, seal->work, &length, &tag,
                                                   seal->part, seal->used, seal->head,
                                                   ABOUT_BYTES) ||
        tag != expected_tag)
        return RC_CORRUPT;
    seal->used = 0;
    return give(seal, seal->work, (size_t)length);
}

/* --- both ways: a part goes once it is known not to be the last --- */

static size_t part_bytes(const struct seal *seal)
{
    if (!seal->has_head)
        return HEAD_BYTES;
    return seal->is_opening ? SEALED_BYTES : SEAL_PART_BYTES;
}

static enum rc take_part(struct seal *seal)
{
    enum rc rc;
    if (!seal->has_head) {
        rc = open_head(seal);
        seal->used = 0;
    } else if (seal->is_opening) {
        rc = open_part(seal, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    } else {
        rc = seal_part(seal, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    }
    return rc ? fail(seal, rc) : RC_OK;
}

enum rc seal_put(struct seal *seal, const char *bytes, size_t length)
{
    assert(!seal->is_ended);
    while (length && !seal->failure) {
        size_t room = part_bytes(seal) - seal->used;
        size_t count = length < room ? length : room;
        if (!room) {
            (void)!take_part(seal);
            continue;
        }
        memcpy(seal->part + seal->used, bytes, count);
        seal->used += count;
        bytes += count;
        length -= count;
    }
    return seal->failure;
}

static enum rc end_opening(struct seal *seal)
{
    if (!seal->has_head && seal->used == HEAD_BYTES) {
        enum rc rc = take_part(seal);
        return rc ? rc : RC_CORRUPT;
    }
    if (!seal->has_head) {
        enum rc rc = judge_magic(seal->part, seal->used);
        return rc ? rc : RC_CORRUPT;
    }
    return open_part(seal, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

enum rc seal_end(struct seal *seal)
{
    assert(!seal->is_ended);
    enum rc rc = seal->failure;
    if (!rc && seal->is_opening)
        rc = end_opening(seal);
    else if (!rc)
        rc = seal_part(seal, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    seal->is_ended = true;
    return rc ? fail(seal, rc) : RC_OK;
}

void seal_close(struct seal *seal)
{
    if (!seal)
        return;
    hash_forget(seal, sizeof *seal);
    free(seal);
}
