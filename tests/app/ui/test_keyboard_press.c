#include "app/ui/keyboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/typist.h"

static void type_all(struct typist *typist, const char *text)
{
    const char *left = typist_type(typist, text);
    if (*left)
        fail_msg("no way to type the rest of \"%s\": \"%s\"", text, left);
}

static void expect_text(const struct typist *typist, const char *text)
{
    assert_string_equal(typist->typing.text, text);
}

/* --- names --- */

#define ZOE "Zoë D'Hondt-Müller"

static void a_name_is_typed_key_by_key_on_every_board(void **state)
{
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_NAME, i);
        type_all(&typist, ZOE);
        expect_text(&typist, ZOE);
        /* All capitals came by themselves; ü may stand on a page behind. */
        assert_in_range(typist.presses, 18, 19);
    }
}

static void nothing_is_lost_when_language_and_arrangement_change_in_the_middle(void **state)
{
    static const enum keyboard_layer layers[] = {KEYBOARD_LAYER_SYMBOLS, KEYBOARD_LAYER_A_TO_N,
                                                 KEYBOARD_LAYER_O_TO_Z};
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_NAME, i);
        const char *rest = ZOE;
        char piece[8];
        for (size_t step; (step = typist_next(rest, piece)) > 0; rest += step) {
            assert_true(typist_find(&typist, piece));
            assert_memory_equal(typist.typing.text, ZOE, (size_t)(rest + step - ZOE));
            typist.keyboard.language =
                (enum language)((typist.keyboard.language + 1) % LANGUAGE_COUNT);
            typist_touch_act(&typist, KEYBOARD_ACT_ARRANGE);
            typist_touch_layer(&typist, layers[(rest - ZOE) % 3]);
            typist.box = typist.box.w < 100 ? typist_wide : typist_narrow;
            assert_int_equal(strlen(typist.typing.text), (size_t)(rest + step - ZOE));
        }
        expect_text(&typist, ZOE);
    }
}

static void every_letter_of_either_case_is_on_every_board(void **state)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_TEXT, i);
        type_all(&typist, letters);
        expect_text(&typist, letters);
        assert_int_equal(typist.keyboard.layer, KEYBOARD_LAYER_LETTERS);
    }
}

static void names_from_elsewhere_need_one_key_more_for_a_letter(void **state)
{
    static const char *const letters[] = {
        "ü", "ø", "ñ", "ß", "č", "ł", "ş", "ș", "ț", "ğ", "ı", "ě", "ř", "ő", "ű", "ż",
        "ź", "ą", "ę", "ã", "õ", "å", "æ", "œ", "đ", "ć", "ň", "ů", "ÿ", "î", "ý", "ò",
        "Ü", "Ø", "Ñ", "Č", "Ł", "Ş", "Ș", "İ", "Ř", "Ż", "Å", "Æ", "Œ", "Ÿ", "Ž", "Đ",
    };
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS * 48; i++) {
        struct typist typist = typist_at(TYPING_NAME, i / 48);
        const char *letter = letters[i % 48];
        bool is_capital = i % 48 >= 32;
        if (!is_capital)
            type_all(&typist, "X");
        typist.presses = 0;
        type_all(&typist, letter);
        assert_string_equal(typist.typing.text + !is_capital, letter);
        assert_in_range(typist.presses, 1, 2);
        assert_int_equal(typist.keyboard.layer, KEYBOARD_LAYER_LETTERS);
    }
}

/* --- accents --- */

static void each_language_has_its_accents_in_sight(void **state)
{
    static const struct {
        enum language language;
        enum typing_kind kind;
        const char *row;
    } rows[] = {
        {LANGUAGE_FR, TYPING_TEXT, "éàùèçêëâïôû"}, {LANGUAGE_FR, TYPING_NAME, "éàùèçêëâïôî"},
        {LANGUAGE_NL, TYPING_TEXT, "ëéïöüè"},      {LANGUAGE_NL, TYPING_NAME, "ëéïöüè"},
        {LANGUAGE_EN, TYPING_TEXT, "éèëöüç"},      {LANGUAGE_EN, TYPING_NAME, "éèëöüç"},
    };
    (void)state;
    for (int i = 0; i < 6 * 4; i++) {
        struct typist typist = typist_at(rows[i / 4].kind, i % 4 + 4 * (int)rows[i / 4].language);
        struct keyboard_key keys[KEYBOARD_KEYS_MAX];
        const char *rest = rows[i / 4].row;
        char piece[8];
        typist.keyboard.shift = KEYBOARD_SHIFT_OFF;
        keyboard_layout(&typist.keyboard, typist.box, keys);
        for (int k = 0; typist_next(rest, piece) > 0; rest += strlen(piece), k++) {
            assert_string_equal(keys[k].types, piece);
            assert_true(typist_touch_text(&typist, piece));
            typist.keyboard.shift = KEYBOARD_SHIFT_OFF;
        }
        expect_text(&typist, rows[i / 4].row);
    }
}

/* --- passwords, addresses, digits, codes --- */

