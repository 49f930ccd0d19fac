/* libgpiod 1.x (Debian 12): one line at a time. */
#include "firmware/linux/pins_gpiod.h"

#include <errno.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>

struct pins_gpiod {
    struct pins pins;
    struct gpiod_chip *chip;
    struct gpiod_line *lines[PIN_COUNT]; /* NULL: the board has none */
};

static enum rc set(struct pins *pins, enum pin pin, bool on)
{
    struct gpiod_line *line = ((struct pins_gpiod *)pins)->lines[pin];
    if (!line)
        return RC_UNSUPPORTED;
    return gpiod_line_set_value(line, on) ? rc_from_errno(errno) : RC_OK;
}

static void close_gpiod(struct pins *pins)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    for (int pin = 0; pin < PIN_COUNT; pin++)
        if (gpiod->lines[pin]) {
            gpiod_line_set_value(gpiod->lines[pin], 0);
            gpiod_line_release(gpiod->lines[pin]);
        }
    if (gpiod->chip)
        gpiod_chip_close(gpiod->chip);
    free(gpiod);
}

static struct gpiod_chip *find_chip(const char *label)
{
    static const char *const known[] = PINS_GPIOD_AUTO;
    if (strcmp(label, "auto") != 0)
        return gpiod_chip_open_by_label(label);
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct gpiod_chip *chip = gpiod_chip_open_by_label(known[i]);
        if (chip)
            return chip;
    }
    return NULL;
}

static enum rc take_line(struct pins_gpiod *gpiod, const struct pins_layout *layout, int pin,
                         struct reason *reason)
{
    int offset = layout->lines[pin].offset;
    int flags = layout->lines[pin].is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
    struct gpiod_line *line = gpiod_chip_get_line(gpiod->chip, (unsigned)offset);
    if (!line || gpiod_line_request_output_flags(line, "perron", flags, 0)) {
        int error = errno;
        reason_set(reason, "pin %d for '%s' cannot be used: %s", offset, pins_name((enum pin)pin),
                   strerror(error));
        return rc_from_errno(error);
    }
    gpiod->lines[pin] = line;
    return RC_OK;
}

enum rc pins_open_gpiod(const struct pins_layout *layout, struct reason *out_reason,
                        struct pins **out_pins)
{
    static const struct pins_ops ops = {.set = set, .close = close_gpiod};
    struct pins_gpiod *gpiod = calloc(1, sizeof *gpiod);
    if (!gpiod)
        return RC_NO_MEMORY;
    gpiod->pins.ops = &ops;
    gpiod->chip = find_chip(layout->chip);
    enum rc rc = gpiod->chip ? RC_OK : RC_NOT_FOUND;
    if (rc)
        reason_set(out_reason, "this machine has no GPIO chip '%s'", layout->chip);
    for (int pin = 0; !rc && pin < PIN_COUNT; pin++)
        if (layout->lines[pin].offset >= 0)
            rc = take_line(gpiod, layout, pin, out_reason);
    if (rc)
        close_gpiod(&gpiod->pins);
    else
        *out_pins = &gpiod->pins;
    return rc;
}
