/* libgpiod 2.x (Debian 13): all lines in one request. */
#include "firmware/linux/pins_gpiod.h"

#include <errno.h>
#include <glob.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct pins_gpiod {
    struct pins pins;
    struct gpiod_line_request *request;
    struct gpiod_edge_event_buffer *edges; /* NULL: there is no input */
    int offsets[PIN_COUNT];                /* -1: the board has none */
};

static enum rc set(struct pins *pins, enum pin pin, bool on)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    if (gpiod->offsets[pin] < 0)
        return RC_UNSUPPORTED;
    int failed =
        gpiod_line_request_set_value(gpiod->request, (unsigned)gpiod->offsets[pin],
                                     on ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE);
    return failed ? rc_from_errno(errno) : RC_OK;
}

static enum rc get(struct pins *pins, bool *out_is_on)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    if (!gpiod->edges)
        return RC_UNSUPPORTED;
    enum gpiod_line_value value =
        gpiod_line_request_get_value(gpiod->request, (unsigned)gpiod->offsets[PIN_INPUT]);
    if (value == GPIOD_LINE_VALUE_ERROR)
        return rc_from_errno(errno);
    *out_is_on = value == GPIOD_LINE_VALUE_ACTIVE;
    return RC_OK;
}

static int fd(const struct pins *pins)
{
    const struct pins_gpiod *gpiod = (const struct pins_gpiod *)pins;
    return gpiod->edges ? gpiod_line_request_get_fd(gpiod->request) : -1;
}

static int64_t age_ms(uint64_t stamp_ns)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t age =
        now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000 - (int64_t)(stamp_ns / 1000000);
    return age < 0 || age > PINS_GPIOD_AGE_MS ? 0 : age;
}

static enum rc next(struct pins *pins, int64_t now_ms, struct pins_edge *out_edge)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    if (!gpiod->edges || gpiod_line_request_wait_edge_events(gpiod->request, 0) != 1)
        return RC_EMPTY;
    if (gpiod_line_request_read_edge_events(gpiod->request, gpiod->edges, 1) != 1)
        return rc_from_errno(errno);
    struct gpiod_edge_event *event = gpiod_edge_event_buffer_get_event(gpiod->edges, 0);
    *out_edge =
        (struct pins_edge){gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE,
                           now_ms - age_ms(gpiod_edge_event_get_timestamp_ns(event))};
    return RC_OK;
}

static void close_gpiod(struct pins *pins)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    if (gpiod->request) {
        for (int pin = 0; pin < PIN_INPUT; pin++)
            (void)!set(pins, (enum pin)pin, false);
        gpiod_line_request_release(gpiod->request);
    }
    gpiod_edge_event_buffer_free(gpiod->edges);
    free(gpiod);
}

static bool is_wanted(const char *label, const char *wanted)
{
    static const char *const known[] = PINS_GPIOD_AUTO;
    if (strcmp(wanted, "auto") != 0)
        return strcmp(label, wanted) == 0;
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(label, known[i]) == 0)
            return true;
    return false;
}

static struct gpiod_chip *open_if_wanted(const char *path, const char *wanted)
{
    struct gpiod_chip *chip = gpiod_is_gpiochip_device(path) ? gpiod_chip_open(path) : NULL;
    struct gpiod_chip_info *info = chip ? gpiod_chip_get_info(chip) : NULL;
    bool is_found = info && is_wanted(gpiod_chip_info_get_label(info), wanted);
    if (info)
        gpiod_chip_info_free(info);
    if (chip && !is_found) {
        gpiod_chip_close(chip);
        chip = NULL;
    }
    return chip;
}

static struct gpiod_chip *find_chip(const char *wanted)
{
    glob_t paths;
    struct gpiod_chip *chip = NULL;
    if (glob("/dev/gpiochip*", 0, NULL, &paths))
        return NULL;
    for (size_t i = 0; i < paths.gl_pathc && !chip; i++)
        chip = open_if_wanted(paths.gl_pathv[i], wanted);
    globfree(&paths);
    return chip;
}

static int add_line(struct gpiod_line_config *lines, unsigned offset, bool is_input,
                    bool is_active_low)
{
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    if (!settings)
        return -1;
    gpiod_line_settings_set_active_low(settings, is_active_low);
    gpiod_line_settings_set_direction(settings, is_input ? GPIOD_LINE_DIRECTION_INPUT
                                                         : GPIOD_LINE_DIRECTION_OUTPUT);
    if (is_input) {
        gpiod_line_settings_set_bias(settings, is_active_low ? GPIOD_LINE_BIAS_PULL_UP
                                                             : GPIOD_LINE_BIAS_PULL_DOWN);
        gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH);
    } else {
        gpiod_line_settings_set_output_value(settings, GPIOD_LINE_VALUE_INACTIVE);
    }
    int failed = gpiod_line_config_add_line_settings(lines, &offset, 1, settings);
    gpiod_line_settings_free(settings);
    return failed;
}

static struct gpiod_line_request *take_lines(struct gpiod_chip *chip,
                                             const struct pins_layout *layout)
{
    struct gpiod_line_request *request = NULL;
    struct gpiod_request_config *config = gpiod_request_config_new();
    struct gpiod_line_config *lines = gpiod_line_config_new();
    int failed = !config || !lines;
    for (int pin = 0; !failed && pin < PIN_COUNT; pin++)
        if (layout->lines[pin].offset >= 0)
            failed = add_line(lines, (unsigned)layout->lines[pin].offset, pin == PIN_INPUT,
                              layout->lines[pin].is_active_low);
    if (!failed) {
        gpiod_request_config_set_consumer(config, "perron");
        request = gpiod_chip_request_lines(chip, config, lines);
    }
    int error = errno;
    gpiod_line_config_free(lines);
    gpiod_request_config_free(config);
    errno = error;
    return request;
}

static enum rc take_chip(struct pins_gpiod *gpiod, const struct pins_layout *layout,
                         struct reason *out_reason)
{
    enum rc rc = RC_OK;
    struct gpiod_chip *chip = find_chip(layout->chip);
    if (!chip) {
        reason_set(out_reason,
                   "this machine has no GPIO chip '%s', or the station's user may not open it "
                   "(group gpio)",
                   strcmp(layout->chip, "auto") == 0 ? "of a Raspberry Pi" : layout->chip);
        return RC_NOT_FOUND;
    }
    gpiod->request = take_lines(chip, layout);
    if (!gpiod->request) {
        rc = rc_from_errno(errno);
        reason_set(out_reason, "the board's pins cannot be used: %s", strerror(errno));
    }
    gpiod_chip_close(chip);
    return rc;
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
    for (int pin = 0; pin < PIN_COUNT; pin++)
        gpiod->offsets[pin] = layout->lines[pin].offset;
    enum rc rc = take_chip(gpiod, layout, out_reason);
    if (!rc && gpiod->offsets[PIN_INPUT] >= 0) {
        gpiod->edges = gpiod_edge_event_buffer_new(1);
        rc = gpiod->edges ? RC_OK : RC_NO_MEMORY;
    }
    if (rc)
        close_gpiod(&gpiod->pins);
    else
        *out_pins = &gpiod->pins;
    return rc;
}
