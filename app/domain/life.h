/*
 * life.h - is somebody active, resting or gone? Computed from when they were last here and from
 * nothing else; never a punishment, and never shown to others than staff. Pure; any thread.
 */
#ifndef APP_DOMAIN_LIFE_H
#define APP_DOMAIN_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#define LIFE_ACTIVE_DAYS 60
#define LIFE_GONE_DAYS 365

enum life { LIFE_NEVER_HERE, LIFE_ACTIVE, LIFE_RESTING, LIFE_GONE, LIFE_COUNT };

/* "never-here", "active", "resting", "gone". */
const char *life_name(enum life life);

/* `last_ms`: of the last visit; 0: never. Who said that they rest is resting, not gone. */
enum life life_of(int64_t last_ms, bool is_resting, int64_t now_ms);

#endif
