#include "app/domain/extent.h"

#include <stdlib.h>

static struct visit_before as_recorded(const struct visit *visit)
{
    if (!fact_id_is_none(visit->before.fact))
        return visit->before;
    return (struct visit_before){.arrived_ms = visit->arrived_ms,
                                 .left_ms = visit->left_ms,
                                 .how_in = visit->how_in,
                                 .how_out = visit->how_out};
}

/* Behind it a move belongs to no visit, or to another one. */
static int64_t reach_ms(const struct visit *visit)
{
    struct visit_before was = as_recorded(visit);
    bool is_known = was.how_out == PRESENCE_TAP || was.how_out == PRESENCE_NAME ||
                    was.how_out == PRESENCE_STAFF;
    if (is_known)
        return was.left_ms + PRESENCE_SAME_TAP_MS;
    return visit->closes_ms > was.left_ms ? visit->closes_ms : was.left_ms;
}

static int compare(const void *a, const void *b)
{
    const struct extent *left = a, *right = b;
    return fact_place_compare(left->span.from, right->span.from);
}

static bool is_move(const struct fact *fact)
{
    return fact->kind == FACT_TAP || fact->kind == FACT_PRESS || fact->kind == FACT_UNDO ||
           fact->kind == FACT_TAKE_BACK || fact->kind == FACT_GUESTS;
}

/* Sorted lists, both. */
static void take_moves(struct extent *extents, size_t extent_count, const struct fact *facts,
                       size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count && extent_count; i++) {
        struct fact_place place = fact_place_of(&facts[i]);
        while (at + 1 < extent_count && fact_place_compare(extents[at + 1].span.from, place) <= 0)
            at++;
        struct fact_span *span = &extents[at].span;
        if (is_move(&facts[i]) && fact_place_compare(place, span->from) >= 0 &&
            !fact_span_has(span, place))
            span->to = (struct fact_place){.at_ms = place.at_ms + 1};
    }
}

enum rc extents_find(const struct presence *presence, const struct fact *facts, size_t count,
                     struct extent **out_extents)
{
    size_t visits = presence->count;
    struct extent *extents = calloc(visits ? visits : 1, sizeof *extents);
    if (!extents)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < visits; i++) {
        const struct visit *visit = &presence->visits[i];
        extents[i] = (struct extent){
            i, {{as_recorded(visit).arrived_ms, visit->id}, {reach_ms(visit), {0}}}};
    }
    qsort(extents, visits, sizeof *extents, compare);
    take_moves(extents, visits, facts, count);
    for (size_t i = 0; i + 1 < visits; i++)
        if (fact_place_compare(extents[i].span.to, extents[i + 1].span.from) > 0)
            extents[i].span.to = extents[i + 1].span.from;
    *out_extents = extents;
    return RC_OK;
}
