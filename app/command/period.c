#include "app/command/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/exchange/date.h"
#include "app/store/report.h"

static int number_of(const char iso[DATE_BYTES])
{
    return (int)(strtol(iso, NULL, 10) * 10000 + strtol(iso + 5, NULL, 10) * 100 +
                 strtol(iso + 8, NULL, 10));
}

bool period_is_asked(const struct period_asked *asked)
{
    return asked->from || asked->to || asked->month;
}

enum rc period_read_day(const char *text, int *out_day, struct reason *out_reason)
{
    char iso[DATE_BYTES];
    if (date_parse(text, iso)) {
        reason_set(out_reason, "\"%.40s\" is no date; write it as 2026-11-25 or 25/11/2026", text);
        return RC_BAD_INPUT;
    }
    *out_day = number_of(iso);
    return RC_OK;
}

enum rc period_read_time(const char *text, int *out_minutes, struct reason *out_reason)
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

static enum rc read_month(const char *text, struct period *out_period, struct reason *out_reason)
{
    char day[16] = "", iso[DATE_BYTES];
    if (strlen(text) == strlen("2026-11"))
        snprintf(day, sizeof day, "%s-01", text);
    if (date_parse(day, iso)) {
        reason_set(out_reason, "\"%.40s\" is no month; write it as 2026-11", text);
        return RC_BAD_INPUT;
    }
    *out_period = period_month(number_of(iso));
    return RC_OK;
}

enum rc period_read(const struct period_asked *asked, struct period *out_period,
                    struct reason *out_reason)
{
    struct period period = {REPORT_FIRST_DAY, REPORT_LAST_DAY};
    enum rc rc;
    if (asked->month && (asked->from || asked->to)) {
        reason_set(out_reason, "--month says all days: leave --from and --to away, or --month");
        return RC_BAD_INPUT;
    }
    if (asked->month)
        return read_month(asked->month, out_period, out_reason);
    if ((asked->from && (rc = period_read_day(asked->from, &period.first_day, out_reason))) ||
        (asked->to && (rc = period_read_day(asked->to, &period.last_day, out_reason))))
        return rc;
    if (period.first_day > period.last_day) {
        reason_set(out_reason, "--from %.40s is after --to %.40s: the earlier day comes first",
                   asked->from, asked->to);
        return RC_BAD_INPUT;
    }
    *out_period = period;
    return RC_OK;
}

struct period period_month(int day)
{
    char text[PERIOD_DAY_BYTES], iso[DATE_BYTES];
    struct period month = {day_first_of_month(day), day_last_of_month(day)};
    for (period_write_day(month.last_day, text); date_parse(text, iso);)
        period_write_day(--month.last_day, text);
    return month;
}

void period_write_day(int day, char out_text[PERIOD_DAY_BYTES])
{
    out_text[0] = 0;
    if (day != REPORT_FIRST_DAY && day != REPORT_LAST_DAY)
        snprintf(out_text, PERIOD_DAY_BYTES, "%04u-%02u-%02u", (unsigned)day / 10000 % 10000,
                 (unsigned)day / 100 % 100, (unsigned)day % 100);
}
