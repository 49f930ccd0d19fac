/*
 * duration.h - lengths of time as text, for tables and for sums in a spreadsheet. Pure.
 */
#ifndef APP_EXCHANGE_DURATION_H
#define APP_EXCHANGE_DURATION_H

#include <stddef.h>
#include <stdint.h>

#include "app/exchange/csv_writer.h"

#define DURATION_BYTES 32

/* "25:00:00": hours, minutes, seconds. */
void duration_write_clock(int64_t seconds, char out_text[DURATION_BYTES]);

/* "25,00": hours in hundredths, half up, with the profile's decimal sign. */
void duration_write_hours(enum csv_profile profile, int64_t seconds, char out_text[DURATION_BYTES]);

#endif
