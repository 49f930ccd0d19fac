/*
 * words.h - what Perron says, in the language of whom it talks to.
 *
 * The source is English; app/share/po translates it. Two people are greeted side by side in two
 * languages, so the language is an argument and never the process's: each call answers in a
 * locale of our own (fr_BE, nl_BE, en_GB, made by scripts/locales.sh), whatever LANG, LC_ALL or
 * LANGUAGE say. Without those locales everything is said in English. Texts returned live as long
 * as the process. words_init and words_finish belong to one thread, before and after all others;
 * the rest may be called from any.
 */
#ifndef APP_UI_WORDS_H
#define APP_UI_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "app/domain/language.h"
#include "firmware/base/rc.h"

/* Marks a text in a table for translation; xgettext reads it. */
#define WORDS_MARK(text) text

/*
 * `locale_dir` holds the three locales and the catalogues. RC_NOT_FOUND when it has not got all
 * of them: whatever is missing is said in English. Takes LANGUAGE out of the environment, since
 * gettext would prefer it. May be called again with another folder.
 */
enum rc words_init(const char *locale_dir) MUST_CHECK;
void words_finish(void);

/* The text in that language, the English one where there is no translation. */
const char *words(enum language language, const char *text) __attribute__((format_arg(2)));

/* Who translates by it, for whom words.h is too far up. */
struct tongue words_tongue(enum language language);

/* A sentence that was kept with what stands in it. Returns `out_text`. */
const char *words_reason(enum language language, const struct reason *reason, char *out_text,
                         size_t size);

/* The same for where it stands alone: with a full stop, if it ended without. */
const char *words_sentence(enum language language, const struct reason *reason, char *out_text,
                           size_t size);

/* The text by number ("%d person", "%d people"). */
const char *words_plural(enum language language, const char *one, const char *many, int number)
    __attribute__((format_arg(2), format_arg(3)));

/* Writes the translation of a printf format, cut at `size`. Returns `out_text`. */
const char *words_format(char *out_text, size_t size, const char *translated, ...)
    PRINTF_LIKE(3, 4);

/* "13 h 52", "13:52": the station's local time. */
const char *words_time(enum language language, int64_t wall_ms, char *out_text, size_t size);

/* The same as plans have it, "16 h", "16:00": in French full hours have no minutes. */
const char *words_hour(enum language language, int64_t wall_ms, char *out_text, size_t size);

/*
 * Day and hour, as somebody says it at `now_ms`: "today 16:00", "tomorrow 9:00", "Friday 14:00",
 * "12 November 14:00". 0: nobody knows what day it is, and none is called today.
 */
const char *words_when(enum language language, int64_t wall_ms, int64_t now_ms, char *out_text,
                       size_t size);

/* "3 h 12", "3 u 12", "25 min". Negative lengths are 0. */
const char *words_duration(enum language language, int64_t seconds, char *out_text, size_t size);

/* The same for what is intended: "8 h" where the hours are full. */
const char *words_hours(enum language language, int64_t seconds, char *out_text, size_t size);

/*
 * The same for a text that ends with somebody's name, which may be "": then also without the comma
 * and the space before it.
 */
const char *words_greet(char *out_text, size_t size, const char *translated, const char *name);

/* "mar.", "di", "Tue". */
const char *words_weekday_short(enum language language, int64_t wall_ms, char *out_text,
                                size_t size);

/* "mardi", "dinsdag", "Tuesday"; and "12 novembre". */
const char *words_weekday(enum language language, int64_t wall_ms, char *out_text, size_t size);
const char *words_date(enum language language, int64_t wall_ms, char *out_text, size_t size);

/* "novembre" */
const char *words_month(enum language language, int64_t wall_ms, char *out_text, size_t size);

/* "2026" */
const char *words_year(enum language language, int64_t wall_ms, char *out_text, size_t size);

#define WORDS_TIME_SIZE 64

#endif
