#include "firmware/linux/reader_child.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/linux/child_process.h"
#include "firmware/port/reader_line.h"

#define START_SILENCE_MS 3000 /* a slow card may take its time to load a program */
#define READY_SILENCE_MS 1500 /* three beats */
#define FAULT_SILENCE_MS 2500 /* it has said so already, and opening a silent chip takes 1.4 s */
#define PAUSE_FIRST_MS 100
#define PAUSE_LAST_MS 800
#define PROVEN_MS 5000 /* alive for that long after ready: the next failure is a new one */
#define DYING_MS 2000  /* after SIGKILL: then it hangs in a driver, and that is worth telling */
#define CLOSE_MS 100
#define EVENTS_MAX 4
#define READS_MAX 16 /* per call, so that noise without end cannot hold the loop */

enum state {
    CHILD_NONE,     /* the next is started at due_ms */
    CHILD_STARTING, /* no greeting yet */
    CHILD_RESTING,  /* greeted, and no badge can be read */
    CHILD_READY,
};

struct reader_child {
    struct reader reader;
    struct child_process process;
    struct trace *trace;
    char *program_path;
    char *address;
    enum state state;
    int64_t due_ms; /* silence ends here, or the pause */
    int64_t pause_ms;
    int64_t ready_ms; /* since when */
    int64_t ended_ms;
    bool is_told_resting;
    bool is_tag_in;
    char told[READER_LINE_TEXT]; /* the reason told last */
    struct reader_event events[EVENTS_MAX];
    int first, count;
    char input[READER_LINE_BYTES];
    size_t used;
};

static const int64_t silence_ms[] = {
    [CHILD_STARTING] = START_SILENCE_MS,
    [CHILD_RESTING] = FAULT_SILENCE_MS,
    [CHILD_READY] = READY_SILENCE_MS,
};

/* --- telling --- */

static void tell(struct reader_child *child, enum reader_event_kind kind, const char *prefix,
                 const char *text)
{
    if (child->count == EVENTS_MAX)
        return; /* cannot be: lines are read only while there is room */
    struct reader_event *event = &child->events[(child->first + child->count++) % EVENTS_MAX];
    event->kind = kind;
    snprintf(event->text, sizeof event->text, "%s%s", prefix, text);
}

static void tell_left(struct reader_child *child)
{
    if (child->is_tag_in)
        tell(child, READER_LEFT, "", "");
    child->is_tag_in = false;
}

/* Once for each reason, however often it comes. */
static void tell_resting(struct reader_child *child, const char *text)
{
    if (child->is_told_resting && strcmp(child->told, text) == 0)
        return;
    child->is_told_resting = true;
    snprintf(child->told, sizeof child->told, "%s", text);
    trace_line(child->trace, "reader fault: %s", text);
    tell(child, READER_RESTING, "", text);
}

/* --- the process --- */

static void give_up(struct reader_child *child, int64_t now_ms, const char *text)
{
    child_process_kill(&child->process);
    trace_line(child->trace, "reader stopped");
    if (child->state == CHILD_READY && now_ms - child->ready_ms >= PROVEN_MS)
        child->pause_ms = PAUSE_FIRST_MS;
    child->state = CHILD_NONE;
    child->ended_ms = now_ms;
    child->due_ms = now_ms + child->pause_ms;
    child->pause_ms = child->pause_ms * 2 < PAUSE_LAST_MS ? child->pause_ms * 2 : PAUSE_LAST_MS;
    child->used = 0;
    tell_left(child);
    tell_resting(child, text);
}

static void start(struct reader_child *child, int64_t now_ms)
{
    if (child_process_is_dying(&child->process)) {
        child->due_ms = now_ms + PAUSE_FIRST_MS;
        if (now_ms - child->ended_ms >= DYING_MS)
            tell_resting(child, "The reader's program cannot be ended: its device does not let "
                                "go. Unplug the reader.");
        return;
    }
    enum rc rc = child_process_start(&child->process, child->program_path, child->address);
    if (rc) {
        give_up(child, now_ms,
                rc == RC_NOT_FOUND ? "The reader's program is not installed."
                                   : "The reader's program cannot be started.");
        return;
    }
    trace_line(child->trace, "reader started");
    child->state = CHILD_STARTING;
    child->due_ms = now_ms + START_SILENCE_MS;
}

/* --- its lines --- */

static void take_tag(struct reader_child *child, const char *uid)
{
    tell_left(child);
    tell(child, READER_TAG, "uid:", uid);
    child->is_tag_in = true;
}

