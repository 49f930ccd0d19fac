/* Whose people are whose in a house of two organisations, and what lists of one of them show. */
#include "app/store/belonging.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/intention.h"
#include "app/store/keys.h"
#include "app/store/lookup_people.h"
#include "app/store/lookup_proposals.h"
#include "app/store/report.h"
#include "app/store/welcome.h"
#include "tests/support/shared.h"

#define ROWS 20

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

static struct db *db(const struct shared *shared)
{
    return journal_db(shared->house->journal);
}

static bool belongs(const struct shared *shared, const struct belonging *belonging,
                    enum shared_person person)
{
    bool is;
    assert_int_equal(belonging_find(db(shared), belonging, shared->people[person], &is), RC_OK);
    return is;
}

static bool is_nobodys(const struct shared *shared, enum shared_person person)
{
    bool is;
    assert_int_equal(
        belonging_is_nobodys(db(shared), &shared->circles, shared->people[person], &is), RC_OK);
    return is;
}

/* --- whose they are --- */

static void a_visit_a_promise_a_role_and_a_circle_make_somebody_theirs(void **state)
{
    static const struct {
        bool is_grocers, is_repairs, is_houses, is_nobodys;
    } expected[SHARED_PEOPLE] = {
        [SHARED_ADA] = {.is_grocers = true},  [SHARED_BILAL] = {.is_repairs = true},
        [SHARED_CHLOE] = {.is_houses = true}, [SHARED_DORA] = {.is_nobodys = true},
        [SHARED_EVA] = {.is_grocers = true},  [SHARED_FINN] = {.is_grocers = true},
        [SHARED_GUS] = {.is_grocers = true},  [SHARED_HANA] = {.is_houses = true},
        [SHARED_RIK] = {.is_repairs = true},
    };
    const struct shared *shared = *state;
    const struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
    const struct belonging repair = belonging_of(shared->repair, &shared->circles);
    const struct belonging house = belonging_of(REPORT_HOUSE, &shared->circles);
    for (int i = 0; i < SHARED_PEOPLE; i++) {
        bool is_as_expected =
            belongs(shared, &grocer, (enum shared_person)i) == expected[i].is_grocers &&
            belongs(shared, &repair, (enum shared_person)i) == expected[i].is_repairs &&
            belongs(shared, &house, (enum shared_person)i) == expected[i].is_houses &&
            is_nobodys(shared, (enum shared_person)i) == expected[i].is_nobodys;
        if (!is_as_expected)
            fail_msg("%s", shared_names[i]);
    }
}

static void in_some_days_only_visits_count_and_only_of_kinds_that_are_asked(void **state)
{
    struct shared *shared = *state;
    struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
    grocer.first_day = grocer.last_day = 20261121;
    assert_true(belongs(shared, &grocer, SHARED_ADA));
    assert_false(belongs(shared, &grocer, SHARED_FINN));
    assert_false(belongs(shared, &grocer, SHARED_EVA));
    grocer.kinds &= ~(1u << OCCASION_OPEN_DAY);
    assert_false(belongs(shared, &grocer, SHARED_ADA));
    grocer.kinds = ~0u;
    grocer.first_day = 20261122;
    grocer.last_day = REPORT_LAST_DAY;
    assert_false(belongs(shared, &grocer, SHARED_ADA));
}

static void a_circle_makes_theirs_only_as_long_as_its_organisation_is_known(void **state)
{
    static const struct {
        const char *organisation;
        bool is_theirs, is_nobodys;
    } cases[] = {{SHARED_GROCER, true, false},
                 {"éPICERIE", false, false}, /* as the calendar has it, but for a to z */
                 {SHARED_REPAIR, false, false},
                 {"Moulin", false, false},
                 {"", false, true}};
    struct shared *shared = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        shared_set_bakers(shared, cases[i].organisation, 0);
        const struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
        assert_int_equal(belongs(shared, &grocer, SHARED_EVA), cases[i].is_theirs);
        assert_int_equal(is_nobodys(shared, SHARED_EVA), cases[i].is_nobodys);
    }
    const struct belonging blind = belonging_of(shared->grocer, NULL);
    assert_false(belongs(shared, &blind, SHARED_EVA));
}

