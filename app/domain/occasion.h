/*
 * occasion.h - what is on, and what a tap of somebody who is in then means. Pure; any thread.
 */
#ifndef APP_DOMAIN_OCCASION_H
#define APP_DOMAIN_OCCASION_H

#include "app/domain/tap.h"

/* Kept in facts by name: never rename, only add. */
enum occasion {
    OCCASION_OPEN_DAY, /* where nothing else is on */
    OCCASION_SHIFT,
    OCCASION_DRINKS,
    OCCASION_ASSEMBLY,
    OCCASION_INFO,
    OCCASION_AGORA,
    OCCASION_BASKET,
    OCCASION_WORKSHOP,
    OCCASION_COUNT
};

/* "open-day", "shift", ... */
const char *occasion_name(enum occasion occasion);

/* The occasion of that name, or OCCASION_COUNT. */
enum occasion occasion_from_name(const char *name);

/* Does a tap of who is in leave, or does it ask? */
enum tap_occasion occasion_tap(enum occasion occasion);

#endif
