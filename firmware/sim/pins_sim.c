#include "firmware/sim/pins_sim.h"

#include <stdlib.h>

struct pins_sim {
    struct pins pins;
    struct trace *trace;
    bool is_on[PIN_COUNT];
};

static enum rc set(struct pins *pins, enum pin pin, bool on)
{
    struct pins_sim *sim = (struct pins_sim *)pins;
    if (sim->is_on[pin] != on)
        trace_line(sim->trace, "pin %s %s", pins_name(pin), on ? "on" : "off");
    sim->is_on[pin] = on;
    return RC_OK;
}

static void close_sim(struct pins *pins)
{
    for (int pin = 0; pin < PIN_COUNT; pin++)
        (void)!set(pins, (enum pin)pin, false);
    free(pins);
}

enum rc pins_open_sim(struct trace *trace, struct pins **out_pins)
{
    static const struct pins_ops ops = {.set = set, .close = close_sim};
    struct pins_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->pins.ops = &ops;
    sim->trace = trace;
    *out_pins = &sim->pins;
    return RC_OK;
}
