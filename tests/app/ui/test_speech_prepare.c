#include "app/ui/speech.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/utf8.h"
#include "firmware/port/speaker.h"
#include "tests/support/random.h"

#define NBSP "\u00a0"
#define NARROW "\u202f"

static char said[SPEECH_TEXT_BYTES];

struct row {
    enum language language;
    const char *written, *said;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = speech_prepare(rows[i].written, rows[i].language, said, sizeof said);
        assert_int_equal(length, strlen(said));
        if (strcmp(said, rows[i].said) != 0)
            fail_msg("'%s' became '%s', not '%s'", rows[i].written, said, rows[i].said);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void spaces_of_any_width_are_blanks_and_lines_are_sentences(void **state)
{
    static const struct row rows[] = {
        {LANGUAGE_FR, "Tu viens" NARROW "?", "Tu viens?"},
        {LANGUAGE_FR, "Dis ton nom" NBSP ": ce sera noté", "Dis ton nom: ce sera noté"},
        {LANGUAGE_FR, "  Bonjour \t Zoé  ", "Bonjour Zoé"},
        {LANGUAGE_FR, "Bonjour\nTu es là", "Bonjour. Tu es là"},
        {LANGUAGE_FR, "Bonjour !\n\nTu es là\n", "Bonjour! Tu es là."},
        {LANGUAGE_FR, "Bonjour,\nZoé", "Bonjour. Zoé"},
        {LANGUAGE_EN, "\r\n \n", ""},
        {LANGUAGE_EN, "", ""},
    };
    (void)state;
    CHECK(rows);
}

static void what_only_separates_is_a_pause_and_quotes_are_not_heard(void **state)
{
    static const struct row rows[] = {
        {LANGUAGE_FR, "Accueil · jusqu’à midi", "Accueil, jusqu'à midi"},
        {LANGUAGE_FR, "tous les bénévole·s arrivé·e·s", "tous les bénévoles arrivées"},
        {LANGUAGE_FR, "le café — offert — est là", "le café, offert, est là"},
        {LANGUAGE_FR, "Badge ici (à droite).", "Badge ici, à droite."},
        {LANGUAGE_FR, "«" NBSP "Bonjour" NBSP "»", "Bonjour"},
        {LANGUAGE_EN, "“Hello”, she said…", "Hello, she said,"},
        {LANGUAGE_EN, "well-being", "well-being"},
        {LANGUAGE_EN, "?!", ""},
        {LANGUAGE_EN, "Really?!", "Really?"},
        {LANGUAGE_EN, "→ ✓ here 🎉 now", "here now"},
        {LANGUAGE_EN, "12 € each, 100 %", "12 € each, 100 %"},
        {LANGUAGE_EN, "[[h@loU]] <b>hi</b>", "h@loU b hi /b"},
    };
    (void)state;
    CHECK(rows);
}

static void times_and_lengths_are_said_in_words_of_their_language(void **state)
{
    static const struct row rows[] = {
        {LANGUAGE_FR, "à 17" NARROW "h", "à 17 heures"},
        {LANGUAGE_FR, "17" NBSP "h" NBSP "30", "17 heures 30"},
        {LANGUAGE_FR, "17h30.", "17 heures 30."},
        {LANGUAGE_FR, "13 h 05", "13 heures 5"},
        {LANGUAGE_FR, "13 h 00", "13 heures"},
        {LANGUAGE_FR, "de 1 h à 21 h", "de une heure à vingt et une heures"},
        {LANGUAGE_FR, "3 h 12 min", "3 heures 12 minutes"},
        {LANGUAGE_FR, "21:31", "vingt et une heures trente et une"},
        {LANGUAGE_FR, "25 min", "25 minutes"},
        {LANGUAGE_FR, "2,5 h", "2,5 heures"},
        {LANGUAGE_FR, "jusqu’à 17 h, puis", "jusqu'à 17 heures, puis"},
        {LANGUAGE_FR, "21 personnes, 3 haches", "21 personnes, 3 haches"},
        {LANGUAGE_FR, "n° 5", "numéro 5"},
        {LANGUAGE_NL, "om 17:05", "om 17 uur 5"},
        {LANGUAGE_NL, "17:00", "17 uur"},
        {LANGUAGE_NL, "3 u 12", "3 uur 12"},
        {LANGUAGE_NL, "1 min", "1 minuut"},
        {LANGUAGE_NL, "25 min.", "25 minuten."},
        {LANGUAGE_EN, "17:05", "17:05"},
        {LANGUAGE_EN, "at 9:00.", "at 9 o'clock."},
        {LANGUAGE_EN, "1 h 05", "1 hour 5"},
        {LANGUAGE_EN, "3 h 12", "3 hours 12"},
        {LANGUAGE_EN, "3 hats, 5 minds", "3 hats, 5 minds"},
        {LANGUAGE_EN, "12:30:45 1.5.2", "12:30:45 1.5.2"},
        {LANGUAGE_EN, "1234567890 h", "1234567890 h"},
    };
    (void)state;
    CHECK(rows);
}

static void initials_end_no_sentence_that_goes_on(void **state)
{
    static const struct row rows[] = {
        {LANGUAGE_FR, "Zoé D. est là", "Zoé D est là"},
        {LANGUAGE_FR, "Bonjour Zoé D., bienvenue", "Bonjour Zoé D bienvenue"},
        {LANGUAGE_FR, "Bonjour Zoé D. Tu es là", "Bonjour Zoé D. Tu es là"},
        {LANGUAGE_FR, "Bonjour Zoé D.", "Bonjour Zoé D."},
        {LANGUAGE_FR, "Léa É. arrive", "Léa É arrive"},
        {LANGUAGE_EN, "A cat. it sat", "A cat. it sat"},
    };
    (void)state;
    CHECK(rows);
}

static void a_long_text_ends_with_a_whole_word_where_it_has_any(void **state)
{
    char *text = calloc(1, 20001);
    (void)state;
    for (int i = 0; i < 4000; i++)
        memcpy(text + 5 * i, "épi ", 5);
    size_t length = speech_prepare(text, LANGUAGE_FR, said, sizeof said);
    assert_int_equal(length, 500 * 5 - 1);
    assert_string_equal(said + length - 4, "épi");
    memset(text, 'a', 20000);
    assert_int_equal(speech_prepare(text, LANGUAGE_FR, said, sizeof said), SPEAKER_SAY_CHARACTERS);
    free(text);
}

static void whatever_comes_in_sound_utf8_comes_out(void **state)
{
    static const char alphabet[][8] = {"a", "Z", "é",  "·",    " ",   NARROW, ".",
                                       ",", "1", "17", "h",    "min", ":",    "\n",
                                       "(", "🎉", "’",  "\xff", "D.",  "u",    "°"};
    struct random random;
    uint64_t seed = random_seed();
    (void)state;
    print_message("PERRON_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int round = 0; round < 20000; round++) {
        char text[400] = "", small[16];
        for (uint64_t i = random_below(&random, 40); i > 0; i--)
            strcat(text, alphabet[random_below(&random, sizeof alphabet / sizeof alphabet[0])]);
        enum language language = (enum language)random_below(&random, LANGUAGE_COUNT);
        size_t length = speech_prepare(text, language, said, sizeof said);
        assert_true(length == strlen(said) && utf8_is_valid(said, length));
        assert_null(strstr(said, "  "));
        assert_true(!length || (said[0] != ' ' && said[length - 1] != ' '));
        length = speech_prepare(text, language, small, 1 + random_below(&random, sizeof small));
        assert_true(length == strlen(small) && utf8_is_valid(small, length));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_of_any_width_are_blanks_and_lines_are_sentences),
        cmocka_unit_test(what_only_separates_is_a_pause_and_quotes_are_not_heard),
        cmocka_unit_test(times_and_lengths_are_said_in_words_of_their_language),
        cmocka_unit_test(initials_end_no_sentence_that_goes_on),
        cmocka_unit_test(a_long_text_ends_with_a_whole_word_where_it_has_any),
        cmocka_unit_test(whatever_comes_in_sound_utf8_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
