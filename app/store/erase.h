/*
 * erase.h - somebody is forgotten: the bodies of all facts about them go, for good and on every
 * station that hears of it; what they add up to stays, as numbers without a name.
 *
 * Whether somebody may be forgotten is for whoever calls. Where the journal runs.
 */
#ifndef APP_STORE_ERASE_H
#define APP_STORE_ERASE_H

#include "app/store/office.h"

/*
 * Inside the caller's transaction: a closing fact with the totals of their visits, then tombstones
 * over all facts about them up to it. Views follow with the commit; the bytes leave the database
 * with the next checkpoint, and the log with journal_empty_log. Who is erased already, or unknown,
 * is left as they are.
 */
enum rc erase_person(struct journal *journal, const struct office *office,
                     struct fact_id person) MUST_CHECK;

#endif
