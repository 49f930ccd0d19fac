#include "app/domain/day.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static time_t seconds_of(int64_t utc_ms)
{
    return (time_t)(utc_ms >= 0 ? utc_ms / 1000 : (utc_ms - 999) / 1000);
}

/*
 * Where the clock goes back an hour is there twice: the first of the two, whatever mktime was asked
 * before. No zone moves by anything but whole or half hours.
 */
static int64_t first_moment(const struct tm *wanted)
{
    struct tm local = *wanted, earlier;
    time_t at = mktime(&local);
    for (int minutes = 60; minutes >= 30; minutes -= 30) {
        time_t before = at - minutes * 60;
        localtime_r(&before, &earlier);
        if (earlier.tm_mday == local.tm_mday && earlier.tm_hour == local.tm_hour &&
            earlier.tm_min == local.tm_min)
            return (int64_t)before * 1000;
    }
    return (int64_t)at * 1000;
}

/* The day's boundary on the local date of `utc_ms`, moved by `days`. */
static int64_t boundary(int64_t utc_ms, int day_end_min, int days)
{
    time_t at = seconds_of(utc_ms);
    struct tm local;
    localtime_r(&at, &local);
    local.tm_mday += days;
    local.tm_hour = day_end_min / 60;
    local.tm_min = day_end_min % 60;
    local.tm_sec = 0;
    local.tm_isdst = -1;
    return first_moment(&local);
}

int64_t day_end_after(int64_t utc_ms, int day_end_min)
{
    int64_t today = boundary(utc_ms, day_end_min, 0);
    return today > utc_ms ? today : boundary(utc_ms, day_end_min, 1);
}

int64_t day_begin(int64_t utc_ms, int day_end_min)
{
    int64_t today = boundary(utc_ms, day_end_min, 0);
    return today <= utc_ms ? today : boundary(utc_ms, day_end_min, -1);
}

int64_t day_later(int64_t utc_ms, int days)
{
    time_t at = seconds_of(utc_ms);
    struct tm local;
    localtime_r(&at, &local);
    local.tm_mday += days;
    local.tm_isdst = -1;
    return first_moment(&local);
}

int day_number(int64_t utc_ms, int day_end_min)
{
    time_t begin = seconds_of(day_begin(utc_ms, day_end_min));
    struct tm local;
    localtime_r(&begin, &local);
    return (local.tm_year + 1900) * 10000 + (local.tm_mon + 1) * 100 + local.tm_mday;
}

int day_first_of_month(int number)
{
    return number / 100 * 100 + 1;
}

/* Each month has its 31, as a bound. */
int day_last_of_month(int number)
{
    return number / 100 * 100 + 31;
}

struct day_months day_whole_months(int first_day, int last_day)
{
    int first = first_day / 100, last = last_day / 100;
    bool is_last_whole = last_day % 100 >= 31 || day_number_add(last_day, 1) / 100 != last;
    if (first_day % 100 > 1)
        first++;
    return (struct day_months){first > 1 ? first : 1, is_last_whole ? last : last - 1};
}

int day_number_add(int number, int days)
{
    struct tm date = {.tm_year = number / 10000 - 1900,
                      .tm_mon = number / 100 % 100 - 1,
                      .tm_mday = number % 100 + days,
                      .tm_hour = 12,
                      .tm_isdst = -1};
    mktime(&date);
    return (date.tm_year + 1900) * 10000 + (date.tm_mon + 1) * 100 + date.tm_mday;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

enum rc day_from_iso(const char *iso, int *out_number)
{
    int parts[3] = {0, 0, 0}, part = 0;
    if (strlen(iso) != 10)
        return RC_BAD_INPUT;
    for (int i = 0; i < 10; i++) {
        bool is_dash = i == 4 || i == 7;
        if (is_dash ? iso[i] != '-' : iso[i] < '0' || iso[i] > '9')
            return RC_BAD_INPUT;
        if (is_dash)
            part++;
        else
            parts[part] = parts[part] * 10 + iso[i] - '0';
    }
    if (parts[0] < 1 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 ||
        parts[2] > days_in_month(parts[0], parts[1]))
        return RC_BAD_INPUT;
    *out_number = parts[0] * 10000 + parts[1] * 100 + parts[2];
    return RC_OK;
}

int64_t day_number_begin(int number, int day_end_min)
{
    struct tm local = {.tm_year = number / 10000 - 1900,
                       .tm_mon = number / 100 % 100 - 1,
                       .tm_mday = number % 100,
                       .tm_hour = day_end_min / 60,
                       .tm_min = day_end_min % 60,
                       .tm_isdst = -1};
    return first_moment(&local);
}

void day_format_utc(int64_t utc_ms, char *out_text, size_t size)
{
    time_t at = seconds_of(utc_ms);
    struct tm utc;
    gmtime_r(&at, &utc);
    strftime(out_text, size, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

void day_format_local(int64_t utc_ms, char *out_text, size_t size)
{
    time_t at = seconds_of(utc_ms);
    struct tm local;
    localtime_r(&at, &local);
    strftime(out_text, size, "%Y-%m-%d %H:%M:%S", &local);
}
