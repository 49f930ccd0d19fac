/*
 * guard.h - what this process does for its own safety: descriptors, signals, and dying in time.
 *
 * libnfc 1.8.0 cannot open a serial line that becomes descriptor 0, and a signal that comes again
 * and again keeps its time-outs from ever running out; so 0 to 2 stay open and signals wait. The
 * process ends when its standard input ends, when it is asked to (SIGTERM, SIGINT, SIGHUP), and at
 * the latest when the thread that started it dies (SIGKILL, by the kernel). One per process.
 */
#ifndef FIRMWARE_READER_GUARD_H
#define FIRMWARE_READER_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* First thing in main, before libnfc. */
enum rc guard_init(void) MUST_CHECK;

/* Waits; true when it is time to end. */
bool guard_wait(int64_t wait_ms);

#endif
