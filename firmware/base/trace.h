/*
 * trace.h - effects as lines of text: "123456 pin green on", "123789 present greeting".
 *
 * The simulated devices, the screen and the writer tell here what they did, with the monotonic
 * time in microseconds in front; tests, the demo and the benchmark read it. A NULL trace swallows
 * everything, so no caller asks whether somebody listens. Any thread.
 */
#ifndef FIRMWARE_BASE_TRACE_H
#define FIRMWARE_BASE_TRACE_H

#include "firmware/base/rc.h"

struct trace;

/* Lines go to `fd` as they happen (-1: nowhere), and the newest 64 KiB stay readable in memory. */
enum rc trace_open(int fd, struct trace **out_trace) MUST_CHECK;
void trace_close(struct trace *trace);

void trace_line(struct trace *trace, const char *format, ...) PRINTF_LIKE(2, 3);

/* All lines kept, without their times, as one NUL-terminated text. Free it with free(). */
char *trace_text(struct trace *trace);

/* Forgets the lines kept in memory. */
void trace_clear(struct trace *trace);

#endif
