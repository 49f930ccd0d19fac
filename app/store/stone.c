#include "app/store/stone.h"

#include "app/store/office_i.h"

/* A body holds more, but what one tombstone says should be read at one glance. */
#define RANGES_MAX 200

static enum rc set(struct stone *stone)
{
    json_t *ranges = stone->ranges;
    stone->ranges = NULL;
    return ranges ? office_add(stone->journal, stone->office, FACT_TOMBSTONE, stone->person,
                               json_pack("{s:o}", "of", ranges), NULL)
                  : RC_OK;
}

static enum rc end_range(struct stone *stone)
{
    if (fact_id_is_none(stone->first))
        return RC_OK;
    json_t *range = json_pack("[I,I,I]", (json_int_t)stone->first.station,
                              (json_int_t)stone->first.seq, (json_int_t)stone->last.seq);
    stone->first = (struct fact_id){0, 0};
    if (!stone->ranges)
        stone->ranges = json_array();
    if (json_array_append_new(stone->ranges, range))
        return RC_NO_MEMORY;
    return json_array_size(stone->ranges) < RANGES_MAX ? RC_OK : set(stone);
}

enum rc stone_add(struct stone *stone, struct fact_id fact)
{
    bool continues = !fact_id_is_none(stone->first) && fact.station == stone->last.station &&
                     fact.seq == stone->last.seq + 1;
    enum rc rc = continues ? RC_OK : end_range(stone);
    if (!continues)
        stone->first = fact;
    stone->last = fact;
    return rc;
}

enum rc stone_end(struct stone *stone, enum rc rc)
{
    if (!rc)
        rc = end_range(stone);
    if (!rc)
        rc = set(stone);
    json_decref(stone->ranges);
    stone->ranges = NULL;
    return rc;
}
