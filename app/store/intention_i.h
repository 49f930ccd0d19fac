/*
 * intention_i.h - the inside of intention, shared by intention.c (what is intended, set and listed)
 * and intention_given.c (what was given). Nobody else includes it.
 */
#ifndef APP_STORE_INTENTION_I_H
#define APP_STORE_INTENTION_I_H

#include "app/store/intention.h"

/* Days, and whose hours on them. */
struct intention_span {
    int first_day, last_day;
    bool is_of_one; /* only those of the organisation */
    struct fact_id organisation;
};

/*
 * What counts against a circle (NULL: everything): volunteers' hours, with the visit that is not
 * over at `now_ms`. Nothing counts for an organisation that nobody knows.
 */
enum rc intention_find_given(struct db *db, struct fact_id person, const struct circle *circle,
                             struct intention_span span, int64_t now_ms,
                             int64_t *out_seconds) MUST_CHECK;

#endif
