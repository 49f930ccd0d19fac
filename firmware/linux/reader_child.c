#include "firmware/linux/reader_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/port/reader_line.h"

#define SILENT_MS 1800 /* three beats, and longer than libnfc takes to give up opening (1.4 s) */
#define START_FIRST_MS 200 /* before the first new start; doubled at each that fails */
#define START_LAST_MS 1600

extern char **environ;

struct reader_child {
    struct reader reader;
    char program[4096];
    char address[256];
    struct trace *trace;
    pid_t pid;  /* 0: none runs */
    int out_fd; /* from the child */
    int in_fd;  /* to the child: closing it ends the child */
    int64_t heard_ms;
    int64_t start_ms; /* when to start the next one */
    int start_pause_ms;
    bool has_said_hello;
    bool is_resting; /* told, and no ready since */
    bool is_tag_in;
    char line[READER_LINE_BYTES];
    size_t used;
};

static int child_fd(const struct reader *reader)
{
    return ((const struct reader_child *)reader)->out_fd;
}

static int64_t child_due_ms(const struct reader *reader)
{
    const struct reader_child *child = (const struct reader_child *)reader;
    return child->pid ? child->heard_ms + SILENT_MS : child->start_ms;
}

/* --- starting and stopping
 * ------------------------------------------------------------------------- */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void stop(struct reader_child *child)
{
    close_fd(&child->in_fd);
    close_fd(&child->out_fd);
    if (child->pid) {
        kill(child->pid, SIGKILL);
        while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        trace_line(child->trace, "reader stopped");
    }
    child->pid = 0;
    child->used = 0;
    child->has_said_hello = false;
}

static int spawn(struct reader_child *child, int in, int out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    char *argv[] = {child->program, child->address, NULL};
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawn(&child->pid, child->program, &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error)
        child->pid = 0;
    return error;
}

static enum rc start(struct reader_child *child, int64_t now_ms)
{
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC))
        return rc_from_errno(errno);
    if (pipe2(out, O_CLOEXEC)) {
        close(in[0]);
        close(in[1]);
        return rc_from_errno(errno);
    }
    int error = spawn(child, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    child->in_fd = in[1];
    child->out_fd = out[0];
    fcntl(child->out_fd, F_SETFL, O_NONBLOCK);
    child->heard_ms = now_ms;
    if (error) {
        stop(child);
        return rc_from_errno(error);
    }
    trace_line(child->trace, "reader started");
    return RC_OK;
}

/* Kills the child, plans the next and tells once that no badge can be read. */
static enum rc rest(struct reader_child *child, int64_t now_ms, const char *why,
                    struct reader_event *out_event)
{
    stop(child);
    child->start_ms = now_ms + child->start_pause_ms;
    if (child->start_pause_ms < START_LAST_MS)
        child->start_pause_ms *= 2;
    child->is_tag_in = false;
    if (child->is_resting)
        return RC_EMPTY;
    child->is_resting = true;
    out_event->kind = READER_RESTING;
    snprintf(out_event->text, sizeof out_event->text, "%s", why);
    return RC_OK;
}

/* --- listening
 * ---------------------------------------------------------------------------------------- */

static enum rc take_tag(struct reader_child *child, const char *uid, struct reader_event *out_event)
{
    child->is_tag_in = true;
    out_event->kind = READER_TAG;
    snprintf(out_event->text, sizeof out_event->text, "uid:%.20s", uid);
    return RC_OK;
}

