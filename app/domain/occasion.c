#include "app/domain/occasion.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "firmware/base/utf8.h"

/* --- texts, as a table --- */

struct text_field {
    const char *name;
    size_t offset, size;
};

#define OCCASION_TEXT(member)                                                                      \
    {                                                                                              \
#member, offsetof(struct occasion, member), sizeof((struct occasion *)0)->member           \
    }
#define SHIFT_TEXT(member)                                                                         \
    {                                                                                              \
#member, offsetof(struct shift, member), sizeof((struct shift *)0)->member                 \
    }

static const struct text_field occasion_texts[] = {OCCASION_TEXT(uid), OCCASION_TEXT(instance),
                                                   OCCASION_TEXT(source), OCCASION_TEXT(title),
                                                   OCCASION_TEXT(place)};
static const struct text_field shift_texts[] = {SHIFT_TEXT(mission), SHIFT_TEXT(circle),
                                                SHIFT_TEXT(skill), SHIFT_TEXT(referent)};

#define COUNT(table) (sizeof table / sizeof table[0])

static const char *text_of(const void *owner, const struct text_field *field)
{
    return (const char *)owner + field->offset;
}

static bool are_texts_same(const void *a, const void *b, const struct text_field *fields,
                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text_of(a, &fields[i]), text_of(b, &fields[i])) != 0)
            return false;
    return true;
}

static enum rc read_texts(void *owner, const json_t *body, const struct text_field *fields,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(body, fields[i].name);
        const char *text = json_string_value(value);
        if (value && (!text || strlen(text) != json_string_length(value) ||
                      utf8_clean(text, (char *)owner + fields[i].offset, fields[i].size)))
            return RC_BAD_INPUT;
    }
    return RC_OK;
}

/* False without memory. */
static bool write_texts(json_t *body, const void *owner, const void *before,
                        const struct text_field *fields, size_t count)
{
    bool is_written = true;
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(owner, &fields[i]);
        bool is_new = before ? strcmp(text, text_of(before, &fields[i])) != 0 : text[0] != 0;
        if (is_new)
            is_written &= json_object_set_new(body, fields[i].name, json_string(text)) == 0;
    }
    return is_written;
}

/* --- is it sound --- */

static bool are_shown(const void *owner, const struct text_field *fields, size_t count)
{
    char clean[256];
    for (size_t i = 0; i < count; i++)
        if (utf8_clean(text_of(owner, &fields[i]), clean, fields[i].size))
            return false;
    return true;
}

static const char *find_time_fault(int64_t from_ms, int64_t to_ms)
{
    if (from_ms < 0 || to_ms > FACT_TIME_MAX_MS)
        return SAID("is on a day that no calendar has: look at the year");
    if (to_ms <= from_ms)
        return SAID("ends before it begins: give an end after the beginning");
    return to_ms - from_ms > OCCASION_MAX_MS
               ? SAID("is longer than seven days: cut it into days, or mend its end")
               : NULL;
}

static const char *find_shift_fault(const struct occasion *occasion, const struct shift *shift)
{
    const char *fault = find_time_fault(shift->from_ms, shift->to_ms);
    if (fault)
        return fault;
    if (shift->from_ms < occasion->from_ms - OCCASION_MAX_MS ||
        shift->to_ms > occasion->to_ms + OCCASION_MAX_MS)
        return SAID("has a shift on another day: give the shift a time near its occasion");
    if (shift->places < 0 || shift->places > SHIFT_PLACES_MAX)
        return SAID("has a shift with more than 1000 places, or fewer than none");
    if (shift->number < 1 || shift->number > SHIFT_NUMBER_MAX ||
        occasion_shift(occasion, shift->number) != shift)
        return SAID("has two shifts of one number");
    return are_shown(shift, shift_texts, COUNT(shift_texts))
               ? NULL
               : SAID("has a shift with a text that cannot be shown");
}

