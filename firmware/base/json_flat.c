#include "firmware/base/json_flat.h"

#include <string.h>

#define DIGITS_MAX 18 /* always within int64_t */

struct reading {
    const char *at, *end;
};

static bool take(struct reading *reading, char wanted)
{
    bool is_there = reading->at < reading->end && *reading->at == wanted;
    reading->at += is_there;
    return is_there;
}

static bool take_word(struct reading *reading, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reading->end - reading->at) < length || memcmp(reading->at, word, length) != 0)
        return false;
    reading->at += length;
    return true;
}

static bool take_text(struct reading *reading, const char **out_text, size_t *out_length)
{
    if (!take(reading, '"'))
        return false;
    *out_text = reading->at;
    while (reading->at < reading->end && *reading->at >= ' ' && *reading->at <= '~' &&
           *reading->at != '"' && *reading->at != '\\')
        reading->at++;
    *out_length = (size_t)(reading->at - *out_text);
    return take(reading, '"');
}

static bool take_number(struct reading *reading, int64_t *out_number)
{
    bool is_negative = take(reading, '-');
    const char *first = reading->at;
    int64_t number = 0;
    for (; reading->at < reading->end && *reading->at >= '0' && *reading->at <= '9' &&
           reading->at - first < DIGITS_MAX;
         reading->at++)
        number = 10 * number + (*reading->at - '0');
    *out_number = is_negative ? -number : number;
    return reading->at > first && (*first != '0' || reading->at - first == 1);
}

static bool take_value(struct reading *reading, struct json_flat_member *member)
{
    if (reading->at == reading->end)
        return false;
    switch (*reading->at) {
    case '"':
        member->kind = JSON_FLAT_TEXT;
        return take_text(reading, &member->text, &member->text_length);
    case '[':
        member->kind = JSON_FLAT_PAIR;
        return take(reading, '[') && take_number(reading, &member->numbers[0]) &&
               take(reading, ',') && take_number(reading, &member->numbers[1]) &&
               take(reading, ']');
    case 't':
    case 'f':
        member->kind = JSON_FLAT_BOOL;
        member->numbers[0] = *reading->at == 't';
        return take_word(reading, member->numbers[0] ? "true" : "false");
    default: member->kind = JSON_FLAT_NUMBER; return take_number(reading, &member->numbers[0]);
    }
}

static bool is_twice(const struct json_flat *object, const struct json_flat_member *member)
{
    for (size_t i = 0; i < object->count; i++)
        if (object->members[i].name_length == member->name_length &&
            memcmp(object->members[i].name, member->name, member->name_length) == 0)
            return true;
    return false;
}

bool json_flat_read(const char *text, size_t length, struct json_flat *out_object)
{
    struct reading reading = {text, text + length};
    out_object->count = 0;
    if (!take(&reading, '{'))
        return false;
    if (take(&reading, '}'))
        return reading.at == reading.end;
    do {
        struct json_flat_member *member = &out_object->members[out_object->count];
        if (out_object->count == JSON_FLAT_MEMBERS_MAX ||
            !take_text(&reading, &member->name, &member->name_length) || !take(&reading, ':') ||
            is_twice(out_object, member) || !take_value(&reading, member))
            return false;
        out_object->count++;
    } while (take(&reading, ','));
    return take(&reading, '}') && reading.at == reading.end;
}

const struct json_flat_member *json_flat_find(const struct json_flat *object, const char *name,
                                              enum json_flat_kind kind)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < object->count; i++) {
        const struct json_flat_member *member = &object->members[i];
        if (member->name_length == length && memcmp(member->name, name, length) == 0)
            return member->kind == kind ? member : NULL;
    }
    return NULL;
}
