#include "app/domain/presence_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/domain/answer.h"
#include "app/domain/day.h"
#include "firmware/base/json.h"

#define SAME_TAP_MS 60000

const char *presence_how_name(enum presence_how how)
{
    static const char *const names[] = {NULL,      "tap",       "name",    "staff",
                                        "assumed", "corrected", "proposed"};
    return (unsigned)how < sizeof names / sizeof names[0] ? names[how] : NULL;
}

enum rc presence_read_body(const struct fact *fact, json_t **out_body)
{
    *out_body = NULL;
    if (!fact->body)
        return RC_OK;
    enum rc rc = json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, out_body);
    return !rc || rc == RC_NO_MEMORY ? rc : RC_CORRUPT;
}

struct fact_id presence_read_id(const json_t *body, const char *name)
{
    const json_t *id = json_object_get(body, name);
    return (struct fact_id){json_integer_value(json_array_get(id, 0)),
                            json_integer_value(json_array_get(id, 1))};
}

/* Finds the fact an undo points at; it lies close before the undo in the fold's order. */
static size_t find_target(const struct fact *facts, size_t at, const json_t *body)
{
    struct fact_id id = presence_read_id(body, "of");
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
           fact->kind == FACT_CORRECTION;
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
        enum rc rc = presence_read_body(&facts[i], &body);
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

static enum rc take_totals(struct presence *presence, const struct fact *closing)
{
    json_t *body, *row;
    size_t index;
    enum rc rc = presence_read_body(closing, &body);
    if (rc)
        return rc;
    json_t *rows = json_object_get(body, "totals");
    presence->total_count = 0;
    json_array_foreach(rows, index, row)
    {
        if (presence->total_count == PRESENCE_TOTALS_MAX)
            break;
        const json_t *organisation = json_object_get(row, "organisation");
        presence->totals[presence->total_count++] = (struct presence_total){
            .organisation = {json_integer_value(json_array_get(organisation, 0)),
                             json_integer_value(json_array_get(organisation, 1))},
            .visits = json_number(row, "visits", 0),
            .seconds = json_number(row, "seconds", 0),
        };
    }
    json_decref(body);
    return RC_OK;
}

/* The last closing fact carries all that came before it; folds start behind it. */
static enum rc find_start(struct presence *presence, const struct fact *facts, size_t count,
                          size_t *out_start)
{
    size_t start = count;
    while (start > 0 && facts[start - 1].kind != FACT_CLOSING)
        start--;
    *out_start = start;
    return start ? take_totals(presence, &facts[start - 1]) : RC_OK;
}

/* While facts are folded visits stand in the order they began in, so an open one is the last. */
static struct visit *open_visit(struct presence *presence)
{
    struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    return last && last->how_out == PRESENCE_OPEN ? last : NULL;
}

const struct visit *presence_open_visit(const struct presence *presence)
{
    for (size_t i = presence->count; i-- > 0;)
        if (presence->visits[i].how_out == PRESENCE_OPEN)
            return &presence->visits[i];
    return NULL;
}

enum rc presence_add(struct presence *presence, const struct visit *visit)
{
    if (presence->count == presence->capacity) {
        size_t capacity = presence->capacity ? presence->capacity * 2 : 16;
        struct visit *visits = realloc(presence->visits, capacity * sizeof *visits);
        if (!visits)
            return RC_NO_MEMORY;
        presence->visits = visits;
        presence->capacity = capacity;
    }
    presence->visits[presence->count++] = *visit;
    return RC_OK;
}

static enum rc arrive(struct presence *presence, const struct fact *fact, enum presence_how how)
{
    const struct visit visit = {
        .id = fact->id,
        .organisation = fact->organisation,
        .arrived_ms = fact->effective_ms,
        .closes_ms = day_end_after(fact->effective_ms, fact->day_end_min),
        .how_in = how,
        .is_doubtful_in = fact->is_doubtful,
    };
    presence->since = fact->id;
    return presence_add(presence, &visit);
}

static void leave(struct presence *presence, struct visit *visit, const struct fact *fact,
                  enum presence_how how)
{
    visit->left_ms = fact->effective_ms;
    visit->how_out = how;
    visit->is_doubtful_out = fact->is_doubtful;
    presence->since = fact->id;
}

static void assume_left(struct visit *visit, const struct fact *fact)
{
    visit->left_ms = visit->closes_ms < fact->effective_ms ? visit->closes_ms : fact->effective_ms;
    visit->how_out = PRESENCE_ASSUMED;
    visit->is_doubtful_out = true;
}

/* A press without a badge says how the person was known; a button follows a tap. */
static enum presence_how recorded_how(const json_t *body)
{
    const char *how = json_text(body, "how");
    for (int known = PRESENCE_NAME; how && known <= PRESENCE_STAFF; known++)
        if (strcmp(how, presence_how_name((enum presence_how)known)) == 0)
            return (enum presence_how)known;
    return PRESENCE_TAP;
}

/* What the tap says it did; ANSWER_COUNT when it changed no presence. */
static enum rc recorded_answer(const struct fact *fact, enum answer_kind *out_answer,
                               enum presence_how *out_how)
{
    json_t *body;
    enum rc rc = presence_read_body(fact, &body);
    if (rc)
        return rc;
    *out_answer = answer_from_name(json_text(body, "answer"));
    *out_how = recorded_how(body);
    json_decref(body);
    return RC_OK;
}

/* The last arrival or departure, as a time; far away where there is none. */
static int64_t last_change_ms(const struct presence *presence)
{
    const struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    if (!last || fact_id_is_none(presence->since))
        return INT64_MIN / 2;
    return last->how_out == PRESENCE_OPEN ? last->arrived_ms : last->left_ms;
}

static enum rc step(struct presence *presence, const struct fact *fact)
{
    enum answer_kind answer;
    enum presence_how how;
    enum rc rc = recorded_answer(fact, &answer, &how);
    if (rc)
        return rc;
    struct visit *open = open_visit(presence);
    bool is_arrival = answer == ANSWER_ARRIVAL || answer == ANSWER_ARRIVAL_FORGOTTEN;
    bool is_departure = answer == ANSWER_DEPARTURE;
    if (!is_arrival && !is_departure)
        return RC_OK;

    if (open && is_departure && open->id.station == fact->id.station) {
        leave(presence, open, fact, how);
        return RC_OK;
    }
    if (open && (answer == ANSWER_ARRIVAL_FORGOTTEN || fact->effective_ms >= open->closes_ms)) {
        assume_left(open, fact);
        return arrive(presence, fact, how);
    }
    /* Another station's facts made the premise untrue: read the tap again. */
    if ((open != NULL) == is_arrival && fact->effective_ms - last_change_ms(presence) < SAME_TAP_MS)
        return RC_OK;
    if (open) {
        leave(presence, open, fact, how);
        return RC_OK;
    }
    return arrive(presence, fact, how);
}

static enum rc take(struct presence *presence, const struct fact *fact)
{
    if (is_undo(fact)) {
        presence->since = (struct fact_id){0, 0};
        return RC_OK;
    }
    if (fact->kind == FACT_TAP || fact->kind == FACT_PRESS)
        return step(presence, fact);
    return is_said(fact) ? presence_take_said(presence, fact) : RC_OK;
}

/* A corrected arrival may lie before one that was greeted earlier. */
static int compare_visits(const void *a, const void *b)
{
    const struct visit *left = a, *right = b;
    if (left->arrived_ms != right->arrived_ms)
        return left->arrived_ms < right->arrived_ms ? -1 : 1;
    return fact_id_compare(left->id, right->id);
}

enum rc presence_fold(const struct fact *facts, size_t count, struct presence *out_presence)
{
    struct presence presence = {.visits = NULL};
    size_t start = 0;
    bool *undone = calloc(count ? count : 1, sizeof *undone);
    if (!undone)
        return RC_NO_MEMORY;
    enum rc rc = mark_undone(facts, count, undone);
    if (!rc)
        rc = find_start(&presence, facts, count, &start);
    for (size_t i = start; i < count && !rc; i++)
        if (!undone[i])
            rc = take(&presence, &facts[i]);
    free(undone);
    if (presence.count > 1)
        qsort(presence.visits, presence.count, sizeof *presence.visits, compare_visits);
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
    presence->visits = NULL;
    presence->count = presence->capacity = 0;
}

int64_t visit_seconds(const struct visit *visit, int64_t from_ms, int64_t now_ms)
{
    int64_t end_ms = visit->how_out == PRESENCE_OPEN ? now_ms : visit->left_ms;
    int64_t begin_ms = visit->arrived_ms > from_ms ? visit->arrived_ms : from_ms;
    if (visit->how_out == PRESENCE_ASSUMED || end_ms <= begin_ms)
        return 0;
    return (end_ms - begin_ms) / 1000;
}