static enum rc take_line(struct reader_child *child, const struct reader_line *line, int64_t now_ms,
                         struct reader_event *out_event)
{
    if (child->has_said_hello != (line->kind != READER_LINE_HELLO))
        return rest(child, now_ms, "the reader's process speaks out of turn", out_event);
    child->has_said_hello = true;
    out_event->text[0] = 0;
    switch (line->kind) {
    case READER_LINE_HELLO:
    case READER_LINE_BEAT: return RC_EMPTY;
    case READER_LINE_READY:
        child->is_resting = false;
        child->start_pause_ms = START_FIRST_MS;
        out_event->kind = READER_READY;
        break;
    case READER_LINE_TAG: return take_tag(child, line->text, out_event);
    case READER_LINE_GONE:
        child->is_tag_in = false;
        out_event->kind = READER_LEFT;
        break;
    case READER_LINE_FAULT:
        if (child->is_resting)
            return RC_EMPTY;
        child->is_resting = true;
        out_event->kind = READER_RESTING;
        break;
    }
    snprintf(out_event->text, sizeof out_event->text, "%s", line->text);
    return RC_OK;
}

/* The next whole line in the buffer. RC_EMPTY: there is none, or it says nothing to anybody. */
static enum rc next_line(struct reader_child *child, int64_t now_ms, struct reader_event *out_event,
                         bool *out_was_line)
{
    struct reader_line line;
    char *end = memchr(child->line, '\n', child->used);
    *out_was_line = end != NULL;
    if (!end)
        return RC_EMPTY;
    size_t length = (size_t)(end - child->line);
    enum rc rc = reader_line_parse(child->line, length, &line);
    child->used -= length + 1;
    memmove(child->line, end + 1, child->used);
    if (rc)
        return rest(child, now_ms, "the reader's process says what nobody understands", out_event);
    child->heard_ms = now_ms;
    return take_line(child, &line, now_ms, out_event);
}

/* RC_OK: something came. RC_EMPTY: nothing now. RC_GONE: the child ended. RC_LIMIT: no line ends.
 */
static enum rc receive(struct reader_child *child)
{
    if (child->used == sizeof child->line)
        return RC_LIMIT;
    ssize_t got = read(child->out_fd, child->line + child->used, sizeof child->line - child->used);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? RC_EMPTY : RC_GONE;
    if (got == 0)
        return RC_GONE;
    child->used += (size_t)got;
    return RC_OK;
}

static enum rc listen_to(struct reader_child *child, int64_t now_ms, struct reader_event *out_event)
{
    for (;;) {
        bool was_line;
        enum rc rc = next_line(child, now_ms, out_event, &was_line);
        if (rc != RC_EMPTY || !child->pid)
            return rc;
        if (was_line)
            continue;
        rc = receive(child);
        if (rc == RC_EMPTY)
            return RC_EMPTY;
        if (rc)
            return rest(child, now_ms, "the reader's process ended", out_event);
    }
}

static enum rc child_next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_child *child = (struct reader_child *)reader;
    if (!child->pid) {
        if (now_ms < child->start_ms)
            return RC_EMPTY;
        enum rc rc = start(child, now_ms);
        if (rc)
            return rest(child, now_ms, "perron-reader cannot be started", out_event);
    }
    enum rc rc = listen_to(child, now_ms, out_event);
    if (rc == RC_EMPTY && child->pid && now_ms >= child->heard_ms + SILENT_MS)
        return rest(child, now_ms, "the reader's process hangs", out_event);
    return rc;
}

static void child_close(struct reader *reader)
{
    stop((struct reader_child *)reader);
    free(reader);
}

enum rc reader_open_child(const char *program, const char *address, struct trace *trace,
                          struct reader **out_reader)
{
    static const struct reader_ops ops = {.name = "child",
                                          .fd = child_fd,
                                          .due_ms = child_due_ms,
                                          .next = child_next,
                                          .close = child_close};
    struct reader_child *child = calloc(1, sizeof *child);
    if (!child)
        return RC_NO_MEMORY;
    if (strlen(program) >= sizeof child->program || strlen(address) >= sizeof child->address) {
        free(child);
        return RC_LIMIT;
    }
    child->reader.ops = &ops;
    strcpy(child->program, program);
    strcpy(child->address, address);
    child->trace = trace;
    child->in_fd = child->out_fd = -1;
    child->start_pause_ms = START_FIRST_MS;
    *out_reader = &child->reader;
    return RC_OK;
}
