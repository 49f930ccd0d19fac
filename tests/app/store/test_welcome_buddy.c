/* Who looks after whom, which missions fit, and what staff see of newcomers. */
#include "app/store/welcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/plan.h"
#include "tests/support/porch.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])
#define DAY_MS (24 * HOUSE_HOUR_MS)
#define DAY_MIN (24 * 60)

static const struct fact_id nobody = {0, 0};

static enum rc buddy_by(struct house *house, struct fact_id by, struct fact_id person,
                        struct fact_id buddy, enum buddy_how how)
{
    const struct office office = porch_office(house, by);
    return welcome_buddy(house->journal, &office, person, buddy, how, &house->reason);
}

/* The first letters of who could be asked, best first. */
static const char *could_be_asked(struct house *house, struct fact_id person)
{
    static char letters[WELCOME_BUDDIES_MAX + 1];
    struct buddy buddies[WELCOME_BUDDIES_MAX];
    size_t count = 0;
    assert_int_equal(welcome_buddies(house->journal, person, LANGUAGE_FR, house_now(house).wall_ms,
                                     buddies, &count),
                     RC_OK);
    for (size_t i = 0; i < count; i++)
        letters[i] = buddies[i].name[0];
    letters[count] = 0;
    return letters;
}

/* --- asked, taken --- */

