#include "app/control_call.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "app/control.h"
#include "app/control_line.h"

static enum rc connect_to(const char *path, int timeout_ms, int *out_fd)
{
    struct sockaddr_un address;
    struct timeval limit = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    int folder_fd;
    enum rc rc = control_line_address(path, &address, &folder_fd);
    if (rc)
        return rc;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) {
        rc = errno == ECONNREFUSED ? RC_NOT_FOUND : rc_from_errno(errno);
        if (fd >= 0)
            close(fd);
    } else {
        *out_fd = fd;
    }
    close(folder_fd);
    return rc;
}

/* The file that came with a message; -1: none. */
static int file_of(struct msghdr *message)
{
    int file = -1;
    struct cmsghdr *c = CMSG_FIRSTHDR(message);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
        c->cmsg_len == CMSG_LEN(sizeof file))
        memcpy(&file, CMSG_DATA(c), sizeof file);
    return file;
}

static enum rc receive_some(int from, char *line, size_t *used, int *file)
{
    char space[CMSG_SPACE(sizeof *file)];
    struct iovec part = {line + *used, CONTROL_LINE_BYTES - *used};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    ssize_t got = recvmsg(from, &message, MSG_CMSG_CLOEXEC);
    if (got <= 0)
        return got < 0 && errno == EAGAIN ? RC_TIMEOUT : RC_GONE;
    *used += (size_t)got;
    if (*file < 0)
        *file = file_of(&message);
    return RC_OK;
}

static enum rc receive_reply(int from, json_t **out_reply, int *out_file)
{
    char *line = malloc(CONTROL_LINE_BYTES);
    size_t used = 0;
    int file = -1;
    enum rc rc = line ? RC_OK : RC_NO_MEMORY;
    while (!rc && (used == 0 || line[used - 1] != '\n'))
        rc = used == CONTROL_LINE_BYTES ? RC_LIMIT : receive_some(from, line, &used, &file);
    if (!rc)
        rc = json_read_object(line, used - 1, CONTROL_LINE_BYTES, out_reply);
    free(line);
    if (file >= 0 && (rc || !out_file))
        close(file);
    else if (out_file)
        *out_file = file;
    return rc;
}

enum rc control_call(const char *path, json_t *request, int fd, int timeout_ms, json_t **out_reply,
                     struct reason *out_reason)
{
    return control_call_file(path, request, fd, timeout_ms, out_reply, NULL, out_reason);
}

static bool has_version(json_t *request)
{
    return json_object_get(request, "v") ||
           !json_object_set_new(request, "v", json_integer(CONTROL_VERSION));
}

enum rc control_call_file(const char *path, json_t *request, int fd, int timeout_ms,
                          json_t **out_reply, int *out_file, struct reason *out_reason)
{
    int to = -1;
    json_t *reply;
    enum rc rc = request && has_version(request) ? connect_to(path, timeout_ms, &to) : RC_NO_MEMORY;
    if (rc) {
        reason_set(out_reason, "no station is running here");
        json_decref(request);
        return rc;
    }
    rc = control_line_send(to, request, fd, 0);
    json_decref(request);
    if (!rc)
        rc = receive_reply(to, &reply, out_file);
    close(to);
    if (rc) {
        reason_set(out_reason, "the station did not answer: %s", rc_text(rc));
        return rc;
    }
    if (!json_is_true(json_object_get(reply, "ok"))) {
        const char *why = json_text(reply, "why");
        reason_set(out_reason, "%s", why ? why : "the station refused");
        json_decref(reply);
        if (out_file && *out_file >= 0)
            close(*out_file);
        return RC_REFUSED;
    }
    *out_reply = reply;
    return RC_OK;
}
