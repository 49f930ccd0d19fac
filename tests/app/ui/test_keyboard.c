#include "app/ui/keyboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "firmware/base/utf8.h"
#include "tests/support/random.h"

/* --- every keyboard there is, in every box that our screens leave for it --- */

#define STRIP 19.0
#define MARGIN 4.0
#define NARROW 100.0 /* no box of ours is as wide and has a narrow board, or the other way */

static const struct screen screens[] = {
    {800, 480, 154, 86, 0},   {1024, 600, 154, 86, 0},   {1280, 720, 155, 87, 0},
    {720, 1280, 87, 155, 0},  {800, 480, 154, 86, 90},   {1024, 600, 154, 86, 270},
    {1280, 720, 155, 87, 90}, {720, 1280, 87, 155, 270}, {720, 1280, 87, 155, 180},
};
#define SCREENS ((int)(sizeof screens / sizeof screens[0]))

/* Upright there is room for 100 mm, and scenes with more to say leave 80. */
static struct rect box_on(int screen, bool has_strip)
{
    struct rect area = screen_area(&screens[screen]);
    bool is_upright = area.h > area.w;
    double height = is_upright ? 100 : 55;
    if (has_strip)
        area.h -= STRIP;
    if (has_strip)
        height = is_upright ? 80 : area.h - 21;
    return (struct rect){MARGIN, area.h - height, area.w - 2 * MARGIN, height};
}

static void each_layer(const struct keyboard *keyboard, struct rect box,
                       void (*check)(const struct keyboard *, struct rect))
{
    struct keyboard turned = *keyboard;
    for (int i = 0; i < KEYBOARD_LAYERS * 4; i++) {
        turned.layer = (enum keyboard_layer)(i / 4);
        turned.shift = (enum keyboard_shift)(i % 4);
        check(&turned, box);
    }
}

static void each_keyboard(struct rect box, void (*check)(const struct keyboard *, struct rect))
{
    for (int i = 0; i < TYPING_KINDS * LANGUAGE_COUNT * 2; i++) {
        struct keyboard keyboard = {
            .kind = (enum typing_kind)(i / 2 / LANGUAGE_COUNT),
            .arrangement = i % 2 ? KEYBOARD_QWERTY : KEYBOARD_AZERTY,
            .language = (enum language)(i / 2 % LANGUAGE_COUNT),
        };
        each_layer(&keyboard, box, check);
    }
}

static void each_keyboard_on_each_screen(void (*check)(const struct keyboard *, struct rect))
{
    for (int i = 0; i < 2 * SCREENS; i++)
        each_keyboard(box_on(i / 2, i % 2), check);
}

static void say_where(const struct keyboard *keyboard, struct rect box, const char *fault)
{
    fail_msg("%s: kind %d, arrangement %d, %s, layer %d, shift %d, box %g %g %g %g", fault,
             keyboard->kind, keyboard->arrangement, language_code(keyboard->language),
             keyboard->layer, keyboard->shift, box.x, box.y, box.w, box.h);
}

/* --- what may be wrong with keys; NULL: nothing --- */

static bool is_pad(enum typing_kind kind)
{
    return kind == TYPING_DIGITS || kind == TYPING_PIN || kind == TYPING_CODE;
}

struct least {
    double w, h;
};

static struct least least_of(enum typing_kind kind, struct rect box)
{
    if (is_pad(kind))
        return (struct least){15, 15};
    return box.w < NARROW ? (struct least){12, 10} : (struct least){13, 9};
}

/* Edges on 1/64 mm may take that much off a key. */
static const char *size_fault(const struct keyboard_key *keys, int count, struct least least)
{
    for (int i = 0; i < count; i++) {
        if (keys[i].hit.w < least.w - 0.02 || keys[i].hit.h < least.h - 0.02)
            return "a key is too small to be touched";
        if (keys[i].box.w < keys[i].hit.w - 1.3 || keys[i].box.h < keys[i].hit.h - 1.3)
            return "a key is drawn much smaller than it is";
    }
    return NULL;
}

static int holders(const struct keyboard_key *keys, int count, double x, double y)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        found += rect_has(keys[i].hit, x, y);
    return found;
}

/* Random points, every corner of every key, where holes and overlaps would be, and the area: on
 * 1/64 mm all of it is exact. */
static const char *tiling_fault(const struct keyboard_key *keys, int count, struct rect box,
                                struct random *random)
{
    for (int i = 0; i < 60; i++) {
        double x = box.x + box.w * random_below(random, 1u << 20) / (1u << 20);
        double y = box.y + box.h * random_below(random, 1u << 20) / (1u << 20);
        if (holders(keys, count, x, y) != 1)
            return "a point of the box is not one key's";
    }
    double area = 0;
    for (int i = 0; i < count; i++)
        area += keys[i].hit.w * keys[i].hit.h;
    if (area != box.w * box.h)
        return "the keys are not as large as the box";
    for (int i = 0; i < count * 4; i++) {
        const struct rect *hit = &keys[i / 4].hit;
        double x = hit->x + (i & 1) * hit->w, y = hit->y + (i >> 1 & 1) * hit->h;
        if (holders(keys, count, x, y) != rect_has(box, x, y))
            return "a corner of a key is not one key's";
    }
    return NULL;
}

