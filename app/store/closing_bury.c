/* What was known of visits that are closed: which facts go. */
#include <stdlib.h>

#include "app/domain/body.h"
#include "app/domain/day.h"
#include "app/domain/deed.h"
#include "app/domain/extent.h"
#include "app/store/closing_i.h"

static bool is_visit_gone(const struct closing *closing, const json_t *body)
{
    const struct presence *presence = &closing->fold.presence;
    struct fact_id id = body_id(body, "visit");
    for (size_t i = 0; i < presence->count; i++)
        if (fact_id_is_same(presence->visits[i].id, id))
            return closing->visit_goes[i];
    return false;
}

static bool is_promise_gone(const struct closing *closing, const json_t *body)
{
    const struct sign_ups *sign_ups = &closing->fold.presence.sign_ups;
    const struct shift_id of = {body_id(body, "occasion"), (int)json_number(body, "shift", 0)};
    for (size_t i = 0; i < sign_ups->count; i++)
        if (shift_id_is_same(sign_ups->rows[i].of, of))
            return closing->promise_goes[i];
    return false;
}

/* One that was taken back is in no fold. */
static bool is_deed_gone(const struct closing *closing, const struct fact *fact, const json_t *body)
{
    const struct deeds *deeds = &closing->fold.presence.deeds;
    for (size_t i = 0; i < deeds->count; i++)
        if (fact_id_is_same(deeds->rows[i].fact, fact->id))
            return closing->deed_goes[i];
    return closing_takes_deed(closing, deed_kind_from_name(json_text(body, "deed")),
                              fact_place_of(fact),
                              day_number(fact->effective_ms, fact->day_end_min));
}

/* It speaks of a fact before it; what is gone is marked so far. */
static bool is_other_gone(const struct closing *closing, size_t at, const json_t *body,
                          const bool *is_gone)
{
    struct fact_id id = body_id(body, "of");
    while (at-- > 0)
        if (fact_id_is_same(closing->facts.rows[at].id, id))
            return is_gone[at];
    return false;
}

/* Of what was erased before, like what guests were called, only the place is known. */
static bool does_erased_go(const struct closing *closing, const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_TAP:
    case FACT_PRESS:
    case FACT_GUESTS:
    case FACT_ATTENDANCE:
    case FACT_UNDO:
    case FACT_TAKE_BACK: return closing_has_place(closing, fact_place_of(fact));
    default: return false;
    }
}

static bool does_go(const struct closing *closing, size_t at, const json_t *body,
                    const bool *is_gone)
{
    const struct fact *fact = &closing->facts.rows[at];
    if (closing->rule->is_everything)
        return body && fact->kind != FACT_CLOSING && fact->kind != FACT_TOMBSTONE;
    if (!body)
        return does_erased_go(closing, fact);
    switch (fact->kind) {
    case FACT_TAP:
    case FACT_PRESS: return closing_has_place(closing, fact_place_of(fact));
    case FACT_GUESTS:
        return is_visit_gone(closing, body) ||
               (!json_object_get(body, "visit") && closing_has_place(closing, fact_place_of(fact)));
    case FACT_PROPOSAL:
    case FACT_CORRECTION:
    case FACT_ATTENDANCE: return is_visit_gone(closing, body);
    case FACT_SIGN_UP:
    case FACT_SIGN_UP_ENDED: return is_promise_gone(closing, body);
    case FACT_DEED: return is_deed_gone(closing, fact, body);
    case FACT_UNDO:
    case FACT_TAKE_BACK:
    case FACT_PROPOSAL_ANSWERED: return is_other_gone(closing, at, body, is_gone);
    default: return false;
    }
}

static enum rc mark(const struct closing *closing, bool *is_gone)
{
    for (size_t i = 0; i < closing->facts.count; i++) {
        json_t *body;
        enum rc rc = body_read(&closing->facts.rows[i], &body);
        if (rc)
            return rc;
        is_gone[i] = does_go(closing, i, body, is_gone);
        json_decref(body);
    }
    return RC_OK;
}

enum rc closing_bury(struct closing *closing, struct stone *stone)
{
    bool *is_gone = calloc(closing->facts.count + 1, sizeof *is_gone);
    enum rc rc = is_gone ? mark(closing, is_gone) : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < closing->facts.count; i++)
        if (is_gone[i])
            rc = stone_add(stone, closing->facts.rows[i].id);
    free(is_gone);
    return rc;
}
