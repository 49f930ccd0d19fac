#include "app/domain/rounding.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *name;
    int64_t step_s;
} roundings[ROUNDING_COUNT] = {
    [ROUNDING_NONE] = {"none", 1},
    [ROUNDING_5_MIN] = {"5", 5 * 60},
    [ROUNDING_15_MIN] = {"15", 15 * 60},
};

const char *rounding_name(enum rounding rounding)
{
    assert((unsigned)rounding < ROUNDING_COUNT);
    return roundings[rounding].name;
}

enum rounding rounding_from_name(const char *name)
{
    int found = 0;
    while (found < ROUNDING_COUNT && strcmp(roundings[found].name, name) != 0)
        found++;
    return (enum rounding)found;
}

int64_t rounding_apply(enum rounding rounding, int64_t seconds)
{
    assert((unsigned)rounding < ROUNDING_COUNT && seconds >= 0);
    int64_t step_s = roundings[rounding].step_s;
    return (seconds + step_s / 2) / step_s * step_s;
}
