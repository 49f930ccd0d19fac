/*
 * date.h - calendar dates as people write them in lists. Pure.
 */
#ifndef APP_EXCHANGE_DATE_H
#define APP_EXCHANGE_DATE_H

#include "firmware/base/rc.h"

#define DATE_BYTES 11 /* "2021-10-25" and a NUL */

/*
 * Reads day, month and year ("25/10/2021", "25-10-2021", "25.10.2021") or ISO 8601 ("2021-10-25",
 * "2021/10/25"), with or without a time of day behind it, as an ISO date. The month never comes
 * first. RC_BAD_INPUT for anything else, also for a day that does not exist.
 */
enum rc date_parse(const char *text, char out_iso[DATE_BYTES]) MUST_CHECK;

#endif
