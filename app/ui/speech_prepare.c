/* From what is written to what is said, in two steps: characters first, then numbers and initials.
 */
#include "app/ui/speech.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"
#include "firmware/port/speaker.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct prose {
    char *text;
    size_t size, used;
};

/* The whole of it or nothing: no character is cut. */
static void put(struct prose *prose, const char *bytes, size_t length)
{
    if (prose->used + length >= prose->size)
        return;
    memcpy(prose->text + prose->used, bytes, length);
    prose->used += length;
    prose->text[prose->used] = 0;
}

/* --- characters --- */

/* Those that are heard as a pause, or not at all. */
static const struct {
    uint32_t point;
    char heard; /* ' ': not heard; 0: passed over, as if it were not there */
} heard_as[] = {
    {'\n', '.'},    {'(', ','},     {')', ','},  {'|', ','},  {'"', 0},      {'*', ' '},
    {'#', ' '},     {'_', ' '},     {'~', ' '},  {'^', ' '},  {'`', ' '},    {'\\', ' '},
    {'<', ' '},     {'>', ' '},     {'=', ' '},  {'{', ' '},  {'}', ' '},    {'[', ' '},
    {']', ' '},     {0xAB, 0},      {0xBB, 0},   {0xB7, ','}, {0x2013, ','}, {0x2014, ','},
    {0x2018, '\''}, {0x2019, '\''}, {0x201C, 0}, {0x201D, 0}, {0x201E, 0},   {0x2022, ','},
    {0x2026, ','},
};

/* Arrows, ticks, boxes, private and variant forms, emoji: a voice would name them. The euro stays.
 */
static const struct {
    uint32_t first, last;
} symbols[] = {{0x0000, 0x001F}, {0x007F, 0x009F}, {0x2000, 0x20AB}, {0x20AD, 0x2BFF},
               {0xE000, 0xF8FF}, {0xFE00, 0xFE0F}, {0xFFF0, 0xFFFF}, {0x1F000, 0x10FFFF}};

/* The character that is heard; the point itself where it is heard as it is. */
static uint32_t hear(uint32_t point)
{
    for (size_t i = 0; i < COUNT(heard_as); i++)
        if (heard_as[i].point == point)
            return (uint32_t)heard_as[i].heard;
    for (size_t i = 0; i < COUNT(symbols); i++)
        if (point >= symbols[i].first && point <= symbols[i].last)
            return ' ';
    return utf8_is_space(point) ? ' ' : point;
}

static bool is_pause(uint32_t point)
{
    return point && point < 0x80 && strchr(",.;:!?", (int)point);
}

static bool is_letter(uint32_t point)
{
    return point < 0x80 ? isalpha((int)point) != 0 : point >= 0xC0 && point != 0xD7;
}

static uint32_t point_at(const char *text)
{
    uint32_t point = 0;
    return utf8_step(text, strlen(text), &point) ? point : 0;
}

/* No blank before a pause, and one pause at a time: the last of commas, else the first. */
static void put_pause(struct prose *prose, char pause)
{
    while (prose->used && prose->text[prose->used - 1] == ' ')
        prose->used--;
    prose->text[prose->used] = 0;
    if (!prose->used)
        return;
    char *last = &prose->text[prose->used - 1];
    if (*last == ',')
        *last = pause;
    else if (!is_pause((unsigned char)*last))
        put(prose, &pause, 1);
}

static void put_point(struct prose *prose, uint32_t written, uint32_t point)
{
    char bytes[UTF8_MAX];
    bool has_blank = !prose->used || prose->text[prose->used - 1] == ' ';
    if (point == ' ') {
        if (!has_blank)
            put(prose, " ", 1);
    } else if (is_pause(point)) {
        put_pause(prose, (char)point);
        if (written != point) /* a mark of our own: the next word does not stick to it */
            put_point(prose, ' ', ' ');
    } else if (point) {
        put(prose, bytes, utf8_put(point, bytes));
    }
}

