#include "firmware/linux/reader_wedge.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "firmware/linux/wedge_decoder.h"

#define LOOK_AGAIN_MS 1000

struct reader_wedge {
    struct reader reader;
    char path[512];
    int fd; /* -1: not there */
    int64_t look_ms;
    bool is_resting; /* told, and not ready since */
    bool has_left;   /* a tag was told, that it left is still to be */
    struct wedge_decoder decoder;
};

static int wedge_fd(const struct reader *reader)
{
    return ((const struct reader_wedge *)reader)->fd;
}

static int64_t wedge_due_ms(const struct reader *reader)
{
    const struct reader_wedge *wedge = (const struct reader_wedge *)reader;
    if (wedge->has_left)
        return 0;
    if (wedge->fd < 0)
        return wedge->look_ms;
    bool is_typing = wedge->decoder.count || wedge->decoder.is_spoilt;
    return is_typing ? wedge->decoder.last_ms + WEDGE_GAP_MS : INT64_MAX;
}

static enum rc tell(struct reader_event *out_event, enum reader_event_kind kind, const char *text)
{
    out_event->kind = kind;
    snprintf(out_event->text, sizeof out_event->text, "%s", text);
    return RC_OK;
}

static enum rc rest(struct reader_wedge *wedge, int64_t now_ms, const char *why,
                    struct reader_event *out_event)
{
    if (wedge->fd >= 0)
        close(wedge->fd);
    wedge->fd = -1;
    wedge->look_ms = now_ms + LOOK_AGAIN_MS;
    wedge->decoder = (struct wedge_decoder){.count = 0};
    if (wedge->is_resting)
        return RC_EMPTY;
    wedge->is_resting = true;
    return tell(out_event, READER_RESTING, why);
}

static enum rc look(struct reader_wedge *wedge, int64_t now_ms, struct reader_event *out_event)
{
    char name[96] = "a reader that types";
    if (now_ms < wedge->look_ms)
        return RC_EMPTY;
    wedge->fd = open(wedge->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (wedge->fd < 0)
        return rest(wedge, now_ms,
                    errno == EACCES ? "the device may not be opened by this user"
                                    : "the device is not there",
                    out_event);
    if (ioctl(wedge->fd, EVIOCGNAME(sizeof name - 1), name) < 0)
        return rest(wedge, now_ms, "this is no input device", out_event);
    if (ioctl(wedge->fd, EVIOCGRAB, 1))
        return rest(wedge, now_ms, "another program holds the device", out_event);
    wedge->is_resting = false;
    return tell(out_event, READER_READY, name);
}

static enum rc take_tag(struct reader_wedge *wedge, const char *text,
                        struct reader_event *out_event)
{
    wedge->has_left = true;
    return tell(out_event, READER_TAG, text);
}

static enum rc wedge_next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_wedge *wedge = (struct reader_wedge *)reader;
    struct input_event event;
    char text[WEDGE_TEXT_BYTES];
    if (wedge->has_left) {
        wedge->has_left = false;
        return tell(out_event, READER_LEFT, "");
    }
    if (wedge->fd < 0)
        return look(wedge, now_ms, out_event);
    for (;;) {
        ssize_t got = read(wedge->fd, &event, sizeof event);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (got != (ssize_t)sizeof event)
            return rest(wedge, now_ms, "the device went away", out_event);
        if (event.type == EV_KEY && event.value == 1 &&
            wedge_decoder_key(&wedge->decoder, event.code, now_ms, text))
            return take_tag(wedge, text, out_event);
    }
    if (wedge_decoder_pause(&wedge->decoder, now_ms, text))
        return take_tag(wedge, text, out_event);
    return RC_EMPTY;
}

static void wedge_close(struct reader *reader)
{
    struct reader_wedge *wedge = (struct reader_wedge *)reader;
    if (wedge->fd >= 0)
        close(wedge->fd);
    free(wedge);
}

enum rc reader_open_wedge(const char *path, struct reader **out_reader)
{
    static const struct reader_ops ops = {.name = "wedge",
                                          .fd = wedge_fd,
                                          .due_ms = wedge_due_ms,
                                          .next = wedge_next,
                                          .close = wedge_close};
    struct reader_wedge *wedge = calloc(1, sizeof *wedge);
    if (!wedge)
        return RC_NO_MEMORY;
    if (strlen(path) >= sizeof wedge->path) {
        free(wedge);
        return RC_LIMIT;
    }
    wedge->reader.ops = &ops;
    wedge->fd = -1;
    strcpy(wedge->path, path);
    *out_reader = &wedge->reader;
    return RC_OK;
}