static void the_buddy_says_i_have_got_you_and_the_step_is_done(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor");
    porch_buddy(house, noor, ADA(house), BUDDY_ASKED);
    assert_int_equal(porch_find(house, noor).buddy_state, NEWCOMER_BUDDY_ASKED);
    assert_int_equal(porch_find(house, noor).steps[GUIDE_BUDDY], NEWCOMER_NOT_YET);
    int64_t facts = desk_facts(house);
    for (int i = 0; i < 2; i++)
        assert_int_equal(buddy_by(house, ADA(house), noor, ADA(house), BUDDY_TAKEN), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    struct newcomer newcomer = porch_find(house, noor);
    assert_int_equal(newcomer.buddy_state, NEWCOMER_BUDDY_TAKEN);
    assert_true(fact_id_is_same(newcomer.buddy, ADA(house)));
    assert_int_equal(newcomer.steps[GUIDE_BUDDY], NEWCOMER_DONE);
    assert_true(house_holds(house));
}

static void who_was_not_asked_may_take_them_as_long_as_nobody_has(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor");
    porch_buddy(house, noor, ADA(house), BUDDY_ASKED);
    assert_int_equal(buddy_by(house, BILAL(house), noor, BILAL(house), BUDDY_TAKEN), RC_OK);
    desk_expect_refused(house, buddy_by(house, ADA(house), noor, ADA(house), BUDDY_TAKEN),
                        "looks after");
    assert_true(fact_id_is_same(porch_find(house, noor).buddy, BILAL(house)));
}

static void nobody_is_their_own_buddy_and_nobody_names_a_third(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor");
    desk_expect_refused(house, buddy_by(house, noor, noor, noor, BUDDY_TAKEN), "else");
    desk_expect_refused(house, buddy_by(house, BILAL(house), noor, ADA(house), BUDDY_TAKEN),
                        "badge");
    assert_int_equal(buddy_by(house, CHLOE(house), noor, ADA(house), BUDDY_NAMED), RC_OK);
    assert_int_equal(buddy_by(house, nobody, noor, (struct fact_id){1, 9999}, BUDDY_ASKED),
                     RC_NOT_FOUND);
}

static void who_could_not_is_noted_once(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor");
    porch_buddy(house, noor, ADA(house), BUDDY_ASKED);
    int64_t facts = desk_facts(house);
    porch_buddy(house, noor, ADA(house), BUDDY_MISSED);
    porch_buddy(house, noor, ADA(house), BUDDY_MISSED);
    porch_buddy(house, noor, ADA(house), BUDDY_DECLINED);
    assert_int_equal(desk_facts(house), facts + 1);
    struct newcomer newcomer = porch_find(house, noor);
    assert_int_equal(newcomer.buddy_state, NEWCOMER_BUDDY_NONE);
    assert_int_equal(newcomer.passed_count, 1);
    assert_true(house_holds(house));
}

/* --- who could be --- */

static void only_who_is_here_seen_and_willing_could_be_asked(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor"), office_buddy = ADA(house);
    assert_string_equal(could_be_asked(house, noor), "");
    porch_make_buddy(house, office_buddy);
    assert_string_equal(could_be_asked(house, noor), ""); /* not here */
    house_tap(house, HOUSE_ADA);
    assert_string_equal(could_be_asked(house, noor), "A");
    house_tap(house, HOUSE_BILAL);
    assert_string_equal(could_be_asked(house, noor), "A"); /* did not agree */
    porch_make_buddy(house, BILAL(house));
    assert_int_equal(strlen(could_be_asked(house, noor)), 2);
    porch_buddy(house, noor, BILAL(house), BUDDY_MISSED);
    assert_string_equal(could_be_asked(house, noor), "A"); /* could not, for this one */
    const struct office ada = porch_office(house, ADA(house));
    assert_int_equal(welcome_consent(house->journal, &ada, ADA(house), CONSENT_HERE, false,
                                     LANGUAGE_FR, &house->reason),
                     RC_OK);
    assert_string_equal(could_be_asked(house, noor), ""); /* not to be seen any more */
}

static void newcomers_on_their_way_are_no_buddies_and_welcomed_ones_are(void **state)
{
    struct house *house = *state;
    struct fact_id noor = porch_begin(house, "Noor"), jef = porch_begin(house, "Jef");
    porch_make_buddy(house, jef);
    assert_string_equal(could_be_asked(house, noor), "");
    porch_welcome(house, jef);
    assert_string_equal(could_be_asked(house, noor), "J");
    assert_string_equal(could_be_asked(house, jef), "");
}

static void who_looks_after_enough_is_not_asked_for_half_a_year(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    porch_make_buddy(house, ADA(house));
    for (int i = 0; i < porch_guide()->buddy_newcomers; i++)
        porch_buddy(house, porch_begin(house, "Guest"), ADA(house), i ? BUDDY_TAKEN : BUDDY_NAMED);
    struct fact_id noor = porch_begin(house, "Noor");
    assert_string_equal(could_be_asked(house, noor), "");
    house_wait(house, 181 * DAY_MS);
    house_tap(house, HOUSE_ADA);
    assert_string_equal(could_be_asked(house, noor), "A");
}

/* --- whom they lost sight of --- */

static enum rc away(struct house *house, struct fact_id buddy, struct welcome_away *out_away)
{
    return welcome_away(house->journal, buddy, house_now(house).wall_ms, out_away);
}

static void a_newcomer_who_does_not_come_back_shows_after_three_weeks(void **state)
{
    struct house *house = *state;
    struct welcome_away found;
    struct fact_id noor = porch_begin(house, "Noor");
    int64_t first_ms = porch_find(house, noor).began_ms;
    porch_buddy(house, noor, ADA(house), BUDDY_TAKEN);
    house_wait(house, 21 * DAY_MS - HOUSE_MINUTE_MS);
    assert_int_equal(away(house, ADA(house), &found), RC_EMPTY);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_int_equal(away(house, ADA(house), &found), RC_OK);
    assert_true(fact_id_is_same(found.person, noor));
    assert_string_equal(found.name, "Noor");
    assert_int_equal(found.last_ms, first_ms);
    assert_int_equal(found.count, 1);
    assert_int_equal(away(house, BILAL(house), &found), RC_EMPTY);
    struct fact_id jef = porch_begin(house, "Jef");
    porch_buddy(house, jef, ADA(house), BUDDY_NAMED);
    house_wait(house, 22 * DAY_MS);
    assert_int_equal(away(house, ADA(house), &found), RC_OK);
    assert_string_equal(found.name, "Jef");
    assert_int_equal(found.count, 2);
    (void)house_press(house, jef, ANSWER_ARRIVAL); /* is back */
    (void)house_press(house, noor, ANSWER_ARRIVAL);
    assert_int_equal(away(house, ADA(house), &found), RC_EMPTY);
}

/* --- missions --- */

static void missions_say_where_hands_are_needed(void **state)
{
    struct house *house = *state;
    struct match matches[GUIDE_MISSIONS_MAX];
    int count = 0;
    struct fact_id noor = porch_begin(house, "Noor");
    const struct office office = porch_office(house, noor);
    const struct newcomer_said said = {
        .step = GUIDE_WHY, .how = NEWCOMER_DONE, .wishes = {[GUIDE_LIKES] = "food"}};
    assert_int_equal(welcome_step(house->journal, &office, noor, &said, &house->reason), RC_OK);
    /* Saturday 14:00; the bar needs two on Tuesday and one on Wednesday, and another later on */
    int64_t now_ms = house_now(house).wall_ms;
    (void)plan_one(house, "Bar", 3 * DAY_MIN, 120, 2);
    (void)plan_one(house, "TOOG", 4 * DAY_MIN, 120, 1);
    (void)plan_one(house, "Bar", 15 * DAY_MIN, 120, 5);
    assert_int_equal(welcome_missions(house->journal, noor, now_ms, matches, &count), RC_OK);
    assert_int_equal(count, 2);
    assert_int_equal(matches[0].mission, 1); /* the kitchen: because they like food */
    assert_int_equal(matches[0].like, 1);
    assert_int_equal(matches[0].needed, 0);
    assert_int_equal(matches[1].mission, 0);
    assert_int_equal(matches[1].needed, 3);
    assert_int_equal(matches[1].weekday, 2);
    assert_int_equal(matches[1].next_ms, now_ms + 3 * DAY_MS);
}

/* --- the list --- */

struct listed {
    struct welcome_row rows[8];
    int count;
};

static enum rc keep(void *context, const struct welcome_row *row)
{
    struct listed *listed = context;
    if (listed->count == 8)
        return RC_LIMIT;
    listed->rows[listed->count++] = *row;
    return RC_OK;
}

static struct listed list(struct house *house, int64_t since_ms)
{
    struct listed listed = {.count = 0};
    assert_int_equal(welcome_list(journal_db(house->journal), NULL, since_ms,
                                  house_now(house).wall_ms, keep, &listed),
                     RC_OK);
    return listed;
}

static void staff_see_who_began_and_who_may_be_the_same(void **state)
{
    struct house *house = *state;
    assert_int_equal(list(house, 0).count, 0);
    struct fact_id first = porch_begin(house, "Zoé");
    house_wait(house, HOUSE_HOUR_MS);
    (void)house_press(house, first, ANSWER_DEPARTURE);
    porch_buddy(house, first, ADA(house), BUDDY_TAKEN);
    house_wait(house, DAY_MS);
    porch_begin(house, "ZOE");
    porch_begin(house, "Zoélie");
    struct listed all = list(house, 0);
    assert_int_equal(all.count, 3);
    assert_string_equal(all.rows[2].full_name, "Zoé");
    assert_string_equal(all.rows[2].buddy, "Ada Dubois");
    assert_int_equal(all.rows[2].same_name, 1);
    assert_false(all.rows[2].is_in);
    assert_int_equal(all.rows[2].last_ms, all.rows[2].newcomer.began_ms);
    for (int i = 0; i < 2; i++) {
        assert_true(all.rows[i].is_in);
        assert_int_equal(all.rows[i].same_name, strcmp(all.rows[i].full_name, "ZOE") == 0);
    }
    assert_int_equal(list(house, all.rows[2].newcomer.began_ms + 1).count, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, porch_set_up, porch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_buddy_says_i_have_got_you_and_the_step_is_done),
        TEST(who_was_not_asked_may_take_them_as_long_as_nobody_has),
        TEST(nobody_is_their_own_buddy_and_nobody_names_a_third),
        TEST(who_could_not_is_noted_once),
        TEST(only_who_is_here_seen_and_willing_could_be_asked),
        TEST(newcomers_on_their_way_are_no_buddies_and_welcomed_ones_are),
        TEST(who_looks_after_enough_is_not_asked_for_half_a_year),
        TEST(a_newcomer_who_does_not_come_back_shows_after_three_weeks),
        TEST(missions_say_where_hands_are_needed),
        TEST(staff_see_who_began_and_who_may_be_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
