/* What staff of one organisation do, and what they are refused. */
#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/erase.h"
#include "app/store/intention.h"
#include "app/store/keyring.h"
#include "app/store/rota.h"
#include "tests/support/desk.h"
#include "tests/support/shared.h"

#define BEYOND "what is your organisation's"

static int set_up(void **state)
{
    *state = shared_open();
    return 0;
}

static int tear_down(void **state)
{
    shared_close(*state);
    return 0;
}

/* --- acts on somebody --- */

/* What somebody of staff does to a person, and to what is that person's. */
struct act {
    struct shared *shared;
    struct journal *journal;
    struct office office;
    enum shared_person whom;
    struct fact_id person;
    struct reason *reason;
};

static enum rc give(const struct act *act)
{
    const struct office_badge gift = desk_gift(act->person, DESK_SPARE);
    return office_give_badge(act->journal, &act->office, &gift, act->reason);
}

static enum rc replace(const struct act *act)
{
    const struct office_badge gift = desk_gift(act->person, DESK_SPARE_2);
    return office_replace_badge(act->journal, &act->office, &gift, act->reason);
}

static enum rc lose(const struct act *act)
{
    return office_withdraw(act->journal, &act->office, act->person, NULL, OFFICE_LOST, act->reason);
}

static enum rc code(const struct act *act)
{
    char sealed[SECRET_SEALED_BYTES];
    assert_int_equal(secret_seal_alike(journal_key(act->journal), "27491305", sealed), RC_OK);
    return office_set_code(act->journal, &act->office, act->person, sealed, act->reason);
}

static enum rc enter(const struct act *act)
{
    struct fact_id fact;
    return office_record(act->journal, &act->office, act->person, ANSWER_ARRIVAL, &fact,
                         act->reason);
}

static enum rc correct(const struct act *act)
{
    struct fact_id fact;
    const struct office_correction correction = {.visit = act->shared->visits[act->whom],
                                                 .left_ms = HOUSE_BEGIN_MS + 45 * HOUSE_MINUTE_MS,
                                                 .reason = "paper"};
    return office_correct(act->journal, &act->office, &correction, &fact, act->reason);
}

static enum rc answer(const struct act *act)
{
    return office_answer_proposal(act->journal, &act->office, act->shared->proposals[act->whom],
                                  false, "No", act->reason);
}

static enum rc sign_up(const struct act *act)
{
    struct fact_id fact;
    return rota_sign_up(act->journal, &act->office, act->person, act->shared->till, &fact,
                        act->reason);
}

static enum rc rest(const struct act *act)
{
    return intention_rest(act->journal, &act->office, act->person, 20270101, act->reason);
}

static const struct {
    const char *name;
    enum rc (*run)(const struct act *act);
    bool takes_visit; /* there has to be one to be refused for whose it is */
} acts[] = {
    {"give", give, false},      {"replace", replace, false}, {"code", code, false},
    {"correct", correct, true}, {"answer", answer, true},    {"rest", rest, false},
    {"enter", enter, false},    {"sign up", sign_up, false}, {"lose", lose, false},
};
#define ACTS (sizeof acts / sizeof acts[0])

static struct act act_of(struct shared *shared, enum shared_person by, enum shared_person whom)
{
    return (struct act){.shared = shared,
                        .journal = shared->house->journal,
                        .office = shared_office(shared, by),
                        .whom = whom,
                        .person = shared->people[whom],
                        .reason = &shared->house->reason};
}

/* Where somebody was never there, only acts that take no visit. */
static void expect_all(struct shared *shared, enum shared_person by, enum shared_person whom)
{
    for (size_t i = 0; i < ACTS; i++) {
        const struct act act = act_of(shared, by, whom);
        if (acts[i].takes_visit && fact_id_is_none(shared->visits[whom]))
            continue;
        enum rc rc = acts[i].run(&act);
        if (rc)
            fail_msg("%s: %s", acts[i].name, shared->house->reason.text);
    }
}

static void expect_none(struct shared *shared, enum shared_person by, enum shared_person whom)
{
    int64_t before = desk_facts(shared->house);
    for (size_t i = 0; i < ACTS; i++) {
        const struct act act = act_of(shared, by, whom);
        if (acts[i].takes_visit && fact_id_is_none(shared->visits[whom]))
            continue;
        desk_expect_refused(shared->house, acts[i].run(&act), BEYOND);
    }
    assert_int_equal(desk_facts(shared->house), before);
}

