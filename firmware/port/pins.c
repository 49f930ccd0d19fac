#include "firmware/port/pins.h"

#include <assert.h>

const char *pins_name(enum pin pin)
{
    static const char *const names[PIN_COUNT] = {
        [PIN_GREEN] = "green",
        [PIN_RED] = "red",
        [PIN_BLUE] = "blue",
        [PIN_BUZZER] = "buzzer",
        [PIN_READER_RESET] = "reader_reset",
        [PIN_CALL] = "call",
    };
    assert((unsigned)pin < PIN_COUNT);
    return names[pin];
}

bool pins_layout_is_empty(const struct pins_layout *layout)
{
    for (int pin = 0; pin < PIN_COUNT; pin++)
        if (layout->lines[pin].offset >= 0)
            return false;
    return true;
}

enum rc pins_set(struct pins *pins, enum pin pin, bool on)
{
    assert((unsigned)pin < PIN_COUNT && pin != PIN_INPUT);
    return pins->ops->set(pins, pin, on);
}

enum rc pins_get(struct pins *pins, bool *out_is_on)
{
    return pins->ops->get(pins, out_is_on);
}

int pins_fd(const struct pins *pins)
{
    return pins->ops->fd(pins);
}

enum rc pins_next(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge)
{
    return pins->ops->next(pins, now_ms, out_edge);
}

void pins_close(struct pins *pins)
{
    if (pins)
        pins->ops->close(pins);
}
