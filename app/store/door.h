/*
 * door.h - a tap, a button on its result, somebody without a badge, a badge that becomes theirs,
 * who came along, an undo: each one transaction from look-up to answer.
 *
 * The decision is tap.h's; here it meets the register. Runs where the journal runs. A disk that
 * refuses is not an error of these functions but an answer (ANSWER_NOT_RECORDED) with the reason
 * in `disk`; nothing was counted then.
 */
#ifndef APP_STORE_DOOR_H
#define APP_STORE_DOOR_H

#include "app/domain/badge.h"
#include "app/domain/deed.h"
#include "app/domain/tap.h"
#include "app/store/journal.h"

/* Whose badge the scene asked for: any other is served as at the door. */
enum tap_claim {
    TAP_CLAIM_NONE,
    TAP_CLAIM_HOST,  /* of somebody who may vouch */
    TAP_CLAIM_STAFF, /* of somebody for whom the staff door opens */
    TAP_CLAIM_KNOWN, /* of anybody: one that was lost opens nothing */
    TAP_CLAIM_ANY,   /* known, unknown or withdrawn */
    TAP_CLAIM_BLANK, /* nobody's yet */
    TAP_CLAIM_ONE,   /* of that one person */
};

struct door_tap {
    struct badge badge;
    struct clock_reading now;
    int64_t gap_ms; /* since this badge was last in the field; TAP_NEVER */
    bool is_undone; /* what its last tap did was undone */
    enum tap_claim claim;
    struct fact_id claimed;      /* TAP_CLAIM_ONE: whose */
    enum occasion_kind occasion; /* chosen by staff; OCCASION_COUNT: as the calendar says */
    enum language home;          /* the venue's language, for people without one */
};

struct door_result {
    struct answer answer;
    enum rc disk; /* RC_OK, or why nothing was recorded */
};

/*
 * A claimed tap records nothing: its answer (ANSWER_CLAIMED) names the person where the badge is or
 * was somebody's, with their role, and says in is_badge_known whether it still is.
 */
void door_tap(struct journal *journal, const struct door_tap *tap, struct door_result *out_result);

/*
 * The buttons "I am leaving" (ANSWER_DEPARTURE) and "I am back" (ANSWER_ARRIVAL). Pressed twice,
 * the second changes nothing and gives the state as it is.
 */
struct door_press {
    struct fact_id person;
    enum answer_kind answer;
    struct clock_reading now;
    enum occasion_kind occasion; /* as in a tap */
    enum language home;
};

void door_press(struct journal *journal, const struct door_press *press,
                struct door_result *out_result);

/*
 * Somebody proved without a badge who they are: by their own code, or a host vouched. Means what a
 * tap of theirs would mean. `disk` is RC_NOT_FOUND where there is no such person.
 */
struct door_entry {
    struct fact_id person;
    enum presence_how how; /* PRESENCE_NAME or PRESENCE_STAFF */
    bool is_new;           /* never here before: no code was right, as else with PRESENCE_NAME */
    struct fact_id by;     /* the host; none: the person themselves */
    struct clock_reading now;
    enum occasion_kind occasion; /* as in a tap */
    enum language home;
};

void door_enter(struct journal *journal, const struct door_entry *entry,
                struct door_result *out_result);

/* The same inside the caller's transaction, for whoever has more to do in it. RC_NOT_FOUND: nobody.
 */
enum rc door_let_in(struct journal *journal, const struct door_entry *entry,
                    struct answer *answer) MUST_CHECK;

/*
 * The same as door_enter, and a badge becomes theirs by office_give_badge's rules, or stays so:
 * both or neither, also over a power cut. `disk` is RC_REFUSED, with a sentence in *out_why, where
 * the badge cannot be given.
 */
void door_link(struct journal *journal, const struct door_entry *entry, const struct badge *badge,
               struct door_result *out_result, struct reason *out_why);

/*
 * Somebody who came touches what for: a shift that needs hands (they are signed up), an occasion
 * (number 0), or nothing in particular (no occasion).
 */
struct door_choice {
    struct fact_id person;
    struct shift_id of;
    struct clock_reading now;
    enum occasion_kind occasion; /* as in a tap */
    enum language home;
};

/*
 * The answer greets them once more, with what they chose; undo takes the choice back and leaves
 * them in. `disk` is RC_REFUSED or RC_NOT_FOUND, with a sentence in *out_why, where it cannot be.
 */
void door_choose(struct journal *journal, const struct door_choice *choice,
                 struct door_result *out_result, struct reason *out_why);

/*
 * Somebody who is in takes, says or hands over something at the occasion of now: a drink, ... The
 * answer tells it and offers to take it back. `disk` as of door_choose.
 */
struct door_deed {
    struct fact_id person;
    enum deed_kind kind;
    struct fact_id other; /* another person: whose it is (deed_kind_is_for_another), or with whom */
    const char *text;     /* "": nothing is said */
    struct clock_reading now;
    enum occasion_kind occasion; /* as in a tap */
    enum language home;
};

void door_do(struct journal *journal, const struct door_deed *deed, struct door_result *out_result,
             struct reason *out_why);

#define DOOR_GUEST_NAMES_MAX 10
#define DOOR_GUEST_NAME_BYTES 96 /* with the NUL */

/* All who came along with somebody who is in, as it is now; the names are optional. */
struct door_guests {
    struct fact_id person;
    int adults, children; /* 0 to PRESENCE_GUESTS_MAX each */
    char names[DOOR_GUEST_NAMES_MAX][DOOR_GUEST_NAME_BYTES];
    int name_count;
    struct clock_reading now;
    enum language home;
};

/*
 * The answer is ANSWER_ALREADY_IN with the guests and what undo takes back. `disk` is RC_NOT_FOUND
 * where the person is not in, RC_LIMIT for too many, RC_BAD_INPUT for a name that is none.
 */
void door_guests(struct journal *journal, const struct door_guests *guests,
                 struct door_result *out_result);

/* When the person says they left a visit whose end was only assumed. */
struct door_proposal {
    struct fact_id person;
    struct fact_id visit;
    int64_t left_ms; /* 0: they don't know, and nothing is recorded */
    struct clock_reading now;
};

/*
 * *out_fact is what undo takes back; none where nothing was recorded. RC_NOT_FOUND: not a visit of
 * theirs (any more); RC_REFUSED: its end is known by now; RC_LIMIT: outside of the visit's day.
 */
enum rc door_propose(struct journal *journal, const struct door_proposal *proposal,
                     struct fact_id *out_fact) MUST_CHECK;

/*
 * Takes an arrival or departure back, what was said of a visit, or what was done for another
 * person: FACT_UNDO by the person, FACT_TAKE_BACK by the station when "not recorded" had been shown
 * already. With a sign-up that stood in for somebody goes their end. A fact that is gone already is
 * RC_OK. *out_undo is the fact that says so, and can be taken back itself.
 */
enum rc door_undo(struct journal *journal, enum fact_kind kind, struct fact_id person,
                  struct fact_id fact, const struct clock_reading *now,
                  struct fact_id *out_undo) MUST_CHECK;

#endif
