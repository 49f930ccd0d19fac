/* Keys as text: base 32 without letters that look alike, in groups, with a check. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "firmware/base/hash.h"
#include "firmware/base/seal.h"

#define CHECK_BYTES 3
#define TEXT_KEY_BYTES (SEAL_KEY_BYTES + CHECK_BYTES)
#define DIGITS (TEXT_KEY_BYTES * 8 / 5)
#define GROUP 8

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
static const char public_prefix[] = "perron-public-", secret_prefix[] = "perron-secret-";

_Static_assert(TEXT_KEY_BYTES * 8 % 5 == 0 && DIGITS % GROUP == 0, "nothing is left over");
_Static_assert(sizeof public_prefix == sizeof secret_prefix, "both halves are as long");
_Static_assert(sizeof public_prefix + DIGITS + DIGITS / GROUP - 1 <= SEAL_TEXT_BYTES, "it fits");

/* Over the prefix too: one half is never taken for the other. */
static void make_check(const char *prefix, const uint8_t *key, uint8_t *out_check)
{
    uint8_t hash[HASH_BYTES];
    struct hash_part parts[] = {{prefix, strlen(prefix)}, {key, SEAL_KEY_BYTES}};
    hash_parts(NULL, parts, 2, hash, sizeof hash);
    memcpy(out_check, hash, CHECK_BYTES);
}

static void write_key(const char *prefix, const uint8_t *key, char *out_text)
{
    uint8_t bytes[TEXT_KEY_BYTES];
    memcpy(bytes, key, SEAL_KEY_BYTES);
    make_check(prefix, key, bytes + SEAL_KEY_BYTES);
    char *at = out_text + sprintf(out_text, "%s", prefix);
    for (size_t i = 0; i < DIGITS; i++) {
        unsigned digit = 0;
        for (size_t bit = 5 * i; bit < 5 * i + 5; bit++)
            digit = digit << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
        if (i && i % GROUP == 0)
            *at++ = '-';
        *at++ = digits[digit];
    }
    *at = 0;
    hash_forget(bytes, sizeof bytes);
}

void seal_write_public(const struct seal_public *key, char out_text[SEAL_TEXT_BYTES])
{
    write_key(public_prefix, key->bytes, out_text);
}

void seal_write_secret(const struct seal_secret *key, char out_text[SEAL_TEXT_BYTES])
{
    write_key(secret_prefix, key->bytes, out_text);
}

/* -1 for what is none. */
static int read_digit(char letter)
{
    letter = (char)tolower((unsigned char)letter);
    letter = letter == 'o' ? '0' : letter == 'i' || letter == 'l' ? '1' : letter;
    const char *at = letter ? strchr(digits, letter) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Is what follows the prefix a key with its check? */
static bool read_bytes(const char *prefix, const char *text, uint8_t *out_bytes)
{
    uint8_t check[CHECK_BYTES];
    size_t count = 0;
    memset(out_bytes, 0, TEXT_KEY_BYTES);
    for (; *text; text++) {
        if (isspace((unsigned char)*text) || *text == '-')
            continue;
        int digit = read_digit(*text);
        if (digit < 0 || count == DIGITS)
            return false;
        for (size_t bit = 0; bit < 5; bit++)
            if (digit >> (4 - bit) & 1)
                out_bytes[(5 * count + bit) / 8] |= (uint8_t)(0x80 >> (5 * count + bit) % 8);
        count++;
    }
    make_check(prefix, out_bytes, check);
    return count == DIGITS && memcmp(check, out_bytes + SEAL_KEY_BYTES, CHECK_BYTES) == 0;
}

static bool begins(const char *text, const char *prefix)
{
    return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static enum rc read_key(const char *prefix, const char *text, uint8_t *out_key,
                        struct reason *out_reason)
{
    uint8_t bytes[TEXT_KEY_BYTES];
    while (isspace((unsigned char)*text))
        text++;
    if (!begins(text, prefix)) {
        reason_set(out_reason, SAID("this is no key that begins with %s"), prefix);
        return RC_BAD_INPUT;
    }
    bool is_right = read_bytes(prefix, text + strlen(prefix), bytes);
    if (is_right)
        memcpy(out_key, bytes, SEAL_KEY_BYTES);
    else
        reason_set(out_reason,
                   SAID("the key that begins with %s is not whole, or a letter of it is "
                        "wrong: copy it again"),
                   prefix);
    hash_forget(bytes, sizeof bytes);
    return is_right ? RC_OK : RC_BAD_INPUT;
}

enum rc seal_read_public(const char *text, struct seal_public *out_key, struct reason *out_reason)
{
    if (begins(text + strspn(text, " \t\r\n"), secret_prefix)) {
        reason_set(out_reason,
                   SAID("this is the secret half of a key: it stays with whoever opens what "
                        "is sealed. Give the public half, which `perron keys show` prints"));
        return RC_BAD_INPUT;
    }
    return read_key(public_prefix, text, out_key->bytes, out_reason);
}

enum rc seal_read_secret(const char *text, struct seal_secret *out_key, struct reason *out_reason)
{
    if (begins(text + strspn(text, " \t\r\n"), public_prefix)) {
        reason_set(out_reason, "this is the public half of a key, which only seals. To open, give "
                               "the file that `perron keys make` made");
        return RC_BAD_INPUT;
    }
    return read_key(secret_prefix, text, out_key->bytes, out_reason);
}
