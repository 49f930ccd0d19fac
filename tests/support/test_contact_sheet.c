#include "tests/support/contact_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/picture.h"

#define RED 0xC00000
#define BLUE 0x0000C0

struct files {
    char folder[64], wide[96], upright[96], sheet[96];
};

static void write_flat(const char *path, int width, int height, uint32_t colour)
{
    struct picture picture;
    assert_int_equal(picture_make(width, height, &picture), RC_OK);
    for (int i = 0; i < width * height; i++)
        picture.pixels[i] = colour;
    assert_int_equal(picture_write(&picture, path), RC_OK);
    picture_close(&picture);
}

static int set_up(void **state)
{
    static struct files files;
    files = (struct files){.folder = "/tmp/perron-sheet-XXXXXX"};
    if (!mkdtemp(files.folder))
        return 1;
    snprintf(files.wide, sizeof files.wide, "%s/wide.png", files.folder);
    snprintf(files.upright, sizeof files.upright, "%s/upright.png", files.folder);
    snprintf(files.sheet, sizeof files.sheet, "%s/sheet.png", files.folder);
    write_flat(files.wide, 800, 480, RED);
    write_flat(files.upright, 720, 1280, BLUE);
    *state = &files;
    return 0;
}

static int tear_down(void **state)
{
    const struct files *files = *state;
    unlink(files->wide);
    unlink(files->upright);
    unlink(files->sheet);
    return rmdir(files->folder);
}

static struct picture write_sheet(const struct files *files, const struct contact_picture *pictures,
                                  int count, int per_row)
{
    struct reason reason = {.text = ""};
    struct picture sheet;
    enum rc rc = contact_sheet_write("A title", pictures, count, per_row, files->sheet, &reason);
    assert_string_equal(reason.text, "");
    assert_int_equal(rc, RC_OK);
    assert_int_equal(picture_read(files->sheet, &sheet), RC_OK);
    return sheet;
}

static int count_of(const struct picture *picture, uint32_t colour)
{
    int count = 0;
    for (int i = 0; i < picture->width * picture->height; i++)
        count += (picture->pixels[i] & 0xFFFFFF) == colour;
    return count;
}

static void a_wide_table_becomes_as_wide_as_a_sheet_may_be(void **state)
{
    const struct files *files = *state;
    struct contact_picture pictures[16];
    for (int i = 0; i < 16; i++)
        pictures[i] =
            (struct contact_picture){i % 8 < 4 ? files->wide : files->upright, "a screen"};
    struct picture sheet = write_sheet(files, pictures, 16, 8);
    assert_in_range(sheet.width, CONTACT_SHEET_WIDTH_PX - 10, CONTACT_SHEET_WIDTH_PX);
    /* All are there, equally high, in proportion: 480 x 720 : 800 x 1280 as wide. */
    double red = count_of(&sheet, RED), blue = count_of(&sheet, BLUE);
    assert_true(red > 8 * 500 * 300 && red < 8 * 560 * 340);
    assert_true(blue / red > 0.33 && blue / red < 0.345);
    picture_close(&sheet);
}

static void nothing_is_enlarged(void **state)
{
    const struct files *files = *state;
    const struct contact_picture strip[] = {{files->wide, "first"}, {files->wide, "second"}};
    struct picture sheet = write_sheet(files, strip, 2, 2);
    assert_int_equal(count_of(&sheet, RED), 2 * 800 * 480);
    assert_int_equal(sheet.width, 2 * 800 + 3 * 12);
    picture_close(&sheet);
}

static void a_story_goes_on_in_the_next_row(void **state)
{
    const struct files *files = *state;
    const struct contact_picture story[] = {
        {files->wide, "1"}, {files->wide, "2"}, {NULL, NULL}, {files->wide, "4"}};
    struct picture one = write_sheet(files, story, 4, 4), two = write_sheet(files, story, 4, 2);
    assert_true(two.height > 2 * 480 && one.height < 2 * 480);
    assert_int_equal(count_of(&one, RED), 3 * 800 * 480);
    assert_int_equal(count_of(&two, RED), 3 * 800 * 480);
    picture_close(&one);
    picture_close(&two);
}

static void a_caption_is_set_below_its_picture(void **state)
{
    const struct files *files = *state;
    const struct contact_picture said[] = {{files->wide, "greeting"}},
                                 silent[] = {{files->wide, ""}};
    struct picture one = write_sheet(files, said, 1, 1), other = write_sheet(files, silent, 1, 1);
    int differs = 0;
    for (int i = 0; i < one.width * one.height; i++)
        if (one.pixels[i] != other.pixels[i]) {
            assert_true(i / one.width > 480);
            differs++;
        }
    assert_true(differs > 100);
    picture_close(&one);
    picture_close(&other);
}

static void what_cannot_be_made_is_said_in_a_sentence(void **state)
{
    const struct files *files = *state;
    const struct contact_picture missing[] = {{"/nowhere/it.png", "it"}},
                                 nothing[] = {{NULL, NULL}};
    const struct contact_picture good[] = {{files->wide, "it"}};
    struct reason reason = {.text = ""};
    assert_int_equal(contact_sheet_write(NULL, missing, 1, 1, files->sheet, &reason), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "/nowhere/it.png"));
    assert_int_equal(contact_sheet_write(NULL, nothing, 1, 1, files->sheet, &reason), RC_NOT_FOUND);
    assert_int_equal(contact_sheet_write(NULL, good, 0, 1, files->sheet, &reason), RC_LIMIT);
    assert_int_equal(contact_sheet_write(NULL, good, 1, 0, files->sheet, &reason), RC_LIMIT);
    assert_int_equal(contact_sheet_write(NULL, good, 1, 1, "/nowhere/sheet.png", &reason), RC_IO);
    assert_non_null(strstr(reason.text, "/nowhere/sheet.png"));
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FILES(a_wide_table_becomes_as_wide_as_a_sheet_may_be),
        WITH_FILES(nothing_is_enlarged),
        WITH_FILES(a_story_goes_on_in_the_next_row),
        WITH_FILES(a_caption_is_set_below_its_picture),
        WITH_FILES(what_cannot_be_made_is_said_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
