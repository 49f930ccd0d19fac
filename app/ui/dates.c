#include "app/ui/dates.h"

#include <stdio.h>
#include <time.h>

/* The local date so many days later, as one number that only counts as the same or not. */
static int date_of(int64_t at_ms, int days)
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm local = {0};
    localtime_r(&seconds, &local);
    local.tm_mday += days;
    local.tm_hour = 12; /* on any day there is a noon */
    local.tm_isdst = -1;
    mktime(&local);
    return local.tm_year * 400 + local.tm_yday;
}

const char *dates_day(enum language language, int64_t at_ms, int64_t now_ms, char *out_text,
                      size_t size)
{
    char weekday[WORDS_TIME_SIZE], date[WORDS_TIME_SIZE];
    if (now_ms && date_of(at_ms, 0) == date_of(now_ms, 0))
        return words_format(out_text, size, "%s", words(language, "Today"));
    if (now_ms && date_of(at_ms, 0) == date_of(now_ms, 1))
        return words_format(out_text, size, "%s", words(language, "Tomorrow"));
    snprintf(out_text, size, "%s %s", words_weekday(language, at_ms, weekday, sizeof weekday),
             words_date(language, at_ms, date, sizeof date));
    return out_text;
}

const char *dates_span(enum language language, int64_t from_ms, int64_t to_ms, char *out_text,
                       size_t size)
{
    char from[WORDS_TIME_SIZE], to[WORDS_TIME_SIZE];
    snprintf(out_text, size, "%s – %s", words_time(language, from_ms, from, sizeof from),
             words_time(language, to_ms, to, sizeof to));
    return out_text;
}
