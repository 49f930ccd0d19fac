/* ics_text.c - one event or zone as a text that Libical reads whole. */
#include "app/exchange/ics_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/charset.h"
#include "firmware/base/utf8.h"

/* Libical keeps the first 500 dates of a line and loses the others without a word. */
#define DATES_PER_LINE 400
#define HEAD_BYTES 200

static char *in_utf8(const char *bytes, size_t length)
{
    enum charset charset = CHARSET_UTF8;
    size_t begin = 0, used = 0;
    char *text = calloc(length + 1, 3);
    if (!text || charset_detect(bytes, length, &charset, &begin, NULL))
        begin = 0;
    for (size_t at = begin, step; text && at < length; at += step ? step : 1) {
        uint32_t point = 0xFFFD;
        step = charset_step(charset, bytes + at, length - at, &point);
        used += utf8_put(point, text + used);
    }
    return text;
}

/* "EXDATE;TZID=Europe/Brussels:" of a line that is a list of dates; 0 for another line. */
static size_t head_of_list(const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    bool is_list = strncasecmp(line, "EXDATE", 6) == 0 || strncasecmp(line, "RDATE", 5) == 0;
    size_t head = colon ? (size_t)(colon + 1 - line) : 0;
    return is_list && head <= HEAD_BYTES ? head : 0;
}

static char *copy_line(const char *line, size_t length, char *out)
{
    size_t head = head_of_list(line, length);
    int dates = 0;
    for (size_t i = 0; i < length; i++) {
        bool is_next = head && line[i] == ',' && ++dates == DATES_PER_LINE;
        *out++ = is_next ? '\n' : line[i];
        if (is_next) {
            memcpy(out, line, head);
            out += head;
            dates = 0;
        }
    }
    *out++ = '\n';
    return out;
}

char *ics_copy_block(const struct ics *ics, const struct ics_block *block, bool is_event)
{
    static const char begin[] = "BEGIN:VEVENT\n", end[] = "END:VEVENT\n";
    char *text = in_utf8(ics->text + block->at, block->length);
    size_t length = text ? strlen(text) : 0;
    size_t room = length + (length / DATES_PER_LINE + 1) * HEAD_BYTES + sizeof begin + sizeof end;
    char *copy = text ? calloc(1, room + 2) : NULL, *out = copy;
    if (out && is_event)
        out = stpcpy(out, begin);
    for (const char *at = text; out && *at;) {
        size_t line = strcspn(at, "\n");
        out = copy_line(at, line, out);
        at += line + (at[line] != 0);
    }
    if (out && is_event)
        stpcpy(out, end);
    free(text);
    return copy;
}
