/*
 * pins_sim.h - pins without hardware: every change becomes a line of the trace ("pin green on").
 */
#ifndef FIRMWARE_SIM_PINS_SIM_H
#define FIRMWARE_SIM_PINS_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/pins.h"

/* All pins are there and inactive. `trace` outlives the pins; it may be NULL. */
enum rc pins_open_sim(struct trace *trace, struct pins **out_pins) MUST_CHECK;

#endif
