/*
 * dates.h - days and hours as one says them: "today", "Thursday 26 November", "14:00 – 16:30". Pure
 * but for the process's time zone; any thread.
 */
#ifndef APP_UI_DATES_H
#define APP_UI_DATES_H

#include "app/ui/words.h"

#define DATES_SIZE (2 * WORDS_TIME_SIZE + 8)

/* `now_ms` tells today and tomorrow; 0 where no clock can be believed. Returns `out_text`. */
const char *dates_day(enum language language, int64_t at_ms, int64_t now_ms, char *out_text,
                      size_t size);

const char *dates_span(enum language language, int64_t from_ms, int64_t to_ms, char *out_text,
                       size_t size);

#endif
