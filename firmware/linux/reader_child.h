/*
 * reader_child.h - the reader port by a child process, perron-reader.
 *
 * libnfc can hang, abort or crash on what a chip answers; so it runs over there and is watched from
 * here. A child that is silent for longer than three beats, says something that is no line of the
 * protocol, or ends, is killed and started again after a pause of 0.1 s, doubled up to 1.6 s while
 * it helps nothing. Nothing here blocks, waits or starts a thread; the time is what reader_next is
 * given. The loop's thread only: the kernel kills the child when that thread ends.
 */
#ifndef FIRMWARE_LINUX_READER_CHILD_H
#define FIRMWARE_LINUX_READER_CHILD_H

#include "firmware/base/trace.h"
#include "firmware/port/reader.h"

/*
 * The child is started at the first reader_next, as `program_path` with `address` as its only
 * argument; both are copied. `trace` may be NULL and outlives the reader; it is told of starts,
 * ends and faults, never of badges. Descriptors 0 to 2 of this process are open; the child gets
 * those three and no other. reader_close lets the child turn the radio off, for 100 ms at most.
 */
enum rc reader_open_child(const char *program_path, const char *address, struct trace *trace,
                          struct reader **out_reader) MUST_CHECK;

#endif
