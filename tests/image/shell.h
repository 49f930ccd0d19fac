/*
 * shell.h - a root shell (POSIX sh) at the other end of a console: a command in, its output and its
 * exit code out. One thread at a time.
 */
#ifndef TESTS_IMAGE_SHELL_H
#define TESTS_IMAGE_SHELL_H

#include "tests/image/console.h"

#define SHELL_COMMAND_MAX 2000

struct shell_answer {
    char *output; /* both its outputs, the last line ends left out; free() it */
    int code;
};

/*
 * Finds a shell that answers, from whatever state the line is in, and makes it quiet (no echo, no
 * prompt). Asks again until it does: a shell that is only just being started answers later.
 */
enum rc shell_find(struct console *console, int limit_ms, struct reason *reason) MUST_CHECK;

/*
 * Runs a command in a shell of its own (cd and variables last for this command) with its input at
 * an end, and waits for it. Whatever its exit code: RC_OK. RC_LIMIT: longer than SHELL_COMMAND_MAX,
 * or too long once it is quoted.
 * RC_TIMEOUT: it was interrupted (^C), and the shell can be found again.
 */
enum rc shell_run(struct console *console, const char *command, int limit_ms,
                  struct shell_answer *out_answer, struct reason *reason) MUST_CHECK;

/* The same, and RC_REFUSED with its output in the reason when its exit code isn't 0. */
enum rc shell_do(struct console *console, const char *command, int limit_ms,
                 struct reason *reason) MUST_CHECK;

#endif
