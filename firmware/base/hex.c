#include "firmware/base/hex.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

void hex_encode(const uint8_t *bytes, size_t count, char *out_text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < count; i++) {
        out_text[2 * i] = digits[bytes[i] >> 4];
        out_text[2 * i + 1] = digits[bytes[i] & 15];
    }
    out_text[2 * count] = 0;
}

enum rc hex_decode(const char *text, size_t length, size_t capacity, uint8_t *out_bytes,
                   size_t *out_count)
{
    if (length % 2)
        return RC_BAD_INPUT;
    for (size_t i = 0; i < length; i++)
        if (hex_digit(text[i]) < 0)
            return RC_BAD_INPUT;
    if (length / 2 > capacity)
        return RC_LIMIT;
    for (size_t i = 0; i < length / 2; i++)
        out_bytes[i] = (uint8_t)(hex_digit(text[2 * i]) << 4 | hex_digit(text[2 * i + 1]));
    *out_count = length / 2;
    return RC_OK;
}
