/*
 * stint.h - what a visit gave, cut by shift: each second that counts, once.
 *
 * In the hours of a shift that the person signed up for, they count for that shift; where two
 * overlap, for the one that began first. Up to STINT_BEFORE_MS before a shift and STINT_AFTER_MS
 * after it they count for it too, else for no shift in particular; outside of shifts only where the
 * visit is for something that has hours, and until an occasion without begins (visit.stop_ms).
 * Whole seconds from the arrival on, so that the parts make the whole. Pure; any thread.
 */
#ifndef APP_DOMAIN_STINT_H
#define APP_DOMAIN_STINT_H

#include "app/domain/presence.h"

#define STINT_BEFORE_MS ((int64_t)30 * 60 * 1000)
#define STINT_AFTER_MS ((int64_t)2 * 3600 * 1000)
#define STINT_SHIFTS_MAX 16 /* of one visit */
#define STINTS_MAX (STINT_SHIFTS_MAX + 1)

/*
 * Cuts a visit, by the person's sign-ups in their order; an open one ends at `now_ms`, or, once it
 * is past its end, where that is assumed. Where the end is assumed only shifts count: nobody knows
 * what else there was. Returns how many there are, by beginning; each has seconds.
 */
int stint_cut(const struct visit *visit, const struct sign_ups *sign_ups, int64_t now_ms,
              struct stint out_stints[STINTS_MAX]);

/* The seconds of all together. */
int64_t stint_seconds(const struct visit *visit, const struct sign_ups *sign_ups, int64_t now_ms);

/* Did the visit reach into the shift? */
bool stint_reaches(const struct visit *visit, const struct sign_up *sign_up);

#endif
