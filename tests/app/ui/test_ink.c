#include "app/ui/ink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void strokes_are_kept_apart_and_inside_the_pad(void **state)
{
    struct ink ink = {.count = 0};
    (void)state;
    assert_true(ink_begin(&ink, 0.1, 0.5));
    ink_add(&ink, 0.4, 0.6);
    assert_true(ink_begin(&ink, 0.6, 0.5));
    ink_add(&ink, 1.7, -3);
    assert_int_equal(ink.strokes, 2);
    assert_int_equal(ink.begins[1], 2);
    assert_int_equal(ink.x[3], INK_FULL);
    assert_int_equal(ink.y[3], 0);
    assert_true(ink_is_drawn(&ink));
}

static void a_dot_is_no_signature_and_a_jump_between_strokes_draws_nothing(void **state)
{
    struct ink ink = {.count = 0};
    (void)state;
    assert_true(ink_begin(&ink, 0.1, 0.5));
    ink_add(&ink, 0.101, 0.5);
    assert_int_equal(ink.count, 1);
    assert_true(ink_begin(&ink, 0.9, 0.5));
    assert_false(ink_is_drawn(&ink));
    ink_clear(&ink);
    assert_int_equal(ink.count, 0);
}

static void endless_scribbling_ends_at_the_limit(void **state)
{
    static struct ink ink;
    (void)state;
    for (int i = 0; i < 100 * INK_POINTS_MAX; i++) {
        if (i % 40 == 0 && !ink_begin(&ink, 0, 0))
            break;
        ink_add(&ink, (i % 97) / 97.0, (i % 89) / 89.0);
    }
    assert_true(ink.count <= INK_POINTS_MAX && ink.strokes <= INK_STROKES_MAX);
    assert_false(ink_begin(&ink, 0.5, 0.5));
}

static void a_stroke_without_a_beginning_is_none(void **state)
{
    struct ink ink = {.count = 0};
    (void)state;
    ink_add(&ink, 0.5, 0.5);
    assert_int_equal(ink.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_are_kept_apart_and_inside_the_pad),
        cmocka_unit_test(a_dot_is_no_signature_and_a_jump_between_strokes_draws_nothing),
        cmocka_unit_test(endless_scribbling_ends_at_the_limit),
        cmocka_unit_test(a_stroke_without_a_beginning_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
