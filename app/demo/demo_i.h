/*
 * demo_i.h - the inside of the demo: demo.c (days, transactions), demo_agenda.c (what happens
 * when), demo_calendar.c (occasions), demo_people.c (who they are), demo_names.c (what they are
 * called), demo_shifts.c (promises), demo_visits.c (arrivals and departures). Nobody else includes
 * it.
 */
#ifndef APP_DEMO_DEMO_I_H
#define APP_DEMO_DEMO_I_H

#include "app/demo/demo.h"
#include "app/domain/badge.h"
#include "app/domain/occasion.h"
#include "app/domain/person.h"
#include "app/domain/role.h"
#include "firmware/base/clock.h"

#define DEMO_AHEAD_DAYS 28 /* so far the calendar is known, and people sign up */
#define DEMO_BEHIND_DAYS 3
#define DEMO_RING_DAYS (DEMO_AHEAD_DAYS + DEMO_BEHIND_DAYS + 1)
#define DEMO_OCCASIONS_MAX 8 /* on one day */
#define DEMO_PROMISES_MAX 4
#define DEMO_MISSIONS 7
#define DEMO_MINUTE_MS ((int64_t)60000)
#define DEMO_HOUR_MS (60 * DEMO_MINUTE_MS)

/* --- chance: splitmix64 (Steele, Lea, Flood 2014), the same for the same seed --- */

struct demo_chance {
    uint64_t state;
};

uint64_t demo_chance_next(struct demo_chance *chance);
int demo_chance_below(struct demo_chance *chance, int limit); /* 0 to limit - 1 */
bool demo_chance_is(struct demo_chance *chance, int per_mille);
int64_t demo_chance_ms(struct demo_chance *chance, int64_t least_ms, int64_t most_ms);
int64_t demo_chance_near(struct demo_chance *chance, int64_t ms); /* around 0, at most 2 * ms off */

/* --- the calendar --- */

struct demo_slot {
    struct shift shift;
    int mission;  /* as people like it */
    int standing; /* who promised, and did not take it back */
};

struct demo_occasion {
    struct fact_id id;
    enum occasion_kind kind;
    int64_t from_ms, to_ms;
    int draw_per_mille; /* how many come without having promised */
    int stay_min;       /* how long they stay; 0: to its end */
    int slot_count;
    struct demo_slot slots[OCCASION_SHIFTS_MAX];
};

struct demo_day {
    int index;                /* since the first */
    int year, month, date;    /* month from 1 */
    int weekday;              /* 0: Monday */
    int days_left;            /* in its month */
    int64_t begin_ms, end_ms; /* the venue's day */
    int count;
    struct demo_occasion occasions[DEMO_OCCASIONS_MAX];
};

/* --- people --- */

struct demo_person {
    struct fact_id id; /* none: not a member yet */
    struct badge_hash badge;
    enum role role;
    bool has_left, fetches_basket, is_forgetful;
    int badge_serial;
    int joins, leaves, rests_from, rests_to; /* days */
    int every;                               /* days from one promise to the next; 0: none */
    int chooses;                             /* the day of the next one */
    int weekday, mission;                    /* that they like */
    int early_min;
    int promises[DEMO_PROMISES_MAX]; /* days; -1: none */
    /* in the house */
    int64_t open_until_ms; /* a tap before it leaves; 0: out */
    int64_t meant_ms;      /* when they left, or should have said so */
    int64_t left_ms;       /* when they last said so */
    struct fact_id visit;
};

/* --- what happens when --- */

struct demo;

struct demo_event {
    int64_t at_ms;
    int64_t order; /* of those at one moment; given by demo_agenda_put */
    enum rc (*act)(struct demo *demo, const struct demo_event *event);
    int person; /* -1: nobody */
    struct demo_occasion *occasion;
    struct demo_slot *slot;
    int64_t until_ms; /* arrivals: when they leave */
    struct fact_id of;
};

struct demo_agenda {
    struct demo_event *heap;
    size_t count, capacity;
    int64_t orders;
};

enum rc demo_agenda_put(struct demo_agenda *agenda, const struct demo_event *event) MUST_CHECK;
bool demo_agenda_take(struct demo_agenda *agenda, int64_t before_ms, struct demo_event *out_event);

/* --- all of it --- */

struct demo {
    struct demo_wish wish;
    struct demo_chance chance;
    struct demo_counts counts;
    struct demo_agenda agenda;
    struct demo_person *people;
    struct demo_day days[DEMO_RING_DAYS];
    struct demo_day today; /* without occasions */
    int day_count;
    struct clock *clock;
    unsigned boots;
    struct journal *journal;
    char pins[DEMO_STAFF][DEMO_PIN_BYTES];
};

struct demo_day *demo_day(struct demo *demo, int index);

/* The day `index` of the demo, without its occasions. */
struct demo_day demo_calendar_day(const struct demo *demo, int index);
/* Adds the occasions of a day to it and to the journal. */
enum rc demo_calendar_plan(struct demo *demo, struct demo_day *day) MUST_CHECK;
bool demo_calendar_is_quiet(const struct demo_day *day);

void demo_names_choose(struct demo_chance *chance, struct person *out_person);

enum rc demo_people_make(struct demo *demo) MUST_CHECK;
void demo_people_describe(const struct demo *demo, int person, struct person *out_person);
void demo_people_badge(const struct demo *demo, int person, struct badge *out_badge);
bool demo_people_is_active(const struct demo_person *person, int day);
/* Who joins, rests and leaves today. */
enum rc demo_people_plan(struct demo *demo) MUST_CHECK;

enum rc demo_shifts_plan(struct demo *demo) MUST_CHECK;
bool demo_shifts_has_promise(const struct demo_person *person, int day);

enum rc demo_visits_plan(struct demo *demo) MUST_CHECK;
/* Somebody comes for a shift that they promised. */
enum rc demo_visits_expect(struct demo *demo, int person, struct demo_occasion *occasion,
                           struct demo_slot *slot) MUST_CHECK;

/* Moves the clock on to `at_ms`; it never goes back. Returns the time it shows. */
int64_t demo_turn(struct demo *demo, int64_t at_ms);
enum rc demo_add(struct demo *demo, enum fact_kind kind, struct fact_id subject, json_t *body,
                 struct fact_id *out_id) MUST_CHECK;
/* [station, sequence]; NULL without memory. */
json_t *demo_id(struct fact_id id);

#endif
