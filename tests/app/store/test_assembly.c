/* Who votes, who is here, who carries whose: from the register, by the statutes. */
#include "app/store/assembly.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/store/deeds.h"
#include "tests/support/plan.h"

#define MEMBERS 6
#define CARRY 2

static const char *const names[MEMBERS] = {"Ada", "Bilal", "Chloé", "Dirk", "Emma", "Farid"};

struct hall {
    struct house *house;
    struct fact_id of; /* the assembly, on from now for two hours */
    struct fact_id people[MEMBERS];
};

/* Ada, Bilal and Chloé have badges; producers are the first two, eaters the others. */
static struct hall open_hall(void **state)
{
    struct hall hall = {.house = *state};
    struct house *house = hall.house;
    struct quorum_statutes statutes = quorum_default();
    house->occasion = OCCASION_COUNT;
    statutes.proxies = CARRY;
    journal_set_statutes(house->journal, &statutes);
    for (int i = 0; i < MEMBERS; i++) {
        char number[16], shares[16];
        hall.people[i] = i < HOUSE_PEOPLE ? house->people[i] : house_add(house, names[i], NULL);
        snprintf(number, sizeof number, "%d", 1001 + i);
        snprintf(shares, sizeof shares, "%d", 10 * i);
        house_record(house, FACT_PERSON_CHANGED, hall.people[i],
                     json_pack("{s:s,s:s,s:s}", "number", number, "shares", shares, "college",
                               i < 2 ? "Producers" : "Eaters"));
    }
    struct occasion occasion = plan_occasion(house, OCCASION_ASSEMBLY, "General assembly", 0, 120);
    hall.of = plan_put(house, &occasion);
    return hall;
}

static enum rc give_as(struct hall *hall, struct fact_id by, struct fact_id giver,
                       struct fact_id holder, struct fact_id occasion)
{
    const struct office office = {.by = by, .now = house_now(hall->house)};
    const struct deed deed = {.kind = DEED_PROXY, .occasion = occasion, .other = holder};
    struct fact_id fact;
    return deeds_record(hall->house->journal, &office, giver, &deed, &fact, &hall->house->reason);
}

static enum rc give(struct hall *hall, int giver, int holder)
{
    house_wait(hall->house, 1000);
    return give_as(hall, hall->people[giver], hall->people[giver], hall->people[holder], hall->of);
}

static void must_give(struct hall *hall, int giver, int holder)
{
    enum rc rc = give(hall, giver, holder);
    house_expect(!rc, "the proxy was refused: %s", hall->house->reason.text);
}

static void assert_refused(struct hall *hall, enum rc rc, const char *says)
{
    assert_int_equal(rc, RC_REFUSED);
    assert_non_null(strstr(hall->house->reason.text, says));
}

static struct quorum count(const struct hall *hall)
{
    struct quorum quorum;
    struct journal *journal = hall->house->journal;
    int64_t now_ms = house_now(hall->house).wall_ms;
    const struct assembly_of of = {hall->of, day_number(now_ms, journal_day_end_min(journal))};
    assert_int_equal(
        assembly_count(journal_db(journal), journal_statutes(journal), of, now_ms, &quorum), RC_OK);
    return quorum;
}

/* --- counting --- */

static void each_tap_brings_a_vote_and_no_further_tap_takes_it_away(void **state)
{
    struct hall hall = open_hall(state);
    assert_int_equal(count(&hall).all.entitled, MEMBERS);
    assert_int_equal(count(&hall).all.needed, MEMBERS / 2);
    house_tap(hall.house, HOUSE_ADA);
    assert_int_equal(count(&hall).all.here, 1);
    for (int i = 0; i < 3; i++) {
        house_wait(hall.house, 5 * HOUSE_MINUTE_MS);
        assert_int_equal(house_tap(hall.house, HOUSE_ADA).kind, ANSWER_ASKS);
        assert_int_equal(count(&hall).all.here, 1);
    }
    house_press(hall.house, hall.people[0], ANSWER_DEPARTURE);
    assert_int_equal(count(&hall).all.here, 0);
    assert_true(house_holds(hall.house));
}

