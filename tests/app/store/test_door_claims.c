/* Badges that a scene asked for, lent badges, and people who come in without one. */
#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "tests/support/house.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define SPARE "uid:04111111111111"

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

static void make(struct house *house, struct fact_id person, enum role role)
{
    house_record(house, FACT_ROLE_SET, person, json_pack("{s:s}", "role", role_name(role)));
}

static struct answer claim(struct house *house, enum tap_claim wanted, const char *badge)
{
    house->claim = wanted;
    struct answer answer = house_tap(house, badge);
    house->claim = TAP_CLAIM_NONE;
    return answer;
}

static struct answer enter(struct house *house, struct fact_id person, enum presence_how how,
                           struct fact_id by)
{
    struct door_result result;
    struct door_entry entry = {.person = person,
                               .how = how,
                               .by = by,
                               .now = house_now(house),
                               .occasion = house->occasion,
                               .home = LANGUAGE_FR};
    door_enter(house->journal, &entry, &result);
    house->disk = result.disk;
    return result.answer;
}

static struct answer link_badge(struct house *house, struct fact_id person, const char *text)
{
    struct badge badge;
    struct door_result result;
    const struct door_entry entry = {.person = person,
                                     .how = PRESENCE_NAME,
                                     .now = house_now(house),
                                     .occasion = house->occasion,
                                     .home = LANGUAGE_FR};
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    house->reason.text[0] = 0;
    door_link(house->journal, &entry, &badge, &result, &house->reason);
    house->disk = result.disk;
    return result.answer;
}

static void lend(struct house *house, struct fact_id person, int64_t until_ms)
{
    struct office office = {.now = house_now(house)};
    struct office_badge badge = {.person = person, .until_ms = until_ms, .is_lent = true};
    assert_int_equal(badge_from_reader(SPARE, &badge.badge), RC_OK);
    assert_int_equal(office_give_badge(house->journal, &office, &badge, &house->reason), RC_OK);
}

/* --- claims --- */

/* Who is claimed by whom. */
static const struct {
    enum role role;
    enum tap_claim claim;
    bool is_claimed;
} claims[] = {
    {ROLE_NONE, TAP_CLAIM_NONE, false},     {ROLE_STAFF, TAP_CLAIM_NONE, false},
    {ROLE_NONE, TAP_CLAIM_HOST, false},     {ROLE_HOST, TAP_CLAIM_HOST, true},
    {ROLE_REFERENT, TAP_CLAIM_HOST, true},  {ROLE_STAFF, TAP_CLAIM_HOST, true},
    {ROLE_NONE, TAP_CLAIM_STAFF, false},    {ROLE_HOST, TAP_CLAIM_STAFF, false},
    {ROLE_REFERENT, TAP_CLAIM_STAFF, true}, {ROLE_STAFF, TAP_CLAIM_STAFF, true},
    {ROLE_NONE, TAP_CLAIM_KNOWN, true},     {ROLE_STAFF, TAP_CLAIM_KNOWN, true},
    {ROLE_NONE, TAP_CLAIM_ANY, true},       {ROLE_STAFF, TAP_CLAIM_ANY, true},
};

static void a_claimed_badge_records_nothing_and_any_other_is_served(void **state)
{
    struct house *house = *state;
    for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        make(house, ADA(house), claims[i].role);
        house_wait(house, HOUSE_HOUR_MS);
        int64_t before = house_number(house, "SELECT count(*) FROM fact");
        struct answer answer = claim(house, claims[i].claim, HOUSE_ADA);
        assert_int_equal(answer.kind == ANSWER_CLAIMED, claims[i].is_claimed);
        assert_int_equal(house_number(house, "SELECT count(*) FROM fact") - before,
                         !claims[i].is_claimed);
        assert_int_equal(answer.role, claims[i].role);
        assert_string_equal(answer.first_name, "Ada");
        assert_true(answer.is_badge_known);
    }
    assert_true(house_holds(house));
}

