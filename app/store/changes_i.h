/*
 * changes_i.h - the inside of changes, shared by changes.c (whose rows can differ), changes_times.c
 * (where facts lay at the mark), changes_past.c (people and occasions as they were),
 * changes_redacted.c (what nobody knows any more whose it was) and changes_rows.c (what differs).
 * Nobody else includes it.
 */
#ifndef APP_STORE_CHANGES_I_H
#define APP_STORE_CHANGES_I_H

#include "app/store/changes.h"
#include "app/store/facts.h"
#include "app/store/ids.h"

/* A fact that lay elsewhere at the mark. */
struct changes_moved {
    struct fact_id fact;
    int64_t effective_ms;
    bool is_doubtful;
};

/* Facts that were erased since. */
struct changes_erased {
    int64_t station, first, last;
};

/* What an occasion says beside the hours that went to it. */
struct changes_title {
    struct fact_id occasion;
    bool is_known;
    enum occasion_kind kind;
    char title[128];
};

struct changes {
    struct snapshot *snapshot;
    struct db *db;
    const struct mark *since;
    int64_t now_ms;
    const struct changes_hearer *hearer;
    struct ids touched;
    struct changes_moved *moved; /* by station and sequence */
    size_t moved_count, moved_capacity;
    struct changes_erased *erased;
    size_t erased_count, erased_capacity;
    bool has_redacted;  /* taps among them of which the mark had whom they were about */
    bool has_promise;   /* the same, a promise: it cut somebody's hours */
    bool has_house_sum; /* since the mark something became a sum of nobody in particular */
    int64_t *unsure_ms; /* where such facts lay otherwise at the mark, or were not yet known */
    size_t unsure_count, unsure_capacity;
    struct facts now; /* of one subject; memory to use again */
    struct facts past;
    struct changes_title titles[2]; /* the last asked for: now, and at the mark */
};

/* A person at one moment. Finish with changes_finish_side. */
struct changes_side {
    struct fact_id id;
    int64_t at_ms;
    bool is_past;
    struct fold fold;
    struct stint *stints; /* of all visits that ended by then */
    size_t stint_count;
};

/* A row of memory more, of `size`, in a list that grows. */
enum rc changes_grow(void **rows, size_t count, size_t *capacity, size_t size) MUST_CHECK;

/* Whoever the query names, where `rc` says that it began; ends it. */
enum rc changes_touch_rows(struct changes *changes, enum rc rc,
                           struct sqlite3_stmt *rows) MUST_CHECK;

/* Where the station's facts up to the mark lay otherwise then: into `moved`, their subjects
 * touched. */
enum rc changes_find_moved(struct changes *changes, int64_t station, int64_t upto) MUST_CHECK;

/* How a fact lay at the mark; NULL: as it does. */
const struct changes_moved *changes_moved_of(const struct changes *changes, struct fact_id fact);

/* The facts of a subject that the mark had, as they lay then. In changes->past, until the next. */
enum rc changes_load_past(struct changes *changes, struct fact_id subject) MUST_CHECK;

/* Had the mark what the fact says, and was it erased since? */
bool changes_is_lost(const struct changes *changes, const struct fact *fact);

/* What the erased facts were that are redacted; touches whose rows may differ by it. */
enum rc changes_find_redacted(struct changes *changes) MUST_CHECK;

/* Who was not redacted, but may have been read otherwise beside what was. `is` of changes->now. */
bool changes_is_unsure(const struct changes *changes, const struct changes_side *is);

/* Tells of visits that went with whom they were about, by their ids alone. */
enum rc changes_tell_redacted(struct changes *changes) MUST_CHECK;

/* Takes over the fold's memory. */
enum rc changes_begin_side(struct facts *facts, struct fact_id id, int64_t at_ms, bool is_past,
                           struct changes_side *out_side) MUST_CHECK;
void changes_finish_side(struct changes_side *side);

/* The full name of somebody else at that moment; "" for none. */
enum rc changes_name(struct changes *changes, struct fact_id person, bool is_past, char *out_name,
                     size_t size) MUST_CHECK;

/* What an occasion was at that moment. */
enum rc changes_find_title(struct changes *changes, struct fact_id occasion, bool is_past,
                           struct changes_title *out_title) MUST_CHECK;

/* A visit that is gone and what it gave, whatever that was. `whose` may be nobody. */
enum rc changes_tell_lost_visit(const struct changes *changes, struct fact_id whose,
                                struct fact_id visit) MUST_CHECK;

/*
 * Tells what differs between the two. `was` may be NULL: all is new. `has_erased`: it is what the
 * facts that are left say, and nobody knows how the mark had it.
 */
enum rc changes_tell(struct changes *changes, const struct changes_side *was,
                     const struct changes_side *is, bool has_erased) MUST_CHECK;

#endif
