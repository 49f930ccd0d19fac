#include <string.h>

#include "app/domain/presence_i.h"

static struct visit *find_visit(struct presence *presence, struct fact_id id)
{
    for (size_t i = presence->count; i-- > 0;)
        if (fact_id_is_same(presence->visits[i].id, id))
            return &presence->visits[i];
    return NULL;
}

static int clamp_guests(int64_t count)
{
    if (count < 0)
        return 0;
    return count > PRESENCE_GUESTS_MAX ? PRESENCE_GUESTS_MAX : (int)count;
}

static struct visit *find_host(struct presence *presence, const struct fact *fact,
                               const json_t *body)
{
    if (json_object_get(body, "visit"))
        return find_visit(presence, body_id(body, "visit"));
    struct visit *last = presence_last_open(presence);
    return last && fact->effective_ms < last->closes_ms ? last : NULL;
}

static void take_guests(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct visit *visit = find_host(presence, fact, body);
    if (!visit)
        return;
    visit->guests = clamp_guests(json_number(body, "adults", 0));
    visit->children = clamp_guests(json_number(body, "children", 0));
}

bool presence_is_end_assumed(const struct visit *visit, int64_t now_ms)
{
    return visit->how_out == PRESENCE_ASSUMED || visit->how_out == PRESENCE_PROPOSED ||
           (visit->how_out == PRESENCE_OPEN && now_ms >= visit->closes_ms);
}

static void remember(struct visit *visit, const struct fact *fact)
{
    if (fact_id_is_none(visit->before.fact))
        visit->before = (struct visit_before){.arrived_ms = visit->arrived_ms,
                                              .left_ms = visit->left_ms,
                                              .how_in = visit->how_in,
                                              .how_out = visit->how_out};
    visit->before.fact = fact->id;
}

/* A departure where nobody knew one. */
static void take_departure(struct visit *visit, const struct fact *fact, int64_t left_ms)
{
    remember(visit, fact);
    if (left_ms > visit->closes_ms)
        left_ms = visit->closes_ms;
    visit->left_ms = left_ms < visit->arrived_ms ? visit->arrived_ms : left_ms;
    visit->how_out = PRESENCE_PROPOSED;
    visit->is_doubtful_out = false;
}

static enum rc take_proposal(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct proposal proposal = {.fact = fact->id,
                                .visit = body_id(body, "visit"),
                                .arrived_ms = body_time(body, "arrived_ms", 0),
                                .left_ms = body_time(body, "left_ms", 0),
                                .state = PROPOSAL_WAITS};
    struct visit *visit = find_visit(presence, proposal.visit);
    bool is_departure = proposal.arrived_ms == 0 && proposal.left_ms > 0;
    if (!visit)
        return RC_OK;
    if (is_departure && presence_is_end_assumed(visit, fact->effective_ms)) {
        take_departure(visit, fact, proposal.left_ms);
        proposal.state = PROPOSAL_TAKEN;
    }
    return presence_add_proposal(presence, &proposal);
}

static void remove_visit(struct presence *presence, struct visit *visit)
{
    size_t behind = presence->count - 1 - (size_t)(visit - presence->visits);
    if (behind == 0)
        presence->since = (struct fact_id){0, 0};
    memmove(visit, visit + 1, behind * sizeof *visit);
    presence->count--;
}

/* Both sides or none: one that other facts have overtaken could end a visit before it begins. */
static void correct(struct presence *presence, struct visit *visit, const struct fact *fact,
                    int64_t arrived_ms, int64_t left_ms, enum presence_how how)
{
    struct visit after = *visit;
    remember(&after, fact);
    if (arrived_ms > 0) {
        after.arrived_ms = arrived_ms;
        presence_set_end(&after, &presence->sign_ups, fact->day_end_min);
        after.how_in = how;
        after.is_doubtful_in = false;
        if (after.how_out == PRESENCE_ASSUMED)
            after.left_ms = after.assumed_ms;
    }
    if (left_ms > 0) {
        after.left_ms = left_ms;
        after.how_out = how;
        after.is_doubtful_out = false;
    }
    bool has_end = after.how_out != PRESENCE_OPEN;
    if (!has_end || (after.left_ms >= after.arrived_ms &&
                     after.left_ms - after.arrived_ms <= PRESENCE_VISIT_MAX_MS))
        *visit = after;
}

static void take_correction(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct visit *visit = find_visit(presence, body_id(body, "visit"));
    if (!visit)
        return;
    if (json_is_true(json_object_get(body, "is_void")))
        remove_visit(presence, visit);
    else
        correct(presence, visit, fact, body_time(body, "arrived_ms", 0),
                body_time(body, "left_ms", 0), PRESENCE_CORRECTED);
}

/* The first answer counts: what was accepted is not refused afterwards, but corrected. */
static void take_answer(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct fact_id id = body_id(body, "of");
    size_t at = 0;
    while (at < presence->proposal_count && !fact_id_is_same(presence->proposals[at].fact, id))
        at++;
    if (at == presence->proposal_count || presence->proposals[at].state != PROPOSAL_WAITS)
        return;
    struct proposal *proposal = &presence->proposals[at];
    struct visit *visit = find_visit(presence, proposal->visit);
    bool is_accepted = json_is_true(json_object_get(body, "is_accepted"));
    proposal->state = is_accepted ? PROPOSAL_ACCEPTED : PROPOSAL_REFUSED;
    proposal->answer = fact->id;
    if (is_accepted && visit)
        correct(presence, visit, fact, proposal->arrived_ms, proposal->left_ms, PRESENCE_PROPOSED);
}

static void take_attendance(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct visit *visit = find_visit(presence, body_id(body, "visit"));
    if (!visit)
        return;
    visit->organisation = fact->organisation;
    presence_read_attendance(visit, body);
}

enum rc presence_take_said(struct presence *presence, const struct fact *fact, const json_t *body)
{
    switch (fact->kind) {
    case FACT_GUESTS: take_guests(presence, fact, body); break;
    case FACT_PROPOSAL: return take_proposal(presence, fact, body);
    case FACT_PROPOSAL_ANSWERED: take_answer(presence, fact, body); break;
    case FACT_CORRECTION: take_correction(presence, fact, body); break;
    case FACT_ATTENDANCE: take_attendance(presence, fact, body); break;
    default: break;
    }
    return RC_OK;
}
