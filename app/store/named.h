/*
 * named.h - where others' records name somebody: who fetches a basket, who is in charge of a shift,
 * who looks after a newcomer, who votes for somebody. Reads only; the connection's thread.
 *
 * A name or a number is theirs where nobody else of the house is called so. Words that somebody
 * typed (a title, a reason, a guest's name) are the other one's, and not looked at.
 */
#ifndef APP_STORE_NAMED_H
#define APP_STORE_NAMED_H

#include "app/store/facts.h"

/* Who is looked for, and what they were ever called. */
struct wanted;

/* `theirs`: all facts about the person. named_end it. */
enum rc named_begin(struct db *db, struct fact_id person, const struct facts *theirs,
                    struct wanted **out_wanted) MUST_CHECK;
void named_end(struct wanted *wanted);

/* Is it what they are called, and nobody else? Ask named_rc once all were looked at. */
bool named_means(struct wanted *wanted, const char *text);
enum rc named_rc(const struct wanted *wanted);

/* Facts about others that name them; zeroed at the beginning. */
struct named {
    struct named_in {
        struct fact_id subject, fact;
        enum fact_kind kind;
    } * rows; /* by subject, then by fact */
    size_t count;
    size_t capacity;
};

/* Proxies of assemblies that end behind `now_ms`. Finish it also after an error. */
enum rc named_find(struct wanted *wanted, int64_t now_ms, struct named *named) MUST_CHECK;
bool named_has(const struct named *named, struct fact_id fact);
int64_t named_count_records(const struct named *named);
void named_finish(struct named *named);

#endif
