#include "app/domain/deed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "app/domain/day.h"
#include "firmware/base/utf8.h"

static const struct {
    const char *name;
    bool is_single;
    bool is_for_another;
    bool comes_back;
} kinds[DEED_COUNT] = {
    [DEED_DRINK] = {.name = "drink", .comes_back = true},
    [DEED_BASKET] = {.name = "basket",
                     .is_single = true,
                     .is_for_another = true,
                     .comes_back = true},
    [DEED_PROXY] = {.name = "proxy", .is_single = true},
    [DEED_NEED] = {.name = "need"},
};

const char *deed_kind_name(enum deed_kind kind)
{
    assert((unsigned)kind < DEED_COUNT);
    return kinds[kind].name;
}

enum deed_kind deed_kind_from_name(const char *name)
{
    int kind = 0;
    while (kind < DEED_COUNT && (!name || strcmp(kinds[kind].name, name) != 0))
        kind++;
    return (enum deed_kind)kind;
}

bool deed_kind_is_single(enum deed_kind kind)
{
    assert((unsigned)kind < DEED_COUNT);
    return kinds[kind].is_single;
}

bool deed_kind_is_for_another(enum deed_kind kind)
{
    assert((unsigned)kind < DEED_COUNT);
    return kinds[kind].is_for_another;
}

bool deed_kind_comes_back(enum deed_kind kind)
{
    assert((unsigned)kind < DEED_COUNT);
    return kinds[kind].comes_back;
}

/* --- the list --- */

enum rc deeds_add(struct deeds *deeds, const struct deed *deed)
{
    if (deeds->count == deeds->capacity) {
        size_t capacity = deeds->capacity ? 2 * deeds->capacity : 8;
        struct deed *rows = realloc(deeds->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        deeds->rows = rows;
        deeds->capacity = capacity;
    }
    deeds->rows[deeds->count++] = *deed;
    return RC_OK;
}

void deeds_finish(struct deeds *deeds)
{
    free(deeds->rows);
    *deeds = (struct deeds){.rows = NULL};
}

static bool is_at_same(const struct deed *a, const struct deed *b)
{
    bool has_occasion = !fact_id_is_none(a->occasion) || !fact_id_is_none(b->occasion);
    return a->kind == b->kind &&
           (has_occasion ? fact_id_is_same(a->occasion, b->occasion) : a->day == b->day);
}

static void forget_earlier(struct deeds *deeds, const struct deed *deed)
{
    size_t kept = 0;
    for (size_t i = 0; i < deeds->count; i++)
        if (!is_at_same(&deeds->rows[i], deed))
            deeds->rows[kept++] = deeds->rows[i];
    deeds->count = kept;
}

/* --- facts --- */

enum rc deeds_take(struct deeds *deeds, const struct fact *fact, const json_t *body)
{
    const char *text = json_text(body, "text");
    struct deed deed = {
        .fact = fact->id,
        .organisation = fact->organisation,
        .occasion = body_id(body, "occasion"),
        .other = body_id(body, "other"),
        .kind = deed_kind_from_name(json_text(body, "deed")),
        .day = day_number(fact->effective_ms, fact->day_end_min),
        .at_ms = fact->effective_ms,
    };
    if (deed.kind == DEED_COUNT)
        return RC_OK;
    if (utf8_clean(text ? text : "", deed.text, sizeof deed.text))
        return RC_CORRUPT;
    if (deed_kind_is_single(deed.kind))
        forget_earlier(deeds, &deed);
    bool is_taken_back = deed.kind == DEED_PROXY && fact_id_is_none(deed.other);
    return is_taken_back ? RC_OK : deeds_add(deeds, &deed);
}

static bool put_id(json_t *body, const char *name, struct fact_id id)
{
    return fact_id_is_none(id) ||
           json_object_set_new(body, name,
                               json_pack("[I,I]", (json_int_t)id.station, (json_int_t)id.seq)) == 0;
}

json_t *deed_to_json(const struct deed *deed)
{
    json_t *body = json_pack("{s:s}", "deed", deed_kind_name(deed->kind));
    bool is_whole =
        body && put_id(body, "occasion", deed->occasion) && put_id(body, "other", deed->other);
    if (is_whole && deed->text[0])
        is_whole = json_object_set_new(body, "text", json_string(deed->text)) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

static bool is_same(const struct deed *a, const struct deed *b)
{
    return fact_id_is_same(a->fact, b->fact) && fact_id_is_same(a->organisation, b->organisation) &&
           fact_id_is_same(a->occasion, b->occasion) && fact_id_is_same(a->other, b->other) &&
           a->kind == b->kind && a->day == b->day && a->at_ms == b->at_ms &&
           strcmp(a->text, b->text) == 0;
}

bool deeds_are_same(const struct deeds *a, const struct deeds *b)
{
    size_t at = 0;
    while (at < a->count && at < b->count && is_same(&a->rows[at], &b->rows[at]))
        at++;
    return at == a->count && at == b->count;
}
