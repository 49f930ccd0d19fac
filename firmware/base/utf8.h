/*
 * utf8.h - text as people write it: is it sound, where does a character end, is it the same name?
 *
 * UTF-8 as RFC 3629 has it (no surrogates, nothing above U+10FFFF, shortest form only). The
 * comparison is for finding people and headings, not for sorting: Latin letters lose their case
 * and their accents, Greek and Cyrillic letters their case, everything else stays as it is. It
 * needs no locale. Pure; any thread; never allocates.
 */
#ifndef FIRMWARE_BASE_UTF8_H
#define FIRMWARE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* The most bytes one character takes. */
#define UTF8_MAX 4

/*
 * The length in bytes of the character at `text`, 1 to UTF8_MAX, with its code point; 0 where the
 * `length` bytes begin with none (nothing left, damaged, cut off) and then `out_point` is
 * untouched.
 */
size_t utf8_step(const char *text, size_t length, uint32_t *out_point);

/* Writes a code point (surrogates and numbers above U+10FFFF as U+FFFD); returns its length. */
size_t utf8_put(uint32_t point, char out_bytes[UTF8_MAX]);

bool utf8_is_valid(const char *text, size_t length);

/*
 * Characters that have no place in a name or on a screen: C0, DEL and C1 controls, line and
 * paragraph separators, the byte order mark, and what turns the direction of the text around.
 */
bool utf8_is_control(uint32_t point);

/* Spaces of any width, the non-breaking ones too; TAB, CR and LF as well. */
bool utf8_is_space(uint32_t point);

/* Accents that stand as characters of their own behind their letter (U+0300 to U+036F). */
bool utf8_is_combining(uint32_t point);

/* The capital of a Latin, Greek or Cyrillic letter; anything else unchanged. */
uint32_t utf8_upper(uint32_t point);

/*
 * Copies `text` without the spaces and the unseen marks around it. RC_BAD_INPUT where a character
 * is damaged or a control character, RC_LIMIT where it needs more than `size` bytes with its NUL.
 */
enum rc utf8_clean(const char *text, char *out_text, size_t size) MUST_CHECK;

/* The longest beginning of `text` of at most `limit` bytes that cuts no character; in bytes. */
size_t utf8_cut(const char *text, size_t limit);

/*
 * Makes a text fit to show where it stands: each control character and each damaged byte becomes a
 * "?". For sentences that say what a file from outside has.
 */
void utf8_defuse(char *text);

/*
 * The text for comparing: "Çiğdem D’Hondt" becomes "cigdem d'hondt". Curly apostrophes, dashes
 * and wide spaces become their ASCII sisters, accents of their own go, damaged bytes go. Cut
 * between characters at `size` bytes with the NUL; returns the length.
 */
size_t utf8_fold(const char *text, char *out_folded, size_t size);

#endif
