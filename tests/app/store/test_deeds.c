/* What people take and say at occasions: recorded once, by who may, and looked up. */
#include "app/store/deeds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup.h"
#include "tests/support/desk.h"
#include "tests/support/fault_trial.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

static const struct fact_id nobody = {0, 0};

static struct fact_id put_drinks(struct house *house)
{
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Apéro", 0, 300);
    return plan_put(house, &drinks);
}

/* `by` does it for `person`. */
static enum rc record(struct house *house, struct fact_id by, struct fact_id person,
                      const struct deed *deed, struct fact_id *out_fact)
{
    const struct office office = {.by = by, .now = house_now(house)};
    return deeds_record(house->journal, &office, person, deed, out_fact, &house->reason);
}

static bool drink(struct house *house, struct fact_id person, struct fact_id at)
{
    struct fact_id fact = nobody;
    const struct deed deed = {.kind = DEED_DRINK, .occasion = at};
    house_expect(!record(house, person, person, &deed, &fact), "no drink: %s", house->reason.text);
    return !fact_id_is_none(fact);
}

static int count(struct house *house, struct fact_id person, struct fact_id at, int day)
{
    int count = -1;
    const struct deeds_at deeds = {DEED_DRINK, at, day};
    assert_int_equal(deeds_count(journal_db(house->journal), &deeds, person, &count), RC_OK);
    return count;
}

/* --- once --- */

static void two_who_touch_at_once_each_have_theirs(void **state)
{
    struct house *house = *state;
    struct fact_id drinks = put_drinks(house);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    assert_true(drink(house, ADA(house), drinks));
    assert_true(drink(house, BILAL(house), drinks));
    assert_int_equal(count(house, ADA(house), drinks, 0), 1);
    assert_int_equal(count(house, BILAL(house), drinks, 0), 1);
    assert_true(house_holds(house));
}

static void the_last_one_is_taken_back_and_no_more_than_there_are(void **state)
{
    struct house *house = *state;
    struct fact_id drinks = put_drinks(house);
    const struct deeds_at at = {DEED_DRINK, drinks, 0};
    struct office office;
    house_tap(house, HOUSE_ADA);
    assert_true(drink(house, ADA(house), drinks));
    house_wait(house, DEEDS_AGAIN_MS + 1);
    assert_true(drink(house, ADA(house), drinks));
    office = (struct office){.by = BILAL(house), .now = house_now(house)};
    assert_int_equal(deeds_take_back(house->journal, &office, ADA(house), &at, &house->reason),
                     RC_REFUSED); /* somebody else's */
    office.by = nobody;
    for (int left = 1; left >= 0; left--) {
        assert_int_equal(deeds_take_back(house->journal, &office, ADA(house), &at, &house->reason),
                         RC_OK);
        assert_int_equal(count(house, ADA(house), drinks, 0), left);
    }
    assert_int_equal(deeds_take_back(house->journal, &office, ADA(house), &at, &house->reason),
                     RC_NOT_FOUND);
    assert_true(house_holds(house));
}

static void the_same_touch_twice_is_one_drink_and_a_later_one_another(void **state)
{
    struct house *house = *state;
    struct fact_id drinks = put_drinks(house);
    house_tap(house, HOUSE_ADA);
    assert_true(drink(house, ADA(house), drinks));
    house_wait(house, DEEDS_AGAIN_MS);
    assert_false(drink(house, ADA(house), drinks));
    house_wait(house, 1);
    assert_true(drink(house, ADA(house), drinks));
    assert_int_equal(count(house, ADA(house), drinks, 0), 2);
}

static void what_was_taken_back_can_be_done_again_at_once(void **state)
{
    struct house *house = *state;
    struct fact_id fact, drinks = put_drinks(house);
    const struct deed deed = {.kind = DEED_DRINK, .occasion = drinks};
    house_tap(house, HOUSE_ADA);
    assert_int_equal(record(house, ADA(house), ADA(house), &deed, &fact), RC_OK);
    assert_int_equal(house_undo(house, &(struct answer){.person = ADA(house), .fact = fact}),
                     RC_OK);
    assert_int_equal(count(house, ADA(house), drinks, 0), 0);
    assert_true(drink(house, ADA(house), drinks));
    assert_int_equal(count(house, ADA(house), drinks, 0), 1);
    assert_true(house_holds(house));
}

