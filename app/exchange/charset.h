/*
 * charset.h - which characters do these bytes stand for? Spreadsheets write UTF-8 with or without
 * a byte order mark, or Windows-1252 (older Excel, older member tools); nothing in the file says
 * which. Pure; any thread.
 */
#ifndef APP_EXCHANGE_CHARSET_H
#define APP_EXCHANGE_CHARSET_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

enum charset { CHARSET_UTF8, CHARSET_WINDOWS_1252 };

/* "UTF-8", "Windows-1252". */
const char *charset_name(enum charset charset);

/*
 * Finds out how a text is written, and where it begins (behind its byte order mark).
 *
 * A byte order mark decides. Else it is UTF-8 if it is well formed, or if more of its characters
 * beyond ASCII are well formed than damaged (a file cut in the middle of a letter is still UTF-8:
 * taken for Windows-1252 it would turn every Zoé into ZoÃ©); otherwise Windows-1252.
 *
 * RC_EMPTY: nothing but spaces. RC_UNSUPPORTED: UTF-16, a spreadsheet's or a PDF's own format.
 * RC_BAD_INPUT: no text at all. Each with a sentence that says how to save it.
 */
enum rc charset_detect(const char *bytes, size_t length, enum charset *out_charset,
                       size_t *out_begin, struct reason *out_reason) MUST_CHECK;

/*
 * The length in bytes of the character at `bytes`, with its code point; 0 where a UTF-8 character
 * is damaged. The five bytes Windows-1252 does not know become C1 controls, as in the WHATWG
 * Encoding Standard, so that who checks for controls finds them.
 */
size_t charset_step(enum charset charset, const char *bytes, size_t length, uint32_t *out_point);

#endif
