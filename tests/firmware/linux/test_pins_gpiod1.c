/* libgpiod 1: this file stands in for the library, and notes what is asked of it. */
#include "firmware/linux/pins_gpiod.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <errno.h>
#include <gpiod.h>

#define LINES 28
#define EVENT_FD 77

struct gpiod_line {
    bool is_taken, is_input, is_value_set;
    int flags, value;
};

struct gpiod_chip {
    bool is_open;
    struct gpiod_line lines[LINES];
};

static struct gpiod_chip chip;
static const char *label; /* of the chip that is there */
static int busy_line;
static struct gpiod_line_event events[4];
static int event_count;

/* --- the library --- */

struct gpiod_chip *gpiod_chip_open_by_label(const char *wanted)
{
    chip.is_open = label && strcmp(wanted, label) == 0;
    return chip.is_open ? &chip : NULL;
}

void gpiod_chip_close(struct gpiod_chip *closed)
{
    closed->is_open = false;
}

struct gpiod_line *gpiod_chip_get_line(struct gpiod_chip *of, unsigned int offset)
{
    errno = EINVAL;
    return offset < LINES ? &of->lines[offset] : NULL;
}

static int take(struct gpiod_line *line, const char *consumer, int flags, bool is_input, int value)
{
    assert_string_equal(consumer, "perron");
    if (line == &chip.lines[busy_line]) {
        errno = EBUSY;
        return -1;
    }
    *line = (struct gpiod_line){true, is_input, false, flags, value};
    return 0;
}

int gpiod_line_request_output_flags(struct gpiod_line *line, const char *consumer, int flags,
                                    int value)
{
    return take(line, consumer, flags, false, value);
}

int gpiod_line_request_both_edges_events_flags(struct gpiod_line *line, const char *consumer,
                                               int flags)
{
    return take(line, consumer, flags, true, 0);
}

int gpiod_line_set_value(struct gpiod_line *line, int value)
{
    assert_true(line->is_taken && !line->is_input);
    line->value = value;
    return 0;
}

int gpiod_line_get_value(struct gpiod_line *line)
{
    return line->value;
}

void gpiod_line_release(struct gpiod_line *line)
{
    assert_true(line->is_taken);
    line->is_taken = false;
}

int gpiod_line_event_get_fd(struct gpiod_line *line)
{
    return line->is_input ? EVENT_FD : -1;
}

int gpiod_line_event_wait(struct gpiod_line *line, const struct timespec *timeout)
{
    assert_true(line->is_input && timeout->tv_sec == 0 && timeout->tv_nsec == 0);
    return event_count > 0;
}

int gpiod_line_event_read(struct gpiod_line *line, struct gpiod_line_event *event)
{
    assert_true(line->is_input && event_count > 0);
    *event = events[0];
    memmove(events, events + 1, sizeof events - sizeof *events);
    event_count--;
    return 0;
}

/* --- what is asked of it --- */

static struct pins_layout layout;
static struct reason reason;

static int set_up(void **state)
{
    (void)state;
    memset(&chip, 0, sizeof chip);
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
    const struct gpiod_line *line = &chip.lines[17];
    assert_true(line->is_taken && !line->is_input && line->value == 0);
    assert_int_equal(line->flags, GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW);
    assert_int_equal(pins_set(pins, PIN_GREEN, true), RC_OK);
    assert_int_equal(line->value, 1);
    assert_int_equal(pins_set(pins, PIN_RED, true), RC_UNSUPPORTED);
    assert_int_equal(pins_fd(pins), -1);
    pins_close(pins);
    assert_true(line->value == 0 && !line->is_taken && !chip.is_open);
}

static void the_button_is_held_at_its_inactive_level_and_never_written(void **state)
{
    bool is_on = true;
    (void)state;
    struct pins *pins = open_with(PIN_CALL, 23, true);
    assert_true(chip.lines[23].is_input);
    assert_int_equal(chip.lines[23].flags,
                     GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP);
    assert_int_equal(pins_fd(pins), EVENT_FD);
    assert_int_equal(pins_get(pins, &is_on), RC_OK);
    assert_false(is_on);
    pins_close(pins);
    assert_false(chip.lines[23].is_taken);
    pins = open_with(PIN_CALL, 23, false);
    assert_int_equal(chip.lines[23].flags, GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN);
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
    events[0] = (struct gpiod_line_event){.event_type = GPIOD_LINE_EVENT_RISING_EDGE,
                                          .ts = {now.tv_sec - 1, now.tv_nsec}};
    events[1] = (struct gpiod_line_event){.event_type = GPIOD_LINE_EVENT_FALLING_EDGE,
                                          .ts = {1, 0}}; /* of another clock */
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

static void a_line_that_somebody_has_is_told_and_the_others_are_let_go(void **state)
{
    struct pins *pins = NULL;
    (void)state;
    layout.lines[PIN_GREEN].offset = 17;
    layout.lines[PIN_CALL].offset = busy_line = 23;
    assert_int_equal(pins_open_gpiod(&layout, &reason, &pins), RC_BUSY);
    assert_non_null(strstr(reason.text, "pin 23 for 'call' cannot be used"));
    assert_false(chip.lines[17].is_taken);
    assert_false(chip.is_open);
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
        cmocka_unit_test_setup(a_line_that_somebody_has_is_told_and_the_others_are_let_go, set_up),
        cmocka_unit_test_setup(a_chip_is_found_by_its_label, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
