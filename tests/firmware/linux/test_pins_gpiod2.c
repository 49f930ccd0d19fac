/* libgpiod 2: this file stands in for the library, and notes what is asked of it. */
#include "firmware/linux/pins_gpiod.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <errno.h>
#include <glob.h>
#include <gpiod.h>

#define LINES 28
#define EVENT_FD 77

struct gpiod_line_settings {
    enum gpiod_line_direction direction;
    enum gpiod_line_bias bias;
    enum gpiod_line_edge edge;
    bool is_there, is_active_low;
    enum gpiod_line_value value;
};

struct gpiod_line_config {
    struct gpiod_line_settings lines[LINES];
};

struct gpiod_request_config {
    const char *consumer;
};

struct gpiod_chip {
    const char *label;
};

struct gpiod_chip_info {
    const char *label;
};

struct gpiod_line_request {
    struct gpiod_line_settings lines[LINES];
};

struct gpiod_edge_event {
    enum gpiod_edge_event_type type;
    uint64_t ns;
};

struct gpiod_edge_event_buffer {
    struct gpiod_edge_event event;
};

static const char *label; /* of the second chip; the first is another's */
static int busy_line, open_chips, buffers;
static struct gpiod_line_request request, released;
static bool is_requested;
static struct gpiod_edge_event events[4];
static int event_count;

/* --- the system and the library --- */

int glob(const char *pattern, int flags, int (*failed)(const char *, int), glob_t *found)
{
    static char first[] = "/dev/gpiochip0", second[] = "/dev/gpiochip1";
    static char *paths[] = {first, second, NULL};
    (void)failed;
    assert_string_equal(pattern, "/dev/gpiochip*");
    assert_int_equal(flags, 0);
    found->gl_pathc = 2;
    found->gl_pathv = paths;
    return 0;
}

void globfree(glob_t *found)
{
    (void)found;
}

static void *blank(size_t size)
{
    void *made = calloc(1, size);
    assert_non_null(made);
    return made;
}

bool gpiod_is_gpiochip_device(const char *path)
{
    (void)path;
    return true;
}

struct gpiod_chip *gpiod_chip_open(const char *path)
{
    struct gpiod_chip *chip = blank(sizeof *chip);
    chip->label = strcmp(path, "/dev/gpiochip0") == 0 ? "raspberrypi-exp-gpio" : label;
    open_chips++;
    return chip;
}

void gpiod_chip_close(struct gpiod_chip *chip)
{
    open_chips--;
    free(chip);
}

struct gpiod_chip_info *gpiod_chip_get_info(struct gpiod_chip *chip)
{
    struct gpiod_chip_info *info = blank(sizeof *info);
    info->label = chip->label;
    return info;
}

const char *gpiod_chip_info_get_label(struct gpiod_chip_info *info)
{
    return info->label;
}

void gpiod_chip_info_free(struct gpiod_chip_info *info)
{
    free(info);
}

struct gpiod_line_settings *gpiod_line_settings_new(void)
{
    return blank(sizeof(struct gpiod_line_settings));
}

void gpiod_line_settings_free(struct gpiod_line_settings *settings)
{
    free(settings);
}

int gpiod_line_settings_set_direction(struct gpiod_line_settings *settings,
                                      enum gpiod_line_direction direction)
{
    settings->direction = direction;
    return 0;
}

int gpiod_line_settings_set_bias(struct gpiod_line_settings *settings, enum gpiod_line_bias bias)
{
    settings->bias = bias;
    return 0;
}

int gpiod_line_settings_set_edge_detection(struct gpiod_line_settings *settings,
                                           enum gpiod_line_edge edge)
{
    settings->edge = edge;
    return 0;
}

void gpiod_line_settings_set_active_low(struct gpiod_line_settings *settings, bool active_low)
{
    settings->is_active_low = active_low;
}

int gpiod_line_settings_set_output_value(struct gpiod_line_settings *settings,
                                         enum gpiod_line_value value)
{
    settings->value = value;
    return 0;
}

struct gpiod_line_config *gpiod_line_config_new(void)
{
    return blank(sizeof(struct gpiod_line_config));
}

void gpiod_line_config_free(struct gpiod_line_config *config)
{
    free(config);
}

int gpiod_line_config_add_line_settings(struct gpiod_line_config *config,
                                        const unsigned int *offsets, size_t count,
                                        struct gpiod_line_settings *settings)
{
    assert_int_equal(count, 1);
    assert_in_range(offsets[0], 0, LINES - 1);
    config->lines[offsets[0]] = *settings;
    config->lines[offsets[0]].is_there = true;
    return 0;
}

