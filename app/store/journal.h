/*
 * journal.h - the facts of all stations, chained, and the views that follow them.
 *
 * A struct journal owns the only connection that writes or checkpoints. It belongs to one thread:
 * the writer's in a station, the only one in a command. What is added between journal_begin and
 * journal_commit is one transaction, views included; journal_commit returned RC_OK means it is on
 * disk.
 *
 * A fact under a tombstone loses its body and salt. Where the tombstone is about nobody it is
 * redacted: it loses its subject and organisation as well, and the hash of its body, by which
 * whoever tries everybody as the subject would find the one that the link of the chain was made
 * with. What is left is that there was such a fact, when and at which station.
 *
 * A failed sync is never taken for a write that simply did not happen: the connection is opened
 * again, and a tap that landed although it was refused is taken back by a fact of its own.
 */
#ifndef APP_STORE_JOURNAL_H
#define APP_STORE_JOURNAL_H

#include "app/domain/circle.h"
#include "app/domain/guide.h"
#include "app/domain/privacy.h"
#include "app/domain/quorum.h"
#include "app/store/chain.h"
#include "app/store/db.h"
#include "app/store/facts.h"
#include "firmware/base/json.h"

struct journal;

/* Name in the table `tally` of the codes that were nobody's, by station. */
#define JOURNAL_TALLY_CODES "code"

/* Does the body of a press say that somebody typed their own code? Somebody new has none yet. */
bool journal_is_code_right(const json_t *press);

/* What folds depend on and a venue may set. */
struct journal_rules {
    int day_end_min;
    char time_zone[64];
};

struct journal_config {
    const char *path;        /* of perron.db; copied */
    const uint8_t *key;      /* the venue's, HASH_KEY_BYTES; must outlive the journal */
    const char *key_id;      /* copied */
    const char *fingerprint; /* of this folder on this machine; another one begins a new station */
    struct journal_rules rules;
};

/*
 * Opens or makes the database, brings it to today's shape, begins a new station where this folder
 * has none or is a copy, and records the rules where they changed.
 */
enum rc journal_open(const struct journal_config *config, const struct clock_reading *now,
                     struct journal **out_journal, struct reason *out_reason) MUST_CHECK;

/* Checkpoints what it can and closes. Takes NULL. */
void journal_close(struct journal *journal);

int64_t journal_station(const struct journal *journal);
const uint8_t *journal_key(const struct journal *journal);
const char *journal_key_id(const struct journal *journal);
int journal_day_end_min(const struct journal *journal);

/* What circles intend, for what is shown beside hours; copied. Until then nothing is intended. */
void journal_set_circles(struct journal *journal, const struct circle_list *circles);
const struct circle_list *journal_circles(const struct journal *journal);

/* How assemblies vote; copied. Until then they need no votes, and nobody carries one. */
void journal_set_statutes(struct journal *journal, const struct quorum_statutes *statutes);
const struct quorum_statutes *journal_statutes(const struct journal *journal);

/* How kinds of occasions count people; copied. Until then all by name. */
void journal_set_privacy(struct journal *journal, const struct privacy *privacy);
const struct privacy *journal_privacy(const struct journal *journal);

/* How newcomers are welcomed; not copied: outlives its use here. NULL, the default: they are not.
 */
void journal_set_guide(struct journal *journal, const struct guide *guide);
const struct guide *journal_guide(const struct journal *journal);

/* For reading beside or inside a transaction; NULL while the disk refuses to be opened again. */
struct db *journal_db(struct journal *journal);

enum rc journal_begin(struct journal *journal, const struct clock_reading *now) MUST_CHECK;

/*
 * Adds a fact of this station. `body` is taken over (json_decref) whatever happens; NULL is
 * RC_NO_MEMORY. A founding fact (fact_kind_is_founding) becomes its own subject. The effective time
 * is returned where asked for.
 */
enum rc journal_add(struct journal *journal, enum fact_kind kind, struct fact_id subject,
                    struct fact_id organisation, json_t *body, struct fact *out_fact) MUST_CHECK;

/* What a fact added now would have as its effective time; inside a transaction. */
void journal_place_now(const struct journal *journal, int64_t *out_effective_ms,
                       bool *out_is_doubtful);

/* Brings the views of everybody touched so far up to date, so that they can be read. */
enum rc journal_settle(struct journal *journal) MUST_CHECK;

/*
 * RC_OK: it is on disk. Else it is rolled back, and what may have landed of it is written over
 * where the disk allows that: the refusal holds even if the power goes right after.
 */
enum rc journal_commit(struct journal *journal) MUST_CHECK;
void journal_rollback(struct journal *journal);

/*
 * Adds facts of another station, in that station's order, inside a transaction. Known ones are
 * passed over; a gap or a broken chain is RC_CORRUPT. A redacted fact is taken by the hash it has:
 * that a tombstone covers it verify looks at, which may come long after it.
 */
enum rc journal_merge(struct journal *journal, const struct chain_link *link) MUST_CHECK;

/*
 * After a failed write: opens the connection again, takes back what landed unsaid, and commits
 * something, so that nothing half-written can come to light after a power cut. journal_begin does
 * it by itself.
 */
enum rc journal_mend(struct journal *journal, const struct clock_reading *now) MUST_CHECK;

/*
 * This fact was refused and could not be taken back: it will be, before any other fact is taken
 * (journal_mend).
 */
void journal_owe(struct journal *journal, struct fact_id person, struct fact_id fact);
bool journal_needs_mending(const struct journal *journal);

/* Moves the log into the database; call when idle. */
enum rc journal_checkpoint(struct journal *journal) MUST_CHECK;

/* The same after something was erased: nothing of it is left in the log, unless somebody reads now.
 */
enum rc journal_empty_log(struct journal *journal) MUST_CHECK;

/*
 * One part of building the views again after FOLD_VERSION changed: RC_OK when there is more to
 * do, RC_EMPTY when the views are up to date. Taps go on between the parts.
 */
enum rc journal_rebuild_some(struct journal *journal) MUST_CHECK;

/*
 * For facts by the million that nobody waits for: from here to journal_bulk_end they are only
 * appended, and everybody is folded once, at the end. In between views say nothing and are marked
 * as another fold's: a register left like that, killed or cut, builds them when it is opened again.
 * Checkpoint after each commit: the log grows by all that was added.
 */
enum rc journal_bulk_begin(struct journal *journal) MUST_CHECK;

/* The time of the facts that follow in this transaction. */
void journal_bulk_turn(struct journal *journal, const struct clock_reading *now);

/* Hears how many of how many are done; what it returns instead of RC_OK ends the work. */
struct journal_watcher {
    enum rc (*tell)(void *context, int64_t at, int64_t of);
    void *context;
};

/* Brings the views up to date. After a failure the register is as if killed: close it. */
enum rc journal_bulk_end(struct journal *journal, const struct journal_watcher *watcher) MUST_CHECK;

#endif
