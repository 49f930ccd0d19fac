#include "tests/image/difference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define WIDTH 20
#define HEIGHT 10

static struct picture one, other;

static int set_up(void **state)
{
    (void)state;
    return picture_make(WIDTH, HEIGHT, &one) || picture_make(WIDTH, HEIGHT, &other) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    picture_close(&one);
    picture_close(&other);
    return 0;
}

static void put(int x, int y, uint32_t colour)
{
    other.pixels[y * WIDTH + x] = colour;
}

static struct difference compare(const struct difference_bounds *bounds)
{
    struct difference difference;
    assert_int_equal(difference_between(&one, &other, bounds, &difference), RC_OK);
    return difference;
}

static void the_same_does_not_differ(void **state)
{
    (void)state;
    struct difference difference = compare(NULL);
    assert_int_equal(difference.compared, WIDTH * HEIGHT);
    assert_int_equal(difference.differing, 0);
    assert_int_equal(difference.most, 0);
    assert_true(difference_is_within(&difference, NULL));
}

static void what_differs_is_counted_and_framed(void **state)
{
    (void)state;
    put(3, 2, 0x000100);
    put(7, 8, 0x400000);
    struct difference difference = compare(NULL);
    assert_int_equal(difference.differing, 2);
    assert_true(difference.share == 2.0 / (WIDTH * HEIGHT));
    assert_int_equal(difference.most, 0x40);
    assert_int_equal(difference.box.x, 3);
    assert_int_equal(difference.box.y, 2);
    assert_int_equal(difference.box.width, 5);
    assert_int_equal(difference.box.height, 7);
    assert_false(difference_is_within(&difference, NULL));
}

/* The tolerance is each channel's, in either direction, and the last value within it is allowed. */
static void tolerance_is_of_a_channel(void **state)
{
    static const struct {
        uint32_t colour;
        long differing;
    } rows[] = {{0x808080, 0}, {0x848484, 0}, {0x7c7c7c, 0}, {0x858080, 1},
                {0x808580, 1}, {0x807b80, 1}, {0x80807b, 1}, {0x808085, 1}};
    const struct difference_bounds bounds = {.tolerance = 4};
    (void)state;
    one.pixels[0] = 0x808080;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put(0, 0, rows[i].colour);
        assert_int_equal(compare(&bounds).differing, rows[i].differing);
    }
}

static void a_share_may_be_further_off_and_no_more(void **state)
{
    const struct difference_bounds bounds = {.share = 0.01}; /* two of two hundred */
    (void)state;
    put(0, 0, 0xffffff);
    put(1, 0, 0xffffff);
    struct difference difference = compare(&bounds);
    assert_true(difference_is_within(&difference, &bounds));
    put(2, 0, 0xffffff);
    difference = compare(&bounds);
    assert_false(difference_is_within(&difference, &bounds));
}

static void only_the_area_is_compared_and_not_what_is_skipped(void **state)
{
    (void)state;
    put(5, 5, 0xffffff);
    struct difference_bounds bounds = {.area = {0, 0, 5, 5}};
    assert_int_equal(compare(&bounds).differing, 0);
    assert_int_equal(compare(&bounds).compared, 25);
    bounds.area = (struct difference_area){5, 5, 1, 1};
    assert_int_equal(compare(&bounds).differing, 1);
    bounds.area = (struct difference_area){4, 4, 0, 0};
    assert_int_equal(compare(&bounds).compared, (WIDTH - 4) * (HEIGHT - 4));
    bounds = (struct difference_bounds){.skipped = {{0}, {5, 5, 2, 1}}};
    assert_int_equal(compare(&bounds).differing, 0);
    assert_int_equal(compare(&bounds).compared, WIDTH * HEIGHT - 2);
    bounds.skipped[1].x = 6;
    assert_int_equal(compare(&bounds).differing, 1);
}

static void an_area_outside_the_picture_has_nothing_and_is_never_right(void **state)
{
    const struct difference_bounds bounds = {.area = {WIDTH, 0, 5, 5}, .share = 1};
    (void)state;
    struct difference difference = compare(&bounds);
    assert_int_equal(difference.compared, 0);
    assert_false(difference_is_within(&difference, &bounds));
}

static void pictures_of_two_sizes_are_not_compared(void **state)
{
    struct picture larger;
    struct difference difference;
    (void)state;
    assert_int_equal(picture_make(WIDTH + 1, HEIGHT, &larger), RC_OK);
    assert_int_equal(difference_between(&one, &larger, NULL, &difference), RC_BAD_INPUT);
    picture_close(&larger);
}

static void an_area_is_held_against_a_colour(void **state)
{
    (void)state;
    for (int x = 0; x < 10; x++)
        put(x, 3, 0x40c060);
    put(9, 3, 0x40c068);
    const struct difference_area row = {0, 3, 10, 1}, wider = {0, 3, 11, 1};
    assert_int_equal(difference_from_colour(&other, row, 0x40c060, 8).differing, 0);
    assert_int_equal(difference_from_colour(&other, row, 0x40c060, 7).differing, 1);
    assert_int_equal(difference_from_colour(&other, wider, 0x40c060, 8).differing, 1);
    assert_int_equal(difference_from_colour(&other, wider, 0x40c060, 8).compared, 11);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_does_not_differ),
        TEST(what_differs_is_counted_and_framed),
        TEST(tolerance_is_of_a_channel),
        TEST(a_share_may_be_further_off_and_no_more),
        TEST(only_the_area_is_compared_and_not_what_is_skipped),
        TEST(an_area_outside_the_picture_has_nothing_and_is_never_right),
        TEST(pictures_of_two_sizes_are_not_compared),
        TEST(an_area_is_held_against_a_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
