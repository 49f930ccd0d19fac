#include "firmware/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_character_is_one_to_four_bytes_long(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        uint32_t point;
    } rows[] = {{"A", 1, 'A'},
                {"é", 2, 0xE9},
                {"ễ", 3, 0x1EC5},
                {"😀", 4, 0x1F600},
                {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
                {"\xEF\xBF\xBD", 3, 0xFFFD}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t point = 0;
        assert_int_equal(utf8_step(rows[i].text, strlen(rows[i].text), &point), rows[i].length);
        assert_int_equal(point, rows[i].point);
    }
}

static void damaged_characters_are_none(void **state)
{
    static const char *const rows[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC3",
        "\xC3(",
        "\xE2\x82",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x9F\x98",
        "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80",
        "\xFE",
        "\xFF",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t point = 7;
        assert_int_equal(utf8_step(rows[i], strlen(rows[i]), &point), 0);
        assert_int_equal(point, 7);
        assert_false(utf8_is_valid(rows[i], strlen(rows[i])));
    }
    assert_int_equal(utf8_step("A", 0, &(uint32_t){0}), 0);
}

static void what_is_put_is_stepped_over_again(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        char bytes[UTF8_MAX];
        uint32_t back = 0;
        size_t length = utf8_put(point, bytes);
        bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (utf8_step(bytes, length, &back) != length || back != (is_surrogate ? 0xFFFD : point))
            fail_msg("U+%04X", point);
    }
}

static void a_clean_text_loses_the_spaces_around_it(void **state)
{
    char text[8];
    (void)state;
    assert_int_equal(utf8_clean(" \t\xC2\xA0Zoé \r\n", text, sizeof text), RC_OK);
    assert_string_equal(text, "Zoé");
    assert_int_equal(utf8_clean("\xE2\x80\xAA+32\xE2\x80\xAC\xEF\xBB\xBF", text, sizeof text),
                     RC_OK);
    assert_string_equal(text, "+32");
    assert_int_equal(utf8_clean("  ", text, sizeof text), RC_OK);
    assert_string_equal(text, "");
    assert_int_equal(utf8_clean("a b c d", text, sizeof text), RC_OK);
    assert_string_equal(text, "a b c d");
}

static void an_unclean_text_is_refused_and_nothing_written(void **state)
{
    static const char *const rows[] = {"Zo\xE9",
                                       "Zo\x01"
                                       "e",
                                       "a\tb",
                                       "a\nb",
                                       "a\x7F",
                                       "a\xC2\x85"
                                       "b",
                                       "a\xE2\x80\xAE"
                                       "b"};
    char text[8] = "before";
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_clean(rows[i], text, sizeof text), RC_BAD_INPUT);
    assert_int_equal(utf8_clean("12345678", text, sizeof text), RC_LIMIT);
    assert_string_equal(text, "before");
}

static void a_cut_falls_between_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_cut("aéb", 9), 4);
    assert_int_equal(utf8_cut("aéb", 3), 3);
    assert_int_equal(utf8_cut("aéb", 2), 1);
    assert_int_equal(utf8_cut("ễ", 2), 0);
    assert_int_equal(utf8_cut("", 0), 0);
}

static void names_are_compared_without_case_and_accents(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"Zoé", "zoe"},
        {"Çiğdem", "cigdem"},
        {"Łukasz", "lukasz"},
        {"Đorđe", "dorde"},
        {"Nguyễn", "nguyen"},
        {"Şahin", "sahin"},
        {"Søren", "soren"},
        {"Müller-Görtz", "muller-gortz"},
        {"STRASSE Straße", "strasse strasse"},
        {"Œuvre cœur", "oeuvre coeur"},
        {"Ægir", "aegir"},
        {"İstanbul ısı", "istanbul isi"},
        {"D’Hondt", "d'hondt"},
        {"Zoe\xCC\x81", "zoe"},
        {"a\xC2\xA0–b", "a -b"},
        {"Ömer ÅÄÖ åäö", "omer aao aao"},
        {"Ивана ЁЖ", "ивана ёж"},
        {"ΣΟΦΙΑ", "σοφια"},
        {"李", "李"},
        {"a\xFF"
         "b",
         "ab"},
    };
    char folded[64];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(utf8_fold(rows[i].text, folded, sizeof folded), strlen(rows[i].folded));
        assert_string_equal(folded, rows[i].folded);
    }
}

static void what_cannot_be_shown_becomes_a_question_mark(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"L\xE2\x80\x99"
         "Épi commun",
         "L\xE2\x80\x99"
         "Épi commun"},
        {"a\x1B[31m\nb\x7F", "a?[31m?b?"},
        {"\xE9t\xC3\xA9", "?té"},
        {"x\xE2\x82", "x??"},
        {"\xE2\x80\xAEvsc.\xC2\x85", "?vsc.?"},
    };
    char text[64];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        strcpy(text, rows[i][0]);
        utf8_defuse(text);
        assert_string_equal(text, rows[i][1]);
    }
}

static void a_folded_text_is_cut_between_characters(void **state)
{
    char folded[4];
    (void)state;
    assert_int_equal(utf8_fold("ab李", folded, sizeof folded), 2);
    assert_string_equal(folded, "ab");
    assert_int_equal(utf8_fold("abß", folded, sizeof folded), 2);
    assert_int_equal(utf8_fold("abcdef", folded, sizeof folded), 3);
}

static void every_latin_letter_with_an_accent_becomes_plain(void **state)
{
    (void)state;
    for (uint32_t point = 0xC0; point <= 0x17F; point++) {
        char text[UTF8_MAX + 1] = "", folded[8];
        text[utf8_put(point, text)] = 0;
        utf8_fold(text, folded, sizeof folded);
        if (point != 0xD7 && point != 0xF7)
            assert_true(folded[0] >= 'a' && folded[0] <= 'z');
    }
}

static void capitals_know_the_letters_of_europe(void **state)
{
    (void)state;
    assert_int_equal(utf8_upper('a'), 'A');
    assert_int_equal(utf8_upper(0xE9), 0xC9);
    assert_int_equal(utf8_upper(0xF7), 0xF7);
    assert_int_equal(utf8_upper(0xFF), 0x178);
    assert_int_equal(utf8_upper(0x15F), 0x15E);
    assert_int_equal(utf8_upper(0x15E), 0x15E);
    assert_int_equal(utf8_upper(0x142), 0x141);
    assert_int_equal(utf8_upper(0x1EC5), 0x1EC4);
    assert_int_equal(utf8_upper(0x436), 0x416);
    assert_int_equal(utf8_upper(0x3B1), 0x391);
    assert_int_equal(utf8_upper('3'), '3');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_is_one_to_four_bytes_long),
        cmocka_unit_test(damaged_characters_are_none),
        cmocka_unit_test(what_is_put_is_stepped_over_again),
        cmocka_unit_test(a_clean_text_loses_the_spaces_around_it),
        cmocka_unit_test(an_unclean_text_is_refused_and_nothing_written),
        cmocka_unit_test(a_cut_falls_between_characters),
        cmocka_unit_test(names_are_compared_without_case_and_accents),
        cmocka_unit_test(what_cannot_be_shown_becomes_a_question_mark),
        cmocka_unit_test(a_folded_text_is_cut_between_characters),
        cmocka_unit_test(every_latin_letter_with_an_accent_becomes_plain),
        cmocka_unit_test(capitals_know_the_letters_of_europe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
