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

/* The same for a badge that may be listed in another writing: the first that somebody has. */
enum rc lookup_owner(struct db *db, const uint8_t *key, const struct badge *badge,
                     struct fact_id *out_person, struct fold_badge *out_badge) MUST_CHECK;

/* All badges the person has or had, as given; the first `max`. */
enum rc lookup_badges(struct db *db, struct fact_id person, struct fold_badge *out_badges,
                      size_t max, size_t *out_count) MUST_CHECK;

/* A badge that the person has to give back. */
enum rc lookup_has_lent_badge(struct db *db, struct fact_id person, bool *out_has) MUST_CHECK;

/* RC_EMPTY where there is no such person (any more). */
enum rc lookup_person(struct db *db, struct fact_id id, struct person *out_person) MUST_CHECK;
enum rc lookup_number(struct db *db, const char *number, struct person *out_person) MUST_CHECK;
enum rc lookup_external_id(struct db *db, const char *external_id,
                           struct person *out_person) MUST_CHECK;

/* By the whole name, letter by letter. RC_REFUSED: several people have it. */
enum rc lookup_name(struct db *db, const char *first_name, const char *last_name,
                    struct person *out_person) MUST_CHECK;

/* Calls `row` for everybody, by name. One that returns something else than RC_OK ends it with that.
 */
enum rc lookup_each(struct db *db, enum rc (*row)(void *context, const struct person *person),
                    void *context) MUST_CHECK;

/*
 * The same by id, with id, number, first and last name alone: what a search for a name needs, quick
 * enough while somebody types.
 */
enum rc lookup_names(struct db *db, enum rc (*row)(void *context, const struct person *person),
                     void *context) MUST_CHECK;

/* How many people have that role over the whole house. */
enum rc lookup_count_role(struct db *db, enum role role, int64_t *out_count) MUST_CHECK;

/* A text in a fact's body; "" where there is none, or once it is erased. */
enum rc lookup_text(struct db *db, struct fact_id fact, const char *name, char *out_text,
                    size_t size) MUST_CHECK;

/* The person's open visit, or else the last. RC_EMPTY: never here. */
enum rc lookup_last_visit(struct db *db, struct fact_id person, struct visit *out_visit) MUST_CHECK;

enum rc lookup_visit(struct db *db, struct fact_id id, struct fact_id *out_person,
                     struct visit *out_visit) MUST_CHECK;

/* Does a visit of the person other than `except`, with an end that counts, reach into the time? */
enum rc lookup_overlaps(struct db *db, struct fact_id person, struct fact_id except,
                        int64_t from_ms, int64_t to_ms, bool *out_overlaps) MUST_CHECK;

/* How long the person's last visits were that they ended themselves; the latest `max`. */
enum rc lookup_lengths(struct db *db, struct fact_id person, size_t max, int64_t *out_lengths_ms,
                       size_t *out_count) MUST_CHECK;

/* When the person first came to an occasion of that kind. RC_EMPTY: never. */
enum rc lookup_first_of_kind(struct db *db, struct fact_id person, enum occasion_kind kind,
                             int64_t *out_arrived_ms) MUST_CHECK;

/* How many people are in the house at `now_ms`, their guests too. */
enum rc lookup_here(struct db *db, int64_t now_ms, int *out_count) MUST_CHECK;

/* The boot and monotonic time of the last arrival or departure. RC_EMPTY: never, or undone. */
enum rc lookup_since(struct db *db, struct fact_id person, uint8_t *out_boot,
                     int64_t *out_mono_ms) MUST_CHECK;

#endif
