/*
 * journal_i.h - the inside of a journal, shared by journal.c (transactions), journal_open.c (how it
 * begins), journal_mend.c (after a failed commit), journal_rebuild.c (views of another fold) and
 * journal_bulk.c (facts by the million). Nobody else includes it.
 */
#ifndef APP_STORE_JOURNAL_I_H
#define APP_STORE_JOURNAL_I_H

#include <limits.h>

#include "app/store/head.h"
#include "app/store/ids.h"
#include "app/store/journal.h"

struct journal {
    char path[PATH_MAX];
    const uint8_t *key;
    char key_id[24];
    char fingerprint[64];
    struct journal_rules rules;
    struct circle_list circles;
    struct quorum_statutes statutes;
    struct privacy privacy;
    const struct guide *guide; /* NULL: nobody is welcomed */

    struct db *db;
    struct clock_reading now; /* of the transaction */
    bool is_in_transaction;
    bool needs_mending;
    struct fact_id owed_person, owed_fact; /* to be taken back; none where nothing is */
    struct head head;
    struct head said;   /* the head at the last commit that was told to succeed */
    struct head merged; /* of the station merged last; station 0: none */
    int64_t rules_seq;
    struct ids touched;
    struct facts scratch;
    bool is_rebuilding;
    struct fact_id rebuilt; /* up to this person */
    bool is_bulk;           /* views wait for journal_bulk_end */
};

/* Begins a transaction on a journal that needs no mending. */
enum rc journal_begin_clean(struct journal *journal, const struct clock_reading *now) MUST_CHECK;

/* Ends it; where that fails and a part may have landed, the journal needs mending. */
enum rc journal_commit_clean(struct journal *journal) MUST_CHECK;

/*
 * Tries to put something harmless in the place of what a failed commit left in the log. It is
 * mended all the same before the next fact.
 */
void journal_write_over(struct journal *journal);

/* Were the views made by another FOLD_VERSION? Both true for a new database. */
enum rc journal_find_staleness(struct journal *journal, bool *out_is_stale,
                               bool *out_is_new) MUST_CHECK;

/* They are made by this one. */
enum rc journal_set_fold_version(struct journal *journal) MUST_CHECK;

#endif