struct gpiod_request_config *gpiod_request_config_new(void)
{
    return blank(sizeof(struct gpiod_request_config));
}

void gpiod_request_config_free(struct gpiod_request_config *config)
{
    free(config);
}

void gpiod_request_config_set_consumer(struct gpiod_request_config *config, const char *consumer)
{
    config->consumer = consumer;
}

struct gpiod_line_request *gpiod_chip_request_lines(struct gpiod_chip *chip,
                                                    struct gpiod_request_config *config,
                                                    struct gpiod_line_config *lines)
{
    assert_string_equal(chip->label, label);
    assert_string_equal(config->consumer, "perron");
    errno = EBUSY;
    if (lines->lines[busy_line].is_there)
        return NULL;
    memcpy(request.lines, lines->lines, sizeof request.lines);
    is_requested = true;
    return &request;
}

void gpiod_line_request_release(struct gpiod_line_request *given)
{
    assert_true(is_requested && given == &request);
    is_requested = false;
    released = request;
}

int gpiod_line_request_set_value(struct gpiod_line_request *given, unsigned int offset,
                                 enum gpiod_line_value value)
{
    assert_int_equal(given->lines[offset].direction, GPIOD_LINE_DIRECTION_OUTPUT);
    given->lines[offset].value = value;
    return 0;
}

enum gpiod_line_value gpiod_line_request_get_value(struct gpiod_line_request *given,
                                                   unsigned int offset)
{
    return given->lines[offset].value;
}

int gpiod_line_request_get_fd(struct gpiod_line_request *given)
{
    (void)given;
    return EVENT_FD;
}

int gpiod_line_request_wait_edge_events(struct gpiod_line_request *given, int64_t timeout_ns)
{
    assert_true(given == &request && timeout_ns == 0);
    return event_count > 0;
}

int gpiod_line_request_read_edge_events(struct gpiod_line_request *given,
                                        struct gpiod_edge_event_buffer *buffer, size_t most)
{
    assert_true(given == &request && most == 1 && event_count > 0);
    buffer->event = events[0];
    memmove(events, events + 1, sizeof events - sizeof *events);
    event_count--;
    return 1;
}

struct gpiod_edge_event_buffer *gpiod_edge_event_buffer_new(size_t capacity)
{
    assert_int_equal(capacity, 1);
    buffers++;
    return blank(sizeof(struct gpiod_edge_event_buffer));
}

void gpiod_edge_event_buffer_free(struct gpiod_edge_event_buffer *buffer)
{
    buffers -= buffer != NULL;
    free(buffer);
}

struct gpiod_edge_event *gpiod_edge_event_buffer_get_event(struct gpiod_edge_event_buffer *buffer,
                                                           unsigned long index)
{
    assert_int_equal(index, 0);
    return &buffer->event;
}

enum gpiod_edge_event_type gpiod_edge_event_get_event_type(struct gpiod_edge_event *event)
{
    return event->type;
}

uint64_t gpiod_edge_event_get_timestamp_ns(struct gpiod_edge_event *event)
{
    return event->ns;
}

/* --- what is asked of it --- */

static struct pins_layout layout;
static struct reason reason;

static int set_up(void **state)
{
    (void)state;
    memset(&request, 0, sizeof request);
    open_chips = buffers = 0;
    is_requested = false;
    label = "pinctrl-bcm2711";
    busy_line = 0;
    event_count = 0;
    layout = (struct pins_layout){.chip = "auto"};
    for (int pin = 0; pin < PIN_COUNT; pin++)
        layout.lines[pin].offset = -1;
    return 0;
}

static struct pins *open_with(enum pin pin, int offset, bool is_active_low)
{
    struct pins *pins = NULL;
    layout.lines[pin].offset = offset;
    layout.lines[pin].is_active_low = is_active_low;
    assert_int_equal(pins_open_gpiod(&layout, &reason, &pins), RC_OK);
    return pins;
}

static void an_output_begins_and_ends_inactive(void **state)
{
    (void)state;
    struct pins *pins = open_with(PIN_GREEN, 17, true);
    const struct gpiod_line_settings *line = &request.lines[17];
    assert_int_equal(line->direction, GPIOD_LINE_DIRECTION_OUTPUT);
    assert_true(line->is_active_low);
    assert_int_equal(line->value, GPIOD_LINE_VALUE_INACTIVE);
    assert_int_equal(pins_set(pins, PIN_GREEN, true), RC_OK);
    assert_int_equal(line->value, GPIOD_LINE_VALUE_ACTIVE);
    assert_int_equal(pins_set(pins, PIN_RED, true), RC_UNSUPPORTED);
    assert_int_equal(pins_fd(pins), -1);
    pins_close(pins);
    assert_int_equal(released.lines[17].value, GPIOD_LINE_VALUE_INACTIVE);
    assert_true(!is_requested && open_chips == 0);
}

