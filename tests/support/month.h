/*
 * month.h - two months of a house that two organisations share, for reports: nights, a clock
 * change, both sides of a month's end, staff, forgotten departures, somebody who is in. Facts are
 * made as the calendar and staff would make them. What should work and doesn't ends the test
 * (house.h).
 *
 * October 2026: Ada, Night watch of Vélo, 24th 22:00 to 25th 06:00 over the clock change. Bilal,
 * Jardin, 31st 23:30 to 02:00. Chloé, 03:50 to 04:20 the same night, and from 04:30 to 05:00, which
 * is November. November: Dora is staff, 5th 09:00 to 17:00, and 30th 20:00 to 23:00, drinks from
 * 21:00. The Shop of Vélo, 21st 16:00 to 18:00: Chloé and Bilal come at 15:50 and forget to leave,
 * Ada does not come. 23rd: Chloé 10:00 to 10:15, Ada from 10:15 on with three guests; at 11:00 it
 * is now. 27th: Ada promised to be at Jardin's Baskets.
 */
#ifndef TESTS_SUPPORT_MONTH_H
#define TESTS_SUPPORT_MONTH_H

#include "tests/support/house.h"

struct month {
    struct house *house;
    struct fact_id ada, bilal, chloe, dora, velo, jardin;
    int64_t now_ms;
};

/* With a house of its own; house_close it. */
struct month month_open(void);

/* Of 2026, local time in Brussels. */
int64_t month_at(int month, int day, int hour, int minute);

/* house_record with an organisation. */
struct fact_id month_record(struct house *house, enum fact_kind kind, struct fact_id subject,
                            struct fact_id organisation, json_t *body);

/* An occasion with one shift of the same times. */
struct shift_id month_plan(struct house *house, const char *kind, const char *mission,
                           int64_t from_ms, int64_t to_ms, struct fact_id organisation);
void month_sign_up(struct house *house, struct fact_id person, struct shift_id of,
                   const char *mission, int64_t from_ms, int64_t to_ms,
                   struct fact_id organisation);
void month_attend(struct house *house, struct fact_id person, struct fact_id visit,
                  const char *kind, int64_t stop_ms, struct fact_id organisation);

/* A visit of another time, as staff enter it from paper. */
struct fact_id month_enter(struct house *house, struct fact_id person, int64_t from_ms,
                           int64_t to_ms);

#endif
