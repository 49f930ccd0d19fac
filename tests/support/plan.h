/*
 * plan.h - a house's calendar for tests, in one line each. What should work and doesn't ends the
 * test with a sentence. One thread.
 */
#ifndef TESTS_SUPPORT_PLAN_H
#define TESTS_SUPPORT_PLAN_H

#include "app/store/rota.h"
#include "tests/support/house.h"

/* An occasion from so many minutes after now on, without shifts. */
struct occasion plan_occasion(struct house *house, enum occasion_kind kind, const char *title,
                              int from_min, int length_min);

/* One more shift in it, over its whole time; its number. */
int plan_shift(struct occasion *occasion, const char *mission, int places);

/* Into the register; sets the occasion's id. */
struct fact_id plan_put(struct house *house, struct occasion *occasion);

/* An occasion with one shift, put; number 1 of it. */
struct shift_id plan_one(struct house *house, const char *mission, int from_min, int length_min,
                         int places);

/* Somebody signs up for themselves; the reason of a refusal is in house->reason. */
enum rc plan_sign_up(struct house *house, struct fact_id person, struct shift_id of);

/* Gives on so many days before today, so that they know the work. */
void plan_experience(struct house *house, struct fact_id person, int days);

#endif
