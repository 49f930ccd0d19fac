/* Did facts lose whom they were about only where a tombstone says so? */
#include <stdlib.h>

#include "app/domain/body.h"
#include "app/store/verify_i.h"

static enum rc add(struct verify_ranges *ranges, const struct verify_range *range)
{
    if (ranges->count == ranges->capacity) {
        size_t capacity = ranges->capacity ? 2 * ranges->capacity : 64;
        struct verify_range *rows = realloc(ranges->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        ranges->rows = rows;
        ranges->capacity = capacity;
    }
    ranges->rows[ranges->count++] = *range;
    return RC_OK;
}

/* Facts come in the order of the chain. */
static enum rc add_fact(struct verify_ranges *facts, struct fact_id id)
{
    struct verify_range *last = facts->count ? &facts->rows[facts->count - 1] : NULL;
    if (last && last->station == id.station && last->last == id.seq - 1) {
        last->last = id.seq;
        return RC_OK;
    }
    return add(facts, &(struct verify_range){id.station, id.seq, id.seq});
}

static int64_t number_at(const json_t *range, size_t at)
{
    return json_integer_value(json_array_get(range, at));
}

static enum rc add_tombstone(struct verify_ranges *covered, const struct fact *fact)
{
    json_t *body;
    enum rc rc = body_read(fact, &body);
    if (rc) /* an unreadable one breaks the chain as well */
        return rc == RC_NO_MEMORY ? rc : RC_OK;
    const json_t *of = json_object_get(body, "of");
    for (size_t i = 0; !rc && i < json_array_size(of); i++) {
        const json_t *range = json_array_get(of, i);
        rc = add(covered, &(struct verify_range){number_at(range, 0), number_at(range, 1),
                                                 number_at(range, 2)});
    }
    json_decref(body);
    return rc;
}

enum rc verify_redacted_take(struct verify_redacted *redacted, const struct chain_link *link)
{
    const struct fact *fact = &link->fact;
    if (link->is_redacted)
        return add_fact(&redacted->facts, fact->id);
    if (fact->kind == FACT_TOMBSTONE && fact_id_is_none(fact->subject))
        return add_tombstone(&redacted->covered, fact);
    return RC_OK;
}

static int compare(const void *a, const void *b)
{
    const struct verify_range *left = a, *right = b;
    if (left->station != right->station)
        return left->station < right->station ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

/* Both lists in their order: *at is the first that could reach so far. */
static bool is_covered(const struct verify_ranges *covered, size_t *at,
                       const struct verify_range *facts)
{
    int64_t seq = facts->first;
    for (; *at < covered->count; (*at)++) {
        const struct verify_range *range = &covered->rows[*at];
        bool is_behind = range->station > facts->station ||
                         (range->station == facts->station && range->first > seq);
        if (is_behind)
            return false;
        if (range->station < facts->station || range->last < seq)
            continue;
        if (range->last >= facts->last)
            return true; /* it may reach the next ones, too */
        seq = range->last + 1;
    }
    return false;
}

void verify_redacted_close(struct verify_redacted *redacted, struct verify_result *result)
{
    struct verify_ranges *covered = &redacted->covered;
    size_t at = 0;
    if (covered->count)
        qsort(covered->rows, covered->count, sizeof *covered->rows, compare);
    for (size_t i = 0; i < redacted->facts.count; i++) {
        const struct verify_range *facts = &redacted->facts.rows[i];
        if (!is_covered(covered, &at, facts))
            verify_found(result, &result->broken, "a fact that lost whom it is about",
                         (struct fact_id){facts->station, facts->first});
    }
    free(redacted->facts.rows);
    free(covered->rows);
    *redacted = (struct verify_redacted){.facts = {.rows = NULL}};
}
