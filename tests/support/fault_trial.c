#include "tests/support/fault_trial.h"

static const struct fault_plan nothing = {.kind = FAULT_NONE};

int fault_trial_set_up(void **state)
{
    fault_vfs_install();
    fault_disk_make(FAULT_TRIAL_DATABASE);
    fault_disk_settle();
    *state = house_open_on_fault_disk(FAULT_TRIAL_DATABASE);
    return 0;
}

int fault_trial_tear_down(void **state)
{
    house_close(*state);
    fault_disk_clear();
    fault_vfs_remove();
    return 0;
}

void fault_trial_begin_here(struct house *house)
{
    house_stop(house);
    fault_disk_settle();
    fault_disk_save();
}

/* The act under a fault of this kind at its Nth operation. */
static enum rc act(struct house *house, const struct fault_trial *trial, enum fault_kind kind,
                   long nth, bool *out_has_failed)
{
    fault_disk_restore();
    if (!trial->begins_stopped)
        house_reopen(house);
    fault_vfs_plan((struct fault_plan){kind, FAULT_ANY, nth, false});
    enum rc rc = trial->act(house);
    *out_has_failed = fault_vfs_has_failed();
    return rc;
}

/* False when the act has fewer operations. */
static bool cut_at(struct house *house, const struct fault_trial *trial, long nth,
                   enum fault_cut cut, struct random *random)
{
    bool has_failed;
    enum rc rc = act(house, trial, FAULT_CUT, nth, &has_failed);
    house_stop(house);
    fault_vfs_power_on(cut, random);
    if (trial->look)
        trial->look(house);
    house_reopen(house);
    trial->judge(house, trial, rc, nth);
    house_stop(house);
    return has_failed;
}

static bool fail_at(struct house *house, const struct fault_trial *trial, long nth)
{
    bool has_failed;
    enum rc rc = act(house, trial, FAULT_ERROR, nth, &has_failed);
    fault_vfs_plan(nothing);
    trial->judge(house, trial, rc, nth);
    house_stop(house);
    return has_failed;
}

void fault_trial_cuts(struct house *house, const struct fault_trial *trial, struct random *random)
{
    unsigned step = trial->step ? trial->step : 1;
    for (int cut = FAULT_CUT_LOSES; cut <= FAULT_CUT_KEEPS; cut++)
        for (long nth = 1 + (long)random_below(random, step);
             cut_at(house, trial, nth, (enum fault_cut)cut, random); nth += step)
            ;
}

void fault_trial_errors(struct house *house, const struct fault_trial *trial)
{
    for (long nth = 1; fail_at(house, trial, nth); nth++)
        ;
}
