/*
 * lookup_hours.h - what people gave and promised: seconds by day, sign-ups. Works on a writer's
 * connection and on a snapshot's.
 */
#ifndef APP_STORE_LOOKUP_HOURS_H
#define APP_STORE_LOOKUP_HOURS_H

#include "app/domain/stint.h"
#include "app/store/db.h"

/* The person's sign-ups for shifts that end after `from_ms`; sign_ups_finish them. */
enum rc lookup_hours_sign_ups(struct db *db, struct fact_id person, int64_t from_ms,
                              struct sign_ups *out_sign_ups) MUST_CHECK;

/* What one visit of theirs gives by now, also where nobody ended it. */
enum rc lookup_hours_of(struct db *db, struct fact_id person, const struct visit *visit,
                        int64_t now_ms, int64_t *out_seconds) MUST_CHECK;

/*
 * Seconds given on the venue's days from `first_day` to `last_day` (20261101), the open visit up to
 * `now_ms` included.
 */
enum rc lookup_hours_given(struct db *db, struct fact_id person, int first_day, int last_day,
                           int64_t now_ms, int64_t *out_seconds) MUST_CHECK;

/* The same, only what went to that organisation; {0, 0}: to the house itself. */
enum rc lookup_hours_given_to(struct db *db, struct fact_id person, struct fact_id organisation,
                              int first_day, int last_day, int64_t now_ms,
                              int64_t *out_seconds) MUST_CHECK;

/*
 * Calls `row` for what each visit gives that nobody ended yet, as it stands at `now_ms`, on days
 * from `first_day` to `last_day`. The views have no stints of those.
 */
enum rc lookup_hours_open(struct db *db, int first_day, int last_day, int64_t now_ms,
                          enum rc (*row)(void *context, struct fact_id person,
                                         const struct stint *stint),
                          void *context) MUST_CHECK;

#endif
