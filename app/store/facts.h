/*
 * facts.h - lists of facts as they come out of the journal. One thread at a time.
 */
#ifndef APP_STORE_FACTS_H
#define APP_STORE_FACTS_H

#include "app/store/db.h"

struct facts {
    struct fact *rows;
    size_t count;
    size_t capacity;
    char *bodies; /* the rows' bodies point in here */
    size_t bodies_used;
    size_t bodies_capacity;
};

/*
 * The columns that facts_read_row expects, from a table named f joined with its rule r; or without
 * the rules, under the default ones.
 */
#define FACTS_OWN_COLUMNS                                                                          \
    "f.station, f.seq, f.wall_ms, f.mono_ms, f.boot, f.trust, f.kind, f.subject_station, "         \
    "f.subject_seq, f.organisation_station, f.organisation_seq, f.rules_seq, f.effective_ms, "     \
    "f.is_doubtful, "
#define FACTS_COLUMNS FACTS_OWN_COLUMNS "coalesce(r.day_end_min, 240), f.salt, f.body"
#define FACTS_COLUMNS_ALONE FACTS_OWN_COLUMNS "240, f.salt, f.body"
#define FACTS_FROM " FROM fact f LEFT JOIN rule r ON r.station = f.station AND r.seq = f.rules_seq "

/*
 * One row as a fact; its body points into SQLite's memory and is good until the next step.
 * RC_CORRUPT for values that cannot be.
 */
enum rc facts_read_row(struct sqlite3_stmt *rows, struct fact *out_fact) MUST_CHECK;

/*
 * All facts about a person or an occasion in the order of folds, with what folds read of them: no
 * clock readings and no salt. Reuses the memory of earlier loads.
 */
enum rc facts_load_subject(struct db *db, struct fact_id subject, struct facts *facts) MUST_CHECK;

/* The rules that the last fact stood under. */
struct facts_rules {
    bool is_known;
    struct fact_id set;
    int day_end_min;
};

/* One pass over all subjects. Zeroed at the beginning. */
struct facts_by_subject {
    struct sqlite3_stmt *rows; /* db_done in the end */
    struct facts_rules rules;
    bool has_row; /* of the subject that comes next */
    bool is_done;
};

/* Those that come behind one; at most one pass at a time. */
enum rc facts_begin_subjects(struct db *db, struct fact_id behind,
                             struct facts_by_subject *from) MUST_CHECK;

/* The next one's, as facts_load_subject gives them. RC_EMPTY: that was the last. Reuses the memory
 * of earlier loads. */
enum rc facts_next_subject(struct db *db, struct facts_by_subject *from,
                           struct facts *facts) MUST_CHECK;

/* Adds one fact and a copy of its body; facts_seal before the bodies are read. */
enum rc facts_add(struct facts *facts, const struct fact *fact) MUST_CHECK;
void facts_seal(struct facts *facts);

/*
 * All that a fold reads of a fact in one number, to see whether two lists hold the same facts:
 * against decay, not against anybody.
 */
uint64_t facts_print(const struct fact *fact);

/* Frees the memory; takes a zeroed struct too. */
void facts_finish(struct facts *facts);

#endif
