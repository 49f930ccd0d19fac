#include "app/domain/language.h"

#include <assert.h>
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "firmware/base/utf8.h"

static const struct {
    const char *code;
    const char *own_name;
    const char *short_name;
} languages[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = {"fr", "Français", "FR"},
    [LANGUAGE_NL] = {"nl", "Nederlands", "NL"},
    [LANGUAGE_EN] = {"en", "English", "EN"},
};

/* As lists write them, folded: codes of ISO 639-1 and 639-2, names in our three languages. */
static const struct {
    const char *word;
    enum language language;
} words[] = {
    {"fr", LANGUAGE_FR},          {"fra", LANGUAGE_FR},     {"fre", LANGUAGE_FR},
    {"francais", LANGUAGE_FR},    {"french", LANGUAGE_FR},  {"frans", LANGUAGE_FR},
    {"francophone", LANGUAGE_FR}, {"nl", LANGUAGE_NL},      {"nld", LANGUAGE_NL},
    {"dut", LANGUAGE_NL},         {"dutch", LANGUAGE_NL},   {"nederlands", LANGUAGE_NL},
    {"neerlandais", LANGUAGE_NL}, {"vlaams", LANGUAGE_NL},  {"flamand", LANGUAGE_NL},
    {"flemish", LANGUAGE_NL},     {"en", LANGUAGE_EN},      {"eng", LANGUAGE_EN},
    {"english", LANGUAGE_EN},     {"anglais", LANGUAGE_EN}, {"engels", LANGUAGE_EN},
};

const char *language_code(enum language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return languages[language].code;
}

const char *language_own_name(enum language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return languages[language].own_name;
}

const char *language_short_name(enum language language)
{
    assert((unsigned)language < LANGUAGE_COUNT);
    return languages[language].short_name;
}

enum rc language_parse(const char *text, enum language *out_language)
{
    char folded[64];
    utf8_fold(text, folded, sizeof folded);
    const char *word = folded + strspn(folded, " ");
    size_t length = 0;
    while (islower((unsigned char)word[length]))
        length++;
    /* "fr_BE.UTF-8", "nl-BE" and "English (US)" say more than we need. */
    if (word[length] && !strchr("_-. (@", word[length]))
        return RC_BAD_INPUT;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i].word) == length && memcmp(words[i].word, word, length) == 0) {
            *out_language = words[i].language;
            return RC_OK;
        }
    }
    return RC_BAD_INPUT;
}
