#include "tests/support/mangle.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/house.h"

struct text {
    char *bytes; /* room for MANGLE_BYTES_MAX */
    size_t length;
    const char *other;
    size_t other_length;
};

static size_t below(struct random *random, size_t limit)
{
    return limit ? random_below(random, (unsigned)limit) : 0;
}

/* What is between `at` and `at + gone` becomes `bytes`; what is too much is left out. */
static void replace(struct text *text, size_t at, size_t gone, const char *bytes, size_t length)
{
    size_t room = MANGLE_BYTES_MAX - (text->length - gone);
    if (length > room)
        length = room;
    memmove(text->bytes + at + length, text->bytes + at + gone, text->length - at - gone);
    memcpy(text->bytes + at, bytes, length);
    text->length += length - gone;
}

static void insert_many(struct text *text, size_t at, const char *what, size_t length, size_t times)
{
    char *many = malloc(length * times + 1);
    house_expect(many != NULL, "there is no memory to mangle");
    for (size_t i = 0; i < times; i++)
        memcpy(many + i * length, what, length);
    replace(text, at, 0, many, length * times);
    free(many);
}

/* A span of up to a quarter of the text. */
static size_t span(struct random *random, const struct text *text, size_t *out_length)
{
    size_t at = below(random, text->length + 1);
    size_t most =
        text->length - at < text->length / 4 + 1 ? text->length - at : text->length / 4 + 1;
    *out_length = below(random, most + 1);
    return at;
}

