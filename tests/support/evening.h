/*
 * evening.h - a random evening at the door, with a ledger of what people were told.
 *
 * Taps, buttons, guests, undos, what staff do, imports, erasures, checkpoints and snapshots on a
 * house; each is one act.
 * The ledger knows every fact somebody was told of, so that after a power cut or a failing disk the
 * register can be held against it. One thread.
 */
#ifndef TESTS_SUPPORT_EVENING_H
#define TESTS_SUPPORT_EVENING_H

#include "tests/support/house.h"
#include "tests/support/random.h"

#define EVENING_GUESTS_MAX 48
#define EVENING_TOLD_MAX 512
#define EVENING_KNOWN_MAX 16384 /* facts of one house */

struct evening_guest {
    struct fact_id person;
    char badge[BADGE_TEXT_BYTES];
};

/* A fact that somebody heard of. */
struct evening_told {
    struct fact_id fact;
    struct fact_id subject;
    enum fact_kind kind;
};

struct evening {
    struct house *house;
    struct random random;
    struct evening_guest guests[EVENING_GUESTS_MAX];
    int guest_count;
    struct evening_told told[EVENING_TOLD_MAX]; /* since the last check */
    int told_count;
    bool is_known[EVENING_KNOWN_MAX]; /* by sequence: told, or found by an earlier check */
    int flight; /* facts about presence that an act was writing whose end nobody heard of */
    struct answer last;
    struct snapshot *snapshot; /* held open over some acts, or NULL */
    long acts;
};

enum evening_kind {
    EVENING_TAPS,
    EVENING_PRESSES,
    EVENING_UNDOES,
    EVENING_IMPORTS,
    EVENING_ERASES,
    EVENING_SETS_CLOCK,
    EVENING_CHECKPOINTS,
    EVENING_LOOKS, /* opens a snapshot, or lets go of it */
    EVENING_REBUILDS,
    EVENING_BRINGS,   /* guests come along */
    EVENING_CORRECTS, /* staff note an arrival or a departure, or correct a visit */
    EVENING_LENDS,    /* a lent badge passes on */
    EVENING_TAKES,    /* a drink is taken, or a need said */
};

/* What a check found; all zero: what was told holds. */
struct evening_loss {
    long corrupt; /* not readable, not verifying, or with a broken view */
    long lost;    /* told and not there */
    long counted; /* presence that was refused, there and not taken back */
    char first[200];
};

/* Begins with a house that is running; the ledger takes what is in the register as known. */
void evening_begin(struct evening *evening, struct house *house, uint64_t seed);

/* One act; false when it was refused. Time passes before evening_act. */
bool evening_act(struct evening *evening);
bool evening_do(struct evening *evening, enum evening_kind kind);

/* Lets go of the snapshot, as before a stop. */
void evening_pause(struct evening *evening);

/*
 * Holds the running register against the ledger. Taps, buttons and undos that nobody was told of
 * may be there only if they were taken back, or as the last act where its end was cut off
 * (`flight`).
 */
void evening_check(struct evening *evening, struct evening_loss *loss);

#endif