static void the_button_is_held_at_its_inactive_level_and_never_written(void **state)
{
    bool is_on = true;
    (void)state;
    struct pins *pins = open_with(PIN_CALL, 23, true);
    const struct gpiod_line_settings *line = &request.lines[23];
    assert_int_equal(line->direction, GPIOD_LINE_DIRECTION_INPUT);
    assert_int_equal(line->bias, GPIOD_LINE_BIAS_PULL_UP);
    assert_int_equal(line->edge, GPIOD_LINE_EDGE_BOTH);
    assert_true(line->is_active_low);
    assert_int_equal(pins_fd(pins), EVENT_FD);
    assert_int_equal(pins_get(pins, &is_on), RC_OK);
    assert_false(is_on);
    pins_close(pins);
    assert_true(!is_requested && buffers == 0);
    pins = open_with(PIN_CALL, 23, false);
    assert_int_equal(line->bias, GPIOD_LINE_BIAS_PULL_DOWN);
    assert_false(line->is_active_low);
    pins_close(pins);
}

static void edges_come_with_the_time_they_happened(void **state)
{
    struct timespec now;
    struct pins_edge edge;
    (void)state;
    struct pins *pins = open_with(PIN_CALL, 23, true);
    assert_int_equal(pins_next(pins, 50000, &edge), RC_EMPTY);
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t now_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
    events[0] = (struct gpiod_edge_event){GPIOD_EDGE_EVENT_RISING_EDGE, now_ns - 1000000000};
    events[1] = (struct gpiod_edge_event){GPIOD_EDGE_EVENT_FALLING_EDGE, UINT64_MAX / 4};
    event_count = 2;
    assert_int_equal(pins_next(pins, 50000, &edge), RC_OK);
    assert_true(edge.is_on);
    assert_in_range(edge.at_ms, 48000, 49000);
    assert_int_equal(pins_next(pins, 50000, &edge), RC_OK);
    assert_false(edge.is_on);
    assert_true(edge.at_ms == 50000);
    assert_int_equal(pins_next(pins, 50000, &edge), RC_EMPTY);
    pins_close(pins);
}

static void a_board_without_a_button_has_none(void **state)
{
    struct pins_edge edge;
    bool is_on;
    (void)state;
    struct pins *pins = open_with(PIN_BLUE, 22, false);
    assert_int_equal(pins_get(pins, &is_on), RC_UNSUPPORTED);
    assert_int_equal(pins_next(pins, 0, &edge), RC_EMPTY);
    pins_close(pins);
}

static void a_line_that_somebody_has_is_told(void **state)
{
    struct pins *pins = NULL;
    (void)state;
    layout.lines[PIN_GREEN].offset = 17;
    layout.lines[PIN_CALL].offset = busy_line = 23;
    assert_int_equal(pins_open_gpiod(&layout, &reason, &pins), RC_BUSY);
    assert_non_null(strstr(reason.text, "the board's pins cannot be used"));
    assert_true(!is_requested && open_chips == 0 && buffers == 0);
    assert_null(pins);
}

static void a_chip_is_found_by_its_label(void **state)
{
    struct pins *pins = NULL;
    (void)state;
    label = "9030000.pl061";
    layout.lines[PIN_GREEN].offset = 1;
    assert_int_equal(pins_open_gpiod(&layout, &reason, &pins), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "no GPIO chip 'of a Raspberry Pi'"));
    assert_int_equal(open_chips, 0);
    snprintf(layout.chip, sizeof layout.chip, "%s", label);
    assert_int_equal(pins_open_gpiod(&layout, &reason, &pins), RC_OK);
    pins_close(pins);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_output_begins_and_ends_inactive, set_up),
        cmocka_unit_test_setup(the_button_is_held_at_its_inactive_level_and_never_written, set_up),
        cmocka_unit_test_setup(edges_come_with_the_time_they_happened, set_up),
        cmocka_unit_test_setup(a_board_without_a_button_has_none, set_up),
        cmocka_unit_test_setup(a_line_that_somebody_has_is_told, set_up),
        cmocka_unit_test_setup(a_chip_is_found_by_its_label, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
