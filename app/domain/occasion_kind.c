/* The kinds of occasions, and the other words of their facts. */
#include <assert.h>
#include <string.h>

#include "app/domain/occasion.h"

static const struct {
    const char *name;
    enum tap_occasion tap;
    bool has_hours;
} kinds[OCCASION_COUNT] = {
    [OCCASION_OPEN_DAY] = {"open-day", TAP_OCCASION_LEAVES, true},
    [OCCASION_SHIFT] = {"shift", TAP_OCCASION_LEAVES, true},
    [OCCASION_DRINKS] = {"drinks", TAP_OCCASION_ASKS, false},
    [OCCASION_ASSEMBLY] = {"assembly", TAP_OCCASION_ASKS, false},
    [OCCASION_INFO] = {"info-session", TAP_OCCASION_LEAVES, false},
    [OCCASION_AGORA] = {"agora", TAP_OCCASION_LEAVES, false},
    [OCCASION_BASKET] = {"basket-pick-up", TAP_OCCASION_ASKS, false},
    [OCCASION_WORKSHOP] = {"workshop", TAP_OCCASION_LEAVES, false},
};

const char *occasion_kind_name(enum occasion_kind kind)
{
    assert((unsigned)kind < OCCASION_COUNT);
    return kinds[kind].name;
}

enum occasion_kind occasion_kind_from_name(const char *name)
{
    enum occasion_kind kind = 0;
    while (kind < OCCASION_COUNT && strcmp(kinds[kind].name, name) != 0)
        kind++;
    return kind;
}

enum tap_occasion occasion_kind_tap(enum occasion_kind kind)
{
    assert((unsigned)kind < OCCASION_COUNT);
    return kinds[kind].tap;
}

bool occasion_kind_has_hours(enum occasion_kind kind)
{
    assert((unsigned)kind < OCCASION_COUNT);
    return kinds[kind].has_hours;
}

static const char *const states[] = {"on", "vanished", "cancelled"};

const char *occasion_state_name(enum occasion_state state)
{
    assert((unsigned)state < sizeof states / sizeof states[0]);
    return states[state];
}

static const char *const enoughs[] = {"", "too-few", "enough", "too-many"};

const char *shift_enough_name(enum shift_enough enough)
{
    assert((unsigned)enough < sizeof enoughs / sizeof enoughs[0]);
    return enoughs[enough];
}

enum shift_enough shift_enough_from_name(const char *name)
{
    for (int enough = SHIFT_TOO_FEW; name && enough <= SHIFT_TOO_MANY; enough++)
        if (strcmp(enoughs[enough], name) == 0)
            return (enum shift_enough)enough;
    return SHIFT_UNSAID;
}

const struct shift *occasion_shift(const struct occasion *occasion, int number)
{
    for (int i = 0; i < occasion->shift_count; i++)
        if (occasion->shifts[i].number == number)
            return &occasion->shifts[i];
    return NULL;
}
