/*
 * basket.h - somebody's basket, as their person fields say it: not on these days, fetched by these
 * people. Pure; any thread.
 *
 *     basket           its size in the venue's words: "small", "grand", "2 x half"; "": none
 *     basket_pauses    ISO dates and spans of them, "2026-12-20/2027-01-05", between commas
 *     basket_fetchers  member numbers or names of who may fetch it beside its owner, between ";"
 */
#ifndef APP_DOMAIN_BASKET_H
#define APP_DOMAIN_BASKET_H

#include <stdbool.h>

#include "app/domain/person.h"
#include "firmware/base/rc.h"

#define BASKET_PAUSES_MAX 20

/* Days as 20261220, both of them paused. */
struct basket_pause {
    int from, to;
};

struct basket_pauses {
    struct basket_pause rows[BASKET_PAUSES_MAX];
    int count;
};

/*
 * Reads `basket_pauses`; "" has none. RC_BAD_INPUT, with a sentence, for what is no day, a span
 * that ends before it begins; RC_LIMIT for more than BASKET_PAUSES_MAX.
 */
enum rc basket_read_pauses(const char *text, struct basket_pauses *out_pauses,
                           struct reason *out_reason) MUST_CHECK;

/*
 * The last day of the pause that `day` lies in, pauses that follow each other taken as one; 0:
 * there is a basket that day.
 */
int basket_paused_until(const struct basket_pauses *pauses, int day);

/* The same by the owner's field; what cannot be read pauses nothing. */
int basket_paused_until_of(const struct person *owner, int day);

#define BASKET_NAME_BYTES sizeof((struct person *)0)->basket_fetchers

/*
 * The next of the names in `*at`, without the spaces around it, and `*at` moved behind it; false
 * where there are no more.
 */
bool basket_next_fetcher(const char **at, char out_name[BASKET_NAME_BYTES]);

/* Takes those out of `basket_fetchers` that `is` says yes to. */
void basket_drop_fetchers(struct person *owner, bool (*is)(void *context, const char *name),
                          void *context);

/* Theirs, or named among who may fetch it? */
bool basket_may_fetch(const struct person *owner, const struct person *who);

#endif
