#include "firmware/linux/input_wake.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#define READS_MAX 64 /* per call and device: a jammed one cannot hold the loop */

struct input_wake {
    char *folder;
    int epoll, notify;
    struct {
        int fd; /* -1: the place is free */
        char name[32];
    } devices[INPUT_WAKE_DEVICES_MAX];
};

/* --- devices --- */

static int find(const struct input_wake *wake, const char *name)
{
    int place = 0;
    while (place < INPUT_WAKE_DEVICES_MAX &&
           (wake->devices[place].fd < 0 || strcmp(wake->devices[place].name, name) != 0))
        place++;
    return place;
}

static int find_free(const struct input_wake *wake)
{
    int place = 0;
    while (place < INPUT_WAKE_DEVICES_MAX && wake->devices[place].fd >= 0)
        place++;
    return place;
}

static bool watch(struct input_wake *wake, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(wake->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static void add(struct input_wake *wake, const char *name)
{
    char path[PATH_MAX];
    int place = find_free(wake);
    if (strncmp(name, "event", 5) != 0 || strlen(name) >= sizeof wake->devices[0].name ||
        place == INPUT_WAKE_DEVICES_MAX || find(wake, name) != INPUT_WAKE_DEVICES_MAX)
        return;
    snprintf(path, sizeof path, "%s/%s", wake->folder, name);
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (!watch(wake, fd)) {
        close(fd);
        return;
    }
    wake->devices[place].fd = fd;
    strcpy(wake->devices[place].name, name);
}

static void drop(struct input_wake *wake, int place)
{
    close(wake->devices[place].fd); /* leaves the epoll by itself */
    wake->devices[place].fd = -1;
}

static void drain_device(struct input_wake *wake, int place)
{
    char sink[1536];
    ssize_t got = 1;
    for (int i = 0; i < READS_MAX && got > 0; i++)
        got = read(wake->devices[place].fd, sink, sizeof sink);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        drop(wake, place);
}

/* --- the folder --- */

static void list_folder(struct input_wake *wake)
{
    char pattern[PATH_MAX];
    glob_t paths;
    snprintf(pattern, sizeof pattern, "%s/event*", wake->folder);
    if (glob(pattern, 0, NULL, &paths))
        return;
    for (size_t i = 0; i < paths.gl_pathc; i++)
        add(wake, strrchr(paths.gl_pathv[i], '/') + 1);
    globfree(&paths);
}

static void drain_notices(struct input_wake *wake)
{
    _Alignas(struct inotify_event) char notices[4096];
    ssize_t got;
    while ((got = read(wake->notify, notices, sizeof notices)) > 0)
        for (char *at = notices; at < notices + got;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            if (event->len)
                add(wake, event->name);
            at += sizeof *event + event->len;
        }
}

/* --- opening --- */

enum rc input_wake_open(const char *folder, struct input_wake **out_wake)
{
    struct input_wake *wake = calloc(1, sizeof *wake);
    if (!wake)
        return RC_NO_MEMORY;
    for (int i = 0; i < INPUT_WAKE_DEVICES_MAX; i++)
        wake->devices[i].fd = -1;
    wake->folder = strdup(folder);
    wake->epoll = epoll_create1(EPOLL_CLOEXEC);
    wake->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    enum rc rc = wake->folder ? RC_OK : RC_NO_MEMORY;
    /* Before the list is read, so that nothing is missed between the two. */
    if (!rc && (wake->epoll < 0 || wake->notify < 0 || !watch(wake, wake->notify) ||
                inotify_add_watch(wake->notify, folder, IN_CREATE | IN_ATTRIB | IN_ONLYDIR) < 0))
        rc = rc_from_errno(errno);
    if (rc) {
        input_wake_close(wake);
        return rc;
    }
    list_folder(wake);
    *out_wake = wake;
    return RC_OK;
}

void input_wake_close(struct input_wake *wake)
{
    if (!wake)
        return;
    for (int i = 0; i < INPUT_WAKE_DEVICES_MAX; i++)
        if (wake->devices[i].fd >= 0)
            close(wake->devices[i].fd);
    if (wake->notify >= 0)
        close(wake->notify);
    if (wake->epoll >= 0)
        close(wake->epoll);
    free(wake->folder);
    free(wake);
}

int input_wake_fd(const struct input_wake *wake)
{
    return wake->epoll;
}

bool input_wake_drain(struct input_wake *wake)
{
    struct epoll_event events[INPUT_WAKE_DEVICES_MAX + 1];
    int count = epoll_wait(wake->epoll, events, INPUT_WAKE_DEVICES_MAX + 1, 0);
    for (int i = 0; i < count; i++)
        for (int place = 0; place < INPUT_WAKE_DEVICES_MAX; place++)
            if (wake->devices[place].fd == events[i].data.fd)
                drain_device(wake, place);
    /* Last, because a new device may have the name of one that was pulled out. */
    if (count > 0)
        drain_notices(wake);
    return count > 0;
}
