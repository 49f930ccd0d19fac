/*
 * A first visit survives: the power goes, or the disk fails, at every operation of its beginning,
 * of a step, of the first badge and of being forgotten. All of it is there, or nothing.
 */
#include "app/store/welcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fault_trial.h"
#include "tests/support/porch.h"
#include "tests/support/whole.h"

#define SPARE "uid:04111111111111"
#define DAYS 30

static const struct fact_id nobody = {0, 0};
static struct fact_id noor; /* began before the trials of what comes later */

/* --- acts --- */

static enum rc begin(struct house *house)
{
    struct fact_id person;
    const struct office office = porch_office(house, nobody);
    const struct welcome_begin beginning = porch_beginning("Jef", 700);
    journal_set_guide(house->journal, porch_guide());
    return welcome_begin(house->journal, &office, &beginning, &person, &house->reason);
}

static enum rc take_badge(struct house *house)
{
    struct badge badge;
    const struct office office = porch_office(house, noor);
    journal_set_guide(house->journal, porch_guide());
    assert_int_equal(badge_from_reader(SPARE, &badge), RC_OK);
    return welcome_badge(house->journal, &office, noor, &badge, &house->reason);
}

static enum rc present(struct house *house)
{
    const struct office office = porch_office(house, noor);
    const struct newcomer_said said = {.step = GUIDE_PRESENT, .how = NEWCOMER_DONE};
    const struct welcome_with with = {
        .line = "I mend bikes", .has_consents = true, .consents = 1u << CONSENT_HERE};
    journal_set_guide(house->journal, porch_guide());
    return welcome_step_with(house->journal, &office, noor, &said, &with, &house->reason);
}

static enum rc take_buddy(struct house *house)
{
    const struct office office = porch_office(house, house->people[HOUSE_IS_ADA]);
    journal_set_guide(house->journal, porch_guide());
    return welcome_buddy(house->journal, &office, noor, house->people[HOUSE_IS_ADA], BUDDY_TAKEN,
                         &house->reason);
}

static enum rc forget(struct house *house)
{
    int count;
    house_wait(house, (DAYS + 2) * 24 * HOUSE_HOUR_MS);
    const struct office office = porch_office(house, nobody);
    return welcome_forget(house->journal, &office, DAYS, &count, &house->reason);
}

/* What there is of it, in parts that go together: 0 of them, or all. */
static const struct act {
    const char *name;
    enum rc (*act)(struct house *house);
    int before, after; /* how many parts there are */
    const char *parts; /* counts them */
} acts[] = {
    {"begin", begin, 0, 4,
     "SELECT (SELECT count(*) FROM person WHERE first_name='Jef')"
     " + (SELECT count(*)-1 FROM keyholder WHERE code<>'')"
     " + (SELECT count(*)-1 FROM newcomer WHERE steps LIKE '1 1 1 %')"
     " + (SELECT count(*)-1 FROM visit WHERE how_out=0)"},
    {"badge", take_badge, 0, 2,
     "SELECT (SELECT count(*)-3 FROM badge)"
     " + (SELECT count(*) FROM newcomer WHERE steps LIKE '1 1 1 0 0 0 0 0 0 0 1 %')"},
    {"present", present, 0, 6,
     "SELECT (SELECT count(*) FROM person WHERE line<>'') + (SELECT count(*) FROM consent)"
     " + (SELECT count(*) FROM newcomer WHERE steps LIKE '1 1 1 0 0 0 0 0 1 0 0 %')"},
    {"buddy", take_buddy, 0, 2,
     "SELECT (SELECT count(*) FROM newcomer WHERE buddy_state=2)"
     " + (SELECT count(*) FROM newcomer WHERE steps LIKE '1 1 1 0 0 0 0 0 0 1 0 %')"},
    {"forget", forget, 4, 1,
     "SELECT (SELECT count(*) FROM person WHERE first_name='Noor')"
     " + (SELECT count(*) FROM keyholder WHERE code<>'') + (SELECT count(*) FROM newcomer)"
     " + (SELECT count(*) FROM visit) + (SELECT count(*) FROM total)"},
};

#define ACTS (sizeof acts / sizeof acts[0])

/* --- faults --- */

static int seen[2]; /* states before, states after */

static void judge(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    const struct act *act = trial->context;
    int64_t parts = house_number(house, act->parts);
    if (parts != act->before && parts != act->after)
        fail_msg("%s, N = %ld: %d parts", act->name, nth, (int)parts);
    if (rc == RC_OK) /* what was said is there */
        assert_int_equal(parts, act->after);
    seen[parts == act->after]++;
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
    struct random random = random_for_test("cuts in a first visit");
    for (size_t i = 0; i < ACTS; i++) {
        const struct fault_trial trial = {
            .act = acts[i].act, .step = whole_or_every(2), .judge = judge, .context = &acts[i]};
        seen[0] = seen[1] = 0;
        fault_trial_cuts(*state, &trial, &random);
        assert_true(seen[0] > 3 && seen[1] > 0); /* or nothing was shown */
    }
}

static void a_failing_disk_leaves_all_of_it_or_nothing_and_a_sentence(void **state)
{
    for (size_t i = 0; i < ACTS; i++) {
        const struct fault_trial trial = {
            .act = acts[i].act, .judge = judge_with_sentence, .context = &acts[i]};
        seen[0] = seen[1] = 0;
        fault_trial_errors(*state, &trial);
        assert_true(seen[0] > 1 && seen[1] > 0);
    }
}

/* The control: in two transactions there are parts of it. */
static int torn[5];

static enum rc begin_in_two(struct house *house)
{
    struct fact_id person;
    const struct office office = porch_office(house, nobody);
    enum rc rc = office_add_person(house->journal, &office, "Jef", "", &person, &house->reason);
    return rc ? rc
              : office_set_code(house->journal, &office, person, porch_sealed(700), &house->reason);
}

static void count_parts(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    (void)trial, (void)rc, (void)nth;
    torn[house_number(house, acts[0].parts)]++;
}

static void two_transactions_are_seen_torn(void **state)
{
    struct random random = random_for_test("a visit in two parts");
    const struct fault_trial trial = {.act = begin_in_two, .judge = count_parts};
    fault_trial_cuts(*state, &trial, &random);
    assert_true(torn[0] > 0 && torn[1] > 0 && torn[2] > 0);
}

/* Noor has begun and is in. */
static int set_up(void **state)
{
    fault_trial_set_up(state);
    struct house *house = *state;
    journal_set_guide(house->journal, porch_guide());
    noor = porch_begin(house, "Noor");
    fault_trial_begin_here(house);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_power_cut_anywhere_leaves_all_of_it_or_nothing),
        TEST(a_failing_disk_leaves_all_of_it_or_nothing_and_a_sentence),
        TEST(two_transactions_are_seen_torn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
