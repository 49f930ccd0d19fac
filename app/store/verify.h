/*
 * verify.h - do the chain and the views hold? Folds everything again, compares, writes nothing.
 *
 * Two passes, each through its pages in order: the chain by station and sequence, the folds by
 * subject. They run beside each other, the second in a thread of its own, where the register stands
 * still for the moment that takes.
 */
#ifndef APP_STORE_VERIFY_H
#define APP_STORE_VERIFY_H

#include "app/store/snapshot.h"

struct verify_result {
    int64_t facts;     /* read */
    int64_t stations;  /* chains followed */
    int64_t people;    /* folded and compared */
    int64_t occasions; /* the same */
    int64_t broken;    /* links that do not hold */
    int64_t misplaced; /* facts whose effective time is not what their clocks say */
    int64_t
        differing; /* people, occasions and stations whose views are not what their facts come to */
    char first[160]; /* the first thing found, in words; "" when all holds */
};

/* RC_OK when it could be done, whatever it found: see verify_holds. */
enum rc verify_run(struct snapshot *snapshot, struct verify_result *out_result) MUST_CHECK;

bool verify_holds(const struct verify_result *result);

#endif
