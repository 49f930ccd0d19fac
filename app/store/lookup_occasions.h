/*
 * lookup_occasions.h - what is on, what is coming, who promised to be there. Works on a writer's
 * connection and on a snapshot's. Lists have a limit.
 */
#ifndef APP_STORE_LOOKUP_OCCASIONS_H
#define APP_STORE_LOOKUP_OCCASIONS_H

#include "app/domain/answer.h"
#include "app/domain/sign_up.h"
#include "app/store/db.h"

/* With its shifts. RC_EMPTY: there is none. */
enum rc lookup_occasion(struct db *db, struct fact_id id, struct occasion *out_occasion) MUST_CHECK;

/* The one that came from that entry of a calendar. RC_EMPTY: none did. */
enum rc lookup_imported(struct db *db, const char *uid, const char *instance,
                        struct fact_id *out_id) MUST_CHECK;

/* How many are signed up for shifts of it. */
enum rc lookup_signed_up(struct db *db, struct fact_id occasion, int *out_count) MUST_CHECK;

/*
 * Calls `row` for each occasion that ends after `from_ms` and begins before `to_ms`, cancelled ones
 * too, by beginning. A `row` that returns something else than RC_OK ends it with that.
 */
enum rc lookup_occasions(struct db *db, int64_t from_ms, int64_t to_ms,
                         enum rc (*row)(void *context, const struct occasion *occasion),
                         void *context) MUST_CHECK;

/* One that says all that this one says, whatever its id. RC_EMPTY: none does. */
enum rc lookup_same_occasion(struct db *db, const struct occasion *occasion,
                             struct fact_id *out_id) MUST_CHECK;

/*
 * A shift with how many stand: signed up and neither excused nor replaced, those who look for a
 * stand-in too.
 */
struct lookup_shift {
    struct answer_slot slot; /* needed: places less than stand; those to be stood in for count */
    struct fact_id organisation;
    int places; /* 0: as many as come */
    int standing;
    int sought; /* of them look for a stand-in */
    enum occasion_state state;
    struct fact_id closed; /* the fact that signed it off; none: nobody did */
    enum shift_enough were_enough;
    char circle[64], skill[64], referent[100];
};

/*
 * Shifts that end after `from_ms` and begin before `to_ms`, of occasions that are on, soonest
 * first. `is_needed_only`: where hands are needed. At most `max`; *out_total counts all.
 */
enum rc lookup_shifts(struct db *db, int64_t from_ms, int64_t to_ms, bool is_needed_only,
                      size_t max, struct lookup_shift *out_rows, size_t *out_listed,
                      size_t *out_total) MUST_CHECK;

/* One shift. RC_EMPTY: there is none. */
enum rc lookup_one_shift(struct db *db, struct shift_id of,
                         struct lookup_shift *out_row) MUST_CHECK;

/* What its referent left for the next; "" where it is not signed off, or without a word. */
enum rc lookup_word(struct db *db, const struct lookup_shift *shift, char *out_word,
                    size_t size) MUST_CHECK;

/* The same of the last shift with that title and organisation, up to a month before this one. */
enum rc lookup_last_word(struct db *db, const struct lookup_shift *shift, char *out_word,
                         size_t size) MUST_CHECK;

/* Somebody who signed up, and what came of it. */
struct lookup_promise {
    struct fact_id person;
    char display_name[100];
    char full_name[200];
    bool is_discreet; /* they want no name of theirs on a public screen */
    enum sign_up_outcome outcome;
    bool is_stand_in_sought;
    int64_t arrived_ms, left_ms; /* of the visit they came with; 0: none, or open */
};

/* Of one shift, by name; all who ever signed up. */
enum rc lookup_promises(struct db *db, struct shift_id of, int64_t now_ms, size_t max,
                        struct lookup_promise *out_rows, size_t *out_listed) MUST_CHECK;

/* Has the person given hours on at least `days` different days? */
enum rc lookup_is_experienced(struct db *db, struct fact_id person, int days,
                              bool *out_is) MUST_CHECK;

/* The organisation of that name. RC_EMPTY: none. And back; "" for the house itself. */
enum rc lookup_organisation(struct db *db, const char *name, struct fact_id *out_id) MUST_CHECK;
enum rc lookup_organisation_name(struct db *db, struct fact_id id, char *out_name,
                                 size_t size) MUST_CHECK;

#endif
