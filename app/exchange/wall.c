#include "app/exchange/wall.h"

#include <stdio.h>
#include <time.h>

int64_t wall_midnight(int year, int month, int day)
{
    struct tm at = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return (int64_t)timegm(&at);
}

int64_t wall_day(int64_t wall_s)
{
    int64_t into = wall_s % WALL_DAY_S;
    return wall_s - (into < 0 ? into + WALL_DAY_S : into);
}

static struct tm parts_of(int64_t wall_s)
{
    time_t at = (time_t)wall_s;
    struct tm parts = {.tm_mday = 1};
    gmtime_r(&at, &parts);
    return parts;
}

int wall_date(int64_t wall_s)
{
    struct tm parts = parts_of(wall_s);
    return (parts.tm_year + 1900) * 10000 + (parts.tm_mon + 1) * 100 + parts.tm_mday;
}

int64_t wall_to_utc_s(int64_t wall_s, const struct wall_zone *zone)
{
    /* No zone changes twice within two days. */
    int64_t before = zone->offset(zone->zone, wall_s - WALL_DAY_S);
    int64_t after = zone->offset(zone->zone, wall_s + WALL_DAY_S);
    if (zone->offset(zone->zone, wall_s - before) != before &&
        zone->offset(zone->zone, wall_s - after) == after)
        return wall_s - after;
    return wall_s - before;
}

int64_t wall_venue_offset(void *zone, int64_t utc_s)
{
    time_t at = (time_t)utc_s;
    struct tm local = {.tm_mday = 1};
    (void)zone;
    localtime_r(&at, &local);
    return local.tm_gmtoff;
}

int64_t wall_to_ms(int64_t wall_s)
{
    const struct wall_zone venue = {wall_venue_offset, NULL};
    return wall_to_utc_s(wall_s, &venue) * 1000;
}

int64_t wall_from_ms(int64_t utc_ms)
{
    int64_t utc_s = utc_ms / 1000 - (utc_ms % 1000 < 0);
    return utc_s + wall_venue_offset(NULL, utc_s);
}

void wall_format_date(int64_t wall_s, char *out_text, size_t size)
{
    struct tm parts = parts_of(wall_s);
    strftime(out_text, size, "%Y-%m-%d", &parts);
}

void wall_format_time(int64_t wall_s, char *out_text, size_t size)
{
    struct tm parts = parts_of(wall_s);
    strftime(out_text, size, "%H:%M", &parts);
}
