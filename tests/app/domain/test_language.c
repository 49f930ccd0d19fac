#include "app/domain/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_language_is_known_by_its_code_and_its_own_name(void **state)
{
    (void)state;
    assert_string_equal(language_code(LANGUAGE_FR), "fr");
    assert_string_equal(language_code(LANGUAGE_NL), "nl");
    assert_string_equal(language_code(LANGUAGE_EN), "en");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language = LANGUAGE_COUNT;
        assert_int_equal(language_parse(language_code(i), &language), RC_OK);
        assert_int_equal(language, i);
        assert_int_equal(language_parse(language_own_name(i), &language), RC_OK);
        assert_int_equal(language, i);
    }
}

static void lists_may_write_it_as_they_do(void **state)
{
    static const struct {
        const char *text;
        enum language language;
    } rows[] = {
        {"FR", LANGUAGE_FR},
        {"fr_BE", LANGUAGE_FR},
        {"fr-FR", LANGUAGE_FR},
        {"Français", LANGUAGE_FR},
        {"FRANCAIS", LANGUAGE_FR},
        {"Frans", LANGUAGE_FR},
        {"nl_BE.UTF-8", LANGUAGE_NL},
        {"Néerlandais", LANGUAGE_NL},
        {"Nederlands (België)", LANGUAGE_NL},
        {" en_GB ", LANGUAGE_EN},
        {"anglais", LANGUAGE_EN},
        {"Engels", LANGUAGE_EN},
        {"English (US)", LANGUAGE_EN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum language language = LANGUAGE_COUNT;
        assert_int_equal(language_parse(rows[i].text, &language), RC_OK);
        assert_int_equal(language, rows[i].language);
    }
}

static void anything_else_is_refused(void **state)
{
    static const char *const rows[] = {"",      " ",     "xx", "de",  "f",
                                       "frxyz", "en/fr", "1",  "fr1", "_fr"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum language language = LANGUAGE_NL;
        assert_int_equal(language_parse(rows[i], &language), RC_BAD_INPUT);
        assert_int_equal(language, LANGUAGE_NL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_language_is_known_by_its_code_and_its_own_name),
        cmocka_unit_test(lists_may_write_it_as_they_do),
        cmocka_unit_test(anything_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
