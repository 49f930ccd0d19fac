#include "app/domain/sign_up.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "firmware/base/utf8.h"

static const char *const ends[] = {"stands", "excused", "replaced", "cancelled"};

const char *sign_up_end_name(enum sign_up_end end)
{
    assert((unsigned)end < sizeof ends / sizeof ends[0]);
    return ends[end];
}

const char *sign_up_outcome_name(enum sign_up_outcome outcome)
{
    static const char *const names[SIGN_UP_OUTCOMES] = {"expected", "came",     "did-not-come",
                                                        "excused",  "replaced", "cancelled"};
    assert((unsigned)outcome < SIGN_UP_OUTCOMES);
    return names[outcome];
}

bool shift_id_is_same(struct shift_id a, struct shift_id b)
{
    return fact_id_is_same(a.occasion, b.occasion) && a.number == b.number;
}

enum sign_up_outcome sign_up_outcome(const struct sign_up *sign_up, int64_t now_ms)
{
    static const enum sign_up_outcome ended[] = {
        [SIGN_UP_EXCUSED] = SIGN_UP_IS_EXCUSED,
        [SIGN_UP_REPLACED] = SIGN_UP_IS_REPLACED,
        [SIGN_UP_CANCELLED] = SIGN_UP_IS_CANCELLED,
    };
    if (sign_up->end != SIGN_UP_STANDS)
        return ended[sign_up->end];
    /* Who is in the house since the morning has not come for the evening yet. */
    if (!fact_id_is_none(sign_up->visit) && now_ms >= sign_up->from_ms - SIGN_UP_BEFORE_MS)
        return SIGN_UP_CAME;
    return now_ms < sign_up->to_ms ? SIGN_UP_EXPECTED : SIGN_UP_DID_NOT_COME;
}

/* --- the list --- */

static int compare(const struct sign_up *a, const struct sign_up *b)
{
    if (a->from_ms != b->from_ms)
        return a->from_ms < b->from_ms ? -1 : 1;
    int order = fact_id_compare(a->of.occasion, b->of.occasion);
    return order ? order : a->of.number - b->of.number;
}

enum rc sign_ups_add(struct sign_ups *sign_ups, const struct sign_up *sign_up)
{
    if (sign_ups->count == sign_ups->capacity) {
        size_t capacity = sign_ups->capacity ? 2 * sign_ups->capacity : 8;
        struct sign_up *rows = realloc(sign_ups->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        sign_ups->rows = rows;
        sign_ups->capacity = capacity;
    }
    sign_ups->rows[sign_ups->count++] = *sign_up;
    return RC_OK;
}

/* To its place; almost always it is the last. */
static void sift(struct sign_ups *sign_ups, size_t at)
{
    struct sign_up *rows = sign_ups->rows, moved = rows[at];
    for (; at > 0 && compare(&moved, &rows[at - 1]) < 0; at--)
        rows[at] = rows[at - 1];
    for (; at + 1 < sign_ups->count && compare(&moved, &rows[at + 1]) > 0; at++)
        rows[at] = rows[at + 1];
    rows[at] = moved;
}

static struct sign_up *find(const struct sign_ups *sign_ups, struct shift_id of)
{
    for (size_t i = sign_ups->count; i-- > 0;)
        if (shift_id_is_same(sign_ups->rows[i].of, of))
            return &sign_ups->rows[i];
    return NULL;
}

const struct sign_up *sign_ups_find(const struct sign_ups *sign_ups, struct shift_id of)
{
    return find(sign_ups, of);
}

void sign_ups_finish(struct sign_ups *sign_ups)
{
    free(sign_ups->rows);
    *sign_ups = (struct sign_ups){.rows = NULL};
}

/* --- facts --- */

/* Which shift; RC_CORRUPT where no version of Perron would name it so. */
static enum rc read_of(const json_t *body, struct shift_id *out_of)
{
    int64_t number = 0;
    const struct fact_id occasion = body_id(body, "occasion");
    if (fact_id_is_none(occasion) || body_take_number(body, "shift", 0, SHIFT_NUMBER_MAX, &number))
        return RC_CORRUPT;
    *out_of = (struct shift_id){occasion, (int)number};
    return RC_OK;
}

static enum rc take_promise(struct sign_ups *sign_ups, const struct fact *fact, const json_t *body)
{
    const char *mission = json_text(body, "mission");
    struct sign_up promised = {
        .fact = fact->id,
        .organisation = fact->organisation,
        .from_ms = body_time(body, "from_ms", 0),
        .to_ms = body_time(body, "to_ms", 0),
        .is_stand_in_sought = json_is_true(json_object_get(body, "is_stand_in_sought")),
    };
    if (read_of(body, &promised.of) || promised.to_ms <= promised.from_ms ||
        promised.to_ms - promised.from_ms > OCCASION_MAX_MS ||
        utf8_clean(mission ? mission : "", promised.mission, sizeof promised.mission))
        return RC_CORRUPT;
    struct sign_up *known = find(sign_ups, promised.of);
    if (known)
        *known = promised;
    else if (sign_ups_add(sign_ups, &promised))
        return RC_NO_MEMORY;
    sift(sign_ups, known ? (size_t)(known - sign_ups->rows) : sign_ups->count - 1);
    return RC_OK;
}

static enum rc take_end(struct sign_ups *sign_ups, const struct fact *fact, const json_t *body)
{
    struct shift_id of;
    const char *how = json_text(body, "how");
    if (read_of(body, &of))
        return RC_CORRUPT;
    struct sign_up *known = find(sign_ups, of);
    for (int end = SIGN_UP_EXCUSED; known && how && end <= SIGN_UP_CANCELLED; end++)
        if (strcmp(ends[end], how) == 0) {
            known->end = (enum sign_up_end)end;
            known->fact = fact->id;
            known->replaced_by = body_id(body, "replaced_by");
            known->is_stand_in_sought = false;
        }
    return RC_OK;
}

enum rc sign_ups_take(struct sign_ups *sign_ups, const struct fact *fact, const json_t *body)
{
    if (!body)
        return RC_OK;
    return fact->kind == FACT_SIGN_UP ? take_promise(sign_ups, fact, body)
                                      : take_end(sign_ups, fact, body);
}

bool sign_up_is_same(const struct sign_up *a, const struct sign_up *b)
{
    return shift_id_is_same(a->of, b->of) && fact_id_is_same(a->fact, b->fact) &&
           fact_id_is_same(a->organisation, b->organisation) &&
           strcmp(a->mission, b->mission) == 0 && a->from_ms == b->from_ms &&
           a->to_ms == b->to_ms && a->end == b->end &&
           a->is_stand_in_sought == b->is_stand_in_sought &&
           fact_id_is_same(a->replaced_by, b->replaced_by) && fact_id_is_same(a->visit, b->visit);
}
