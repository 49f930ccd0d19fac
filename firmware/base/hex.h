/*
 * hex.h - bytes as hexadecimal digits and back. Pure; any thread.
 */
#ifndef FIRMWARE_BASE_HEX_H
#define FIRMWARE_BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* Writes 2 * count upper-case digits and a NUL; `out_text` holds 2 * count + 1. */
void hex_encode(const uint8_t *bytes, size_t count, char *out_text);

/*
 * Reads `length` digits (either case, nothing else) into at most `capacity` bytes. An odd length
 * or another character is RC_BAD_INPUT, too many digits RC_LIMIT.
 */
enum rc hex_decode(const char *text, size_t length, size_t capacity, uint8_t *out_bytes,
                   size_t *out_count) MUST_CHECK;

#endif
