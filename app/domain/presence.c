#include "app/domain/presence.h"

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

/* Finds the fact an undo points at; it lies close before the undo in the fold's order. */
static size_t find_target(const struct fact *facts, size_t at, const json_t *body)
{
    const json_t *of = json_object_get(body, "of");
    struct fact_id id = {json_integer_value(json_array_get(of, 0)),
                         json_integer_value(json_array_get(of, 1))};
    while (at-- > 0)
        if (fact_id_is_same(facts[at].id, id))
            return at;
    return SIZE_MAX;
}

static json_t *read_body(const struct fact *fact)
{
    json_t *body;
    if (!fact->body || json_read_object(fact->body, fact->body_length, FACT_BODY_LIMIT, &body))
        return NULL;
    return body;
}

static bool is_undo(const struct fact *fact)
{
    return fact->kind == FACT_UNDO || fact->kind == FACT_TAKE_BACK;
}

/* Newest first, so that an undo which was itself taken back marks nothing. */
static void mark_undone(const struct fact *facts, size_t count, bool *undone)
{
    for (size_t i = count; i-- > 0;) {
        if (!is_undo(&facts[i]) || undone[i])
            continue;
        json_t *body = read_body(&facts[i]);
        size_t target = find_target(facts, i, body);
        if (target != SIZE_MAX)
            undone[target] = true;
        json_decref(body);
    }
}

static void take_totals(struct presence *presence, const struct fact *closing)
{
    json_t *body = read_body(closing);
    json_t *rows = json_object_get(body, "totals");
    size_t index;
    json_t *row;
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
}

/* The last closing fact carries all that came before it; folds start behind it. */
static size_t find_start(struct presence *presence, const struct fact *facts, size_t count)
{
    for (size_t i = count; i-- > 0;)
        if (facts[i].kind == FACT_CLOSING) {
            take_totals(presence, &facts[i]);
            return i + 1;
        }
    return 0;
}

static struct visit *open_visit(struct presence *presence)
{
    struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    return last && last->how_out == PRESENCE_OPEN ? last : NULL;
}

const struct visit *presence_open_visit(const struct presence *presence)
{
    return open_visit((struct presence *)presence);
}

static enum rc arrive(struct presence *presence, const struct fact *fact)
{
    if (presence->count == presence->capacity) {
        size_t capacity = presence->capacity ? presence->capacity * 2 : 16;
        struct visit *visits = realloc(presence->visits, capacity * sizeof *visits);
        if (!visits)
            return RC_NO_MEMORY;
        presence->visits = visits;
        presence->capacity = capacity;
    }
    presence->visits[presence->count++] = (struct visit){
        .id = fact->id,
        .organisation = fact->organisation,
        .arrived_ms = fact->effective_ms,
        .closes_ms = day_end_after(fact->effective_ms, fact->day_end_min),
        .how_in = PRESENCE_TAP,
        .is_doubtful_in = fact->is_doubtful,
    };
    presence->since = fact->id;
    return RC_OK;
}

static void leave(struct presence *presence, struct visit *visit, const struct fact *fact)
{
    visit->left_ms = fact->effective_ms;
    visit->how_out = PRESENCE_TAP;
    visit->is_doubtful_out = fact->is_doubtful;
    presence->since = fact->id;
}

static void assume_left(struct visit *visit, const struct fact *fact)
{
    visit->left_ms = visit->closes_ms < fact->effective_ms ? visit->closes_ms : fact->effective_ms;
    visit->how_out = PRESENCE_ASSUMED;
    visit->is_doubtful_out = true;
}

/* What the tap says it did; ANSWER_COUNT when it changed no presence. */
static enum answer_kind recorded_answer(const struct fact *fact)
{
    json_t *body = read_body(fact);
    enum answer_kind answer = answer_from_name(json_text(body, "answer"));
    json_decref(body);
    return answer;
}

/* The last arrival or departure, as a time; far away where there is none. */
static int64_t last_change_ms(const struct presence *presence)
{
    const struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    if (!last || fact_id_is_none(presence->since))
        return INT64_MIN / 2;
    return last->how_out == PRESENCE_OPEN ? last->arrived_ms : last->left_ms;
}

static enum rc step(struct presence *presence, const struct fact *fact, enum answer_kind answer)
{
    struct visit *open = open_visit(presence);
    bool is_arrival = answer == ANSWER_ARRIVAL || answer == ANSWER_ARRIVAL_FORGOTTEN;
    bool is_departure = answer == ANSWER_DEPARTURE;
    if (!is_arrival && !is_departure)
        return RC_OK;

    if (open && is_departure && open->id.station == fact->id.station) {
        leave(presence, open, fact);
        return RC_OK;
    }
    if (open && (answer == ANSWER_ARRIVAL_FORGOTTEN || fact->effective_ms >= open->closes_ms)) {
        assume_left(open, fact);
        return arrive(presence, fact);
    }
    /* Another station's facts made the premise untrue: read the tap again. */
    if ((open != NULL) == is_arrival && fact->effective_ms - last_change_ms(presence) < SAME_TAP_MS)
        return RC_OK;
    if (open) {
        leave(presence, open, fact);
        return RC_OK;
    }
    return arrive(presence, fact);
}

enum rc presence_fold(const struct fact *facts, size_t count, struct presence *out_presence)
{
    struct presence presence = {.visits = NULL};
    enum rc rc = RC_OK;
    bool *undone = calloc(count ? count : 1, sizeof *undone);
    if (!undone)
        return RC_NO_MEMORY;
    mark_undone(facts, count, undone);
    for (size_t i = find_start(&presence, facts, count); i < count && !rc; i++) {
        if (is_undo(&facts[i]) && !undone[i])
            presence.since = (struct fact_id){0, 0};
        else if ((facts[i].kind == FACT_TAP || facts[i].kind == FACT_PRESS) && !undone[i])
            rc = step(&presence, &facts[i], recorded_answer(&facts[i]));
    }
    free(undone);
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
