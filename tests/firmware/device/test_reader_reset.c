/* When the reader's chip is reset by its pin, and when it is left alone. */
#include "firmware/device/reader_reset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/sim/pins_sim.h"

static struct trace *trace;
static struct pins *pins;
static struct reader_reset reset;

static int set_up(void **state)
{
    (void)state;
    reader_reset_init(&reset);
    return trace_open(-1, &trace) || pins_open_sim(trace, &pins);
}

static int tear_down(void **state)
{
    (void)state;
    pins_close(pins);
    trace_close(trace);
    return 0;
}

static void expect_trace(const char *expected)
{
    char *text = trace_text(trace);
    assert_string_equal(text, expected);
    free(text);
    trace_clear(trace);
}

/* Steps as the loop does, only when it is due; tells how many pulses began until then. */
static int pulses_until(int64_t end_ms)
{
    int pulses = 0;
    while (reader_reset_due_ms(&reset) <= end_ms)
        pulses += reader_reset_step(&reset, pins, reader_reset_due_ms(&reset));
    return pulses;
}

static void a_reader_that_is_well_is_left_alone(void **state)
{
    (void)state;
    reader_reset_told(&reset, false, 0);
    assert_true(reader_reset_due_ms(&reset) == INT64_MAX);
}

static void one_that_comes_back_by_itself_is_left_alone(void **state)
{
    (void)state;
    reader_reset_told(&reset, true, 1000);
    assert_int_equal(pulses_until(1000 + READER_RESET_PATIENCE_MS - 1), 0);
    reader_reset_told(&reset, false, 1000 + READER_RESET_PATIENCE_MS - 1);
    assert_true(reader_reset_due_ms(&reset) == INT64_MAX);
    expect_trace("");
}

static void one_that_rests_too_long_gets_a_pulse_of_the_length_it_needs(void **state)
{
    (void)state;
    reader_reset_told(&reset, true, 1000);
    reader_reset_told(&reset, true, 2000); /* told again: it counts from the first time */
    assert_true(reader_reset_due_ms(&reset) == 11000);
    assert_true(reader_reset_step(&reset, pins, 11000));
    expect_trace("pin reader_reset on\n");
    assert_true(reader_reset_due_ms(&reset) == 11000 + READER_RESET_PULSE_MS);
    assert_false(reader_reset_step(&reset, pins, 11000 + READER_RESET_PULSE_MS));
    expect_trace("pin reader_reset off\n");
}

static void pulses_grow_rare(void **state)
{
    static const int64_t pauses_ms[] = {10000,  10000,  20000,  40000, 80000,
                                        160000, 320000, 600000, 600000};
    int64_t at_ms = 0;
    (void)state;
    reader_reset_told(&reset, true, 0);
    for (size_t i = 0; i < sizeof pauses_ms / sizeof pauses_ms[0]; i++) {
        at_ms += pauses_ms[i];
        assert_true(reader_reset_due_ms(&reset) == at_ms);
        assert_true(reader_reset_step(&reset, pins, at_ms));
        at_ms += READER_RESET_PULSE_MS;
        assert_false(reader_reset_step(&reset, pins, at_ms));
    }
}

static void a_day_of_silence_is_some_hundred_and_fifty_pulses(void **state)
{
    (void)state;
    reader_reset_told(&reset, true, 0);
    assert_in_range(pulses_until(INT64_C(86400000)), 100, 160);
}

static void a_reader_that_was_helped_has_all_the_patience_again(void **state)
{
    (void)state;
    reader_reset_told(&reset, true, 0);
    assert_int_equal(pulses_until(100000), 4);
    reader_reset_told(&reset, false, 100000);
    assert_int_equal(pulses_until(1000000), 0);
    reader_reset_told(&reset, true, 1000000);
    assert_true(reader_reset_due_ms(&reset) == 1000000 + READER_RESET_PATIENCE_MS);
}

static void a_pulse_ends_in_its_time_though_the_reader_came_back(void **state)
{
    (void)state;
    reader_reset_told(&reset, true, 0);
    assert_true(reader_reset_step(&reset, pins, 10000));
    reader_reset_told(&reset, false, 10100);
    assert_true(reader_reset_due_ms(&reset) == 10400);
    assert_false(reader_reset_step(&reset, pins, 10400));
    expect_trace("pin reader_reset on\npin reader_reset off\n");
    assert_true(reader_reset_due_ms(&reset) == INT64_MAX);
}

static enum rc refuse(struct pins *without, enum pin pin, bool on)
{
    (void)without;
    (void)pin;
    (void)on;
    return RC_UNSUPPORTED;
}

static void a_board_without_the_pin_never_wakes_for_it_again(void **state)
{
    static const struct pins_ops ops = {.set = refuse};
    struct pins without = {&ops};
    (void)state;
    reader_reset_told(&reset, true, 0);
    assert_false(reader_reset_step(&reset, &without, 10000));
    assert_true(reader_reset_due_ms(&reset) == INT64_MAX);
    reader_reset_init(&reset);
    reader_reset_told(&reset, true, 0);
    assert_false(reader_reset_step(&reset, NULL, 10000));
    assert_true(reader_reset_due_ms(&reset) == INT64_MAX);
}

#define WITH_PINS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PINS(a_reader_that_is_well_is_left_alone),
        WITH_PINS(one_that_comes_back_by_itself_is_left_alone),
        WITH_PINS(one_that_rests_too_long_gets_a_pulse_of_the_length_it_needs),
        WITH_PINS(pulses_grow_rare),
        WITH_PINS(a_day_of_silence_is_some_hundred_and_fifty_pulses),
        WITH_PINS(a_reader_that_was_helped_has_all_the_patience_again),
        WITH_PINS(a_pulse_ends_in_its_time_though_the_reader_came_back),
        WITH_PINS(a_board_without_the_pin_never_wakes_for_it_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
