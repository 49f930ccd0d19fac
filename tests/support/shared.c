#include "tests/support/shared.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/month.h"

static const struct fact_id none = {0, 0};

const char *const shared_names[SHARED_PEOPLE] = {"Ada",  "Bilal", "Chloé", "Dora", "Eva",
                                                 "Finn", "Gus",   "Hana",  "Rik"};

void shared_set_bakers(struct shared *shared, const char *organisation, unsigned rights)
{
    struct circle *bakers = &shared->circles.circles[0];
    bakers->rights = rights;
    snprintf(bakers->organisation, sizeof bakers->organisation, "%s", organisation);
    journal_set_circles(shared->house->journal, &shared->circles);
}

static void make_circles(struct shared *shared)
{
    shared->circles = circle_default();
    struct circle *bakers = &shared->circles.circles[0];
    *bakers = (struct circle){.name = SHARED_BAKERS, .minutes = 600};
    shared_set_bakers(shared, SHARED_GROCER, 0);
}

static void make_people(struct shared *shared)
{
    struct house *house = shared->house;
    for (int i = 0; i < SHARED_PEOPLE; i++) {
        bool has_badge = i < HOUSE_PEOPLE;
        shared->people[i] = has_badge ? house->people[i] : house_add(house, shared_names[i], NULL);
        house_record(house, FACT_PERSON_CHANGED, shared->people[i],
                     json_pack("{s:s}", "last_name", "Dubois"));
    }
    house_record(house, FACT_PERSON_CHANGED, shared->people[SHARED_EVA],
                 json_pack("{s:s}", "circle", SHARED_BAKERS));
}

static struct fact_id add_organisation(struct house *house, const char *name)
{
    return month_record(house, FACT_ORGANISATION_ADDED, none, none,
                        json_pack("{s:s}", "name", name));
}

static void make_staff(struct shared *shared, enum shared_person person,
                       struct fact_id organisation)
{
    month_record(shared->house, FACT_ROLE_SET, shared->people[person], organisation,
                 json_pack("{s:s}", "role", "staff"));
}

static void move(struct shared *shared, enum shared_person person, struct fact_id organisation,
                 const char *answer)
{
    struct fact_id fact =
        month_record(shared->house, FACT_PRESS, shared->people[person], organisation,
                     json_pack("{s:s,s:s}", "answer", answer, "how", "staff"));
    if (fact_id_is_none(shared->visits[person]))
        shared->visits[person] = fact;
}

static void propose(struct shared *shared, enum shared_person person)
{
    const struct fact_id visit = shared->visits[person];
    shared->proposals[person] = house_record(
        shared->house, FACT_PROPOSAL, shared->people[person],
        json_pack("{s:[I,I],s:I}", "visit", (json_int_t)visit.station, (json_int_t)visit.seq,
                  "left_ms", (json_int_t)(HOUSE_BEGIN_MS + 30 * HOUSE_MINUTE_MS)));
}

static void live_an_afternoon(struct shared *shared)
{
    const struct {
        enum shared_person person;
        struct fact_id organisation;
    } came[] = {{SHARED_ADA, shared->grocer}, {SHARED_BILAL, shared->repair}, {SHARED_HANA, none}};
    const size_t count = sizeof came / sizeof came[0];
    for (size_t i = 0; i < count; i++)
        move(shared, came[i].person, came[i].organisation, "arrival");
    house_wait(shared->house, HOUSE_HOUR_MS);
    for (size_t i = 0; i < count; i++)
        move(shared, came[i].person, came[i].organisation, "departure");
    house_wait(shared->house, HOUSE_HOUR_MS);
    for (size_t i = 0; i < count; i++)
        propose(shared, came[i].person);
}

static void plan_tomorrow(struct shared *shared)
{
    const int64_t from_ms = HOUSE_BEGIN_MS + 24 * HOUSE_HOUR_MS, to_ms = from_ms + HOUSE_HOUR_MS;
    struct house *house = shared->house;
    shared->till = month_plan(house, "shift", "Till", from_ms, to_ms, shared->grocer);
    shared->bench = month_plan(house, "shift", "Bench", from_ms, to_ms, shared->repair);
    shared->yard = month_plan(house, "shift", "Yard", from_ms, to_ms, none);
    month_sign_up(house, shared->people[SHARED_FINN], shared->till, "Till", from_ms, to_ms,
                  shared->grocer);
}

struct shared *shared_open(void)
{
    struct shared *shared = calloc(1, sizeof *shared);
    house_expect(shared != NULL, "there is no memory");
    shared->house = house_open();
    make_circles(shared);
    make_people(shared);
    shared->grocer = add_organisation(shared->house, SHARED_GROCER);
    shared->repair = add_organisation(shared->house, SHARED_REPAIR);
    make_staff(shared, SHARED_CHLOE, none);
    make_staff(shared, SHARED_GUS, shared->grocer);
    make_staff(shared, SHARED_RIK, shared->repair);
    plan_tomorrow(shared);
    live_an_afternoon(shared);
    return shared;
}

void shared_close(struct shared *shared)
{
    house_close(shared->house);
    free(shared);
}

struct office shared_office(const struct shared *shared, enum shared_person by)
{
    return (struct office){.by = shared->people[by], .now = house_now(shared->house)};
}
