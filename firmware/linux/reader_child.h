/*
 * reader_child.h - the reader port by a child process, perron-reader.
 *
 * libnfc can hang, abort or crash on a bad answer; so it runs over there and is watched from here:
 * a child that is silent for 1.8 s, says something that is no line of the protocol, or ends, is
 * killed, told as READER_RESTING and started again. The child dies with us.
 */
#ifndef FIRMWARE_LINUX_READER_CHILD_H
#define FIRMWARE_LINUX_READER_CHILD_H

#include "firmware/base/trace.h"
#include "firmware/port/reader.h"

/* `program` and `address` are copied; `trace` (may be NULL) outlives the reader. */
enum rc reader_open_child(const char *program, const char *address, struct trace *trace,
                          struct reader **out_reader) MUST_CHECK;

#endif
