#include "app/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/control_line.h"

struct client {
    int fd;          /* -1: free */
    int passed_fd;   /* came with the line being read */
    int number;      /* tells this client from an earlier one in the same place */
    int64_t last_ms; /* when it last said something; 0: not seen yet */
    int owed;        /* answers it waits for */
    size_t used;
    char *line;
};

struct control {
    char path[108];
    int listen_fd;
    int next_number;
    struct client clients[CONTROL_CLIENTS];
};

/* --- opening and closing --- */

static enum rc listen_at(const char *path, int *out_fd)
{
    struct sockaddr_un address;
    int folder_fd;
    enum rc rc = control_line_address(path, &address, &folder_fd);
    if (rc)
        return rc;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177);
    unlink(path);
    bool is_listening = fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof address) &&
                        !listen(fd, CONTROL_CLIENTS);
    rc = is_listening ? RC_OK : rc_from_errno(errno);
    umask(before);
    close(folder_fd);
    if (!rc)
        *out_fd = fd;
    else if (fd >= 0)
        close(fd);
    return rc;
}

enum rc control_open(const char *path, struct control **out_control, struct reason *out_reason)
{
    struct control *control = calloc(1, sizeof *control);
    if (!control)
        return RC_NO_MEMORY;
    for (int i = 0; i < CONTROL_CLIENTS; i++)
        control->clients[i].fd = control->clients[i].passed_fd = -1;
    snprintf(control->path, sizeof control->path, "%s", path);
    enum rc rc = listen_at(path, &control->listen_fd);
    if (rc) {
        reason_set(out_reason, "commands cannot reach this station: %s: %s", path, rc_text(rc));
        free(control);
        return rc;
    }
    *out_control = control;
    return RC_OK;
}

static void cut_off(struct client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    if (client->passed_fd >= 0)
        close(client->passed_fd);
    free(client->line);
    *client = (struct client){.fd = -1, .passed_fd = -1};
}

void control_close(struct control *control)
{
    if (!control)
        return;
    for (int i = 0; i < CONTROL_CLIENTS; i++)
        cut_off(&control->clients[i]);
    close(control->listen_fd);
    unlink(control->path);
    free(control);
}

/* --- who is there --- */

int control_fds(const struct control *control, struct pollfd *out_fds)
{
    int count = 0;
    bool has_room = false;
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        if (control->clients[i].fd >= 0)
            out_fds[count++] = (struct pollfd){.fd = control->clients[i].fd, .events = POLLIN};
        else
            has_room = true;
    }
    if (has_room)
        out_fds[count++] = (struct pollfd){.fd = control->listen_fd, .events = POLLIN};
    return count;
}

int64_t control_due_ms(const struct control *control)
{
    int64_t due_ms = INT64_MAX;
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        const struct client *client = &control->clients[i];
        if (client->fd >= 0 && !client->owed && client->last_ms + CONTROL_IDLE_MS < due_ms)
            due_ms = client->last_ms + CONTROL_IDLE_MS;
    }
    return due_ms;
}

static void accept_clients(struct control *control, int64_t now_ms)
{
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        struct client *client = &control->clients[i];
        if (client->fd >= 0)
            continue;
        int fd = accept4(control->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0)
            return;
        client->line = malloc(CONTROL_LINE_BYTES);
        if (!client->line) {
            close(fd);
            return;
        }
        client->fd = fd;
        client->number = control->next_number++;
        client->last_ms = now_ms;
    }
}

/* --- requests in --- */

/* Keeps the first file of a message and closes all others. */
static void keep_passed(struct client *client, struct msghdr *message)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            if (client->passed_fd < 0)
                client->passed_fd = fd;
            else
                close(fd);
        }
    }
}

/* RC_OK: something came. RC_EMPTY: nothing now. RC_GONE: hung up. RC_LIMIT: no end of the line. */
static enum rc receive(struct client *client)
{
    char space[CMSG_SPACE(4 * sizeof(int))];
    struct iovec part = {client->line + client->used, CONTROL_LINE_BYTES - client->used};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    if (part.iov_len == 0)
        return RC_LIMIT;
    ssize_t got = recvmsg(client->fd, &message, MSG_CMSG_CLOEXEC);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? RC_EMPTY : RC_GONE;
    keep_passed(client, &message);
    if (got == 0)
        return RC_GONE;
    client->used += (size_t)got;
    return RC_OK;
}

