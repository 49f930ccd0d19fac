/*
 * erase.h - somebody is forgotten: the bodies of all facts about them go, for good and on every
 * station that hears of it; what they add up to stays, as numbers without a name.
 *
 * Other people's records lose them (erase_named.h). What else other people's facts say stays: who
 * accepted a correction is a number there, and what somebody typed of them (a guest's name, a
 * reason) is the other one's. Where the journal runs.
 */
#ifndef APP_STORE_ERASE_H
#define APP_STORE_ERASE_H

#include "app/store/office.h"

/*
 * Inside the caller's transaction, which knows that they may be forgotten: a closing fact with the
 * sums of their visits, then tombstones over all facts about them up to it. Views follow with the
 * commit; the bytes leave the database with the next checkpoint, and the log with
 * journal_empty_log. Who is erased already, or unknown, is left as they are.
 */
enum rc erase_person(struct journal *journal, const struct office *office,
                     struct fact_id person) MUST_CHECK;

/*
 * The same in a transaction of its own, and the log is emptied behind it: *out_is_clean, unless
 * somebody reads the register just now. With the right to give roles. RC_REFUSED for who is in the
 * house, and for the last of staff, with a sentence.
 */
enum rc erase_by_office(struct journal *journal, const struct office *office, struct fact_id person,
                        bool *out_is_clean, struct reason *out_reason) MUST_CHECK;

/* What would go, and what would stay of it. */
struct erase_outlook {
    int64_t facts, visits, badges, sign_ups, needs;
    int64_t sums_visits; /* visits that are sums already */
    int64_t seconds;     /* given, those of sums too */
    int64_t records;     /* of others, that are said anew without them */
    int64_t mentions;    /* facts that stay, with their full name, e-mail or phone in them */
    bool is_in;
};

/* All but `mentions`, which are 0: quick in any house. On any connection. RC_EMPTY: nobody. */
enum rc erase_count(struct db *db, struct fact_id person, int64_t now_ms,
                    struct erase_outlook *out_outlook) MUST_CHECK;

/* Reads all facts once: seconds in a big house. On any connection. */
enum rc erase_look(struct db *db, struct fact_id person, int64_t now_ms,
                   struct erase_outlook *out_outlook) MUST_CHECK;

#endif
