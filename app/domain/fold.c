#include "app/domain/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "firmware/base/hex.h"
#include "firmware/base/json.h"

static struct fold_badge *find_badge(struct fold *fold, const struct badge_hash *hash)
{
    for (size_t i = 0; i < fold->badge_count; i++)
        if (memcmp(&fold->badges[i].hash, hash, sizeof *hash) == 0)
            return &fold->badges[i];
    return NULL;
}

static enum rc read_hash(const json_t *body, struct badge_hash *out_hash)
{
    const char *text = json_text(body, "badge");
    size_t count;
    if (!text || hex_decode(text, strlen(text), BADGE_HASH_BYTES, out_hash->bytes, &count))
        return RC_CORRUPT;
    return count == BADGE_HASH_BYTES ? RC_OK : RC_CORRUPT;
}

/* Behind the others, or where the oldest that was withdrawn stands; NULL where all are in use. */
static struct fold_badge *make_room(struct fold *fold)
{
    if (fold->badge_count < FOLD_BADGES_MAX)
        return &fold->badges[fold->badge_count++];
    for (size_t i = 0; i < FOLD_BADGES_MAX; i++)
        if (fold->badges[i].is_withdrawn) {
            fold->badges[i] = (struct fold_badge){.until_ms = 0};
            return &fold->badges[i];
        }
    return NULL;
}

static enum rc take_badge(struct fold *fold, const struct fact *fact, const json_t *body)
{
    struct badge_hash hash;
    enum rc rc = read_hash(body, &hash);
    if (rc)
        return rc;
    struct fold_badge *badge = find_badge(fold, &hash);
    if (!badge)
        badge = make_room(fold);
    if (!badge)
        return RC_OK; /* the store refuses to give more than FOLD_BADGES_MAX */
    const char *key_id = json_text(body, "key");
    badge->hash = hash;
    snprintf(badge->key_id, sizeof badge->key_id, "%s", key_id ? key_id : "");
    badge->given = fact->id;
    badge->is_withdrawn = fact->kind == FACT_BADGE_WITHDRAWN;
    if (badge->is_withdrawn)
        return RC_OK;
    badge->until_ms = json_number(body, "until_ms", 0);
    badge->is_lent = json_is_true(json_object_get(body, "is_lent"));
    return RC_OK;
}

/* One that says all of them anew needs none of those before it: they may be erased. */
static enum rc take_person(struct fold *fold, const struct fact *fact, const json_t *body)
{
    bool is_whole = json_is_true(json_object_get(body, FACT_WHOLE));
    struct person person = {.id = fact->subject};
    if (!is_whole)
        person = fold->person;
    enum rc rc = person_apply(&person, body);
    if (rc)
        return rc;
    fold->person = person;
    fold->is_known |= is_whole || fact->kind == FACT_PERSON_ADDED;
    return RC_OK;
}

static void take_sealed(const json_t *body, const char *name, char *out_sealed)
{
    const char *text = json_text(body, name);
    bool fits = text && strlen(text) < FOLD_SEALED_BYTES;
    snprintf(out_sealed, FOLD_SEALED_BYTES, "%s", fits ? text : "");
}

static void forget_misses(struct fold_keyholder *keyholder)
{
    keyholder->misses = 0;
    keyholder->last_miss = (struct fact_id){0, 0};
}

static enum rc take_role(struct fold *fold, const struct fact *fact, const json_t *body)
{
    struct fold_keyholder *keyholder = &fold->keyholder;
    const struct fact_id house = {0, 0};
    keyholder->role = role_from_name(json_text(body, "role"));
    keyholder->organisation = keyholder->role == ROLE_NONE ? house : fact->organisation;
    return RC_OK;
}

static enum rc take_pin(struct fold *fold, const struct fact *fact, const json_t *body)
{
    (void)fact;
    take_sealed(body, "pin", fold->keyholder.pin);
    forget_misses(&fold->keyholder);
    return RC_OK;
}

static enum rc take_code(struct fold *fold, const struct fact *fact, const json_t *body)
{
    (void)fact;
    take_sealed(body, "code", fold->keyholder.code);
    return RC_OK;
}

static enum rc take_try(struct fold *fold, const struct fact *fact, const json_t *body)
{
    struct fold_keyholder *keyholder = &fold->keyholder;
    if (json_is_true(json_object_get(body, "ok"))) {
        forget_misses(keyholder);
        return RC_OK;
    }
    keyholder->misses++;
    keyholder->last_miss = fact->id;
    return RC_OK;
}

static enum rc take_newcomer(struct fold *fold, const struct fact *fact, const json_t *body)
{
    return newcomer_take(&fold->newcomer, fact, body);
}

