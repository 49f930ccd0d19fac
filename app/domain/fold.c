#include "app/domain/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static enum rc take_badge(struct fold *fold, const struct fact *fact, const json_t *body)
{
    struct badge_hash hash;
    enum rc rc = read_hash(body, &hash);
    if (rc)
        return rc;
    struct fold_badge *badge = find_badge(fold, &hash);
    if (!badge && fold->badge_count < FOLD_BADGES_MAX)
        badge = &fold->badges[fold->badge_count++];
    if (!badge)
        return RC_OK; /* the store refuses to give more than FOLD_BADGES_MAX */
    const char *key_id = json_text(body, "key");
    badge->hash = hash;
    snprintf(badge->key_id, sizeof badge->key_id, "%s", key_id ? key_id : "");
    badge->given = fact->id;
    badge->is_withdrawn = fact->kind == FACT_BADGE_WITHDRAWN;
    return RC_OK;
}

static enum rc take_fact(struct fold *fold, const struct fact *fact)
{
    json_t *body;
    bool is_person = fact->kind == FACT_PERSON_ADDED || fact->kind == FACT_PERSON_CHANGED;
    bool is_badge = fact->kind == FACT_BADGE_GIVEN || fact->kind == FACT_BADGE_WITHDRAWN;
    if (fact->kind == FACT_PERSON_ADDED)
        fold->person.id = fact->id;
    if ((!is_person && !is_badge) || !fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = is_badge ? take_badge(fold, fact, body) : person_apply(&fold->person, body);
    if (fact->kind == FACT_PERSON_ADDED)
        fold->is_known = true;
    json_decref(body);
    return rc == RC_BAD_INPUT ? RC_CORRUPT : rc;
}

enum rc fold_person(struct fact *facts, size_t count, struct fold *out_fold)
{
    struct fold *fold = calloc(1, sizeof *fold);
    enum rc rc = RC_OK;
    if (!fold)
        return RC_NO_MEMORY;
    if (count)
        qsort(facts, count, sizeof *facts, fact_compare);
    for (size_t i = 0; i < count && !rc; i++)
        rc = take_fact(fold, &facts[i]);
    if (!rc)
        rc = presence_fold(facts, count, &fold->presence);
    if (!rc)
        *out_fold = *fold;
    free(fold);
    return rc;
}

void fold_finish(struct fold *fold)
{
    if (fold)
        presence_finish(&fold->presence);
}
