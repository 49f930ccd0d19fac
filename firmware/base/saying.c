#include "firmware/base/saying.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

#define SPEC_BYTES 16

/* A conversion of printf: "%.*s", "%2$s", "%lld". */
struct conversion {
    int place; /* of the value, from 1; 0: the next one */
    char spec[SPEC_BYTES];
    int stars; /* how many of width and precision are arguments, too */
    enum { SIZE_INT, SIZE_LONG, SIZE_LONG_LONG, SIZE_SIZE } size;
    char letter;
};

/* --- reading formats --- */

static const char *read_place(const char *at, int *out_place)
{
    const char *digit = at;
    int place = 0;
    while (isdigit((unsigned char)*digit) && place < SAYING_VALUES)
        place = place * 10 + (*digit++ - '0');
    *out_place = *digit == '$' ? place : 0;
    return *digit == '$' ? digit + 1 : at;
}

static const char *read_size(const char *at, struct conversion *conversion)
{
    bool is_twice = at[0] == 'l' && at[1] == 'l';
    conversion->size = *at == 'z'   ? SIZE_SIZE
                       : is_twice   ? SIZE_LONG_LONG
                       : *at == 'l' ? SIZE_LONG
                                    : SIZE_INT;
    return at + (is_twice ? 2 : conversion->size != SIZE_INT);
}

/* Behind a conversion that begins at `at`; NULL for one that is not understood. */
static const char *read_conversion(const char *at, struct conversion *out_conversion)
{
    *out_conversion = (struct conversion){.place = 0};
    at = read_place(at + 1, &out_conversion->place);
    const char *begin = at;
    for (; *at && strchr("-+ #0123456789.*", *at); at++)
        out_conversion->stars += *at == '*';
    at = read_size(at, out_conversion);
    bool is_known = *at && strchr("cdiuxsf", *at) && at - begin < SPEC_BYTES - 2;
    if (!is_known || out_conversion->stars > 2)
        return NULL;
    snprintf(out_conversion->spec, SPEC_BYTES, "%%%.*s", (int)(at + 1 - begin), begin);
    out_conversion->letter = *at;
    return at + 1;
}

