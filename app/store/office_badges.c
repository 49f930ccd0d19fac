#include <string.h>

#include "app/store/office_i.h"
#include "firmware/base/hex.h"

static const char *const whys[] = {
    [OFFICE_LOST] = "lost",
    [OFFICE_RETURNED] = "returned",
    [OFFICE_REPLACED] = "replaced",
};

/* A badge as the register has it. */
struct owned {
    struct fact_id owner;
    struct fold_badge badge;
};

/* --- facts --- */

/* On failure the body is gone and NULL comes back. */
static json_t *with(json_t *body, const char *name, json_t *value)
{
    if (json_object_set_new(body, name, value) == 0)
        return body;
    json_decref(body);
    return NULL;
}

/* Whom staff of an organisation give a badge is one of its people from then on. */
static enum rc add_gift(struct journal *journal, const struct office *office,
                        const struct office_badge *gift)
{
    struct fact_id giver;
    enum rc rc = office_find_organisation(journal, office, RIGHT_BADGES, &giver);
    if (rc)
        return rc;
    char text[2 * BADGE_HASH_BYTES + 1];
    struct badge_hash hash = badge_hash(&gift->badge, journal_key(journal));
    hex_encode(hash.bytes, sizeof hash.bytes, text);
    json_t *body = json_pack("{s:s,s:s}", "badge", text, "key", journal_key_id(journal));
    if (gift->until_ms)
        body = with(body, "until_ms", json_integer(gift->until_ms));
    if (gift->is_lent)
        body = with(body, "is_lent", json_true());
    return office_add_for(journal, office, FACT_BADGE_GIVEN, gift->person, giver, body, NULL);
}

static enum rc add_withdrawal(struct journal *journal, const struct office *office,
                              struct fact_id person, const struct fold_badge *badge,
                              enum office_why why)
{
    char text[2 * BADGE_HASH_BYTES + 1];
    hex_encode(badge->hash.bytes, sizeof badge->hash.bytes, text);
    return office_add(
        journal, office, FACT_BADGE_WITHDRAWN, person,
        json_pack("{s:s,s:s,s:s}", "badge", text, "key", badge->key_id, "why", whys[why]), NULL);
}

/* --- may it be given? --- */

/* A lent badge waits for the next borrower once nobody has it in the house. */
static enum rc is_free_to_pass(struct journal *journal, const struct owned *owned,
                               bool *out_is_free)
{
    struct visit visit;
    int64_t at_ms;
    bool is_doubtful;
    journal_place_now(journal, &at_ms, &is_doubtful);
    enum rc rc = lookup_last_visit(journal_db(journal), owned->owner, &visit);
    if (rc && rc != RC_EMPTY)
        return rc;
    bool is_over = owned->badge.until_ms && at_ms >= owned->badge.until_ms;
    bool is_in = !rc && visit.how_out == PRESENCE_OPEN && at_ms < visit.closes_ms;
    *out_is_free = is_over || !is_in;
    return RC_OK;
}

/* A badge that came back waits in a drawer; one that was lost may be in anybody's hands. */
static enum rc check_withdrawn(struct journal *journal, const struct owned *owned,
                               struct reason *out_reason)
{
    char why[16];
    if (owned->badge.is_lent)
        return RC_OK;
    enum rc rc = lookup_text(journal_db(journal), owned->badge.given, "why", why, sizeof why);
    if (rc || strcmp(why, whys[OFFICE_RETURNED]) == 0)
        return rc;
    return office_refuse(OFFICE_BADGE_WITHDRAWN, out_reason);
}

static enum rc check_owned(struct journal *journal, const struct owned *owned,
                           struct fact_id person, struct reason *out_reason)
{
    bool is_free, is_theirs = fact_id_is_same(owned->owner, person);
    if (owned->badge.is_withdrawn)
        return check_withdrawn(journal, owned, out_reason);
    if (!owned->badge.is_lent)
        return office_refuse(is_theirs ? OFFICE_BADGE_THEIRS : OFFICE_BADGE_ANOTHERS, out_reason);
    if (is_theirs)
        return RC_OK; /* lent for longer */
    enum rc rc = is_free_to_pass(journal, owned, &is_free);
    return !rc && !is_free ? office_refuse(OFFICE_BADGE_OUT, out_reason) : rc;
}

