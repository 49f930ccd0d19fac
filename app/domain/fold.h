/*
 * fold.h - all that one person's facts come to: who they are, their badges, what they may do and
 * what they prove it by, their visits.
 *
 * The store keeps the results in view tables; `perron verify` folds again and compares. Raise
 * FOLD_VERSION whenever the same facts would fold to something else: stations then rebuild their
 * views while taps go on. Pure; any thread.
 */
#ifndef APP_DOMAIN_FOLD_H
#define APP_DOMAIN_FOLD_H

#include "app/domain/badge.h"
#include "app/domain/consent.h"
#include "app/domain/newcomer.h"
#include "app/domain/person.h"
#include "app/domain/presence.h"
#include "app/domain/role.h"

#define FOLD_VERSION 8
#define FOLD_BADGES_MAX 32
#define FOLD_SEALED_BYTES 161 /* a sealed PIN or code, with the NUL */

struct fold_badge {
    struct badge_hash hash;
    char key_id[17]; /* of the venue key the hash was made with */
    struct fact_id given;
    int64_t until_ms; /* the first moment at which it opens nothing; 0: for good */
    bool is_lent;     /* asked back on leaving */
    bool is_withdrawn;
};

/* Sealed texts stay as the facts have them; one longer than any of ours is "" and opens nothing. */
struct fold_keyholder {
    enum role role;
    struct fact_id organisation;  /* whose people alone the role reaches; none: the whole house's */
    char pin[FOLD_SEALED_BYTES];  /* "" for none */
    char code[FOLD_SEALED_BYTES]; /* "" for none */
    int misses;                   /* of the PIN, since it was last right or set */
    struct fact_id last_miss;     /* seq 0 where misses is 0 */
};

struct fold {
    struct person person;
    bool is_known; /* a person.added with its body is there; false once erased */
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t badge_count;
    struct fold_keyholder keyholder;
    struct presence presence;
    struct newcomer newcomer;
    struct consents consents;
};

/*
 * Sorts the facts by fact_compare and folds them. Finish with fold_finish. RC_NO_MEMORY, or
 * RC_CORRUPT for a body that no version of Perron wrote.
 */
enum rc fold_person(struct fact *facts, size_t count, struct fold *out_fold) MUST_CHECK;
void fold_finish(struct fold *fold);

/* Do two folds say the same; and by part, for those who write only what changed. */
bool fold_is_same(const struct fold *a, const struct fold *b);
bool fold_is_same_person(const struct fold *a, const struct fold *b);
bool fold_has_same_badges(const struct fold *a, const struct fold *b);
bool fold_is_same_keyholder(const struct fold_keyholder *a, const struct fold_keyholder *b);

/* Nothing was ever given to them, nor missed. */
bool fold_is_empty_keyholder(const struct fold_keyholder *keyholder);

/* How many visits, stints, sign-ups are the same, counted from the first. */
size_t fold_same_visits(const struct presence *a, const struct presence *b);
size_t fold_same_stints(const struct presence *a, const struct presence *b);
size_t fold_same_sign_ups(const struct presence *a, const struct presence *b);

bool fold_has_same_proposals(const struct presence *a, const struct presence *b);

/* Since when, and the totals of what was closed. */
bool fold_is_same_presence(const struct presence *a, const struct presence *b);

#endif
