/*
 * machine_sim.h - a computer that is only told about: what is asked of it becomes lines of the
 * trace ("machine restart", "machine clock 1764072000000", "machine brightness 40") and nothing
 * happens to the real one.
 */
#ifndef FIRMWARE_SIM_MACHINE_SIM_H
#define FIRMWARE_SIM_MACHINE_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/machine.h"

/* In good health, every request is granted. `trace` outlives the machine; it may be NULL. */
enum rc machine_open_sim(struct trace *trace, struct machine **out_machine) MUST_CHECK;

/* What machine_health tells from now on. */
void machine_sim_set_health(struct machine *machine, const struct machine_health *health);

/* How requests end from now on; `why` is not used for RC_OK. */
void machine_sim_set_answer(struct machine *machine, enum rc rc, const char *why);

#endif
