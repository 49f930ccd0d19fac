/* A basket is fetched once, by its owner or by who is named for it, and can be put back. */
#include "app/store/baskets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

static void give_basket(struct house *house, struct fact_id person, const char *number,
                        const char *size, const char *pauses, const char *fetchers)
{
    house_record(house, FACT_PERSON_CHANGED, person,
                 json_pack("{s:s,s:s,s:s,s:s}", "number", number, "basket", size, "basket_pauses",
                           pauses, "basket_fetchers", fetchers));
}

/* Ada's is large, Bilal's small and Chloé may fetch it; a pick-up of three hours is on. */
static struct fact_id begin(struct house *house)
{
    house->occasion = OCCASION_COUNT;
    give_basket(house, ADA(house), "1", "large", "2026-11-22/2026-11-25,2026-11-26", "");
    give_basket(house, BILAL(house), "2", "small", "", "1;Chloé Dubois");
    give_basket(house, CHLOE(house), "3", "", "", "");
    struct occasion occasion = plan_occasion(house, OCCASION_BASKET, "Paniers", 0, 180);
    return plan_put(house, &occasion);
}

/* A touch on the tile of `owner`'s basket. */
static struct answer fetch(struct house *house, struct fact_id who, struct fact_id owner)
{
    struct door_result result;
    const struct door_deed deed = {.person = who,
                                   .kind = DEED_BASKET,
                                   .other = owner,
                                   .text = "",
                                   .now = house_now(house),
                                   .occasion = house->occasion};
    house->reason.text[0] = 0;
    door_do(house->journal, &deed, &result, &house->reason);
    house->disk = result.disk;
    return result.answer;
}

static int fetched(struct house *house)
{
    return (int)house_number(house, "SELECT count(*) FROM deed WHERE kind=1");
}

static struct baskets_sum sum_of(struct house *house, struct fact_id occasion, int day)
{
    struct baskets_sum sum = {-1, -1, -1};
    const struct deeds_at at = {DEED_BASKET, occasion, day};
    assert_int_equal(baskets_count(journal_db(house->journal), &at, &sum), RC_OK);
    return sum;
}

static void who_arrives_is_told_of_theirs_and_of_those_they_may_fetch(void **state)
{
    struct house *house = *state;
    begin(house);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_string_equal(answer.basket.size, "large");
    assert_int_equal(answer.basket.fetched_ms, 0);
    assert_int_equal(answer.to_fetch_count, 2);
    assert_true(fact_id_is_same(answer.to_fetch[0].person, ADA(house)));
    assert_true(fact_id_is_same(answer.to_fetch[1].person, BILAL(house)));
    assert_string_equal(answer.to_fetch[1].name, "Bilal D.");
    answer = house_tap(house, HOUSE_CHLOE);
    assert_true(fact_id_is_none(answer.basket.person));
    assert_int_equal(answer.to_fetch_count, 1);
    assert_true(fact_id_is_same(answer.to_fetch[0].person, BILAL(house)));
    assert_int_equal(house_tap(house, HOUSE_BILAL).to_fetch_count, 1);
}

static void a_touch_fetches_it_and_who_fetched_it_stays_in(void **state)
{
    struct house *house = *state;
    struct fact_id pick_up = begin(house);
    house_tap(house, HOUSE_ADA);
    struct answer answer = fetch(house, ADA(house), ADA(house));
    assert_int_equal(house->disk, RC_OK);
    assert_true(answer.has_deed && answer.deed == DEED_BASKET && answer.undo_ms > 0);
    assert_true(fact_id_is_same(answer.fetched.person, ADA(house)));
    assert_string_equal(answer.fetched.size, "large");
    assert_string_equal(answer.fetched.fetched_by, "");
    assert_int_equal(answer.to_fetch_count, 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_int_equal(sum_of(house, pick_up, 20261121).left, 1);
    house_wait(house, 20000);
    answer = house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_MINUTE_MS);
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ASKS);
    assert_true(answer.basket.fetched_ms > 0);
    assert_int_equal(answer.to_fetch_count, 1);
    assert_true(house_holds(house));
}

