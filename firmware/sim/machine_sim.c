#include "firmware/sim/machine_sim.h"

#include <inttypes.h>
#include <stdlib.h>

struct machine_sim {
    struct machine machine;
    struct trace *trace;
    struct machine_health health;
    int brightness_percent;
    enum rc answer;
    struct reason why;
    struct machine_event event;
    int64_t due_ms; /* INT64_MAX: there is no event */
};

static enum rc ask(struct machine *machine, enum machine_act act, int64_t wall_ms, int64_t now_ms,
                   struct reason *out_reason)
{
    struct machine_sim *sim = (struct machine_sim *)machine;
    (void)out_reason;
    if (act == MACHINE_SET_CLOCK)
        trace_line(sim->trace, "machine %s %" PRId64, machine_act_name(act), wall_ms);
    else
        trace_line(sim->trace, "machine %s", machine_act_name(act));
    sim->event = (struct machine_event){.act = act, .rc = sim->answer};
    if (sim->answer)
        sim->event.why = sim->why;
    sim->due_ms = now_ms;
    return RC_OK;
}

static enum rc next(struct machine *machine, int64_t now_ms, struct machine_event *out_event)
{
    struct machine_sim *sim = (struct machine_sim *)machine;
    (void)now_ms;
    if (sim->due_ms == INT64_MAX)
        return RC_EMPTY;
    sim->due_ms = INT64_MAX;
    *out_event = sim->event;
    return RC_OK;
}

static int64_t due_ms(const struct machine *machine)
{
    return ((const struct machine_sim *)machine)->due_ms;
}

static enum rc brightness(struct machine *machine, int *out_percent)
{
    *out_percent = ((struct machine_sim *)machine)->brightness_percent;
    return RC_OK;
}

static enum rc set_brightness(struct machine *machine, int percent)
{
    struct machine_sim *sim = (struct machine_sim *)machine;
    if (percent != sim->brightness_percent)
        trace_line(sim->trace, "machine brightness %d", percent);
    sim->brightness_percent = percent;
    return RC_OK;
}

static void health(struct machine *machine, struct machine_health *out_health)
{
    *out_health = ((struct machine_sim *)machine)->health;
}

static void close_sim(struct machine *machine)
{
    free(machine);
}

enum rc machine_open_sim(struct trace *trace, struct machine **out_machine)
{
    static const struct machine_ops ops = {
        .ask = ask,
        .next = next,
        .due_ms = due_ms,
        .brightness = brightness,
        .set_brightness = set_brightness,
        .health = health,
        .close = close_sim,
    };
    struct machine_sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return RC_NO_MEMORY;
    sim->machine.ops = &ops;
    sim->trace = trace;
    sim->brightness_percent = 100;
    sim->due_ms = INT64_MAX;
    sim->health = (struct machine_health){
        .temperature_c = 48,
        .disk_free_bytes = 12LL << 30,
        .disk_total_bytes = 29LL << 30,
        .memory_free_bytes = 1500LL << 20,
        .memory_total_bytes = 1900LL << 20,
        .uptime_s = 3 * 86400,
        .under_voltage = MACHINE_NO,
        .address_count = 1,
        .addresses = {{"eth0", "192.0.2.7"}}, /* RFC 5737: for documents, nobody's */
    };
    *out_machine = &sim->machine;
    return RC_OK;
}

void machine_sim_set_health(struct machine *machine, const struct machine_health *health)
{
    ((struct machine_sim *)machine)->health = *health;
}

void machine_sim_set_answer(struct machine *machine, enum rc rc, const char *why)
{
    struct machine_sim *sim = (struct machine_sim *)machine;
    sim->answer = rc;
    reason_set(&sim->why, "%s", why ? why : "");
}
