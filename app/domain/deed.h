/*
 * deed.h - what somebody takes, says or hands over at an occasion: a drink, their basket, the power
 * to vote for them, a need; a part of the fold of that person.
 *
 * One row per kind, so that another kind is another row. Pure; any thread.
 *
 * FACT_DEED {"deed": its kind,"occasion"?:[station,seq],"other"?:[station,seq],"text"?,
 * "by"?:[station,seq]}; taken back by FACT_UNDO.
 */
#ifndef APP_DOMAIN_DEED_H
#define APP_DOMAIN_DEED_H

#include "app/domain/fact.h"
#include "firmware/base/json.h"

/* Kept in views by number and in facts by name: never renumber or rename, only add. */
enum deed_kind {
    DEED_DRINK = 0,  /* a counter-gift: what comes back */
    DEED_BASKET = 1, /* theirs was fetched; `other`: by whom, none: themselves; text: its size */
    DEED_PROXY = 2,  /* `other` votes for them at that assembly; none: nobody does any more */
    DEED_NEED = 3,   /* text: a need or an idea that they leave */
    DEED_COUNT
};

/* "drink", "basket", "proxy", "need"; as in facts. */
const char *deed_kind_name(enum deed_kind kind);

/* The kind of that name, or DEED_COUNT. */
enum deed_kind deed_kind_from_name(const char *name);

/* Is there one of it at each occasion (without an occasion: on each day)? The last one said holds.
 */
bool deed_kind_is_single(enum deed_kind kind);

/*
 * May somebody do it for another? Then it is that one's, and `other` is who did it. Else `other` is
 * whom they do it with.
 */
bool deed_kind_is_for_another(enum deed_kind kind);

/* Is it a counter-gift, so that how many there were stays when names go? */
bool deed_kind_comes_back(enum deed_kind kind);

#define DEED_TEXT_BYTES 208 /* with the NUL */

struct deed {
    struct fact_id fact;
    struct fact_id organisation;
    struct fact_id occasion; /* none: staff said what is on, and the calendar has none of it */
    struct fact_id other;    /* another person; none: nobody */
    enum deed_kind kind;
    int day; /* of the venue, as 20261125 */
    int64_t at_ms;
    char text[DEED_TEXT_BYTES];
};

struct deeds {
    struct deed *rows; /* in the order of the fold */
    size_t count;
    size_t capacity;
};

/*
 * Takes FACT_DEED. RC_NO_MEMORY, or RC_CORRUPT for what no version of Perron wrote; a kind of a
 * newer version says nothing.
 */
enum rc deeds_take(struct deeds *deeds, const struct fact *fact, const json_t *body) MUST_CHECK;

/* One behind the last, as it stands; for those who read them back. */
enum rc deeds_add(struct deeds *deeds, const struct deed *deed) MUST_CHECK;

/* The body of the fact, without who did it; json_decref it. NULL without memory. */
json_t *deed_to_json(const struct deed *deed);

void deeds_finish(struct deeds *deeds);

bool deeds_are_same(const struct deeds *a, const struct deeds *b);

#endif
