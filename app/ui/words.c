#include "app/ui/words.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define DOMAIN "perron"

static locale_t locales[LANGUAGE_COUNT];

enum rc words_init(const char *locale_dir)
{
    static const char *const names[LANGUAGE_COUNT] = {"fr_BE.UTF-8", "nl_BE.UTF-8", "en_GB.UTF-8"};
    enum rc rc = RC_OK;
    /* LANGUAGE would win over the locale, and the system's own locales may be missing. */
    unsetenv("LANGUAGE");
    setenv("LOCPATH", locale_dir, 1);
    bindtextdomain(DOMAIN, locale_dir);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!locales[i])
            locales[i] = newlocale(LC_ALL_MASK, names[i], (locale_t)0);
        if (!locales[i])
            rc = RC_NOT_FOUND;
    }
    return rc;
}

const char *words(enum language language, const char *text)
{
    if (!locales[language])
        return text;
    locale_t before = uselocale(locales[language]);
    const char *said = dgettext(DOMAIN, text);
    uselocale(before);
    return said;
}

const char *words_plural(enum language language, const char *one, const char *many, int number)
{
    if (!locales[language])
        return number == 1 ? one : many;
    locale_t before = uselocale(locales[language]);
    const char *said = dngettext(DOMAIN, one, many, (unsigned long)number);
    uselocale(before);
    return said;
}

const char *words_time(enum language language, int64_t utc_ms, char *out_text, size_t size)
{
    static const char *const formats[LANGUAGE_COUNT] = {"%d\u00a0h\u00a0%02d", "%d:%02d",
                                                        "%d:%02d"};
    time_t at = (time_t)(utc_ms / 1000);
    struct tm local;
    localtime_r(&at, &local);
    snprintf(out_text, size, formats[language], local.tm_hour, local.tm_min);
    return out_text;
}

const char *words_weekday(enum language language, int64_t utc_ms)
{
    static const char *const days[] = {WORDS_MARK("Sunday"),   WORDS_MARK("Monday"),
                                       WORDS_MARK("Tuesday"),  WORDS_MARK("Wednesday"),
                                       WORDS_MARK("Thursday"), WORDS_MARK("Friday"),
                                       WORDS_MARK("Saturday")};
    time_t at = (time_t)(utc_ms / 1000);
    struct tm local;
    localtime_r(&at, &local);
    return words(language, days[local.tm_wday]);
}

const char *words_duration(enum language language, int64_t seconds, char *out_text, size_t size)
{
    long long minutes = seconds / 60;
    const char *hours_word = language == LANGUAGE_NL ? "u" : "h";
    if (minutes < 60)
        snprintf(out_text, size, "%lld\u00a0min", minutes);
    else
        snprintf(out_text, size, "%lld\u00a0%s\u00a0%02lld", minutes / 60, hours_word,
                 minutes % 60);
    return out_text;
}