static void take_ready(struct reader_child *child, int64_t now_ms, const char *name)
{
    child->state = CHILD_READY;
    child->ready_ms = now_ms;
    child->is_told_resting = false;
    tell(child, READER_READY, "", name);
}

static enum rc obey(struct reader_child *child, int64_t now_ms, const struct reader_line *line)
{
    if ((child->state == CHILD_STARTING) != (line->kind == READER_LINE_HELLO))
        return RC_BAD_INPUT;
    switch (line->kind) {
    case READER_LINE_HELLO: child->state = CHILD_RESTING; break;
    case READER_LINE_READY: take_ready(child, now_ms, line->text); break;
    case READER_LINE_TAG:
        if (child->state != CHILD_READY)
            return RC_BAD_INPUT;
        take_tag(child, line->text);
        break;
    case READER_LINE_GONE: tell_left(child); break;
    case READER_LINE_BEAT: break;
    case READER_LINE_FAULT:
        child->state = CHILD_RESTING;
        tell_resting(child, line->text);
        break;
    }
    child->due_ms = now_ms + silence_ms[child->state];
    return RC_OK;
}

/* Takes the first line out of the input. RC_EMPTY: there is no whole one. */
static enum rc take_line(struct reader_child *child, struct reader_line *out_line)
{
    char *end = memchr(child->input, '\n', child->used);
    if (!end)
        return child->used == sizeof child->input ? RC_LIMIT : RC_EMPTY;
    size_t length = (size_t)(end - child->input);
    enum rc rc = reader_line_parse(child->input, length, out_line);
    child->used -= length + 1;
    memmove(child->input, end + 1, child->used);
    return rc;
}

static void take_lines(struct reader_child *child, int64_t now_ms)
{
    struct reader_line line;
    while (child->state != CHILD_NONE && child->count < EVENTS_MAX - 2) {
        enum rc rc = take_line(child, &line);
        if (rc == RC_EMPTY)
            return;
        if (!rc)
            rc = obey(child, now_ms, &line);
        if (rc == RC_NEWER)
            give_up(child, now_ms, "The reader's program is of another version. Install again.");
        else if (rc)
            give_up(child, now_ms, "The reader's program said something strange and was ended.");
    }
}

/* True while there may be more. */
static bool read_more(struct reader_child *child, int64_t now_ms)
{
    size_t room = sizeof child->input - child->used;
    ssize_t got = read(child->process.out_fd, child->input + child->used, room);
    if (got > 0) {
        child->used += (size_t)got;
        return true;
    }
    if (got == 0)
        give_up(child, now_ms, "The reader's program ended and is started again.");
    else if (errno != EAGAIN && errno != EINTR)
        give_up(child, now_ms, "The reader's program cannot be heard and is started again.");
    return false;
}

static void listen_to(struct reader_child *child, int64_t now_ms)
{
    take_lines(child, now_ms);
    for (int i = 0; i < READS_MAX && child->state != CHILD_NONE && !child->count; i++) {
        if (!read_more(child, now_ms))
            break;
        take_lines(child, now_ms);
    }
    if (child->state != CHILD_NONE && !child->count && now_ms >= child->due_ms)
        give_up(child, now_ms, "The reader's program does not move and is started again.");
}

/* --- the port --- */

static int child_fd(const struct reader *reader)
{
    return ((const struct reader_child *)reader)->process.out_fd;
}

static int64_t child_due_ms(const struct reader *reader)
{
    return ((const struct reader_child *)reader)->due_ms;
}

static enum rc child_next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_child *child = (struct reader_child *)reader;
    if (!child->count && child->state == CHILD_NONE && now_ms >= child->due_ms)
        start(child, now_ms);
    if (!child->count)
        listen_to(child, now_ms);
    if (!child->count)
        return RC_EMPTY;
    *out_event = child->events[child->first];
    child->first = (child->first + 1) % EVENTS_MAX;
    child->count--;
    return RC_OK;
}

static void child_close(struct reader *reader)
{
    struct reader_child *child = (struct reader_child *)reader;
    child_process_stop(&child->process, CLOSE_MS);
    free(child->program_path);
    free(child->address);
    free(child);
}

enum rc reader_open_child(const char *program_path, const char *address, struct trace *trace,
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
    child->reader.ops = &ops;
    child_process_init(&child->process);
    child->trace = trace;
    child->pause_ms = PAUSE_FIRST_MS;
    child->program_path = strdup(program_path);
    child->address = strdup(address);
    if (!child->program_path || !child->address) {
        child_close(&child->reader);
        return RC_NO_MEMORY;
    }
    *out_reader = &child->reader;
    return RC_OK;
}
