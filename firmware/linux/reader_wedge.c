#include "firmware/linux/reader_wedge.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/input.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/linux/wedge_decoder.h"

#define RETRY_MS 1000
#define EVENTS_MAX 4
#define READS_MAX 64 /* per call: a jammed key cannot hold the loop */

struct reader_wedge {
    struct reader reader;
    char *device_path;
    int fd;
    int64_t due_ms; /* the next try to open, or the end of a message without Enter */
    struct wedge_decoder decoder;
    char told[160]; /* the reason told last; "": ready */
    struct reader_event events[EVENTS_MAX];
    int first, count;
};

/* --- telling --- */

static void tell(struct reader_wedge *wedge, enum reader_event_kind kind, const char *text)
{
    struct reader_event *event = &wedge->events[(wedge->first + wedge->count++) % EVENTS_MAX];
    event->kind = kind;
    snprintf(event->text, sizeof event->text, "%s", text);
}

static void rest(struct reader_wedge *wedge, int64_t now_ms, const char *format)
{
    char text[sizeof wedge->told];
    if (wedge->fd >= 0)
        close(wedge->fd);
    wedge->fd = -1;
    wedge->due_ms = now_ms + RETRY_MS;
    wedge_decoder_init(&wedge->decoder);
    snprintf(text, sizeof text, format, wedge->device_path);
    if (strcmp(text, wedge->told) == 0)
        return;
    strcpy(wedge->told, text);
    tell(wedge, READER_RESTING, text);
}

static void take_result(struct reader_wedge *wedge, enum rc rc, const struct wedge_badge *badge)
{
    if (rc == RC_BAD_INPUT)
        log_warning("the badge reader typed something that is no badge; it was passed over");
    if (rc)
        return;
    tell(wedge, READER_TAG, badge->text);
    tell(wedge, READER_LEFT, "");
}

/* --- the device --- */

static const struct {
    int error_number;
    const char *format;
} open_faults[] = {
    {ENOENT, "There is no device %.70s. Check the reader's cable."},
    {ENODEV, "There is no device behind %.70s. Check the reader's cable."},
    {ENXIO, "There is no device behind %.70s. Check the reader's cable."},
    {EACCES, "%.70s may not be opened. Put the station's user into the group input."},
    {ENOTTY, "%.70s is no keyboard. Choose one that ends in event-kbd in /dev/input/by-id."},
    {ENOTUNIQ, "Several devices fit %.70s. Name the reader's own in the board's file."},
    {EBUSY, "Another program holds the reader at %.70s. Stop that one."},
    {0, "%.70s cannot be opened. Unplug the reader and plug it in again."},
};

static const char *open_fault(int error_number)
{
    size_t i = 0;
    while (open_faults[i].error_number && open_faults[i].error_number != error_number)
        i++;
    return open_faults[i].format;
}

static bool has_digit_keys(int fd)
{
    unsigned char bits[KEY_MAX / 8 + 1] = {0};
    if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof bits), bits) < 0)
        return false;
    return (bits[KEY_1 / 8] >> KEY_1 % 8 & 1) || (bits[KEY_KP1 / 8] >> KEY_KP1 % 8 & 1);
}

/* Takes the device for us alone; 0 or an errno. */
static int prepare(int fd, char *out_name, size_t name_bytes)
{
    int version, clock = CLOCK_MONOTONIC;
    if (ioctl(fd, EVIOCGVERSION, &version) < 0)
        return errno == EINVAL ? ENOTTY : errno;
    if (!has_digit_keys(fd))
        return ENOTTY;
    if (ioctl(fd, EVIOCGRAB, 1) < 0 || ioctl(fd, EVIOCSCLOCKID, &clock) < 0)
        return errno;
    if (ioctl(fd, EVIOCGNAME(name_bytes), out_name) < 0)
        snprintf(out_name, name_bytes, "keyboard");
    out_name[name_bytes - 1] = 0;
    return 0;
}

