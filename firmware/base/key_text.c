#include "firmware/base/key_text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "firmware/base/hash.h"

#define CHECK_BYTES 3
#define ALL_BYTES (KEY_TEXT_BYTES + CHECK_BYTES)
#define DIGITS (ALL_BYTES * 8 / 5)
#define GROUP 8
#define PREFIX_MAX 32

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

_Static_assert(ALL_BYTES * 8 % 5 == 0 && DIGITS % GROUP == 0, "nothing is left over");
_Static_assert(PREFIX_MAX + DIGITS + DIGITS / GROUP - 1 < KEY_TEXT_SIZE, "it fits");

/* Over the prefix too: one kind is never taken for the other. */
static void make_check(const char *prefix, const uint8_t *key, uint8_t *out_check)
{
    uint8_t hash[HASH_BYTES];
    struct hash_part parts[] = {{prefix, strlen(prefix)}, {key, KEY_TEXT_BYTES}};
    hash_parts(NULL, parts, 2, hash, sizeof hash);
    memcpy(out_check, hash, CHECK_BYTES);
}

void key_text_write(const char *prefix, const uint8_t key[KEY_TEXT_BYTES],
                    char out_text[KEY_TEXT_SIZE])
{
    uint8_t bytes[ALL_BYTES];
    memcpy(bytes, key, KEY_TEXT_BYTES);
    make_check(prefix, key, bytes + KEY_TEXT_BYTES);
    char *at = out_text + sprintf(out_text, "%.*s", PREFIX_MAX, prefix);
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
    memset(out_bytes, 0, ALL_BYTES);
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
    return count == DIGITS && memcmp(check, out_bytes + KEY_TEXT_BYTES, CHECK_BYTES) == 0;
}

/* And a byte order mark, which some editors put in front. */
static const char *skip_spaces(const char *text)
{
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

bool key_text_begins(const char *text, const char *prefix)
{
    return strncasecmp(skip_spaces(text), prefix, strlen(prefix)) == 0;
}

bool key_text_read(const char *prefix, const char *text, uint8_t out_key[KEY_TEXT_BYTES])
{
    uint8_t bytes[ALL_BYTES];
    bool is_right = key_text_begins(text, prefix) &&
                    read_bytes(prefix, skip_spaces(text) + strlen(prefix), bytes);
    if (is_right)
        memcpy(out_key, bytes, KEY_TEXT_BYTES);
    hash_forget(bytes, sizeof bytes);
    return is_right;
}
