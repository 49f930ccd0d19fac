#include "app/ui/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

static void assert_near(double got, double want)
{
    if (fabs(got - want) > 0.001)
        fail_msg("%g is not %g", got, want);
}

static void assert_point(const struct screen *screen, double x_px, double y_px, double x_mm,
                         double y_mm)
{
    double x, y;
    screen_from_px(screen, x_px, y_px, &x, &y);
    assert_near(x, x_mm);
    assert_near(y, y_mm);
}

static void each_axis_has_its_own_scale(void **state)
{
    const struct screen panel = {800, 480, 154, 86, 0};
    (void)state;
    assert_near(screen_area(&panel).w, 154);
    assert_near(screen_area(&panel).h, 86);
    assert_point(&panel, 400, 240, 77, 43);
    assert_point(&panel, 800, 0, 154, 0);
}

static void a_turned_picture_swaps_its_sides(void **state)
{
    const struct screen panel = {800, 480, 154, 86, 90};
    (void)state;
    assert_near(screen_area(&panel).w, 86);
    assert_near(screen_area(&panel).h, 154);
}

static void the_finger_turns_with_the_picture(void **state)
{
    /* The picture's top left corner, on the panel's pixels: clockwise from the panel's own. */
    struct screen panel = {800, 480, 154, 86, 90};
    (void)state;
    assert_point(&panel, 800, 0, 0, 0);
    assert_point(&panel, 0, 480, 86, 154);
    panel.rotation = 180;
    assert_point(&panel, 800, 480, 0, 0);
    assert_point(&panel, 0, 0, 154, 86);
    panel.rotation = 270;
    assert_point(&panel, 0, 480, 0, 0);
    assert_point(&panel, 800, 0, 86, 154);
}

static void pieces_cut_off_a_box_leave_the_rest(void **state)
{
    struct rect box = {0, 0, 100, 50};
    (void)state;
    struct rect top = rect_cut_top(&box, 10, 2);
    assert_near(top.h, 10);
    assert_near(box.y, 12);
    assert_near(box.h, 38);
    struct rect right = rect_cut_right(&box, 30, 5);
    assert_near(right.x, 70);
    assert_near(box.w, 65);
    assert_true(rect_has(right, 70, 12));
    assert_false(rect_has(right, 100, 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_axis_has_its_own_scale),
        cmocka_unit_test(a_turned_picture_swaps_its_sides),
        cmocka_unit_test(the_finger_turns_with_the_picture),
        cmocka_unit_test(pieces_cut_off_a_box_leave_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