static void who_comes_early_and_who_stays_long_is_not_signed_out_by_a_tap(void **state)
{
    struct hall hall = open_hall(state);
    struct occasion later = plan_occasion(hall.house, OCCASION_ASSEMBLY, "Another", 180, 60);
    hall.of = plan_put(hall.house, &later);
    house_wait(hall.house, 155 * HOUSE_MINUTE_MS);
    struct answer answer = house_tap(hall.house, HOUSE_ADA);
    assert_true(fact_id_is_same(answer.occasion_id, hall.of));
    house_wait(hall.house, 10 * HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(hall.house, HOUSE_ADA).kind, ANSWER_ASKS);
    house_wait(hall.house,
               15 * HOUSE_MINUTE_MS + HOUSE_HOUR_MS + ASSEMBLY_OVERRUN_MS - HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(hall.house, HOUSE_ADA).kind, ANSWER_ASKS);
    house_wait(hall.house, HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(hall.house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
}

static void who_helps_at_an_assembly_is_not_signed_out_by_a_tap(void **state)
{
    struct hall hall = open_hall(state);
    struct occasion later = plan_occasion(hall.house, OCCASION_ASSEMBLY, "With a bar", 24 * 60, 90);
    int bar = plan_shift(&later, "Bar", 2);
    hall.of = plan_put(hall.house, &later);
    house_record(hall.house, FACT_ROLE_SET, hall.people[0], json_pack("{s:s}", "role", "host"));
    assert_int_equal(plan_sign_up(hall.house, hall.people[0], (struct shift_id){hall.of, bar}),
                     RC_OK);
    house_wait(hall.house, 24 * HOUSE_HOUR_MS + HOUSE_MINUTE_MS);
    struct answer answer = house_tap(hall.house, HOUSE_ADA);
    assert_string_equal(answer.shift.title, "Bar");
    assert_int_equal(count(&hall).all.here, 1);
    house_wait(hall.house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(hall.house, HOUSE_ADA).kind, ANSWER_ASKS);
    assert_int_equal(count(&hall).all.here, 1);
}

static void votes_are_counted_by_college_and_by_shares(void **state)
{
    struct hall hall = open_hall(state);
    struct quorum_statutes statutes = {
        .voters = QUORUM_HOLDERS, .by = QUORUM_SHARES, .percent = 10, .is_by_college = true};
    journal_set_statutes(hall.house->journal, &statutes);
    house_tap(hall.house, HOUSE_ADA);
    house_tap(hall.house, HOUSE_CHLOE);
    struct quorum quorum = count(&hall);
    assert_int_equal(quorum.all.entitled, 10 + 20 + 30 + 40 + 50);
    assert_int_equal(quorum.all.here, 20);
    assert_string_equal(quorum.colleges[0].name, "Eaters");
    assert_true(quorum.colleges[0].part.is_reached);
    assert_false(quorum.colleges[1].part.is_reached || quorum.all.is_reached);
    house_tap(hall.house, HOUSE_BILAL);
    assert_true(count(&hall).all.is_reached);
}

static void who_is_in_the_house_for_something_else_is_not_counted_before_they_say_so(void **state)
{
    struct hall hall = open_hall(state);
    struct occasion drinks = plan_occasion(hall.house, OCCASION_DRINKS, "Apéro", 0, 120);
    plan_put(hall.house, &drinks);
    house_tap(hall.house, HOUSE_ADA);
    struct door_choice choice = {.person = hall.people[0],
                                 .of = {drinks.id, 0},
                                 .now = house_now(hall.house),
                                 .occasion = OCCASION_COUNT};
    struct door_result result;
    assert_int_equal(count(&hall).all.here, 0); /* they have not said for what they came */
    door_choose(hall.house->journal, &choice, &result, &hall.house->reason);
    assert_int_equal(result.disk, RC_OK);
    assert_int_equal(count(&hall).all.here, 0);
    choice.of.occasion = hall.of;
    door_choose(hall.house->journal, &choice, &result, &hall.house->reason);
    assert_int_equal(result.disk, RC_OK);
    assert_true(result.answer.vote.is_counted);
    assert_int_equal(count(&hall).all.here, 1);
}

static void what_staff_say_is_an_assembly_is_counted_too(void **state)
{
    struct hall hall = open_hall(state);
    hall.house->occasion = OCCASION_ASSEMBLY;
    hall.of = (struct fact_id){0, 0};
    house_wait(hall.house, 3 * HOUSE_HOUR_MS); /* the calendar has none any more */
    struct answer answer = house_tap(hall.house, HOUSE_ADA);
    assert_true(answer.vote.has_vote && answer.vote.is_counted);
    assert_int_equal(count(&hall).all.here, 1);
    assert_refused(&hall, give(&hall, 1, 0), "no assembly");
}

/* --- at the door --- */

static void a_greeting_says_who_votes_and_who_is_a_guest(void **state)
{
    struct hall hall = open_hall(state);
    house_record(hall.house, FACT_PERSON_CHANGED, hall.people[1], json_pack("{s:s}", "number", ""));
    struct answer ada = house_tap(hall.house, HOUSE_ADA),
                  bilal = house_tap(hall.house, HOUSE_BILAL);
    assert_true(ada.vote.has_vote && ada.vote.is_counted);
    assert_string_equal(ada.vote.college, "Producers");
    assert_int_equal(ada.vote.quorum.here, 1);
    assert_false(bilal.vote.has_vote);
    assert_int_equal(bilal.vote.quorum.entitled, MEMBERS - 1);
}

static void a_greeting_names_whose_votes_are_carried(void **state)
{
    struct hall hall = open_hall(state);
    struct quorum_statutes statutes = quorum_default();
    statutes.proxies = 3;
    journal_set_statutes(hall.house->journal, &statutes);
    must_give(&hall, 3, 0);
    must_give(&hall, 4, 0);
    must_give(&hall, 1, 0);
    struct answer answer = house_tap(hall.house, HOUSE_ADA);
    assert_int_equal(answer.vote.carried_count, 3);
    assert_string_equal(answer.vote.carried[0], "Dirk D.");
    assert_string_equal(answer.vote.carried[1], "Emma D.");
    assert_int_equal(answer.vote.quorum.represented, 3);
    house_tap(hall.house, HOUSE_BILAL); /* and votes for himself */
    house_wait(hall.house, HOUSE_HOUR_MS);
    answer = house_tap(hall.house, HOUSE_ADA);
    assert_int_equal(answer.vote.carried_count, 2);
    assert_int_equal(answer.vote.quorum.here, 2);
}

/* --- proxies --- */

static void a_proxy_holds_until_it_is_given_to_another_or_taken_back(void **state)
{
    struct hall hall = open_hall(state);
    house_tap(hall.house, HOUSE_ADA);
    must_give(&hall, 3, 0);
    assert_int_equal(count(&hall).all.represented, 1);
    must_give(&hall, 3, 1);
    assert_int_equal(count(&hall).all.represented, 0);
    must_give(&hall, 3, 0);
    assert_int_equal(count(&hall).all.represented, 1);
    const struct fact_id nobody = {0, 0};
    assert_int_equal(give_as(&hall, hall.people[3], hall.people[3], nobody, hall.of), RC_OK);
    assert_int_equal(count(&hall).all.represented, 0);
    assert_true(house_holds(hall.house));
}

static void nobody_is_given_more_than_the_statutes_allow(void **state)
{
    struct hall hall = open_hall(state);
    must_give(&hall, 3, 0);
    must_give(&hall, 4, 0);
    assert_refused(&hall, give(&hall, 5, 0), "as many votes as the statutes allow");
    must_give(&hall, 4, 0); /* theirs is one of the two already */
    must_give(&hall, 5, 1);
}

/* Both in one transaction, as far as neither has been committed before the other is looked at. */
static void of_two_who_give_the_last_place_at_once_one_is_refused(void **state)
{
    struct hall hall = open_hall(state);
    struct journal *journal = hall.house->journal;
    const struct clock_reading now = house_now(hall.house);
    struct deed deed = {.kind = DEED_PROXY, .occasion = hall.of, .other = hall.people[0]};
    struct fact_id fact;
    enum rc rcs[3];
    assert_int_equal(journal_begin(journal, &now), RC_OK);
    for (int i = 0; i < 3; i++) {
        const struct office office = {.by = hall.people[3 + i], .now = now};
        rcs[i] = deeds_do(journal, &office, hall.people[3 + i], &deed, &fact, &hall.house->reason);
        assert_int_equal(journal_settle(journal), RC_OK);
    }
    assert_int_equal(journal_commit(journal), RC_OK);
    assert_int_equal(rcs[0], RC_OK);
    assert_int_equal(rcs[1], RC_OK);
    assert_refused(&hall, rcs[2], "as many votes");
}

/* Two stations heard of one too many: both facts stand, and the later one does not count. */
static void of_two_stations_that_gave_the_last_place_the_first_counts(void **state)
{
    struct hall hall = open_hall(state);
    house_tap(hall.house, HOUSE_ADA);
    for (int i = 3; i < MEMBERS; i++) {
        house_wait(hall.house, 1000);
        house_record(hall.house, FACT_DEED, hall.people[i],
                     json_pack("{s:s,s:[I,I],s:[I,I]}", "deed", "proxy", "occasion",
                               (json_int_t)hall.of.station, (json_int_t)hall.of.seq, "other",
                               (json_int_t)hall.people[0].station, (json_int_t)hall.people[0].seq));
    }
    assert_int_equal(count(&hall).all.represented, CARRY);
    house_wait(hall.house, HOUSE_MINUTE_MS);
    struct answer answer = house_tap(hall.house, HOUSE_ADA);
    assert_int_equal(answer.vote.carried_count, CARRY);
    assert_string_equal(answer.vote.carried[0], "Dirk D.");
}

static void a_proxy_is_refused_with_a_sentence_that_says_why(void **state)
{
    struct hall hall = open_hall(state);
    struct occasion drinks = plan_occasion(hall.house, OCCASION_DRINKS, "Apéro", 0, 120);
    plan_put(hall.house, &drinks);
    assert_refused(&hall, give(&hall, 3, 3), "Somebody else has to carry");
    assert_refused(&hall, give_as(&hall, hall.people[3], hall.people[3], hall.people[0], drinks.id),
                   "no assembly");
    assert_refused(&hall, give_as(&hall, hall.people[1], hall.people[3], hall.people[0], hall.of),
                   "Your badge does not open this");
    house_record(hall.house, FACT_PERSON_CHANGED, hall.people[5], json_pack("{s:s}", "number", ""));
    assert_refused(&hall, give(&hall, 5, 0), "no vote to give");
    assert_refused(&hall, give(&hall, 0, 5), "has no vote by the statutes");
    struct quorum_statutes none = quorum_default();
    journal_set_statutes(hall.house->journal, &none);
    assert_refused(&hall, give(&hall, 3, 0), "everybody votes in person");
}

static void no_proxy_is_given_for_an_assembly_that_is_over_or_called_off(void **state)
{
    struct hall hall = open_hall(state);
    const struct office office = {.now = house_now(hall.house)};
    assert_int_equal(rota_set_state(hall.house->journal, &office, hall.of, OCCASION_CANCELLED,
                                    &hall.house->reason),
                     RC_OK);
    assert_refused(&hall, give(&hall, 3, 0), "does not take place");
    assert_int_equal(
        rota_set_state(hall.house->journal, &office, hall.of, OCCASION_ON, &hall.house->reason),
        RC_OK);
    house_wait(hall.house, 2 * HOUSE_HOUR_MS + ASSEMBLY_OVERRUN_MS - 2 * HOUSE_MINUTE_MS);
    must_give(&hall, 3, 0);
    house_wait(hall.house, 2 * HOUSE_MINUTE_MS);
    assert_refused(&hall, give(&hall, 4, 0), "is over");
}

static void staff_give_for_somebody_and_it_can_be_undone(void **state)
{
    struct hall hall = open_hall(state);
    struct fact_id fact, undo;
    house_record(hall.house, FACT_ROLE_SET, hall.people[1], json_pack("{s:s}", "role", "staff"));
    const struct office office = {.by = hall.people[1], .now = house_now(hall.house)};
    const struct deed deed = {.kind = DEED_PROXY, .occasion = hall.of, .other = hall.people[0]};
    struct journal *journal = hall.house->journal;
    assert_int_equal(
        deeds_record(journal, &office, hall.people[3], &deed, &fact, &hall.house->reason), RC_OK);
    house_tap(hall.house, HOUSE_ADA);
    assert_int_equal(count(&hall).all.represented, 1);
    assert_int_equal(door_undo(journal, FACT_UNDO, hall.people[3], fact, &office.now, &undo),
                     RC_OK);
    assert_int_equal(count(&hall).all.represented, 0);
}

/* --- many --- */

static void two_thousand_people_are_counted_in_milliseconds(void **state)
{
    struct hall hall = open_hall(state);
    house_tamper(
        hall.house,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000)"
        " INSERT INTO person SELECT 9, i, 'M'||i, '', 'X', '', '', '', '', '', '',"
        " 'College '||(i%4), '10', '', '', '', '', '', '', '' FROM n;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000)"
        " INSERT INTO deed SELECT 9, 9000+i, 9, i, 0, 2, 0, 0, o.station, o.seq, 9, 1000+i,"
        " 20261121, i, '' FROM n, occasion o");
    house_reopen(hall.house);
    struct quorum_statutes statutes = quorum_default();
    journal_set_statutes(hall.house->journal, &statutes);
    clock_t begin = clock();
    struct quorum quorum = count(&hall);
    double ms = 1000.0 * (double)(clock() - begin) / CLOCKS_PER_SEC;
    printf("2006 people, 1000 proxies: %.2f ms\n", ms);
    assert_int_equal(quorum.all.entitled, 2000 + MEMBERS);
    assert_true(ms < 100);
}

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_tap_brings_a_vote_and_no_further_tap_takes_it_away),
        TEST(who_comes_early_and_who_stays_long_is_not_signed_out_by_a_tap),
        TEST(who_helps_at_an_assembly_is_not_signed_out_by_a_tap),
        TEST(votes_are_counted_by_college_and_by_shares),
        TEST(who_is_in_the_house_for_something_else_is_not_counted_before_they_say_so),
        TEST(what_staff_say_is_an_assembly_is_counted_too),
        TEST(a_greeting_says_who_votes_and_who_is_a_guest),
        TEST(a_greeting_names_whose_votes_are_carried),
        TEST(a_proxy_holds_until_it_is_given_to_another_or_taken_back),
        TEST(nobody_is_given_more_than_the_statutes_allow),
        TEST(of_two_who_give_the_last_place_at_once_one_is_refused),
        TEST(of_two_stations_that_gave_the_last_place_the_first_counts),
        TEST(a_proxy_is_refused_with_a_sentence_that_says_why),
        TEST(no_proxy_is_given_for_an_assembly_that_is_over_or_called_off),
        TEST(staff_give_for_somebody_and_it_can_be_undone),
        TEST(two_thousand_people_are_counted_in_milliseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
