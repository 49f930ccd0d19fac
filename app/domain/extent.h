/*
 * extent.h - from where to where the facts of one visit lie: for whoever closes it, and for what
 * was said while it lasted. By their order, not by time alone: where a clock went back, whole
 * visits lie at one millisecond. Pure; any thread.
 */
#ifndef APP_DOMAIN_EXTENT_H
#define APP_DOMAIN_EXTENT_H

#include "app/domain/presence.h"

/*
 * From the arrival, as it was recorded, to behind the last move that is not the next visit's, and
 * as far as a move that comes in late could be taken for one of it. They never overlap.
 */
struct extent {
    size_t visit; /* its place in the presence */
    struct fact_span span;
};

/* Of all visits, in the order they began in; free them. Facts as folded. RC_NO_MEMORY. */
enum rc extents_find(const struct presence *presence, const struct fact *facts, size_t count,
                     struct extent **out_extents) MUST_CHECK;

#endif
