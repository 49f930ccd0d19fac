/*
 * process.h - what a running process costs: processor time, wake-ups, memory, threads. Linux'
 * /proc; the caller's own children, or itself. Any thread.
 */
#ifndef TESTS_SUPPORT_PROCESS_H
#define TESTS_SUPPORT_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#include "firmware/base/rc.h"

struct process_cost {
    int64_t cpu_ns; /* of all threads, since it was started */
    int64_t wakes;  /* times a thread that is still there waited and was woken (proc(5), status) */
};

struct process_memory {
    int64_t resident_kib;     /* all of it that lies in memory */
    int64_t proportional_kib; /* the same, what is shared divided among those who share it */
    int64_t own_kib;          /* heap, stacks and what else no file stands behind */
};

/* RC_NOT_FOUND: there is no such process (any more). */
enum rc process_cost(pid_t process, struct process_cost *out_cost) MUST_CHECK;
enum rc process_memory(pid_t process, struct process_memory *out_memory) MUST_CHECK;

/* How many of its threads have a name that begins so; none where it has ended. */
int process_threads(pid_t process, const char *name);

#endif
