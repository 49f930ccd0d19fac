/*
 * newcomer_i.h - the inside of a first visit, shared by newcomer.c (facts and what they come to),
 * newcomer_said.c (what becomes a fact) and newcomer_way.c (what is left of the way). Nobody else
 * includes it.
 */
#ifndef APP_DOMAIN_NEWCOMER_I_H
#define APP_DOMAIN_NEWCOMER_I_H

#include "app/domain/newcomer.h"

/* How a step is taken back, in facts. */
#define NEWCOMER_AGAIN "again"

/*
 * Copies keys with one space between two, cut between two where they are too many. False where one
 * of them is none; then `out_keys` says nothing.
 */
bool newcomer_copy_keys(const char *text, char out_keys[NEWCOMER_KEYS_BYTES]);

/* Is the venue's day `day` so many calendar months after the one they began on, or later? */
bool newcomer_is_months_on(const struct newcomer *newcomer, int day, int months);

#endif
