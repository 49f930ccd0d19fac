/*
 * torture_house.h - a register on the faulty disk, and random hands that use it: taps, buttons,
 * undos, people added, checkpoints. Keeps a list of what it was told, to be compared later.
 */
#ifndef TESTS_SUPPORT_TORTURE_HOUSE_H
#define TESTS_SUPPORT_TORTURE_HOUSE_H

#include "app/store/door.h"
#include "app/store/verify.h"
#include "tests/support/random.h"

#define TORTURE_PEOPLE 12
#define TORTURE_TOLD_MAX 256

struct torture_house {
    struct random random;
    struct clock *clock;
    struct journal *journal;        /* NULL while it cannot be opened */
    int64_t told[TORTURE_TOLD_MAX]; /* sequence numbers that were answered as recorded */
    int told_count;
    long refused; /* answers "not recorded" */
};

/* Makes the register with its people, and remembers the disk as it is then. */
void torture_house_make(struct torture_house *house, uint64_t seed);

/* Opens the register on whatever the disk holds now. */
enum rc torture_house_open(struct torture_house *house);
void torture_house_close(struct torture_house *house);

/* One random act, 61 seconds after the one before. */
void torture_house_act(struct torture_house *house);

struct torture_findings {
    bool is_corrupt; /* SQLite's own check, the chain or the views */
    int lost;        /* told and not there */
    char what[160];
};

/* Looks at a register that is open: nothing may be corrupt, nothing told may be missing. */
void torture_house_judge(struct torture_house *house, struct torture_findings *out_findings);

#endif
