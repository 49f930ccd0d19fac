/*
 * guest_i.h - the inside of a guest, shared by the files guest*.c. Nobody else includes it.
 */
#ifndef TESTS_IMAGE_GUEST_I_H
#define TESTS_IMAGE_GUEST_I_H

#include <sys/types.h>

#include "tests/image/guest.h"

#define GUEST_PATH_MAX 400
#define GUEST_PROGRAM "qemu-system-aarch64"

/* The lines between us and QEMU; each is a pair of sockets. */
enum guest_wire {
    GUEST_WIRE_QMP,
    GUEST_WIRE_QTEST,
    GUEST_WIRE_CONSOLE,
    GUEST_WIRE_SHELL,
    GUEST_WIRE_READER,
    GUEST_WIRE_COUNT
};

struct guest_wires {
    int ours[GUEST_WIRE_COUNT], theirs[GUEST_WIRE_COUNT]; /* -1: there is none */
};

struct guest {
    pid_t process; /* 0: it ended */
    char folder[GUEST_PATH_MAX / 2], name[64];
    char path[GUEST_PATH_MAX]; /* guest_path's */
    int width, height;
    struct qmp *qmp;
    struct qtest *qtest;
    struct pl061 *pins;
    struct console *console, *shell;
    int reader_fd;    /* -1: there is none, or it was taken */
    unsigned fingers; /* bit n: finger n is down */
};

/* --- guest_arguments.c --- */

#define GUEST_ARGUMENTS_MAX 160

struct guest_arguments {
    char *rows[GUEST_ARGUMENTS_MAX + 1]; /* ended by NULL, for execvp */
    int count;
    bool is_cut; /* there was no memory, or there were too many */
};

/* QEMU's command line; guest_arguments_finish it. RC_BAD_INPUT, RC_LIMIT, RC_NO_MEMORY. */
enum rc guest_arguments_make(const struct guest_config *config, const struct guest *guest,
                             const struct guest_wires *wires, struct guest_arguments *out_arguments,
                             struct reason *reason) MUST_CHECK;
void guest_arguments_finish(struct guest_arguments *arguments);

/* --- guest_process.c --- */

/* Starts QEMU with their ends of the wires; it dies with us. */
enum rc guest_process_start(struct guest *guest, const struct guest_arguments *arguments,
                            const struct guest_wires *wires, struct reason *reason) MUST_CHECK;

/* The last line QEMU wrote of itself, "" where there is none. */
void guest_process_last_word(struct guest *guest, char *out_line, size_t size);

#endif
