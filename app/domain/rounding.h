/*
 * rounding.h - how a report shows hours: to the second, or to five or fifteen minutes. A choice of
 * whoever reads; what is kept is never rounded. Pure; any thread.
 */
#ifndef APP_DOMAIN_ROUNDING_H
#define APP_DOMAIN_ROUNDING_H

#include <stdint.h>

enum rounding { ROUNDING_NONE, ROUNDING_5_MIN, ROUNDING_15_MIN, ROUNDING_COUNT };

/* "none", "5", "15". */
const char *rounding_name(enum rounding rounding);

/* The rounding of that name, or ROUNDING_COUNT. */
enum rounding rounding_from_name(const char *name);

/* Seconds (0 or more) to the nearest step, half a step up. */
int64_t rounding_apply(enum rounding rounding, int64_t seconds);

#endif
