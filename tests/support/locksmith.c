#include "tests/support/locksmith.h"

#include <stdio.h>
#include <string.h>

int locksmith_set_up(void **state)
{
    struct house *house = house_open();
    locksmith_set_pin(house, HOUSE_IS_ADA, LOCKSMITH_PIN);
    *state = house;
    return 0;
}

int locksmith_tear_down(void **state)
{
    house_close(*state);
    return 0;
}

struct keyring_attempt locksmith_pin_of(const struct house *house, enum house_person who,
                                        const char *digits)
{
    struct keyring_attempt attempt = {.kind = KEYRING_PIN, .person = house->people[who]};
    strcpy(attempt.secret, digits);
    return attempt;
}

struct keyring_attempt locksmith_code_of(const char *letters)
{
    struct keyring_attempt attempt = {.kind = KEYRING_CODE};
    strcpy(attempt.secret, letters);
    return attempt;
}

/* All three steps, one after another. */
enum rc locksmith_try(struct house *house, struct keyring_attempt *attempt)
{
    struct clock_reading now = house_now(house);
    enum rc rc = keyring_prepare(house->journal, &now, attempt);
    if (!rc)
        rc = keyring_compute(journal_key(house->journal), attempt);
    return rc ? rc : keyring_record(house->journal, &now, attempt);
}

bool locksmith_fits(struct house *house, enum house_person who, const char *digits)
{
    struct keyring_attempt attempt = locksmith_pin_of(house, who, digits);
    enum rc rc = locksmith_try(house, &attempt);
    house_expect(!rc, "the PIN could not be tried: %s", rc_text(rc));
    return attempt.is_right;
}

void locksmith_set_pin(struct house *house, enum house_person who, const char *digits)
{
    char sealed[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    enum rc rc = secret_seal(journal_key(house->journal), digits, sealed);
    if (!rc)
        rc = journal_begin(house->journal, &now);
    if (!rc)
        rc = keyring_set_pin(house->journal, house->people[who], sealed);
    if (!rc)
        rc = journal_commit(house->journal);
    house_expect(!rc, "the PIN could not be set: %s", rc_text(rc));
}

enum rc locksmith_set_code(struct house *house, struct fact_id person, const char *letters)
{
    char sealed[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    enum rc rc = secret_seal_alike(journal_key(house->journal), letters, sealed);
    if (!rc)
        rc = journal_begin(house->journal, &now);
    house_expect(!rc, "no code could be set: %s", rc_text(rc));
    rc = keyring_set_code(house->journal, person, sealed);
    if (!rc)
        return journal_commit(house->journal);
    journal_rollback(house->journal);
    return rc;
}

int64_t locksmith_facts(struct house *house, enum fact_kind kind)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM fact WHERE kind=%d", (int)kind);
    return house_number(house, sql);
}

void locksmith_miss(struct house *house, enum house_person who, int times)
{
    for (int i = 0; i < times; i++)
        house_expect(!locksmith_fits(house, who, LOCKSMITH_WRONG), "the wrong PIN fits");
}
