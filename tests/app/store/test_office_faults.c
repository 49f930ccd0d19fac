/*
 * What staff do is done whole or not at all: the power goes, or the disk fails, at every operation
 * of it.
 */
#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fault_trial.h"

#define SPARE "uid:04111111111111"
#define SPARE_2 "uid:04222222222222"
#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct office_badge gift(struct fact_id person, const char *text, bool is_lent)
{
    struct office_badge badge = {.person = person, .is_lent = is_lent};
    assert_int_equal(badge_from_reader(text, &badge.badge), RC_OK);
    return badge;
}

static struct office desk(const struct house *house)
{
    return (struct office){.now = house_now(house)};
}

/* --- acts, and the two states that each may leave --- */

static enum rc pass_on(struct house *house)
{
    struct office office = desk(house);
    struct office_badge badge = gift(BILAL(house), SPARE, true);
    return office_give_badge(house->journal, &office, &badge, &house->reason);
}

static enum rc replace(struct house *house)
{
    struct office office = desk(house);
    struct office_badge badge = gift(ADA(house), SPARE_2, false);
    return office_replace_badge(house->journal, &office, &badge, &house->reason);
}

static enum rc withdraw_all(struct house *house)
{
    struct office office = desk(house);
    return office_withdraw(house->journal, &office, ADA(house), NULL, OFFICE_LOST, &house->reason);
}

/* Who opens the door: a letter for each badge, in the order of SPARE, SPARE_2, Ada's. */
static void who_opens(struct house *house, char out_text[4])
{
    static const char *const badges[] = {SPARE, SPARE_2, HOUSE_ADA};
    for (int i = 0; i < 3; i++) {
        house->claim = TAP_CLAIM_ANY;
        struct answer answer = house_tap(house, badges[i]);
        out_text[i] = answer.is_badge_known ? answer.first_name[0] : '-';
    }
    out_text[3] = 0;
}

static const struct act {
    const char *name;
    enum rc (*act)(struct house *house);
    const char *before, *after;
} acts[] = {
    {"pass on", pass_on, "A-A", "B-A"},
    {"replace", replace, "A-A", "AA-"},
    {"withdraw all", withdraw_all, "A-A", "---"},
};

#define ACTS (sizeof acts / sizeof acts[0])

/* --- faults --- */

static int seen[2]; /* states before, states after */

static void judge(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    const struct act *act = trial->context;
    char who[4];
    who_opens(house, who);
    bool is_before = strcmp(who, act->before) == 0, is_after = strcmp(who, act->after) == 0;
    if (!is_before && !is_after)
        fail_msg("%s, N = %ld: %s", act->name, nth, who);
    if (rc == RC_OK) /* what was said is there */
        assert_string_equal(who, act->after);
    seen[is_after]++;
    assert_true(house_holds(house));
}

static void judge_with_sentence(struct house *house, const struct fault_trial *trial, enum rc rc,
                                long nth)
{
    assert_true(rc == RC_OK || house->reason.text[0] != 0);
    judge(house, trial, rc, nth);
}

static void a_power_cut_anywhere_leaves_all_of_it_or_nothing(void **state)
{
    struct random random = random_for_test("cuts at the office");
    seen[0] = seen[1] = 0;
    for (size_t i = 0; i < ACTS; i++) {
        const struct fault_trial trial = {.act = acts[i].act, .judge = judge, .context = &acts[i]};
        fault_trial_cuts(*state, &trial, &random);
    }
    assert_true(seen[0] > 10 && seen[1] > 10); /* or nothing was shown */
}

static void a_failing_disk_leaves_all_of_it_or_nothing_and_a_sentence(void **state)
{
    seen[0] = seen[1] = 0;
    for (size_t i = 0; i < ACTS; i++) {
        const struct fault_trial trial = {
            .act = acts[i].act, .judge = judge_with_sentence, .context = &acts[i]};
        fault_trial_errors(*state, &trial);
    }
    assert_true(seen[0] > 5 && seen[1] > 2);
}

/* Ada has her own badge and a lent one, and is out. */
static int set_up(void **state)
{
    fault_trial_set_up(state);
    struct house *house = *state;
    struct office office = desk(house);
    struct office_badge badge = gift(ADA(house), SPARE, true);
    assert_int_equal(office_give_badge(house->journal, &office, &badge, &house->reason), RC_OK);
    fault_trial_begin_here(house);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_power_cut_anywhere_leaves_all_of_it_or_nothing),
        TEST(a_failing_disk_leaves_all_of_it_or_nothing_and_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
