/*
 * errand.h - one thing on its way to the disk: a tap, a press, an undo, the clock that was set.
 *
 * taps.c makes it, sends it and frees it when it is back; until then the writer's thread has it,
 * and the loop's reads only what went in and changes only what is its own. Between the two its fate
 * is decided, once: what was refused counts for nothing, however late it lands.
 */
#ifndef APP_ERRAND_H
#define APP_ERRAND_H

#include <stdatomic.h>

#include "app/store/door.h"
#include "app/store/writer.h"

enum errand_kind {
    ERRAND_TAP,
    ERRAND_PRESS,
    ERRAND_UNDO, /* the last one that somebody stands and waits for */
    ERRAND_CLOCK,
    ERRAND_MEND
};

struct errand {
    struct job job;
    enum errand_kind kind;
    struct door_tap tap; /* its `now` is that of every kind */
    struct door_press press;
    struct fact_id person, fact; /* undo */
    struct door_result result;   /* once it is back */
    atomic_int fate;             /* errand.c's own */

    /* the loop's own */
    int64_t sent_ms;
    bool is_moment_told;
    bool is_awaited; /* what is said of it is still open */
    bool is_back;
    struct errand *next;
};

/* To be filled in and handed to the writer; free() it. NULL: there is no memory. */
struct errand *errand_make(enum errand_kind kind, const struct clock *clock);

/* It takes too long: from here on it is refused. False: its fact is on disk already. */
bool errand_refuse(struct errand *errand);
bool errand_is_refused(const struct errand *errand);

#endif
