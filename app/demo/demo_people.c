/* Who they are: from before the first day or joining later, resting, leaving. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo/demo_i.h"
#include "app/domain/pin.h"
#include "app/store/keyring.h"
#include "firmware/base/hex.h"

#define FIRST_NUMBER 1001
#define NEVER INT32_MAX

static const struct fact_id house = {0, 0};

/* How much of the house is in which circle, and how often its people take a shift. */
static const struct demo_circle {
    const char *name;
    int per_mille;
    int every_days;
} circles[] = {
    {"ambassador", 40, 14}, {"working group", 80, 21}, {"member", 400, 28}, {"helper", 200, 56},
    {"", 280, 0},
};

static const char *const colleges[] = {"consommateurs", "travailleurs", "producteurs", "soutien"};

/* --- from the seed and their place alone: told again at any time --- */

static struct demo_chance chance_of(const struct demo *demo, int person, uint64_t what)
{
    struct demo_chance chance = {demo->wish.seed * 0x9e3779b97f4a7c15u +
                                 ((uint64_t)person << 8 | what)};
    demo_chance_next(&chance);
    return chance;
}

static const struct demo_circle *choose_circle(struct demo_chance *chance)
{
    const struct demo_circle *circle = circles;
    for (int left = demo_chance_below(chance, 1000); left >= circle->per_mille; circle++)
        left -= circle->per_mille;
    return circle;
}

static const struct demo_circle *circle_of(const struct demo *demo, int person)
{
    struct demo_chance chance = chance_of(demo, person, 1);
    return choose_circle(&chance);
}

static void describe_membership(struct demo_chance *chance, struct person *out_person)
{
    if (demo_chance_is(chance, 350))
        snprintf(out_person->college, sizeof out_person->college, "%s",
                 colleges[demo_chance_below(chance, 10) / 3]);
    if (demo_chance_is(chance, 450))
        snprintf(out_person->shares, sizeof out_person->shares, "%d",
                 1 + demo_chance_below(chance, 4) * demo_chance_below(chance, 6));
    if (demo_chance_is(chance, 40))
        snprintf(out_person->private_hours, sizeof out_person->private_hours, "yes");
}

static void write_date(const struct demo_day *day, char out_date[12])
{
    snprintf(out_date, 12, "%04u-%02u-%02u", (unsigned)day->year % 10000,
             (unsigned)day->month % 100, (unsigned)day->date % 100);
}

/* Its size; who else may fetch it; and two weeks without it, somewhere in the demo. */
static void describe_basket(const struct demo *demo, int person, struct person *out_person)
{
    static const char *const sizes[] = {"petit", "petit", "grand", "2 x petit"};
    char from[12], to[12];
    struct demo_chance chance = chance_of(demo, person, 3);
    if (!demo->people[person].fetches_basket)
        return;
    snprintf(out_person->basket, sizeof out_person->basket, "%s",
             sizes[demo_chance_below(&chance, 4)]);
    if (demo_chance_is(&chance, 250))
        snprintf(out_person->basket_fetchers, sizeof out_person->basket_fetchers, "%d",
                 FIRST_NUMBER + demo_chance_below(&chance, demo->wish.people));
    if (!demo_chance_is(&chance, 300))
        return;
    int first = demo_chance_below(&chance, demo->day_count);
    const struct demo_day begin = demo_calendar_day(demo, first),
                          end = demo_calendar_day(demo, first + 13);
    write_date(&begin, from);
    write_date(&end, to);
    snprintf(out_person->basket_pauses, sizeof out_person->basket_pauses, "%s/%s", from, to);
}

void demo_people_describe(const struct demo *demo, int person, struct person *out_person)
{
    struct demo_chance chance = chance_of(demo, person, 2);
    int joins = demo->people[person].joins;
    struct demo_day day =
        demo_calendar_day(demo, joins > 0 ? joins : -demo_chance_below(&chance, 6 * 365) - 1);
    *out_person = (struct person){.first_name = ""};
    demo_names_choose(&chance, out_person);
    describe_membership(&chance, out_person);
    describe_basket(demo, person, out_person);
    snprintf(out_person->number, sizeof out_person->number, "%d", FIRST_NUMBER + person);
    snprintf(out_person->circle, sizeof out_person->circle, "%s", circle_of(demo, person)->name);
    write_date(&day, out_person->since);
}

