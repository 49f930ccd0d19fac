/* What is on decides what a tap means, and what the arrival is for. */
#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct house *begin(void **state)
{
    struct house *house = *state;
    house->occasion = OCCASION_COUNT; /* as the calendar says */
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        house_record(house, FACT_ROLE_SET, house->people[i], json_pack("{s:s}", "role", "host"));
    return house;
}

static struct fact_id put(struct house *house, enum occasion_kind kind, const char *title,
                          int from_min, int length_min)
{
    struct occasion occasion = plan_occasion(house, kind, title, from_min, length_min);
    return plan_put(house, &occasion);
}

static int64_t seconds(struct house *house)
{
    return house_number(house, "SELECT coalesce(sum(seconds), 0) FROM stint");
}

/* --- expected --- */

static void who_signed_up_is_expected_with_place_end_and_company(void **state)
{
    struct house *house = begin(state);
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 30, 180);
    snprintf(shop.place, sizeof shop.place, "Ground floor");
    int number = plan_shift(&shop, "Till", 3);
    const struct shift_id till = {plan_put(house, &shop), number};
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_string_equal(answer.shift.place, "Ground floor");
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_true(shift_id_is_same(answer.shift.of, till));
    assert_string_equal(answer.shift.title, "Till");
    assert_true(answer.shift.to_ms == HOUSE_BEGIN_MS + 210 * HOUSE_MINUTE_MS);
    assert_int_equal(answer.occasion, OCCASION_SHIFT);
    assert_int_equal(answer.beside_count, 1);
    assert_string_equal(answer.beside[0], "Bilal D.");
    assert_int_equal(answer.question, ANSWER_ASKS_NOTHING);
    assert_true(answer.shown_ms == 4000);
    house_wait(house, 220 * HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_int_equal(house_number(house, "SELECT sum(seconds) FROM stint WHERE mission='Till'"),
                     220 * 60);
    assert_true(house_holds(house));
}

