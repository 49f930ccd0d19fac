#include "firmware/sim/machine_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct trace *trace;
static struct machine *machine;

static int set_up(void **state)
{
    (void)state;
    return trace_open(-1, &trace) || machine_open_sim(trace, &machine);
}

static int tear_down(void **state)
{
    (void)state;
    machine_close(machine);
    trace_close(trace);
    return 0;
}

static void expect_trace(const char *expected)
{
    char *text = trace_text(trace);
    assert_string_equal(text, expected);
    free(text);
}

static void what_is_asked_is_a_line_and_happens_to_nobody(void **state)
{
    struct machine_event event;
    (void)state;
    assert_int_equal(machine_restart(machine, 1000, NULL), RC_OK);
    assert_true(machine_due_ms(machine) == 1000);
    assert_int_equal(machine_power_off(machine, 1000, NULL), RC_BUSY);
    assert_int_equal(machine_next(machine, 1000, &event), RC_OK);
    assert_int_equal(event.act, MACHINE_RESTART);
    assert_int_equal(event.rc, RC_OK);
    assert_int_equal(machine_next(machine, 1000, &event), RC_EMPTY);
    assert_true(machine_due_ms(machine) == INT64_MAX);
    assert_int_equal(machine_power_off(machine, 1000, NULL), RC_OK);
    assert_int_equal(machine_next(machine, 1000, &event), RC_OK);
    assert_int_equal(machine_set_wall_ms(machine, 1795600000123, 1000, NULL), RC_OK);
    assert_int_equal(machine_next(machine, 1000, &event), RC_OK);
    assert_int_equal(event.act, MACHINE_SET_CLOCK);
    assert_int_equal(machine_update(machine, 1000, NULL), RC_OK);
    assert_int_equal(machine_next(machine, 1000, &event), RC_OK);
    assert_int_equal(event.act, MACHINE_UPDATE);
    expect_trace("machine restart\nmachine power off\nmachine clock 1795600000123\n"
                 "machine update\n");
}

static void a_refusal_comes_with_its_sentence(void **state)
{
    struct machine_event event;
    (void)state;
    machine_sim_set_answer(machine, RC_REFUSED, "the system does not allow it");
    assert_int_equal(machine_restart(machine, 0, NULL), RC_OK);
    assert_int_equal(machine_next(machine, 0, &event), RC_OK);
    assert_int_equal(event.rc, RC_REFUSED);
    assert_string_equal(event.why.text, "the system does not allow it");
    machine_sim_set_answer(machine, RC_OK, NULL);
    assert_int_equal(machine_restart(machine, 0, NULL), RC_OK);
    assert_int_equal(machine_next(machine, 0, &event), RC_OK);
    assert_int_equal(event.rc, RC_OK);
    assert_string_equal(event.why.text, "");
}

static void brightness_is_kept_and_only_changes_are_told(void **state)
{
    int percent;
    (void)state;
    assert_int_equal(machine_brightness(machine, &percent), RC_OK);
    assert_int_equal(percent, 100);
    assert_int_equal(machine_set_brightness(machine, 40), RC_OK);
    assert_int_equal(machine_set_brightness(machine, 40), RC_OK);
    assert_int_equal(machine_set_brightness(machine, 0), RC_BAD_INPUT);
    assert_int_equal(machine_set_brightness(machine, 101), RC_BAD_INPUT);
    assert_int_equal(machine_brightness(machine, &percent), RC_OK);
    assert_int_equal(percent, 40);
    expect_trace("machine brightness 40\n");
}

static void its_health_is_what_it_was_told_to_be(void **state)
{
    struct machine_health health, ill = machine_health_unknown();
    (void)state;
    machine_health(machine, &health);
    assert_true(health.temperature_c > 0 && health.under_voltage == MACHINE_NO);
    ill.temperature_c = 91;
    ill.under_voltage = MACHINE_YES;
    machine_sim_set_health(machine, &ill);
    machine_health(machine, &health);
    assert_int_equal(health.temperature_c, 91);
    assert_int_equal(health.under_voltage, MACHINE_YES);
}

int main(void)
{
#define WITH_MACHINE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_MACHINE(what_is_asked_is_a_line_and_happens_to_nobody),
        WITH_MACHINE(a_refusal_comes_with_its_sentence),
        WITH_MACHINE(brightness_is_kept_and_only_changes_are_told),
        WITH_MACHINE(its_health_is_what_it_was_told_to_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