static void without_an_occasion_a_drink_is_of_its_day(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    assert_true(drink(house, ADA(house), nobody));
    house_wait(house, 24 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    assert_true(drink(house, ADA(house), nobody));
    assert_int_equal(count(house, ADA(house), nobody, 20261121), 1);
    assert_int_equal(count(house, ADA(house), nobody, 20261122), 1);
    assert_int_equal(count(house, ADA(house), nobody, 20261123), 0);
}

/* --- who may --- */

static void who_is_not_in_takes_nothing(void **state)
{
    struct house *house = *state;
    struct fact_id fact = {7, 7}, drinks = put_drinks(house);
    const struct deed deed = {.kind = DEED_DRINK, .occasion = drinks};
    int64_t facts = desk_facts(house);
    desk_expect_refused(house, record(house, ADA(house), ADA(house), &deed, &fact),
                        "who is in the house");
    house_tap(house, HOUSE_ADA);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    desk_expect_refused(house, record(house, ADA(house), ADA(house), &deed, &fact),
                        "who is in the house");
    assert_int_equal(fact.seq, 7); /* untouched */
    assert_int_equal(desk_facts(house), facts + 2);
    house_press(house, ADA(house), ANSWER_ARRIVAL);
    house_wait(house, 30 * HOUSE_HOUR_MS); /* the day of that visit is over */
    desk_expect_refused(house, record(house, ADA(house), ADA(house), &deed, &fact),
                        "who is in the house");
}

static void for_somebody_else_it_takes_the_right(void **state)
{
    static const struct {
        const char *role;
        bool may_vouch, may_all;
    } rows[] = {{"", false, false}, {"host", true, false}, {"staff", true, true}};
    struct house *house = *state;
    struct fact_id fact, drinks = put_drinks(house);
    house_tap(house, HOUSE_ADA);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct deed taken = {.kind = DEED_DRINK, .occasion = drinks};
        const struct deed proxy = {.kind = DEED_PROXY, .occasion = drinks};
        house_record(house, FACT_ROLE_SET, BILAL(house), json_pack("{s:s}", "role", rows[i].role));
        house_wait(house, HOUSE_MINUTE_MS);
        assert_int_equal(record(house, BILAL(house), ADA(house), &taken, &fact),
                         rows[i].may_vouch ? RC_OK : RC_REFUSED);
        if (!rows[i].may_all)
            assert_int_equal(record(house, BILAL(house), ADA(house), &proxy, &fact), RC_REFUSED);
    }
    house_wait(house, HOUSE_MINUTE_MS);
    const struct deed taken = {.kind = DEED_DRINK, .occasion = drinks};
    assert_int_equal(record(house, nobody, ADA(house), &taken, &fact), RC_OK); /* a command */
    assert_int_equal(record(house, nobody, nobody, &taken, &fact), RC_NOT_FOUND);
}

static void a_need_needs_words_and_not_too_many(void **state)
{
    struct house *house = *state;
    struct fact_id fact;
    struct deed need = {.kind = DEED_NEED, .text = "   "};
    desk_expect_refused(house, record(house, ADA(house), ADA(house), &need, &fact),
                        "Nothing is written yet");
    snprintf(need.text, sizeof need.text, "%s", "  A ramp at the back door ");
    assert_int_equal(record(house, ADA(house), ADA(house), &need, &fact), RC_OK);
    struct deed last;
    assert_int_equal(deeds_last(journal_db(house->journal), ADA(house), DEED_NEED, &last), RC_OK);
    assert_string_equal(last.text, "A ramp at the back door");
    assert_true(fact_id_is_same(last.fact, fact));
    assert_int_equal(deeds_last(journal_db(house->journal), BILAL(house), DEED_NEED, &last),
                     RC_EMPTY);
    assert_true(house_holds(house));
}

static void an_occasion_that_is_not_there_is_told(void **state)
{
    struct house *house = *state;
    struct fact_id fact;
    const struct deed deed = {.kind = DEED_DRINK, .occasion = {3, 99}};
    house_tap(house, HOUSE_ADA);
    assert_int_equal(record(house, ADA(house), ADA(house), &deed, &fact), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "not in the calendar"));
}

/* --- looked up --- */

struct seen {
    struct fact_id people[8];
    int count, most;
};

static enum rc see(void *context, struct fact_id person, const struct deed *deed)
{
    struct seen *seen = context;
    assert_int_equal(deed->kind, DEED_DRINK);
    seen->people[seen->count++] = person;
    return seen->count == seen->most ? RC_LIMIT : RC_OK;
}

static void they_are_listed_the_oldest_first_and_at_that_occasion_only(void **state)
{
    struct house *house = *state;
    struct fact_id drinks = put_drinks(house), others = put_drinks(house);
    struct seen seen = {.count = 0}, some = {.most = 2};
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    drink(house, BILAL(house), drinks);
    house_wait(house, HOUSE_MINUTE_MS);
    drink(house, ADA(house), drinks);
    drink(house, ADA(house), others);
    house_wait(house, HOUSE_MINUTE_MS);
    drink(house, BILAL(house), drinks);
    const struct deeds_at at = {DEED_DRINK, drinks, 0};
    assert_int_equal(deeds_list(journal_db(house->journal), &at, see, &seen), RC_OK);
    assert_int_equal(seen.count, 3);
    assert_true(fact_id_is_same(seen.people[0], BILAL(house)));
    assert_true(fact_id_is_same(seen.people[1], ADA(house)));
    assert_int_equal(deeds_list(journal_db(house->journal), &at, see, &some), RC_LIMIT);
    assert_int_equal(some.count, 2);
}

