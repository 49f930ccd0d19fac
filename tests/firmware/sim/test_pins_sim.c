#include "firmware/sim/pins_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void every_change_is_a_line_and_what_stays_is_none(void **state)
{
    struct trace *trace;
    struct pins *pins;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(pins_open_sim(trace, &pins), RC_OK);
    assert_int_equal(pins_set(pins, PIN_GREEN, true), RC_OK);
    assert_int_equal(pins_set(pins, PIN_GREEN, true), RC_OK);
    assert_int_equal(pins_set(pins, PIN_BUZZER, false), RC_OK);
    assert_int_equal(pins_set(pins, PIN_GREEN, false), RC_OK);
    char *text = trace_text(trace);
    assert_string_equal(text, "pin green on\npin green off\n");
    free(text);
    pins_close(pins);
    trace_close(trace);
}

static void a_push_is_told_once_and_leaves_no_line(void **state)
{
    struct trace *trace;
    struct pins *pins;
    struct pins_edge edge;
    bool is_on = true;
    (void)state;
    assert_int_equal(trace_open(-1, &trace), RC_OK);
    assert_int_equal(pins_open_sim(trace, &pins), RC_OK);
    assert_int_equal(pins_get(pins, &is_on), RC_OK);
    assert_false(is_on);
    assert_int_equal(pins_next(pins, 500, &edge), RC_EMPTY);
    pins_sim_push(pins, true);
    pins_sim_push(pins, true);
    assert_int_equal(pins_get(pins, &is_on), RC_OK);
    assert_true(is_on);
    assert_int_equal(pins_next(pins, 500, &edge), RC_OK);
    assert_true(edge.is_on);
    assert_true(edge.at_ms == 500);
    assert_int_equal(pins_next(pins, 500, &edge), RC_EMPTY);
    char *text = trace_text(trace);
    assert_string_equal(text, "");
    free(text);
    pins_close(pins);
    trace_close(trace);
}

static void nobody_has_to_listen(void **state)
{
    struct pins *pins;
    (void)state;
    assert_int_equal(pins_open_sim(NULL, &pins), RC_OK);
    assert_int_equal(pins_set(pins, PIN_BLUE, true), RC_OK);
    pins_close(pins);
    pins_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_a_line_and_what_stays_is_none),
        cmocka_unit_test(a_push_is_told_once_and_leaves_no_line),
        cmocka_unit_test(nobody_has_to_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
