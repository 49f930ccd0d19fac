#include "app/ui/words.h"

#include <assert.h>
#include <libintl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/domain/day.h"

#define WORDS_DOMAIN "perron"
#define NBSP "\u00a0" /* a space that does not break */

struct words_language {
    const char *locale_name;
    const char *time_format;
    const char *duration_format;
    const char *hour_format; /* of a full hour, as plans have it; NULL: as the time */
    const char *hours_format;
};

static const struct words_language words_table[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = {"fr_BE.UTF-8", "%d" NBSP "h" NBSP "%02d", "%d" NBSP "h" NBSP "%02d",
                     "%d" NBSP "h", "%d" NBSP "h"},
    [LANGUAGE_NL] = {"nl_BE.UTF-8", "%d:%02d", "%d" NBSP "u" NBSP "%02d", NULL, "%d" NBSP "u"},
    [LANGUAGE_EN] = {"en_GB.UTF-8", "%d:%02d", "%d" NBSP "h" NBSP "%02d", NULL, "%d" NBSP "h"},
};

static locale_t words_locales[LANGUAGE_COUNT];

/* LOCPATH is ours only while the locales load: children and other libraries keep the system's. */
static void words_load(const char *locale_dir)
{
    const char *before = getenv("LOCPATH");
    char *kept = before ? strdup(before) : NULL;

    setenv("LOCPATH", locale_dir, 1);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        words_locales[i] = newlocale(LC_ALL_MASK, words_table[i].locale_name, (locale_t)0);
    }
    if (kept) {
        setenv("LOCPATH", kept, 1);
    } else {
        unsetenv("LOCPATH");
    }
    free(kept);
}

static bool words_has_catalogue(const char *locale_dir, enum language language)
{
    char path[4096];

    if (language == LANGUAGE_EN) {
        return true;
    }
    snprintf(path, sizeof path, "%s/%.2s/LC_MESSAGES/" WORDS_DOMAIN ".mo", locale_dir,
             words_table[language].locale_name);
    FILE *file = fopen(path, "re");
    if (file) {
        fclose(file);
    }
    return file != NULL;
}

enum rc words_init(const char *locale_dir)
{
    bool is_complete = true;

    words_finish();
    unsetenv("LANGUAGE");
    words_load(locale_dir);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        is_complete &= words_locales[i] && words_has_catalogue(locale_dir, (enum language)i);
    }
    if (!bindtextdomain(WORDS_DOMAIN, locale_dir) ||
        !bind_textdomain_codeset(WORDS_DOMAIN, "UTF-8")) {
        return RC_NO_MEMORY;
    }
    return is_complete ? RC_OK : RC_NOT_FOUND;
}

void words_finish(void)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (words_locales[i]) {
            freelocale(words_locales[i]);
            words_locales[i] = (locale_t)0;
        }
    }
}

const char *words(enum language language, const char *text)
{
    assert(language < LANGUAGE_COUNT);
    if (!words_locales[language]) {
        return text;
    }
    locale_t before = uselocale(words_locales[language]);
    const char *said = dgettext(WORDS_DOMAIN, text);
    uselocale(before);
    return said;
}

static const char *words_say(int language, const char *text)
{
    return words((enum language)language, text);
}

struct tongue words_tongue(enum language language)
{
    return (struct tongue){words_say, (int)language};
}

const char *words_reason(enum language language, const struct reason *reason, char *out_text,
                         size_t size)
{
    return reason_say(reason, words_tongue(language), out_text, size);
}

const char *words_sentence(enum language language, const struct reason *reason, char *out_text,
                           size_t size)
{
    words_reason(language, reason, out_text, size);
    size_t length = strlen(out_text);
    bool is_ended = !length || strchr(".!?", out_text[length - 1]);
    if (!is_ended && length + 1 < size)
        memcpy(out_text + length, ".", 2);
    return out_text;
}

const char *words_plural(enum language language, const char *one, const char *many, int number)
{
    assert(language < LANGUAGE_COUNT);
    if (!words_locales[language]) {
        return number == 1 ? one : many;
    }
    locale_t before = uselocale(words_locales[language]);
    const char *said = dngettext(WORDS_DOMAIN, one, many, (unsigned long)(number < 0 ? 0 : number));
    uselocale(before);
    return said;
}

