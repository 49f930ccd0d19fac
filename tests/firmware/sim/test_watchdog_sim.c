/* The watchdog's port, told by a loop whose time is an argument. */
#include "firmware/sim/watchdog_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static struct trace *trace;

static int set_up(void **state)
{
    (void)state;
    return trace_open(-1, &trace);
}

static int tear_down(void **state)
{
    (void)state;
    trace_close(trace);
    return 0;
}

static struct watchdog *open_with(int64_t patience_ms)
{
    struct watchdog *watchdog;
    assert_int_equal(watchdog_open_sim(patience_ms, trace, &watchdog), RC_OK);
    return watchdog;
}

static void expect_trace(const char *expected)
{
    char *text = trace_text(trace);
    assert_string_equal(text, expected);
    free(text);
    trace_clear(trace);
}

static void the_first_turn_is_told_at_once(void **state)
{
    struct watchdog *watchdog = open_with(20000);
    (void)state;
    assert_true(watchdog_due_ms(watchdog) <= 0);
    watchdog_turn(watchdog, 500);
    expect_trace("watchdog ready\n");
    watchdog_close(watchdog);
}

static void a_beat_is_due_at_half_of_the_patience_and_not_before(void **state)
{
    struct watchdog *watchdog = open_with(20000);
    (void)state;
    watchdog_turn(watchdog, 500);
    trace_clear(trace);
    assert_true(watchdog_due_ms(watchdog) == 10500);
    watchdog_turn(watchdog, 10499);
    expect_trace("");
    watchdog_turn(watchdog, 10500);
    expect_trace("watchdog beat\n");
    assert_true(watchdog_due_ms(watchdog) == 20500);
    watchdog_close(watchdog);
}

static void whoever_asks_for_no_beat_never_wakes_the_loop(void **state)
{
    struct watchdog *watchdog = open_with(0);
    (void)state;
    watchdog_turn(watchdog, 500);
    expect_trace("watchdog ready\n");
    assert_true(watchdog_due_ms(watchdog) == INT64_MAX);
    watchdog_turn(watchdog, INT64_MAX - 1);
    expect_trace("");
    watchdog_close(watchdog);
}

static void the_shortest_patience_has_a_beat(void **state)
{
    struct watchdog *watchdog = open_with(1);
    (void)state;
    watchdog_turn(watchdog, 500);
    assert_true(watchdog_due_ms(watchdog) == 501);
    watchdog_close(watchdog);
}

static void what_could_not_be_told_is_told_a_second_later(void **state)
{
    struct watchdog *watchdog = open_with(20000);
    (void)state;
    watchdog_sim_set_answer(watchdog, RC_BUSY);
    watchdog_turn(watchdog, 500);
    assert_true(watchdog_due_ms(watchdog) == 1500);
    watchdog_sim_set_answer(watchdog, RC_OK);
    watchdog_turn(watchdog, 1500);
    expect_trace("watchdog ready\n");
    watchdog_close(watchdog);
}

static void whoever_stops_is_expected_to_be_silent(void **state)
{
    struct watchdog *watchdog = open_with(20000);
    (void)state;
    watchdog_turn(watchdog, 500);
    watchdog_stop(watchdog);
    watchdog_turn(watchdog, 60000);
    expect_trace("watchdog ready\nwatchdog stopping\n");
    assert_true(watchdog_due_ms(watchdog) == INT64_MAX);
    watchdog_close(watchdog);
}

static void where_nobody_watches_nothing_happens(void **state)
{
    (void)state;
    watchdog_turn(NULL, 500);
    watchdog_stop(NULL);
    watchdog_close(NULL);
    assert_true(watchdog_due_ms(NULL) == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_turn_is_told_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_beat_is_due_at_half_of_the_patience_and_not_before,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_asks_for_no_beat_never_wakes_the_loop, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_shortest_patience_has_a_beat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_could_not_be_told_is_told_a_second_later, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(whoever_stops_is_expected_to_be_silent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_nobody_watches_nothing_happens, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
