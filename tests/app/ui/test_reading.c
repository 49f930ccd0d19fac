#include "app/ui/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/guides.h"
#include "app/ui/scene.h"
#include "tests/support/random.h"
#include "tests/support/whole.h"

#define ROUNDS (600 / (int)whole_or_every(3))
#define EDGE 0.6 /* ink may stand out of its box by so much, as elsewhere */

static const struct screen screens[] = {
    {800, 480, 154, 86, 0}, {720, 1280, 87, 155, 0}, {1280, 800, 217, 136, 0}};
#define SCREENS (sizeof screens / sizeof screens[0])

static struct canvas *canvases[SCREENS];
static struct scene_model model;
static struct sheet sheet;

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++)
        if (canvas_open(&screens[i], &canvases[i]))
            return 1;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < SCREENS; i++)
        canvas_close(canvases[i]);
    return 0;
}

/* A new picture; returns the box for a text on it. */
static struct rect begin(size_t screen, bool is_large)
{
    model = (struct scene_model){.mode = {.is_large = is_large, .is_still = true}};
    sheet = (struct sheet){.canvas = canvases[screen],
                           .model = &model,
                           .tones = theme_tones(THEME_PAPER, &model.mode)};
    canvas_begin(canvases[screen], &model.mode);
    canvas_fill(canvases[screen], screen_area(&screens[screen]), sheet.tones->ground);
    return reading_box(screen_area(&screens[screen]), is_large);
}

static const char *const words[] = {
    "La ", "maison ",    "est ",    "à\u00A0nous ", "vrijwilligers ",
    "– ",  "l’accueil ", "Hello, ", "(2005) ",      "oui\u202F! ",
    "\n",  "\n"};

static void make_text(struct random *random, unsigned most, char *out_text, size_t size)
{
    unsigned count = 1 + random_below(random, most);
    size_t length = 0;
    out_text[0] = 0;
    for (unsigned i = 0; i < count && length + 32 < size; i++)
        length += (size_t)snprintf(out_text + length, size - length, "%s",
                                   words[random_below(random, sizeof words / sizeof *words)]);
}

/* Is all that was set in its place and of a size that can be read? Returns whether some was cut. */
static bool look(size_t screen, struct rect box, double least_mm, const char *text)
{
    const struct canvas_mark *marks;
    int count = canvas_marks(canvases[screen], &marks);
    bool is_cut = false;
    for (int i = 0; i < count; i++) {
        const struct rect *ink = &marks[i].ink;
        if (marks[i].is_control)
            continue;
        is_cut |= marks[i].is_cut;
        if (marks[i].cap_mm < least_mm - 0.001)
            fail_msg("capitals of %.2f mm: %s", marks[i].cap_mm, text);
        if (!marks[i].is_cut && (ink->x < box.x - EDGE || ink->x + ink->w > box.x + box.w + EDGE ||
                                 ink->y + ink->h > box.y + box.h * 1.02 + EDGE))
            fail_msg("out of its box: %s", text);
    }
    return is_cut;
}

static void what_is_said_to_fit_is_drawn_whole_and_nothing_else_is(void **state)
{
    struct random random = random_for_test("fit");
    char title[120], body[1500];
    int whole = 0, cut = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        size_t screen = random_below(&random, SCREENS);
        make_text(&random, 6, title, sizeof title);
        make_text(&random, 70, body, sizeof body);
        for (char *at = title; (at = strchr(at, '\n'));)
            *at = ' ';
        struct rect box = begin(screen, false);
        bool is_fit = reading_fits(canvases[screen], box, title, body);
        assert_int_equal(reading_draw(&sheet, box, title, body), is_fit);
        assert_int_equal(look(screen, box, 3.2, body), !is_fit);
        whole += is_fit;
        cut += !is_fit;
    }
    assert_true(whole > ROUNDS / 10 && cut > ROUNDS / 10); /* it did come to both */
}

static void in_large_letters_nothing_is_small_or_cut_but_between_words(void **state)
{
    struct random random = random_for_test("large");
    char title[120], body[1500];
    int shortened = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        size_t screen = random_below(&random, SCREENS);
        make_text(&random, 6, title, sizeof title);
        make_text(&random, 70, body, sizeof body);
        for (char *at = title; (at = strchr(at, '\n'));)
            *at = ' ';
        struct rect box = begin(screen, true);
        shortened += !reading_draw(&sheet, box, title, body);
        if (look(screen, box, THEME_LARGE_MM, body))
            fail_msg("cut within a word: %s / %s", title, body);
    }
    assert_true(shortened > ROUNDS / 10);
}