bool occasion_is_sound(const struct occasion *occasion, struct reason *out_why)
{
    const char *fault = find_time_fault(occasion->from_ms, occasion->to_ms);
    if (!fault && !are_shown(occasion, occasion_texts, COUNT(occasion_texts)))
        fault = SAID("has a text that cannot be shown");
    for (int i = 0; !fault && i < occasion->shift_count; i++)
        fault = find_shift_fault(occasion, &occasion->shifts[i]);
    if (fault) {
        reason_set(out_why, SAID("%s %s."),
                   occasion->title[0] ? occasion->title : SAID("This occasion"), fault);
        reason_mark(out_why, 1);
        if (!occasion->title[0])
            reason_mark(out_why, 0);
    }
    return !fault;
}

/* --- as bodies of facts --- */

static json_t *shift_to_json(const struct shift *shift)
{
    json_t *body = json_pack("{s:i,s:I,s:I}", "number", shift->number, "from_ms",
                             (json_int_t)shift->from_ms, "to_ms", (json_int_t)shift->to_ms);
    bool is_whole = body && write_texts(body, shift, NULL, shift_texts, COUNT(shift_texts));
    if (shift->places)
        is_whole &= json_object_set_new(body, "places", json_integer(shift->places)) == 0;
    if (shift->is_gone)
        is_whole &= json_object_set_new(body, "is_gone", json_true()) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

static json_t *shifts_to_json(const struct occasion *occasion)
{
    json_t *list = json_array();
    bool is_whole = list != NULL;
    for (int i = 0; i < occasion->shift_count; i++)
        is_whole &= json_array_append_new(list, shift_to_json(&occasion->shifts[i])) == 0;
    if (is_whole)
        return list;
    json_decref(list);
    return NULL;
}

static bool is_same_shift(const struct shift *a, const struct shift *b)
{
    return a->number == b->number && a->from_ms == b->from_ms && a->to_ms == b->to_ms &&
           a->places == b->places && a->is_gone == b->is_gone &&
           are_texts_same(a, b, shift_texts, COUNT(shift_texts));
}

static bool has_same_shifts(const struct occasion *a, const struct occasion *b)
{
    if (a->shift_count != b->shift_count)
        return false;
    for (int i = 0; i < a->shift_count; i++)
        if (!is_same_shift(&a->shifts[i], &b->shifts[i]))
            return false;
    return true;
}

/* `before` NULL: all that is not empty. */
static json_t *write(const struct occasion *before, const struct occasion *after)
{
    json_t *body = json_object();
    bool is_whole = body && write_texts(body, after, before, occasion_texts, COUNT(occasion_texts));
    if (!before || before->kind != after->kind)
        is_whole &=
            json_object_set_new(body, "kind", json_string(occasion_kind_name(after->kind))) == 0;
    if (!before || before->from_ms != after->from_ms || before->to_ms != after->to_ms) {
        is_whole &= json_object_set_new(body, "from_ms", json_integer(after->from_ms)) == 0;
        is_whole &= json_object_set_new(body, "to_ms", json_integer(after->to_ms)) == 0;
    }
    if (before ? before->is_all_day != after->is_all_day : after->is_all_day)
        is_whole &= json_object_set_new(body, "is_all_day", json_boolean(after->is_all_day)) == 0;
    if (before ? before->state != after->state : after->state != OCCASION_ON)
        is_whole &=
            json_object_set_new(body, "state", json_string(occasion_state_name(after->state))) == 0;
    if (before ? !has_same_shifts(before, after) : after->shift_count > 0)
        is_whole &= json_object_set_new(body, "shifts", shifts_to_json(after)) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

json_t *occasion_to_json(const struct occasion *occasion)
{
    return write(NULL, occasion);
}

json_t *occasion_changes(const struct occasion *before, const struct occasion *after)
{
    return write(before, after);
}

static enum rc read_times(const json_t *body, int64_t *from_ms, int64_t *to_ms)
{
    enum rc rc = body_take_number(body, "from_ms", 0, FACT_TIME_MAX_MS, from_ms);
    return rc ? rc : body_take_number(body, "to_ms", 0, FACT_TIME_MAX_MS, to_ms);
}

static enum rc read_shift(const json_t *body, struct shift *out_shift)
{
    int64_t number = 0, places = 0;
    struct shift shift = {.is_gone = json_is_true(json_object_get(body, "is_gone"))};
    enum rc rc = read_texts(&shift, body, shift_texts, COUNT(shift_texts));
    if (!rc)
        rc = body_take_number(body, "number", 1, SHIFT_NUMBER_MAX, &number);
    if (!rc)
        rc = body_take_number(body, "places", 0, SHIFT_PLACES_MAX, &places);
    if (!rc)
        rc = read_times(body, &shift.from_ms, &shift.to_ms);
    if (rc || number == 0)
        return RC_BAD_INPUT;
    shift.number = (int)number;
    shift.places = (int)places;
    *out_shift = shift;
    return RC_OK;
}

static int compare_shifts(const void *a, const void *b)
{
    return ((const struct shift *)a)->number - ((const struct shift *)b)->number;
}

static enum rc read_shifts(struct occasion *occasion, const json_t *list)
{
    size_t index;
    json_t *row;
    if (!json_is_array(list) || json_array_size(list) > OCCASION_SHIFTS_MAX)
        return RC_BAD_INPUT;
    const struct occasion before = *occasion;
    occasion->shift_count = 0;
    json_array_foreach(list, index, row)
    {
        struct shift *shift = &occasion->shifts[occasion->shift_count++];
        if (read_shift(row, shift))
            return RC_BAD_INPUT;
        const struct shift *known = occasion_shift(&before, shift->number);
        if (known) {
            shift->closed = known->closed;
            shift->were_enough = known->were_enough;
        }
    }
    qsort(occasion->shifts, (size_t)occasion->shift_count, sizeof occasion->shifts[0],
          compare_shifts);
    return RC_OK;
}

static enum rc read_kind(struct occasion *occasion, const char *name)
{
    enum occasion_kind kind = occasion_kind_from_name(name);
    /* One of a newer version: presence is counted, and nothing is asked. */
    occasion->kind = kind < OCCASION_COUNT ? kind : OCCASION_WORKSHOP;
    return RC_OK;
}

static enum rc read_state(struct occasion *occasion, const char *name)
{
    for (int state = OCCASION_ON; state <= OCCASION_CANCELLED; state++)
        if (strcmp(occasion_state_name((enum occasion_state)state), name) == 0) {
            occasion->state = (enum occasion_state)state;
            return RC_OK;
        }
    return RC_BAD_INPUT;
}

enum rc occasion_apply(struct occasion *occasion, const json_t *body)
{
    struct occasion after = *occasion;
    const json_t *shifts = json_object_get(body, "shifts");
    const json_t *all_day = json_object_get(body, "is_all_day");
    const char *kind = json_text(body, "kind"), *state = json_text(body, "state");
    enum rc rc = read_texts(&after, body, occasion_texts, COUNT(occasion_texts));
    if (!rc && kind)
        rc = read_kind(&after, kind);
    if (!rc && state)
        rc = read_state(&after, state);
    if (!rc)
        rc = read_times(body, &after.from_ms, &after.to_ms);
    if (all_day)
        after.is_all_day = json_is_true(all_day);
    if (!rc && shifts)
        rc = read_shifts(&after, shifts);
    if (!rc && !occasion_is_sound(&after, NULL))
        rc = RC_REFUSED;
    if (!rc)
        *occasion = after;
    return rc;
}

static bool are_closed_alike(const struct occasion *a, const struct occasion *b)
{
    for (int i = 0; i < a->shift_count; i++)
        if (!fact_id_is_same(a->shifts[i].closed, b->shifts[i].closed) ||
            a->shifts[i].were_enough != b->shifts[i].were_enough)
            return false;
    return true;
}

bool occasion_is_same(const struct occasion *a, const struct occasion *b)
{
    return fact_id_is_same(a->id, b->id) && fact_id_is_same(a->organisation, b->organisation) &&
           a->kind == b->kind && a->state == b->state && a->from_ms == b->from_ms &&
           a->to_ms == b->to_ms && a->is_all_day == b->is_all_day &&
           are_texts_same(a, b, occasion_texts, COUNT(occasion_texts)) && has_same_shifts(a, b) &&
           are_closed_alike(a, b);
}
