/*
 * extent.h - from when to when the facts of one visit lie: for whoever closes it, and for what was
 * said while it lasted. Pure; any thread.
 */
#ifndef APP_DOMAIN_EXTENT_H
#define APP_DOMAIN_EXTENT_H

#include "app/domain/presence.h"

/*
 * [from, to): from the arrival, as it was recorded, to behind the last move that is not the next
 * visit's, and as far as a move that comes in late could be taken for one of it. They never
 * overlap.
 */
struct extent {
    size_t visit; /* its place in the presence */
    int64_t from_ms, to_ms;
};

/* Of all visits, in the order they began in; free them. Facts as folded. RC_NO_MEMORY. */
enum rc extents_find(const struct presence *presence, const struct fact *facts, size_t count,
                     struct extent **out_extents) MUST_CHECK;

#endif