static void all_of_ascii_can_be_typed(void **state)
{
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_TEXT, i);
        char all[96] = "";
        for (int c = ' '; c <= '~'; c++)
            all[c - ' '] = (char)c;
        type_all(&typist, all);
        expect_text(&typist, all);
    }
}

static void an_address_is_typed_without_leaving_its_board(void **state)
{
    static const char *const endings[] = {".be", ".com", ".fr", ".org"};
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_EMAIL, i);
        char text[64];
        type_all(&typist, "ada_l.9+coop@mail-1");
        assert_true(typist_touch_text(&typist, endings[i % 4]));
        assert_int_equal(typist.presses, 20);
        snprintf(text, sizeof text, "ada_l.9+coop@mail-1%s", endings[i % 4]);
        expect_text(&typist, text);
        assert_false(typist_touch_text(&typist, "é") || typist_touch_text(&typist, " ") ||
                     typist_touch_act(&typist, KEYBOARD_ACT_SHIFT));
        type_all(&typist, "abcdefghijklmnopqrstuvwxyz0123456789");
    }
}

static void a_pad_has_ten_digits_and_a_code_its_twenty_letters(void **state)
{
    static const struct {
        enum typing_kind kind;
        const char *all;
    } rows[] = {{TYPING_DIGITS, "0123456789"},
                {TYPING_PIN, "0123456789"},
                {TYPING_CODE, TYPING_CODE_LETTERS}};
    (void)state;
    for (int i = 0; i < 3 * TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(rows[i % 3].kind, i / 3);
        struct keyboard_key keys[KEYBOARD_KEYS_MAX];
        int count = keyboard_layout(&typist.keyboard, typist.box, keys);
        type_all(&typist, rows[i % 3].all);
        expect_text(&typist, rows[i % 3].all);
        /* And nothing else but delete and done. */
        assert_int_equal(count, strlen(rows[i % 3].all) + 2);
        assert_int_equal(typist.presses, count - 2);
        assert_true(typist_touch_act(&typist, KEYBOARD_ACT_DELETE));
        assert_int_equal(strlen(typist.typing.text), count - 3);
    }
}

/* --- shift and layers --- */

static void shift_falls_back_after_a_letter_and_locks_when_pressed_twice(void **state)
{
    struct typist typist = typist_at(TYPING_TEXT, 0);
    (void)state;
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_AUTOMATIC);
    type_all(&typist, "Ab");
    assert_int_equal(typist.presses, 2);
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_SHIFT));
    assert_true(typist_touch_text(&typist, "-"));
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_ONCE);
    assert_true(typist_touch_text(&typist, "É"));
    assert_true(typist_touch_text(&typist, "e"));
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_SHIFT) &&
                typist_touch_act(&typist, KEYBOARD_ACT_SHIFT));
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_LOCKED);
    assert_true(typist_touch_text(&typist, "C") && typist_touch_text(&typist, "D"));
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_DELETE) && typist_touch_text(&typist, "E"));
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_SHIFT) && typist_touch_text(&typist, "f"));
    expect_text(&typist, "Ab-ÉeCEf");
}

static void a_capital_that_came_by_itself_is_turned_off_by_one_press(void **state)
{
    struct typist typist = typist_at(TYPING_NAME, 0);
    (void)state;
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_SHIFT));
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_OFF);
    assert_true(typist_touch_text(&typist, "d") && typist_touch_text(&typist, "e") &&
                typist_touch_text(&typist, " "));
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_AUTOMATIC);
    assert_true(typist_touch_act(&typist, KEYBOARD_ACT_DELETE));
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_OFF);
    assert_true(typist_touch_text(&typist, " ") && typist_touch_text(&typist, "R"));
    expect_text(&typist, "de R");
}

static void shift_shows_what_it_is(void **state)
{
    static const char *const labels[] = {"⇧", "⇧", "⇧", "⇪"};
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct typist typist = typist_at(TYPING_NAME, 1);
        struct keyboard_key keys[KEYBOARD_KEYS_MAX];
        typist.keyboard.shift = (enum keyboard_shift)i;
        int count = keyboard_layout(&typist.keyboard, typist.box, keys), k = 0;
        while (k < count && keys[k].act != KEYBOARD_ACT_SHIFT)
            k++;
        assert_string_equal(keys[k].label, labels[i]);
        assert_int_equal(keys[k].is_lit, i != KEYBOARD_SHIFT_OFF);
        assert_string_equal(keys[12].types, i ? "A" : "a");
    }
}

