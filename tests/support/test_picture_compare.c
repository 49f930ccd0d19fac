/*
 * What an eye bears and what it notices: letters of another version of the typeface on the one
 * hand, the least changes of a screen on the other.
 */
#include "tests/support/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/theme.h"

static const struct screen screen = {800, 480, 154, 86, 0};

/* --- a screen, and what may change about it --- */

struct look {
    const char *headline, *line, *label; /* label NULL: no button */
    double right, down;                  /* of the line, mm */
    enum theme_meaning meaning;
    enum theme_meaning panel; /* whose field */
    bool is_mirrored;
};

static const struct look usual = {.headline = "Bonjour Zoé",
                                  .line = "Arrivée notée à 13 h 52",
                                  .label = "Annuler",
                                  .meaning = THEME_IN,
                                  .panel = THEME_IN};

static void draw_button(struct canvas *canvas, const char *label, uint32_t colour)
{
    const struct rect box = {86, 63, 62, 17};
    const struct canvas_text text = {.text = label,
                                     .cap_mm = 4.2,
                                     .colour = colour,
                                     .is_bold = true,
                                     .align = CANVAS_CENTRE,
                                     .is_middle = true};
    canvas_outline(canvas, box, 4.5, 0.6, colour);
    canvas_text(canvas, box, &text);
}

static void mirror(struct picture *picture)
{
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width / 2; x++) {
            uint32_t *row = picture->pixels + (size_t)y * (size_t)picture->width;
            uint32_t kept = row[x];
            row[x] = row[picture->width - 1 - x];
            row[picture->width - 1 - x] = kept;
        }
}

static struct picture draw(const struct look *look)
{
    struct canvas *canvas;
    struct picture picture, small;
    const struct theme_tones *tones =
        theme_tones(look->meaning, &(struct theme_mode){.is_evening = false});
    const struct canvas_text headline = {
        .text = look->headline, .cap_mm = 9, .colour = tones->ink, .is_bold = true};
    const struct canvas_text line = {.text = look->line, .cap_mm = 4, .colour = tones->soft};
    assert_int_equal(canvas_open(&screen, &canvas), RC_OK);
    canvas_fill(canvas, screen_area(&screen), tones->ground);
    canvas_disc(canvas, 16, 16, 10, tones->ink);
    canvas_text(canvas, (struct rect){32, 6, 116, 14}, &headline);
    canvas_text(canvas, (struct rect){32 + look->right, 20 + look->down, 100, 8}, &line);
    canvas_round(canvas, (struct rect){6, 31, 142, 29}, 4.5,
                 theme_tones(look->panel, &(struct theme_mode){.is_evening = false})->panel);
    if (look->label)
        draw_button(canvas, look->label, tones->ink);
    assert_int_equal(picture_of_canvas(canvas, &screen, &picture), RC_OK);
    canvas_close(canvas);
    assert_int_equal(picture_scale_to_width(&picture, 400, &small), RC_OK);
    picture_close(&picture);
    if (look->is_mirrored)
        mirror(&small);
    return small;
}

static struct picture_likeness compare(const struct look *old, const struct look *new)
{
    struct picture one = draw(old), other = draw(new);
    struct picture_likeness likeness;
    assert_int_equal(picture_compare(&one, &other, &likeness), RC_OK);
    picture_close(&one);
    picture_close(&other);
    return likeness;
}

static void assert_noticed(const char *what, struct look changed)
{
    struct picture_likeness there = compare(&usual, &changed), back = compare(&changed, &usual);
    if (there.is_same || back.is_same)
        fail_msg("%s is not noticed: %.3f, %.3f, %.2f, %.1f", what, there.structure,
                 there.structure_least, there.colour, there.colour_most);
    assert_true(there.why[0]);
}

static void assert_borne(const char *what, struct look changed)
{
    struct picture_likeness there = compare(&usual, &changed), back = compare(&changed, &usual);
    if (!there.is_same || !back.is_same)
        fail_msg("%s is not borne: %s%s", what, there.why, back.why);
}

/* --- what is noticed --- */

static struct look changed(void (*change)(struct look *look))
{
    struct look look = usual;
    change(&look);
    return look;
}

static void without_button(struct look *look)
{
    look->label = NULL;
}

static void in_another_meaning(struct look *look)
{
    look->meaning = look->panel = THEME_OUT;
}

static void with_another_panel(struct look *look)
{
    look->panel = THEME_OUT;
}

static void moved_right(struct look *look)
{
    look->right = 3;
}

static void moved_down(struct look *look)
{
    look->down = 3;
}

static void with_another_word(struct look *look)
{
    look->line = "Départ noté à 13 h 52";
}

static void with_another_name(struct look *look)
{
    look->headline = "Bonjour Léa";
}

static void with_another_label(struct look *look)
{
    look->label = "Refaire";
}

static void mirrored(struct look *look)
{
    look->is_mirrored = true;
}

