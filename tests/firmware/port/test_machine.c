#include "firmware/port/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A computer that takes whatever reaches it. */
static struct {
    struct machine machine;
    int64_t due_ms, wall_ms;
    int asked;
    int percent; /* -1: was not set */
} fake;

static enum rc ask(struct machine *machine, enum machine_act act, int64_t wall_ms, int64_t now_ms,
                   struct reason *out_reason)
{
    (void)machine;
    (void)act;
    (void)out_reason;
    fake.asked++;
    fake.wall_ms = wall_ms;
    fake.due_ms = now_ms;
    return RC_OK;
}

static enum rc next(struct machine *machine, int64_t now_ms, struct machine_event *out_event)
{
    (void)machine;
    (void)now_ms;
    *out_event = (struct machine_event){.rc = RC_OK};
    fake.due_ms = INT64_MAX;
    return RC_OK;
}

static int64_t due_ms(const struct machine *machine)
{
    (void)machine;
    return fake.due_ms;
}

static enum rc set_brightness(struct machine *machine, int percent)
{
    (void)machine;
    fake.percent = percent;
    return RC_OK;
}

static int set_up(void **state)
{
    static const struct machine_ops ops = {
        .ask = ask, .next = next, .due_ms = due_ms, .set_brightness = set_brightness};
    fake.asked = 0;
    fake.machine.ops = &ops;
    fake.due_ms = INT64_MAX;
    fake.percent = -1;
    *state = &fake.machine;
    return 0;
}

static void one_request_is_answered_before_the_next_is_made(void **state)
{
    struct machine *machine = *state;
    struct machine_event event;
    struct reason reason = {.text = ""};
    assert_int_equal(machine_restart(machine, 5, &reason), RC_OK);
    assert_int_equal(machine_restart(machine, 6, &reason), RC_BUSY);
    assert_non_null(strstr(reason.text, "still busy"));
    assert_int_equal(machine_power_off(machine, 6, &reason), RC_BUSY);
    assert_int_equal(machine_set_wall_ms(machine, 1800000000000, 6, &reason), RC_BUSY);
    assert_int_equal(fake.asked, 1);
    assert_int_equal(machine_next(machine, 7, &event), RC_OK);
    assert_int_equal(machine_power_off(machine, 8, &reason), RC_OK);
    assert_int_equal(fake.asked, 2);
}

static void the_clock_takes_the_years_2020_to_2099(void **state)
{
    static const struct {
        int64_t wall_ms;
        enum rc rc;
    } rows[] = {{1577836799999, RC_BAD_INPUT},
                {1577836800000, RC_OK},
                {4102444799999, RC_OK},
                {4102444800000, RC_BAD_INPUT}};
    struct machine *machine = *state;
    struct reason reason;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fake.due_ms = INT64_MAX;
        assert_int_equal(machine_set_wall_ms(machine, rows[i].wall_ms, 0, &reason), rows[i].rc);
        assert_int_equal(fake.wall_ms == rows[i].wall_ms, rows[i].rc == RC_OK);
    }
}

static void a_screen_is_never_dark(void **state)
{
    static const struct {
        int percent;
        enum rc rc;
    } rows[] = {{0, RC_BAD_INPUT}, {1, RC_OK}, {100, RC_OK}, {101, RC_BAD_INPUT}};
    struct machine *machine = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(machine_set_brightness(machine, rows[i].percent), rows[i].rc);
        assert_int_equal(fake.percent == rows[i].percent, rows[i].rc == RC_OK);
        fake.percent = -1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_request_is_answered_before_the_next_is_made, set_up),
        cmocka_unit_test_setup(the_clock_takes_the_years_2020_to_2099, set_up),
        cmocka_unit_test_setup(a_screen_is_never_dark, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