const char *words_format(char *out_text, size_t size, const char *translated, ...)
{
    va_list arguments;

    va_start(arguments, translated);
    vsnprintf(out_text, size, translated, arguments);
    va_end(arguments);
    return out_text;
}

const char *words_greet(char *out_text, size_t size, const char *translated, const char *name)
{
    words_format(out_text, size, translated, name);
    size_t length = strlen(out_text);
    while (!name[0] && length && strchr(" ,", out_text[length - 1]))
        out_text[--length] = '\0';
    return out_text;
}

static struct tm words_local(int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000 - (wall_ms % 1000 < 0));
    struct tm local = {0};

    localtime_r(&seconds, &local);
    return local;
}

const char *words_time(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    struct tm local = words_local(wall_ms);

    assert(language < LANGUAGE_COUNT);
    snprintf(out_text, size, words_table[language].time_format, local.tm_hour, local.tm_min);
    return out_text;
}

const char *words_hour(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    struct tm local = words_local(wall_ms);

    assert(language < LANGUAGE_COUNT);
    if (local.tm_min || !words_table[language].hour_format) {
        return words_time(language, wall_ms, out_text, size);
    }
    snprintf(out_text, size, words_table[language].hour_format, local.tm_hour);
    return out_text;
}

const char *words_duration(enum language language, int64_t seconds, char *out_text, size_t size)
{
    int64_t minutes = seconds > 0 ? seconds / 60 : 0;

    assert(language < LANGUAGE_COUNT);
    if (minutes < 60) {
        snprintf(out_text, size, "%d" NBSP "min", (int)minutes);
    } else {
        snprintf(out_text, size, words_table[language].duration_format, (int)(minutes / 60),
                 (int)(minutes % 60));
    }
    return out_text;
}

static const char *words_strftime(enum language language, const char *format, int64_t wall_ms,
                                  char *out_text, size_t size)
{
    struct tm local = words_local(wall_ms);
    size_t length = 0;

    assert(language < LANGUAGE_COUNT && size > 0);
    if (words_locales[language]) {
        length = strftime_l(out_text, size, format, &local, words_locales[language]);
    } else {
        length = strftime(out_text, size, format, &local);
    }
    out_text[length] = '\0';
    return out_text;
}

const char *words_weekday(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    return words_strftime(language, "%A", wall_ms, out_text, size);
}

const char *words_weekday_short(enum language language, int64_t wall_ms, char *out_text,
                                size_t size)
{
    return words_strftime(language, "%a", wall_ms, out_text, size);
}

const char *words_date(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    return words_strftime(language, "%-d %B", wall_ms, out_text, size);
}

const char *words_hours(enum language language, int64_t seconds, char *out_text, size_t size)
{
    assert(language < LANGUAGE_COUNT);
    if (seconds < 3600 || seconds / 60 % 60) {
        return words_duration(language, seconds, out_text, size);
    }
    snprintf(out_text, size, words_table[language].hours_format, (int)(seconds / 3600));
    return out_text;
}

/* Days from one moment to another, as dates: 0 today, 1 tomorrow; more than a week counts as 8. */
static int words_days_until(int64_t wall_ms, int64_t now_ms)
{
    int days = 0, number = day_number(wall_ms, 0);

    for (int64_t at_ms = now_ms; days < 8 && day_number(at_ms, 0) < number; days++) {
        at_ms = day_end_after(at_ms, 0);
    }
    return days;
}

const char *words_when(enum language language, int64_t wall_ms, int64_t now_ms, char *out_text,
                       size_t size)
{
    char hour[WORDS_TIME_SIZE], day[WORDS_TIME_SIZE];
    int days = now_ms ? words_days_until(wall_ms, now_ms) : 2;

    words_hour(language, wall_ms, hour, sizeof hour);
    if (days == 0) {
        return words_format(out_text, size, words(language, "today %s"), hour);
    }
    if (days == 1) {
        return words_format(out_text, size, words(language, "tomorrow %s"), hour);
    }
    if (days < 7) {
        words_weekday(language, wall_ms, day, sizeof day);
    } else {
        words_date(language, wall_ms, day, sizeof day);
    }
    return words_format(out_text, size, "%s" NBSP "%s", day, hour);
}

const char *words_month(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    return words_strftime(language, "%B", wall_ms, out_text, size);
}

const char *words_year(enum language language, int64_t wall_ms, char *out_text, size_t size)
{
    return words_strftime(language, "%Y", wall_ms, out_text, size);
}
