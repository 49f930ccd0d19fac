/*
 * assembly.h - an assembly as the statutes see it: who has a vote, who is here, who carries whose,
 * and what that comes to. Looked up anew each time, since every tap may change it.
 *
 * Here is who is in the house for it, by the arrival or because they said so since: who is there
 * for nothing in particular counts for no quorum. Works on a writer's connection and on a
 * snapshot's.
 */
#ifndef APP_STORE_ASSEMBLY_H
#define APP_STORE_ASSEMBLY_H

#include "app/domain/deed.h"
#include "app/domain/occasion.h"
#include "app/domain/quorum.h"
#include "app/store/journal.h"

/* Which one: of the calendar, or what staff said is on that day. */
struct assembly_of {
    struct fact_id occasion; /* none: staff said so, and the calendar has none of it */
    int day;                 /* of the venue, as 20261125 */
};

struct assembly {
    struct quorum quorum;
    struct quorum_voter *voters; /* all who have a vote, by id */
    size_t count;
    struct quorum_proxy *proxies; /* in the order they were given */
    size_t proxy_count;
};

/* As it stands at that moment; assembly_finish it. */
enum rc assembly_open(struct db *db, const struct quorum_statutes *statutes, struct assembly_of of,
                      int64_t now_ms, struct assembly *out_assembly) MUST_CHECK;
void assembly_finish(struct assembly *assembly);

/* The numbers alone. */
enum rc assembly_count(struct db *db, const struct quorum_statutes *statutes, struct assembly_of of,
                       int64_t now_ms, struct quorum *out_quorum) MUST_CHECK;

/* Assemblies last longer than planned: so long after its end it is over. */
#define ASSEMBLY_OVERRUN_MS ((int64_t)2 * 3600 * 1000)

bool assembly_is_over(const struct occasion *assembly, int64_t at_ms);

/*
 * The first assembly that ends after `from_ms` and begins before `to_ms`, and is not called off.
 * RC_EMPTY: there is none.
 */
enum rc assembly_next(struct db *db, int64_t from_ms, int64_t to_ms,
                      struct occasion *out_occasion) MUST_CHECK;

/*
 * May that proxy be given, or (without `other`) be taken back, by the statutes of the journal?
 * Inside the caller's transaction. RC_REFUSED and RC_NOT_FOUND come with a sentence of
 * office_refuse's table.
 */
enum rc assembly_check_proxy(struct journal *journal, struct fact_id giver, const struct deed *deed,
                             struct reason *out_reason) MUST_CHECK;

#endif
