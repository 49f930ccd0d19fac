#include "tests/support/month.h"

#include <time.h>

static const struct fact_id none = {0, 0};

int64_t month_at(int month, int day, int hour, int minute)
{
    struct tm local = {.tm_year = 126,
                       .tm_mon = month - 1,
                       .tm_mday = day,
                       .tm_hour = hour,
                       .tm_min = minute,
                       .tm_isdst = -1};
    return (int64_t)mktime(&local) * 1000;
}

struct fact_id month_record(struct house *house, enum fact_kind kind, struct fact_id subject,
                            struct fact_id organisation, json_t *body)
{
    struct fact fact;
    struct clock_reading now = house_now(house);
    enum rc rc = journal_begin(house->journal, &now);
    if (!rc)
        rc = journal_add(house->journal, kind, subject, organisation, body, &fact);
    if (!rc)
        rc = journal_commit(house->journal);
    house_expect(!rc, "a fact cannot be recorded: %s", rc_text(rc));
    return fact.id;
}

struct shift_id month_plan(struct house *house, const char *kind, const char *mission,
                           int64_t from_ms, int64_t to_ms, struct fact_id organisation)
{
    struct fact_id occasion =
        month_record(house, FACT_OCCASION_ADDED, none, organisation,
                     json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:s,s:I,s:I,s:i}]}", "kind", kind, "title",
                               mission, "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms,
                               "shifts", "number", 1, "mission", mission, "from_ms",
                               (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "places", 2));
    return (struct shift_id){occasion, 1};
}

void month_sign_up(struct house *house, struct fact_id person, struct shift_id of,
                   const char *mission, int64_t from_ms, int64_t to_ms, struct fact_id organisation)
{
    month_record(house, FACT_SIGN_UP, person, organisation,
                 json_pack("{s:[I,I],s:i,s:I,s:I,s:s}", "occasion", (json_int_t)of.occasion.station,
                           (json_int_t)of.occasion.seq, "shift", of.number, "from_ms",
                           (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "mission", mission));
}

void month_attend(struct house *house, struct fact_id person, struct fact_id visit,
                  const char *kind, int64_t stop_ms, struct fact_id organisation)
{
    month_record(house, FACT_ATTENDANCE, person, organisation,
                 json_pack("{s:[I,I],s:s,s:I}", "visit", (json_int_t)visit.station,
                           (json_int_t)visit.seq, "kind", kind, "stop_ms", (json_int_t)stop_ms));
}

struct fact_id month_enter(struct house *house, struct fact_id person, int64_t from_ms,
                           int64_t to_ms)
{
    struct fact_id visit = house_press(house, person, ANSWER_ARRIVAL).fact;
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    house_press(house, person, ANSWER_DEPARTURE);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    month_record(house, FACT_CORRECTION, person, none,
                 json_pack("{s:[I,I],s:I,s:I,s:s}", "visit", (json_int_t)visit.station,
                           (json_int_t)visit.seq, "arrived_ms", (json_int_t)from_ms, "left_ms",
                           (json_int_t)to_ms, "reason", "paper"));
    return visit;
}

static void enter_autumn(struct month *month)
{
    struct house *house = month->house;
    int64_t from_ms = month_at(10, 24, 22, 0), to_ms = month_at(10, 25, 6, 0);
    struct shift_id watch = month_plan(house, "shift", "Night watch", from_ms, to_ms, month->velo);
    month_sign_up(house, month->ada, watch, "Night watch", from_ms, to_ms, month->velo);
    month_enter(house, month->ada, from_ms, to_ms);
    /* Over midnight, and over the end of the month; then on both sides of the day's end. */
    struct fact_id visit =
        month_enter(house, month->bilal, month_at(10, 31, 23, 30), month_at(11, 1, 2, 0));
    month_attend(house, month->bilal, visit, "open-day", 0, month->jardin);
    month_enter(house, month->chloe, month_at(11, 1, 3, 50), month_at(11, 1, 4, 20));
    month_enter(house, month->chloe, month_at(11, 1, 4, 30), month_at(11, 1, 5, 0));
    month_record(house, FACT_ROLE_SET, month->dora, none, json_pack("{s:s}", "role", "staff"));
    month_enter(house, month->dora, month_at(11, 5, 9, 0), month_at(11, 5, 17, 0));
    visit = month_enter(house, month->dora, month_at(11, 30, 20, 0), month_at(11, 30, 23, 0));
    month_attend(house, month->dora, visit, "drinks", 0, none);
}

/* 21 to 23 November: forgotten departures with a shift, one of them nobody's word yet. */
static void live_november(struct month *month)
{
    struct house *house = month->house;
    house_reboot(house, month_at(11, 21, 15, 50), CLOCK_PLAUSIBLE);
    int64_t from_ms = month_at(11, 21, 16, 0), to_ms = month_at(11, 21, 18, 0);
    struct shift_id shop = month_plan(house, "shift", "Shop", from_ms, to_ms, month->velo);
    month_sign_up(house, month->chloe, shop, "Shop", from_ms, to_ms, month->velo);
    month_sign_up(house, month->bilal, shop, "Shop", from_ms, to_ms, month->velo);
    month_sign_up(house, month->ada, shop, "Shop", from_ms, to_ms, month->velo);
    house_press(house, month->chloe, ANSWER_ARRIVAL);
    house_press(house, month->bilal, ANSWER_ARRIVAL);
    month_record(house, FACT_SHIFT_CLOSED, shop.occasion, month->velo,
                 json_pack("{s:i,s:s}", "shift", 1, "were_enough", "too-few"));
    house_reboot(house, month_at(11, 23, 10, 0), CLOCK_PLAUSIBLE);
    house_tap(house, HOUSE_CHLOE);
    house_wait(house, 15 * HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_CHLOE);
    house_press(house, month->ada, ANSWER_ARRIVAL);
    month_record(house, FACT_GUESTS, month->ada, none,
                 json_pack("{s:i,s:i}", "adults", 2, "children", 1));
    house_wait(house, 45 * HOUSE_MINUTE_MS);
    month->now_ms = house_now(house).wall_ms;
    struct shift_id later = month_plan(house, "basket-pick-up", "Baskets", month_at(11, 27, 16, 0),
                                       month_at(11, 27, 18, 0), month->jardin);
    month_sign_up(house, month->ada, later, "Baskets", month_at(11, 27, 16, 0),
                  month_at(11, 27, 18, 0), month->jardin);
}

static void set_circle(struct house *house, struct fact_id person, const char *circle,
                       const char *number)
{
    house_record(house, FACT_PERSON_CHANGED, person,
                 json_pack("{s:s,s:s}", "circle", circle, "number", number));
}

struct month month_open(void)
{
    struct house *house = house_open();
    struct month month = {.house = house,
                          .ada = house->people[HOUSE_IS_ADA],
                          .bilal = house->people[HOUSE_IS_BILAL],
                          .chloe = house->people[HOUSE_IS_CHLOE],
                          .dora = house_add(house, "Dora", NULL)};
    month.velo = month_record(house, FACT_ORGANISATION_ADDED, none, none,
                              json_pack("{s:s}", "name", "Vélo"));
    month.jardin = month_record(house, FACT_ORGANISATION_ADDED, none, none,
                                json_pack("{s:s}", "name", "Jardin"));
    set_circle(house, month.ada, "core", "1");
    set_circle(house, month.bilal, "friends", "2");
    set_circle(house, month.chloe, "core", "3");
    enter_autumn(&month);
    live_november(&month);
    return month;
}
