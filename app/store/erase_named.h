/*
 * erase_named.h - what others' records say of somebody who is erased: who fetches a basket, who is
 * in charge of a shift, who looks after a newcomer, who votes for somebody. Where the journal runs.
 *
 * Such a record is said anew without them, as a whole, and what said it before is erased. By names
 * and numbers it is theirs where nobody else of the house is called so. Words that somebody typed
 * (a title, a reason, a guest's name) are the other one's, and stay.
 */
#ifndef APP_STORE_ERASE_NAMED_H
#define APP_STORE_ERASE_NAMED_H

#include "app/store/office.h"

/* Facts about others that name them; zeroed at the beginning. */
struct named {
    struct named_in {
        struct fact_id subject, fact;
        enum fact_kind kind;
    } * rows; /* by subject, then by fact */
    size_t count;
    size_t capacity;
};

/* `theirs`: all facts about the person, with what they were ever called. Finish it also after an
 * error. */
enum rc named_find(struct db *db, struct fact_id person, const struct facts *theirs, int64_t now_ms,
                   struct named *named) MUST_CHECK;
bool named_has(const struct named *named, struct fact_id fact);
int64_t named_count_records(const struct named *named);
void named_finish(struct named *named);

/* Inside the caller's transaction. Before their own facts go: afterwards nobody knows their name.
 */
enum rc erase_named(struct journal *journal, const struct office *office, struct fact_id person,
                    const struct facts *theirs, int64_t now_ms) MUST_CHECK;

#endif
