#include "app/domain/life.h"

#include <assert.h>

#define DAY_MS ((int64_t)24 * 3600 * 1000)

const char *life_name(enum life life)
{
    static const char *const names[LIFE_COUNT] = {"never-here", "active", "resting", "gone"};
    assert((unsigned)life < LIFE_COUNT);
    return names[life];
}

enum life life_of(int64_t last_ms, bool is_resting, int64_t now_ms)
{
    if (is_resting)
        return LIFE_RESTING;
    if (!last_ms)
        return LIFE_NEVER_HERE;
    if (now_ms - last_ms <= LIFE_ACTIVE_DAYS * DAY_MS)
        return LIFE_ACTIVE;
    return now_ms - last_ms <= LIFE_GONE_DAYS * DAY_MS ? LIFE_RESTING : LIFE_GONE;
}