static enum rc check_number_of_badges(struct journal *journal, struct fact_id person,
                                      struct reason *out_reason)
{
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t count, live = 0;
    enum rc rc = lookup_badges(journal_db(journal), person, badges, FOLD_BADGES_MAX, &count);
    for (size_t i = 0; !rc && i < count; i++)
        live += !badges[i].is_withdrawn;
    return live == FOLD_BADGES_MAX ? office_refuse(OFFICE_BADGES_MANY, out_reason) : rc;
}

/* --- giving --- */

static enum rc pass_on(struct journal *journal, const struct office *office,
                       const struct owned *owned, struct fact_id person)
{
    if (owned->badge.is_withdrawn || fact_id_is_same(owned->owner, person))
        return RC_OK;
    return add_withdrawal(journal, office, owned->owner, &owned->badge, OFFICE_RETURNED);
}

enum rc office_hand_badge(struct journal *journal, const struct office *office,
                          const struct office_badge *gift, struct reason *out_reason)
{
    struct person person;
    struct owned owned;
    enum rc rc = badge_check_enrolment(&gift->badge, out_reason);
    if (!rc)
        rc = office_find(journal, gift->person, &person, out_reason);
    if (!rc)
        rc = check_number_of_badges(journal, gift->person, out_reason);
    if (rc)
        return rc;
    rc = lookup_owner(journal_db(journal), journal_key(journal), &gift->badge, &owned.owner,
                      &owned.badge);
    if (rc == RC_EMPTY)
        return add_gift(journal, office, gift);
    if (!rc)
        rc = check_owned(journal, &owned, gift->person, out_reason);
    if (!rc)
        rc = pass_on(journal, office, &owned, gift->person);
    return rc ? rc : add_gift(journal, office, gift);
}

enum rc office_give_badge(struct journal *journal, const struct office *office,
                          const struct office_badge *gift, struct reason *out_reason)
{
    enum rc rc =
        office_begin(journal, office, RIGHT_BADGES, OFFICE_ABOUT_PERSON, gift->person, out_reason);
    return rc ? rc
              : office_end(journal, office_hand_badge(journal, office, gift, out_reason),
                           out_reason);
}

/* --- withdrawing --- */

enum which { ALL, FOR_GOOD };

static enum rc withdraw_many(struct journal *journal, const struct office *office,
                             struct fact_id person, enum which which, enum office_why why)
{
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t count;
    enum rc rc = lookup_badges(journal_db(journal), person, badges, FOLD_BADGES_MAX, &count);
    for (size_t i = 0; !rc && i < count; i++)
        if (!badges[i].is_withdrawn && (which == ALL || !badges[i].is_lent))
            rc = add_withdrawal(journal, office, person, &badges[i], why);
    return rc;
}

static enum rc withdraw_one(struct journal *journal, const struct office *office,
                            struct fact_id person, const struct badge_hash *hash,
                            enum office_why why, struct reason *out_reason)
{
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t count;
    enum rc rc = lookup_badges(journal_db(journal), person, badges, FOLD_BADGES_MAX, &count);
    if (rc)
        return rc;
    for (size_t i = 0; i < count; i++)
        if (memcmp(&badges[i].hash, hash, sizeof *hash) == 0 && !badges[i].is_withdrawn)
            return add_withdrawal(journal, office, person, &badges[i], why);
    return office_refuse(OFFICE_NO_BADGE, out_reason);
}

enum rc office_withdraw(struct journal *journal, const struct office *office, struct fact_id person,
                        const struct badge_hash *hash, enum office_why why,
                        struct reason *out_reason)
{
    enum rc rc =
        office_begin(journal, office, RIGHT_BADGES, OFFICE_ABOUT_PERSON, person, out_reason);
    if (rc)
        return rc;
    rc = hash ? withdraw_one(journal, office, person, hash, why, out_reason)
              : withdraw_many(journal, office, person, ALL, why);
    return office_end(journal, rc, out_reason);
}

/* Look-ups see the register as it was: a badge that is theirs already is refused as such. */
static enum rc replace(struct journal *journal, const struct office *office,
                       const struct office_badge *gift, struct reason *out_reason)
{
    enum rc rc = withdraw_many(journal, office, gift->person, FOR_GOOD, OFFICE_REPLACED);
    if (!rc)
        rc = office_hand_badge(journal, office, gift, out_reason);
    return rc;
}

enum rc office_replace_badge(struct journal *journal, const struct office *office,
                             const struct office_badge *gift, struct reason *out_reason)
{
    enum rc rc =
        office_begin(journal, office, RIGHT_BADGES, OFFICE_ABOUT_PERSON, gift->person, out_reason);
    return rc ? rc : office_end(journal, replace(journal, office, gift, out_reason), out_reason);
}
