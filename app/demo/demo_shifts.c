/* Promises: who signs up for what, and what becomes of it. */
#include "app/demo/demo_i.h"

#define TRIES 6
#define STAND_IN_TRIES 30

bool demo_shifts_has_promise(const struct demo_person *person, int day)
{
    for (int i = 0; i < DEMO_PROMISES_MAX; i++)
        if (person->promises[i] == day)
            return true;
    return false;
}

/* Room for a promise: an old one's. NULL: too many are open. */
static int *find_room(struct demo_person *person, int today)
{
    for (int i = 0; i < DEMO_PROMISES_MAX; i++)
        if (person->promises[i] < today)
            return &person->promises[i];
    return NULL;
}

/* --- facts --- */

/* The keys that name a shift; NULL without memory. */
static json_t *name_shift(const struct demo_occasion *occasion, const struct demo_slot *slot)
{
    return json_pack("{s:o,s:i}", "occasion", demo_id(occasion->id), "shift", slot->shift.number);
}

static enum rc with(json_t *body, const char *name, json_t *value)
{
    return json_object_set_new(body, name, value) ? RC_NO_MEMORY : RC_OK;
}

static enum rc add_with(struct demo *demo, enum fact_kind kind, int person, json_t *body,
                        enum rc is_whole)
{
    if (!is_whole)
        return demo_add(demo, kind, demo->people[person].id, body, NULL);
    json_decref(body);
    return RC_NO_MEMORY;
}

/* Signed up at the desk, by staff; `name` and `value` say what is particular about it. */
static enum rc add_sign_up(struct demo *demo, int person, const struct demo_occasion *occasion,
                           const struct demo_slot *slot, const char *name, json_t *value)
{
    const struct shift *shift = &slot->shift;
    json_t *body = name_shift(occasion, slot);
    enum rc rc = with(body, "mission", json_string(shift->mission));
    if (!rc)
        rc = with(body, "from_ms", json_integer(shift->from_ms));
    if (!rc)
        rc = with(body, "to_ms", json_integer(shift->to_ms));
    if (!rc)
        rc = with(body, "by", demo_id(demo->people[0].id));
    if (name && value && !rc)
        rc = with(body, name, json_incref(value));
    json_decref(value);
    return add_with(demo, FACT_SIGN_UP, person, body, rc);
}

static enum rc add_end(struct demo *demo, int person, const struct demo_occasion *occasion,
                       const struct demo_slot *slot, const char *how, const char *name,
                       json_t *value)
{
    json_t *body = name_shift(occasion, slot);
    enum rc rc = with(body, "how", json_string(how));
    if (!rc)
        rc = with(body, name, json_incref(value));
    json_decref(value);
    return add_with(demo, FACT_SIGN_UP_ENDED, person, body, rc);
}

/* --- what becomes of it --- */

static enum rc excuse(struct demo *demo, const struct demo_event *event)
{
    static const char *const reasons[] = {"malade", "enfant malade", "travail", "ziek", "train"};
    demo_turn(demo, event->at_ms);
    event->slot->standing--;
    return add_end(demo, event->person, event->occasion, event->slot, "excused", "reason",
                   json_string(reasons[demo_chance_below(&demo->chance, 5)]));
}

/* Somebody who is free that day; -1: nobody is found. */
static int find_stand_in(struct demo *demo, int day)
{
    for (int i = 0; i < STAND_IN_TRIES; i++) {
        int place = demo_chance_below(&demo->chance, demo->wish.people);
        struct demo_person *person = &demo->people[place];
        if (person->every && demo_people_is_active(person, day) &&
            !demo_shifts_has_promise(person, day) && find_room(person, demo->today.index))
            return place;
    }
    return -1;
}

static enum rc replace(struct demo *demo, const struct demo_event *event)
{
    const struct demo_person *person = &demo->people[event->person];
    int day = (int)event->until_ms, other = find_stand_in(demo, day);
    if (other < 0)
        return demo_visits_expect(demo, event->person, event->occasion, event->slot);
    demo_turn(demo, event->at_ms);
    *find_room(&demo->people[other], demo->today.index) = day;
    demo->counts.sign_ups++;
    enum rc rc = add_sign_up(demo, other, event->occasion, event->slot, "stands_in_for",
                             demo_id(person->id));
    if (!rc)
        rc = add_end(demo, event->person, event->occasion, event->slot, "replaced", "replaced_by",
                     demo_id(demo->people[other].id));
    return rc ? rc : demo_visits_expect(demo, other, event->occasion, event->slot);
}

static enum rc seek_stand_in(struct demo *demo, const struct demo_event *event)
{
    demo_turn(demo, event->at_ms);
    struct demo_event found = *event;
    found.act = replace;
    found.at_ms += demo_chance_ms(&demo->chance, DEMO_HOUR_MS, 40 * DEMO_HOUR_MS);
    enum rc rc = add_sign_up(demo, event->person, event->occasion, event->slot,
                             "is_stand_in_sought", json_true());
    return rc ? rc : demo_agenda_put(&demo->agenda, &found);
}

