/*
 * reader.h - the port of everything that reads badges: the perron-reader child, a reader that
 * types (wedge), the simulator.
 *
 * A backend embeds `struct reader` first and fills a `const struct reader_ops`. The loop polls
 * reader_fd for readability, calls reader_next until RC_EMPTY whenever it is readable or
 * reader_due_ms has come, and never blocks in here. Used by the loop's thread only. A backend
 * heals by itself (restart, reopen); what it cannot heal at once it tells as READER_RESTING.
 */
#ifndef FIRMWARE_PORT_READER_H
#define FIRMWARE_PORT_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/* Longest text of a badge: a 10-byte UID as hex, or 20 digits. */
#define READER_BADGE_TEXT 24

enum reader_event_kind {
    READER_READY,   /* the reader answers; `text` names it */
    READER_TAG,     /* a badge came into the field; `text` is "uid:04A1B2C3D4E5F6" (upper-case
                       hex, order as sent), "ean:5400101234567" or "num:0012345678" */
    READER_LEFT,    /* the badge left the field */
    READER_RESTING, /* no badge can be read now; `text` says why, for the technician */
};

struct reader_event {
    enum reader_event_kind kind;
    char text[160];
};

struct reader;

struct reader_ops {
    const char *name;
    int (*fd)(const struct reader *reader);
    int64_t (*due_ms)(const struct reader *reader);
    enum rc (*next)(struct reader *reader, int64_t now_ms, struct reader_event *out_event);
    void (*close)(struct reader *reader);
};

struct reader {
    const struct reader_ops *ops;
};

/* The descriptor to poll for reading, or -1 while there is none. May change between calls. */
int reader_fd(const struct reader *reader);

/* Monotonic time at which reader_next wants to be called even without input; INT64_MAX for never.
 */
int64_t reader_due_ms(const struct reader *reader);

/* The next event; RC_EMPTY when there is none now. `now_ms` is the monotonic clock. */
enum rc reader_next(struct reader *reader, int64_t now_ms,
                    struct reader_event *out_event) MUST_CHECK;

/* Stops and frees the backend. Takes NULL. */
void reader_close(struct reader *reader);

#endif