static const char *last_text(size_t screen)
{
    const struct canvas_mark *marks;
    int count = canvas_marks(canvases[screen], &marks);
    while (count > 0 && marks[count - 1].is_control)
        count--;
    return count ? marks[count - 1].text : "";
}

static void in_large_letters_what_is_left_out_is_marked(void **state)
{
    struct rect box = begin(0, true);
    (void)state;
    assert_true(reading_draw(&sheet, box, "Titre", "Trois mots ici."));
    assert_string_equal(last_text(0), "Trois mots ici.");
    box = begin(0, true);
    assert_false(reading_draw(&sheet, box, "Titre",
                              "Beaucoup de mots pour une ligne, et encore davantage, et davantage "
                              "encore, jusqu’à ce que la place manque tout à fait."));
    assert_non_null(strstr(last_text(0), "…"));
}

/* What was set of a body: everything behind the title, "" where nothing was. */
static void add_texts(size_t screen, bool has_title, char *out_text, size_t size)
{
    const struct canvas_mark *marks;
    int count = canvas_marks(canvases[screen], &marks);
    for (int i = 0; i < count; i++)
        if (!marks[i].is_control && !(has_title && i == 0)) {
            size_t used = strlen(out_text);
            snprintf(out_text + used, size - used, "%s%s", used ? " " : "", marks[i].text);
        }
}

/* Where a button of that name turns to; -1: there is none. */
static int turns_to(const char *name)
{
    for (int i = 0; i < sheet.count; i++)
        if (strcmp(sheet.targets[i].name, name) == 0)
            return sheet.targets[i].act.value;
    return -1;
}

static void in_large_letters_a_text_is_read_part_by_part_and_back(void **state)
{
    static const char body[] =
        "Un accueil, et quelqu’un à qui parler.\nUne tâche expliquée, à ta "
        "mesure, et un merci.\nUne voix dans ce qui se décide.\nTu peux dire "
        "non, faire une pause ou partir.";
    (void)state;
    for (size_t screen = 0; screen < SCREENS; screen++) {
        char seen[400] = "", wanted[sizeof body];
        int first = 0, parts = 0, before[24];
        for (; first >= 0 && parts < 24; parts++) {
            before[parts] = first;
            struct rect box = begin(screen, true);
            reading_draw_from(&sheet, box, "Titre", body, first);
            assert_false(look(screen, box, THEME_LARGE_MM, body));
            add_texts(screen, parts == 0, seen, sizeof seen);
            assert_int_equal(turns_to("earlier"), parts ? before[parts - 1] : -1);
            first = turns_to("later");
        }
        assert_true(screen == 2 || parts > 1); /* the largest has room for more */
        snprintf(wanted, sizeof wanted, "%s", body);
        for (char *at = wanted; (at = strchr(at, '\n'));)
            *at = ' ';
        assert_string_equal(seen, wanted); /* each word once, in its order */
    }
}

static void any_text_comes_to_its_end_part_by_part(void **state)
{
    struct random random = random_for_test("parts");
    char body[1500];
    (void)state;
    for (int i = 0; i < ROUNDS / 4; i++) {
        size_t screen = random_below(&random, SCREENS);
        make_text(&random, 90, body, sizeof body);
        int parts = 0, length = (int)strlen(body);
        for (int first = 0; first >= 0; parts++) {
            struct rect box = begin(screen, true);
            reading_draw_from(&sheet, box, "Titre", body, first);
            if (look(screen, box, THEME_LARGE_MM, body))
                fail_msg("cut: %s", body);
            int to = turns_to("later");
            if (to >= 0 && (to <= first || to >= length))
                fail_msg("from %d of %d to %d: %s", first, length, to, body);
            first = to;
        }
        assert_true(parts <= length);
    }
}

