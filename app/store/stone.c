#include "app/store/stone.h"

#include <stdlib.h>

#include "app/store/office_i.h"

/* A body holds more, but what one tombstone says should be read at one glance. */
#define RANGES_MAX 200

enum rc stone_add(struct stone *stone, struct fact_id fact)
{
    if (stone->count == stone->capacity) {
        size_t capacity = stone->capacity ? 2 * stone->capacity : 64;
        struct fact_id *facts = realloc(stone->facts, capacity * sizeof *facts);
        if (!facts)
            return RC_NO_MEMORY;
        stone->facts = facts;
        stone->capacity = capacity;
    }
    stone->facts[stone->count++] = fact;
    return RC_OK;
}

static int compare(const void *a, const void *b)
{
    return fact_id_compare(*(const struct fact_id *)a, *(const struct fact_id *)b);
}

/* From *at on, which is then behind it. */
static json_t *take_range(const struct stone *stone, size_t *at)
{
    struct fact_id first = stone->facts[*at], last = first;
    for ((*at)++; *at < stone->count; (*at)++) {
        struct fact_id next = stone->facts[*at];
        if (next.station != last.station || next.seq > last.seq + 1)
            break;
        last = next;
    }
    return json_pack("[I,I,I]", (json_int_t)first.station, (json_int_t)first.seq,
                     (json_int_t)last.seq);
}

static enum rc set_one(const struct stone *stone, size_t *at)
{
    json_t *ranges = json_array();
    while (ranges && *at < stone->count && json_array_size(ranges) < RANGES_MAX)
        if (json_array_append_new(ranges, take_range(stone, at))) {
            json_decref(ranges);
            ranges = NULL;
        }
    return ranges ? office_add(stone->journal, stone->office, FACT_TOMBSTONE, stone->person,
                               json_pack("{s:o}", "of", ranges), NULL)
                  : RC_NO_MEMORY;
}

enum rc stone_end(struct stone *stone, enum rc rc)
{
    if (stone->count)
        qsort(stone->facts, stone->count, sizeof *stone->facts, compare);
    for (size_t at = 0; !rc && at < stone->count;)
        rc = set_one(stone, &at);
    free(stone->facts);
    stone->facts = NULL;
    stone->count = stone->capacity = 0;
    return rc;
}