static void a_late_arrival_is_expected_all_the_same_and_an_early_one_not_yet(void **state)
{
    struct house *house = begin(state);
    struct shift_id till = plan_one(house, "Till", 61, 60, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_true(fact_id_is_none(house_tap(house, HOUSE_ADA).shift.of.occasion));
    house_wait(house, 5 * HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 90 * HOUSE_MINUTE_MS);
    assert_true(shift_id_is_same(house_tap(house, HOUSE_ADA).shift.of, till));
}

static void a_night_shift_keeps_its_visit_open_beyond_the_day(void **state)
{
    struct house *house = begin(state);
    struct shift_id bake = plan_one(house, "Bread", 8 * 60, 8 * 60, 2); /* 22:00 to 06:00 */
    assert_int_equal(plan_sign_up(house, ADA(house), bake), RC_OK);
    house_wait(house, 8 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 8 * HOUSE_HOUR_MS + 30 * HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_int_equal(seconds(house), 8 * 3600 + 1800);
    assert_int_equal(house_number(house, "SELECT day FROM visit"), 20261121);
}

static void a_forgotten_departure_of_a_shift_is_its_end_and_is_asked_about(void **state)
{
    struct house *house = begin(state);
    struct shift_id till = plan_one(house, "Till", 0, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_true(answer.guess_ms[1] == HOUSE_BEGIN_MS + 2 * HOUSE_HOUR_MS);
    assert_int_equal(seconds(house), 7200);
    assert_int_equal(house_number(house, "SELECT is_assumed FROM stint"), 1);
}

static void a_button_on_a_visit_that_is_over_begins_a_new_one(void **state)
{
    struct house *house = begin(state);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    assert_int_equal(house_press(house, ADA(house), ANSWER_DEPARTURE).kind, ANSWER_HAS_LEFT);
    assert_int_equal(house_press(house, ADA(house), ANSWER_ARRIVAL).kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    house_wait(house, HOUSE_HOUR_MS);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    assert_int_equal(house_press(house, ADA(house), ANSWER_ARRIVAL).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

/* --- kinds --- */

static void at_the_drinks_presence_counts_and_hours_do_not(void **state)
{
    struct house *house = begin(state);
    struct fact_id drinks = put(house, OCCASION_DRINKS, "Apéro", 0, 300);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.occasion, OCCASION_DRINKS);
    assert_true(fact_id_is_same(answer.occasion_id, drinks));
    assert_string_equal(answer.occasion_title, "Apéro");
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE kind=2 AND how_out=1"),
                     1);
    assert_int_equal(seconds(house), 0);
    assert_true(house_holds(house));
}

static void hours_stop_where_the_drinks_begin(void **state)
{
    struct house *house = begin(state);
    put(house, OCCASION_DRINKS, "Apéro", 120, 300);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 4 * HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    assert_int_equal(seconds(house), 7200);
}

static void a_shift_at_the_drinks_counts(void **state)
{
    struct house *house = begin(state);
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Apéro", 0, 300);
    plan_shift(&drinks, "Bar", 2);
    drinks.shifts[0].to_ms = drinks.from_ms + HOUSE_HOUR_MS;
    struct shift_id bar = {plan_put(house, &drinks), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), bar), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 3 * HOUSE_HOUR_MS);
    house_press(house, ADA(house), ANSWER_DEPARTURE);
    assert_int_equal(seconds(house), 3600);
}

static void nobody_is_asked_when_they_left_the_drinks(void **state)
{
    struct house *house = begin(state);
    put(house, OCCASION_DRINKS, "Apéro", 0, 300);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 24 * HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(answer.forgotten_ms, 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=4"), 1);
    assert_true(house_holds(house));
}

static void what_a_tap_means_to_who_is_in(void **state)
{
    static const struct {
        enum occasion_kind kind;
        enum answer_kind answer;
    } rows[] = {
        {OCCASION_OPEN_DAY, ANSWER_DEPARTURE}, {OCCASION_SHIFT, ANSWER_DEPARTURE},
        {OCCASION_DRINKS, ANSWER_ASKS},        {OCCASION_ASSEMBLY, ANSWER_ASKS},
        {OCCASION_INFO, ANSWER_DEPARTURE},     {OCCASION_AGORA, ANSWER_DEPARTURE},
        {OCCASION_BASKET, ANSWER_ASKS},        {OCCASION_WORKSHOP, ANSWER_DEPARTURE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct house *house = house_open();
        void *opened = house;
        begin(&opened);
        put(house, rows[i].kind, "What is on", -10, 120);
        assert_int_equal(house_tap(house, HOUSE_ADA).occasion, rows[i].kind);
        house_wait(house, HOUSE_HOUR_MS);
        assert_int_equal(house_tap(house, HOUSE_ADA).kind, rows[i].answer);
        house_close(house);
    }
}

static void during_their_own_shift_a_tap_leaves_whatever_else_is_on(void **state)
{
    struct house *house = begin(state);
    struct shift_id till = plan_one(house, "Till", 0, 180, 1);
    put(house, OCCASION_BASKET, "Paniers", 0, 180);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_true(shift_id_is_same(answer.shift.of, till));
    assert_int_equal(answer.question, ANSWER_ASKS_NOTHING);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
}

static void staff_know_better_than_the_calendar(void **state)
{
    struct house *house = begin(state);
    put(house, OCCASION_SHIFT, "Shop", 0, 180);
    house->occasion = OCCASION_DRINKS;
    assert_int_equal(house_tap(house, HOUSE_ADA).occasion, OCCASION_DRINKS);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ASKS);
}

/* --- several at once --- */

static void several_occasions_are_asked_about_after_the_arrival(void **state)
{
    struct house *house = begin(state);
    struct fact_id info = put(house, OCCASION_INFO, "Séance d’info", 0, 90);
    put(house, OCCASION_BASKET, "Paniers", 0, 180);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(answer.occasion, OCCASION_OPEN_DAY);
    assert_int_equal(answer.question, ANSWER_ASKS_WHICH);
    assert_int_equal(answer.slot_count, 2);
    assert_true(answer.shown_ms == 20000);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    struct office office = {.by = ADA(house), .now = house_now(house)};
    struct fact_id fact;
    assert_int_equal(rota_attend(house->journal, &office, ADA(house), info, &fact, &house->reason),
                     RC_OK);
    assert_int_equal(house_number(house, "SELECT kind FROM visit"), OCCASION_INFO);
    assert_int_equal(rota_attend(house->journal, &office, ADA(house), (struct fact_id){0, 0}, &fact,
                                 &house->reason),
                     RC_OK);
    assert_int_equal(house_number(house, "SELECT kind FROM visit"), OCCASION_OPEN_DAY);
    assert_true(house_holds(house));
}

static void an_open_day_behind_something_else_is_not_asked_about(void **state)
{
    struct house *house = begin(state);
    put(house, OCCASION_OPEN_DAY, "Portes ouvertes", -60, 600);
    put(house, OCCASION_WORKSHOP, "Vélos", 0, 90);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.question, ANSWER_ASKS_NOTHING);
    assert_int_equal(answer.occasion, OCCASION_WORKSHOP);
}

static void only_who_is_in_says_what_for(void **state)
{
    struct house *house = begin(state);
    struct fact_id info = put(house, OCCASION_INFO, "Info", 0, 90), fact;
    struct office office = {.by = ADA(house), .now = house_now(house)};
    assert_int_equal(rota_attend(house->journal, &office, ADA(house), info, &fact, &house->reason),
                     RC_REFUSED);
    house_tap(house, HOUSE_ADA);
    info.seq = 1;
    assert_int_equal(rota_attend(house->journal, &office, ADA(house), info, &fact, &house->reason),
                     RC_NOT_FOUND);
}

/* --- can you help? --- */

static void where_hands_are_needed_who_comes_is_asked_for_help(void **state)
{
    struct house *house = begin(state);
    struct shift_id soon = plan_one(house, "Garden", 60, 120, 2);
    plan_one(house, "Tomorrow", 24 * 60, 120, 2);
    struct shift_id full = plan_one(house, "Till", 0, 120, 1);
    assert_int_equal(plan_sign_up(house, BILAL(house), full), RC_OK);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.question, ANSWER_ASKS_HELP);
    assert_int_equal(answer.slot_count, 1);
    assert_true(shift_id_is_same(answer.slots[0].of, soon));
    assert_int_equal(answer.slots[0].needed, 2);
    house_wait(house, 30 * HOUSE_MINUTE_MS);
    assert_int_equal(plan_sign_up(house, ADA(house), soon), RC_OK);
    house_wait(house, 150 * HOUSE_MINUTE_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_int_equal(house_number(house, "SELECT seconds FROM stint WHERE mission='Garden'"),
                     2 * 3600 + 1800);
    assert_int_equal(seconds(house), 3 * 3600);
}

static void a_newcomer_is_not_asked_to_work_alone(void **state)
{
    struct house *house = begin(state);
    house_add(house, "Dominique", HOUSE_NOBODY);
    plan_one(house, "Garden", 0, 120, 2);
    assert_int_equal(house_tap(house, HOUSE_NOBODY).question, ANSWER_ASKS_NOTHING);
}

static void nobody_at_the_drinks_is_asked_to_work(void **state)
{
    struct house *house = begin(state);
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Apéro", 0, 300);
    plan_shift(&drinks, "Bar", 2);
    plan_put(house, &drinks);
    assert_int_equal(house_tap(house, HOUSE_ADA).question, ANSWER_ASKS_NOTHING);
}

/* --- the touch --- */

static struct door_result choose(struct house *house, struct fact_id person, struct shift_id of)
{
    struct door_choice choice = {
        .person = person, .of = of, .now = house_now(house), .occasion = OCCASION_COUNT};
    struct door_result result;
    door_choose(house->journal, &choice, &result, &house->reason);
    return result;
}

static void a_touch_signs_up_and_greets_with_the_shift(void **state)
{
    struct house *house = begin(state);
    struct fact_id undo;
    struct shift_id soon = plan_one(house, "Garden", 30, 120, 1);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 5000);
    struct door_result result = choose(house, ADA(house), soon);
    assert_int_equal(result.disk, RC_OK);
    assert_int_equal(result.answer.kind, ANSWER_ARRIVAL);
    assert_true(shift_id_is_same(result.answer.shift.of, soon));
    assert_int_equal(result.answer.question, ANSWER_ASKS_NOTHING);
    assert_int_equal(choose(house, BILAL(house), soon).disk, RC_REFUSED);
    struct clock_reading now = house_now(house);
    assert_int_equal(
        door_undo(house->journal, FACT_UNDO, ADA(house), result.answer.fact, &now, &undo), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM sign_up"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_true(house_holds(house));
}

static void a_touch_says_what_somebody_came_for(void **state)
{
    struct house *house = begin(state);
    struct fact_id info = put(house, OCCASION_INFO, "Info", 0, 90);
    put(house, OCCASION_BASKET, "Paniers", 0, 180);
    house_tap(house, HOUSE_ADA);
    struct door_result result = choose(house, ADA(house), (struct shift_id){info, 0});
    assert_int_equal(result.disk, RC_OK);
    assert_int_equal(result.answer.occasion, OCCASION_INFO);
    assert_string_equal(result.answer.occasion_title, "Info");
    assert_int_equal(house_number(house, "SELECT kind FROM visit"), OCCASION_INFO);
}

/* --- signing off --- */

static void a_referent_who_leaves_at_the_end_of_a_shift_is_asked_to_sign_it_off(void **state)
{
    struct house *house = begin(state);
    struct shift_id till = plan_one(house, "Till", 0, 120, 2);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "referent"));
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, 115 * HOUSE_MINUTE_MS);
    assert_false(house_tap(house, HOUSE_BILAL).is_to_sign_off);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_true(answer.is_to_sign_off);
    assert_true(shift_id_is_same(answer.shift.of, till));
}

