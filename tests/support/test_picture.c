#include "tests/support/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define GROUND 0x155C39

static const struct screen screen = {800, 480, 154, 86, 0};

static struct picture flat(uint32_t colour)
{
    struct picture picture;
    assert_int_equal(picture_make(40, 30, &picture), RC_OK);
    for (int i = 0; i < 40 * 30; i++)
        picture.pixels[i] = colour;
    return picture;
}

/* Letters in many shades, and a button where one is wanted. */
static struct picture draw(bool has_button)
{
    const struct rect box = {86, 63, 62, 17};
    const struct canvas_text text = {
        .text = "Bonjour Zoé", .cap_mm = 9, .colour = 0xFFFFFF, .is_bold = true};
    struct canvas *canvas;
    struct picture picture, small;
    assert_int_equal(canvas_open(&screen, &canvas), RC_OK);
    canvas_fill(canvas, screen_area(&screen), GROUND);
    canvas_text(canvas, (struct rect){32, 6, 116, 14}, &text);
    canvas_round(canvas, (struct rect){6, 31, 142, 29}, 4.5, 0x0E452A);
    if (has_button)
        canvas_round(canvas, box, 4.5, 0xFFC857);
    assert_int_equal(picture_of_canvas(canvas, &screen, &picture), RC_OK);
    canvas_close(canvas);
    assert_int_equal(picture_scale_to_width(&picture, 400, &small), RC_OK);
    picture_close(&picture);
    return small;
}

/* --- scaling --- */

static void a_smaller_pixel_is_the_mean_of_its_area(void **state)
{
    struct picture picture, small;
    (void)state;
    assert_int_equal(picture_make(3, 2, &picture), RC_OK);
    const uint32_t pixels[] = {0xFF0000, 0x000000, 0x0000FF, 0xFF0000, 0x000000, 0x0000FF};
    memcpy(picture.pixels, pixels, sizeof pixels);
    assert_int_equal(picture_scale(&picture, 2, 1, &small), RC_OK);
    assert_int_equal(small.pixels[0], 0xAA0000); /* a pixel and a half: two thirds red */
    assert_int_equal(small.pixels[1], 0x0000AA);
    picture_close(&small);
    assert_int_equal(picture_scale(&picture, 3, 2, &small), RC_OK);
    assert_memory_equal(small.pixels, pixels, sizeof pixels);
    picture_close(&small);
    assert_int_equal(picture_scale(&picture, 4, 2, &small), RC_LIMIT);
    assert_int_equal(picture_scale(&picture, 0, 2, &small), RC_LIMIT);
    picture_close(&picture);
}

/* --- files --- */

struct files {
    char folder[64], path[96];
};

static int open_files(void **state)
{
    static struct files files;
    files = (struct files){.folder = "/tmp/perron-picture-XXXXXX"};
    if (!mkdtemp(files.folder))
        return 1;
    snprintf(files.path, sizeof files.path, "%s/it.png", files.folder);
    *state = &files;
    return 0;
}

static int remove_files(void **state)
{
    const struct files *files = *state;
    unlink(files->path);
    return rmdir(files->folder);
}

static void what_is_written_comes_back(void **state)
{
    const struct files *files = *state;
    struct picture picture = draw(true), back;
    int width = 0, height = 0;
    assert_int_equal(picture_write(&picture, files->path), RC_OK);
    assert_int_equal(picture_measure(files->path, &width, &height), RC_OK);
    assert_int_equal(width, picture.width);
    assert_int_equal(height, picture.height);
    assert_int_equal(picture_read(files->path, &back), RC_OK);
    for (int i = 0; i < width * height; i++)
        assert_int_equal(back.pixels[i] & 0xFFFFFF, picture.pixels[i] & 0xFFFFFF);
    picture_close(&back);
    picture_close(&picture);
}

static int count_colours(const struct picture *picture, uint32_t *out_colours, int max)
{
    int count = 0;
    for (int i = 0; i < picture->width * picture->height; i++) {
        uint32_t colour = picture->pixels[i] & 0xFFFFFF;
        int at = 0;
        while (at < count && out_colours[at] != colour)
            at++;
        if (at == max)
            return max + 1;
        if (at == count)
            out_colours[count++] = colour;
    }
    return count;
}

