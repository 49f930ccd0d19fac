/*
 * key_text.h - a key of 32 bytes as text that people copy: base 32 without letters that look alike,
 * in groups, with a check at the end that a slip of a letter does not pass. The prefix says what it
 * is, and is part of the check: one kind of key is never taken for another. Any thread, after
 * hash_init.
 */
#ifndef FIRMWARE_BASE_KEY_TEXT_H
#define FIRMWARE_BASE_KEY_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define KEY_TEXT_BYTES 32 /* of a key */
#define KEY_TEXT_SIZE 96  /* of its text with a NUL, with a prefix of up to 32 letters */

void key_text_write(const char *prefix, const uint8_t key[KEY_TEXT_BYTES],
                    char out_text[KEY_TEXT_SIZE]);

/* Does it begin so, whatever follows? A byte order mark and spaces in front, and
 * capitals, are passed over. */
bool key_text_begins(const char *text, const char *prefix);

/*
 * Is it a whole key of that prefix? The same is passed over, and spaces within. out_key stays
 * untouched where it is none.
 */
bool key_text_read(const char *prefix, const char *text, uint8_t out_key[KEY_TEXT_BYTES]);

#endif