/* Most come; some say that they cannot, some find another, some forget. */
static enum rc decide(struct demo *demo, int place, int day, struct demo_occasion *occasion,
                      struct demo_slot *slot)
{
    int drawn = demo_chance_below(&demo->chance, 1000);
    struct demo_event event = {
        .person = place, .occasion = occasion, .slot = slot, .until_ms = day};
    if (drawn < 840)
        return demo_visits_expect(demo, place, occasion, slot);
    if (drawn < 890)
        return RC_OK;
    event.act = drawn < 960 ? excuse : seek_stand_in;
    event.at_ms = slot->shift.from_ms -
                  demo_chance_ms(&demo->chance, 42 * DEMO_HOUR_MS, 6 * 24 * DEMO_HOUR_MS);
    return demo_agenda_put(&demo->agenda, &event);
}

/* --- choosing --- */

/* One of the day's that still wants hands; in the first tries one they like. */
static struct demo_slot *find_slot(struct demo *demo, const struct demo_person *person,
                                   struct demo_day *day, bool is_picky,
                                   struct demo_occasion **out_occasion)
{
    if (!day->count)
        return NULL;
    struct demo_occasion *occasion = &day->occasions[demo_chance_below(&demo->chance, day->count)];
    if (!occasion->slot_count)
        return NULL;
    struct demo_slot *slot =
        &occasion->slots[demo_chance_below(&demo->chance, occasion->slot_count)];
    if (slot->standing >= slot->shift.places || (is_picky && slot->mission != person->mission))
        return NULL;
    *out_occasion = occasion;
    return slot;
}

static struct demo_slot *choose(struct demo *demo, const struct demo_person *person, int *out_day,
                                struct demo_occasion **out_occasion)
{
    struct demo_slot *slot = NULL;
    for (int i = 0; !slot && i < TRIES; i++) {
        int ahead = 7 + demo_chance_below(&demo->chance, DEMO_AHEAD_DAYS - 7);
        bool is_picky = i < TRIES / 2;
        if (is_picky) /* on the weekday they like */
            ahead += (person->weekday - (demo->today.weekday + ahead) % 7 + 7) % 7;
        int index = demo->today.index + ahead;
        if (ahead > DEMO_AHEAD_DAYS || demo_shifts_has_promise(person, index) ||
            !demo_people_is_active(person, index) || index >= person->leaves)
            continue;
        *out_day = index;
        slot = find_slot(demo, person, demo_day(demo, index), is_picky, out_occasion);
    }
    return slot;
}

static enum rc sign_up(struct demo *demo, const struct demo_event *event)
{
    struct demo_person *person = &demo->people[event->person];
    struct demo_occasion *occasion;
    int day, *room = find_room(person, demo->today.index);
    struct demo_slot *slot = room ? choose(demo, person, &day, &occasion) : NULL;
    if (!slot)
        return RC_OK;
    demo_turn(demo, event->at_ms);
    *room = day;
    slot->standing++;
    demo->counts.sign_ups++;
    enum rc rc = add_sign_up(demo, event->person, occasion, slot, NULL, NULL);
    return rc ? rc : decide(demo, event->person, day, occasion, slot);
}

static enum rc plan_choice(struct demo *demo, int place)
{
    struct demo_person *person = &demo->people[place];
    if (!person->every || person->chooses > demo->today.index ||
        !demo_people_is_active(person, demo->today.index))
        return RC_OK;
    person->chooses = demo->today.index + person->every - 3 + demo_chance_below(&demo->chance, 7);
    if (demo_calendar_is_quiet(&demo->today) && demo_chance_is(&demo->chance, 550))
        return RC_OK;
    struct demo_event event = {
        .act = sign_up,
        .person = place,
        .at_ms = demo->today.begin_ms +
                 demo_chance_ms(&demo->chance, 5 * DEMO_HOUR_MS, 16 * DEMO_HOUR_MS),
    };
    return demo_agenda_put(&demo->agenda, &event);
}

/* --- the referent's word --- */

static enum rc sign_off(struct demo *demo, const struct demo_event *event)
{
    const struct shift *shift = &event->slot->shift;
    bool are_few = 2 * event->slot->standing < shift->places;
    bool are_many = event->slot->standing == shift->places && demo_chance_is(&demo->chance, 100);
    demo_turn(demo, event->at_ms);
    return demo_add(demo, FACT_SHIFT_CLOSED, event->occasion->id,
                    json_pack("{s:i,s:s,s:o}", "shift", shift->number, "were_enough",
                              shift_enough_name(are_few    ? SHIFT_TOO_FEW
                                                : are_many ? SHIFT_TOO_MANY
                                                           : SHIFT_ENOUGH),
                              "by", demo_id(demo->people[event->person].id)),
                    NULL);
}

static enum rc plan_sign_offs(struct demo *demo)
{
    enum rc rc = RC_OK;
    struct demo_day *day = demo_day(demo, demo->today.index);
    int referent = demo->wish.people > 5 ? 5 : 0;
    for (int i = 0; !rc && i < day->count; i++)
        for (int at = 0; !rc && at < day->occasions[i].slot_count; at++) {
            struct demo_slot *slot = &day->occasions[i].slots[at];
            struct demo_event event = {
                .act = sign_off,
                .person = referent,
                .occasion = &day->occasions[i],
                .slot = slot,
                .at_ms = slot->shift.to_ms + demo_chance_ms(&demo->chance, 0, 15 * DEMO_MINUTE_MS),
            };
            if (demo_chance_is(&demo->chance, 600))
                rc = demo_agenda_put(&demo->agenda, &event);
        }
    return rc;
}

enum rc demo_shifts_plan(struct demo *demo)
{
    enum rc rc = plan_sign_offs(demo);
    for (int i = 0; !rc && i < demo->wish.people; i++)
        rc = plan_choice(demo, i);
    return rc;
}
