/*
 * watchdog_sim.h - a watchdog that is only told: every word becomes a line of the trace ("watchdog
 * ready", "watchdog beat", "watchdog stopping").
 */
#ifndef FIRMWARE_SIM_WATCHDOG_SIM_H
#define FIRMWARE_SIM_WATCHDOG_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/watchdog.h"

/* It asks for a beat in each half of `patience_ms`; 0: for none. `trace` outlives it. */
enum rc watchdog_open_sim(int64_t patience_ms, struct trace *trace,
                          struct watchdog **out_watchdog) MUST_CHECK;

/* How telling it ends from now on; where it is not RC_OK nothing is heard. */
void watchdog_sim_set_answer(struct watchdog *watchdog, enum rc rc);

#endif
