/* A circle, a rest, hours that nobody else sees; and what is said beside the hours. */
#include "app/store/intention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/keys.h"
#include "tests/support/desk.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct house *begin(void **state)
{
    struct circle_list circles = circle_default();
    struct house *house = *state;
    journal_set_circles(house->journal, &circles);
    return house;
}

static struct office by(const struct house *house, struct fact_id person)
{
    return (struct office){.by = person, .now = house_now(house)};
}

static enum rc set_circle(struct house *house, struct fact_id who, struct fact_id person,
                          const char *name)
{
    struct office office = by(house, who);
    return intention_set_circle(house->journal, &office, person, name, &house->reason);
}

static struct answer give(struct house *house, int hours)
{
    house_press(house, ADA(house), ANSWER_ARRIVAL);
    house_wait(house, hours * HOUSE_HOUR_MS);
    return house_press(house, ADA(house), ANSWER_DEPARTURE);
}

static void the_goodbye_has_what_was_given_and_intended(void **state)
{
    struct house *house = begin(state);
    assert_int_equal(give(house, 1).intended_s, 0);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "Membre"), RC_OK);
    int64_t facts = desk_facts(house);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "lid"), RC_OK);
    assert_int_equal(desk_facts(house), facts);
    struct answer answer = give(house, 3);
    assert_int_equal(answer.intended_s, 3 * 3600);
    assert_int_equal(answer.month_s, 4 * 3600);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_int_equal(give(house, 1).balance, ANSWER_BALANCE_FAR_OVER);
    assert_true(house_holds(house));
}

static void a_rest_intends_nothing_and_hidden_hours_are_private(void **state)
{
    struct house *house = begin(state);
    struct office office = by(house, ADA(house));
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(intention_rest(house->journal, &office, ADA(house), 20270101, &house->reason),
                     RC_OK);
    assert_int_equal(intention_hide(house->journal, &office, ADA(house), true, &house->reason),
                     RC_OK);
    struct answer answer = give(house, 9);
    assert_int_equal(answer.intended_s, 0);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    assert_true(answer.is_private);
    assert_int_equal(intention_rest(house->journal, &office, ADA(house), 0, &house->reason), RC_OK);
    assert_int_equal(intention_hide(house->journal, &office, ADA(house), false, &house->reason),
                     RC_OK);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    answer = give(house, 1);
    assert_int_equal(answer.intended_s, 3 * 3600);
    assert_false(answer.is_private);
}

static void who_is_discreet_is_greeted_without_a_name(void **state)
{
    struct house *house = begin(state);
    struct office office = by(house, ADA(house));
    assert_string_not_equal(give(house, 1).first_name, "");
    assert_int_equal(
        intention_be_discreet(house->journal, &office, ADA(house), true, &house->reason), RC_OK);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    struct answer answer = give(house, 1);
    assert_string_equal(answer.first_name, "");
    assert_string_equal(answer.display_name, "");
    assert_int_equal(
        intention_be_discreet(house->journal, &office, ADA(house), false, &house->reason), RC_OK);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_string_not_equal(give(house, 1).display_name, "");
}

static void nobody_sets_it_for_others_but_staff(void **state)
{
    struct house *house = begin(state);
    assert_int_equal(set_circle(house, BILAL(house), ADA(house), "member"), RC_REFUSED);
    assert_int_equal(set_circle(house, house->people[HOUSE_IS_CHLOE], ADA(house), "member"), RC_OK);
    desk_expect_refused(house, set_circle(house, ADA(house), ADA(house), "royalty"),
                        "no such circle");
}

static void a_circle_with_rights_opens_doors_and_nobody_takes_it_by_themselves(void **state)
{
    struct house *house = *state;
    struct circle_list circles = circle_default();
    struct office ada = by(house, ADA(house));
    struct mandate mandate;
    circles.circles[0].rights = 1u << RIGHT_BADGES | 1u << RIGHT_VOUCH;
    journal_set_circles(house->journal, &circles);
    const char *name = circles.circles[0].name;
    desk_expect_refused(house, set_circle(house, ADA(house), ADA(house), name),
                        "does not open this");
    assert_int_equal(
        office_add_person(house->journal, &ada, "Jo", "", &(struct fact_id){0, 0}, &house->reason),
        RC_REFUSED);
    assert_int_equal(set_circle(house, house->people[HOUSE_IS_CHLOE], ADA(house), name), RC_OK);
    assert_int_equal(keys_mandate(journal_db(house->journal), &circles, ADA(house), &mandate),
                     RC_OK);
    assert_int_equal(mandate.house, circles.circles[0].rights);
    ada = by(house, ADA(house));
    assert_int_equal(
        office_add_person(house->journal, &ada, "Jo", "", &(struct fact_id){0, 0}, &house->reason),
        RC_OK);
}