static void for_somebody_else_it_is_theirs_and_says_who_did_it(void **state)
{
    struct house *house = *state;
    begin(house);
    house_tap(house, HOUSE_CHLOE);
    struct answer answer = fetch(house, CHLOE(house), BILAL(house));
    assert_int_equal(house->disk, RC_OK);
    assert_true(fact_id_is_same(answer.person, CHLOE(house)));
    assert_string_equal(answer.fetched.name, "Bilal D.");
    assert_string_equal(answer.fetched.fetched_by, "Chloé D.");
    assert_int_equal(answer.to_fetch_count, 0);
    struct answer bilals = house_tap(house, HOUSE_BILAL);
    assert_true(bilals.basket.fetched_ms > 0);
    assert_string_equal(bilals.basket.fetched_by, "Chloé D.");
    assert_int_equal(bilals.to_fetch_count, 0);
    /* Put back by whoever took it: it is there again for both. */
    assert_int_equal(house_undo(house, &answer), RC_OK);
    assert_int_equal(fetched(house), 0);
    house_wait(house, 2 * HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(house, HOUSE_BILAL).to_fetch_count, 1);
    assert_true(house_holds(house));
}

static void two_people_who_fetch_the_same_at_once_get_it_once(void **state)
{
    struct house *house = *state;
    begin(house);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_CHLOE);
    fetch(house, CHLOE(house), BILAL(house));
    assert_int_equal(house->disk, RC_OK);
    fetch(house, BILAL(house), BILAL(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "has been fetched already"));
    fetch(house, ADA(house), BILAL(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_int_equal(fetched(house), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=32"), 1);
    /* Two stations that knew nothing of each other: the later one holds, and there is one. */
    house_record(
        house, FACT_DEED, BILAL(house),
        json_pack("{s:s,s:[I,I]}", "deed", "basket", "occasion",
                  (json_int_t)house_number(house, "SELECT max(occasion_station) FROM deed"),
                  (json_int_t)house_number(house, "SELECT max(occasion_seq) FROM deed")));
    assert_int_equal(fetched(house), 1);
    assert_true(house_holds(house));
}

static void the_same_touch_again_is_the_same_touch(void **state)
{
    struct house *house = *state;
    begin(house);
    house_tap(house, HOUSE_ADA);
    struct answer first = fetch(house, ADA(house), ADA(house));
    house_wait(house, 3000);
    struct answer answer = fetch(house, ADA(house), ADA(house));
    assert_int_equal(house->disk, RC_OK);
    assert_true(fact_id_is_same(answer.fact, first.fact) && answer.undo_ms == first.undo_ms - 3000);
    house_wait(house, 11000);
    fetch(house, ADA(house), ADA(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_int_equal(fetched(house), 1);
}

static void none_paused_or_not_for_them_is_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    begin(house);
    house_tap(house, HOUSE_CHLOE);
    fetch(house, CHLOE(house), CHLOE(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "There is no basket under this name."));
    fetch(house, CHLOE(house), ADA(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "has not named you"));
    house_wait(house, 24 * HOUSE_HOUR_MS);
    struct occasion next = plan_occasion(house, OCCASION_BASKET, "Paniers", 0, 180);
    struct fact_id id = plan_put(house, &next);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.basket.paused_until, 20261126);
    assert_int_equal(answer.to_fetch_count, 1);
    fetch(house, ADA(house), ADA(house));
    assert_int_equal(house->disk, RC_REFUSED);
    assert_non_null(strstr(house->reason.text, "paused today"));
    assert_int_equal(fetched(house), 0);
    assert_int_equal(sum_of(house, id, 20261122).paused, 1);
    assert_int_equal(sum_of(house, id, 20261122).all, 1);
}

static void a_host_fetches_for_anybody_and_the_command_line_too(void **state)
{
    struct house *house = *state;
    begin(house);
    house_record(house, FACT_ROLE_SET, CHLOE(house), json_pack("{s:s}", "role", "host"));
    house_tap(house, HOUSE_CHLOE);
    fetch(house, CHLOE(house), ADA(house));
    assert_int_equal(house->disk, RC_OK);
    const struct office office = {.now = house_now(house)};
    struct deed deed = {.kind = DEED_BASKET, .other = ADA(house)};
    struct fact_id fact;
    assert_int_equal(
        deeds_record(house->journal, &office, BILAL(house), &deed, &fact, &house->reason), RC_OK);
    assert_int_equal(fetched(house), 2);
}

static void each_pick_up_has_its_own_and_one_that_staff_chose_has_the_days(void **state)
{
    struct house *house = *state;
    struct fact_id first = begin(house);
    house_tap(house, HOUSE_BILAL);
    fetch(house, BILAL(house), BILAL(house));
    house_wait(house, 4 * HOUSE_HOUR_MS);
    struct occasion second = plan_occasion(house, OCCASION_BASKET, "Paniers", 0, 60);
    struct fact_id id = plan_put(house, &second);
    assert_int_equal(sum_of(house, first, 20261121).left, 1);
    assert_int_equal(sum_of(house, id, 20261121).left, 2);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house->occasion = OCCASION_BASKET; /* and the calendar has none */
    fetch(house, BILAL(house), BILAL(house));
    assert_int_equal(house->disk, RC_OK);
    assert_int_equal(sum_of(house, (struct fact_id){0, 0}, 20261121).left, 1);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    fetch(house, BILAL(house), BILAL(house));
    assert_int_equal(house->disk, RC_OK);
    assert_true(house_holds(house));
}

static enum rc note(void *context, const struct baskets_row *row)
{
    char *text = context;
    size_t used = strlen(text);
    snprintf(text + used, 200 - used, "%s:%s%s ", row->owner.first_name, row->size,
             row->fetched_ms ? "!" : "");
    return RC_OK;
}

static void a_basket_that_was_fetched_stays_on_the_list_with_the_size_it_had(void **state)
{
    struct house *house = *state;
    struct fact_id pick_up = begin(house);
    const struct deeds_at at = {DEED_BASKET, pick_up, 20261121};
    char text[200] = "";
    fetch(house, ADA(house), ADA(house));
    fetch(house, BILAL(house), BILAL(house));
    give_basket(house, ADA(house), "1", "", "", "");
    give_basket(house, BILAL(house), "2", "half", "2026-11-21", "");
    assert_int_equal(baskets_list(journal_db(house->journal), &at, note, text), RC_OK);
    assert_string_equal(text, "Ada:large! Bilal:small! ");
    assert_int_equal(sum_of(house, pick_up, 20261121).all, 2);
    assert_int_equal(sum_of(house, pick_up, 20261121).left, 0);
}

static void their_own_comes_first_and_more_than_fit_come_later(void **state)
{
    struct house *house = *state;
    begin(house);
    for (int i = 0; i < ANSWER_BASKETS_MAX + 2; i++) {
        char name[16];
        snprintf(name, sizeof name, "Aa%d", i);
        give_basket(house, house_add(house, name, NULL), "", "half", "", "2");
    }
    struct answer answer = house_tap(house, HOUSE_BILAL);
    assert_int_equal(answer.to_fetch_count, ANSWER_BASKETS_MAX);
    assert_true(fact_id_is_same(answer.to_fetch[0].person, BILAL(house)));
    for (int i = 0; i < ANSWER_BASKETS_MAX + 3; i++) {
        assert_true(answer.to_fetch_count > 0);
        answer = fetch(house, BILAL(house), answer.to_fetch[0].person);
        assert_int_equal(house->disk, RC_OK);
    }
    assert_int_equal(answer.to_fetch_count, 0);
    assert_int_equal(fetched(house), ANSWER_BASKETS_MAX + 3);
}

static int open_house(void **state)
{
    *state = house_open();
    return 0;
}

static int close_house(void **state)
{
    house_close(*state);
    return 0;
}

#define WITH_HOUSE(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(who_arrives_is_told_of_theirs_and_of_those_they_may_fetch),
        WITH_HOUSE(a_touch_fetches_it_and_who_fetched_it_stays_in),
        WITH_HOUSE(for_somebody_else_it_is_theirs_and_says_who_did_it),
        WITH_HOUSE(two_people_who_fetch_the_same_at_once_get_it_once),
        WITH_HOUSE(the_same_touch_again_is_the_same_touch),
        WITH_HOUSE(none_paused_or_not_for_them_is_refused_with_a_sentence),
        WITH_HOUSE(a_host_fetches_for_anybody_and_the_command_line_too),
        WITH_HOUSE(each_pick_up_has_its_own_and_one_that_staff_chose_has_the_days),
        WITH_HOUSE(a_basket_that_was_fetched_stays_on_the_list_with_the_size_it_had),
        WITH_HOUSE(their_own_comes_first_and_more_than_fit_come_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