static void staff_of_an_organisation_do_all_that_there_is_for_their_own(void **state)
{
    expect_all(*state, SHARED_GUS, SHARED_ADA);
}

static void and_for_whom_nobody_knows_yet(void **state)
{
    struct shared *shared = *state;
    const struct act rik = act_of(shared, SHARED_RIK, SHARED_DORA);
    const struct act gus = act_of(shared, SHARED_GUS, SHARED_DORA);
    assert_int_equal(code(&gus), RC_OK);
    assert_int_equal(give(&rik), RC_OK); /* by which she is the Repair's, whatever she comes for */
    desk_expect_refused(shared->house, lose(&gus), BEYOND);
    house_press(shared->house, rik.person, ANSWER_ARRIVAL);
    assert_int_equal(replace(&rik), RC_OK);
    assert_true(house_holds(shared->house));
}

static void who_came_for_the_house_is_the_houses(void **state)
{
    struct shared *shared = *state;
    const struct act gus = act_of(shared, SHARED_GUS, SHARED_DORA);
    assert_int_equal(enter(&gus), RC_OK);
    desk_expect_refused(shared->house, give(&gus), BEYOND);
}

static void and_nothing_for_anybody_elses_or_the_houses(void **state)
{
    struct shared *shared = *state;
    expect_none(shared, SHARED_GUS, SHARED_BILAL);
    expect_none(shared, SHARED_GUS, SHARED_HANA);
    expect_none(shared, SHARED_GUS, SHARED_CHLOE);
    expect_none(shared, SHARED_RIK, SHARED_ADA);
    expect_none(shared, SHARED_RIK, SHARED_EVA);
    expect_none(shared, SHARED_RIK, SHARED_FINN);
    assert_true(house_holds(shared->house));
}

static void staff_of_the_whole_house_do_it_for_all(void **state)
{
    expect_all(*state, SHARED_CHLOE, SHARED_BILAL);
}

static void a_circle_of_an_organisation_reaches_as_far_as_a_role_of_it(void **state)
{
    struct shared *shared = *state;
    shared_set_bakers(shared, SHARED_GROCER,
                      1u << RIGHT_BADGES | 1u << RIGHT_CORRECT | 1u << RIGHT_ROTA |
                          1u << RIGHT_VOUCH);
    expect_none(shared, SHARED_EVA, SHARED_BILAL);
    expect_all(shared, SHARED_EVA, SHARED_ADA);
    shared_set_bakers(shared, "Moulin", 1u << RIGHT_BADGES);
    const struct act act = act_of(shared, SHARED_EVA, SHARED_ADA);
    desk_expect_refused(shared->house, lose(&act), "does not open this");
}

static void a_visit_that_is_not_for_them_is_not_theirs_to_correct(void **state)
{
    struct shared *shared = *state;
    struct fact_id fact;
    const struct office gus = shared_office(shared, SHARED_GUS);
    struct office_correction correction = {
        .visit = house_press(shared->house, shared->people[SHARED_ADA], ANSWER_ARRIVAL).fact,
        .is_void = true,
        .reason = "paper"};
    desk_expect_refused(
        shared->house,
        office_correct(shared->house->journal, &gus, &correction, &fact, &shared->house->reason),
        BEYOND);
    correction.visit = (struct fact_id){1, 1};
    assert_int_equal(
        office_correct(shared->house->journal, &gus, &correction, &fact, &shared->house->reason),
        RC_NOT_FOUND);
}

/* --- the calendar --- */