/* --- rights --- */

static struct mandate mandate_of(struct shared *shared, enum shared_person person)
{
    struct mandate mandate;
    assert_int_equal(keys_mandate(db(shared), &shared->circles, shared->people[person], &mandate),
                     RC_OK);
    return mandate;
}

static void a_role_of_an_organisation_reaches_it_alone(void **state)
{
    struct shared *shared = *state;
    struct mandate gus = mandate_of(shared, SHARED_GUS), chloe = mandate_of(shared, SHARED_CHLOE);
    struct reach reach = mandate_reach(&gus, RIGHT_EXPORT);
    assert_int_equal(reach.kind, REACH_ONE);
    assert_true(fact_id_is_same(reach.organisation, shared->grocer));
    assert_int_equal(mandate_reach(&gus, RIGHT_ROLES).kind, REACH_NOBODY);
    assert_int_equal(mandate_reach(&chloe, RIGHT_ROLES).kind, REACH_HOUSE);
}

static void a_circle_of_an_organisation_gives_rights_over_that_one_and_an_unknown_one_none(
    void **state)
{
    struct shared *shared = *state;
    const unsigned rights = 1u << RIGHT_BADGES | 1u << RIGHT_MACHINE;
    shared_set_bakers(shared, SHARED_GROCER, rights);
    struct mandate eva = mandate_of(shared, SHARED_EVA);
    assert_int_equal(mandate_rights(&eva), 1u << RIGHT_BADGES);
    assert_true(reach_covers(mandate_reach(&eva, RIGHT_BADGES), shared->grocer));
    assert_false(reach_covers(mandate_reach(&eva, RIGHT_BADGES), shared->repair));
    shared_set_bakers(shared, "Moulin", rights);
    eva = mandate_of(shared, SHARED_EVA);
    assert_int_equal(mandate_rights(&eva), 0);
    shared_set_bakers(shared, "", rights);
    eva = mandate_of(shared, SHARED_EVA);
    assert_int_equal(eva.house, rights);
}

static void of_two_organisations_with_one_name_the_older_is_meant(void **state)
{
    struct shared *shared = *state;
    house_record(shared->house, FACT_ORGANISATION_ADDED, (struct fact_id){0, 0},
                 json_pack("{s:s}", "name", SHARED_GROCER));
    shared_set_bakers(shared, SHARED_GROCER, 1u << RIGHT_BADGES);
    struct mandate eva = mandate_of(shared, SHARED_EVA);
    assert_true(reach_covers(mandate_reach(&eva, RIGHT_BADGES), shared->grocer));
    struct mandate gus = mandate_of(shared, SHARED_GUS);
    assert_true(reach_covers(mandate_reach(&gus, RIGHT_BADGES), shared->grocer));
}

static void a_role_stays_with_an_organisation_that_gets_another_name(void **state)
{
    struct shared *shared = *state;
    shared_set_bakers(shared, SHARED_GROCER, 1u << RIGHT_BADGES);
    house_tamper(shared->house, "UPDATE organisation SET name='Moulin' WHERE name='Épicerie'");
    struct mandate gus = mandate_of(shared, SHARED_GUS), eva = mandate_of(shared, SHARED_EVA);
    assert_true(reach_covers(mandate_reach(&gus, RIGHT_BADGES), shared->grocer));
    assert_int_equal(mandate_rights(&eva), 0); /* a circle's is what its file says */
    shared_set_bakers(shared, "Moulin", 1u << RIGHT_BADGES);
    eva = mandate_of(shared, SHARED_EVA);
    assert_true(reach_covers(mandate_reach(&eva, RIGHT_BADGES), shared->grocer));
}

/* --- lists --- */

static size_t search(struct shared *shared, const struct belonging *whose, const char *typed,
                     struct lookup_people_row *out_rows)
{
    size_t listed, total;
    assert_int_equal(
        lookup_people_search(db(shared), whose, typed, ROWS, out_rows, &listed, &total), RC_OK);
    assert_int_equal(listed, total); /* nobody is counted who is not shown */
    return listed;
}

