/* A button whose contacts bounce. */
#include "firmware/device/button.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/random.h"

static void a_press_is_one_after_it_settled(void **state)
{
    struct button button;
    (void)state;
    button_init(&button, false);
    assert_true(button_due_ms(&button) == INT64_MAX);
    assert_false(button_edge(&button, true, 1000));
    assert_true(button_due_ms(&button) == 1030);
    assert_false(button_step(&button, 1029));
    assert_true(button_step(&button, 1030));
    assert_false(button_step(&button, 1031));
    assert_true(button_due_ms(&button) == INT64_MAX);
}

static void who_holds_it_down_presses_once(void **state)
{
    struct button button;
    (void)state;
    button_init(&button, false);
    assert_false(button_edge(&button, true, 1000));
    assert_true(button_step(&button, 1030));
    assert_false(button_step(&button, 60000));
    assert_false(button_edge(&button, false, 60000));
    assert_false(button_step(&button, 60030));
    assert_false(button_edge(&button, true, 60100));
    assert_true(button_step(&button, 60130));
}

static void a_spike_is_no_press(void **state)
{
    struct button button;
    (void)state;
    button_init(&button, false);
    assert_false(button_edge(&button, true, 1000));
    assert_false(button_edge(&button, false, 1029));
    assert_false(button_step(&button, 5000));
    assert_true(button_due_ms(&button) == INT64_MAX);
}

/* The loop was busy: both edges are read long after. */
static void a_press_that_is_read_late_counts(void **state)
{
    struct button button;
    (void)state;
    button_init(&button, false);
    assert_false(button_edge(&button, true, 1000));
    assert_true(button_edge(&button, false, 1090));
    assert_false(button_step(&button, 9000));
}

static void one_that_is_down_at_the_start_was_not_pressed(void **state)
{
    struct button button;
    (void)state;
    button_init(&button, true);
    assert_false(button_step(&button, 1000));
    assert_false(button_edge(&button, false, 2000));
    assert_false(button_step(&button, 3000));
    assert_false(button_edge(&button, true, 4000));
    assert_true(button_step(&button, 4030));
}

/* Bounces for up to 20 ms at each end, a few of them lost. */
static int presses_counted(struct random *random, int presses)
{
    struct button button;
    int counted = 0;
    int64_t at_ms = 1000;
    button_init(&button, false);
    for (int i = 0; i < 2 * presses; i++) {
        bool is_down = i % 2 == 0;
        int bounces = 2 * (int)random_below(random, 5) + 1;
        for (int j = 0; j < bounces; j++) {
            counted += button_edge(&button, j % 2 == 0 ? is_down : !is_down, at_ms);
            at_ms += (int64_t)random_below(random, 3);
        }
        at_ms += 60 + (int64_t)random_below(random, 200);
        if (random_below(random, 2))
            counted += button_step(&button, at_ms - 10);
    }
    return counted + button_step(&button, at_ms);
}

static void however_it_bounces_each_press_is_one(void **state)
{
    (void)state;
    struct random random = random_for_test("button");
    for (int i = 0; i < 500; i++)
        assert_int_equal(presses_counted(&random, 20), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_press_is_one_after_it_settled),
        cmocka_unit_test(who_holds_it_down_presses_once),
        cmocka_unit_test(a_spike_is_no_press),
        cmocka_unit_test(a_press_that_is_read_late_counts),
        cmocka_unit_test(one_that_is_down_at_the_start_was_not_pressed),
        cmocka_unit_test(however_it_bounces_each_press_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
