#include "app/domain/occasion.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *name;
    enum tap_occasion tap;
} occasions[OCCASION_COUNT] = {
    [OCCASION_OPEN_DAY] = {"open-day", TAP_OCCASION_LEAVES},
    [OCCASION_SHIFT] = {"shift", TAP_OCCASION_LEAVES},
    [OCCASION_DRINKS] = {"drinks", TAP_OCCASION_ASKS},
    [OCCASION_ASSEMBLY] = {"assembly", TAP_OCCASION_ASKS},
    [OCCASION_INFO] = {"info-session", TAP_OCCASION_LEAVES},
    [OCCASION_AGORA] = {"agora", TAP_OCCASION_LEAVES},
    [OCCASION_BASKET] = {"basket-pick-up", TAP_OCCASION_ASKS},
    [OCCASION_WORKSHOP] = {"workshop", TAP_OCCASION_LEAVES},
};

const char *occasion_name(enum occasion occasion)
{
    assert((unsigned)occasion < OCCASION_COUNT);
    return occasions[occasion].name;
}

enum occasion occasion_from_name(const char *name)
{
    enum occasion occasion = 0;
    while (occasion < OCCASION_COUNT && strcmp(occasions[occasion].name, name) != 0)
        occasion++;
    return occasion;
}

enum tap_occasion occasion_tap(enum occasion occasion)
{
    assert((unsigned)occasion < OCCASION_COUNT);
    return occasions[occasion].tap;
}