static void a_search_finds_their_own_and_leaks_nobody_elses_name(void **state)
{
    struct shared *shared = *state;
    struct lookup_people_row rows[ROWS];
    const struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
    assert_int_equal(search(shared, NULL, "dubois", rows), SHARED_PEOPLE);
    assert_int_equal(search(shared, &grocer, "dubois", rows), 4);
    assert_string_equal(rows[0].full_name, "Ada Dubois");
    assert_string_equal(rows[1].full_name, "Eva Dubois");
    assert_string_equal(rows[2].full_name, "Finn Dubois");
    assert_string_equal(rows[3].full_name, "Gus Dubois");
    assert_int_equal(search(shared, &grocer, "Bilal Dubois", rows), 0);
    assert_int_equal(search(shared, &grocer, "Hana Dubois", rows), 0);
    assert_int_equal(search(shared, &grocer, "Chloé Dubois", rows), 0);
}

static void who_is_nobodys_is_found_by_whoever_knows_the_whole_name_or_the_number(void **state)
{
    struct shared *shared = *state;
    struct lookup_people_row rows[ROWS];
    const struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
    house_record(shared->house, FACT_PERSON_CHANGED, shared->people[SHARED_DORA],
                 json_pack("{s:s}", "number", "4711"));
    assert_int_equal(search(shared, &grocer, "Dora", rows), 0);
    assert_int_equal(search(shared, &grocer, "47", rows), 0);
    assert_int_equal(search(shared, &grocer, "dora dubois", rows), 1);
    assert_int_equal(search(shared, &grocer, "4711", rows), 1);
    assert_string_equal(rows[0].full_name, "Dora Dubois");
    house_press(shared->house, shared->people[SHARED_DORA], ANSWER_ARRIVAL); /* for the house */
    assert_int_equal(search(shared, &grocer, "4711", rows), 0);
    assert_int_equal(search(shared, NULL, "4711", rows), 1);
}

static size_t visits(struct shared *shared, enum shared_person person, struct fact_id organisation)
{
    struct lookup_people_visit rows[ROWS];
    size_t listed;
    assert_int_equal(
        lookup_people_visits(db(shared), shared->people[person], organisation, ROWS, rows, &listed),
        RC_OK);
    return listed;
}

static void of_somebody_who_is_of_both_each_sees_the_visits_for_itself(void **state)
{
    struct shared *shared = *state;
    const struct fact_id all = {0, 0};
    house_press(shared->house, shared->people[SHARED_ADA], ANSWER_ARRIVAL);
    assert_int_equal(visits(shared, SHARED_ADA, all), 2);
    assert_int_equal(visits(shared, SHARED_ADA, shared->grocer), 1);
    assert_int_equal(visits(shared, SHARED_ADA, shared->repair), 0);
}

