/* What closing facts say: sums of visits that went, and the moments they took place in. */
#include <stdlib.h>

#include "app/domain/presence_i.h"

static enum rc add_span(struct closed *closed, int64_t from_ms, int64_t to_ms)
{
    if (closed->count == closed->capacity) {
        size_t capacity = closed->capacity ? 2 * closed->capacity : 8;
        struct closed_span *spans = realloc(closed->spans, capacity * sizeof *spans);
        if (!spans)
            return RC_NO_MEMORY;
        closed->spans = spans;
        closed->capacity = capacity;
    }
    closed->spans[closed->count++] = (struct closed_span){from_ms, to_ms};
    return RC_OK;
}

static enum rc take_spans(struct closed *closed, const json_t *spans)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < json_array_size(spans); i++) {
        const json_t *span = json_array_get(spans, i);
        rc = add_span(closed, json_integer_value(json_array_get(span, 0)),
                      json_integer_value(json_array_get(span, 1)));
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
            if (fact->effective_ms >= closed->spans[i].from_ms &&
                fact->effective_ms < closed->spans[i].to_ms)
                return true;
    return false;
}

void presence_forget_closings(struct closed *closed)
{
    free(closed->spans);
    *closed = (struct closed){.spans = NULL};
}