/* "arrivé·e·s" is one word. */
static bool is_inside_word(const struct prose *prose, const char *rest)
{
    bool has_letter = prose->used && (isalpha((unsigned char)prose->text[prose->used - 1]) ||
                                      (prose->text[prose->used - 1] & 0x80));
    return has_letter && is_letter(point_at(rest));
}

/* Where there is a blank at all. */
static void cut_to_a_word(struct prose *prose)
{
    char *blank = strrchr(prose->text, ' ');
    if (!blank)
        return;
    *blank = 0;
    prose->used = (size_t)(blank - prose->text);
}

static void smooth(const char *text, struct prose *prose)
{
    size_t length = strlen(text);
    int count = 0;
    for (size_t at = 0, step; at < length; at += step) {
        uint32_t point = 0;
        step = utf8_step(text + at, length - at, &point);
        if (!step) {
            step = 1;
            continue;
        }
        if (count++ == SPEAKER_SAY_CHARACTERS) {
            cut_to_a_word(prose);
            return;
        }
        if (point != 0xB7 || !is_inside_word(prose, text + at + step))
            put_point(prose, point, hear(point));
    }
}

/* --- numbers, times, initials --- */

static const struct unit {
    enum language language;
    const char *written, *one, *many;
    bool is_hours;
} units[] = {
    {LANGUAGE_FR, "h", "heure", "heures", true},
    {LANGUAGE_FR, "min", "minute", "minutes", false},
    {LANGUAGE_NL, "u", "uur", "uur", true},
    {LANGUAGE_NL, "h", "uur", "uur", true},
    {LANGUAGE_NL, "min", "minuut", "minuten", false},
    {LANGUAGE_EN, "h", "hour", "hours", true},
    {LANGUAGE_EN, "min", "minute", "minutes", false},
};

/* "17:05", by language; English voices read all but the whole hours well. */
static const char *const clocks[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = "heures", [LANGUAGE_NL] = "uur", [LANGUAGE_EN] = NULL};

/* Hours and minutes are feminine in French. */
static const struct {
    int number;
    const char *said;
} feminine[] = {{1, "une"},
                {21, "vingt et une"},
                {31, "trente et une"},
                {41, "quarante et une"},
                {51, "cinquante et une"}};

static void put_text(struct prose *prose, const char *text)
{
    put(prose, text, strlen(text));
}

