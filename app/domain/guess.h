/*
 * guess.h - when may somebody have left who forgot to say so? Times to choose from, for people and
 * never for hours: only what the person then says counts. Pure, in the process's time zone (day.h).
 */
#ifndef APP_DOMAIN_GUESS_H
#define APP_DOMAIN_GUESS_H

#include <stddef.h>

#include "app/domain/presence.h"

#define GUESS_COUNT 3
#define GUESS_LENGTHS_MAX 15 /* so many of the person's last visits are enough to know them */

/*
 * Guesses for a visit from how long the person's last visits were (`lengths_ms`, at most
 * GUESS_LENGTHS_MAX, in any order): around their median, else 2, 3 and 4 hours after the arrival;
 * of a visit with a shift around that shift's end. Full half hours of local time, rising, after the
 * arrival and before the visit's day ended. Returns how many there are; where the day leaves no
 * room for all, the rest of out_guess_ms (GUESS_COUNT) is 0.
 */
int guess_departures(const struct visit *visit, const int64_t *lengths_ms, size_t count,
                     int64_t *out_guess_ms);

#endif
