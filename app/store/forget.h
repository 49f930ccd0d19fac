/*
 * forget.h - what a house does not want to know any more, by itself and in time: visits become sums
 * after so many months, those of kinds that are counted by number as soon as their day is over, and
 * what guests were called goes after so many days.
 *
 * Each call is one transaction over so few people that nobody at the door waits, and empties the
 * log behind it. Whoever is in is never touched, and nobody while the clock cannot be trusted. As
 * the command line, or with the right to give roles. Where the journal runs.
 */
#ifndef APP_STORE_FORGET_H
#define APP_STORE_FORGET_H

#include "app/domain/privacy.h"
#include "app/store/office.h"

/* So many people at a time. */
#define FORGET_PART 4

/* *out_count: of how many people something went; FORGET_PART: there may be more. */
enum rc forget_old_visits(struct journal *journal, const struct office *office,
                          const struct privacy *privacy, int *out_count,
                          struct reason *out_reason) MUST_CHECK;
enum rc forget_who_was_counted(struct journal *journal, const struct office *office,
                               const struct privacy *privacy, int *out_count,
                               struct reason *out_reason) MUST_CHECK;
enum rc forget_guest_names(struct journal *journal, const struct office *office,
                           const struct privacy *privacy, int *out_count,
                           struct reason *out_reason) MUST_CHECK;

/* The day before which visits are sums, so many whole months before the one of `today`. */
int forget_first_day_kept(int today, int months);

#endif
