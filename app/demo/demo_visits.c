/* Arrivals and departures, as the tap table answers them. */
#include <stdio.h>

#include "app/demo/demo_i.h"
#include "app/domain/answer.h"
#include "app/domain/basket.h"
#include "app/domain/day.h"
#include "app/domain/deed.h"
#include "app/domain/tap.h"
#include "app/store/journal.h"
#include "firmware/base/hex.h"

#define OPEN_AFTER_SHIFT_MS (2 * DEMO_HOUR_MS)
#define LEAST_STAY_MS (3 * DEMO_MINUTE_MS)

/* --- facts --- */

/* How somebody is known: by the badge, sometimes by name and code, seldom by a host's word. */
static json_t *body_of(struct demo *demo, const struct demo_person *person, enum answer_kind answer,
                       enum fact_kind *out_kind)
{
    char hex[2 * BADGE_HASH_BYTES + 1];
    int drawn = demo_chance_below(&demo->chance, 1000);
    *out_kind = FACT_PRESS;
    if (drawn < 20)
        return json_pack("{s:s,s:s}", "answer", answer_name(answer), "how", "name");
    if (drawn < 25)
        return json_pack("{s:s,s:s,s:o}", "answer", answer_name(answer), "how", "staff", "by",
                         demo_id(demo->people[0].id));
    *out_kind = FACT_TAP;
    hex_encode(person->badge.bytes, sizeof person->badge.bytes, hex);
    return json_pack("{s:s,s:s,s:s}", "badge", hex, "key", journal_key_id(demo->journal), "answer",
                     answer_name(answer));
}

/* Hours outside of shifts stop where today's first occasion without hours begins; 0: nowhere. */
static int64_t find_stop(struct demo *demo, int64_t at_ms)
{
    int64_t stop_ms = 0;
    const struct demo_day *day = demo_day(demo, demo->today.index);
    for (int i = 0; i < day->count; i++) {
        const struct demo_occasion *occasion = &day->occasions[i];
        bool counts = !occasion_kind_has_hours(occasion->kind) && occasion->to_ms > at_ms;
        if (counts && (!stop_ms || occasion->from_ms < stop_ms))
            stop_ms = occasion->from_ms;
    }
    return stop_ms;
}