static void the_calendar_is_theirs_where_the_occasion_is(void **state)
{
    struct shared *shared = *state;
    struct house *house = shared->house;
    const struct office gus = shared_office(shared, SHARED_GUS);
    struct fact_id id;
    struct occasion occasion = {.kind = OCCASION_WORKSHOP,
                                .title = "Bread",
                                .from_ms = HOUSE_BEGIN_MS + 48 * HOUSE_HOUR_MS,
                                .to_ms = HOUSE_BEGIN_MS + 50 * HOUSE_HOUR_MS};
    const struct shift_id beyond[] = {shared->bench, shared->yard};
    for (size_t i = 0; i < 2; i++) {
        desk_expect_refused(house,
                            rota_set_state(house->journal, &gus, beyond[i].occasion,
                                           OCCASION_CANCELLED, &house->reason),
                            BEYOND);
        desk_expect_refused(house,
                            rota_sign_up(house->journal, &gus, shared->people[SHARED_ADA],
                                         beyond[i], &id, &house->reason),
                            BEYOND);
        desk_expect_refused(
            house, rota_sign_off(house->journal, &gus, beyond[i], SHIFT_ENOUGH, "", &house->reason),
            "does not open this");
    }
    desk_expect_refused(
        house, rota_add_occasion(house->journal, &gus, &occasion, &id, &house->reason), BEYOND);
    occasion.organisation = shared->grocer;
    assert_int_equal(rota_add_occasion(house->journal, &gus, &occasion, &id, &house->reason),
                     RC_OK);
    occasion.id = shared->bench.occasion; /* nobody takes one over by saying that it is theirs */
    desk_expect_refused(
        house, rota_change_occasion(house->journal, &gus, &occasion, &house->reason), BEYOND);
    assert_int_equal(rota_set_state(house->journal, &gus, shared->till.occasion, OCCASION_CANCELLED,
                                    &house->reason),
                     RC_OK);
    assert_true(house_holds(house));
}

/* --- what is everybody's --- */

static void what_is_everybodys_takes_rights_over_the_whole_house(void **state)
{
    struct shared *shared = *state;
    struct house *house = shared->house;
    struct fact_id id = {0, 0};
    bool is_clean;
    const struct office gus = shared_office(shared, SHARED_GUS);
    const struct fact_id ada = shared->people[SHARED_ADA];
    int64_t before = desk_facts(house);
    desk_expect_refused(house,
                        office_set_role(house->journal, &gus, ada, ROLE_HOST, &house->reason),
                        "does not open this");
    desk_expect_refused(house,
                        erase_by_office(house->journal, &gus, ada, &is_clean, &house->reason),
                        "does not open this");
    desk_expect_refused(house, office_set(house->journal, &gus, "volume", "50", 0, &house->reason),
                        "does not open this");
    desk_expect_refused(
        house, office_set(house->journal, &gus, "occasion", "drink", 0, &house->reason), BEYOND);
    desk_expect_refused(
        house, rota_add_organisation(house->journal, &gus, "Mine", &id, &house->reason), BEYOND);
    desk_expect_refused(
        house,
        office_may(house->journal, &gus, RIGHT_EXPORT, OFFICE_ABOUT_HOUSE, id, &house->reason),
        BEYOND);
    assert_int_equal(desk_facts(house), before);
    const struct office chloe = shared_office(shared, SHARED_CHLOE);
    assert_int_equal(office_set(house->journal, &chloe, "volume", "50", 0, &house->reason), RC_OK);
}

static void the_last_of_staff_is_the_last_of_the_whole_house(void **state)
{
    struct shared *shared = *state;
    struct house *house = shared->house;
    const struct office chloe = shared_office(shared, SHARED_CHLOE);
    desk_expect_refused(
        house, office_set_role(house->journal, &chloe, chloe.by, ROLE_HOST, &house->reason),
        "last member of staff");
    assert_int_equal(office_set_role(house->journal, &chloe, shared->people[SHARED_GUS], ROLE_STAFF,
                                     &house->reason),
                     RC_OK);
    assert_int_equal(office_set_role(house->journal, &chloe, chloe.by, ROLE_HOST, &house->reason),
                     RC_OK);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff_of_an_organisation_do_all_that_there_is_for_their_own),
        TEST(and_for_whom_nobody_knows_yet),
        TEST(who_came_for_the_house_is_the_houses),
        TEST(and_nothing_for_anybody_elses_or_the_houses),
        TEST(staff_of_the_whole_house_do_it_for_all),
        TEST(a_circle_of_an_organisation_reaches_as_far_as_a_role_of_it),
        TEST(a_visit_that_is_not_for_them_is_not_theirs_to_correct),
        TEST(the_calendar_is_theirs_where_the_occasion_is),
        TEST(what_is_everybodys_takes_rights_over_the_whole_house),
        TEST(the_last_of_staff_is_the_last_of_the_whole_house),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
