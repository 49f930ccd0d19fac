/*
 * day.h - the venue's day, which ends at its own hour and not at midnight UTC.
 *
 * Local time is the process's time zone: main sets TZ from the venue's settings before any thread
 * starts, and one process serves one venue. Right over both clock changes, because every boundary
 * is computed from the calendar and not by adding 24 hours. Any thread.
 */
#ifndef APP_DOMAIN_DAY_H
#define APP_DOMAIN_DAY_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define DAY_END_DEFAULT_MIN (4 * 60)

/* The first moment strictly after `utc_ms` at which a day ends (local `day_end_min` of the day). */
int64_t day_end_after(int64_t utc_ms, int day_end_min);

/* When the day that `utc_ms` belongs to began. */
int64_t day_begin(int64_t utc_ms, int day_end_min);

/* The date of the day that `utc_ms` belongs to, as 20261125. */
int day_number(int64_t utc_ms, int day_end_min);

/* The first day of its month, and a number that no day of it is above. */
int day_first_of_month(int number);
int day_last_of_month(int number);

/* The months whose days are all from the first to the last, as 202611; none: last < first. */
struct day_months {
    int first, last;
};

struct day_months day_whole_months(int first_day, int last_day);

/* The same hour so many days later (below 0: earlier), also where the clocks change in between. */
int64_t day_later(int64_t utc_ms, int days);

/* The number so many days later. */
int day_number_add(int number, int days);

/*
 * The number of an ISO date, "2026-11-25". RC_BAD_INPUT for anything else, also for a day that does
 * not exist.
 */
enum rc day_from_iso(const char *iso, int *out_number) MUST_CHECK;

/* When the day of that number begins. */
int64_t day_number_begin(int number, int day_end_min);

/* "2026-11-23T13:52:07Z"; `out_text` holds 25 bytes or more. */
void day_format_utc(int64_t utc_ms, char *out_text, size_t size);

/* "2026-11-23 14:52:07" in local time. */
void day_format_local(int64_t utc_ms, char *out_text, size_t size);

#endif
