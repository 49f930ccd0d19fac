/*
 * Every scene on every screen in every language, with short and long names: no text is cut, leaves
 * the screen or lies on another; nothing to touch is too small. A picture that fails is kept.
 */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/support/gallery.h"

#define BUTTON_LEAST_MM 15.0
#define BUTTON_LEAST_STAFF_MM 9.5
#define TEXT_LEAST_MM 2.99
#define SLACK_MM 0.35

static const struct screen screens[] = {
    {800, 480, 154, 86, 0},   {1024, 600, 154, 86, 0}, {1280, 720, 155, 87, 0},
    {720, 1280, 87, 155, 0},  {800, 480, 154, 86, 90}, {1280, 720, 155, 87, 180},
    {1280, 800, 217, 136, 0},
};

/* --- what is looked for --- */

static bool overlaps(struct rect a, struct rect b, double slack)
{
    return a.x + a.w - b.x > slack && b.x + b.w - a.x > slack && a.y + a.h - b.y > slack &&
           b.y + b.h - a.y > slack;
}

static bool leaves(struct rect inner, struct rect outer, double slack)
{
    return inner.x < outer.x - slack || inner.y < outer.y - slack ||
           inner.x + inner.w > outer.x + outer.w + slack ||
           inner.y + inner.h > outer.y + outer.h + slack;
}

/* Writes what is wrong with the texts; returns how much. */
static int judge_texts(const struct canvas *canvas, struct rect area, bool is_staff, char *out_why,
                       size_t size)
{
    const struct canvas_mark *marks;
    int wrong = 0, count = canvas_marks(canvas, &marks);
    assert_true(count < CANVAS_MARKS_MAX);
    for (int i = 0; i < count; i++) {
        const char *what = NULL;
        if (marks[i].is_cut)
            what = "is cut";
        else if (leaves(marks[i].ink, area, 0))
            what = "leaves the screen";
        else if (leaves(marks[i].ink, marks[i].box, 1.2))
            what = "leaves its box";
        else if (!is_staff && marks[i].cap_mm < TEXT_LEAST_MM)
            what = "is too small";
        for (int j = 0; j < i && !what; j++)
            if (overlaps(marks[i].ink, marks[j].ink, SLACK_MM))
                what = "lies on another";
        if (what)
            snprintf(out_why, size, "\"%s\" %s", marks[i].text, what);
        wrong += what != NULL;
    }
    return wrong;
}

static int judge_buttons(struct stage *stage, const struct canvas *canvas, struct rect area,
                         bool is_staff, char *out_why, size_t size)
{
    struct scene_button buttons[STAGE_BUTTONS_MAX];
    const struct canvas_mark *marks;
    double least = is_staff ? BUTTON_LEAST_STAFF_MM : BUTTON_LEAST_MM;
    int wrong = 0, count = stage_buttons(stage, GALLERY_NOW_MS, buttons);
    int texts = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++) {
        const char *what = NULL;
        struct rect box = buttons[i].box;
        if (box.w < least || box.h < least)
            what = "is too small for a finger";
        if (leaves(box, area, 0))
            what = "leaves the screen";
        for (int j = 0; j < i; j++)
            if (overlaps(box, buttons[j].box, -1.9))
                what = "is too near another";
        for (int j = 0; j < texts; j++)
            if (overlaps(box, marks[j].ink, 0.2) && leaves(marks[j].ink, box, 0))
                what = "lies on a text";
        if (what)
            snprintf(out_why, size, "the button %s %s", buttons[i].name, what);
        wrong += what != NULL;
    }
    return wrong;
}

static void keep(struct canvas *canvas, const char *name)
{
    char path[512];
    const char *build = getenv("PERRON_BUILD");
    snprintf(path, sizeof path, "%s/failed-pictures", build ? build : "build");
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/failed-pictures/%s.png", build ? build : "build", name);
    if (canvas_save_png(canvas, path) == RC_OK)
        print_message("  the picture is %s\n", path);
}

static int check(const struct gallery_row *row, const struct gallery_shot *shot)
{
    const struct screen *screen = &shot->screen;
    struct canvas *canvas;
    char why[256] = "", name[256];
    struct rect area = screen_area(screen);
    struct stage *stage = gallery_open(row, shot);
    assert_int_equal(canvas_open(screen, &canvas), RC_OK);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    int wrong = judge_texts(canvas, area, row->is_staff, why, sizeof why);
    wrong += judge_buttons(stage, canvas, area, row->is_staff, why, sizeof why);
    if (wrong) {
        snprintf(name, sizeof name, "%s-%dx%d-%d-%s-%s", row->name, screen->width_px,
                 screen->height_px, screen->rotation, language_code(shot->language),
                 shot->name->first);
        print_message("%s: %s\n", name, why);
        keep(canvas, name);
    }
    canvas_close(canvas);
    stage_close(stage);
    return wrong;
}

static int check_all(const struct gallery_row *row)
{
    int wrong = 0;
    for (unsigned s = 0; s < sizeof screens / sizeof screens[0]; s++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int n = 0; n < (row->is_about_people ? GALLERY_NAMES : 2); n++) {
                const struct gallery_shot shot = {.screen = screens[s],
                                                  .language = (enum language)language,
                                                  .name = &gallery_names[n],
                                                  .venue = "Le Grand Jardin des Marolles",
                                                  .reader_side = (enum scene_side)(language + 1),
                                                  .is_evening = n % 2};
                wrong += check(row, &shot);
            }
    return wrong;
}

static void no_text_is_cut_or_lies_on_another_anywhere(void **state)
{
    int wrong = 0;
    (void)state;
    for (int i = 0; i < gallery_row_count; i++)
        wrong += check_all(&gallery_rows[i]);
    assert_int_equal(wrong, 0);
}

/* The control: the judge must see what is wrong. */
static void a_text_that_does_not_fit_is_noticed(void **state)
{
    struct canvas *canvas;
    struct canvas_text text = {.text = "Supercalifragilistic", .cap_mm = 6};
    char why[256];
    struct rect area = {0, 0, 154, 86};
    (void)state;
    assert_int_equal(canvas_open(&screens[0], &canvas), RC_OK);
    canvas_text(canvas, (struct rect){5, 5, 25, 10}, &text);
    assert_int_equal(judge_texts(canvas, area, false, why, sizeof why), 1);
    canvas_forget(canvas);
    text.text = "here";
    canvas_text(canvas, (struct rect){5, 5, 40, 10}, &text);
    canvas_text(canvas, (struct rect){8, 8, 40, 10}, &text);
    assert_int_equal(judge_texts(canvas, area, false, why, sizeof why), 1);
    canvas_close(canvas);
}

static void capitals_are_as_high_as_they_were_asked_to_be(void **state)
{
    struct canvas *canvas;
    struct canvas_text text = {.text = "H", .cap_mm = 10, .is_bold = true};
    const struct canvas_mark *marks;
    (void)state;
    for (unsigned s = 0; s < sizeof screens / sizeof screens[0]; s++) {
        assert_int_equal(canvas_open(&screens[s], &canvas), RC_OK);
        canvas_text(canvas, (struct rect){5, 5, 60, 30}, &text);
        assert_int_equal(canvas_marks(canvas, &marks), 1);
        assert_true(marks[0].ink.h > 9.8 && marks[0].ink.h < 10.2);
        canvas_close(canvas);
    }
}

static int set_up(void **state)
{
    (void)state;
    gallery_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_or_lies_on_another_anywhere),
        cmocka_unit_test(a_text_that_does_not_fit_is_noticed),
        cmocka_unit_test(capitals_are_as_high_as_they_were_asked_to_be),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
