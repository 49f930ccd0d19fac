#include "firmware/port/machine.h"

#include <assert.h>

#define WALL_FIRST_MS 1577836800000 /* 2020 */
#define WALL_END_MS 4102444800000   /* 2100 */

static enum rc ask(struct machine *machine, enum machine_act act, int64_t wall_ms, int64_t now_ms,
                   struct reason *out_reason)
{
    if (machine_due_ms(machine) == INT64_MAX)
        return machine->ops->ask(machine, act, wall_ms, now_ms, out_reason);
    reason_set(out_reason, "the computer is still busy with what was asked before");
    return RC_BUSY;
}

enum rc machine_restart(struct machine *machine, int64_t now_ms, struct reason *out_reason)
{
    return ask(machine, MACHINE_RESTART, 0, now_ms, out_reason);
}

enum rc machine_power_off(struct machine *machine, int64_t now_ms, struct reason *out_reason)
{
    return ask(machine, MACHINE_POWER_OFF, 0, now_ms, out_reason);
}

enum rc machine_set_wall_ms(struct machine *machine, int64_t wall_ms, int64_t now_ms,
                            struct reason *out_reason)
{
    if (wall_ms < WALL_FIRST_MS || wall_ms >= WALL_END_MS) {
        reason_set(out_reason, "the clock takes the years 2020 to 2099; look at the date again");
        return RC_BAD_INPUT;
    }
    return ask(machine, MACHINE_SET_CLOCK, wall_ms, now_ms, out_reason);
}

enum rc machine_update(struct machine *machine, int64_t now_ms, struct reason *out_reason)
{
    return ask(machine, MACHINE_UPDATE, 0, now_ms, out_reason);
}

enum rc machine_next(struct machine *machine, int64_t now_ms, struct machine_event *out_event)
{
    return machine->ops->next(machine, now_ms, out_event);
}

int64_t machine_due_ms(const struct machine *machine)
{
    return machine->ops->due_ms(machine);
}

enum rc machine_brightness(struct machine *machine, int *out_percent)
{
    return machine->ops->brightness(machine, out_percent);
}

enum rc machine_set_brightness(struct machine *machine, int percent)
{
    if (percent < 1 || percent > 100)
        return RC_BAD_INPUT;
    return machine->ops->set_brightness(machine, percent);
}

void machine_health(struct machine *machine, struct machine_health *out_health)
{
    machine->ops->health(machine, out_health);
}

const char *machine_act_name(enum machine_act act)
{
    static const char *const names[MACHINE_ACT_COUNT] = {
        [MACHINE_RESTART] = "restart",
        [MACHINE_POWER_OFF] = "power off",
        [MACHINE_SET_CLOCK] = "clock",
        [MACHINE_UPDATE] = "update",
    };
    assert((unsigned)act < MACHINE_ACT_COUNT);
    return names[act];
}

struct machine_health machine_health_unknown(void)
{
    return (struct machine_health){
        .temperature_c = MACHINE_NO_NUMBER,
        .disk_free_bytes = MACHINE_NO_NUMBER,
        .disk_total_bytes = MACHINE_NO_NUMBER,
        .memory_free_bytes = MACHINE_NO_NUMBER,
        .memory_total_bytes = MACHINE_NO_NUMBER,
        .uptime_s = MACHINE_NO_NUMBER,
        .under_voltage = MACHINE_UNKNOWN,
    };
}

void machine_close(struct machine *machine)
{
    if (machine)
        machine->ops->close(machine);
}
