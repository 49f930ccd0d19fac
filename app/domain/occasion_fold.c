/* What an occasion's facts come to. */
#include <stdlib.h>

#include "app/domain/occasion.h"

/* The referent's word; a later one counts. */
static void close_shift(struct occasion *occasion, const struct fact *fact, const json_t *body)
{
    for (int i = 0; i < occasion->shift_count; i++)
        if (occasion->shifts[i].number == json_number(body, "shift", 0)) {
            occasion->shifts[i].closed = fact->id;
            occasion->shifts[i].were_enough =
                shift_enough_from_name(json_text(body, "were_enough"));
        }
}

/* All of it is said anew. */
static enum rc take_whole(struct occasion *occasion, const json_t *body)
{
    struct occasion *after = calloc(1, sizeof *after);
    if (!after)
        return RC_NO_MEMORY;
    after->id = occasion->id;
    after->organisation = occasion->organisation;
    enum rc rc = occasion_apply(after, body);
    if (!rc)
        *occasion = *after;
    free(after);
    return rc;
}

static bool is_whole(const json_t *body)
{
    return json_is_true(json_object_get(body, FACT_WHOLE));
}

static enum rc take_body(struct occasion *occasion, const struct fact *fact, const json_t *body)
{
    if (fact->kind == FACT_SHIFT_CLOSED) {
        close_shift(occasion, fact, body);
        return RC_OK;
    }
    enum rc rc = is_whole(body) ? take_whole(occasion, body) : occasion_apply(occasion, body);
    if (rc == RC_REFUSED)
        return fact->kind == FACT_OCCASION_ADDED ? RC_CORRUPT : RC_OK;
    if (!rc && !fact_id_is_none(fact->organisation))
        occasion->organisation = fact->organisation;
    return rc == RC_BAD_INPUT ? RC_CORRUPT : rc;
}

/* *is_all: the fact says all of the occasion. */
static enum rc take(struct occasion *occasion, const struct fact *fact, bool is_known, bool *is_all)
{
    json_t *body;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    *is_all = fact->kind == FACT_OCCASION_ADDED || is_whole(body);
    if (*is_all || is_known)
        rc = take_body(occasion, fact, body);
    json_decref(body);
    return rc;
}

/* What the referent said of shifts that were not known then. */
static enum rc close_again(struct occasion *occasion, const struct fact *facts, size_t count)
{
    bool is_all;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < count; i++)
        if (facts[i].kind == FACT_SHIFT_CLOSED && facts[i].body)
            rc = take(occasion, &facts[i], true, &is_all);
    return rc;
}

enum rc occasion_fold(const struct fact *facts, size_t count, struct occasion *out_occasion,
                      bool *out_is_known)
{
    enum rc rc = RC_OK;
    bool is_known = false;
    struct occasion *occasion = calloc(1, sizeof *occasion);
    if (!occasion)
        return RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < count; i++) {
        if (!facts[i].body || fact_kind_about(facts[i].kind) != FACT_ABOUT_OCCASION)
            continue;
        bool is_all = false;
        rc = take(occasion, &facts[i], is_known, &is_all);
        is_known |= !rc && is_all;
        if (is_known)
            occasion->id = facts[i].subject;
        if (!rc && is_all && facts[i].kind == FACT_OCCASION_CHANGED)
            rc = close_again(occasion, facts, i);
    }
    if (!rc) {
        *out_occasion = *occasion;
        *out_is_known = is_known;
    }
    free(occasion);
    return rc;
}