static void a_page_is_left_where_it_was_entered(void **state)
{
    static const enum keyboard_layer pages[] = {KEYBOARD_LAYER_SYMBOLS, KEYBOARD_LAYER_A_TO_N,
                                                KEYBOARD_LAYER_O_TO_Z};
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct typist typist = typist_at(TYPING_NAME, i % 2);
        struct keyboard_key keys[KEYBOARD_KEYS_MAX];
        int count = keyboard_layout(&typist.keyboard, typist.box, keys), k = 0;
        while (k < count && (keys[k].act != KEYBOARD_ACT_LAYER || keys[k].layer != pages[i / 2]))
            k++;
        struct rect was = keys[k].hit;
        assert_int_equal(keyboard_press(&typist.keyboard, &keys[k], &typist.typing),
                         KEYBOARD_TURNED);
        assert_int_equal(typist.keyboard.layer, pages[i / 2]);
        count = keyboard_layout(&typist.keyboard, typist.box, keys);
        k = keyboard_key_at(keys, count, was.x + was.w / 2, was.y + was.h / 2);
        keyboard_press(&typist.keyboard, &keys[k], &typist.typing);
        assert_int_equal(typist.keyboard.layer, KEYBOARD_LAYER_LETTERS);
    }
}

static void digits_stay_in_sight_until_somebody_leaves_them(void **state)
{
    struct typist typist = typist_at(TYPING_TEXT, 0);
    (void)state;
    type_all(&typist, "12 %3");
    assert_int_equal(typist.presses, 6);
    assert_int_equal(typist.keyboard.layer, KEYBOARD_LAYER_SYMBOLS);
}

/* --- what a press says it did --- */

static void a_press_that_changes_nothing_says_why(void **state)
{
    struct typist typist = typist_at(TYPING_NAME, 0);
    const struct keyboard_key delete = {.act = KEYBOARD_ACT_DELETE};
    const struct keyboard_key done = {.act = KEYBOARD_ACT_DONE};
    const struct keyboard_key space = {.act = KEYBOARD_ACT_SPACE, .types = " "};
    (void)state;
    assert_int_equal(keyboard_press(&typist.keyboard, &delete, &typist.typing), KEYBOARD_NOTHING);
    assert_int_equal(keyboard_press(&typist.keyboard, &space, &typist.typing), KEYBOARD_REFUSED);
    typist.typing.limit = 2;
    type_all(&typist, "Ad");
    struct keyboard before = typist.keyboard;
    const struct keyboard_key a = {.act = KEYBOARD_ACT_TYPE, .types = "a"};
    assert_int_equal(keyboard_press(&typist.keyboard, &a, &typist.typing), KEYBOARD_FULL);
    assert_memory_equal(&typist.keyboard, &before, sizeof before);
    expect_text(&typist, "Ad");
    assert_int_equal(keyboard_press(&typist.keyboard, &done, &typist.typing), KEYBOARD_DONE);
    assert_int_equal(keyboard_press(&typist.keyboard, &delete, &typist.typing), KEYBOARD_TYPED);
    expect_text(&typist, "A");
}

static void a_keyboard_plugged_in_types_what_it_says_within_the_same_limits(void **state)
{
    struct typist typist = typist_at(TYPING_NAME, 0);
    (void)state;
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, "de"), KEYBOARD_TYPED);
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_OFF);
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, " "), KEYBOARD_TYPED);
    assert_int_equal(typist.keyboard.shift, KEYBOARD_SHIFT_AUTOMATIC);
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, "\x1b"),
                     KEYBOARD_REFUSED);
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, "\xff"),
                     KEYBOARD_REFUSED);
    typist.typing.limit = 5;
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, "Rid"), KEYBOARD_FULL);
    assert_int_equal(keyboard_type_text(&typist.keyboard, &typist.typing, "Ri"), KEYBOARD_TYPED);
    expect_text(&typist, "de Ri");
}

/* The control: the finger above does not find what is not there. */
static void what_no_board_has_is_not_typed(void **state)
{
    (void)state;
    for (int i = 0; i < TYPIST_VARIANTS; i++) {
        struct typist typist = typist_at(TYPING_NAME, i);
        assert_false(typist_find(&typist, "ж"));
        assert_false(typist_find(&typist, "ab"));
        typist = typist_at(TYPING_CODE, i);
        assert_false(typist_find(&typist, "A"));
        expect_text(&typist, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_typed_key_by_key_on_every_board),
        cmocka_unit_test(nothing_is_lost_when_language_and_arrangement_change_in_the_middle),
        cmocka_unit_test(every_letter_of_either_case_is_on_every_board),
        cmocka_unit_test(names_from_elsewhere_need_one_key_more_for_a_letter),
        cmocka_unit_test(each_language_has_its_accents_in_sight),
        cmocka_unit_test(all_of_ascii_can_be_typed),
        cmocka_unit_test(an_address_is_typed_without_leaving_its_board),
        cmocka_unit_test(a_pad_has_ten_digits_and_a_code_its_twenty_letters),
        cmocka_unit_test(shift_falls_back_after_a_letter_and_locks_when_pressed_twice),
        cmocka_unit_test(a_capital_that_came_by_itself_is_turned_off_by_one_press),
        cmocka_unit_test(shift_shows_what_it_is),
        cmocka_unit_test(a_page_is_left_where_it_was_entered),
        cmocka_unit_test(digits_stay_in_sight_until_somebody_leaves_them),
        cmocka_unit_test(a_press_that_changes_nothing_says_why),
        cmocka_unit_test(a_keyboard_plugged_in_types_what_it_says_within_the_same_limits),
        cmocka_unit_test(what_no_board_has_is_not_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
