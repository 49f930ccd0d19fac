/*
 * porter.h - one thread that carries things to and from a USB stick: a trip at a time.
 *
 * A stick may stall for seconds and be pulled out in the middle; the loop hands a trip over, hears
 * how far it is, and never waits. The porter's thread gives way to everybody's who taps. All but
 * what says otherwise belongs to the loop's thread.
 */
#ifndef APP_PORTER_H
#define APP_PORTER_H

#include <stdbool.h>

#include "firmware/base/rc.h"

struct porter;

/* Embed first; the owner frees it after it came back. */
struct trip {
    /* On the porter's thread; porter_tell says when to give up. */
    enum rc (*carry)(struct trip *trip, struct porter *porter);
    /* On the loop's thread, by whoever takes it from porter_next. */
    void (*done)(struct trip *trip, void *context);
    enum rc rc; /* what it came to; RC_GONE: it was given up */
};

enum rc porter_open(struct porter **out_porter) MUST_CHECK;

/*
 * Gives up what is under way and waits for its end. The trip is given back, or NULL: its `done` is
 * for whoever calls. Takes NULL.
 */
struct trip *porter_close(struct porter *porter);

/* RC_BUSY: one is under way; RC_NO_MEMORY: there is no thread. Then it was not taken. */
enum rc porter_send(struct porter *porter, struct trip *trip) MUST_CHECK;

/* Is one on its way that nobody holds? Takes NULL. */
bool porter_is_under_way(const struct porter *porter);

/* For players: whoever carries waits where they tell how far they are, until they may go on. */
void porter_hold(struct porter *porter, bool is_held);

/* It is to be given up as soon as it tells how far it is. */
void porter_give_up(struct porter *porter);

/*
 * How far the trip is, by its own count of stages; 0 to 100 of the whole. On the porter's thread.
 * RC_GONE: give up.
 */
enum rc porter_tell(struct porter *porter, int stage, int percent) MUST_CHECK;

/* What was told last. */
void porter_look(const struct porter *porter, int *out_stage, int *out_percent);

/* Readable when something was told, or a trip is back: then call porter_next. */
int porter_fd(const struct porter *porter);

/* The trip that is back, or NULL. */
struct trip *porter_next(struct porter *porter);

#endif
