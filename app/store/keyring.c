#include "app/store/keyring.h"

#include <string.h>

#include "app/store/keys.h"
#include "app/store/lookup.h"

#define OWNERS_MAX 8

_Static_assert(SECRET_SEALED_BYTES <= FOLD_SEALED_BYTES, "what is sealed fits the views");

static const struct fact_id house = {0, 0};

/* --- locks --- */

enum rc keyring_find_lock(struct journal *journal, struct fact_id person,
                          const struct clock_reading *now, int64_t *out_left_ms)
{
    struct lock lock;
    struct db *db = journal_db(journal);
    enum rc rc = db ? keys_find_lock(db, person, &lock) : RC_IO;
    if (!rc)
        *out_left_ms = lock_left_ms(&lock, now);
    return rc;
}

enum rc keyring_find_code_lock(struct journal *journal, const struct clock_reading *now,
                               int64_t *out_left_ms)
{
    struct lock lock;
    struct db *db = journal_db(journal);
    enum rc rc = db ? keys_find_code_lock(db, journal_station(journal), &lock) : RC_IO;
    if (!rc)
        *out_left_ms = lock_left_ms(&lock, now);
    return rc;
}

static enum rc lock_of(struct journal *journal, const struct keyring_attempt *attempt,
                       const struct clock_reading *now, int64_t *out_left_ms)
{
    return attempt->kind == KEYRING_PIN
               ? keyring_find_lock(journal, attempt->person, now, out_left_ms)
               : keyring_find_code_lock(journal, now, out_left_ms);
}

/* RC_REFUSED where it is locked. */
static enum rc check_lock(struct journal *journal, const struct clock_reading *now,
                          struct keyring_attempt *attempt)
{
    enum rc rc = lock_of(journal, attempt, now, &attempt->locked_ms);
    return !rc && attempt->locked_ms > 0 ? RC_REFUSED : rc;
}

/* --- trying --- */

static enum rc find_pin(struct journal *journal, struct keyring_attempt *attempt)
{
    struct fold_keyholder keyholder;
    struct person person;
    enum rc rc = lookup_person(journal_db(journal), attempt->person, &person);
    if (rc)
        return rc == RC_EMPTY ? RC_NOT_FOUND : rc;
    rc = keys_find(journal_db(journal), attempt->person, &keyholder);
    if (!rc)
        memcpy(attempt->sealed, keyholder.pin, sizeof attempt->sealed);
    return rc;
}

enum rc keyring_prepare(struct journal *journal, const struct clock_reading *now,
                        struct keyring_attempt *attempt)
{
    enum rc rc = journal_begin(journal, now); /* mends what an earlier failure left */
    if (rc)
        return rc;
    rc = check_lock(journal, now, attempt);
    if (!rc && attempt->kind == KEYRING_PIN)
        rc = find_pin(journal, attempt);
    journal_rollback(journal);
    return rc;
}

enum rc keyring_compute(const uint8_t *key, struct keyring_attempt *attempt)
{
    enum rc rc;
    if (attempt->kind == KEYRING_CODE)
        rc = secret_seal_alike(key, attempt->secret, attempt->sealed);
    else
        rc = secret_fits(key, attempt->secret, attempt->sealed[0] ? attempt->sealed : NULL,
                         &attempt->is_right);
    hash_forget(attempt->secret, sizeof attempt->secret);
    return rc;
}

static bool is_candidate(const struct keyring_attempt *attempt, struct fact_id person)
{
    for (size_t i = 0; i < attempt->candidate_count; i++)
        if (fact_id_is_same(attempt->candidates[i], person))
            return true;
    return !attempt->has_candidates;
}

/* Right is a code that one person alone has, of those that count. */
static enum rc judge_code(struct journal *journal, struct keyring_attempt *attempt)
{
    struct fact_id owners[OWNERS_MAX];
    size_t count, fitting = 0;
    enum rc rc = keys_find_owners(journal_db(journal), attempt->sealed, owners, OWNERS_MAX, &count);
    if (rc)
        return rc;
    for (size_t i = 0; i < count; i++)
        if (is_candidate(attempt, owners[i])) {
            attempt->owner = owners[i];
            fitting++;
        }
    attempt->is_right = fitting == 1;
    if (!attempt->is_right)
        attempt->owner = house;
    return RC_OK;
}

/* A right code is nobody's business but the door's, which records the arrival. */
static enum rc count(struct journal *journal, struct keyring_attempt *attempt)
{
    if (attempt->kind == KEYRING_PIN)
        return journal_add(journal, FACT_PIN_TRIED, attempt->person, house,
                           json_pack("{s:b}", "ok", attempt->is_right), NULL);
    enum rc rc = judge_code(journal, attempt);
    return rc || attempt->is_right
               ? rc
               : journal_add(journal, FACT_CODE_MISSED, house, house, json_object(), NULL);
}

enum rc keyring_record(struct journal *journal, const struct clock_reading *now,
                       struct keyring_attempt *attempt)
{
    int64_t locked_ms = 0;
    enum rc rc = journal_begin(journal, now);
    if (rc)
        return rc;
    rc = check_lock(journal, now, attempt);
    if (!rc)
        rc = count(journal, attempt);
    if (!rc)
        rc = journal_settle(journal);
    if (!rc && !attempt->is_right)
        rc = lock_of(journal, attempt, now, &locked_ms);
    if (rc) {
        journal_rollback(journal);
        return rc;
    }
    rc = journal_commit(journal);
    if (!rc)
        attempt->locked_ms = locked_ms;
    return rc;
}

/* --- setting --- */

enum rc keyring_set_pin(struct journal *journal, struct fact_id person, const char *sealed)
{
    if (!secret_is_sealed(sealed))
        return RC_BAD_INPUT;
    return journal_add(journal, FACT_PIN_SET, person, house,
                       json_pack("{s:s,s:s}", "pin", sealed, "key", journal_key_id(journal)), NULL);
}

enum rc keyring_set_code(struct journal *journal, struct fact_id person, const char *sealed)
{
    struct fact_id owners[OWNERS_MAX];
    size_t count;
    if (!secret_is_sealed_alike(sealed))
        return RC_BAD_INPUT;
    enum rc rc = journal_settle(journal);
    if (!rc)
        rc = keys_find_owners(journal_db(journal), sealed, owners, OWNERS_MAX, &count);
    for (size_t i = 0; !rc && i < count; i++)
        if (!fact_id_is_same(owners[i], person))
            rc = RC_REFUSED;
    return rc ? rc
              : journal_add(journal, FACT_CODE_SET, person, house,
                            json_pack("{s:s,s:s}", "code", sealed, "key", journal_key_id(journal)),
                            NULL);
}

enum rc keyring_unlock(struct journal *journal, struct fact_id person)
{
    return journal_add(journal, FACT_PIN_TRIED, person, house,
                       json_pack("{s:b,s:s}", "ok", 1, "how", "unlocked"), NULL);
}