static enum rc take_consent(struct fold *fold, const struct fact *fact, const json_t *body)
{
    return consent_take(&fold->consents, fact, body);
}

static const struct {
    enum fact_kind kind;
    enum rc (*take)(struct fold *fold, const struct fact *fact, const json_t *body);
} takers[] = {
    {FACT_PERSON_ADDED, take_person}, {FACT_PERSON_CHANGED, take_person},
    {FACT_BADGE_GIVEN, take_badge},   {FACT_BADGE_WITHDRAWN, take_badge},
    {FACT_ROLE_SET, take_role},       {FACT_PIN_SET, take_pin},
    {FACT_PIN_TRIED, take_try},       {FACT_CODE_SET, take_code},
    {FACT_WELCOME, take_newcomer},    {FACT_BUDDY, take_newcomer},
    {FACT_CONSENT, take_consent},
};

static enum rc take_fact(struct fold *fold, const struct fact *fact)
{
    json_t *body;
    size_t at = 0;
    if (fact->kind == FACT_PERSON_ADDED)
        fold->person.id = fact->id;
    while (at < sizeof takers / sizeof takers[0] && takers[at].kind != fact->kind)
        at++;
    if (at == sizeof takers / sizeof takers[0] || !fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = takers[at].take(fold, fact, body);
    json_decref(body);
    return rc == RC_BAD_INPUT ? RC_CORRUPT : rc;
}

/* A closing from the beginning of time closes all of somebody. */
static enum rc find_erasure(const struct fact *facts, size_t count, bool *out_is)
{
    enum rc rc = RC_OK;
    bool is = false;
    for (size_t i = 0; !rc && i < count; i++) {
        json_t *body = NULL;
        if (facts[i].kind == FACT_CLOSING)
            rc = body_read(&facts[i], &body);
        const json_t *span = json_array_get(json_object_get(body, "spans"), 0);
        is |= span && json_integer_value(json_array_get(span, 0)) == 0;
        json_decref(body);
    }
    *out_is = is;
    return rc;
}

/* Who is erased at one station and said anew at another meanwhile is nobody all the same. */
static enum rc check_known(struct fold *fold, const struct fact *facts, size_t count)
{
    bool is_added = false, is_erased = false;
    for (size_t i = 0; i < count; i++)
        is_added |= facts[i].kind == FACT_PERSON_ADDED && facts[i].body;
    enum rc rc = fold->is_known && !is_added ? find_erasure(facts, count, &is_erased) : RC_OK;
    fold->is_known &= !is_erased;
    return rc;
}

enum rc fold_person(struct fact *facts, size_t count, struct fold *out_fold)
{
    struct fold *fold = calloc(1, sizeof *fold);
    enum rc rc = RC_OK;
    if (!fold)
        return RC_NO_MEMORY;
    fact_sort(facts, count);
    for (size_t i = 0; i < count && !rc; i++)
        rc = take_fact(fold, &facts[i]);
    if (!rc)
        rc = check_known(fold, facts, count);
    if (!rc)
        rc = presence_fold(facts, count, &fold->presence);
    if (!rc) {
        newcomer_attend(&fold->newcomer, fold->presence.visits, fold->presence.count);
        *out_fold = *fold;
    }
    free(fold);
    return rc;
}

void fold_finish(struct fold *fold)
{
    if (fold)
        presence_finish(&fold->presence);
}

/* --- comparing --- */

static bool is_same_visit(const struct visit *a, const struct visit *b)
{
    return fact_id_is_same(a->id, b->id) && fact_id_is_same(a->organisation, b->organisation) &&
           a->arrived_ms == b->arrived_ms && a->left_ms == b->left_ms &&
           a->closes_ms == b->closes_ms && a->how_in == b->how_in && a->how_out == b->how_out &&
           a->is_doubtful_in == b->is_doubtful_in && a->is_doubtful_out == b->is_doubtful_out &&
           a->guests == b->guests && a->children == b->children &&
           fact_id_is_same(a->occasion, b->occasion) && a->kind == b->kind && a->day == b->day &&
           a->is_staff == b->is_staff && a->assumed_ms == b->assumed_ms && a->stop_ms == b->stop_ms;
}

size_t fold_same_visits(const struct presence *a, const struct presence *b)
{
    size_t same = 0;
    while (same < a->count && same < b->count && is_same_visit(&a->visits[same], &b->visits[same]))
        same++;
    return same;
}

static bool is_same_stint(const struct stint *a, const struct stint *b)
{
    return fact_id_is_same(a->visit, b->visit) && shift_id_is_same(a->of, b->of) &&
           fact_id_is_same(a->organisation, b->organisation) &&
           strcmp(a->mission, b->mission) == 0 && a->day == b->day && a->is_staff == b->is_staff &&
           a->is_assumed == b->is_assumed && a->from_ms == b->from_ms && a->seconds == b->seconds;
}

size_t fold_same_stints(const struct presence *a, const struct presence *b)
{
    size_t same = 0;
    while (same < a->stint_count && same < b->stint_count &&
           is_same_stint(&a->stints[same], &b->stints[same]))
        same++;
    return same;
}

size_t fold_same_sign_ups(const struct presence *a, const struct presence *b)
{
    size_t same = 0;
    while (same < a->sign_ups.count && same < b->sign_ups.count &&
           sign_up_is_same(&a->sign_ups.rows[same], &b->sign_ups.rows[same]))
        same++;
    return same;
}

static bool is_same_proposal(const struct proposal *a, const struct proposal *b)
{
    return fact_id_is_same(a->fact, b->fact) && fact_id_is_same(a->visit, b->visit) &&
           a->arrived_ms == b->arrived_ms && a->left_ms == b->left_ms && a->state == b->state &&
           fact_id_is_same(a->answer, b->answer);
}

bool fold_has_same_proposals(const struct presence *a, const struct presence *b)
{
    if (a->proposal_count != b->proposal_count)
        return false;
    for (size_t i = 0; i < a->proposal_count; i++)
        if (!is_same_proposal(&a->proposals[i], &b->proposals[i]))
            return false;
    return true;
}

static bool is_same_badge(const struct fold_badge *a, const struct fold_badge *b)
{
    return memcmp(&a->hash, &b->hash, sizeof a->hash) == 0 && strcmp(a->key_id, b->key_id) == 0 &&
           fact_id_is_same(a->given, b->given) && a->until_ms == b->until_ms &&
           a->is_lent == b->is_lent && a->is_withdrawn == b->is_withdrawn;
}

/* Folds list badges as given, views by hash: look each one up. */
bool fold_has_same_badges(const struct fold *a, const struct fold *b)
{
    if (a->badge_count != b->badge_count)
        return false;
    for (size_t i = 0; i < a->badge_count; i++) {
        size_t j = 0;
        while (j < b->badge_count && !is_same_badge(&a->badges[i], &b->badges[j]))
            j++;
        if (j == b->badge_count)
            return false;
    }
    return true;
}

bool fold_is_same_keyholder(const struct fold_keyholder *a, const struct fold_keyholder *b)
{
    return a->role == b->role && fact_id_is_same(a->organisation, b->organisation) &&
           strcmp(a->pin, b->pin) == 0 && strcmp(a->code, b->code) == 0 && a->misses == b->misses &&
           fact_id_is_same(a->last_miss, b->last_miss);
}

bool fold_is_empty_keyholder(const struct fold_keyholder *keyholder)
{
    static const struct fold_keyholder empty = {.role = ROLE_NONE};
    return fold_is_same_keyholder(keyholder, &empty);
}

bool fold_is_same_person(const struct fold *a, const struct fold *b)
{
    if (a->is_known != b->is_known)
        return false;
    for (int i = 0; a->is_known && i < person_field_count; i++)
        if (strcmp(person_text_const(&a->person, i), person_text_const(&b->person, i)) != 0)
            return false;
    return true;
}

bool fold_is_same_presence(const struct presence *a, const struct presence *b)
{
    return fact_id_is_same(a->since, b->since) && totals_are_same(&a->totals, &b->totals);
}

bool fold_is_same(const struct fold *a, const struct fold *b)
{
    return fold_is_same_person(a, b) && fold_has_same_badges(a, b) &&
           fold_is_same_keyholder(&a->keyholder, &b->keyholder) &&
           a->presence.count == b->presence.count &&
           fold_same_visits(&a->presence, &b->presence) == a->presence.count &&
           a->presence.stint_count == b->presence.stint_count &&
           fold_same_stints(&a->presence, &b->presence) == a->presence.stint_count &&
           a->presence.sign_ups.count == b->presence.sign_ups.count &&
           fold_same_sign_ups(&a->presence, &b->presence) == a->presence.sign_ups.count &&
           fold_has_same_proposals(&a->presence, &b->presence) &&
           deeds_are_same(&a->presence.deeds, &b->presence.deeds) &&
           newcomer_is_same(&a->newcomer, &b->newcomer) &&
           consents_are_same(&a->consents, &b->consents) &&
           fold_is_same_presence(&a->presence, &b->presence);
}
