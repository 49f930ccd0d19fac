/*
 * deeds.h - what people take, say and hand over at occasions, recorded and looked up. Each is one
 * transaction: all of it or none, also over a power cut.
 *
 * `by` is who does it: the person themselves, somebody with the right to it, or none for the
 * command line, which may all. Runs where the journal runs. RC_REFUSED and RC_NOT_FOUND come with a
 * sentence of office_refuse's table; what the disk refuses comes with db_tell's.
 */
#ifndef APP_STORE_DEEDS_H
#define APP_STORE_DEEDS_H

#include "app/domain/deed.h"
#include "app/store/journal.h"
#include "app/store/office.h"

/* The same again within so long is the same touch, and recorded once. */
#define DEEDS_AGAIN_MS 10000

/*
 * Of `deed` its kind, occasion, other and text count. *out_fact can be undone; none where it was
 * recorded a moment ago.
 */
enum rc deeds_record(struct journal *journal, const struct office *office, struct fact_id person,
                     const struct deed *deed, struct fact_id *out_fact,
                     struct reason *out_reason) MUST_CHECK;

/* The same inside the caller's transaction. */
enum rc deeds_do(struct journal *journal, const struct office *office, struct fact_id person,
                 const struct deed *deed, struct fact_id *out_fact,
                 struct reason *out_reason) MUST_CHECK;

/* Which ones: of a kind at an occasion, or on a day where there is no occasion. */
struct deeds_at {
    enum deed_kind kind;
    struct fact_id occasion;
    int day;
};

/*
 * Calls `row` for each, the oldest first. A `row` that returns something else than RC_OK ends it
 * with that.
 */
enum rc deeds_list(struct db *db, const struct deeds_at *at,
                   enum rc (*row)(void *context, struct fact_id person, const struct deed *deed),
                   void *context) MUST_CHECK;

/* The last one of a kind that is a person's. RC_EMPTY: there is none. */
enum rc deeds_last(struct db *db, struct fact_id person, enum deed_kind kind,
                   struct deed *out_deed) MUST_CHECK;

/*
 * The last of them that is the person's is as if it had never been, for whoever has the right to
 * it. RC_NOT_FOUND where there is none.
 */
enum rc deeds_take_back(struct journal *journal, const struct office *office, struct fact_id person,
                        const struct deeds_at *at, struct reason *out_reason) MUST_CHECK;

/* How many of them are that person's. */
enum rc deeds_count(struct db *db, const struct deeds_at *at, struct fact_id person,
                    int *out_count) MUST_CHECK;

#endif