static void what_changes_a_screen_is_noticed(void **state)
{
    (void)state;
    assert_noticed("a missing button", changed(without_button));
    assert_noticed("another meaning's colour", changed(in_another_meaning));
    assert_noticed("a panel of another colour", changed(with_another_panel));
    assert_noticed("a text 3 mm to the right", changed(moved_right));
    assert_noticed("a text 3 mm lower", changed(moved_down));
    assert_noticed("another word", changed(with_another_word));
    assert_noticed("another name", changed(with_another_name));
    assert_noticed("another label", changed(with_another_label));
    assert_noticed("a mirrored picture", changed(mirrored));
}

/* Every pair of meanings, by day: a colour never passes for another. */
static void no_meaning_passes_for_another(void **state)
{
    struct picture pictures[THEME_MEANINGS];
    struct picture_likeness likeness;
    (void)state;
    for (int i = 0; i < THEME_MEANINGS; i++) {
        struct look look = usual;
        look.meaning = look.panel = (enum theme_meaning)i;
        pictures[i] = draw(&look);
        for (int j = 0; j < i; j++) {
            assert_int_equal(picture_compare(&pictures[j], &pictures[i], &likeness), RC_OK);
            if (likeness.is_same)
                fail_msg("the meanings %d and %d look the same", j, i);
        }
    }
    for (int i = 0; i < THEME_MEANINGS; i++)
        picture_close(&pictures[i]);
}

/* --- what is borne --- */

static void wandered_a_little(struct look *look)
{
    look->right = 0.7;
    look->down = -0.4;
}

static void a_screen_is_like_itself(void **state)
{
    struct picture_likeness likeness = compare(&usual, &usual);
    (void)state;
    assert_true(likeness.is_same);
    assert_string_equal(likeness.why, "");
    assert_true(likeness.structure > 0.9999 && likeness.structure_least > 0.9999);
    assert_true(likeness.colour < 0.0001 && likeness.colour_most < 0.0001);
    assert_borne("a text that wandered by less than a millimetre", changed(wandered_a_little));
}

static struct picture read_data(const char *name, const char *release)
{
    char path[128];
    struct picture picture;
    snprintf(path, sizeof path, "tests/support/data/%s-%s.png", name, release);
    assert_int_equal(picture_read(path, &picture), RC_OK);
    return picture;
}

static struct picture_likeness compare_releases(const char *name)
{
    struct picture_likeness likeness;
    struct picture old = read_data(name, "debian12"), new = read_data(name, "debian13");
    assert_int_equal(picture_compare(&old, &new, &likeness), RC_OK);
    picture_close(&old);
    picture_close(&new);
    return likeness;
}

/* The same screens on Debian 12 (Inter 4.0, FreeType 2.12) and 13 (Inter 4.1, FreeType 2.13). */
static void letters_of_another_release_are_borne(void **state)
{
    struct picture_likeness likeness = compare_releases("letters");
    (void)state;
    assert_true(likeness.structure < 0.99); /* the control: they do differ */
    assert_string_equal(likeness.why, "");
    assert_string_equal(compare_releases("upright").why, "");
}

static void a_line_that_breaks_elsewhere_is_noticed(void **state)
{
    (void)state;
    assert_false(compare_releases("lines").is_same);
}

/* --- the measures --- */

static struct picture flat(uint32_t colour)
{
    struct picture picture;
    assert_int_equal(picture_make(40, 30, &picture), RC_OK);
    for (int i = 0; i < 40 * 30; i++)
        picture.pixels[i] = colour;
    return picture;
}

static double colour_between(uint32_t a, uint32_t b)
{
    struct picture one = flat(a), other = flat(b);
    struct picture_likeness likeness;
    assert_int_equal(picture_compare(&one, &other, &likeness), RC_OK);
    picture_close(&one);
    picture_close(&other);
    return likeness.colour;
}

/* From the known places of sRGB's corners in CIELAB, D65. */
static void colours_differ_by_what_the_cie_says(void **state)
{
    (void)state;
    assert_true(fabs(colour_between(0x000000, 0xFFFFFF) - 100) < 0.05);
    assert_true(fabs(colour_between(0xFF0000, 0x00FF00) - 170.6) < 0.1);
    assert_true(fabs(colour_between(0xFF0000, 0x0000FF) - 176.3) < 0.1);
    assert_true(colour_between(0x123456, 0x123456) < 0.0001);
}

static void pictures_of_other_sizes_are_not_compared(void **state)
{
    struct picture one = flat(0), other, tiny;
    struct picture_likeness likeness = {.is_same = true};
    (void)state;
    assert_int_equal(picture_make(30, 40, &other), RC_OK);
    assert_int_equal(picture_make(40, 8, &tiny), RC_OK);
    assert_int_equal(picture_compare(&one, &other, &likeness), RC_BAD_INPUT);
    assert_int_equal(picture_compare(&tiny, &tiny, &likeness), RC_LIMIT);
    assert_true(likeness.is_same);
    picture_close(&one);
    picture_close(&other);
    picture_close(&tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_changes_a_screen_is_noticed),
        cmocka_unit_test(no_meaning_passes_for_another),
        cmocka_unit_test(a_screen_is_like_itself),
        cmocka_unit_test(letters_of_another_release_are_borne),
        cmocka_unit_test(a_line_that_breaks_elsewhere_is_noticed),
        cmocka_unit_test(colours_differ_by_what_the_cie_says),
        cmocka_unit_test(pictures_of_other_sizes_are_not_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
