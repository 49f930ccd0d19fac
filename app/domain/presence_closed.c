/*
 * What closing facts say: sums of visits that went, and, where somebody is erased, all moments up
 * to then. Once each visit's moments stood there.
 */
#include <stdlib.h>

#include "app/domain/presence_i.h"

static enum rc add_span(struct closed *closed, const struct fact_span *span)
{
    if (closed->count == closed->capacity) {
        size_t capacity = closed->capacity ? 2 * closed->capacity : 8;
        struct fact_span *spans = realloc(closed->spans, capacity * sizeof *spans);
        if (!spans)
            return RC_NO_MEMORY;
        closed->spans = spans;
        closed->capacity = capacity;
    }
    closed->spans[closed->count++] = *span;
    return RC_OK;
}

static int64_t number_at(const json_t *list, size_t at)
{
    return json_integer_value(json_array_get(list, at));
}

static enum rc take_spans(struct closed *closed, const json_t *spans)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < json_array_size(spans); i++) {
        const json_t *row = json_array_get(spans, i);
        const struct fact_span span = {{number_at(row, 0), {number_at(row, 2), number_at(row, 3)}},
                                       {number_at(row, 1), {number_at(row, 4), number_at(row, 5)}}};
        rc = add_span(closed, &span);
    }
    return rc;
}

/* Before there were spans a closing fact carried all that came before it. */
static enum rc take_closing(const struct fact *fact, size_t at, struct closed *closed,
                            struct totals *totals)
{
    json_t *body;
    enum rc rc = body_read(fact, &body);
    if (rc)
        return rc;
    const json_t *spans = json_object_get(body, "spans");
    if (!spans) {
        totals->count = 0;
        closed->start = at + 1;
    }
    rc = take_spans(closed, spans);
    if (!rc)
        rc = totals_take(totals, body);
    json_decref(body);
    return rc;
}

enum rc presence_read_closings(const struct fact *facts, size_t count, struct closed *closed,
                               struct totals *totals)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < count; i++)
        if (facts[i].kind == FACT_CLOSING)
            rc = take_closing(&facts[i], i, closed, totals);
    return rc;
}

/* What names the visit it is about says nothing by itself once that is gone. */
static bool is_by_time(enum fact_kind kind)
{
    return kind == FACT_TAP || kind == FACT_PRESS || kind == FACT_UNDO || kind == FACT_TAKE_BACK ||
           kind == FACT_GUESTS;
}

bool presence_is_closed(const struct closed *closed, const struct fact *fact)
{
    if (closed->count && is_by_time(fact->kind))
        for (size_t i = 0; i < closed->count; i++)
            if (fact_span_has(&closed->spans[i], fact_place_of(fact)))
                return true;
    return false;
}

void presence_forget_closings(struct closed *closed)
{
    free(closed->spans);
    *closed = (struct closed){.spans = NULL};
}
