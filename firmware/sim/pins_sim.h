/*
 * pins_sim.h - pins without hardware: every change of an output becomes a line of the trace ("pin
 * green on"), and the button is pushed by who plays.
 */
#ifndef FIRMWARE_SIM_PINS_SIM_H
#define FIRMWARE_SIM_PINS_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/pins.h"

/* All pins are there and inactive. `trace` outlives the pins; it may be NULL. */
enum rc pins_open_sim(struct trace *trace, struct pins **out_pins) MUST_CHECK;

/* The button is down or up from now on: pins_next tells it at the time it is given. */
void pins_sim_push(struct pins *pins, bool is_down);

#endif
