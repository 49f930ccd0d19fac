#include "firmware/port/reader_line.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hex.h"

enum shape { SHAPE_BARE, SHAPE_VERSION, SHAPE_TEXT, SHAPE_UID, SHAPE_FAULT };

static const struct {
    const char *word;
    enum shape shape;
} rows[] = {
    [READER_LINE_HELLO] = {"perron-reader", SHAPE_VERSION},
    [READER_LINE_READY] = {"ready", SHAPE_TEXT},
    [READER_LINE_TAG] = {"tag", SHAPE_UID},
    [READER_LINE_GONE] = {"gone", SHAPE_BARE},
    [READER_LINE_BEAT] = {"beat", SHAPE_BARE},
    [READER_LINE_FAULT] = {"fault", SHAPE_FAULT},
};

static const char *const fault_names[READER_FAULT_COUNT] = {
    [READER_FAULT_ADDRESS] = "address", [READER_FAULT_MISSING] = "missing",
    [READER_FAULT_REFUSED] = "refused", [READER_FAULT_BUSY] = "busy",
    [READER_FAULT_SILENT] = "silent",   [READER_FAULT_GARBLED] = "garbled",
};

const char *reader_fault_name(enum reader_fault fault)
{
    assert((unsigned)fault < READER_FAULT_COUNT);
    return fault_names[fault];
}

bool reader_line_is_uid_length(size_t bytes)
{
    return bytes == 4 || bytes == 7 || bytes == 10;
}

static bool is_printable(char character)
{
    return character >= ' ' && character <= '~';
}

size_t reader_line_format(const struct reader_line *line, char *out_text)
{
    const char *word = rows[line->kind].word;
    int length = 0;
    switch (rows[line->kind].shape) {
    case SHAPE_BARE: length = snprintf(out_text, READER_LINE_BYTES, "%s", word); break;
    case SHAPE_VERSION:
        length = snprintf(out_text, READER_LINE_BYTES, "%s %d", word, READER_LINE_VERSION);
        break;
    case SHAPE_TEXT:
    case SHAPE_UID:
        length = snprintf(out_text, READER_LINE_BYTES, "%s %s", word, line->text);
        break;
    case SHAPE_FAULT:
        length = snprintf(out_text, READER_LINE_BYTES, "%s %s %s", word,
                          reader_fault_name(line->fault), line->text);
        break;
    }
    for (int i = 0; i < length; i++)
        if (!is_printable(out_text[i]))
            out_text[i] = '?';
    out_text[length] = '\n';
    out_text[length + 1] = 0;
    return (size_t)length + 1;
}

/* --- parsing --- */

/* Takes a word and, where there is one, the blank after it; NULL where another word stands. */
static const char *skip_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(text, word, length) != 0)
        return NULL;
    if (text[length] == ' ' && text[length + 1])
        return text + length + 1;
    return text[length] ? NULL : text + length;
}

static enum rc read_version(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 4 || text[digits] || text[0] == '0')
        return RC_BAD_INPUT;
    return atoi(text) == READER_LINE_VERSION ? RC_OK : RC_NEWER;
}

static enum rc read_text(const char *text, struct reader_line *line)
{
    if (!*text)
        return RC_BAD_INPUT;
    if (strlen(text) >= sizeof line->text)
        return RC_LIMIT;
    strcpy(line->text, text);
    return RC_OK;
}

static enum rc read_uid(const char *text, struct reader_line *line)
{
    uint8_t uid[READER_LINE_UID_MAX];
    size_t bytes;
    if (hex_decode(text, strlen(text), sizeof uid, uid, &bytes) ||
        !reader_line_is_uid_length(bytes))
        return RC_BAD_INPUT;
    hex_encode(uid, bytes, line->text);
    return strcmp(text, line->text) == 0 ? RC_OK : RC_BAD_INPUT; /* lower case is not ours */
}

static enum rc read_fault(const char *text, struct reader_line *line)
{
    for (int fault = 0; fault < READER_FAULT_COUNT; fault++) {
        const char *rest = skip_word(text, fault_names[fault]);
        line->fault = (enum reader_fault)fault;
        if (rest)
            return read_text(rest, line);
    }
    return RC_BAD_INPUT;
}

static enum rc read_rest(const char *rest, struct reader_line *line)
{
    switch (rows[line->kind].shape) {
    case SHAPE_BARE: return *rest ? RC_BAD_INPUT : RC_OK;
    case SHAPE_VERSION: return read_version(rest);
    case SHAPE_TEXT: return read_text(rest, line);
    case SHAPE_UID: return read_uid(rest, line);
    case SHAPE_FAULT: return read_fault(rest, line);
    }
    return RC_BAD_INPUT;
}

enum rc reader_line_parse(const char *text, size_t length, struct reader_line *out_line)
{
    char copy[READER_LINE_BYTES];
    if (length >= sizeof copy)
        return RC_LIMIT;
    for (size_t i = 0; i < length; i++)
        if (!is_printable(text[i]))
            return RC_BAD_INPUT;
    memcpy(copy, text, length);
    copy[length] = 0;
    for (size_t kind = 0; kind < sizeof rows / sizeof rows[0]; kind++) {
        struct reader_line line = {.kind = (enum reader_line_kind)kind};
        const char *rest = skip_word(copy, rows[kind].word);
        if (!rest)
            continue;
        enum rc rc = read_rest(rest, &line);
        if (!rc)
            *out_line = line;
        return rc;
    }
    return RC_BAD_INPUT;
}