static void who_is_far_under_or_over_is_on_the_list(void **state)
{
    struct house *house = begin(state);
    struct circle_list circles = circle_default();
    struct intention_row rows[4];
    struct intention_sums sums;
    size_t listed, total;
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(set_circle(house, BILAL(house), BILAL(house), "member"), RC_OK);
    give(house, 5);
    assert_int_equal(intention_list(journal_db(house->journal), &circles, (struct fact_id){0, 0},
                                    20261121, house_now(house).wall_ms, 4, rows, &listed, &total,
                                    &sums),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_string_equal(rows[0].full_name, "Ada Dubois");
    assert_int_equal(rows[0].balance, ANSWER_BALANCE_FAR_OVER);
    assert_int_equal(rows[0].given_s, 5 * 3600);
    assert_int_equal(sums.lives[LIFE_ACTIVE], 1);
    assert_int_equal(sums.lives[LIFE_NEVER_HERE], 2);
    assert_int_equal(sums.circles[2].people, 2);
    assert_int_equal(sums.circles[2].given_s, 5 * 3600);
    assert_int_equal(sums.circles[2].intended_s, 6 * 3600);
}

static void far_under_is_said_of_the_last_whole_month_of_who_is_not_new(void **state)
{
    struct house *house = begin(state);
    const int64_t day_ms = 24 * HOUSE_HOUR_MS;
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(give(house, 1).balance, ANSWER_BALANCE_FINE);
    house_wait(house, 20 * day_ms); /* December */
    assert_int_equal(give(house, 1).balance, ANSWER_BALANCE_FINE);
    house_wait(house, 30 * day_ms); /* January */
    assert_int_equal(give(house, 3).balance, ANSWER_BALANCE_FAR_UNDER);
    house_wait(house, 30 * day_ms); /* February: what January gave was enough */
    assert_int_equal(give(house, 1).balance, ANSWER_BALANCE_FINE);
}

static void staff_intend_nothing_and_their_hours_are_not_a_volunteers(void **state)
{
    struct house *house = begin(state);
    struct office office = desk_office(house);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(
        office_set_role(house->journal, &office, ADA(house), ROLE_STAFF, &house->reason), RC_OK);
    struct answer answer = give(house, 5);
    assert_int_equal(answer.intended_s, 0);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    office.now = house_now(house);
    assert_int_equal(
        office_set_role(house->journal, &office, ADA(house), ROLE_NONE, &house->reason), RC_OK);
    answer = give(house, 1);
    assert_int_equal(answer.intended_s, 3 * 3600);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_int_equal(give(house, 4).balance, ANSWER_BALANCE_FAR_OVER);
}

static void where_no_clock_can_be_trusted_nothing_is_said_of_a_month(void **state)
{
    struct house *house = begin(state);
    struct circle_list circles = circle_default();
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    house_reboot(house, HOUSE_BEGIN_MS, CLOCK_UNSET);
    journal_set_circles(house->journal, &circles);
    assert_int_equal(give(house, 9).balance, ANSWER_BALANCE_FINE);
    house_reboot(house, HOUSE_BEGIN_MS + 20 * HOUSE_HOUR_MS, CLOCK_SYNCED);
    journal_set_circles(house->journal, &circles);
    assert_int_equal(give(house, 1).balance, ANSWER_BALANCE_FAR_OVER);
}

static void a_rest_ends_on_a_day_to_come(void **state)
{
    struct house *house = begin(state);
    struct office office = by(house, ADA(house));
    static const struct {
        int day;
        const char *said;
    } wrong[] = {
        {20261121, "day is over"}, {20260101, "day is over"}, {20261131, "no such day"},
        {20261301, "no such day"}, {-5, "no such day"},       {999999999, "no such day"},
    };
    int64_t facts = desk_facts(house);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        desk_expect_refused(
            house,
            intention_rest(house->journal, &office, ADA(house), wrong[i].day, &house->reason),
            wrong[i].said);
    assert_int_equal(desk_facts(house), facts);
    assert_int_equal(intention_rest(house->journal, &office, ADA(house), 20261122, &house->reason),
                     RC_OK);
    assert_int_equal(desk_facts(house), facts + 1);
    assert_int_equal(
        intention_rest(house->journal, &office, (struct fact_id){1, 1}, 20261122, &house->reason),
        RC_REFUSED);
}

static void a_circle_can_be_left(void **state)
{
    struct house *house = begin(state);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), ""), RC_OK);
    assert_int_equal(give(house, 1).intended_s, 0);
    assert_true(house_holds(house));
}

