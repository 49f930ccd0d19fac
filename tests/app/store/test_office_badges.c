/* Badges given, lent, replaced and withdrawn. */
#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup.h"
#include "tests/support/desk.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

static enum rc give(struct house *house, const struct office_badge *badge)
{
    struct office office = desk_office(house);
    return office_give_badge(house->journal, &office, badge, &house->reason);
}

static enum rc give_plain(struct house *house, struct fact_id person, const char *text)
{
    struct office_badge badge = desk_gift(person, text);
    return give(house, &badge);
}

static enum rc lend(struct house *house, struct fact_id person, const char *text, int64_t until_ms)
{
    struct office_badge badge = desk_gift(person, text);
    badge.is_lent = true;
    badge.until_ms = until_ms;
    return give(house, &badge);
}

static enum rc withdraw(struct house *house, struct fact_id person, const char *text,
                        enum office_why why)
{
    struct office office = desk_office(house);
    struct badge badge;
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    struct badge_hash hash = badge_hash(&badge, journal_key(house->journal));
    return office_withdraw(house->journal, &office, person, &hash, why, &house->reason);
}

static enum rc withdraw_all(struct house *house, struct fact_id person)
{
    struct office office = desk_office(house);
    return office_withdraw(house->journal, &office, person, NULL, OFFICE_LOST, &house->reason);
}

static enum rc replace(struct house *house, struct fact_id person, const char *text)
{
    struct office office = desk_office(house);
    struct office_badge badge = desk_gift(person, text);
    return office_replace_badge(house->journal, &office, &badge, &house->reason);
}

static void a_badge_given_opens_at_once_and_says_who_gave_it(void **state)
{
    struct house *house = *state;
    char sql[200];
    assert_int_equal(give_plain(house, ADA(house), DESK_SPARE), RC_OK);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_ARRIVAL);
    snprintf(sql, sizeof sql,
             "SELECT json_extract(CAST(body AS TEXT), '$.by[1]') FROM fact WHERE kind=%d"
             " ORDER BY seq DESC LIMIT 1",
             FACT_BADGE_GIVEN);
    assert_int_equal(house_number(house, sql), CHLOE(house).seq);
    assert_true(house_holds(house));
}

static void a_phone_is_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    desk_expect_refused(house, give_plain(house, ADA(house), DESK_PHONE), "phone");
    assert_int_equal(desk_facts(house), before);
}

static void a_badge_that_is_somebodys_is_refused_in_whatever_writing(void **state)
{
    struct house *house = *state;
    char decimal[32];
    snprintf(decimal, sizeof decimal, "num:%010u", 0xFDE6F1C2u); /* Bilal's, as a wedge types it */
    desk_expect_refused(house, give_plain(house, ADA(house), HOUSE_BILAL), "somebody else's");
    desk_expect_refused(house, give_plain(house, ADA(house), decimal), "somebody else's");
    desk_expect_refused(house, give_plain(house, ADA(house), HOUSE_ADA), "theirs already");
}

static void a_badge_for_nobody_is_not_found(void **state)
{
    struct house *house = *state;
    assert_int_equal(give_plain(house, (struct fact_id){1, 1}, DESK_SPARE), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "not in the register"));
}

static void a_lost_badge_opens_nothing_and_is_not_given_again(void **state)
{
    struct house *house = *state;
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_LOST), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    desk_expect_refused(house, give_plain(house, BILAL(house), HOUSE_ADA), "lost or replaced");
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_LOST), RC_NOT_FOUND);
}

static void a_badge_that_came_back_can_be_given_again(void **state)
{
    struct house *house = *state;
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_RETURNED), RC_OK);
    assert_int_equal(give_plain(house, BILAL(house), HOUSE_ADA), RC_OK);
    assert_string_equal(house_tap(house, HOUSE_ADA).first_name, "Bilal");
    assert_true(house_holds(house));
}

static void a_lent_badge_passes_on_when_its_borrower_is_out(void **state)
{
    struct house *house = *state;
    assert_int_equal(lend(house, ADA(house), DESK_SPARE, 0), RC_OK);
    assert_string_equal(house_tap(house, DESK_SPARE).first_name, "Ada");
    desk_expect_refused(house, lend(house, BILAL(house), DESK_SPARE, 0), "still in the house");
    house_wait(house, HOUSE_HOUR_MS);
    assert_true(house_tap(house, DESK_SPARE).is_badge_lent);
    assert_int_equal(lend(house, BILAL(house), DESK_SPARE, 0), RC_OK);
    assert_string_equal(house_tap(house, DESK_SPARE).first_name, "Bilal");
    assert_int_equal(house_number(house, "SELECT count(*) FROM badge WHERE is_lent"
                                         " AND NOT is_withdrawn"),
                     1);
    assert_true(house_holds(house));
}

