/* libgpiod 2.x (Debian 13): all lines in one request. */
#include "firmware/linux/pins_gpiod.h"

#include <errno.h>
#include <glob.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>

struct pins_gpiod {
    struct pins pins;
    struct gpiod_line_request *request;
    int offsets[PIN_COUNT]; /* -1: the board has none */
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

static void close_gpiod(struct pins *pins)
{
    struct pins_gpiod *gpiod = (struct pins_gpiod *)pins;
    if (gpiod->request) {
        for (int pin = 0; pin < PIN_COUNT; pin++)
            (void)!set(pins, (enum pin)pin, false);
        gpiod_line_request_release(gpiod->request);
    }
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

static int add_line(struct gpiod_line_config *lines, unsigned offset, bool is_active_low)
{
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    if (!settings)
        return -1;
    gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT);
    gpiod_line_settings_set_active_low(settings, is_active_low);
    gpiod_line_settings_set_output_value(settings, GPIOD_LINE_VALUE_INACTIVE);
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
            failed = add_line(lines, (unsigned)layout->lines[pin].offset,
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

enum rc pins_open_gpiod(const struct pins_layout *layout, struct reason *out_reason,
                        struct pins **out_pins)
{
    static const struct pins_ops ops = {.set = set, .close = close_gpiod};
    struct pins_gpiod *gpiod = calloc(1, sizeof *gpiod);
    if (!gpiod)
        return RC_NO_MEMORY;
    gpiod->pins.ops = &ops;
    for (int pin = 0; pin < PIN_COUNT; pin++)
        gpiod->offsets[pin] = layout->lines[pin].offset;
    struct gpiod_chip *chip = find_chip(layout->chip);
    enum rc rc = chip ? RC_OK : RC_NOT_FOUND;
    if (rc) {
        reason_set(out_reason, "this machine has no GPIO chip '%s'", layout->chip);
    } else {
        gpiod->request = take_lines(chip, layout);
        if (!gpiod->request) {
            rc = rc_from_errno(errno);
            reason_set(out_reason, "the board's pins cannot be used: %s", strerror(errno));
        }
        gpiod_chip_close(chip);
    }
    if (rc)
        close_gpiod(&gpiod->pins);
    else
        *out_pins = &gpiod->pins;
    return rc;
}
