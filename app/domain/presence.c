#include "app/domain/presence_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/domain/answer.h"
#include "app/domain/role.h"
#include "app/domain/stint.h"

const char *presence_how_name(enum presence_how how)
{
    static const char *const names[] = {NULL,      "tap",       "name",    "staff",
                                        "assumed", "corrected", "proposed"};
    return (unsigned)how < sizeof names / sizeof names[0] ? names[how] : NULL;
}

/* Finds the fact an undo points at; it lies close before the undo in the fold's order. */
static size_t find_target(const struct fact *facts, size_t at, const json_t *body)
{
    struct fact_id id = body_id(body, "of");
    while (at-- > 0)
        if (fact_id_is_same(facts[at].id, id))
            return at;
    return SIZE_MAX;
}

static bool is_undo(const struct fact *fact)
{
    return fact->kind == FACT_UNDO || fact->kind == FACT_TAKE_BACK;
}

/* What an undo of it leaves `t` of the tap table alone. */
static bool is_said(const struct fact *fact)
{
    return fact->kind == FACT_GUESTS || fact->kind == FACT_PROPOSAL ||
           fact->kind == FACT_CORRECTION || fact->kind == FACT_ATTENDANCE ||
           fact->kind == FACT_PROPOSAL_ANSWERED || fact->kind == FACT_SIGN_UP ||
           fact->kind == FACT_SIGN_UP_ENDED || fact->kind == FACT_DEED;
}

/*
 * Newest first, so that an undo which was itself taken back marks nothing. An undo of what was only
 * said about a visit is marked as well: it has done all it does.
 */
static enum rc mark_undone(const struct fact *facts, size_t count, bool *undone)
{
    for (size_t i = count; i-- > 0;) {
        json_t *body;
        if (!is_undo(&facts[i]) || undone[i])
            continue;
        enum rc rc = body_read(&facts[i], &body);
        if (rc)
            return rc;
        size_t target = find_target(facts, i, body);
        if (target != SIZE_MAX) {
            undone[target] = true;
            undone[i] = is_said(&facts[target]);
        }
        json_decref(body);
    }
    return RC_OK;
}

const struct visit *presence_open_visit(const struct presence *presence)
{
    for (size_t i = presence->count; i-- > 0;)
        if (presence->visits[i].how_out == PRESENCE_OPEN)
            return &presence->visits[i];
    return NULL;
}

/* Room for one more; NULL without memory. */
static void *make_room(void *rows, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return rows;
    size_t wanted = *capacity ? 2 * *capacity : 8;
    void *grown = realloc(rows, wanted * size);
    if (grown)
        *capacity = wanted;
    return grown;
}

enum rc presence_add(struct presence *presence, const struct visit *visit)
{
    struct visit *rows =
        make_room(presence->visits, presence->count, &presence->capacity, sizeof *rows);
    if (!rows)
        return RC_NO_MEMORY;
    presence->visits = rows;
    rows[presence->count++] = *visit;
    return RC_OK;
}

enum rc presence_add_stint(struct presence *presence, const struct stint *stint)
{
    struct stint *rows =
        make_room(presence->stints, presence->stint_count, &presence->stint_capacity, sizeof *rows);
    if (!rows)
        return RC_NO_MEMORY;
    presence->stints = rows;
    rows[presence->stint_count++] = *stint;
    return RC_OK;
}

enum rc presence_add_proposal(struct presence *presence, const struct proposal *proposal)
{
    struct proposal *rows = make_room(presence->proposals, presence->proposal_count,
                                      &presence->proposal_capacity, sizeof *rows);
    if (!rows)
        return RC_NO_MEMORY;
    presence->proposals = rows;
    rows[presence->proposal_count++] = *proposal;
    return RC_OK;
}

/* A promise made or ended while somebody is in moves the end of that visit. */
static enum rc promise(struct presence *presence, const struct fact *fact, const json_t *body)
{
    struct visit *open = presence_last_open(presence);
    enum rc rc = sign_ups_take(&presence->sign_ups, fact, body);
    if (!rc && open && fact->effective_ms < open->closes_ms)
        presence_set_end(open, &presence->sign_ups, presence->day_end_min);
    return rc;
}

static enum rc take_body(struct presence *presence, const struct fact *fact, const json_t *body)
{
    switch (fact->kind) {
    case FACT_SIGN_UP:
    case FACT_SIGN_UP_ENDED: return promise(presence, fact, body);
    case FACT_DEED: return deeds_take(&presence->deeds, fact, body);
    case FACT_ROLE_SET:
        presence->is_staff = role_from_name(json_text(body, "role")) == ROLE_STAFF;
        return RC_OK;
    default: return presence_take_said(presence, fact, body);
    }
}