static const char *label_fault(const struct keyboard_key *keys, int count)
{
    for (int i = 0; i < count; i++) {
        const struct keyboard_key *key = &keys[i];
        bool types = key->act == KEYBOARD_ACT_TYPE || key->act == KEYBOARD_ACT_SPACE;
        if (!key->label[0] || !utf8_is_valid(key->label, strlen(key->label)))
            return "a key has no label";
        if (types != (key->types[0] != 0))
            return "a key types nothing, or should not";
        if (key->act == KEYBOARD_ACT_TYPE && strcmp(key->label, key->types) != 0)
            return "a key types something else than it says";
    }
    return NULL;
}

/* --- the checks --- */

static void check_sizes(const struct keyboard *keyboard, struct rect box)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(keyboard, box, keys);
    struct least least = least_of(keyboard->kind, box);
    if (box.w < NARROW && is_pad(keyboard->kind) && keyboard->kind != TYPING_CODE)
        least = (struct least){20, 20};
    const char *fault = size_fault(keys, count, least);
    if (fault)
        say_where(keyboard, box, fault);
}

static void no_key_is_too_small_on_any_screen(void **state)
{
    (void)state;
    each_keyboard_on_each_screen(check_sizes);
}

static struct random chance;

static void check_tiling(const struct keyboard *keyboard, struct rect box)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(keyboard, box, keys);
    const char *fault = tiling_fault(keys, count, box, &chance);
    if (fault)
        say_where(keyboard, box, fault);
}

static double random_mm(unsigned least, unsigned most)
{
    return least + random_below(&chance, (most - least) * 64) / 64.0;
}

static void the_touched_areas_tile_any_box(void **state)
{
    (void)state;
    chance = random_for_test("tiling");
    each_keyboard_on_each_screen(check_tiling);
    for (int i = 0; i < 60; i++)
        each_keyboard((struct rect){random_mm(0, 50), random_mm(0, 90), random_mm(60, 250),
                                    random_mm(40, 160)},
                      check_tiling);
}

static void check_finding(const struct keyboard *keyboard, struct rect box)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(keyboard, box, keys);
    for (int i = 0; i < 40; i++) {
        double x = box.x + box.w * (i % 2 ? random_below(&chance, 1000) / 1000.0 : i / 40.0);
        double y = box.y + box.h * (i % 2 ? random_below(&chance, 1000) / 1000.0 : i / 40.0);
        if (keyboard_key_at(keys, count, x, y) < 0)
            say_where(keyboard, box, "no key under a finger");
    }
}

static void a_finger_on_a_box_of_any_size_finds_a_key(void **state)
{
    (void)state;
    chance = random_for_test("finding");
    for (int i = 0; i < 30; i++)
        each_keyboard((struct rect){random_mm(0, 50) / 3, random_mm(0, 90) / 7,
                                    random_mm(400, 900) / 7, random_mm(200, 500) / 3},
                      check_finding);
}

static void the_nearest_key_is_found_a_hair_beside_and_none_far_off(void **state)
{
    const struct rect box = {4, 31, 146, 55};
    struct keyboard keyboard = {.kind = TYPING_NAME};
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(&keyboard, box, keys);
    (void)state;
    assert_int_equal(keyboard_key_at(keys, count, 4, 31), 0);
    assert_int_equal(keyboard_key_at(keys, count, 3.5, 30.8), 0);
    assert_int_equal(keyboard_key_at(keys, count, 150.2, 86.2), count - 1);
    assert_int_equal(keyboard_key_at(keys, count, 20, 29), -1);
    assert_int_equal(keyboard_key_at(keys, 0, 20, 40), -1);
}

static void check_labels(const struct keyboard *keyboard, struct rect box)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    const char *fault = label_fault(keys, keyboard_layout(keyboard, box, keys));
    if (fault)
        say_where(keyboard, box, fault);
}

static void every_key_says_what_it_does(void **state)
{
    (void)state;
    each_keyboard_on_each_screen(check_labels);
}

static bool is_apart(struct rect a, struct rect b)
{
    return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

static void check_popups(const struct keyboard *keyboard, struct rect box)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(keyboard, box, keys);
    bool is_secret = keyboard->kind == TYPING_PIN || keyboard->kind == TYPING_CODE;
    for (int i = 0; i < count; i++) {
        struct rect popup = keyboard_popup(&keys[i], box);
        bool is_wanted = keys[i].act == KEYBOARD_ACT_TYPE && !is_secret;
        if (keys[i].has_popup != is_wanted || (popup.w > 0) != is_wanted)
            say_where(keyboard, box, "a letter is shown large, or not");
        if (!is_wanted)
            continue;
        if (popup.x < box.x || popup.y < box.y || popup.x + popup.w > box.x + box.w ||
            popup.y + popup.h > box.y + box.h)
            say_where(keyboard, box, "a large letter leaves the keyboard");
        if (!is_apart(popup, keys[i].box) || popup.w < 13 || popup.h < 8)
            say_where(keyboard, box, "a large letter is under the finger, or small");
    }
}

