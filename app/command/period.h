/*
 * period.h - which days a command is asked about: --from and --to, or --month. Pure.
 */
#ifndef APP_COMMAND_PERIOD_H
#define APP_COMMAND_PERIOD_H

#include <stdbool.h>

#include "firmware/base/rc.h"

/* The texts of the options; NULL where one was not given. */
struct period_asked {
    const char *from, *to, *month;
};

/* Of the venue, as 20261125; both belong to it. */
struct period {
    int first_day, last_day;
};

/* One day, as people write dates. RC_BAD_INPUT with a sentence. */
enum rc period_read_day(const char *text, int *out_day, struct reason *out_reason) MUST_CHECK;

/* "14:00", "14h30", "9" as minutes since midnight. RC_BAD_INPUT with a sentence. */
enum rc period_read_time(const char *text, int *out_minutes, struct reason *out_reason) MUST_CHECK;

bool period_is_asked(const struct period_asked *asked);

/*
 * All days where nothing is asked; open to one side where only the other is. RC_BAD_INPUT with a
 * sentence for what is no date, ends before it begins, or is asked twice.
 */
enum rc period_read(const struct period_asked *asked, struct period *out_period,
                    struct reason *out_reason) MUST_CHECK;

/* The month that a day is in, with its true last day. */
struct period period_month(int day);

#define PERIOD_DAY_BYTES 16

/* "2026-11-25"; "" where the period is open to that side. */
void period_write_day(int day, char out_text[PERIOD_DAY_BYTES]);

#endif