void demo_people_badge(const struct demo *demo, int person, struct badge *out_badge)
{
    uint8_t uid[7] = {0x04};
    char hex[2 * sizeof uid + 1];
    struct demo_chance chance =
        chance_of(demo, person, 16 + (uint64_t)demo->people[person].badge_serial % 200);
    uint64_t number = demo_chance_next(&chance);
    memcpy(uid + 1, &number, sizeof uid - 1);
    hex_encode(uid, sizeof uid, hex);
    for (char *at = hex; *at; at++)
        if (*at >= 'a' && *at <= 'f')
            *at = (char)(*at - 'a' + 'A');
    snprintf(out_badge->text, sizeof out_badge->text, "uid:%s", hex);
}

bool demo_people_is_active(const struct demo_person *person, int day)
{
    return !fact_id_is_none(person->id) && day < person->leaves &&
           (day < person->rests_from || day >= person->rests_to);
}

/* --- lives --- */

static void choose_life(struct demo *demo, int place, struct demo_person *person)
{
    struct demo_chance *chance = &demo->chance;
    int days = demo->day_count, years_per_mille = 1000 * days / 365;
    bool is_later = place >= 10 && demo_chance_is(chance, 300);
    person->joins = is_later ? demo_chance_below(chance, days) : 0;
    person->leaves = person->rests_from = person->rests_to = NEVER;
    if (place >= 10 && demo_chance_is(chance, 70 * years_per_mille / 1000))
        person->leaves = person->joins + 30 + demo_chance_below(chance, days);
    if (place >= DEMO_STAFF && demo_chance_is(chance, 90 * years_per_mille / 1000)) {
        person->rests_from = person->joins + 14 + demo_chance_below(chance, days);
        person->rests_to = person->rests_from + 30 + demo_chance_below(chance, 90);
    }
    person->every = place < DEMO_STAFF ? 0 : circle_of(demo, place)->every_days;
    person->chooses = person->joins + demo_chance_below(chance, person->every ? person->every : 1);
}

static enum role role_of(int place)
{
    if (place < DEMO_STAFF)
        return ROLE_STAFF;
    if (place % 150 == 7 || place == 5)
        return ROLE_REFERENT;
    return place % 200 == 9 || place == 6 ? ROLE_HOST : ROLE_NONE;
}

static void choose_person(struct demo *demo, int place, struct demo_person *person)
{
    struct demo_chance *chance = &demo->chance;
    choose_life(demo, place, person);
    person->role = role_of(place);
    person->fetches_basket = place >= DEMO_STAFF && demo_chance_is(chance, 200);
    person->is_forgetful = demo_chance_is(chance, 100);
    person->weekday = demo_chance_below(chance, 6);
    person->mission = demo_chance_below(chance, DEMO_MISSIONS);
    person->early_min = demo_chance_below(chance, 18) - 4;
    for (int i = 0; i < DEMO_PROMISES_MAX; i++)
        person->promises[i] = -1;
}

enum rc demo_people_make(struct demo *demo)
{
    demo->people = calloc((size_t)demo->wish.people, sizeof *demo->people);
    if (!demo->people)
        return RC_NO_MEMORY;
    for (int i = 0; i < demo->wish.people; i++)
        choose_person(demo, i, &demo->people[i]);
    for (int i = 0; i < DEMO_STAFF; i++) {
        do
            snprintf(demo->pins[i], sizeof demo->pins[i], "%06d",
                     demo_chance_below(&demo->chance, 1000000));
        while (pin_check(demo->pins[i], NULL));
    }
    return RC_OK;
}

/* --- their facts --- */