static void a_pressed_letter_is_shown_large_inside_the_keyboard(void **state)
{
    (void)state;
    each_keyboard_on_each_screen(check_popups);
    /* And where there is less room than there should be. */
    each_keyboard((struct rect){4, 42, 146, 40}, check_popups);
}

/* Whatever is switched, rows keep their places and so do the keys below the accents. */
static void nothing_jumps_when_something_is_switched(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * SCREENS * KEYBOARD_LAYERS * LANGUAGE_COUNT; i++) {
        struct rect box = box_on(i % SCREENS, i / SCREENS % 2);
        struct keyboard_key keys[2][KEYBOARD_KEYS_MAX];
        struct keyboard keyboard = {.kind = TYPING_NAME, .language = LANGUAGE_FR};
        keyboard.layer = (enum keyboard_layer)(i / 2 / SCREENS % KEYBOARD_LAYERS);
        int count = keyboard_layout(&keyboard, box, keys[0]);
        keyboard.language = (enum language)(i / 2 / SCREENS / KEYBOARD_LAYERS);
        assert_int_equal(keyboard_layout(&keyboard, box, keys[1]), count);
        for (int k = 0; k < count; k++)
            assert_memory_equal(&keys[0][k].hit, &keys[1][k].hit, sizeof keys[0][k].hit);
        keyboard.layer = KEYBOARD_LAYER_LETTERS;
        keyboard.arrangement = KEYBOARD_QWERTY;
        int other = keyboard_layout(&keyboard, box, keys[1]);
        assert_true(keys[0][count - 1].hit.y == keys[1][other - 1].hit.y);
        assert_true(fabs(keys[0][count / 2].hit.h - keys[1][other / 2].hit.h) < 0.02);
    }
}

static void the_least_height_is_enough_and_less_is_not(void **state)
{
    (void)state;
    for (int i = 0; i < TYPING_KINDS * 2; i++) {
        struct keyboard keyboard = {.kind = (enum typing_kind)(i / 2)};
        struct keyboard_key keys[KEYBOARD_KEYS_MAX];
        struct rect box = {0, 0, i % 2 ? 79 : 146, 0};
        struct least least = least_of(keyboard.kind, box);
        struct keyboard_size size = keyboard_size(keyboard.kind, box.w);
        assert_true(size.best > size.least);
        box.h = size.least;
        int count = keyboard_layout(&keyboard, box, keys);
        assert_null(size_fault(keys, count, least));
        box.h = size.least - 1;
        count = keyboard_layout(&keyboard, box, keys);
        assert_non_null(size_fault(keys, count, least));
    }
    assert_true(keyboard_size(TYPING_NAME, 146).least <= 46);
    assert_true(keyboard_size(TYPING_NAME, 79).least <= 80);
    assert_true(keyboard_size(TYPING_PIN, 146).least <= 46);
    assert_true(keyboard_size(TYPING_CODE, 79).least <= 80);
}

/* The control: each fault is found when it is put in. */
static void a_damaged_keyboard_is_found_out(void **state)
{
    const struct rect box = {4, 31, 146, 55};
    struct keyboard keyboard = {.kind = TYPING_NAME};
    struct keyboard_key whole[KEYBOARD_KEYS_MAX], keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(&keyboard, box, whole);
    (void)state;
    chance = random_for_test("damage");
    for (int i = 0; i < count; i++) {
        memcpy(keys, whole, sizeof keys);
        keys[i].hit.w -= 1.0 / 64;
        assert_non_null(tiling_fault(keys, count, box, &chance));
        keys[i].hit.w += 2.0 / 64;
        assert_non_null(tiling_fault(keys, count, box, &chance));
        keys[i].hit.w = 12.9;
        assert_non_null(size_fault(keys, count, (struct least){13, 9}));
        memcpy(keys, whole, sizeof keys);
        keys[i].label[0] = 0;
        assert_non_null(label_fault(keys, count));
        keys[i] = keys[count - 1];
        assert_true(i == count - 1 || tiling_fault(keys, count, box, &chance));
    }
    assert_non_null(tiling_fault(whole + 1, count - 1, box, &chance));
    assert_null(tiling_fault(whole, count, box, &chance));
    assert_null(size_fault(whole, count, (struct least){13, 9}));
    assert_null(label_fault(whole, count));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_is_too_small_on_any_screen),
        cmocka_unit_test(the_touched_areas_tile_any_box),
        cmocka_unit_test(a_finger_on_a_box_of_any_size_finds_a_key),
        cmocka_unit_test(the_nearest_key_is_found_a_hair_beside_and_none_far_off),
        cmocka_unit_test(every_key_says_what_it_does),
        cmocka_unit_test(a_pressed_letter_is_shown_large_inside_the_keyboard),
        cmocka_unit_test(nothing_jumps_when_something_is_switched),
        cmocka_unit_test(the_least_height_is_enough_and_less_is_not),
        cmocka_unit_test(a_damaged_keyboard_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
