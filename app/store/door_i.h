/*
 * door_i.h - the inside of the door, shared by door.c (what is decided), door_occasion.c (what is
 * on), door_offer.c (what it has for them), door_answer.c (what else is found and shown),
 * door_welcome.c (first visits), door_choice.c (what they touch) and door_said.c (guests and
 * proposals). Nobody else includes it.
 */
#ifndef APP_STORE_DOOR_I_H
#define APP_STORE_DOOR_I_H

#include "app/store/door.h"
#include "app/store/lookup.h"

/* Something that is on, or begins soon. */
struct door_occasion {
    struct fact_id id; /* none: chosen by staff, or nothing in particular */
    struct fact_id organisation;
    enum occasion_kind kind;
    char title[96];
    int64_t from_ms, to_ms;
};

#define DOOR_ON_MAX 8

/* Promises of so long ago may still be signed off. */
#define DOOR_LOOK_BACK_MS ((int64_t)4 * 3600 * 1000)

/* What the look-up found, beside the situation that the tap table judges. */
struct door_found {
    struct person person;
    enum role role;
    struct mandate mandate;
    bool has_pin; /* by role and circle */
    struct fold_badge badge;
    struct visit visit; /* the open one, or else the last */
    bool has_visit;
    struct door_occasion on[DOOR_ON_MAX]; /* by beginning */
    int on_count;
    bool is_chosen;            /* by staff: on[0] */
    struct door_occasion here; /* what they come for, or are at */
    struct answer_slot shift;  /* that they are expected at; no occasion: none */
    struct sign_ups sign_ups;  /* of theirs, from a while ago on; door_forget them */
};

/* RC_EMPTY: no such person. */
enum rc door_find_person(struct journal *journal, struct fact_id id,
                         struct door_found *found) MUST_CHECK;

/* Whose badge, and what it is worth at `at_ms`. RC_EMPTY: nobody's. */
enum rc door_find_badge(struct journal *journal, const struct badge *badge, int64_t at_ms,
                        struct door_found *found, struct tap_situation *situation) MUST_CHECK;

enum rc door_find_presence(struct journal *journal, const struct clock_reading *now, int64_t at_ms,
                           struct door_found *found, struct tap_situation *situation) MUST_CHECK;

/*
 * What is on, `chosen` by staff or else (OCCASION_COUNT) by the calendar, and what a tap means
 * there; behind door_find_presence.
 */
enum rc door_find_occasion(struct journal *journal, enum occasion_kind chosen, int64_t at_ms,
                           struct door_found *found, struct tap_situation *situation) MUST_CHECK;

/* What an arrival says of what it is for; NULL where it cannot be found out or kept. */
json_t *door_attendance(struct journal *journal, const struct door_found *found, int64_t at_ms);

/* What is on, what they are expected at, with whom, and what else is asked. */
enum rc door_fill_occasion(struct journal *journal, const struct door_found *found,
                           struct answer *answer) MUST_CHECK;

/* The first half of it: what is on, and the shift with its company. */
enum rc door_fill_company(struct journal *journal, const struct door_found *found,
                          struct answer *answer) MUST_CHECK;

/* What the occasion has for them: drinks they took, a step that is done, ... */
enum rc door_fill_offer(struct journal *journal, struct answer *answer) MUST_CHECK;

struct door_occasion door_describe(const struct occasion *occasion);

void door_forget(struct door_found *found);

void door_name_person(const struct door_found *found, enum language home, struct answer *answer);
void door_show_as(enum answer_kind kind, struct answer *answer);

bool door_is_arrival(enum answer_kind kind);

/* Adds the fact and brings the views up to it, so that the answer's numbers include it. */
enum rc door_record(struct journal *journal, enum fact_kind kind, struct fact_id organisation,
                    json_t *body, struct answer *answer) MUST_CHECK;

/* The same of an arrival or a departure, which says what it is for. */
enum rc door_record_move(struct journal *journal, enum fact_kind kind,
                         const struct door_found *found, json_t *body,
                         struct answer *answer) MUST_CHECK;

/* The numbers a result shows, from the views as they stand after the fact. */
enum rc door_fill(struct journal *journal, struct answer *answer) MUST_CHECK;

/* The last visit, whose end was forgotten, and when it may have been. */
enum rc door_fill_forgotten(struct journal *journal, const struct door_found *found,
                            struct answer *answer) MUST_CHECK;

/* Arrivals: steps of a first visit that are left, and newcomers of theirs who stay away. */
enum rc door_fill_welcome(struct journal *journal, struct answer *answer) MUST_CHECK;

/* Commits what an answer recorded, lets go of a transaction that recorded nothing. */
enum rc door_end(struct journal *journal, enum rc rc, const struct answer *answer) MUST_CHECK;

/* The answer where nothing could be recorded for somebody known by id. */
void door_refuse(struct fact_id person, enum language home, struct answer *out_answer);

#endif
