/* Arrivals and departures, and how long a visit stays open. */
#include <string.h>

#include "app/domain/answer.h"
#include "app/domain/day.h"
#include "app/domain/presence_i.h"

#define OPEN_AFTER_SHIFT_MS ((int64_t)2 * 3600 * 1000)

/* While facts are folded visits stand in the order they began in, so an open one is the last. */
struct visit *presence_last_open(struct presence *presence)
{
    struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    return last && last->how_out == PRESENCE_OPEN ? last : NULL;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* A shift that begins while the visit is open is one of it, and may keep it open for the next. */
void presence_set_end(struct visit *visit, const struct sign_ups *sign_ups, int day_end_min)
{
    int64_t longest_ms = visit->arrived_ms + PRESENCE_VISIT_MAX_MS, shift_end_ms = 0;
    size_t at = sign_ups->count;
    visit->closes_ms = day_end_after(visit->arrived_ms, day_end_min);
    while (at > 0 && sign_ups->rows[at - 1].from_ms >= visit->arrived_ms - OCCASION_MAX_MS)
        at--;
    for (; at < sign_ups->count && sign_ups->rows[at].from_ms < visit->closes_ms; at++) {
        const struct sign_up *sign_up = &sign_ups->rows[at];
        if (sign_up->end != SIGN_UP_STANDS || sign_up->to_ms <= visit->arrived_ms)
            continue;
        int64_t end_ms = least(sign_up->to_ms, longest_ms);
        int64_t late_ms = least(end_ms + OPEN_AFTER_SHIFT_MS, longest_ms);
        if (end_ms > shift_end_ms)
            shift_end_ms = end_ms;
        if (late_ms > visit->closes_ms)
            visit->closes_ms = late_ms;
    }
    visit->assumed_ms = shift_end_ms ? shift_end_ms : visit->closes_ms;
    visit->day = day_number(visit->arrived_ms, day_end_min);
}

static enum occasion_kind read_kind(const char *name)
{
    enum occasion_kind kind = name ? occasion_kind_from_name(name) : OCCASION_OPEN_DAY;
    return kind < OCCASION_COUNT ? kind : OCCASION_WORKSHOP;
}

void presence_read_attendance(struct visit *visit, const json_t *body)
{
    visit->occasion = body_id(body, "occasion");
    visit->kind = read_kind(json_text(body, "kind"));
    visit->stop_ms = body_time(body, "stop_ms", 0);
}

/* A fact that brings somebody in or out, with its body. */
struct move {
    const struct fact *fact;
    const struct body_words *words;
    enum answer_kind answer;
    enum presence_how how;
};

static enum rc arrive(struct presence *presence, const struct move *move)
{
    const struct fact *fact = move->fact;
    char kind[BODY_NAME_BYTES];
    struct visit visit = {
        .id = fact->id,
        .organisation = fact->organisation,
        .occasion = body_words_id(move->words, "occasion"),
        .kind = read_kind(body_words_text(move->words, "kind", kind)),
        .stop_ms = body_words_time(move->words, "stop_ms", 0),
        .is_staff = presence->is_staff,
        .arrived_ms = fact->effective_ms,
        .how_in = move->how,
        .is_doubtful_in = fact->is_doubtful,
    };
    presence_set_end(&visit, &presence->sign_ups, fact->day_end_min);
    presence->since = fact->id;
    presence->day_end_min = fact->day_end_min;
    return presence_add(presence, &visit);
}

/* An arrival may have been corrected to a later time than the clock of who leaves says. */
static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void assume_left(struct visit *visit, int64_t at_ms)
{
    visit->left_ms = most(least(visit->assumed_ms, at_ms), visit->arrived_ms);
    visit->how_out = PRESENCE_ASSUMED;
    visit->is_doubtful_out = true;
}

/* No visit is longer: clocks that were set in between made it so, and nobody knows its end. */
static void leave(struct presence *presence, struct visit *visit, const struct move *move)
{
    presence->since = move->fact->id;
    if (move->fact->effective_ms - visit->arrived_ms > PRESENCE_VISIT_MAX_MS) {
        assume_left(visit, move->fact->effective_ms);
        return;
    }
    visit->left_ms = most(move->fact->effective_ms, visit->arrived_ms);
    visit->how_out = move->how;
    visit->is_doubtful_out = move->fact->is_doubtful;
    visit->stop_ms = body_words_time(move->words, "stop_ms", visit->stop_ms);
}

struct visit presence_visit_at(const struct visit *visit, int64_t now_ms)
{
    struct visit shown = *visit;
    if (visit->how_out == PRESENCE_OPEN && now_ms >= visit->closes_ms)
        assume_left(&shown, visit->closes_ms);
    return shown;
}

bool presence_has_end(const struct visit *visit)
{
    return visit->how_out != PRESENCE_ASSUMED || visit->assumed_ms < visit->closes_ms;
}

/* A press without a badge says how the person was known; a button follows a tap. */
static enum presence_how recorded_how(const struct body_words *words)
{
    char memory[BODY_NAME_BYTES];
    const char *how = body_words_text(words, "how", memory);
    for (int known = PRESENCE_NAME; how && known <= PRESENCE_STAFF; known++)
        if (strcmp(how, presence_how_name((enum presence_how)known)) == 0)
            return (enum presence_how)known;
    return PRESENCE_TAP;
}

/* The last arrival or departure, as a time; far away where there is none. */
static int64_t last_change_ms(const struct presence *presence)
{
    const struct visit *last = presence->count ? &presence->visits[presence->count - 1] : NULL;
    if (!last || fact_id_is_none(presence->since))
        return INT64_MIN / 2;
    return last->how_out == PRESENCE_OPEN ? last->arrived_ms : last->left_ms;
}

static enum rc step(struct presence *presence, const struct move *move)
{
    const struct fact *fact = move->fact;
    struct visit *open = presence_last_open(presence);
    bool is_arrival = move->answer == ANSWER_ARRIVAL || move->answer == ANSWER_ARRIVAL_FORGOTTEN;
    bool is_departure = move->answer == ANSWER_DEPARTURE;
    if (!is_arrival && !is_departure)
        return RC_OK;

    if (open && is_departure && open->id.station == fact->id.station) {
        leave(presence, open, move);
        return RC_OK;
    }
    if (open &&
        (move->answer == ANSWER_ARRIVAL_FORGOTTEN || fact->effective_ms >= open->closes_ms)) {
        assume_left(open, fact->effective_ms);
        return arrive(presence, move);
    }
    /* Another station's facts made the premise untrue: read the tap again. */
    if ((open != NULL) == is_arrival &&
        fact->effective_ms - last_change_ms(presence) < PRESENCE_SAME_TAP_MS)
        return RC_OK;
    if (open) {
        leave(presence, open, move);
        return RC_OK;
    }
    return arrive(presence, move);
}

enum rc presence_take_move(struct presence *presence, const struct fact *fact)
{
    struct body_words words;
    char answer[BODY_NAME_BYTES];
    enum rc rc = body_read_words(fact, &words);
    if (rc)
        return rc;
    const struct move move = {fact, &words,
                              answer_from_name(body_words_text(&words, "answer", answer)),
                              recorded_how(&words)};
    rc = step(presence, &move);
    body_forget_words(&words);
    return rc;
}
