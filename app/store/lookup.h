/*
 * lookup.h - questions the door and the import ask the views. Works on a writer's connection and
 * on a snapshot's.
 */
#ifndef APP_STORE_LOOKUP_H
#define APP_STORE_LOOKUP_H

#include "app/domain/fold.h"
#include "app/store/db.h"

/*
 * Whose badge is this? The newest gift of a badge that was not withdrawn wins; a withdrawn one is
 * found where there is no other. RC_EMPTY: nobody's.
 */
enum rc lookup_badge(struct db *db, const struct badge_hash *hash, struct fact_id *out_person,
                     bool *out_is_withdrawn) MUST_CHECK;

/* RC_EMPTY where there is no such person (any more). */
enum rc lookup_person(struct db *db, struct fact_id id, struct person *out_person) MUST_CHECK;
enum rc lookup_number(struct db *db, const char *number, struct person *out_person) MUST_CHECK;
enum rc lookup_external_id(struct db *db, const char *external_id,
                           struct person *out_person) MUST_CHECK;

/* By the whole name, letter by letter. RC_REFUSED: several people have it. */
enum rc lookup_name(struct db *db, const char *first_name, const char *last_name,
                    struct person *out_person) MUST_CHECK;

/* The person's open visit, or else the last. RC_EMPTY: never here. */
enum rc lookup_last_visit(struct db *db, struct fact_id person, struct visit *out_visit) MUST_CHECK;

/* Seconds given since `from_ms`, the open visit up to `now_ms` included. */
enum rc lookup_seconds(struct db *db, struct fact_id person, int64_t from_ms, int64_t now_ms,
                       int64_t *out_seconds) MUST_CHECK;

/* How many people are in the house at `now_ms`. */
enum rc lookup_here(struct db *db, int64_t now_ms, int *out_count) MUST_CHECK;

/* The boot and monotonic time of the last arrival or departure. RC_EMPTY: never, or undone. */
enum rc lookup_since(struct db *db, struct fact_id person, uint8_t *out_boot,
                     int64_t *out_mono_ms) MUST_CHECK;

#endif
