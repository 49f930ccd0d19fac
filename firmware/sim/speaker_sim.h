/*
 * speaker_sim.h - a speaker without sound: what would be heard becomes lines of the trace
 * ("tone 880 90", "say fr: Bonjour Zoé", "hush", "volume 40").
 */
#ifndef FIRMWARE_SIM_SPEAKER_SIM_H
#define FIRMWARE_SIM_SPEAKER_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/speaker.h"

/* `trace` outlives the speaker; it may be NULL. */
enum rc speaker_open_sim(struct trace *trace, struct speaker **out_speaker) MUST_CHECK;

#endif
