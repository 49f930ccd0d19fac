#include "app/store/stone.h"

#include "app/store/office_i.h"

/* A body holds more, but what one tombstone says should be read at one glance. */
#define RANGES_MAX 200

enum rc stone_add(struct stone *stone, struct fact_id fact)
{
    return ids_add(&stone->facts, fact);
}

/* From *at on, which is then behind it. */
static json_t *take_range(const struct ids *facts, size_t *at)
{
    struct fact_id first = facts->rows[*at], last = first;
    for ((*at)++; *at < facts->count; (*at)++) {
        struct fact_id next = facts->rows[*at];
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
    while (ranges && *at < stone->facts.count && json_array_size(ranges) < RANGES_MAX)
        if (json_array_append_new(ranges, take_range(&stone->facts, at))) {
            json_decref(ranges);
            ranges = NULL;
        }
    return ranges ? office_add(stone->journal, stone->office, FACT_TOMBSTONE, stone->person,
                               json_pack("{s:o}", "of", ranges), NULL)
                  : RC_NO_MEMORY;
}

enum rc stone_end(struct stone *stone, enum rc rc)
{
    ids_sort(&stone->facts);
    for (size_t at = 0; !rc && at < stone->facts.count;)
        rc = set_one(stone, &at);
    ids_finish(&stone->facts);
    return rc;
}