static void few_colours_look_the_same_and_flat_ones_stay(void **state)
{
    const struct files *files = *state;
    struct picture picture = draw(true), back;
    struct picture_likeness likeness;
    uint32_t colours[PICTURE_COLOURS];
    picture.pixels[5000] = 0xFF00FF; /* a single pixel of its own colour */
    assert_int_equal(count_colours(&picture, colours, PICTURE_COLOURS), PICTURE_COLOURS + 1);
    assert_int_equal(picture_write_small(&picture, files->path), RC_OK);
    assert_int_equal(picture_read(files->path, &back), RC_OK);
    assert_in_range(count_colours(&back, colours, PICTURE_COLOURS), 2, PICTURE_COLOURS);
    assert_int_equal(picture_compare(&picture, &back, &likeness), RC_OK);
    assert_true(likeness.is_same);
    assert_int_equal(back.pixels[0] & 0xFFFFFF, GROUND);
    assert_int_equal(back.pixels[5000] & 0xFFFFFF, 0xFF00FF);
    picture_close(&back);
    picture_close(&picture);
}

static void write_bytes(const struct files *files, const char *bytes, size_t length)
{
    FILE *file = fopen(files->path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void what_is_no_picture_is_refused(void **state)
{
    static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08";
    static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\0\0\0\0\0\0\x08";
    const struct files *files = *state;
    struct picture picture;
    int width, height;
    assert_int_equal(picture_read(files->path, &picture), RC_NOT_FOUND);
    write_bytes(files, "", 0);
    assert_int_equal(picture_read(files->path, &picture), RC_BAD_INPUT);
    write_bytes(files, "a text, and long enough for a head", 34);
    assert_int_equal(picture_read(files->path, &picture), RC_BAD_INPUT);
    write_bytes(files, head, 24); /* nothing follows */
    assert_int_equal(picture_measure(files->path, &width, &height), RC_OK);
    assert_int_not_equal(picture_read(files->path, &picture), RC_OK);
    write_bytes(files, huge, 24);
    assert_int_equal(picture_read(files->path, &picture), RC_LIMIT);
    assert_int_equal(picture_make(PICTURE_SIDE_MAX + 1, 1, &picture), RC_LIMIT);
}

static void a_picture_that_cannot_be_written_says_so(void **state)
{
    struct picture picture = flat(0x123456);
    (void)state;
    assert_int_not_equal(picture_write(&picture, "/nowhere/it.png"), RC_OK);
    assert_int_equal(picture_write_small(&picture, "/nowhere/it.png"), RC_NOT_FOUND);
    assert_int_not_equal(picture_write_small(&picture, "/dev/full"), RC_OK);
    picture_close(&picture);
}

/* --- the picture of the difference --- */

static bool is_red(uint32_t pixel)
{
    return (pixel >> 16 & 255) > 240 && (pixel >> 8 & 255) < 140 && (pixel & 255) < 20;
}

static void the_difference_is_red_where_it_is(void **state)
{
    const struct files *files = *state;
    struct picture old = draw(true), new = draw(false), all;
    int red_at_button = 0, red_elsewhere = 0;
    assert_int_equal(picture_difference(&old, &new, files->path), RC_OK);
    assert_int_equal(picture_read(files->path, &all), RC_OK);
    assert_int_equal(all.width, 3 * old.width + 16);
    assert_int_equal(all.height, old.height);
    for (int y = 0; y < old.height; y++)
        for (int x = 0; x < old.width; x++) {
            size_t row = (size_t)y * (size_t)all.width, left = (size_t)(2 * old.width + 16 + x);
            bool is_at_button = x > 210 && y > 165;
            red_at_button += is_red(all.pixels[row + left]) && is_at_button;
            red_elsewhere += is_red(all.pixels[row + left]) && !is_at_button;
            assert_int_equal(all.pixels[row + (size_t)x] & 0xFFFFFF,
                             old.pixels[y * old.width + x] & 0xFFFFFF);
        }
    assert_true(red_at_button > 500);
    assert_int_equal(red_elsewhere, 0);
    picture_close(&all);
    picture_close(&old);
    picture_close(&new);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, open_files, remove_files)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smaller_pixel_is_the_mean_of_its_area),
        WITH_FILES(what_is_written_comes_back),
        WITH_FILES(few_colours_look_the_same_and_flat_ones_stay),
        WITH_FILES(what_is_no_picture_is_refused),
        cmocka_unit_test(a_picture_that_cannot_be_written_says_so),
        WITH_FILES(the_difference_is_red_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