/* The beginning of the line that `at` is in. */
static size_t line_at(const struct text *text, size_t at)
{
    while (at && text->bytes[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_length(const struct text *text, size_t at)
{
    const char *end = memchr(text->bytes + at, '\n', text->length - at);
    return end ? (size_t)(end - text->bytes) - at + 1 : text->length - at;
}

/* --- the harms --- */

static void turn_bits(struct text *text, struct random *random)
{
    for (unsigned left = 1 + random_below(random, 4); left && text->length; left--)
        text->bytes[below(random, text->length)] ^= (char)(1 << random_below(random, 8));
}

static void set_bytes(struct text *text, struct random *random)
{
    static const char bytes[] = {
        0,   '\n', '\r',       '\t',       ' ',        '"',        '\'',       ';',  ',', ':',
        '=', '\\', '/',        '[',        '{',        '}',        ']',        '#',  '%', '-',
        '0', '9',  (char)0x80, (char)0xC0, (char)0xE2, (char)0xF4, (char)0xFF, 0x1B, 0x7F};
    for (unsigned left = 1 + random_below(random, 4); left && text->length; left--)
        text->bytes[below(random, text->length)] = bytes[random_below(random, sizeof bytes)];
}

static void take_span(struct text *text, struct random *random)
{
    size_t length, at = span(random, text, &length);
    replace(text, at, length, "", 0);
}

static void double_span(struct text *text, struct random *random)
{
    size_t length, at = span(random, text, &length);
    insert_many(text, at, text->bytes + at, length, 1 + below(random, 3));
}

static void double_line(struct text *text, struct random *random)
{
    static const size_t times[] = {1, 2, 7, 300, 5000};
    size_t at = line_at(text, below(random, text->length + 1));
    size_t length = line_length(text, at);
    while (length && length < 65536 && !random_below(random, 2) && at + length < text->length)
        length += line_length(text, at + length);
    insert_many(text, at, text->bytes + at, length, times[random_below(random, 5)]);
}

static void move_line(struct text *text, struct random *random)
{
    size_t at = line_at(text, below(random, text->length + 1)), length = line_length(text, at);
    char *line = malloc(length + 1);
    house_expect(line != NULL, "there is no memory to mangle");
    memcpy(line, text->bytes + at, length);
    replace(text, at, length, "", 0);
    replace(text, line_at(text, below(random, text->length + 1)), 0, line, length);
    free(line);
}

static void splice(struct text *text, struct random *random)
{
    struct text other = {(char *)(uintptr_t)text->other, text->other_length, NULL, 0};
    size_t length, gone, from = span(random, &other, &length), at = span(random, text, &gone);
    replace(text, at, random_below(random, 2) ? gone : 0, other.bytes + from, length);
}

static void cut_off(struct text *text, struct random *random)
{
    text->length = below(random, text->length + 1);
}

static void empty(struct text *text, struct random *random)
{
    (void)random;
    text->length = 0;
}

/* What stands alone at a place where anything may stand. */
static void insert_word(struct text *text, struct random *random)
{
    static const char *const words[] = {"../../outside/secret",
                                        "/etc/passwd",
                                        "/dev/zero",
                                        "..\\..\\x",
                                        "%s%n%s%n",
                                        "=1+1",
                                        "@SUM(",
                                        "\r\n",
                                        "\r",
                                        "\n\n\n",
                                        "\"",
                                        "\"\"",
                                        "\";\"",
                                        "-1",
                                        "0",
                                        "99999999999999999999",
                                        "-9223372036854775808",
                                        "9223372036854775807",
                                        "18446744073709551616",
                                        "1e999",
                                        "NaN",
                                        "0x7fffffff",
                                        "29/02/2027",
                                        "31.12.9999",
                                        "00:00",
                                        "24:61",
                                        "19700101T000000Z",
                                        "99991231T235959Z",
                                        "00000000T000000",
                                        "TZID=Nowhere/At_All:",
                                        "\xEF\xBB\xBF",
                                        "\xFF\xFE",
                                        "\xC0\xAF",
                                        "\xED\xA0\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xE2\x80\xAE",
                                        "\x1B[31m",
                                        "\x7F",
                                        "''",
                                        "\\",
                                        "\\u0000",
                                        "\\ud800",
                                        "null",
                                        "true",
                                        "{}",
                                        "[]",
                                        "\u00AB\u202F\u00BB",
                                        "<b>",
                                        "';--"};
    const char *word = words[random_below(random, sizeof words / sizeof words[0])];
    size_t gone, at = span(random, text, &gone);
    replace(text, at, random_below(random, 2) ? gone % 12 : 0, word, strlen(word));
}

static void insert_line(struct text *text, struct random *random)
{
    static const char *const lines[] = {
        "RRULE:FREQ=SECONDLY\n",
        "RRULE:FREQ=DAILY;INTERVAL=0\n",
        "RRULE:FREQ=YEARLY;COUNT=-1\n",
        "RRULE:FREQ=DAILY;UNTIL=99991231T000000Z;BYDAY=MO,TU,WE,TH,FR,SA,SU\n",
        "EXDATE:20261128T090000Z,,,\n",
        "DURATION:-P9999999W\n",
        "DURATION:PT\n",
        "DTSTART;VALUE=DATE:20261131\n",
        "RECURRENCE-ID:20261128T090000\n",
        "END:VEVENT\n",
        "BEGIN:VEVENT\n",
        "END:VCALENDAR\n",
        " folded\n",
        "UID:\n",
        "STATUS:CANCELLED\n",
        "[circle a]\n",
        "[]\n",
        "[venue\n",
        "= nothing\n",
        "hours = -1\n",
        "day_end = 99:99\n",
        "time_zone = ../../outside/secret\n",
        "include = /etc/passwd\n",
        ";;;;;;;;\n",
        ",,,,\n",
        "0000000000000000000000000000000000000000000000000000000000000000  ../../outside/secret\n",
        "0000000000000000000000000000000000000000000000000000000000000000  /etc/passwd\n",
        "0000000000000000000000000000000000000000000000000000000000000000  .\n",
        "{\"end\":true,\"facts\":9223372036854775807}\n",
        "{\"end\":true,\"facts\":-1}\n",
        "{\"perron\":\"journal\",\"v\":1}\n",
        "{\"station\":1,\"seq\":1}\n",
        "\n"};
    const char *line = lines[random_below(random, sizeof lines / sizeof lines[0])];
    replace(text, line_at(text, below(random, text->length + 1)), 0, line, strlen(line));
}

static void nest(struct text *text, struct random *random)
{
    static const char *const opens[] = {"[",        "{\"a\":",           "(",   "\"",
                                        "[{\"a\":", "BEGIN:VCALENDAR\n", "\\",  "BEGIN:VEVENT\n",
                                        "../",      "BEGIN:VTIMEZONE\n", "<a>", "%"};
    static const size_t depths[] = {3, 70, 3000, 60000};
    const char *open = opens[random_below(random, sizeof opens / sizeof opens[0])];
    insert_many(text, below(random, text->length + 1), open, strlen(open),
                depths[random_below(random, 4)]);
}

static void swell(struct text *text, struct random *random)
{
    static const size_t lengths[] = {64, 256, 1000, 4097, 65536, 400000};
    static const char *const fills[] = {"a", "9", " ", "\xC3\xA9", "\xE2\x82\xAC", "x ", "0", ";"};
    const char *fill = fills[random_below(random, 8)];
    insert_many(text, below(random, text->length + 1), fill, strlen(fill),
                lengths[random_below(random, 6)] + below(random, 2));
}

static void insert_nul(struct text *text, struct random *random)
{
    static const char zeros[64] = {0};
    replace(text, below(random, text->length + 1), 0, zeros,
            random_below(random, 2) ? 1 : sizeof zeros);
}

/* Two bytes a letter, as some programs save "Unicode". */
static void widen(struct text *text, struct random *random)
{
    size_t length = text->length < MANGLE_BYTES_MAX / 2 ? text->length : MANGLE_BYTES_MAX / 2;
    bool is_big = random_below(random, 2);
    for (size_t i = length; i-- > 0;) {
        char byte = text->bytes[i];
        text->bytes[2 * i] = is_big ? 0 : byte;
        text->bytes[2 * i + 1] = is_big ? byte : 0;
    }
    text->length = 2 * length;
    if (random_below(random, 2))
        replace(text, 0, 0, is_big ? "\xFE\xFF" : "\xFF\xFE", 2);
}

static const struct {
    const char *name;
    void (*harm)(struct text *text, struct random *random);
} harms[] = {
    {"bits turned", turn_bits},
    {"bytes set", set_bytes},
    {"a span gone", take_span},
    {"a span doubled", double_span},
    {"lines doubled", double_line},
    {"a line moved", move_line},
    {"spliced", splice},
    {"cut off", cut_off},
    {"emptied", empty},
    {"a word put in", insert_word},
    {"a line put in", insert_line},
    {"nested", nest},
    {"swollen", swell},
    {"NUL put in", insert_nul},
    {"two bytes a letter", widen},
};

char *mangle_text(struct random *random, const char *text, size_t length, const char *other,
                  size_t other_length, size_t *out_length, const char **out_harm)
{
    struct text mangled = {malloc(MANGLE_BYTES_MAX), length, other, other_length};
    size_t which = random_below(random, sizeof harms / sizeof harms[0]);
    house_expect(mangled.bytes && length <= MANGLE_BYTES_MAX, "there is no room to mangle");
    memcpy(mangled.bytes, text, length);
    harms[which].harm(&mangled, random);
    *out_harm = harms[which].name;
    *out_length = mangled.length;
    return mangled.bytes;
}
