/*
 * "This is my badge" is done whole or not at all: the power goes, or the disk fails, at every
 * operation of it, and then the badge is theirs and they are in, or neither. An arrival that landed
 * although the disk said no is taken back, as after a tap; then it can be done again.
 */
#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "tests/support/fault_trial.h"

#define SPARE "uid:04111111111111"
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct badge spare(void)
{
    struct badge badge;
    assert_int_equal(badge_from_reader(SPARE, &badge), RC_OK);
    return badge;
}

static struct door_entry entry_of(const struct house *house)
{
    return (struct door_entry){
        .person = BILAL(house), .how = PRESENCE_NAME, .now = house_now(house), .home = LANGUAGE_FR};
}

/* --- the act, and how it must not be done --- */

static enum rc link_badge(struct house *house)
{
    const struct badge badge = spare();
    const struct door_entry entry = entry_of(house);
    struct door_result result;
    door_link(house->journal, &entry, &badge, &result, &house->reason);
    return result.disk;
}

static enum rc link_in_two_transactions(struct house *house)
{
    const struct office office = {.now = house_now(house)};
    const struct office_badge gift = {.person = BILAL(house), .badge = spare()};
    const struct door_entry entry = entry_of(house);
    struct door_result result;
    enum rc rc = office_give_badge(house->journal, &office, &gift, &house->reason);
    if (rc)
        return rc;
    door_enter(house->journal, &entry, &result);
    return result.disk;
}

/* --- what is left --- */

enum left { NEITHER, BOTH, TAKEN_BACK, HALF, LEFT };

static int seen[LEFT];

static enum left what_is_left(struct house *house)
{
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM fact WHERE kind=%d", FACT_TAKE_BACK);
    house->claim = TAP_CLAIM_ANY;
    bool is_theirs = house_tap(house, SPARE).is_badge_known;
    bool is_in = house_number(house, "SELECT count(*) FROM visit") == 1;
    if (is_theirs == is_in)
        return is_in ? BOTH : NEITHER;
    return is_theirs && house_number(house, sql) == 1 ? TAKEN_BACK : HALF;
}

static void judge(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    enum left left = what_is_left(house);
    seen[left]++;
    if (rc == RC_OK && left != BOTH) /* what was said is there */
        fail_msg("N = %ld: it was said to be done", nth);
    assert_true(house_holds(house));
    if (left != BOTH && trial->act == link_badge) {
        assert_int_equal(link_badge(house), RC_OK);
        assert_int_equal(what_is_left(house), BOTH);
    }
}

static void forget_seen(void)
{
    memset(seen, 0, sizeof seen);
}

static void a_power_cut_anywhere_leaves_badge_and_arrival_or_neither(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = link_badge, .judge = judge};
    struct random random = random_for_test("cuts while a badge is linked");
    fault_trial_begin_here(house);
    forget_seen();
    fault_trial_cuts(house, &trial, &random);
    assert_int_equal(seen[HALF] + seen[TAKEN_BACK], 0);
    assert_true(seen[NEITHER] > 10 && seen[BOTH] > 2); /* or nothing was shown */
}

static void a_failing_disk_leaves_badge_and_arrival_or_neither(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = link_badge, .judge = judge};
    fault_trial_begin_here(house);
    forget_seen();
    fault_trial_errors(house, &trial);
    assert_int_equal(seen[HALF], 0);
    assert_true(seen[NEITHER] > 5 && seen[BOTH] + seen[TAKEN_BACK] > 0);
}

/* The control: the trials find the half that two transactions can leave. */
static void two_transactions_are_found_out(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = link_in_two_transactions, .judge = judge};
    struct random random = random_for_test("cuts between two transactions");
    fault_trial_begin_here(house);
    forget_seen();
    fault_trial_cuts(house, &trial, &random);
    assert_true(seen[HALF] > 0);
    forget_seen();
    fault_trial_errors(house, &trial);
    assert_true(seen[HALF] > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fault_trial_set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_power_cut_anywhere_leaves_badge_and_arrival_or_neither),
        TEST(a_failing_disk_leaves_badge_and_arrival_or_neither),
        TEST(two_transactions_are_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