static void put_number(struct prose *prose, enum language language, int number)
{
    char digits[16];
    for (size_t i = 0; language == LANGUAGE_FR && i < COUNT(feminine); i++)
        if (feminine[i].number == number) {
            put_text(prose, feminine[i].said);
            return;
        }
    snprintf(digits, sizeof digits, "%d", number);
    put_text(prose, digits);
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* The row whose unit stands there as a whole word, behind the number. */
static const struct unit *unit_at(const char *text, enum language language)
{
    for (size_t i = 0; i < COUNT(units); i++) {
        size_t length = strlen(units[i].written);
        if (units[i].language == language && strncmp(text, units[i].written, length) == 0 &&
            !is_letter(point_at(text + length)))
            return &units[i];
    }
    return NULL;
}

/* The length of " 30" or "30" behind the hours, where it is minutes; 0: it is not. */
static size_t minutes_at(const char *text, enum language language, int *out_minutes)
{
    size_t blank = text[0] == ' ', digits = digits_at(text + blank);
    const char *end = text + blank + digits;
    bool goes_on = is_letter(point_at(end)) || unit_at(end + (*end == ' '), language) ||
                   (is_pause((unsigned char)*end) && isdigit((unsigned char)end[1]));
    int minutes = atoi(text + blank);
    if (digits != 2 || goes_on || minutes > 59)
        return 0;
    *out_minutes = minutes;
    return blank + digits;
}

static void put_minutes(struct prose *prose, enum language language, int minutes)
{
    if (!minutes)
        return;
    put_text(prose, " ");
    put_number(prose, language, minutes);
}

/* "17:05". Returns the length it was written in; 0: there is none. */
static size_t say_clock(const char *text, enum language language, struct prose *prose)
{
    int minutes = 0;
    size_t digits = digits_at(text);
    if (digits < 1 || digits > 2 || text[digits] != ':' || text[digits + 1] == ' ')
        return 0;
    size_t length = minutes_at(text + digits + 1, language, &minutes);
    if (!length || (minutes && !clocks[language]))
        return 0;
    put_number(prose, language, atoi(text));
    put_text(prose, " ");
    put_text(prose, clocks[language] ? clocks[language] : "o'clock");
    put_minutes(prose, language, minutes);
    return digits + 1 + length;
}

/* "17 h", "3 u 12", "25 min", "2,5 h". Returns the length; 0: no unit follows the number. */
static size_t say_amount(const char *text, enum language language, struct prose *prose)
{
    size_t digits = digits_at(text), part = 0;
    if (!digits || digits > 6)
        return 0;
    if ((text[digits] == ',' || text[digits] == '.') && digits_at(text + digits + 1))
        part = 1 + digits_at(text + digits + 1);
    size_t at = digits + part + (text[digits + part] == ' ');
    const struct unit *unit = unit_at(text + at, language);
    int minutes = 0;
    if (!unit)
        return 0;
    if (part)
        put(prose, text, digits + part);
    else
        put_number(prose, language, atoi(text));
    put_text(prose, " ");
    put_text(prose, !part && atoi(text) == 1 ? unit->one : unit->many);
    at += strlen(unit->written);
    if (unit->is_hours && !part) {
        at += minutes_at(text + at, language, &minutes);
        put_minutes(prose, language, minutes);
    }
    return at;
}

static bool is_capital(uint32_t point)
{
    return (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7);
}

/* "Zoé D. est là": the point ends no sentence where a small letter follows. */
static size_t say_initial(const char *text, enum language language, struct prose *prose)
{
    uint32_t point = 0;
    size_t length = utf8_step(text, strlen(text), &point);
    (void)language;
    if (!is_capital(point) || text[length] != '.' || text[length + 1] != ' ' ||
        !is_letter(point_at(text + length + 2)) || is_capital(point_at(text + length + 2)))
        return 0;
    put(prose, text, length);
    return length + 1;
}

static size_t say_numero(const char *text, enum language language, struct prose *prose)
{
    static const char written[] = "n\xc2\xb0";
    if (language != LANGUAGE_FR || strncmp(text, written, sizeof written - 1) != 0)
        return 0;
    put_text(prose, "num\xc3\xa9ro");
    return sizeof written - 1;
}

static void spell_out(const char *text, enum language language, struct prose *prose)
{
    static size_t (*const sayers[])(const char *, enum language, struct prose *) = {
        say_clock, say_amount, say_initial, say_numero};
    for (size_t at = 0, length; text[at]; at += length) {
        bool is_word_start = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\'';
        length = 0;
        for (size_t i = 0; is_word_start && !length && i < COUNT(sayers); i++)
            length = sayers[i](text + at, language, prose);
        if (length)
            continue;
        uint32_t point;
        length = utf8_step(text + at, strlen(text + at), &point);
        put(prose, text + at, length);
    }
}

size_t speech_prepare(const char *text, enum language language, char *out_text, size_t size)
{
    char smoothed[SPEECH_TEXT_BYTES] = "";
    struct prose plain = {.text = smoothed, .size = sizeof smoothed};
    struct prose said = {.text = out_text, .size = size};
    if (size)
        out_text[0] = 0;
    smooth(text, &plain);
    while (plain.used && plain.text[plain.used - 1] == ' ')
        plain.used--;
    smoothed[plain.used] = 0;
    spell_out(smoothed, language, &said);
    return said.used;
}