/* What is not about visits that were, and so counts from before a closing fact too. */
static bool outlives_closing(const struct fact *fact)
{
    return fact->kind == FACT_ROLE_SET || fact->kind == FACT_SIGN_UP ||
           fact->kind == FACT_SIGN_UP_ENDED;
}

/* Promises that were over when it was closed are in its totals. */
static void forget_past_sign_ups(struct sign_ups *sign_ups, int64_t closed_ms)
{
    size_t kept = 0;
    for (size_t i = 0; i < sign_ups->count; i++)
        if (sign_ups->rows[i].to_ms > closed_ms)
            sign_ups->rows[kept++] = sign_ups->rows[i];
    sign_ups->count = kept;
}

static enum rc take(struct presence *presence, const struct fact *fact)
{
    json_t *body;
    if (is_undo(fact)) {
        presence->since = (struct fact_id){0, 0};
        return RC_OK;
    }
    if (fact->kind == FACT_TAP || fact->kind == FACT_PRESS)
        return fact->body ? presence_take_move(presence, fact) : RC_OK;
    if (fact->kind != FACT_ROLE_SET && !is_said(fact))
        return RC_OK;
    enum rc rc = body_read(fact, &body);
    if (rc || !body)
        return rc;
    rc = take_body(presence, fact, body);
    json_decref(body);
    return rc;
}

/* A corrected arrival may lie before one that was greeted earlier. */
static int compare_visits(const void *a, const void *b)
{
    const struct visit *left = a, *right = b;
    if (left->arrived_ms != right->arrived_ms)
        return left->arrived_ms < right->arrived_ms ? -1 : 1;
    return fact_id_compare(left->id, right->id);
}

/* Sorted lists, both: what begins too long before a moment cannot reach it. */
static void match_sign_ups(struct presence *presence)
{
    size_t first = 0;
    for (size_t i = 0; i < presence->sign_ups.count; i++) {
        struct sign_up *sign_up = &presence->sign_ups.rows[i];
        while (first < presence->count &&
               presence->visits[first].arrived_ms < sign_up->from_ms - PRESENCE_VISIT_MAX_MS)
            first++;
        sign_up->visit = (struct fact_id){0, 0};
        for (size_t at = first; at < presence->count; at++) {
            const struct visit *visit = &presence->visits[at];
            bool reaches = stint_reaches(visit, sign_up);
            if (reaches)
                sign_up->visit = visit->id;
            if (reaches || visit->arrived_ms >= sign_up->to_ms)
                break;
        }
    }
}

static enum rc cut_visits(struct presence *presence)
{
    struct stint stints[STINTS_MAX];
    struct sign_ups near = presence->sign_ups;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < presence->count; i++) {
        const struct visit *visit = &presence->visits[i];
        for (; near.count && near.rows->from_ms < visit->arrived_ms - OCCASION_MAX_MS; near.count--)
            near.rows++;
        if (visit->how_out == PRESENCE_OPEN)
            continue;
        int count = stint_cut(visit, &near, visit->left_ms, stints);
        for (int at = 0; !rc && at < count; at++)
            rc = presence_add_stint(presence, &stints[at]);
    }
    return rc;
}

static enum rc finish(struct presence *presence)
{
    if (presence->count > 1)
        qsort(presence->visits, presence->count, sizeof *presence->visits, compare_visits);
    match_sign_ups(presence);
    return cut_visits(presence);
}

enum rc presence_fold(const struct fact *facts, size_t count, struct presence *out_presence)
{
    struct presence presence = {.visits = NULL};
    struct closed closed = {.spans = NULL};
    bool *undone = calloc(count ? count : 1, sizeof *undone);
    if (!undone)
        return RC_NO_MEMORY;
    enum rc rc = mark_undone(facts, count, undone);
    if (!rc)
        rc = presence_read_closings(facts, count, &closed, &presence.totals);
    for (size_t i = 0; i < count && !rc; i++) {
        if (!undone[i] && (i >= closed.start || outlives_closing(&facts[i])) &&
            !presence_is_closed(&closed, &facts[i]))
            rc = take(&presence, &facts[i]);
        if (!rc && i + 1 == closed.start)
            forget_past_sign_ups(&presence.sign_ups, facts[i].effective_ms);
    }
    free(undone);
    presence_forget_closings(&closed);
    if (!rc)
        rc = finish(&presence);
    if (rc)
        presence_finish(&presence);
    else
        *out_presence = presence;
    return rc;
}

void presence_finish(struct presence *presence)
{
    if (!presence)
        return;
    free(presence->visits);
    free(presence->stints);
    free(presence->proposals);
    sign_ups_finish(&presence->sign_ups);
    deeds_finish(&presence->deeds);
    totals_finish(&presence->totals);
    presence->visits = NULL;
    presence->stints = NULL;
    presence->proposals = NULL;
    presence->count = presence->capacity = presence->stint_count = presence->stint_capacity = 0;
    presence->proposal_count = presence->proposal_capacity = 0;
}
