#include "tests/image/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/real.h"

#define PIECE_BYTES 4096

void wire_init(struct wire *wire, int fd)
{
    *wire = (struct wire){.fd = fd};
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void wire_finish(struct wire *wire)
{
    if (wire->fd >= 0)
        close(wire->fd);
    free(wire->bytes);
    *wire = (struct wire){.fd = -1};
}

/* RC_OK: the socket is ready, or its end is. */
static enum rc wait_for(int fd, short events, int64_t until_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = events};
    int64_t left_ms = until_ms - real_ms();
    int ready = poll(&poll_fd, 1, left_ms > 0 ? (int)left_ms : 0);
    if (ready < 0 && errno != EINTR)
        return rc_from_errno(errno);
    return ready > 0 || real_ms() < until_ms ? RC_OK : RC_TIMEOUT;
}

/* What a call that may not wait says of the connection. */
static enum rc rc_of_socket(int error)
{
    if (error == EAGAIN || error == EINTR)
        return RC_OK;
    return error == EPIPE || error == ECONNRESET ? RC_GONE : rc_from_errno(error);
}

enum rc wire_send(int fd, const char *bytes, size_t length, int64_t until_ms)
{
    while (length > 0) {
        enum rc rc = wait_for(fd, POLLOUT, until_ms);
        if (rc)
            return rc;
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        rc = sent < 0 ? rc_of_socket(errno) : RC_OK;
        if (rc)
            return rc;
        bytes += sent > 0 ? sent : 0;
        length -= sent > 0 ? (size_t)sent : 0;
    }
    return RC_OK;
}

static enum rc make_room(struct wire *wire)
{
    if (wire->room - wire->used >= PIECE_BYTES)
        return RC_OK;
    if (wire->used > WIRE_LINE_MAX)
        return RC_LIMIT;
    size_t room = 2 * wire->room + 2 * PIECE_BYTES;
    char *bytes = realloc(wire->bytes, room);
    if (!bytes)
        return RC_NO_MEMORY;
    wire->bytes = bytes;
    wire->room = room;
    return RC_OK;
}

static enum rc read_more(struct wire *wire, int64_t until_ms)
{
    enum rc rc = make_room(wire);
    if (!rc)
        rc = wait_for(wire->fd, POLLIN, until_ms);
    if (rc)
        return rc;
    ssize_t got = recv(wire->fd, wire->bytes + wire->used, wire->room - wire->used, MSG_DONTWAIT);
    if (got == 0)
        return RC_GONE;
    if (got < 0)
        return rc_of_socket(errno);
    wire->used += (size_t)got;
    return RC_OK;
}

static void forget_passed(struct wire *wire)
{
    if (!wire->passed)
        return;
    wire->used -= wire->passed;
    memmove(wire->bytes, wire->bytes + wire->passed, wire->used);
    wire->passed = 0;
}

enum rc wire_line(struct wire *wire, int64_t until_ms, char **out_line)
{
    size_t looked = 0;
    forget_passed(wire);
    for (;;) {
        char *end =
            wire->used > looked ? memchr(wire->bytes + looked, '\n', wire->used - looked) : NULL;
        if (end) {
            wire->passed = (size_t)(end - wire->bytes) + 1;
            *end = 0;
            if (end > wire->bytes && end[-1] == '\r')
                end[-1] = 0;
            *out_line = wire->bytes;
            return RC_OK;
        }
        looked = wire->used;
        enum rc rc = read_more(wire, until_ms);
        if (rc)
            return rc;
    }
}
