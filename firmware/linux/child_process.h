/*
 * child_process.h - one child, its standard input and output in our hands.
 *
 * Nothing of ours leaks into it: it gets descriptors 0 to 2, default signals and nothing else.
 * Ending it never waits longer than said, not even for one that hangs in a driver. The owner's
 * thread only.
 */
#ifndef FIRMWARE_LINUX_CHILD_PROCESS_H
#define FIRMWARE_LINUX_CHILD_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "firmware/base/rc.h"

struct child_process {
    pid_t pid;  /* 0: none, not even a dying one */
    int in_fd;  /* closing it asks the child to end; -1: closed */
    int out_fd; /* non-blocking; -1: closed */
};

void child_process_init(struct child_process *process);

/* Starts `program_path` with one argument. There is none running or dying. */
enum rc child_process_start(struct child_process *process, const char *program_path,
                            const char *argument) MUST_CHECK;

/* SIGKILL and both ends closed; collected by child_process_is_dying, if not at once. */
void child_process_kill(struct child_process *process);

/* Was it killed, and the kernel has not let go of it yet? */
bool child_process_is_dying(struct child_process *process);

/* Asks it to end, kills it after `wait_ms`, closes everything. */
void child_process_stop(struct child_process *process, int wait_ms);

#endif
