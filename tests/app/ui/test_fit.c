#include "app/ui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/random.h"

static void assert_place(int width, int height, int x, int y, int w, int h)
{
    struct fit fit = fit_make(800, 480, width, height);
    if (fit.x != x || fit.y != y || fit.width != w || fit.height != h)
        fail_msg("on %d x %d: %d,%d %d x %d", width, height, fit.x, fit.y, fit.width, fit.height);
}

static void a_panel_of_its_own_size_shows_it_as_it_is(void **state)
{
    (void)state;
    assert_place(800, 480, 0, 0, 800, 480);
}

static void a_larger_panel_shows_it_in_the_middle_and_sharp(void **state)
{
    (void)state;
    assert_place(1024, 600, 112, 60, 800, 480);
    assert_place(1280, 1024, 240, 272, 800, 480);
    assert_place(1920, 1080, 160, 60, 1600, 960); /* twice */
    assert_place(3840, 2160, 320, 120, 3200, 1920);
    assert_place(801, 481, 0, 0, 800, 480);
}

static void a_smaller_panel_shows_all_of_it_in_proportion(void **state)
{
    (void)state;
    assert_place(400, 240, 0, 0, 400, 240);
    assert_place(400, 480, 0, 120, 400, 240);
    assert_place(1600, 240, 600, 0, 400, 240);
    assert_place(720, 1280, 0, 424, 720, 432);
    assert_place(1, 1, 0, 0, 1, 1);
}

static void a_finger_is_felt_on_the_picture_and_not_beside_it(void **state)
{
    struct fit fit = fit_make(800, 480, 1920, 1080);
    double x, y;
    (void)state;
    assert_true(fit_to_picture(&fit, 160, 60, &x, &y));
    assert_true(x == 0 && y == 0);
    assert_true(fit_to_picture(&fit, 960, 540, &x, &y));
    assert_true(x == 400 && y == 240);
    assert_false(fit_to_picture(&fit, 159, 540, &x, &y));
    assert_false(fit_to_picture(&fit, 1760, 540, &x, &y));
    assert_false(fit_to_picture(&fit, 960, 59, &x, &y));
    assert_false(fit_to_picture(&fit, 960, 1020, &x, &y));
}

/* Whatever the sizes: within the window, in proportion, and each pixel of it is felt. */
static void any_picture_lies_whole_in_any_window(void **state)
{
    struct random random = random_for_test("any_picture_lies_whole_in_any_window");
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int pw = 1 + (int)random_below(&random, 3000), ph = 1 + (int)random_below(&random, 3000);
        int ww = 1 + (int)random_below(&random, 9000), wh = 1 + (int)random_below(&random, 9000);
        struct fit fit = fit_make(pw, ph, ww, wh);
        double x, y;
        bool is_inside =
            fit.x >= 0 && fit.y >= 0 && fit.x + fit.width <= ww && fit.y + fit.height <= wh;
        bool is_middle =
            abs(ww - fit.width - 2 * fit.x) <= 1 && abs(wh - fit.height - 2 * fit.y) <= 1;
        double by_width = (double)fit.width * ph, by_height = (double)fit.height * pw;
        double slack = pw > ph ? pw : ph;
        bool is_alike = by_width - by_height < slack && by_height - by_width < slack;
        bool is_felt =
            fit_to_picture(&fit, fit.x + 0.5, fit.y + 0.5, &x, &y) &&
            fit_to_picture(&fit, fit.x + fit.width - 0.5, fit.y + fit.height - 0.5, &x, &y);
        if (!is_inside || !is_middle || !(is_alike || fit.width == 1 || fit.height == 1) ||
            !is_felt)
            fail_msg("%d x %d in %d x %d: %d,%d %d x %d", pw, ph, ww, wh, fit.x, fit.y, fit.width,
                     fit.height);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_panel_of_its_own_size_shows_it_as_it_is),
        cmocka_unit_test(a_larger_panel_shows_it_in_the_middle_and_sharp),
        cmocka_unit_test(a_smaller_panel_shows_all_of_it_in_proportion),
        cmocka_unit_test(a_finger_is_felt_on_the_picture_and_not_beside_it),
        cmocka_unit_test(any_picture_lies_whole_in_any_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
