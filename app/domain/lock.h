/*
 * lock.h - after five misses in a row a lock, for a time that grows with each further one.
 *
 * Measured by the monotonic clock of the boot in which the last miss was recorded; over a restart
 * at least the uptime has passed, and no more is counted. So neither a kill nor a power cut nor a
 * turned clock shortens it: the wall clock is never looked at. Pure.
 */
#ifndef APP_DOMAIN_LOCK_H
#define APP_DOMAIN_LOCK_H

#include <stdint.h>

#include "firmware/base/clock.h"

#define LOCK_FREE_MISSES 4
#define LOCK_FIRST_MS INT64_C(30000)
#define LOCK_LONGEST_MS INT64_C(3600000)

/* Misses since the last success, and when the last of them was recorded. */
struct lock {
    int64_t misses;
    uint8_t boot[CLOCK_BOOT_BYTES];
    int64_t mono_ms;
};

/* How long that many misses lock: 0 up to four, 30 s, 1 min, 2, 4 ... up to an hour. */
int64_t lock_duration_ms(int64_t misses);

/* What is left of it now; 0: not locked. */
int64_t lock_left_ms(const struct lock *lock, const struct clock_reading *now);

#endif
