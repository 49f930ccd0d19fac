#include "firmware/port/reader_line.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/hex.h"

static const struct {
    const char *word;
    int has_text;
} words[] = {
    [READER_LINE_HELLO] = {"perron-reader", 1},
    [READER_LINE_READY] = {"ready", 1},
    [READER_LINE_TAG] = {"tag", 1},
    [READER_LINE_GONE] = {"gone", 0},
    [READER_LINE_BEAT] = {"beat", 0},
    [READER_LINE_FAULT] = {"fault", 1},
};

int reader_line_is_uid_length(size_t length)
{
    return length == 4 || length == 7 || length == 10;
}

size_t reader_line_format(const struct reader_line *line, char *out_text)
{
    int used = snprintf(out_text, READER_LINE_BYTES, "%s%s%.*s", words[line->kind].word,
                        words[line->kind].has_text ? " " : "",
                        words[line->kind].has_text ? READER_LINE_BYTES - 20 : 0, line->text);
    for (int i = 0; i < used; i++)
        if (out_text[i] < ' ' || out_text[i] > '~')
            out_text[i] = '?';
    out_text[used] = '\n';
    return (size_t)used + 1;
}

static enum rc check_text(const struct reader_line *line)
{
    uint8_t uid[READER_LINE_UID_MAX];
    char again[2 * READER_LINE_UID_MAX + 1];
    size_t count;
    if (line->kind == READER_LINE_HELLO)
        return strcmp(line->text, "1") == 0 ? RC_OK : RC_BAD_INPUT;
    if (line->kind != READER_LINE_TAG)
        return RC_OK;
    if (hex_decode(line->text, strlen(line->text), sizeof uid, uid, &count) ||
        !reader_line_is_uid_length(count))
        return RC_BAD_INPUT;
    hex_encode(uid, count, again);
    return strcmp(again, line->text) == 0 ? RC_OK : RC_BAD_INPUT;
}

enum rc reader_line_parse(const char *text, size_t length, struct reader_line *out_line)
{
    struct reader_line line = {.text = ""};
    if (length >= READER_LINE_BYTES)
        return RC_LIMIT;
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~')
            return RC_BAD_INPUT;
    for (unsigned kind = 0; kind < sizeof words / sizeof words[0]; kind++) {
        size_t word = strlen(words[kind].word);
        if (length < word || memcmp(text, words[kind].word, word) != 0)
            continue;
        if (words[kind].has_text ? length < word + 2 || text[word] != ' ' : length != word)
            continue;
        line.kind = (enum reader_line_kind)kind;
        if (words[kind].has_text)
            memcpy(line.text, text + word + 1, length - word - 1);
        enum rc rc = check_text(&line);
        if (!rc)
            *out_line = line;
        return rc;
    }
    return RC_BAD_INPUT;
}
