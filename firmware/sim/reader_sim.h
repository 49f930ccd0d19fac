/*
 * reader_sim.h - a badge reader without hardware: badges come from a command, a tray or a story.
 *
 * Deterministic: no time of its own, no thread. What is presented waits in a bounded queue until
 * the loop asks. The loop's thread only.
 */
#ifndef FIRMWARE_SIM_READER_SIM_H
#define FIRMWARE_SIM_READER_SIM_H

#include "firmware/port/reader.h"

#define READER_SIM_WAITING 64

enum rc reader_open_sim(struct reader **out_reader) MUST_CHECK;

/*
 * A badge comes into the field; its text is the port's ("uid:04A1B2C3D4E5F6"). RC_GONE while the
 * reader is unplugged, RC_FULL when too many wait.
 */
enum rc reader_sim_present(struct reader *reader, const char *text) MUST_CHECK;

/* The badge leaves the field. */
enum rc reader_sim_remove(struct reader *reader) MUST_CHECK;

/* The reader is pulled out, and put back. */
enum rc reader_sim_plug(struct reader *reader, bool is_plugged) MUST_CHECK;

#endif
