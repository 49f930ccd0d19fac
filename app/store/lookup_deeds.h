/*
 * lookup_deeds.h - what people said at occasions, what was given there, and one person's own
 * ledger: what they gave and what came back. Works on a writer's connection and on a snapshot's.
 *
 * Sums are by occasion and never by person: who takes how much is nobody's to compare. A `row` that
 * returns something else than RC_OK ends a list with that.
 */
#ifndef APP_STORE_LOOKUP_DEEDS_H
#define APP_STORE_LOOKUP_DEEDS_H

#include "app/domain/deed.h"
#include "app/domain/occasion.h"
#include "app/store/db.h"

/* One of them, with whose it is and where. */
struct lookup_deed {
    struct deed deed;
    struct fact_id person;
    char number[32];
    char full_name[200];                             /* "" once erased */
    char title[sizeof((struct occasion *)0)->title]; /* of the occasion; "": none in the calendar */
};

/* Of a kind on the venue's days from `first_day` to `last_day` (20261101), the oldest first. */
enum rc lookup_deeds(struct db *db, enum deed_kind kind, int first_day, int last_day,
                     enum rc (*row)(void *context, const struct lookup_deed *deed),
                     void *context) MUST_CHECK;

/*
 * How many of something an occasion gave; or a day, where the calendar had no occasion; or a month,
 * of what was summed up when names went.
 */
struct lookup_gift {
    enum deed_kind kind;
    int day; /* the first on which it was given; of sums the month, as 20261100 */
    bool is_sum;
    struct fact_id occasion;
    char title[sizeof((struct occasion *)0)->title];
    int64_t count;
};

/* Drinks and baskets by occasion, in the order of days; sums of months that have all their days. */
enum rc lookup_gifts(struct db *db, int first_day, int last_day,
                     enum rc (*row)(void *context, const struct lookup_gift *gift),
                     void *context) MUST_CHECK;

/* A line of a person's ledger, by day: hours that they gave, or something that came back. */
struct lookup_ledger {
    int day;
    char title[sizeof((struct occasion *)0)->title]; /* of the occasion; "" */
    char mission[128];                               /* of hours; "" */
    int64_t seconds;                                 /* given; 0: something came back: */
    enum deed_kind kind;
    int64_t count;
};

/* Hours as staff are none of it, and those of a visit that nobody ended come with its end. */
enum rc lookup_ledger(struct db *db, struct fact_id person, int first_day, int last_day,
                      enum rc (*row)(void *context, const struct lookup_ledger *line),
                      void *context) MUST_CHECK;

#endif