static void the_first_time_at_a_kind_is_known_ever_after(void **state)
{
    struct house *house = *state;
    struct occasion info = plan_occasion(house, OCCASION_INFO, "Qui sommes-nous ?", 0, 120);
    int64_t first_ms = 0;
    struct db *db = journal_db(house->journal);
    plan_put(house, &info);
    house->occasion = OCCASION_COUNT;
    assert_int_equal(lookup_first_of_kind(db, ADA(house), OCCASION_INFO, &first_ms), RC_EMPTY);
    assert_true(house_tap(house, HOUSE_ADA).is_first_of_kind);
    house_wait(house, 7 * 24 * HOUSE_HOUR_MS);
    info = plan_occasion(house, OCCASION_INFO, "Qui sommes-nous ?", 0, 120);
    plan_put(house, &info);
    assert_false(house_tap(house, HOUSE_ADA).is_first_of_kind);
    assert_true(house_tap(house, HOUSE_BILAL).is_first_of_kind);
    assert_int_equal(lookup_first_of_kind(db, ADA(house), OCCASION_INFO, &first_ms), RC_OK);
    assert_true(first_ms == HOUSE_BEGIN_MS);
    assert_int_equal(lookup_first_of_kind(db, ADA(house), OCCASION_AGORA, &first_ms), RC_EMPTY);
}

/* --- disks that fail --- */

static struct fact_id trial_at;
static int seen_drinks[3];
static bool is_told; /* why not, by the last act that failed */

static enum rc take_one(struct house *house)
{
    struct fact_id fact;
    const struct deed deed = {.kind = DEED_DRINK, .occasion = trial_at};
    enum rc rc = record(house, ADA(house), ADA(house), &deed, &fact);
    if (rc)
        is_told = house->reason.text[0] != 0;
    return rc;
}

/* A drink that was told is there; then the same touch again leaves exactly one. */
static void judge(struct house *house, const struct fault_trial *trial, enum rc rc, long nth)
{
    (void)trial;
    int drinks = count(house, ADA(house), trial_at, 0);
    if (rc == RC_OK ? drinks != 1 : drinks > 1)
        fail_msg("N = %ld: %d drinks after %s", nth, drinks, rc_text(rc));
    seen_drinks[drinks]++;
    assert_int_equal(take_one(house), RC_OK);
    if (drinks == 0)
        assert_int_equal(count(house, ADA(house), trial_at, 0), 1);
    assert_true(house_holds(house));
}

/* What was refused is not counted: if it landed after all, it is taken back. */
static void judge_refused(struct house *house, const struct fault_trial *trial, enum rc rc,
                          long nth)
{
    if (rc && count(house, ADA(house), trial_at, 0) > 0)
        fail_msg("N = %ld: refused, and it counts", nth);
    judge(house, trial, rc, nth);
}

static void begin_trial(struct house *house)
{
    memset(seen_drinks, 0, sizeof seen_drinks);
    house_tap(house, HOUSE_ADA);
    trial_at = put_drinks(house);
    fault_trial_begin_here(house);
}

static void a_power_cut_anywhere_leaves_a_drink_or_none(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = take_one, .judge = judge};
    struct random random = random_for_test("cuts while a drink is noted");
    begin_trial(house);
    fault_trial_cuts(house, &trial, &random);
    assert_true(seen_drinks[0] > 3 && seen_drinks[1] > 0); /* or nothing was shown */
}

static void what_a_disk_refuses_is_told_and_not_counted(void **state)
{
    struct house *house = *state;
    const struct fault_trial trial = {.act = take_one, .judge = judge_refused};
    begin_trial(house);
    fault_trial_errors(house, &trial);
    assert_true(seen_drinks[0] > 3);
    assert_true(is_told);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)
#define TRIAL(name) cmocka_unit_test_setup_teardown(name, fault_trial_set_up, fault_trial_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_who_touch_at_once_each_have_theirs),
        TEST(the_last_one_is_taken_back_and_no_more_than_there_are),
        TEST(the_same_touch_twice_is_one_drink_and_a_later_one_another),
        TEST(what_was_taken_back_can_be_done_again_at_once),
        TEST(without_an_occasion_a_drink_is_of_its_day),
        TEST(who_is_not_in_takes_nothing),
        TEST(for_somebody_else_it_takes_the_right),
        TEST(a_need_needs_words_and_not_too_many),
        TEST(an_occasion_that_is_not_there_is_told),
        TEST(they_are_listed_the_oldest_first_and_at_that_occasion_only),
        TEST(the_first_time_at_a_kind_is_known_ever_after),
        TRIAL(a_power_cut_anywhere_leaves_a_drink_or_none),
        TRIAL(what_a_disk_refuses_is_told_and_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