static json_t *bind(struct demo *demo, json_t *body, const struct demo_occasion *occasion,
                    int64_t at_ms)
{
    int64_t stop_ms = find_stop(demo, at_ms);
    bool is_whole = body != NULL;
    if (occasion)
        is_whole &=
            !json_object_set_new(body, "occasion", demo_id(occasion->id)) &&
            !json_object_set_new(body, "kind", json_string(occasion_kind_name(occasion->kind)));
    if (stop_ms)
        is_whole &= !json_object_set_new(body, "stop_ms", json_integer(stop_ms));
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

/* --- leaving --- */

/* They say afterwards when it was; or staff correct it. */
static enum rc mend_end(struct demo *demo, struct demo_person *person, bool is_by_staff)
{
    int64_t half_hour_ms = 30 * DEMO_MINUTE_MS;
    int64_t left_ms = (person->meant_ms / half_hour_ms + 1) * half_hour_ms;
    if (!is_by_staff)
        return demo_add(
            demo, FACT_PROPOSAL, person->id,
            json_pack("{s:o,s:I}", "visit", demo_id(person->visit), "left_ms", (json_int_t)left_ms),
            NULL);
    return demo_add(demo, FACT_CORRECTION, person->id,
                    json_pack("{s:o,s:I,s:s,s:o}", "visit", demo_id(person->visit), "left_ms",
                              (json_int_t)left_ms, "reason", "parti sans badger", "by",
                              demo_id(demo->people[0].id)),
                    NULL);
}

static enum rc correct(struct demo *demo, const struct demo_event *event)
{
    struct demo_person *person = &demo->people[event->person];
    if (!person->open_until_ms || !fact_id_is_same(person->visit, event->of))
        return RC_OK;
    demo_turn(demo, event->at_ms);
    person->open_until_ms = 0;
    return mend_end(demo, person, true);
}

static enum rc leave(struct demo *demo, const struct demo_event *event)
{
    struct demo_person *person = &demo->people[event->person];
    enum fact_kind kind = FACT_PRESS;
    if (!person->open_until_ms || !fact_id_is_same(person->visit, event->of) ||
        event->at_ms >= person->open_until_ms)
        return RC_OK;
    person->left_ms = demo_turn(demo, event->at_ms);
    person->open_until_ms = 0;
    /* Where a tap asks what they came for, leaving is a button. */
    bool is_asked =
        event->occasion && occasion_kind_tap(event->occasion->kind) == TAP_OCCASION_ASKS;
    json_t *body = is_asked ? json_pack("{s:s}", "answer", answer_name(ANSWER_DEPARTURE))
                            : body_of(demo, person, ANSWER_DEPARTURE, &kind);
    return demo_add(demo, kind, person->id, body, NULL);
}

static enum rc plan_leaving(struct demo *demo, const struct demo_event *arrival)
{
    const struct demo_person *person = &demo->people[arrival->person];
    bool is_forgotten = demo_chance_is(&demo->chance, person->is_forgetful ? 120 : 15);
    struct demo_event event = *arrival;
    event.act = leave;
    event.of = person->visit;
    event.at_ms = arrival->until_ms;
    if (is_forgotten) {
        if (!demo_chance_is(&demo->chance, 150))
            return RC_OK;
        event.act = correct;
        event.at_ms = demo->today.end_ms + 5 * DEMO_HOUR_MS + 7 * DEMO_MINUTE_MS;
    }
    return demo_agenda_put(&demo->agenda, &event);
}

/* --- what is said while in --- */

static enum rc bring_guests(struct demo *demo, const struct demo_event *event)
{
    static const char *const names[] = {"Mamie", "Lina", "Tom", "Nonkel Jos", "Aylin", "Sam"};
    struct demo_person *person = &demo->people[event->person];
    if (!person->open_until_ms || !fact_id_is_same(person->visit, event->of))
        return RC_OK;
    demo_turn(demo, event->at_ms);
    int adults = demo_chance_below(&demo->chance, 3),
        children = demo_chance_below(&demo->chance, 3);
    json_t *who =
        adults ? json_pack("[s]", names[demo_chance_below(&demo->chance, 6)]) : json_array();
    return demo_add(demo, FACT_GUESTS, person->id,
                    json_pack("{s:i,s:i,s:o}", "adults", adults, "children",
                              children + (adults + children == 0), "names", who),
                    NULL);
}

/* With one touch on their greeting. */
static enum rc fetch_basket(struct demo *demo, const struct demo_event *event)
{
    struct person person;
    struct demo_person *who = &demo->people[event->person];
    struct deed deed = {.kind = DEED_BASKET, .occasion = event->occasion->id};
    if (!who->open_until_ms || !fact_id_is_same(who->visit, event->of))
        return RC_OK;
    int64_t now_ms = demo_turn(demo, event->at_ms);
    demo_people_describe(demo, event->person, &person);
    if (!person.basket[0] ||
        basket_paused_until_of(&person, day_number(now_ms, journal_day_end_min(demo->journal))))
        return RC_OK;
    snprintf(deed.text, sizeof deed.text, "%s", person.basket);
    return demo_add(demo, FACT_DEED, who->id, deed_to_json(&deed), NULL);
}

static enum rc plan_more(struct demo *demo, const struct demo_event *arrival, int64_t in_ms,
                         enum rc (*act)(struct demo *demo, const struct demo_event *event))
{
    struct demo_event event = *arrival;
    event.act = act;
    event.at_ms += in_ms;
    event.of = demo->people[arrival->person].visit;
    return event.at_ms < arrival->until_ms ? demo_agenda_put(&demo->agenda, &event) : RC_OK;
}

static enum rc plan_said(struct demo *demo, const struct demo_event *arrival)
{
    if (!arrival->occasion)
        return RC_OK;
    enum occasion_kind kind = arrival->occasion->kind;
    if (kind == OCCASION_BASKET)
        return plan_more(demo, arrival, 7000, fetch_basket);
    bool has_guests = kind == OCCASION_DRINKS || kind == OCCASION_OPEN_DAY;
    bool brings = has_guests && demo_chance_is(&demo->chance, 150);
    return brings ? plan_more(demo, arrival, 8000, bring_guests) : RC_OK;
}

/* --- coming --- */

static enum rc record_arrival(struct demo *demo, const struct demo_event *event,
                              enum answer_kind answer)
{
    struct demo_person *person = &demo->people[event->person];
    enum fact_kind kind;
    json_t *body = body_of(demo, person, answer, &kind);
    return demo_add(demo, kind, person->id, bind(demo, body, event->occasion, event->at_ms),
                    &person->visit);
}

/* A badge held out by mistake: taken back, and tapped again when it is meant. */
static enum rc hesitate(struct demo *demo, const struct demo_event *event)
{
    struct demo_person *person = &demo->people[event->person];
    demo_turn(demo, event->at_ms + 4000);
    enum rc rc = demo_add(demo, FACT_UNDO, person->id,
                          json_pack("{s:o}", "of", demo_id(person->visit)), NULL);
    demo_turn(demo, event->at_ms + 20000);
    return rc ? rc : record_arrival(demo, event, ANSWER_ARRIVAL);
}

static enum rc arrive(struct demo *demo, const struct demo_event *event)
{
    struct demo_person *person = &demo->people[event->person];
    bool was_in = person->open_until_ms != 0;
    bool is_just_now = event->at_ms - person->left_ms < DEMO_MINUTE_MS;
    if (person->has_left || is_just_now || (was_in && event->at_ms < person->open_until_ms))
        return RC_OK;
    demo_turn(demo, event->at_ms);
    struct demo_person before = *person;
    enum rc rc = record_arrival(demo, event, was_in ? ANSWER_ARRIVAL_FORGOTTEN : ANSWER_ARRIVAL);
    if (!rc && was_in && demo_chance_is(&demo->chance, 400))
        rc = mend_end(demo, &before, false);
    else if (!rc && !was_in && demo_chance_is(&demo->chance, 3))
        rc = hesitate(demo, event);
    demo->counts.visits++;
    person->meant_ms = event->until_ms;
    person->open_until_ms = demo->today.end_ms;
    if (event->slot && event->slot->shift.to_ms + OPEN_AFTER_SHIFT_MS > person->open_until_ms)
        person->open_until_ms = event->slot->shift.to_ms + OPEN_AFTER_SHIFT_MS;
    if (!rc)
        rc = plan_leaving(demo, event);
    return rc ? rc : plan_said(demo, event);
}

enum rc demo_visits_expect(struct demo *demo, int place, struct demo_occasion *occasion,
                           struct demo_slot *slot)
{
    const struct demo_person *person = &demo->people[place];
    const struct shift *shift = &slot->shift;
    struct demo_event event = {
        .act = arrive,
        .person = place,
        .occasion = occasion,
        .slot = slot,
        .at_ms = shift->from_ms - person->early_min * DEMO_MINUTE_MS +
                 demo_chance_near(&demo->chance, 4 * DEMO_MINUTE_MS),
        .until_ms =
            shift->to_ms + 3 * DEMO_MINUTE_MS + demo_chance_near(&demo->chance, 8 * DEMO_MINUTE_MS),
    };
    return demo_agenda_put(&demo->agenda, &event);
}

/* --- without a promise --- */

static enum rc plan_visit(struct demo *demo, int place, struct demo_occasion *occasion,
                          int64_t at_ms, int64_t stay_ms)
{
    struct demo_event event = {
        .act = arrive,
        .person = place,
        .occasion = occasion,
        .at_ms = at_ms,
        .until_ms = at_ms + (stay_ms > LEAST_STAY_MS ? stay_ms : LEAST_STAY_MS),
    };
    return demo_agenda_put(&demo->agenda, &event);
}

static bool is_drawn(struct demo *demo, const struct demo_person *person,
                     const struct demo_occasion *occasion)
{
    int quiet = demo_calendar_is_quiet(&demo->today) ? 2 : 1;
    if (occasion->kind == OCCASION_BASKET)
        return person->fetches_basket && demo_chance_is(&demo->chance, 850 / quiet);
    return occasion->draw_per_mille && demo_chance_is(&demo->chance, occasion->draw_per_mille);
}

static enum rc go_to(struct demo *demo, int place, struct demo_occasion *occasion)
{
    int64_t at_ms, stay_ms = occasion->stay_min * DEMO_MINUTE_MS;
    if (!stay_ms || occasion->kind == OCCASION_INFO) { /* all begin and end together */
        at_ms = occasion->from_ms - 8 * DEMO_MINUTE_MS +
                demo_chance_near(&demo->chance, 9 * DEMO_MINUTE_MS);
        stay_ms = occasion->to_ms + demo_chance_near(&demo->chance, 9 * DEMO_MINUTE_MS) - at_ms;
    } else {
        at_ms = demo_chance_ms(&demo->chance, occasion->from_ms, occasion->to_ms - stay_ms);
        stay_ms += demo_chance_near(&demo->chance, stay_ms / 3);
    }
    return plan_visit(demo, place, occasion, at_ms, stay_ms);
}

static enum rc drop_in(struct demo *demo, int place)
{
    int64_t at_ms =
        demo->today.begin_ms + demo_chance_ms(&demo->chance, 5 * DEMO_HOUR_MS, 16 * DEMO_HOUR_MS);
    return plan_visit(demo, place, NULL, at_ms,
                      demo_chance_ms(&demo->chance, 8 * DEMO_MINUTE_MS, 50 * DEMO_MINUTE_MS));
}

/* Staff work in the week, and not in every week of the summer. */
static enum rc work(struct demo *demo, int place)
{
    int64_t at_ms = demo->today.begin_ms + 4 * DEMO_HOUR_MS + (30 + 15 * place) * DEMO_MINUTE_MS +
                    demo_chance_near(&demo->chance, 9 * DEMO_MINUTE_MS);
    bool is_away = demo->today.weekday >= 5 || (demo_calendar_is_quiet(&demo->today) &&
                                                (demo->today.date < 16) == (place == 0));
    return is_away ? RC_OK
                   : plan_visit(demo, place, NULL, at_ms,
                                8 * DEMO_HOUR_MS +
                                    demo_chance_near(&demo->chance, 25 * DEMO_MINUTE_MS));
}

static enum rc plan_one(struct demo *demo, int place, struct demo_day *day)
{
    const struct demo_person *person = &demo->people[place];
    enum rc rc = RC_OK;
    if (!demo_people_is_active(person, day->index) || demo_shifts_has_promise(person, day->index))
        return RC_OK;
    if (place < DEMO_STAFF)
        return work(demo, place);
    for (int i = 0; !rc && i < day->count; i++)
        if (is_drawn(demo, person, &day->occasions[i]))
            rc = go_to(demo, place, &day->occasions[i]);
    int shops_per_mille = day->weekday == 6 ? 0 : demo_calendar_is_quiet(day) ? 24 : 50;
    return !rc && demo_chance_is(&demo->chance, shops_per_mille) ? drop_in(demo, place) : rc;
}

enum rc demo_visits_plan(struct demo *demo)
{
    enum rc rc = RC_OK;
    struct demo_day *day = demo_day(demo, demo->today.index);
    for (int i = 0; !rc && i < demo->wish.people; i++)
        rc = plan_one(demo, i, day);
    return rc;
}