/* Answers fit a socket's buffer; who does not read does not stop the door. */
static void send_object(int fd, json_t *object)
{
    (void)!control_line_send(fd, object, -1, MSG_DONTWAIT);
    json_decref(object);
}

static void refuse(struct client *client, const char *why)
{
    send_object(client->fd, json_pack("{s:i,s:b,s:s}", "v", CONTROL_VERSION, "ok", 0, "why", why));
}

bool control_understands(int spoken, int64_t version, const char *verb)
{
    return version == spoken || (version == 1 && strcmp(verb, "status") == 0);
}

/* Takes the line that ends at `end` out of the buffer and makes a request of it. */
static enum rc take_line(struct client *client, char *end, struct control_request *out_request)
{
    json_t *object;
    size_t length = (size_t)(end - client->line);
    enum rc rc = json_read_object(client->line, length, CONTROL_LINE_BYTES, &object);
    client->used -= length + 1;
    memmove(client->line, end + 1, client->used);
    if (rc)
        return RC_BAD_INPUT;
    const char *verb = json_text(object, "do");
    if (!verb || !control_understands(CONTROL_VERSION, json_number(object, "v", 0), verb)) {
        json_decref(object);
        return RC_BAD_INPUT;
    }
    *out_request = (struct control_request){
        .client = client->number, .verb = verb, .object = object, .fd = client->passed_fd};
    client->passed_fd = -1;
    client->owed++;
    return RC_OK;
}

/* One client's next request; anything but RC_OK and RC_EMPTY cuts it off. */
static enum rc next_of(struct client *client, int64_t now_ms, struct control_request *out_request)
{
    char *end = memchr(client->line, '\n', client->used);
    enum rc rc = RC_OK;
    if (!end) {
        rc = receive(client);
        if (!rc || client->owed) /* who waits for an answer is not idle */
            client->last_ms = now_ms;
        end = memchr(client->line, '\n', client->used);
    }
    if (end)
        rc = take_line(client, end, out_request);
    else if (rc == RC_OK)
        rc = RC_EMPTY;
    if (rc == RC_EMPTY && now_ms >= client->last_ms + CONTROL_IDLE_MS)
        rc = RC_TIMEOUT;
    if (rc == RC_BAD_INPUT)
        refuse(client, "this is not a request of protocol version 1");
    if (rc == RC_LIMIT)
        refuse(client, "the request is too long");
    return rc;
}

enum rc control_next(struct control *control, int64_t now_ms, struct control_request *out_request)
{
    accept_clients(control, now_ms);
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        struct client *client = &control->clients[i];
        if (client->fd < 0)
            continue;
        enum rc rc = next_of(client, now_ms, out_request);
        if (!rc)
            return RC_OK;
        if (rc != RC_EMPTY)
            cut_off(client);
    }
    return RC_EMPTY;
}

static struct client *find_client(struct control *control, int number)
{
    for (int i = 0; i < CONTROL_CLIENTS; i++)
        if (control->clients[i].fd >= 0 && control->clients[i].number == number)
            return &control->clients[i];
    return NULL;
}

void control_reply(struct control *control, int number, json_t *reply)
{
    control_reply_file(control, number, reply, -1);
}

void control_reply_file(struct control *control, int number, json_t *reply, int file)
{
    struct client *client = find_client(control, number);
    if (client)
        client->owed--;
    if (client && reply && !json_object_set_new(reply, "v", json_integer(CONTROL_VERSION)) &&
        !json_object_set_new(reply, "ok", json_true()))
        (void)!control_line_send(client->fd, reply, file, MSG_DONTWAIT);
    json_decref(reply);
}

void control_refuse(struct control *control, int number, const char *why)
{
    struct client *client = find_client(control, number);
    if (!client)
        return;
    client->owed--;
    refuse(client, why);
}
