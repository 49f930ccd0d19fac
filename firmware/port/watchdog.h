/*
 * watchdog.h - the port of who ends and restarts a station that hangs.
 *
 * The loop tells it that a whole turn went well; where beats are asked for, a beat follows half of
 * the patience apart. Nothing beats by itself: a loop that hangs is silent. The loop's thread only.
 */
#ifndef FIRMWARE_PORT_WATCHDOG_H
#define FIRMWARE_PORT_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

enum watchdog_word { WATCHDOG_READY, WATCHDOG_BEAT, WATCHDOG_STOPPING, WATCHDOG_WORDS };

struct watchdog;

struct watchdog_ops {
    enum rc (*tell)(struct watchdog *watchdog, enum watchdog_word word);
    void (*close)(struct watchdog *watchdog);
};

/* Filled in by watchdog_init alone. */
struct watchdog {
    const struct watchdog_ops *ops;
    int64_t beat_ms;
    int64_t due_ms;
    bool is_ready;
    bool is_failing;
};

/* For those who fill the port in. `patience_ms`: it is ended after that silence; 0: never. */
void watchdog_init(struct watchdog *watchdog, const struct watchdog_ops *ops, int64_t patience_ms);

/*
 * A whole turn of the loop went well at `now_ms`, by the monotonic clock: the first one is told as
 * "ready", later ones as a beat when one is due. What could not be told is logged once and tried
 * again a second later. Takes NULL: nobody watches.
 */
void watchdog_turn(struct watchdog *watchdog, int64_t now_ms);

/* When the loop has to have turned; INT64_MAX: whenever it likes. Takes NULL. */
int64_t watchdog_due_ms(const struct watchdog *watchdog);

/* The station ends in order: silence is no hang any more. Takes NULL. */
void watchdog_stop(struct watchdog *watchdog);

/* "ready", "beat", "stopping". */
const char *watchdog_word_name(enum watchdog_word word);

/* Takes NULL. */
void watchdog_close(struct watchdog *watchdog);

#endif