static void a_claim_of_any_badge_tells_known_unknown_and_withdrawn_apart(void **state)
{
    struct house *house = *state;
    struct office office = {.now = house_now(house)};
    struct answer answer = claim(house, TAP_CLAIM_ANY, HOUSE_NOBODY);
    assert_int_equal(answer.kind, ANSWER_CLAIMED);
    assert_false(answer.is_badge_known);
    assert_true(fact_id_is_none(answer.person));
    assert_int_equal(
        office_withdraw(house->journal, &office, ADA(house), NULL, OFFICE_LOST, &house->reason),
        RC_OK);
    answer = claim(house, TAP_CLAIM_ANY, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_CLAIMED);
    assert_false(answer.is_badge_known);
    assert_true(fact_id_is_same(answer.person, ADA(house)));
}

static void a_withdrawn_badge_opens_no_staff_door_and_no_page(void **state)
{
    struct house *house = *state;
    struct office office = {.now = house_now(house)};
    make(house, ADA(house), ROLE_STAFF);
    assert_int_equal(
        office_withdraw(house->journal, &office, ADA(house), NULL, OFFICE_LOST, &house->reason),
        RC_OK);
    assert_int_equal(claim(house, TAP_CLAIM_STAFF, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(claim(house, TAP_CLAIM_HOST, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(claim(house, TAP_CLAIM_KNOWN, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(claim(house, TAP_CLAIM_KNOWN, HOUSE_NOBODY).kind, ANSWER_UNKNOWN);
}

static void an_unknown_badge_is_not_claimed_by_hosts_and_staff(void **state)
{
    struct house *house = *state;
    assert_int_equal(claim(house, TAP_CLAIM_STAFF, HOUSE_NOBODY).kind, ANSWER_UNKNOWN);
    assert_int_equal(claim(house, TAP_CLAIM_HOST, HOUSE_NOBODY).kind, ANSWER_UNKNOWN);
}

/* --- lent badges --- */

static void a_lent_badge_works_in_its_time_and_is_asked_back(void **state)
{
    struct house *house = *state;
    lend(house, ADA(house), house_now(house).wall_ms + 3 * HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, SPARE);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_false(answer.is_badge_lent);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    answer = house_tap(house, SPARE);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_true(answer.is_badge_lent);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_WITHDRAWN);
    assert_true(house_holds(house));
}

static void a_badge_of_ones_own_is_not_asked_back(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    assert_false(house_tap(house, HOUSE_ADA).is_badge_lent);
}

/* --- without a badge --- */

static void somebody_with_a_code_comes_and_goes_as_with_a_badge(void **state)
{
    struct house *house = *state;
    struct answer answer = enter(house, ADA(house), PRESENCE_NAME, (struct fact_id){0, 0});
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_string_equal(answer.first_name, "Ada");
    assert_int_equal(answer.here, 1);
    house_wait(house, 30000);
    assert_int_equal(enter(house, ADA(house), PRESENCE_NAME, (struct fact_id){0, 0}).kind,
                     ANSWER_ALREADY_IN);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_int_equal(house_number(house, "SELECT how_in=2 AND how_out=1 FROM visit"), 1);
    assert_true(house_holds(house));
}

static void a_host_vouches_and_the_fact_says_who(void **state)
{
    struct house *house = *state;
    char sql[200];
    assert_int_equal(enter(house, ADA(house), PRESENCE_STAFF, BILAL(house)).kind, ANSWER_ARRIVAL);
    assert_int_equal(house_number(house, "SELECT how_in FROM visit"), PRESENCE_STAFF);
    snprintf(sql, sizeof sql,
             "SELECT json_extract(CAST(body AS TEXT), '$.by[1]') FROM fact WHERE kind=%d",
             FACT_PRESS);
    assert_int_equal(house_number(house, sql), BILAL(house).seq);
}

static void an_entry_ends_a_forgotten_day_like_a_tap(void **state)
{
    struct house *house = *state;
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 20 * HOUSE_HOUR_MS);
    struct answer answer = enter(house, ADA(house), PRESENCE_NAME, (struct fact_id){0, 0});
    assert_int_equal(answer.kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_true(fact_id_is_same(answer.forgotten_visit, visit));
    assert_int_equal(house_undo(house, &answer), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_true(house_holds(house));
}

static void at_drinks_an_entry_of_who_is_in_asks(void **state)
{
    struct house *house = *state;
    house->occasion = OCCASION_DRINKS;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(enter(house, ADA(house), PRESENCE_NAME, (struct fact_id){0, 0}).kind,
                     ANSWER_ASKS);
}

static void who_is_not_there_cannot_enter(void **state)
{
    struct house *house = *state;
    struct answer answer = enter(house, (struct fact_id){1, 1}, PRESENCE_NAME, ADA(house));
    assert_int_equal(answer.kind, ANSWER_NOT_RECORDED);
    assert_int_equal(house->disk, RC_NOT_FOUND);
}

static void a_right_code_forgives_what_was_tried_before(void **state)
{
    struct house *house = *state;
    const struct fact_id nobody = {0, 0};
    house_record(house, FACT_CODE_MISSED, nobody, json_object());
    house_record(house, FACT_CODE_MISSED, nobody, json_object());
    assert_int_equal(house_number(house, "SELECT misses FROM tally WHERE name='code'"), 2);
    house_tap(house, HOUSE_BILAL);
    enter(house, BILAL(house), PRESENCE_STAFF, ADA(house));
    assert_int_equal(house_number(house, "SELECT misses FROM tally WHERE name='code'"), 2);
    enter(house, ADA(house), PRESENCE_NAME, nobody);
    assert_int_equal(house_number(house, "SELECT count(*) FROM tally"), 0);
    assert_true(house_holds(house));
}

/* --- this is my badge --- */

static void a_badge_that_becomes_theirs_lets_them_in_with_it(void **state)
{
    struct house *house = *state;
    struct answer answer = link_badge(house, ADA(house), SPARE);
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_string_equal(answer.first_name, "Ada");
    assert_int_equal(answer.here, 1);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_DEPARTURE);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

static void it_becomes_theirs_also_where_nothing_else_is_to_be_recorded(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 30000);
    assert_int_equal(link_badge(house, ADA(house), SPARE).kind, ANSWER_ALREADY_IN);
    assert_int_equal(house->disk, RC_OK);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void said_twice_it_is_theirs_once(void **state)
{
    struct house *house = *state;
    link_badge(house, ADA(house), SPARE);
    assert_int_equal(link_badge(house, ADA(house), SPARE).kind, ANSWER_ALREADY_IN);
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM badge"), HOUSE_PEOPLE + 1);
    assert_true(house_holds(house));
}

static void a_badge_that_cannot_become_theirs_lets_nobody_in(void **state)
{
    struct house *house = *state;
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(link_badge(house, ADA(house), HOUSE_BILAL).kind, ANSWER_NOT_RECORDED);
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "somebody else's"));
    assert_int_equal(link_badge(house, (struct fact_id){1, 1}, SPARE).kind, ANSWER_NOT_RECORDED);
    assert_int_equal(house->disk, RC_NOT_FOUND);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), facts);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_claimed_badge_records_nothing_and_any_other_is_served),
        TEST(a_claim_of_any_badge_tells_known_unknown_and_withdrawn_apart),
        TEST(a_withdrawn_badge_opens_no_staff_door_and_no_page),
        TEST(an_unknown_badge_is_not_claimed_by_hosts_and_staff),
        TEST(a_lent_badge_works_in_its_time_and_is_asked_back),
        TEST(a_badge_of_ones_own_is_not_asked_back),
        TEST(somebody_with_a_code_comes_and_goes_as_with_a_badge),
        TEST(a_host_vouches_and_the_fact_says_who),
        TEST(an_entry_ends_a_forgotten_day_like_a_tap),
        TEST(at_drinks_an_entry_of_who_is_in_asks),
        TEST(who_is_not_there_cannot_enter),
        TEST(a_right_code_forgives_what_was_tried_before),
        TEST(a_badge_that_becomes_theirs_lets_them_in_with_it),
        TEST(it_becomes_theirs_also_where_nothing_else_is_to_be_recorded),
        TEST(said_twice_it_is_theirs_once),
        TEST(a_badge_that_cannot_become_theirs_lets_nobody_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