static void one_that_is_signed_off_is_not_asked_for_again(void **state)
{
    struct house *house = begin(state);
    struct shift_id till = plan_one(house, "Till", 0, 60, 2);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "referent"));
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    struct office office = {.by = ADA(house), .now = house_now(house)};
    assert_int_equal(rota_sign_off(house->journal, &office, till, SHIFT_ENOUGH, "", &house->reason),
                     RC_OK);
    assert_false(house_tap(house, HOUSE_ADA).is_to_sign_off);
}

/* --- organisations --- */

static void hours_go_to_the_organisation_of_the_shift(void **state)
{
    struct house *house = begin(state);
    struct office office = {.now = house_now(house)};
    struct occasion bikes = plan_occasion(house, OCCASION_SHIFT, "Vélos", 0, 60);
    assert_int_equal(rota_add_organisation(house->journal, &office, "Cyclo", &bikes.organisation,
                                           &house->reason),
                     RC_OK);
    plan_shift(&bikes, "Repairs", 1);
    struct shift_id repairs = {plan_put(house, &bikes), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), repairs), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 30 * HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(house_number(house, "SELECT count(*) FROM stint t JOIN organisation o"
                                         " ON o.station=t.organisation_station"
                                         " AND o.seq=t.organisation_seq WHERE t.seconds=1800"),
                     1);
    assert_int_equal(house_number(house, "SELECT organisation_seq>0 FROM visit"), 1);
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
        WITH_HOUSE(who_signed_up_is_expected_with_place_end_and_company),
        WITH_HOUSE(a_late_arrival_is_expected_all_the_same_and_an_early_one_not_yet),
        WITH_HOUSE(a_night_shift_keeps_its_visit_open_beyond_the_day),
        WITH_HOUSE(a_forgotten_departure_of_a_shift_is_its_end_and_is_asked_about),
        WITH_HOUSE(a_button_on_a_visit_that_is_over_begins_a_new_one),
        WITH_HOUSE(at_the_drinks_presence_counts_and_hours_do_not),
        WITH_HOUSE(hours_stop_where_the_drinks_begin),
        WITH_HOUSE(a_shift_at_the_drinks_counts),
        WITH_HOUSE(nobody_is_asked_when_they_left_the_drinks),
        cmocka_unit_test(what_a_tap_means_to_who_is_in),
        WITH_HOUSE(during_their_own_shift_a_tap_leaves_whatever_else_is_on),
        WITH_HOUSE(staff_know_better_than_the_calendar),
        WITH_HOUSE(several_occasions_are_asked_about_after_the_arrival),
        WITH_HOUSE(an_open_day_behind_something_else_is_not_asked_about),
        WITH_HOUSE(only_who_is_in_says_what_for),
        WITH_HOUSE(where_hands_are_needed_who_comes_is_asked_for_help),
        WITH_HOUSE(a_newcomer_is_not_asked_to_work_alone),
        WITH_HOUSE(nobody_at_the_drinks_is_asked_to_work),
        WITH_HOUSE(a_touch_signs_up_and_greets_with_the_shift),
        WITH_HOUSE(a_touch_says_what_somebody_came_for),
        WITH_HOUSE(a_referent_who_leaves_at_the_end_of_a_shift_is_asked_to_sign_it_off),
        WITH_HOUSE(one_that_is_signed_off_is_not_asked_for_again),
        WITH_HOUSE(hours_go_to_the_organisation_of_the_shift),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
