/*
 * words.h - what the screen says, in the language of whom it says it to.
 *
 * The one home of gettext. Locales are our own (built into a folder named at words_init), one per
 * language and per call, so two people can be greeted side by side in two languages and nothing
 * depends on how the system is set up. The source texts are English; app/share/po has the others.
 * The loop's thread only.
 */
#ifndef APP_UI_WORDS_H
#define APP_UI_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "app/domain/language.h"
#include "firmware/base/rc.h"

/*
 * Before any other call, and before threads start. RC_NOT_FOUND when the folder lacks a locale;
 * everything is English then.
 */
enum rc words_init(const char *locale_dir) MUST_CHECK;

/* The text in that language; good until the process ends. */
const char *words(enum language language, const char *text);

/* The form for that number ("one person", "%d people"). */
const char *words_plural(enum language language, const char *one, const char *many, int number);

/* For translators' tools: marks a text in a table that words() gets later. */
#define WORDS_MARK(text) text

/* "13 h 52", "13:52": local time of day. Returns out_text. */
const char *words_time(enum language language, int64_t utc_ms, char *out_text, size_t size);

/* "mardi", "dinsdag", "Tuesday": the local day of the week. */
const char *words_weekday(enum language language, int64_t utc_ms);

/* "3 h 12", "12 min". */
const char *words_duration(enum language language, int64_t seconds, char *out_text, size_t size);

#endif
