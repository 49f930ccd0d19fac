/*
 * place.h - what time it is for the register: where a fact added now would stand among the others,
 * whatever the clock says after a start without one. The door decides by it, and so does whoever
 * asks who is in the house. Runs where the journal runs, outside a transaction; records nothing.
 */
#ifndef APP_STORE_PLACE_H
#define APP_STORE_PLACE_H

#include "app/store/journal.h"

/* The clock's own time where the disk takes nothing: what is there must stay readable. */
int64_t place_now(struct journal *journal, const struct clock_reading *now);

#endif
