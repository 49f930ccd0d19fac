#include "app/exchange/charset.h"

#include <stdbool.h>
#include <string.h>

#include "firmware/base/utf8.h"

/* Windows-1252, bytes 0x80 to 0x9F; all others are the code point of their own number. */
static const uint16_t high_characters[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static const char save_as[] =
    SAID("save it again as \"CSV UTF-8\" (File, Save as), and take that file.");

/* Beginnings that give a file away. */
static const struct {
    const char *magic;
    size_t length;
    const char *sentence, *advice;
} strangers[] = {
    {"\xFF\xFE", 2, SAID("This file is written in UTF-16 (\"Unicode text\");"), save_as},
    {"\xFE\xFF", 2, SAID("This file is written in UTF-16 (\"Unicode text\");"), save_as},
    {"PK\x03\x04", 4, SAID("This is a spreadsheet or an archive, not a CSV file; open it and"),
     save_as},
    {"\xD0\xCF\x11\xE0", 4, SAID("This is an old Excel file, not a CSV file; open it and"),
     save_as},
    {"%PDF", 4, SAID("This is a PDF, not a CSV file; ask for the list as a spreadsheet and"),
     save_as},
    {"{\\rtf", 5, SAID("This is a word processor's file, not a CSV file; ask for a spreadsheet."),
     ""},
};

const char *charset_name(enum charset charset)
{
    return charset == CHARSET_UTF8 ? "UTF-8" : "Windows-1252";
}

static enum rc refuse_strangers(const char *bytes, size_t length, struct reason *out_reason)
{
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        if (length < strangers[i].length ||
            memcmp(bytes, strangers[i].magic, strangers[i].length) != 0)
            continue;
        reason_set(out_reason, strangers[i].advice[0] ? "%s %s" : "%s%s", strangers[i].sentence,
                   strangers[i].advice);
        reason_mark(out_reason, 0);
        reason_mark(out_reason, 1);
        return RC_UNSUPPORTED;
    }
    return RC_OK;
}

/* A NUL, or more than one control character in fifty: not meant to be read by people. */
static enum rc refuse_binary(const char *bytes, size_t length, struct reason *out_reason)
{
    size_t controls = 0, spaces = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        bool is_space = strchr(" \t\r\n", byte) && byte;
        spaces += is_space;
        controls += byte < 0x20 && !is_space;
        if (byte == 0 || controls * 50 > length) {
            reason_set(out_reason,
                       SAID("This is not a text file, so there is no list in it to read."));
            return RC_BAD_INPUT;
        }
    }
    if (spaces < length)
        return RC_OK;
    reason_set(out_reason, SAID("This file is empty."));
    return RC_EMPTY;
}

static bool is_more_utf8_than_not(const char *bytes, size_t length)
{
    size_t sound = 0, damaged = 0;
    bool is_cut = false;
    for (size_t at = 0, step; at < length; at += step) {
        uint32_t point;
        step = utf8_step(bytes + at, length - at, &point);
        sound += step > 1;
        damaged += step == 0;
        is_cut = step == 0 && length - at < UTF8_MAX;
        step = step ? step : 1;
    }
    return !damaged || sound > damaged || (is_cut && damaged < UTF8_MAX && sound > 0);
}

enum rc charset_detect(const char *bytes, size_t length, enum charset *out_charset,
                       size_t *out_begin, struct reason *out_reason)
{
    bool is_marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    size_t begin = is_marked ? 3 : 0;
    enum rc rc = refuse_strangers(bytes, length, out_reason);
    if (!rc)
        rc = refuse_binary(bytes + begin, length - begin, out_reason);
    if (rc)
        return rc;
    bool is_utf8 = is_marked || is_more_utf8_than_not(bytes, length);
    *out_charset = is_utf8 ? CHARSET_UTF8 : CHARSET_WINDOWS_1252;
    *out_begin = begin;
    return RC_OK;
}

size_t charset_step(enum charset charset, const char *bytes, size_t length, uint32_t *out_point)
{
    if (charset == CHARSET_UTF8)
        return utf8_step(bytes, length, out_point);
    if (!length)
        return 0;
    uint8_t byte = (uint8_t)bytes[0];
    *out_point = byte >= 0x80 && byte < 0xA0 ? high_characters[byte - 0x80] : byte;
    return 1;
}