/* A path with * is that of the one device it fits; else -1 with an errno. */
static int open_one(const char *path)
{
    glob_t found;
    int fd = -1, error = glob(path, GLOB_NOCHECK, NULL, &found) ? ENOMEM : 0;
    if (error) {
        errno = error;
        return -1;
    }
    if (found.gl_pathc > 1)
        error = ENOTUNIQ;
    else if ((fd = open(found.gl_pathv[0], O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) < 0)
        error = errno;
    globfree(&found);
    errno = error;
    return fd;
}

static void open_device(struct reader_wedge *wedge, int64_t now_ms)
{
    char name[80] = "";
    wedge->fd = open_one(wedge->device_path);
    int failed = wedge->fd < 0 ? errno : prepare(wedge->fd, name, sizeof name);
    if (failed) {
        rest(wedge, now_ms, open_fault(failed));
        return;
    }
    wedge->due_ms = INT64_MAX;
    wedge->told[0] = 0;
    tell(wedge, READER_READY, name);
}

/* --- reading --- */

/* True while there may be more. One event at a time, because one may complete a badge. */
static bool read_event(struct reader_wedge *wedge, int64_t now_ms)
{
    struct input_event event;
    struct wedge_badge badge;
    ssize_t got = read(wedge->fd, &event, sizeof event);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got != (ssize_t)sizeof event) {
        rest(wedge, now_ms, "The reader at %.70s is gone. Check its cable.");
        return false;
    }
    enum rc rc = wedge_decoder_take(&wedge->decoder, &event, &badge);
    take_result(wedge, rc, &badge);
    wedge->due_ms = wedge_decoder_is_waiting(&wedge->decoder) ? now_ms + WEDGE_GAP_MS : INT64_MAX;
    return true;
}

static void read_events(struct reader_wedge *wedge, int64_t now_ms)
{
    struct wedge_badge badge;
    bool is_over = wedge->fd >= 0 && now_ms >= wedge->due_ms;
    int reads = 0;
    while (wedge->fd >= 0 && !wedge->count && reads < READS_MAX && read_event(wedge, now_ms))
        reads++;
    if (!is_over || reads > 0 || wedge->fd < 0)
        return;
    wedge->due_ms = INT64_MAX;
    take_result(wedge, wedge_decoder_end(&wedge->decoder, &badge), &badge);
}

/* --- the port --- */

static int wedge_fd(const struct reader *reader)
{
    return ((const struct reader_wedge *)reader)->fd;
}

static int64_t wedge_due_ms(const struct reader *reader)
{
    return ((const struct reader_wedge *)reader)->due_ms;
}

static enum rc wedge_next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_wedge *wedge = (struct reader_wedge *)reader;
    if (!wedge->count && wedge->fd < 0 && now_ms >= wedge->due_ms)
        open_device(wedge, now_ms);
    if (!wedge->count)
        read_events(wedge, now_ms);
    if (!wedge->count)
        return RC_EMPTY;
    *out_event = wedge->events[wedge->first];
    wedge->first = (wedge->first + 1) % EVENTS_MAX;
    wedge->count--;
    return RC_OK;
}

static void wedge_close(struct reader *reader)
{
    struct reader_wedge *wedge = (struct reader_wedge *)reader;
    if (wedge->fd >= 0)
        close(wedge->fd); /* gives up the grab as well */
    free(wedge->device_path);
    free(wedge);
}

enum rc reader_open_wedge(const char *device_path, struct reader **out_reader)
{
    static const struct reader_ops ops = {.name = "wedge",
                                          .fd = wedge_fd,
                                          .due_ms = wedge_due_ms,
                                          .next = wedge_next,
                                          .close = wedge_close};
    struct reader_wedge *wedge = calloc(1, sizeof *wedge);
    if (!wedge)
        return RC_NO_MEMORY;
    wedge->reader.ops = &ops;
    wedge->fd = -1;
    wedge->device_path = strdup(device_path);
    if (!wedge->device_path) {
        free(wedge);
        return RC_NO_MEMORY;
    }
    *out_reader = &wedge->reader;
    return RC_OK;
}
