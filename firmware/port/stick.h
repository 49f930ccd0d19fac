/*
 * stick.h - the port of USB sticks: what is plugged in, taken into the house's tree, and let go.
 *
 * A stick is untrusted. Only vfat and exfat are taken, and only nosuid, nodev and noexec; nothing
 * on it is ever run. Taking and letting go go to the system's own service, which may take seconds:
 * the call hands the request over and returns, stick_next tells later how it ended. One stick at a
 * time: of several the first plugged in counts until it is gone. Used by the loop's thread only;
 * never blocks.
 */
#ifndef FIRMWARE_PORT_STICK_H
#define FIRMWARE_PORT_STICK_H

#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* Why a stick cannot be used; each has a sentence on the screen. */
enum stick_trouble {
    STICK_USABLE,
    STICK_BLANK,       /* no partition table and no file system on it */
    STICK_FOREIGN,     /* a file system that is not taken: ntfs, ext4, a locked one, ... */
    STICK_SEVERAL,     /* several partitions that could be meant */
    STICK_EMPTY,       /* a reader without a card, 0 bytes */
    STICK_DAMAGED,     /* its file system cannot be read */
    STICK_NOT_ALLOWED, /* the system does not let the station mount */
    STICK_TYPES,       /* the same device is a keyboard, too: no stick does that */
    STICK_TROUBLE_COUNT
};

/* "usable", "blank", ...: for traces and commands. */
const char *stick_trouble_name(enum stick_trouble trouble);

struct stick_info {
    char label[64];       /* what it calls itself, made fit to show; "" */
    char file_system[16]; /* "vfat", "exfat", ...; "" where there is none */
    int64_t size_bytes;   /* of the partition, or of the device */
    int64_t free_bytes;   /* below 0: not known before it is taken */
    bool is_read_only;    /* by its switch, or by its file system */
    enum stick_trouble trouble;
};

/*
 * Most sticks lose their power when they are let go: STICK_PULLED then follows STICK_LET_GO at
 * once, long before a hand pulls them out. Who says "you may pull it out" goes on saying it.
 */
enum stick_event_kind {
    STICK_PLUGGED, /* one is there: `info` */
    STICK_TAKEN,   /* it can be read and written below `path`; `info` has its space */
    STICK_LET_GO,  /* everything is on it: it may be pulled out */
    STICK_REFUSED, /* what was asked could not be done: `why`; STICK_USABLE: it may be tried again
                    */
    STICK_PULLED,  /* it is gone, asked for or not */
};

struct stick_event {
    enum stick_event_kind kind;
    struct stick_info info;
    char path[PATH_MAX]; /* of STICK_TAKEN */
    struct reason why;   /* of STICK_REFUSED: for the log, and for who maintains it */
};

#define STICK_FDS_MAX 2

struct stick;

struct stick_ops {
    enum rc (*take)(struct stick *stick, int64_t now_ms);
    enum rc (*let_go)(struct stick *stick, int64_t now_ms);
    enum rc (*next)(struct stick *stick, int64_t now_ms, struct stick_event *out_event);
    int (*fds)(const struct stick *stick, struct pollfd *out_fds);
    int64_t (*due_ms)(const struct stick *stick);
    void (*close)(struct stick *stick);
};

struct stick {
    const struct stick_ops *ops;
};

/*
 * Asks for the stick's files: STICK_TAKEN or STICK_REFUSED follows, or STICK_PULLED. RC_NOT_FOUND:
 * there is none; RC_BUSY: it is being taken or let go. Taken already: STICK_TAKEN once more.
 * `now_ms` is the monotonic clock.
 */
enum rc stick_take(struct stick *stick, int64_t now_ms) MUST_CHECK;

/* Asks to let it go: what is cached is written first. STICK_LET_GO or STICK_REFUSED follows, or
 * STICK_PULLED; STICK_LET_GO for one that was not taken, too. Results as of stick_take. */
enum rc stick_let_go(struct stick *stick, int64_t now_ms) MUST_CHECK;

/* What happened; RC_EMPTY: nothing (more). One that was there before it was opened is told, too. */
enum rc stick_next(struct stick *stick, int64_t now_ms, struct stick_event *out_event) MUST_CHECK;

/* At most STICK_FDS_MAX entries to poll; returns how many. Then call stick_next. */
int stick_fds(const struct stick *stick, struct pollfd *out_fds);

/* When stick_next has something by itself; INT64_MAX: never. */
int64_t stick_due_ms(const struct stick *stick);

/* What is taken is let go as well as that can be without waiting. Takes NULL. */
void stick_close(struct stick *stick);

#endif