static void a_lent_badge_whose_time_is_over_passes_on_although_its_borrower_is_in(void **state)
{
    struct house *house = *state;
    int64_t until_ms = house_now(house).wall_ms + HOUSE_HOUR_MS;
    assert_int_equal(lend(house, ADA(house), DESK_SPARE, until_ms), RC_OK);
    house_tap(house, DESK_SPARE);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_WITHDRAWN);
    assert_int_equal(lend(house, BILAL(house), DESK_SPARE, 0), RC_OK);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_ARRIVAL);
}

static void a_lent_badge_can_be_lent_to_the_same_person_for_longer(void **state)
{
    struct house *house = *state;
    int64_t now_ms = house_now(house).wall_ms;
    assert_int_equal(lend(house, ADA(house), DESK_SPARE, now_ms + HOUSE_HOUR_MS), RC_OK);
    house_tap(house, DESK_SPARE);
    assert_int_equal(lend(house, ADA(house), DESK_SPARE, now_ms + 9 * HOUSE_HOUR_MS), RC_OK);
    house_wait(house, 5 * HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_DEPARTURE);
}

static void all_badges_of_a_person_are_withdrawn_at_once(void **state)
{
    struct house *house = *state;
    assert_int_equal(give_plain(house, ADA(house), DESK_SPARE), RC_OK);
    assert_int_equal(lend(house, ADA(house), DESK_SPARE_2, 0), RC_OK);
    assert_int_equal(withdraw_all(house, ADA(house)), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, DESK_SPARE_2).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, HOUSE_BILAL).kind, ANSWER_ARRIVAL);
}

static void replacing_withdraws_what_is_for_good_and_leaves_what_is_lent(void **state)
{
    struct house *house = *state;
    assert_int_equal(lend(house, ADA(house), DESK_SPARE_2, 0), RC_OK);
    assert_int_equal(replace(house, ADA(house), DESK_SPARE), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_ARRIVAL);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, DESK_SPARE_2).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void replacing_by_a_badge_that_cannot_be_given_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = desk_facts(house);
    desk_expect_refused(house, replace(house, ADA(house), HOUSE_BILAL), "somebody else's");
    desk_expect_refused(house, replace(house, ADA(house), HOUSE_ADA), "theirs already");
    desk_expect_refused(house, replace(house, ADA(house), DESK_PHONE), "phone");
    assert_int_equal(desk_facts(house), before);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
}

static void a_person_has_room_for_many_badges_and_a_sentence_for_too_many(void **state)
{
    struct house *house = *state;
    char text[32];
    for (int i = 1; i < FOLD_BADGES_MAX; i++) {
        snprintf(text, sizeof text, "uid:04%012X", i);
        assert_int_equal(give_plain(house, ADA(house), text), RC_OK);
    }
    desk_expect_refused(house, give_plain(house, ADA(house), DESK_SPARE), "too many badges");
    assert_int_equal(withdraw(house, ADA(house), "uid:04000000000001", OFFICE_LOST), RC_OK);
    assert_int_equal(give_plain(house, ADA(house), DESK_SPARE),
                     RC_OK); /* in the place of the lost one */
    assert_int_equal(house_tap(house, DESK_SPARE).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_badge_given_opens_at_once_and_says_who_gave_it),
        TEST(a_phone_is_refused_with_a_sentence),
        TEST(a_badge_that_is_somebodys_is_refused_in_whatever_writing),
        TEST(a_badge_for_nobody_is_not_found),
        TEST(a_lost_badge_opens_nothing_and_is_not_given_again),
        TEST(a_badge_that_came_back_can_be_given_again),
        TEST(a_lent_badge_passes_on_when_its_borrower_is_out),
        TEST(a_lent_badge_whose_time_is_over_passes_on_although_its_borrower_is_in),
        TEST(a_lent_badge_can_be_lent_to_the_same_person_for_longer),
        TEST(all_badges_of_a_person_are_withdrawn_at_once),
        TEST(replacing_withdraws_what_is_for_good_and_leaves_what_is_lent),
        TEST(replacing_by_a_badge_that_cannot_be_given_changes_nothing),
        TEST(a_person_has_room_for_many_badges_and_a_sentence_for_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
