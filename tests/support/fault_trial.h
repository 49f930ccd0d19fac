/*
 * fault_trial.h - one act in a house on the fault disk, begun again from the same disk with the
 * power cut, or an operation failing, at the first operation of it, the second, and so on until
 * there are no more. After each the act's own judge looks at what is left.
 *
 * Installs the fault disk for as long as the house is open. One thread.
 */
#ifndef TESTS_SUPPORT_FAULT_TRIAL_H
#define TESTS_SUPPORT_FAULT_TRIAL_H

#include "tests/support/fault_vfs.h"
#include "tests/support/house.h"

/* The database of a house for trials. */
#define FAULT_TRIAL_DATABASE "/data/perron.db"

struct fault_trial {
    /* Runs under the fault, in a house that is open; or in a stopped one, which it starts. */
    enum rc (*act)(struct house *house);
    bool begins_stopped;
    /* Cuts at every so many operations, from one by chance on; 0: at each. For a long act. */
    unsigned step;
    /* The disk as a cut left it, before anybody opened it; NULL: nobody looks. */
    void (*look)(struct house *house);
    /* The house is open again and nothing fails any more; `rc` is what the act said. */
    void (*judge)(struct house *house, const struct fault_trial *trial, enum rc rc, long nth);
    const void *context; /* the judge's */
};

/* As cmocka's set-up and tear-down: *state is the house. */
int fault_trial_set_up(void **state);
int fault_trial_tear_down(void **state);

/* Stops the house: the disk as it is now is where each trial begins. */
void fault_trial_begin_here(struct house *house);

/* Each of the three ways a cut can leave a disk, at every operation, or every few. */
void fault_trial_cuts(struct house *house, const struct fault_trial *trial, struct random *random);

/* An input/output error, at every operation. */
void fault_trial_errors(struct house *house, const struct fault_trial *trial);

#endif
