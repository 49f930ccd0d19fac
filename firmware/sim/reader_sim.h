/*
 * reader_sim.h - a badge reader without hardware: badges come from a command, a tray or a story.
 *
 * Deterministic: no time of its own, no thread, no descriptor. What happens waits in a bounded
 * queue until the loop asks; reader_due_ms is 0 while something waits. The loop's thread only.
 */
#ifndef FIRMWARE_SIM_READER_SIM_H
#define FIRMWARE_SIM_READER_SIM_H

#include <stdbool.h>

#include "firmware/port/reader.h"

/* Events that may wait; what does not fit whole is refused, so a TAG is never without its LEFT. */
#define READER_SIM_WAITING 64

/* Plugged in, and about to say READER_READY. */
enum rc reader_open_sim(struct reader **out_reader) MUST_CHECK;

/*
 * A badge comes into the field, in the port's writing ("uid:04A1B2C3D4E5F6"); one that lies there
 * leaves first. RC_BAD_INPUT for another writing, RC_GONE while the reader is unplugged, RC_FULL
 * when too much waits.
 */
enum rc reader_sim_present(struct reader *reader, const char *text) MUST_CHECK;

/* The badge leaves the field. RC_OK without a badge, too; RC_FULL when too much waits. */
enum rc reader_sim_remove(struct reader *reader) MUST_CHECK;

/* The reader is pulled out (a badge on it leaves), or put back. RC_FULL when too much waits. */
enum rc reader_sim_plug(struct reader *reader, bool is_plugged) MUST_CHECK;

#endif
