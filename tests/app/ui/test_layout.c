#include "app/ui/layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define ROUNDS 20000

/* The panels there are, turned and not, in millimetres. */
static const struct rect areas[] = {
    {0, 0, 154, 86}, {0, 0, 86, 154}, {0, 0, 155, 87}, {0, 0, 87, 155}, {0, 0, 217, 136}};

#define AREAS (sizeof areas / sizeof areas[0])

static bool is_inside(struct rect inner, struct rect outer)
{
    return inner.x >= outer.x - 1e-9 && inner.y >= outer.y - 1e-9 &&
           inner.x + inner.w <= outer.x + outer.w + 1e-9 &&
           inner.y + inner.h <= outer.y + outer.h + 1e-9 && inner.w > 0 && inner.h > 0;
}

static bool is_apart(struct rect a, struct rect b)
{
    return a.x + a.w <= b.x + 1e-9 || b.x + b.w <= a.x + 1e-9 || a.y + a.h <= b.y + 1e-9 ||
           b.y + b.h <= a.y + 1e-9;
}

static void every_page_has_its_bar_large_enough_and_apart_from_its_body(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * AREAS; i++) {
        struct layout_page page = layout_page(areas[i / 2], i % 2);
        const struct rect parts[] = {page.back, page.help, page.languages[0], page.languages[1],
                                     page.body};
        for (int a = 0; a < 5; a++) {
            assert_true(is_inside(parts[a], areas[i / 2]));
            assert_true(parts[a].w >= LAYOUT_LEAST_MM && parts[a].h >= LAYOUT_LEAST_MM);
            for (int b = 0; b < a; b++)
                assert_true(is_apart(parts[a], parts[b]));
        }
    }
}

static void back_and_help_stand_at_the_same_place_in_every_language(void **state)
{
    struct layout_page page = layout_page(areas[0], false);
    (void)state;
    assert_true(page.back.x == LAYOUT_MARGIN && page.back.y == LAYOUT_MARGIN);
    assert_true(fabs(page.help.x + page.help.w - (154 - LAYOUT_MARGIN)) < 1e-9);
}

static void the_body_leaves_room_for_a_field_and_five_rows_of_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < AREAS; i++)
        assert_true(layout_page(areas[i], false).body.h >= 11 + 2 + 45);
}

/* Cells of any grid fill the box, apart from each other by the gap and no more. */
static void cells_tile_the_box(void **state)
{
    struct random random = random_for_test("cells");
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct rect box = {random_below(&random, 50), random_below(&random, 50),
                           40 + random_below(&random, 200), 40 + random_below(&random, 200)};
        int columns = 1 + (int)random_below(&random, 5), rows = 1 + (int)random_below(&random, 5);
        double gap = (double)random_below(&random, 5), covered = 0;
        for (int i = 0; i < columns * rows; i++) {
            struct rect cell = layout_cell(box, columns, rows, gap, i);
            assert_true(is_inside(cell, box));
            covered += (cell.w + gap) * (cell.h + gap);
            for (int j = 0; j < i; j++)
                assert_true(is_apart(cell, layout_cell(box, columns, rows, gap, j)));
        }
        assert_true(fabs(covered - (box.w + gap) * (box.h + gap)) < 1e-6);
    }
}

static void a_row_with_fewer_shares_its_width_and_is_the_first(void **state)
{
    const struct rect box = {3, 5, 142, 58};
    (void)state;
    for (int count = 1; count <= 9; count++) {
        double covered = 0;
        for (int i = 0; i < count; i++) {
            struct rect cell = layout_share(box, 3, count, 2, i);
            assert_true(is_inside(cell, box));
            assert_true(cell.w <= layout_share(box, 3, count, 2, 0).w + 1e-9);
            covered += (cell.w + 2) * (cell.h + 2);
            for (int j = 0; j < i; j++)
                assert_true(is_apart(cell, layout_share(box, 3, count, 2, j)));
        }
        assert_true(fabs(covered - (box.w + 2) * (box.h + 2)) < 1e-6);
    }
}

static void room_counts_what_fits_with_its_gaps(void **state)
{
    (void)state;
    assert_int_equal(layout_room(48, 15, 1.5), 3);
    assert_int_equal(layout_room(47.9, 15, 1.5), 2);
    assert_int_equal(layout_room(3, 15, 1), 1); /* never nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_has_its_bar_large_enough_and_apart_from_its_body),
        cmocka_unit_test(back_and_help_stand_at_the_same_place_in_every_language),
        cmocka_unit_test(the_body_leaves_room_for_a_field_and_five_rows_of_keys),
        cmocka_unit_test(cells_tile_the_box),
        cmocka_unit_test(a_row_with_fewer_shares_its_width_and_is_the_first),
        cmocka_unit_test(room_counts_what_fits_with_its_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
