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
    static const char *const forms[] = {"%2d%n", "%2d%*1[hHu]%n", "%2d%*1[:hHu.]%2d%n"};
    int hour = -1, minute = 0;
    bool is_time = false;
    for (int form = 0; form < 3 && !is_time; form++) {
        int used = 0, last = 0;
        minute = 0;
        int got = form < 2 ? sscanf(text, forms[form], &hour, &used)
                           : sscanf(text, forms[form], &hour, &minute, &last);
        used += last;
        is_time = got == (form < 2 ? 1 : 2) && used > 0 && !text[used];
    }
    if (!is_time || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) {
        reason_set(out_reason, "%.40s is no time of day: write it as 14:30", text);
        return RC_BAD_INPUT;
    }
    *out_minutes = hour * 60 + minute;
    return RC_OK;
}
