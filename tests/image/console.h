/*
 * console.h - a serial line to a guest, and what came over it: waited for, and answered.
 *
 * A thread of its own reads all that comes, so that the guest never waits for us. What was found is
 * behind us: the next wait begins after it. One other thread at a time.
 */
#ifndef TESTS_IMAGE_CONSOLE_H
#define TESTS_IMAGE_CONSOLE_H

#include <stddef.h>

#include "firmware/base/rc.h"

#define CONSOLE_BYTES_MAX (16 << 20) /* what came before these is forgotten */
#define CONSOLE_TEXT_MAX 400         /* of a text that is waited for */

struct console;

/* Takes the connected socket; console_close closes it. */
enum rc console_open(int fd, struct console **out_console) MUST_CHECK;
void console_close(struct console *console);

/* A text that ends every wait as RC_REFUSED when it comes ("Kernel panic"). A literal; at most 4.
 */
void console_alarm(struct console *console, const char *text);

/*
 * Waits for a text. RC_TIMEOUT and RC_GONE (the line is cut) say what came last instead, and pass
 * nothing over.
 */
enum rc console_expect(struct console *console, const char *text, int limit_ms,
                       struct reason *reason) MUST_CHECK;

/* The same, and hands out what came before the text since the last wait; free() it. */
enum rc console_read_until(struct console *console, const char *text, int limit_ms,
                           char **out_before, struct reason *reason) MUST_CHECK;

/* All that came up to now is passed over. */
void console_skip(struct console *console);

/* How often a text has come so far, wherever we are. */
int console_count(struct console *console, const char *text);

/* Sends bytes, at most for QMP_WAIT_MS; console_say: and a line end. */
enum rc console_send(struct console *console, const char *bytes, size_t length,
                     struct reason *reason) MUST_CHECK;
enum rc console_say(struct console *console, const char *line, struct reason *reason) MUST_CHECK;

/* All that is kept, into a file. */
enum rc console_save(struct console *console, const char *path) MUST_CHECK;

#endif
