/*
 * baskets.h - the baskets at a pick-up: whose, what became of them. Works on a writer's connection
 * and on a snapshot's; deeds_record notes that one was fetched.
 */
#ifndef APP_STORE_BASKETS_H
#define APP_STORE_BASKETS_H

#include "app/domain/answer.h"
#include "app/domain/person.h"
#include "app/store/deeds.h"

struct baskets_row {
    struct person owner;
    char size[DEED_TEXT_BYTES]; /* as it was when it was fetched; else as it is */
    int paused_until;           /* it was not fetched, and is paused that day, until then; 0: not */
    int64_t fetched_ms;         /* 0: not yet */
    struct fact_id fetched_by;  /* none: its owner */
    struct person fetcher;      /* the same; nobody's name once erased */
};

/* Still there to be fetched? */
bool baskets_is_left(const struct baskets_row *row);

/*
 * Calls `row` for each: of everybody who has one now, or whose was fetched there; by last name.
 * `at.day` is the day that pauses are asked of. A `row` that returns something else than RC_OK ends
 * it with that.
 */
enum rc baskets_list(struct db *db, const struct deeds_at *at,
                     enum rc (*row)(void *context, const struct baskets_row *basket),
                     void *context) MUST_CHECK;

/* How many there are but for those that are paused, and how many of them are still there. */
struct baskets_sum {
    int all, left, paused;
};

enum rc baskets_count(struct db *db, const struct deeds_at *at,
                      struct baskets_sum *out_sum) MUST_CHECK;

/* What there is for answer->person: theirs, what they may fetch, and what they just fetched. */
enum rc baskets_fill(struct db *db, const struct deeds_at *at, struct answer *answer) MUST_CHECK;

/* Where the baskets of an occasion are looked up. */
struct deeds_at baskets_at(const struct occasion *occasion, int day_end_min);

#endif
