/*
 * Every screen still looks like its golden picture, as far as an eye can tell. Where one does not,
 * old, new and difference are kept; look at them, and then `make golden` if the new one is right.
 */
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/build.h"

static char failed_folder[512];

static void skip_without_pictures(void)
{
    if (golden_count(GOLDEN_FOLDER) > 0)
        return;
    print_message("note: " GOLDEN_FOLDER " holds no picture yet: make golden\n");
    skip();
}

static void every_screen_looks_like_its_golden_picture(void **state)
{
    int wrong = 0;
    (void)state;
    skip_without_pictures();
    for (int i = 0; i < gallery_row_count; i++)
        for (int shape = 0; shape < GOLDEN_SHAPES; shape++)
            wrong += !golden_holds(GOLDEN_FOLDER, &gallery_rows[i], (enum golden_shape)shape,
                                   failed_folder);
    assert_int_equal(wrong, 0);
}

static void every_golden_picture_is_of_a_screen(void **state)
{
    (void)state;
    skip_without_pictures();
    assert_int_equal(golden_count_strays(GOLDEN_FOLDER), 0);
}

/* --- the controls: what must be found, in a folder with pictures of two screens --- */

struct fixture {
    char folder[64], failed[96];
    const struct gallery_row *greeting, *goodbye, *fault;
};

static void copy(const struct fixture *fixture, const struct gallery_row *row, const char *name)
{
    char path[256];
    struct picture picture = golden_draw(row, GOLDEN_WIDE);
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    assert_int_equal(picture_write_small(&picture, path), RC_OK);
    picture_close(&picture);
}

static bool holds(const struct fixture *fixture, const struct gallery_row *row)
{
    return golden_holds(fixture->folder, row, GOLDEN_WIDE, fixture->failed);
}

static int open_folder(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.folder = "/tmp/perron-golden-XXXXXX",
                               .greeting = gallery_find("greeting"),
                               .goodbye = gallery_find("goodbye"),
                               .fault = gallery_find("fault")};
    if (!mkdtemp(fixture.folder) || !fixture.greeting || !fixture.goodbye || !fixture.fault)
        return 1;
    snprintf(fixture.failed, sizeof fixture.failed, "%s/failed", fixture.folder);
    copy(&fixture, fixture.greeting, "greeting-wide.png");
    copy(&fixture, fixture.goodbye, "goodbye-wide.png");
    *state = &fixture;
    return 0;
}

static int remove_folder(void **state)
{
    const struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    return system(command) ? 1 : 0;
}

static void few_colours_are_enough_to_compare_with(void **state)
{
    const struct fixture *fixture = *state;
    assert_true(holds(fixture, fixture->greeting));
    assert_true(holds(fixture, fixture->goodbye));
    assert_int_equal(access(fixture->failed, F_OK), -1);
}

static void a_screen_without_a_picture_is_noticed(void **state)
{
    const struct fixture *fixture = *state;
    assert_false(holds(fixture, fixture->fault));
}

static void another_picture_is_noticed_and_the_difference_kept(void **state)
{
    const struct fixture *fixture = *state;
    char path[256];
    int width, height;
    copy(fixture, fixture->goodbye, "greeting-wide.png");
    assert_false(holds(fixture, fixture->greeting));
    snprintf(path, sizeof path, "%s/golden-greeting-wide.png", fixture->failed);
    assert_int_equal(picture_measure(path, &width, &height), RC_OK);
    assert_true(width > 3 * 400);
}

static void any_of_its_pictures_will_do(void **state)
{
    const struct fixture *fixture = *state;
    copy(fixture, fixture->goodbye, "greeting-wide.png");
    copy(fixture, fixture->greeting, "greeting-wide.2.png");
    assert_true(holds(fixture, fixture->greeting));
}

static void a_picture_of_no_screen_is_noticed(void **state)
{
    const struct fixture *fixture = *state;
    assert_int_equal(golden_count_strays(fixture->folder), 0);
    copy(fixture, fixture->goodbye, "farewell-wide.png");
    copy(fixture, fixture->goodbye, "goodbye-wide.9.png");
    assert_int_equal(golden_count_strays(fixture->folder), 2);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(failed_folder, sizeof failed_folder, "%s/failed-pictures", build_folder());
    gallery_init();
    return 0;
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_looks_like_its_golden_picture),
        cmocka_unit_test(every_golden_picture_is_of_a_screen),
        IN_FOLDER(few_colours_are_enough_to_compare_with),
        IN_FOLDER(a_screen_without_a_picture_is_noticed),
        IN_FOLDER(another_picture_is_noticed_and_the_difference_kept),
        IN_FOLDER(any_of_its_pictures_will_do),
        IN_FOLDER(a_picture_of_no_screen_is_noticed),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
