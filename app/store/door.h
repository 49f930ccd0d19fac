/*
 * door.h - a tap, a button on its result, an undo: each one transaction from look-up to answer.
 *
 * The decision is tap.h's; here it meets the register. Runs where the journal runs. A disk that
 * refuses is not an error of these functions but an answer (ANSWER_NOT_RECORDED) with the reason
 * in `disk`; nothing was counted then.
 */
#ifndef APP_STORE_DOOR_H
#define APP_STORE_DOOR_H

#include "app/domain/badge.h"
#include "app/domain/tap.h"
#include "app/store/journal.h"

struct door_tap {
    struct badge badge;
    struct clock_reading now;
    int64_t gap_ms; /* since this badge was last in the field; TAP_NEVER */
    bool is_undone; /* what its last tap did was undone */
    bool is_claimed;
    enum tap_occasion occasion;
    enum language home; /* the venue's language, for people without one */
};

struct door_result {
    struct answer answer;
    enum rc disk; /* RC_OK, or why nothing was recorded */
};

void door_tap(struct journal *journal, const struct door_tap *tap, struct door_result *out_result);

/*
 * The buttons "I am leaving" (ANSWER_DEPARTURE) and "I am back" (ANSWER_ARRIVAL). Pressed twice,
 * the second changes nothing and gives the state as it is.
 */
struct door_press {
    struct fact_id person;
    enum answer_kind answer;
    struct clock_reading now;
    enum language home;
};

void door_press(struct journal *journal, const struct door_press *press,
                struct door_result *out_result);

/*
 * Takes an arrival or departure back: FACT_UNDO by the person, FACT_TAKE_BACK by the station when
 * "not recorded" had been shown already. A fact that is gone already is RC_OK. *out_undo is the
 * fact that says so, and can be taken back itself.
 */
enum rc door_undo(struct journal *journal, enum fact_kind kind, struct fact_id person,
                  struct fact_id fact, const struct clock_reading *now,
                  struct fact_id *out_undo) MUST_CHECK;

#endif