static void the_list_has_the_hours_of_who_is_still_here_and_no_staff(void **state)
{
    struct house *house = begin(state);
    struct circle_list circles = circle_default();
    struct fact_id chloe = house->people[HOUSE_IS_CHLOE];
    struct intention_row rows[4];
    struct intention_sums sums;
    size_t listed, total;
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    assert_int_equal(set_circle(house, chloe, chloe, "member"), RC_OK);
    house_press(house, ADA(house), ANSWER_ARRIVAL);
    house_press(house, chloe, ANSWER_ARRIVAL);
    house_wait(house, 5 * HOUSE_HOUR_MS);
    assert_int_equal(intention_list(journal_db(house->journal), &circles, (struct fact_id){0, 0},
                                    20261121, house_now(house).wall_ms, 4, rows, &listed, &total,
                                    &sums),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_int_equal(rows[0].given_s, 5 * 3600);
    assert_int_equal(sums.circles[2].people, 2);
    assert_int_equal(sums.circles[2].given_s, 5 * 3600);
    assert_int_equal(sums.circles[2].intended_s, 3 * 3600);
}

/* --- one organisation of several --- */

/* Ada helps for half an hour at what the organisation does. */
static void help(struct house *house, struct fact_id organisation)
{
    struct occasion bikes = plan_occasion(house, OCCASION_SHIFT, "Bikes", 0, 30);
    bikes.organisation = organisation;
    plan_shift(&bikes, "Repairs", 1);
    struct shift_id repairs = {plan_put(house, &bikes), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), repairs), RC_OK);
    house_press(house, ADA(house), ANSWER_ARRIVAL);
    house_wait(house, 30 * HOUSE_MINUTE_MS);
}

static void only_hours_of_its_organisation_count_against_a_circle_that_has_one(void **state)
{
    struct house *house = *state;
    struct circle_list circles = circle_default();
    struct office office = by(house, (struct fact_id){0, 0});
    struct fact_id cyclo;
    struct intention_row rows[4];
    struct intention_sums sums;
    size_t listed, total;
    strcpy(circles.circles[2].organisation, "cyclo");
    journal_set_circles(house->journal, &circles);
    assert_int_equal(set_circle(house, ADA(house), ADA(house), "member"), RC_OK);
    struct answer answer = give(house, 5); /* to the house */
    assert_int_equal(answer.today_s, 5 * 3600);
    assert_int_equal(answer.month_s, 0); /* nobody knows of that organisation */
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    assert_int_equal(
        rota_add_organisation(house->journal, &office, "Cyclo", &cyclo, &house->reason), RC_OK);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "host"));
    help(house, cyclo);
    assert_int_equal(intention_list(journal_db(house->journal), &circles, (struct fact_id){0, 0},
                                    20261121, house_now(house).wall_ms, 4, rows, &listed, &total,
                                    &sums),
                     RC_OK);
    assert_int_equal(sums.circles[2].given_s, 1800); /* while they are here */
    answer = house_press(house, ADA(house), ANSWER_DEPARTURE);
    assert_int_equal(answer.month_s, 1800);
    assert_int_equal(answer.intended_s, 3 * 3600);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FINE);
    circles.circles[2].organisation[0] = 0; /* control: all hours */
    journal_set_circles(house->journal, &circles);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    answer = give(house, 1);
    assert_true(answer.month_s >= 6 * 3600);
    assert_int_equal(answer.balance, ANSWER_BALANCE_FAR_OVER);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_goodbye_has_what_was_given_and_intended),
        TEST(a_rest_intends_nothing_and_hidden_hours_are_private),
        TEST(who_is_discreet_is_greeted_without_a_name),
        TEST(nobody_sets_it_for_others_but_staff),
        TEST(a_circle_with_rights_opens_doors_and_nobody_takes_it_by_themselves),
        TEST(who_is_far_under_or_over_is_on_the_list),
        TEST(far_under_is_said_of_the_last_whole_month_of_who_is_not_new),
        TEST(staff_intend_nothing_and_their_hours_are_not_a_volunteers),
        TEST(where_no_clock_can_be_trusted_nothing_is_said_of_a_month),
        TEST(a_rest_ends_on_a_day_to_come),
        TEST(a_circle_can_be_left),
        TEST(only_hours_of_its_organisation_count_against_a_circle_that_has_one),
        TEST(the_list_has_the_hours_of_who_is_still_here_and_no_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