static enum rc add_badge_fact(struct demo *demo, int place, enum fact_kind kind, const char *why)
{
    struct demo_person *person = &demo->people[place];
    char hex[2 * BADGE_HASH_BYTES + 1];
    hex_encode(person->badge.bytes, sizeof person->badge.bytes, hex);
    return demo_add(
        demo, kind, person->id,
        json_pack("{s:s,s:s,s:s*}", "badge", hex, "key", journal_key_id(demo->journal), "why", why),
        NULL);
}

static enum rc give_badge(struct demo *demo, int place)
{
    struct badge badge = {.text = ""};
    demo_people_badge(demo, place, &badge);
    demo->people[place].badge = badge_hash(&badge, journal_key(demo->journal));
    hash_forget(&badge, sizeof badge);
    return add_badge_fact(demo, place, FACT_BADGE_GIVEN, NULL);
}

static enum rc give_role(struct demo *demo, int place)
{
    char sealed[SECRET_SEALED_BYTES];
    const struct demo_person *person = &demo->people[place];
    if (person->role == ROLE_NONE)
        return RC_OK;
    enum rc rc = demo_add(demo, FACT_ROLE_SET, person->id,
                          json_pack("{s:s}", "role", role_name(person->role)), NULL);
    if (rc || place >= DEMO_STAFF)
        return rc;
    rc = secret_seal(journal_key(demo->journal), demo->pins[place], sealed);
    return rc ? rc : keyring_set_pin(demo->journal, person->id, sealed);
}

static enum rc join(struct demo *demo, const struct demo_event *event)
{
    struct person person;
    demo_turn(demo, event->at_ms);
    demo_people_describe(demo, event->person, &person);
    enum rc rc = demo_add(demo, FACT_PERSON_ADDED, house, person_to_json(&person),
                          &demo->people[event->person].id);
    if (!rc)
        rc = give_badge(demo, event->person);
    demo->counts.people++;
    return rc ? rc : give_role(demo, event->person);
}

static enum rc rest(struct demo *demo, const struct demo_event *event)
{
    char until[12];
    const struct demo_person *person = &demo->people[event->person];
    struct demo_day back = demo_calendar_day(demo, person->rests_to);
    write_date(&back, until);
    demo_turn(demo, event->at_ms);
    return demo_add(demo, FACT_PERSON_CHANGED, person->id,
                    json_pack("{s:s}", "paused_until", until), NULL);
}

static enum rc leave(struct demo *demo, const struct demo_event *event)
{
    demo_turn(demo, event->at_ms);
    demo->people[event->person].has_left = true;
    return add_badge_fact(demo, event->person, FACT_BADGE_WITHDRAWN, "returned");
}

/* A badge is lost, and another one given. */
static enum rc lose_badge(struct demo *demo, const struct demo_event *event)
{
    demo_turn(demo, event->at_ms);
    enum rc rc = add_badge_fact(demo, event->person, FACT_BADGE_WITHDRAWN, "lost");
    if (rc)
        return rc;
    demo->people[event->person].badge_serial++;
    return give_badge(demo, event->person);
}

static enum rc plan_one(struct demo *demo, int place)
{
    const struct demo_person *person = &demo->people[place];
    int day = demo->today.index;
    struct demo_event event = {.person = place};
    /* Whoever was there before the first day is in the list that the house begins with. */
    event.at_ms = person->joins == 0
                      ? demo->today.begin_ms + DEMO_HOUR_MS
                      : demo->today.begin_ms +
                            demo_chance_ms(&demo->chance, 5 * DEMO_HOUR_MS, 15 * DEMO_HOUR_MS);
    if (day == person->joins)
        event.act = join;
    else if (day == person->leaves)
        event.act = leave;
    else if (day == person->rests_from)
        event.act = rest;
    else if (place >= 10 && demo_people_is_active(person, day) &&
             demo_chance_below(&demo->chance, 6000) == 0)
        event.act = lose_badge;
    return event.act ? demo_agenda_put(&demo->agenda, &event) : RC_OK;
}

enum rc demo_people_plan(struct demo *demo)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < demo->wish.people; i++)
        rc = plan_one(demo, i);
    return rc;
}
