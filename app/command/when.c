#include "app/command/when.h"

#include <stdbool.h>
#include <stdio.h>

#include "app/exchange/date.h"

enum rc when_day(const char *text, int *out_day, struct reason *out_reason)
{
    char iso[DATE_BYTES];
    int year, month, day;
    if (date_parse(text, iso) || sscanf(iso, "%d-%d-%d", &year, &month, &day) != 3) {
        reason_set(out_reason, "%.40s is no date: write it as 2026-12-02", text);
        return RC_BAD_INPUT;
    }
    *out_day = year * 10000 + month * 100 + day;
    return RC_OK;
}

enum rc when_time(const char *text, int *out_minutes, struct reason *out_reason)
{
    int hour = -1, minute = 0, used = 0;
    bool is_whole = sscanf(text, "%2d%n", &hour, &used) == 1 && !text[used];
    bool is_time =
        is_whole || (sscanf(text, "%2d%*[:hHu.]%2d%n", &hour, &minute, &used) == 2 && !text[used]);
    if (!is_time || hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
        hour * 60 + minute > 24 * 60) {
        reason_set(out_reason, "%.40s is no time of day: write it as 14:30", text);
        return RC_BAD_INPUT;
    }
    *out_minutes = hour * 60 + minute;
    return RC_OK;
}
