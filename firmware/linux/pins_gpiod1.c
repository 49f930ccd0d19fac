/* libgpiod 1.x (Debian 12): one line at a time. */
#include "firmware/linux/pins_gpiod.h"

#include <errno.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static enum rc get(struct pins *pins, bool *out_is_on)
{
    struct gpiod_line *line = ((struct pins_gpiod *)pins)->lines[PIN_INPUT];
    int value = line ? gpiod_line_get_value(line) : -1;
    if (value < 0)
        return line ? rc_from_errno(errno) : RC_UNSUPPORTED;
    *out_is_on = value == 1;
    return RC_OK;
}

static int fd(const struct pins *pins)
{
    struct gpiod_line *line = ((const struct pins_gpiod *)pins)->lines[PIN_INPUT];
    return line ? gpiod_line_event_get_fd(line) : -1;
}

/* Before Linux 5.7 the stamps were of another clock: those are taken for now. */
static int64_t age_ms(const struct timespec *stamp)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t age =
        (now.tv_sec - stamp->tv_sec) * INT64_C(1000) + (now.tv_nsec - stamp->tv_nsec) / 1000000;
    return age < 0 || age > PINS_GPIOD_AGE_MS ? 0 : age;
}

static enum rc next(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge)
{
    struct gpiod_line *line = ((struct pins_gpiod *)pins)->lines[PIN_INPUT];
    struct gpiod_line_event event;
    const struct timespec at_once = {0, 0};
    if (!line || gpiod_line_event_wait(line, &at_once) != 1)
        return RC_EMPTY;
    if (gpiod_line_event_read(line, &event))
        return rc_from_errno(errno);
    *out_edge = (struct pins_edge){event.event_type == GPIOD_LINE_EVENT_RISING_EDGE,
                                   now_ms - age_ms(&event.ts)};
    return RC_OK;
}

static void close_gpiod(struct pins *pins)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    for (int pin = 0; pin < PIN_COUNT; pin++)
        if (gpiod->lines[pin]) {
            if (pin != PIN_INPUT)
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

static int request(struct gpiod_line *line, bool is_input, bool is_active_low)
{
    int flags = is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
    if (!is_input)
        return gpiod_line_request_output_flags(line, "perron", flags, 0);
    flags |= is_active_low ? GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP
                           : GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    return gpiod_line_request_both_edges_events_flags(line, "perron", flags);
}

static enum rc take_line(struct pins_gpiod *gpiod, const struct pins_layout *layout, int pin,
                         struct reason *reason)
{
    int offset = layout->lines[pin].offset;
    struct gpiod_line *line = gpiod_chip_get_line(gpiod->chip, (unsigned)offset);
    if (!line || request(line, pin == PIN_INPUT, layout->lines[pin].is_active_low)) {
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
    static const struct pins_ops ops = {
        .set = set, .get = get, .fd = fd, .next = next, .close = close_gpiod};
    struct pins_gpiod *gpiod = calloc(1, sizeof *gpiod);
    if (!gpiod)
        return RC_NO_MEMORY;
    gpiod->pins.ops = &ops;
    gpiod->chip = find_chip(layout->chip);
    enum rc rc = gpiod->chip ? RC_OK : RC_NOT_FOUND;
    if (rc)
        reason_set(out_reason,
                   "this machine has no GPIO chip '%s', or the station's user may not open it "
                   "(group gpio)",
                   strcmp(layout->chip, "auto") == 0 ? "of a Raspberry Pi" : layout->chip);
    for (int pin = 0; !rc && pin < PIN_COUNT; pin++)
        if (layout->lines[pin].offset >= 0)
            rc = take_line(gpiod, layout, pin, out_reason);
    if (rc)
        close_gpiod(&gpiod->pins);
    else
        *out_pins = &gpiod->pins;
    return rc;
}
