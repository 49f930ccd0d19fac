#include "app/domain/person.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

#define FIELD(member)                                                                              \
    {                                                                                              \
#member, offsetof(struct person, member), sizeof((struct person *)0)->member               \
    }

const struct person_field person_fields[] = {
    [PERSON_NUMBER] = FIELD(number),
    [PERSON_EXTERNAL_ID] = FIELD(external_id),
    [PERSON_FIRST_NAME] = FIELD(first_name),
    [PERSON_LAST_NAME] = FIELD(last_name),
    [PERSON_LANGUAGE] = FIELD(language),
    [PERSON_CIRCLE] = FIELD(circle),
    [PERSON_EMAIL] = FIELD(email),
    [PERSON_PHONE] = FIELD(phone),
    [PERSON_SINCE] = FIELD(since),
    [PERSON_COLLEGE] = FIELD(college),
    [PERSON_SHARES] = FIELD(shares),
    [PERSON_PAUSED_UNTIL] = FIELD(paused_until),
    [PERSON_PRIVATE_HOURS] = FIELD(private_hours),
    [PERSON_BASKET] = FIELD(basket),
    [PERSON_BASKET_PAUSES] = FIELD(basket_pauses),
    [PERSON_BASKET_FETCHERS] = FIELD(basket_fetchers),
    [PERSON_LINE] = FIELD(line),
    [PERSON_DISCREET] = FIELD(discreet),
};

const int person_field_count = sizeof person_fields / sizeof person_fields[0];

char *person_text(struct person *person, int field)
{
    assert(field >= 0 && field < person_field_count);
    return (char *)person + person_fields[field].offset;
}

const char *person_text_const(const struct person *person, int field)
{
    assert(field >= 0 && field < person_field_count);
    return (const char *)person + person_fields[field].offset;
}

enum rc person_set(struct person *person, int field, const char *text)
{
    char clean[sizeof(struct person)];
    enum rc rc = utf8_clean(text, clean, person_fields[field].size);
    if (rc)
        return rc;
    if (field == PERSON_FIRST_NAME && !clean[0])
        return RC_BAD_INPUT;
    memcpy(person_text(person, field), clean, strlen(clean) + 1);
    return RC_OK;
}

/* Adds a text to an object; on failure the object is gone and NULL comes back. */
static json_t *add_text(json_t *object, int field, const char *text)
{
    if (object && json_object_set_new(object, person_fields[field].name, json_string(text))) {
        json_decref(object);
        return NULL;
    }
    return object;
}

json_t *person_to_json(const struct person *person)
{
    json_t *object = json_object();
    for (int i = 0; i < person_field_count; i++)
        if (person_text_const(person, i)[0])
            object = add_text(object, i, person_text_const(person, i));
    return object;
}

json_t *person_changes(const struct person *before, const struct person *after)
{
    json_t *object = json_object();
    for (int i = 0; i < person_field_count; i++)
        if (strcmp(person_text_const(before, i), person_text_const(after, i)) != 0)
            object = add_text(object, i, person_text_const(after, i));
    return object;
}

enum rc person_apply(struct person *person, const json_t *fields)
{
    struct person after = *person;
    for (int i = 0; i < person_field_count; i++) {
        const json_t *value = json_object_get(fields, person_fields[i].name);
        if (!value)
            continue;
        const char *text = json_string_value(value);
        if (!text || strlen(text) != json_string_length(value) || person_set(&after, i, text))
            return RC_BAD_INPUT;
    }
    *person = after;
    return RC_OK;
}

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0xB4 || (point >= 0x2018 && point <= 0x201B);
}

static bool is_letter(uint32_t point)
{
    if (point < 0x80)
        return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
               (point >= '0' && point <= '9');
    return point >= 0xC0 && point != 0xD7 && point != 0xF7 && !utf8_is_space(point) &&
           !utf8_is_control(point) && !utf8_is_combining(point) &&
           (point < 0x2000 || point > 0x2BFF);
}

/* The article of "'t Kint" and "'s Gravesande", which no initial is taken from; else 0. */
static size_t article_length(const char *name, size_t length)
{
    uint32_t point = 0;
    size_t at = utf8_step(name, length, &point);
    if (!at || !is_apostrophe(point) || at + 2 > length || !strchr("tTsSnN", name[at]))
        return 0;
    return name[at + 1] == ' ' || name[at + 1] == '-' ? at + 2 : 0;
}

/* The initial with the accents standing behind it, as a capital; "" for none. */
static void write_initial(const char *name, char *out_initial, size_t size)
{
    size_t length = strlen(name), at = article_length(name, length), used = 0, step;
    uint32_t point;
    char letter[UTF8_MAX];
    for (; (step = utf8_step(name + at, length - at, &point)) > 0; at += step) {
        if (used ? !utf8_is_combining(point) : !is_letter(point)) {
            if (used)
                break;
            continue;
        }
        size_t count = utf8_put(utf8_upper(point), letter);
        if (used + count >= size)
            break;
        memcpy(out_initial + used, letter, count);
        used += count;
    }
    out_initial[used] = 0;
}

void person_display_name(const struct person *person, char *out_name, size_t size)
{
    char initial[16], whole[sizeof person->first_name + sizeof initial + 4];
    if (!size)
        return;
    write_initial(person->last_name, initial, sizeof initial);
    snprintf(whole, sizeof whole, initial[0] ? "%s %s." : "%s%s", person->first_name, initial);
    size_t length = utf8_cut(whole, size - 1);
    memcpy(out_name, whole, length);
    out_name[length] = 0;
}

void person_file_name(const char *name, char *out_filed, size_t size)
{
    utf8_fold(name, out_filed, size);
    bool is_clipped = size > 3 && out_filed[0] == '\'' && out_filed[1] && out_filed[2] == ' ';
    if (is_clipped)
        memmove(out_filed, out_filed + 3, strlen(out_filed + 3) + 1);
}

void person_full_name(const struct person *person, char out_name[PERSON_FULL_NAME_BYTES])
{
    bool has_both = person->first_name[0] && person->last_name[0];
    snprintf(out_name, PERSON_FULL_NAME_BYTES, "%s%s%s", person->first_name, has_both ? " " : "",
             person->last_name);
}

bool person_is_called(const struct person *person, const char *called)
{
    char name[sizeof person->first_name + sizeof person->last_name + 1];
    char folded[sizeof name], wanted[sizeof name];
    if (!called[0])
        return false;
    snprintf(name, sizeof name, "%s %s", person->first_name, person->last_name);
    utf8_fold(name, folded, sizeof folded);
    utf8_fold(called, wanted, sizeof wanted);
    return strcmp(called, person->number) == 0 || strcmp(folded, wanted) == 0;
}

enum language person_language(const struct person *person, enum language otherwise)
{
    enum language language = otherwise;
    return language_parse(person->language, &language) ? otherwise : language;
}
