#include "firmware/sim/pins_sim.h"

#include <stdlib.h>

struct pins_sim {
    struct pins pins;
    struct trace *trace;
    bool is_on[PIN_COUNT];
    bool has_edge; /* of the input, not told yet */
};

static enum rc set(struct pins *pins, enum pin pin, bool on)
{
    struct pins_sim *sim = (struct pins_sim *)pins;
    if (sim->is_on[pin] != on)
        trace_line(sim->trace, "pin %s %s", pins_name(pin), on ? "on" : "off");
    sim->is_on[pin] = on;
    return RC_OK;
}

static enum rc get(struct pins *pins, bool *out_is_on)
{
    *out_is_on = ((struct pins_sim *)pins)->is_on[PIN_INPUT];
    return RC_OK;
}

static int fd(const struct pins *pins)
{
    (void)pins;
    return -1;
}

static enum rc next(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge)
{
    struct pins_sim *sim = (struct pins_sim *)pins;
    if (!sim->has_edge)
        return RC_EMPTY;
    sim->has_edge = false;
    *out_edge = (struct pins_edge){sim->is_on[PIN_INPUT], now_ms};
    return RC_OK;
}

static void close_sim(struct pins *pins)
{
    for (int pin = 0; pin < PIN_INPUT; pin++)
        (void)!set(pins, (enum pin)pin, false);
    free(pins);
}

enum rc pins_open_sim(struct trace *trace, struct pins **out_pins)
{
    static const struct pins_ops ops = {
        .set = set, .get = get, .fd = fd, .next = next, .close = close_sim};
    struct pins_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->pins.ops = &ops;
    sim->trace = trace;
    *out_pins = &sim->pins;
    return RC_OK;
}

void pins_sim_push(struct pins *pins, bool is_down)
{
    struct pins_sim *sim = (struct pins_sim *)pins;
    sim->has_edge |= sim->is_on[PIN_INPUT] != is_down;
    sim->is_on[PIN_INPUT] = is_down;
}
