/*
 * pins.h - the port of the few lines we drive: lamps, buzzer, the reader's reset.
 *
 * Outputs start inactive, and are inactive again after pins_close and after a crash (the kernel
 * releases the lines). Active level is the board's business: `on` is always "active". Used by the
 * loop's thread only.
 */
#ifndef FIRMWARE_PORT_PINS_H
#define FIRMWARE_PORT_PINS_H

#include <stdbool.h>

#include "firmware/base/rc.h"

enum pin { PIN_GREEN, PIN_RED, PIN_BLUE, PIN_BUZZER, PIN_READER_RESET, PIN_COUNT };

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
    void (*close)(struct pins *pins);
};

struct pins {
    const struct pins_ops *ops;
};

/* "green", "red", "blue", "buzzer", "reader_reset". */
const char *pins_name(enum pin pin);

/* Does the board have no line at all? */
bool pins_layout_is_empty(const struct pins_layout *layout);

/* A pin that the board does not have is RC_UNSUPPORTED. */
enum rc pins_set(struct pins *pins, enum pin pin, bool on) MUST_CHECK;

/* All lines inactive, then released. Takes NULL. */
void pins_close(struct pins *pins);

#endif
