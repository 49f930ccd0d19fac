/*
 * wall.h - what the clock on the wall shows, as seconds: counted as if there were one time zone
 * and no clock change, so that a day is always 86 400 of them and sums are plain sums.
 *
 * A wall that shows the same twice (the clocks go back) means the first time, one that never shows
 * it (they go forward) means as long after midnight as it says, as RFC 5545 has it. The venue's
 * zone is the process's (app/domain/day.h). Any thread.
 */
#ifndef APP_EXCHANGE_WALL_H
#define APP_EXCHANGE_WALL_H

#include <stddef.h>
#include <stdint.h>

#define WALL_DAY_S 86400

/* Midnight of a date; months and days may be too large and are carried. */
int64_t wall_midnight(int year, int month, int day);

/* The midnight before, or at, that time. */
int64_t wall_day(int64_t wall_s);

/* 20261125. */
int wall_date(int64_t wall_s);

/* How many seconds a zone is ahead of UTC at that moment. */
struct wall_zone {
    int64_t (*offset)(void *zone, int64_t utc_s);
    void *zone;
};

/* The moment at which a wall in that zone shows it. */
int64_t wall_to_utc_s(int64_t wall_s, const struct wall_zone *zone);

/* The venue's; `zone` is not looked at. */
int64_t wall_venue_offset(void *zone, int64_t utc_s);
int64_t wall_to_ms(int64_t wall_s);
int64_t wall_from_ms(int64_t utc_ms);

/* "2026-11-25", "14:00"; `out_text` holds 16 bytes or more. */
void wall_format_date(int64_t wall_s, char *out_text, size_t size);
void wall_format_time(int64_t wall_s, char *out_text, size_t size);

#endif