/* The length without a letter at its end that was cut in two. */
static size_t drop_half(const char *text, size_t length)
{
    uint32_t point;
    size_t at = length;
    while (at && length - at < UTF8_MAX && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (!at || (unsigned char)text[at - 1] < 0x80)
        return length;
    return utf8_step(text + at - 1, length - at + 1, &point) ? length : at - 1;
}

/* --- keeping --- */

struct keeping {
    struct saying *saying;
    size_t used;
    va_list arguments;
};

/* One value of that type with the widths before it; what printf makes of it is text from here. */
#define PRINT(type)                                                                                \
    (stars == 0 ? snprintf(out_text, size, spec, va_arg(keeping->arguments, type))                 \
     : stars == 1                                                                                  \
         ? snprintf(out_text, size, spec, widths[0], va_arg(keeping->arguments, type))             \
         : snprintf(out_text, size, spec, widths[0], widths[1], va_arg(keeping->arguments, type)))

static void print(struct keeping *keeping, const struct conversion *conversion, char *out_text,
                  size_t size)
{
    const char *spec = conversion->spec;
    int stars = conversion->stars, widths[2] = {0, 0};
    for (int i = 0; i < stars; i++)
        widths[i] = va_arg(keeping->arguments, int);
    if (conversion->letter == 's')
        PRINT(const char *);
    else if (conversion->letter == 'f')
        PRINT(double);
    else if (conversion->size == SIZE_SIZE)
        PRINT(size_t);
    else if (conversion->size == SIZE_LONG_LONG)
        PRINT(long long);
    else if (conversion->size == SIZE_LONG)
        PRINT(long);
    else
        PRINT(int);
}

static void keep(struct keeping *keeping, const struct conversion *conversion)
{
    struct saying *saying = keeping->saying;
    char text[SAYING_BYTES];
    size_t room = sizeof saying->values - keeping->used - 1;
    print(keeping, conversion, text, sizeof text);
    utf8_defuse(text);
    size_t length = strlen(text);
    length = drop_half(text, length < room ? length : room);
    memcpy(saying->values + keeping->used, text, length);
    saying->values[keeping->used + length] = 0;
    keeping->used += length + (length < room);
    saying->count++;
}

void saying_set(struct saying *saying, const char *source, va_list arguments)
{
    struct keeping keeping = {.saying = saying};
    struct conversion conversion;
    *saying = (struct saying){.source = source, .sources = strcmp(source, "%s") == 0};
    va_copy(keeping.arguments, arguments);
    for (const char *at = source; (at = strchr(at, '%'));) {
        if (at[1] == '%') {
            at += 2;
            continue;
        }
        at = read_conversion(at, &conversion);
        if (!at || saying->count == SAYING_VALUES) {
            saying->source = NULL;
            break;
        }
        keep(&keeping, &conversion);
    }
    va_end(keeping.arguments);
}

void saying_mark(struct saying *saying, int index)
{
    saying->sources |= (unsigned short)(1u << index);
}

/* NULL: there is none, or those before it took all the room. */
static const char *value_at(const struct saying *saying, int index)
{
    const char *value = saying->values;
    if (index < 0 || index >= saying->count)
        return NULL;
    for (int i = 0; i < index; i++) {
        value += strlen(value) + 1;
        if (value >= saying->values + SAYING_BYTES)
            return NULL;
    }
    return value;
}

void saying_nest(struct saying *saying, const struct saying *inner)
{
    const int at = saying->count - 1;
    const char *value = value_at(saying, at), *last = value_at(inner, inner->count - 1);
    bool is_whole = inner->source && (last || !inner->count);
    if (!value || !is_whole || saying->count + inner->count > SAYING_VALUES)
        return;
    size_t begin = (size_t)(value - saying->values), source = strlen(inner->source) + 1;
    size_t used = last ? (size_t)(last - inner->values) + strlen(last) + 1 : 0;
    if (source + used > SAYING_BYTES - begin)
        return;
    memset(saying->values + begin, 0, SAYING_BYTES - begin);
    memcpy(saying->values + begin, inner->source, source);
    memcpy(saying->values + begin + source, inner->values, used);
    saying->sources |= (unsigned short)(inner->sources << saying->count);
    saying->sentences |= (unsigned short)(1u << at | (unsigned)inner->sentences << saying->count);
    saying->count += inner->count;
}

bool saying_keep_from(struct saying *saying, int index)
{
    const char *value = saying->source ? value_at(saying, index) : NULL;
    if (!value)
        return false;
    struct saying kept = {.source = "%s",
                          .sources = (unsigned short)(saying->sources >> index),
                          .sentences = (unsigned short)(saying->sentences >> index),
                          .count = saying->count - index};
    memcpy(kept.values, value, (size_t)(saying->values + SAYING_BYTES - value));
    *saying = kept;
    return true;
}

/* --- concealing --- */

struct concealing {
    const struct saying *from;
    struct saying *to;
    size_t used;
};

static void conceal_value(struct concealing *concealing, const char *value)
{
    size_t length = strlen(value), room = SAYING_BYTES - concealing->used;
    if (room)
        room--;
    length = drop_half(value, length < room ? length : room);
    memcpy(concealing->to->values + concealing->used, value, length);
    concealing->used += length + (room > 0);
    concealing->to->count++;
}

/* The values of one sentence, from `next` on; those of a nested one stand behind it. */
static void conceal_sentence(struct concealing *concealing, const char *source, int *next)
{
    struct conversion conversion;
    const struct saying *from = concealing->from;
    for (const char *at = source; (at = strchr(at, '%'));) {
        if (at[1] == '%') {
            at += 2;
            continue;
        }
        at = read_conversion(at, &conversion);
        const char *value = at ? value_at(from, *next) : NULL;
        if (!value)
            return;
        int index = (*next)++;
        bool is_source = from->sources >> index & 1, is_nested = from->sentences >> index & 1;
        bool is_quoted = conversion.letter == 's' && !is_source && !is_nested && value[0];
        conceal_value(concealing, is_quoted ? "…" : value);
        if (is_nested)
            conceal_sentence(concealing, value, next);
    }
}

void saying_conceal(struct saying *saying)
{
    struct saying to = {
        .source = saying->source, .sources = saying->sources, .sentences = saying->sentences};
    struct concealing concealing = {saying, &to, 0};
    int next = 0;
    if (!saying->source)
        return;
    conceal_sentence(&concealing, saying->source, &next);
    *saying = to;
}

/* --- saying --- */

struct writing {
    const struct saying *saying;
    struct tongue tongue;
    char *text;
    size_t size, used;
};

static void put(struct writing *writing, const char *text, size_t length)
{
    size_t room = writing->size - writing->used - 1;
    if (length > room)
        length = room;
    memcpy(writing->text + writing->used, text, length);
    writing->used += length;
}

/* The catalogue answers an empty text with its own heading. */
static const char *say(const struct writing *writing, const char *text)
{
    const struct tongue *tongue = &writing->tongue;
    bool is_said = tongue->say && text[0] && strcmp(text, "%s") != 0;
    return is_said ? tongue->say(tongue->language, text) : text;
}

static void put_sentence(struct writing *writing, const char *source, int first);

static void put_value(struct writing *writing, int index)
{
    const struct saying *saying = writing->saying;
    const char *value = value_at(saying, index);
    if (!value)
        return;
    if (saying->sentences >> index & 1) {
        put_sentence(writing, value, index + 1);
        return;
    }
    if (saying->sources >> index & 1)
        value = say(writing, value);
    put(writing, value, strlen(value));
}

/* Its values begin at `first`, and one that is a sentence is the last of them. */
static void put_sentence(struct writing *writing, const char *source, int first)
{
    struct conversion conversion;
    int next = first;
    for (const char *at = say(writing, source); *at;) {
        const char *behind = *at == '%' && at[1] != '%' ? read_conversion(at, &conversion) : NULL;
        if (behind) {
            put_value(writing, conversion.place ? first + conversion.place - 1 : next++);
            at = behind;
        } else {
            put(writing, at, 1);
            at += at[0] == '%' && at[1] == '%' ? 2 : 1;
        }
    }
}

void saying_write(const struct saying *saying, struct tongue tongue, char *out_text, size_t size)
{
    struct writing writing = {saying, tongue, out_text, size, 0};
    if (saying->source)
        put_sentence(&writing, saying->source, 0);
    out_text[drop_half(out_text, writing.used)] = 0;
}
