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

static enum rc take_body(struct occasion *occasion, const struct fact *fact, const json_t *body)
{
    if (fact->kind == FACT_SHIFT_CLOSED) {
        close_shift(occasion, fact, body);
        return RC_OK;
    }
    enum rc rc = occasion_apply(occasion, body);
    if (rc == RC_REFUSED)
        return fact->kind == FACT_OCCASION_ADDED ? RC_CORRUPT : RC_OK;
    if (!rc && !fact_id_is_none(fact->organisation))
        occasion->organisation = fact->organisation;
    return rc == RC_BAD_INPUT ? RC_CORRUPT : rc;
}

static enum rc take(struct occasion *occasion, const struct fact *fact)
{
    json_t *body;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body);
    if (rc)
        return rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
    rc = take_body(occasion, fact, body);
    json_decref(body);
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
        bool is_first = facts[i].kind == FACT_OCCASION_ADDED;
        bool is_ours = fact_kind_about(facts[i].kind) == FACT_ABOUT_OCCASION;
        if (!facts[i].body || !is_ours || (!is_first && !is_known))
            continue;
        rc = take(occasion, &facts[i]);
        is_known |= !rc && is_first;
        occasion->id = facts[i].subject;
    }
    if (!rc) {
        *out_occasion = *occasion;
        *out_is_known = is_known;
    }
    free(occasion);
    return rc;
}
