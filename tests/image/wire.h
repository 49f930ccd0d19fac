/*
 * wire.h - a stream socket that carries lines. One thread at a time.
 */
#ifndef TESTS_IMAGE_WIRE_H
#define TESTS_IMAGE_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define WIRE_LINE_MAX (8 << 20)

struct wire {
    int fd;
    char *bytes;
    size_t used, room;
    size_t passed; /* of `used`, by the line that was handed out last */
};

/* Takes the socket, and makes it one that never waits. */
void wire_init(struct wire *wire, int fd);
void wire_finish(struct wire *wire);

/* All of it, until real_ms() is `until_ms`. RC_TIMEOUT, RC_GONE. */
enum rc wire_send(int fd, const char *bytes, size_t length, int64_t until_ms) MUST_CHECK;

/*
 * The next line without its end, valid until the next call. RC_TIMEOUT, RC_GONE, RC_LIMIT: longer
 * than WIRE_LINE_MAX.
 */
enum rc wire_line(struct wire *wire, int64_t until_ms, char **out_line) MUST_CHECK;

#endif
