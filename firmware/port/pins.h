/*
 * pins.h - the port of the few lines we drive: lamps, buzzer, the reader's reset; and of the one we
 * listen to, the button beside the door.
 *
 * Outputs start inactive, and are inactive again after pins_close and after a crash (the kernel
 * releases the lines). Active level is the board's business: `on` is always "active". An input is
 * held at its inactive level by the chip, where the chip can. Used by the loop's thread only.
 */
#ifndef FIRMWARE_PORT_PINS_H
#define FIRMWARE_PORT_PINS_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/rc.h"

enum pin { PIN_GREEN, PIN_RED, PIN_BLUE, PIN_BUZZER, PIN_READER_RESET, PIN_CALL, PIN_COUNT };

#define PIN_INPUT PIN_CALL /* the only one; a button bounces, see device/button.h */

/* The input changed. */
struct pins_edge {
    bool is_on;
    int64_t at_ms; /* monotonic; when it happened, not when it was read */
};

/* Where the lines are, and at which level they are active. */
struct pins_layout {
    char chip[32]; /* the chip's label ("pinctrl-bcm2711"), or "auto" for a Raspberry Pi's own */
    struct {
        int offset; /* BCM number; -1: the board has no such line */
        bool is_active_low;
    } lines[PIN_COUNT];
};

struct pins;

struct pins_ops {
    enum rc (*set)(struct pins *pins, enum pin pin, bool on);
    enum rc (*get)(struct pins *pins, bool *out_is_on);
    int (*fd)(const struct pins *pins);
    enum rc (*next)(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge);
    void (*close)(struct pins *pins);
};

struct pins {
    const struct pins_ops *ops;
};

/* "green", "red", "blue", "buzzer", "reader_reset", "call". */
const char *pins_name(enum pin pin);

/* Does the board have no line at all? */
bool pins_layout_is_empty(const struct pins_layout *layout);

/* An output. One that the board does not have is RC_UNSUPPORTED. */
enum rc pins_set(struct pins *pins, enum pin pin, bool on) MUST_CHECK;

/* Whether the input is active now; RC_UNSUPPORTED where the board has none. */
enum rc pins_get(struct pins *pins, bool *out_is_on) MUST_CHECK;

/* Readable when pins_next has something; -1: there is no input, or none that tells by itself. */
int pins_fd(const struct pins *pins);

/*
 * The next change of the input; RC_EMPTY when there is none now. `now_ms` is the monotonic clock.
 * Where too many came at once some are lost: pins_get tells how it is.
 */
enum rc pins_next(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge) MUST_CHECK;

/* All lines inactive, then released. Takes NULL. */
void pins_close(struct pins *pins);

#endif
