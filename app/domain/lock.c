#include "app/domain/lock.h"

#include <string.h>

int64_t lock_duration_ms(int64_t misses)
{
    int64_t duration_ms = LOCK_FIRST_MS;
    if (misses <= LOCK_FREE_MISSES)
        return 0;
    for (int64_t i = LOCK_FREE_MISSES + 1; i < misses && duration_ms < LOCK_LONGEST_MS; i++)
        duration_ms *= 2;
    return duration_ms < LOCK_LONGEST_MS ? duration_ms : LOCK_LONGEST_MS;
}

int64_t lock_left_ms(const struct lock *lock, const struct clock_reading *now)
{
    bool is_this_boot = memcmp(lock->boot, now->boot, sizeof lock->boot) == 0;
    int64_t passed_ms = is_this_boot ? now->mono_ms - lock->mono_ms : now->mono_ms;
    int64_t left_ms = lock_duration_ms(lock->misses) - (passed_ms > 0 ? passed_ms : 0);
    return left_ms > 0 ? left_ms : 0;
}