static void a_part_of_another_language_s_text_is_one_that_there_is(void **state)
{
    (void)state;
    begin(0, true);
    reading_draw_from(&sheet, reading_box(screen_area(&screens[0]), true), "Titre",
                      "Beaucoup de mots pour une ligne, et encore davantage.\nDavantage encore, "
                      "jusqu’à ce que la place manque tout à fait.",
                      100000);
    assert_int_equal(turns_to("later"), -1);
    assert_true(turns_to("earlier") >= 0);
    assert_non_null(strstr(last_text(0), "tout à fait."));
}

static void a_text_of_any_length_is_drawn_as_far_as_it_goes(void **state)
{
    static char huge[GUIDES_TEXT_BYTES];
    (void)state;
    for (size_t i = 0; i + 3 < sizeof huge; i += 3)
        memcpy(huge + i,
               i % 30 ? "é"
                        "x"
                      : "à"
                        " ",
               3);
    for (size_t i = 0; i < 2; i++) {
        struct rect box = begin(i, i == 1);
        assert_false(reading_fits(canvases[i], box, "Titre", huge));
        assert_false(reading_draw(&sheet, box, "Titre", huge));
        assert_true(reading_draw(&sheet, begin(i, i == 1), "Titre", ""));
        reading_draw(&sheet, begin(i, i == 1), huge, "Mots");
    }
}

static void tiles_are_large_enough_to_touch_and_never_overlap(void **state)
{
    (void)state;
    for (size_t screen = 0; screen < SCREENS; screen++)
        for (int count = 1; count <= GUIDE_TILES_MAX; count++) {
            struct rect box = reading_box(screen_area(&screens[screen]), false), before = {0};
            for (int i = 0; i < count; i++) {
                struct rect tile = reading_tile(box, count, i);
                assert_true(tile.w >= LAYOUT_LEAST_MM && tile.h >= LAYOUT_LEAST_MM);
                assert_true(tile.x >= box.x && tile.x + tile.w <= box.x + box.w + 0.001);
                assert_true(tile.y >= box.y && tile.y + tile.h <= box.y + box.h + 0.001);
                assert_true(!i || tile.x >= before.x + before.w + 1 ||
                            tile.y >= before.y + before.h + 1);
                before = tile;
            }
        }
}

static void a_name_that_has_no_room_on_its_tile_does_not_fit(void **state)
{
    struct rect tile = reading_tile(reading_box(screen_area(&screens[0]), false), 12, 0);
    (void)state;
    assert_true(reading_name_fits(canvases[0], tile, "Cuisiner"));
    assert_true(reading_name_fits(canvases[0], tile, "Les plantes"));
    assert_false(reading_name_fits(canvases[0], tile, "Vrijwilligersonthaal"));
    assert_false(reading_name_fits(canvases[0], tile, "Un nom qui ne veut pas en finir du tout"));
}

/* What guides.c lets pass is what a phone reads from here, and not one letter more. */
static void the_longest_address_of_a_link_has_room_for_its_code(void **state)
{
    char url[GUIDES_URL_BYTES + 1];
    struct rect box = {5, 5, READING_QR_MM, READING_QR_MM};
    (void)state;
    memset(url, 'a', sizeof url);
    url[GUIDES_URL_BYTES - 1] = 0;
    begin(0, false);
    assert_true(widget_qr(&sheet, box, url));
    url[GUIDES_URL_BYTES - 1] = 'a';
    url[GUIDES_URL_BYTES] = 0;
    assert_false(widget_qr(&sheet, box, url));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_to_fit_is_drawn_whole_and_nothing_else_is),
        cmocka_unit_test(in_large_letters_nothing_is_small_or_cut_but_between_words),
        cmocka_unit_test(in_large_letters_what_is_left_out_is_marked),
        cmocka_unit_test(in_large_letters_a_text_is_read_part_by_part_and_back),
        cmocka_unit_test(any_text_comes_to_its_end_part_by_part),
        cmocka_unit_test(a_part_of_another_language_s_text_is_one_that_there_is),
        cmocka_unit_test(a_text_of_any_length_is_drawn_as_far_as_it_goes),
        cmocka_unit_test(tiles_are_large_enough_to_touch_and_never_overlap),
        cmocka_unit_test(a_name_that_has_no_room_on_its_tile_does_not_fit),
        cmocka_unit_test(the_longest_address_of_a_link_has_room_for_its_code),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
