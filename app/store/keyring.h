/*
 * keyring.h - PINs and personal codes: set, tried, and locked after too many misses.
 *
 * Trying is split, because argon2id takes tens of milliseconds and more, which the writer's thread
 * does not have: keyring_prepare reads what there is to compare with (where the journal runs),
 * keyring_compute does the slow part (any thread), keyring_record writes down that somebody tried
 * (where the journal runs). Only then may anybody hear the result: a kill or a power cut before
 * that gives no free try. Times come as an argument; the lock is lock.h's.
 */
#ifndef APP_STORE_KEYRING_H
#define APP_STORE_KEYRING_H

#include "app/domain/fold.h"
#include "app/store/journal.h"
#include "firmware/base/secret.h"

#define KEYRING_CANDIDATES_MAX 16

enum keyring_kind { KEYRING_PIN, KEYRING_CODE };

/* One try. The caller fills in the first part. */
struct keyring_attempt {
    enum keyring_kind kind;
    struct fact_id person;            /* KEYRING_PIN: whose */
    char secret[SECRET_TEXT_MAX + 1]; /* what was typed; wiped by keyring_compute */
    bool has_candidates;              /* KEYRING_CODE: only these people's code counts */
    struct fact_id candidates[KEYRING_CANDIDATES_MAX];
    size_t candidate_count;

    char sealed[FOLD_SEALED_BYTES];
    bool is_right;        /* for nobody's ears before keyring_record */
    struct fact_id owner; /* of the code, where it is right */
    int64_t locked_ms;    /* how long nobody may try again, now */
};

/*
 * What there is to compare with. RC_REFUSED while locked: nothing is tried, locked_ms says for how
 * long. Somebody without a PIN has one that never fits; RC_NOT_FOUND where there is nobody.
 */
enum rc keyring_prepare(struct journal *journal, const struct clock_reading *now,
                        struct keyring_attempt *attempt) MUST_CHECK;

/* The slow part. Wipes attempt->secret. `key` is the venue's. RC_NO_MEMORY: nothing was tried. */
enum rc keyring_compute(const uint8_t *key, struct keyring_attempt *attempt) MUST_CHECK;

/*
 * Brings to disk that somebody tried; after RC_OK is_right, owner and locked_ms may be told. A code
 * of somebody who is no candidate is as wrong as nobody's. RC_REFUSED: locked meanwhile; any other
 * failure: it could not be written, so nothing is told.
 */
enum rc keyring_record(struct journal *journal, const struct clock_reading *now,
                       struct keyring_attempt *attempt) MUST_CHECK;

/*
 * Milliseconds left of a person's lock, and of that for codes at this station; 0: none. RC_IO while
 * the disk refuses to be opened again.
 */
enum rc keyring_find_lock(struct journal *journal, struct fact_id person,
                          const struct clock_reading *now, int64_t *out_left_ms) MUST_CHECK;
enum rc keyring_find_code_lock(struct journal *journal, const struct clock_reading *now,
                               int64_t *out_left_ms) MUST_CHECK;

/*
 * Inside the caller's transaction; `sealed` by secret_seal, secret_seal_alike. A new PIN ends a
 * lock. RC_BAD_INPUT for a text that is no seal; RC_REFUSED for a code that somebody else has: make
 * another.
 */
enum rc keyring_set_pin(struct journal *journal, struct fact_id person,
                        const char *sealed) MUST_CHECK;
enum rc keyring_set_code(struct journal *journal, struct fact_id person,
                         const char *sealed) MUST_CHECK;

/* Forgets the misses of somebody who locked themselves out; inside the caller's transaction. */
enum rc keyring_unlock(struct journal *journal, struct fact_id person) MUST_CHECK;

#endif
