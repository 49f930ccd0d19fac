/*
 * when.h - days and times as they are typed on the command line; local time is the venue's.
 */
#ifndef APP_COMMAND_WHEN_H
#define APP_COMMAND_WHEN_H

#include <stdint.h>

#include "firmware/base/rc.h"

/* "2026-12-02" or "2/12/2026" as the number of a day (day.h). RC_BAD_INPUT with a sentence. */
enum rc when_day(const char *text, int *out_day, struct reason *out_reason) MUST_CHECK;

/* "14:00", "14h30", "9" as minutes since midnight. RC_BAD_INPUT with a sentence. */
enum rc when_time(const char *text, int *out_minutes, struct reason *out_reason) MUST_CHECK;

#endif
