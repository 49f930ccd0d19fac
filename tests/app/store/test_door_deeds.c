/* What somebody touches at an occasion: the drink, the need, and what their result says of it. */
#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct fact_id put(struct house *house, enum occasion_kind kind, const char *title)
{
    struct occasion occasion = plan_occasion(house, kind, title, 0, 300);
    house->occasion = OCCASION_COUNT; /* as the calendar says */
    return plan_put(house, &occasion);
}

static struct answer touch(struct house *house, struct fact_id person, enum deed_kind kind,
                           const char *text)
{
    struct door_result result;
    const struct door_deed deed = {.person = person,
                                   .kind = kind,
                                   .text = text,
                                   .now = house_now(house),
                                   .occasion = house->occasion,
                                   .home = LANGUAGE_FR};
    door_do(house->journal, &deed, &result, &house->reason);
    house->disk = result.disk;
    return result.answer;
}

static void a_touch_is_a_drink_that_is_told_and_can_be_taken_back(void **state)
{
    struct house *house = *state;
    struct fact_id drinks = put(house, OCCASION_DRINKS, "Apéro");
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).drinks, 0);
    struct answer answer = touch(house, ADA(house), DEED_DRINK, "");
    assert_int_equal(answer.kind, ANSWER_ASKS);
    assert_true(answer.has_deed);
    assert_int_equal(answer.deed, DEED_DRINK);
    assert_int_equal(answer.occasion, OCCASION_DRINKS);
    assert_true(fact_id_is_same(answer.occasion_id, drinks));
    assert_string_equal(answer.first_name, "Ada");
    assert_int_equal(answer.drinks, 1);
    assert_true(answer.shown_ms == 4000 && answer.undo_ms == 10000);
    assert_true(answer.arrived_ms == HOUSE_BEGIN_MS);
    assert_int_equal(house_undo(house, &answer), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
    assert_true(house_holds(house));
}

static void the_second_touch_tells_the_first_with_what_is_left_of_its_undo(void **state)
{
    struct house *house = *state;
    put(house, OCCASION_DRINKS, "Apéro");
    house_tap(house, HOUSE_ADA);
    struct answer first = touch(house, ADA(house), DEED_DRINK, "");
    house_wait(house, 3000);
    int64_t facts = desk_facts(house);
    struct answer second = touch(house, ADA(house), DEED_DRINK, "");
    assert_true(second.has_deed);
    assert_true(fact_id_is_same(second.fact, first.fact));
    assert_true(second.undo_ms == 7000);
    assert_int_equal(second.drinks, 1);
    assert_int_equal(desk_facts(house), facts);
    house_wait(house, 7000); /* its last moment: the same one still, and no undo any more */
    second = touch(house, ADA(house), DEED_DRINK, "");
    assert_true(fact_id_is_none(second.fact));
    assert_int_equal(second.undo_ms, 0);
    assert_int_equal(desk_facts(house), facts);
}

static void a_drink_is_nobody_elses(void **state)
{
    struct house *house = *state;
    put(house, OCCASION_DRINKS, "Apéro");
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    assert_int_equal(touch(house, ADA(house), DEED_DRINK, "").drinks, 1);
    struct answer answer = touch(house, BILAL(house), DEED_DRINK, "");
    assert_int_equal(answer.drinks, 1);
    assert_string_equal(answer.first_name, "Bilal");
}

static void what_staff_say_is_on_offers_a_drink_too(void **state)
{
    struct house *house = *state;
    house->occasion = OCCASION_DRINKS;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
    assert_int_equal(touch(house, ADA(house), DEED_DRINK, "").drinks, 1);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).drinks, 1);
}

static void a_need_is_kept_in_the_words_it_was_said_in(void **state)
{
    struct house *house = *state;
    struct fact_id agora = put(house, OCCASION_AGORA, "Agora");
    house_tap(house, HOUSE_ADA);
    struct answer answer = touch(house, ADA(house), DEED_NEED, "Une rampe, à la porte arrière");
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(answer.deed, DEED_NEED);
    assert_true(answer.undo_ms == 10000);
    assert_true(fact_id_is_same(answer.occasion_id, agora));
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed WHERE kind=3 AND"
                                         " text='Une rampe, à la porte arrière'"),
                     1);
    assert_true(fact_id_is_none(touch(house, ADA(house), DEED_NEED, " ").fact));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "Nothing is written"));
    assert_true(house_holds(house));
}

static void who_left_meanwhile_is_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    put(house, OCCASION_DRINKS, "Apéro");
    house_tap(house, HOUSE_ADA);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    struct answer answer = touch(house, ADA(house), DEED_DRINK, "");
    assert_int_equal(house->disk, RC_REFUSED);
    assert_int_equal(answer.kind, ANSWER_NOT_RECORDED);
    assert_non_null(strstr(house->reason.text, "in the house"));
    answer = touch(house, (struct fact_id){1, 99}, DEED_DRINK, "");
    assert_int_equal(house->disk, RC_NOT_FOUND);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed"), 0);
}

static void drinks_after_a_shift_stop_its_hours_and_a_drink_gives_none(void **state)
{
    struct house *house = *state;
    struct shift_id till = plan_one(house, "Till", 0, 120, 1);
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Apéro", 120, 180);
    house->occasion = OCCASION_COUNT;
    plan_put(house, &drinks);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "host"));
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 4 * HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
    assert_int_equal(touch(house, ADA(house), DEED_DRINK, "").drinks, 1);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    assert_int_equal(house_number(house, "SELECT sum(seconds) FROM stint"), 7200);
    assert_true(house_holds(house));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_touch_is_a_drink_that_is_told_and_can_be_taken_back),
        TEST(the_second_touch_tells_the_first_with_what_is_left_of_its_undo),
        TEST(a_drink_is_nobody_elses),
        TEST(what_staff_say_is_on_offers_a_drink_too),
        TEST(a_need_is_kept_in_the_words_it_was_said_in),
        TEST(who_left_meanwhile_is_refused_with_a_sentence),
        TEST(drinks_after_a_shift_stop_its_hours_and_a_drink_gives_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
