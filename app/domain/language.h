/*
 * language.h - the languages Perron speaks. Pure.
 */
#ifndef APP_DOMAIN_LANGUAGE_H
#define APP_DOMAIN_LANGUAGE_H

#include "firmware/base/rc.h"

enum language { LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_EN, LANGUAGE_COUNT };

/* "fr", "nl", "en". */
const char *language_code(enum language language);

/* The language in its own words: "Français", "Nederlands", "English". */
const char *language_own_name(enum language language);

/* The language where there is room for two letters: "FR", "NL", "EN". */
const char *language_short_name(enum language language);

/*
 * Reads "fr", "FR", "fr_BE", "nl-BE", "français", "Nederlands", "anglais", ...; anything else is
 * RC_BAD_INPUT.
 */
enum rc language_parse(const char *text, enum language *out_language) MUST_CHECK;

#endif