static void each_answers_what_people_say_of_visits_for_itself(void **state)
{
    struct shared *shared = *state;
    struct lookup_proposal rows[ROWS];
    const struct fact_id all = {0, 0};
    size_t listed;
    assert_int_equal(lookup_proposals_waiting(db(shared), all, ROWS, rows, &listed), RC_OK);
    assert_int_equal(listed, 3);
    assert_int_equal(lookup_proposals_waiting(db(shared), shared->repair, ROWS, rows, &listed),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_string_equal(rows[0].full_name, "Bilal Dubois");
    assert_int_equal(lookup_proposals_waiting(db(shared), shared->repair, 1, rows, &listed), RC_OK);
    assert_int_equal(listed, 1); /* those before it took no place */
}

struct listed {
    int count;
    char last[200], buddy[200];
    int64_t last_ms;
};

static enum rc keep(void *context, const struct welcome_row *row)
{
    struct listed *listed = context;
    listed->count++;
    snprintf(listed->last, sizeof listed->last, "%s", row->full_name);
    snprintf(listed->buddy, sizeof listed->buddy, "%s", row->buddy);
    listed->last_ms = row->last_ms;
    assert_int_equal(row->same_name, 0);
    return RC_OK;
}

static struct listed newcomers(struct shared *shared, const struct belonging *whose)
{
    struct listed listed = {.count = 0};
    assert_int_equal(
        welcome_list(db(shared), whose, 0, house_now(shared->house).wall_ms, keep, &listed), RC_OK);
    return listed;
}

static void begin(struct shared *shared, enum shared_person person, enum shared_person buddy)
{
    const struct fact_id by = shared->people[buddy];
    house_record(shared->house, FACT_WELCOME, shared->people[person],
                 json_pack("{s:s,s:s}", "step", "hello", "how", "done"));
    house_record(shared->house, FACT_BUDDY, shared->people[person],
                 json_pack("{s:[I,I],s:s}", "buddy", (json_int_t)by.station, (json_int_t)by.seq,
                           "how", "taken"));
}

static void newcomers_are_theirs_with_their_own_buddies_and_visits(void **state)
{
    struct shared *shared = *state;
    const struct belonging grocer = belonging_of(shared->grocer, &shared->circles);
    begin(shared, SHARED_ADA, SHARED_BILAL);
    begin(shared, SHARED_BILAL, SHARED_ADA);
    house_press(shared->house, shared->people[SHARED_ADA], ANSWER_ARRIVAL);
    struct listed listed = newcomers(shared, &grocer);
    assert_int_equal(listed.count, 1);
    assert_string_equal(listed.last, "Ada Dubois");
    assert_string_equal(listed.buddy, "");
    assert_int_equal(listed.last_ms, HOUSE_BEGIN_MS);
    assert_int_equal(newcomers(shared, NULL).count, 2); /* the control */
}

static void balances_are_of_circles_of_theirs(void **state)
{
    struct shared *shared = *state;
    struct intention_row rows[ROWS];
    struct intention_sums sums;
    size_t listed, total;
    const struct fact_id all = {0, 0};
    shared_set_bakers(shared, SHARED_GROCER, 0);
    assert_int_equal(intention_list(db(shared), &shared->circles, shared->grocer, 20261121,
                                    house_now(shared->house).wall_ms, ROWS, rows, &listed, &total,
                                    &sums),
                     RC_OK);
    assert_int_equal(sums.circles[0].people, 1);
    assert_int_equal(sums.other.people, 0);
    assert_int_equal(intention_list(db(shared), &shared->circles, all, 20261121,
                                    house_now(shared->house).wall_ms, ROWS, rows, &listed, &total,
                                    &sums),
                     RC_OK);
    assert_int_equal(sums.other.people, SHARED_PEOPLE - 1);
}

/* --- folded again --- */

static void roles_and_what_they_reach_are_the_same_when_folded_again(void **state)
{
    struct shared *shared = *state;
    house_tamper(shared->house, "UPDATE meta SET value='0' WHERE name='fold_version'");
    house_reopen(shared->house);
    journal_set_circles(shared->house->journal, &shared->circles);
    while (journal_rebuild_some(shared->house->journal) == RC_OK)
        ;
    assert_true(house_holds(shared->house));
    struct mandate gus = mandate_of(shared, SHARED_GUS);
    assert_true(reach_covers(mandate_reach(&gus, RIGHT_EXPORT), shared->grocer));
    assert_int_equal(mandate_reach(&gus, RIGHT_EXPORT).kind, REACH_ONE);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_visit_a_promise_a_role_and_a_circle_make_somebody_theirs),
        TEST(in_some_days_only_visits_count_and_only_of_kinds_that_are_asked),
        TEST(a_circle_makes_theirs_only_as_long_as_its_organisation_is_known),
        TEST(a_role_of_an_organisation_reaches_it_alone),
        TEST(a_circle_of_an_organisation_gives_rights_over_that_one_and_an_unknown_one_none),
        TEST(of_two_organisations_with_one_name_the_older_is_meant),
        TEST(a_role_stays_with_an_organisation_that_gets_another_name),
        TEST(a_search_finds_their_own_and_leaks_nobody_elses_name),
        TEST(who_is_nobodys_is_found_by_whoever_knows_the_whole_name_or_the_number),
        TEST(of_somebody_who_is_of_both_each_sees_the_visits_for_itself),
        TEST(each_answers_what_people_say_of_visits_for_itself),
        TEST(newcomers_are_theirs_with_their_own_buddies_and_visits),
        TEST(balances_are_of_circles_of_theirs),
        TEST(roles_and_what_they_reach_are_the_same_when_folded_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
