/* Keys as text. */
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/key_text.h"
#include "firmware/base/seal.h"

static const char public_prefix[] = "perron-public-", secret_prefix[] = "perron-secret-";

_Static_assert(SEAL_KEY_BYTES == KEY_TEXT_BYTES, "a key is as long as its text says");

static void write_key(const char *prefix, const uint8_t *key, char *out_text)
{
    char text[KEY_TEXT_SIZE];
    key_text_write(prefix, key, text);
    memcpy(out_text, text, SEAL_TEXT_BYTES);
    out_text[SEAL_TEXT_BYTES - 1] = 0;
    hash_forget(text, sizeof text);
}

void seal_write_public(const struct seal_public *key, char out_text[SEAL_TEXT_BYTES])
{
    write_key(public_prefix, key->bytes, out_text);
}

void seal_write_secret(const struct seal_secret *key, char out_text[SEAL_TEXT_BYTES])
{
    write_key(secret_prefix, key->bytes, out_text);
}

static enum rc read_key(const char *prefix, const char *text, uint8_t *out_key,
                        struct reason *out_reason)
{
    if (!key_text_begins(text, prefix)) {
        reason_set(out_reason, SAID("this is no key that begins with %s"), prefix);
        return RC_BAD_INPUT;
    }
    if (key_text_read(prefix, text, out_key))
        return RC_OK;
    reason_set(out_reason,
               SAID("the key that begins with %s is not whole, or a letter of it is "
                    "wrong: copy it again"),
               prefix);
    return RC_BAD_INPUT;
}

enum rc seal_read_public(const char *text, struct seal_public *out_key, struct reason *out_reason)
{
    if (key_text_begins(text, secret_prefix)) {
        reason_set(out_reason,
                   SAID("this is the secret half of a key: it stays with whoever opens what "
                        "is sealed. Give the public half, which `perron keys show` prints"));
        return RC_BAD_INPUT;
    }
    return read_key(public_prefix, text, out_key->bytes, out_reason);
}

enum rc seal_read_secret(const char *text, struct seal_secret *out_key, struct reason *out_reason)
{
    if (key_text_begins(text, public_prefix)) {
        reason_set(out_reason, "this is the public half of a key, which only seals. To open, give "
                               "the file that `perron keys make` made");
        return RC_BAD_INPUT;
    }
    return read_key(secret_prefix, text, out_key->bytes, out_reason);
}
