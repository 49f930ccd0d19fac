/* Shifts signed up for, excused, stood in for, moved, called off and signed off. */
#include "app/store/rota.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/door.h"
#include "app/store/lookup.h"
#include "app/store/lookup_hours.h"
#include "tests/support/desk.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

static struct office by(struct house *house, struct fact_id person)
{
    return (struct office){.by = person, .now = house_now(house)};
}

static enum rc excuse(struct house *house, struct fact_id person, struct shift_id of,
                      const char *why)
{
    struct office office = by(house, person);
    struct fact_id fact;
    return rota_excuse(house->journal, &office, person, of, why, &fact, &house->reason);
}

static enum rc seek(struct house *house, struct fact_id person, struct shift_id of, bool is_sought)
{
    struct office office = by(house, person);
    struct fact_id fact;
    return rota_seek_stand_in(house->journal, &office, person, of, is_sought, &fact,
                              &house->reason);
}

static struct sign_up promise_of(struct house *house, struct fact_id person, struct shift_id of)
{
    struct sign_ups sign_ups;
    assert_int_equal(lookup_hours_sign_ups(journal_db(house->journal), person, 0, &sign_ups),
                     RC_OK);
    const struct sign_up *found = sign_ups_find(&sign_ups, of);
    assert_non_null(found);
    struct sign_up sign_up = *found;
    sign_ups_finish(&sign_ups);
    return sign_up;
}

static struct lookup_shift shift_of(struct house *house, struct shift_id of)
{
    struct lookup_shift shift;
    assert_int_equal(lookup_one_shift(journal_db(house->journal), of, &shift), RC_OK);
    return shift;
}

/* Everybody knows the work. */
static void make_experienced(struct house *house)
{
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        house_record(house, FACT_ROLE_SET, house->people[i], json_pack("{s:s}", "role", "host"));
}

/* --- signing up --- */

static void a_sign_up_takes_a_place_and_a_second_one_changes_nothing(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 2);
    assert_int_equal(shift_of(house, till).slot.needed, 2);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), facts);
    assert_int_equal(shift_of(house, till).slot.needed, 1);
    assert_string_equal(promise_of(house, ADA(house), till).mission, "Till");
    assert_true(house_holds(house));
}

static void the_last_place_goes_to_one_of_two(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    desk_expect_refused(house, plan_sign_up(house, BILAL(house), till), "All places");
    assert_int_equal(shift_of(house, till).standing, 1);
}

static void a_shift_without_a_number_of_places_takes_all(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id garden = plan_one(house, "Garden", 60, 120, 0);
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        assert_int_equal(plan_sign_up(house, house->people[i], garden), RC_OK);
    assert_int_equal(shift_of(house, garden).slot.needed, 0);
}

static void two_shifts_at_one_time_are_refused_one_after_the_other_not(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id first = plan_one(house, "Till", 60, 120, 2);
    struct shift_id across = plan_one(house, "Garden", 120, 120, 2);
    struct shift_id next = plan_one(house, "Kitchen", 180, 60, 2);
    assert_int_equal(plan_sign_up(house, ADA(house), first), RC_OK);
    desk_expect_refused(house, plan_sign_up(house, ADA(house), across), "another shift");
    assert_int_equal(plan_sign_up(house, ADA(house), next), RC_OK);
}

static void what_is_over_or_not_there_is_not_signed_up_for(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 0, 60, 2);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    desk_expect_refused(house, plan_sign_up(house, ADA(house), till), "over");
    till.number = 7;
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_NOT_FOUND);
    till.occasion.seq = 1;
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "not in the calendar"));
}

/* --- never alone on a first shift --- */

static void a_first_shift_waits_for_somebody_who_knows_the_work(void **state)
{
    struct house *house = *state;
    plan_experience(house, BILAL(house), ROTA_EXPERIENCED_DAYS);
    struct shift_id till = plan_one(house, "Till", 60, 120, 3);
    desk_expect_refused(house, plan_sign_up(house, ADA(house), till), "first shift");
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
}

static void two_days_are_not_yet_experience_but_no_longer_a_first_shift(void **state)
{
    struct house *house = *state;
    plan_experience(house, BILAL(house), ROTA_EXPERIENCED_DAYS - 1);
    struct shift_id till = plan_one(house, "Till", 60, 120, 3);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    desk_expect_refused(house, plan_sign_up(house, ADA(house), till), "first shift");
}

static void a_named_referent_is_company(void **state)
{
    struct house *house = *state;
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 60, 60);
    plan_shift(&shop, "Till", 2);
    snprintf(shop.shifts[0].referent, sizeof shop.shifts[0].referent, "%s", "Bilal");
    plan_put(house, &shop);
    assert_int_equal(plan_sign_up(house, ADA(house), (struct shift_id){shop.id, 1}), RC_OK);
}

/* --- excused, replaced --- */

static void who_is_excused_makes_room_and_may_come_back(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(excuse(house, ADA(house), till, " the child is ill "), RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_EXCUSED);
    char why[32];
    assert_int_equal(lookup_text(journal_db(house->journal),
                                 promise_of(house, ADA(house), till).fact, "reason", why,
                                 sizeof why),
                     RC_OK);
    assert_string_equal(why, "the child is ill");
    assert_int_equal(excuse(house, ADA(house), till, ""), RC_NOT_FOUND);
    assert_int_equal(shift_of(house, till).slot.needed, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_STANDS);
    assert_true(house_holds(house));
}

static void somebody_stands_in_for_who_looks_for_it(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(shift_of(house, till).slot.needed, 1);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    struct sign_up replaced = promise_of(house, ADA(house), till);
    assert_int_equal(replaced.end, SIGN_UP_REPLACED);
    assert_true(fact_id_is_same(replaced.replaced_by, BILAL(house)));
    assert_int_equal(promise_of(house, BILAL(house), till).end, SIGN_UP_STANDS);
    assert_int_equal(shift_of(house, till).standing, 1);
    assert_true(house_holds(house));
}

static void undo(struct house *house, struct fact_id person, struct fact_id fact)
{
    const struct clock_reading now = house_now(house);
    assert_int_equal(door_undo(house->journal, FACT_UNDO, person, fact, &now, &fact), RC_OK);
}

static void who_was_replaced_looks_again_when_the_other_takes_it_back(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    undo(house, BILAL(house), promise_of(house, BILAL(house), till).fact);
    struct sign_up back = promise_of(house, ADA(house), till);
    assert_int_equal(back.end, SIGN_UP_STANDS);
    assert_true(back.is_stand_in_sought);
    assert_true(fact_id_is_none(back.replaced_by));
    assert_int_equal(shift_of(house, till).standing, 1);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK); /* and may be replaced */
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_REPLACED);
    assert_true(house_holds(house));
}

/* Only what was done along with the sign-up is undone. */
static void who_was_replaced_by_an_earlier_sign_up_stays_so(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    assert_int_equal(excuse(house, BILAL(house), till, ""), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    undo(house, BILAL(house), promise_of(house, BILAL(house), till).fact);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_REPLACED);
    assert_int_equal(promise_of(house, BILAL(house), till).end, SIGN_UP_EXCUSED);
    assert_true(house_holds(house));
}

static void a_free_place_is_taken_before_somebody_is_replaced(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 2);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_STANDS);
    assert_int_equal(plan_sign_up(house, CHLOE(house), till), RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_REPLACED);
}

static void who_looks_no_longer_comes_themselves(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, false), RC_OK);
    desk_expect_refused(house, plan_sign_up(house, BILAL(house), till), "All places");
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK); /* signed up again: the same */
    assert_false(promise_of(house, ADA(house), till).is_stand_in_sought);
}

static void nobody_acts_for_others_without_the_right(void **state)
{
    struct house *house = *state;
    struct fact_id fact;
    struct shift_id till = plan_one(house, "Till", 60, 120, 1);
    make_experienced(house);
    struct office office = by(house, BILAL(house)); /* a host */
    assert_int_equal(rota_sign_up(house->journal, &office, ADA(house), till, &fact, &house->reason),
                     RC_REFUSED);
    house_record(house, FACT_ROLE_SET, BILAL(house), json_pack("{s:s}", "role", "referent"));
    assert_int_equal(rota_sign_up(house->journal, &office, ADA(house), till, &fact, &house->reason),
                     RC_OK);
}

/* --- the calendar moves --- */

static void a_shift_that_moves_takes_its_sign_ups_along(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 60, 60);
    plan_shift(&shop, "Till", 2);
    struct shift_id till = {plan_put(house, &shop), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(seek(house, ADA(house), till, true), RC_OK);
    shop.from_ms += HOUSE_HOUR_MS;
    shop.to_ms += HOUSE_HOUR_MS;
    shop.shifts[0].from_ms = shop.from_ms;
    shop.shifts[0].to_ms = shop.to_ms;
    struct office office = by(house, (struct fact_id){0, 0});
    assert_int_equal(rota_change_occasion(house->journal, &office, &shop, &house->reason), RC_OK);
    struct sign_up moved = promise_of(house, ADA(house), till);
    assert_true(moved.from_ms == shop.from_ms && moved.to_ms == shop.to_ms);
    assert_true(moved.is_stand_in_sought);
    int64_t facts = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(rota_change_occasion(house->journal, &office, &shop, &house->reason), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), facts);
    assert_true(house_holds(house));
}

static void what_is_called_off_ends_its_sign_ups(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 60, 60);
    plan_shift(&shop, "Till", 2);
    struct shift_id till = {plan_put(house, &shop), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    shop.state = OCCASION_CANCELLED;
    struct office office = by(house, (struct fact_id){0, 0});
    assert_int_equal(rota_change_occasion(house->journal, &office, &shop, &house->reason), RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_CANCELLED);
    desk_expect_refused(house, plan_sign_up(house, BILAL(house), till), "does not take place");
    assert_true(house_holds(house));
}

static void who_came_keeps_their_shift_when_it_is_called_off_afterwards(void **state)
{
    struct house *house = *state;
    make_experienced(house);
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 0, 60);
    plan_shift(&shop, "Till", 2);
    struct shift_id till = {plan_put(house, &shop), 1};
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    assert_int_equal(plan_sign_up(house, BILAL(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_wait(house, 30 * HOUSE_MINUTE_MS);
    house_tap(house, HOUSE_ADA);
    struct office office = by(house, (struct fact_id){0, 0});
    assert_int_equal(
        rota_set_state(house->journal, &office, shop.id, OCCASION_CANCELLED, &house->reason),
        RC_OK);
    assert_int_equal(promise_of(house, ADA(house), till).end, SIGN_UP_STANDS);
    assert_int_equal(promise_of(house, BILAL(house), till).end, SIGN_UP_CANCELLED);
    assert_int_equal(house_number(house, "SELECT sum(seconds) FROM stint WHERE shift=1"), 30 * 60);
    assert_true(house_holds(house));
}

static void a_number_of_a_shift_is_given_once(void **state)
{
    struct house *house = *state;
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 60, 60), stored;
    plan_shift(&shop, "Till", 2);
    plan_shift(&shop, "Shelves", 2);
    plan_put(house, &shop);
    shop.shifts[1] = (struct shift){.from_ms = shop.from_ms, .to_ms = shop.to_ms, .places = 1};
    struct office office = by(house, (struct fact_id){0, 0});
    assert_int_equal(rota_change_occasion(house->journal, &office, &shop, &house->reason), RC_OK);
    assert_int_equal(lookup_occasion(journal_db(house->journal), shop.id, &stored), RC_OK);
    assert_int_equal(stored.shifts[1].number, 3);
}

static void what_cannot_be_is_not_put_into_the_calendar(void **state)
{
    struct house *house = *state;
    struct office office = by(house, (struct fact_id){0, 0});
    struct fact_id id;
    struct occasion shop = plan_occasion(house, OCCASION_SHIFT, "Shop", 60, 0);
    assert_int_equal(rota_add_occasion(house->journal, &office, &shop, &id, &house->reason),
                     RC_REFUSED);
    shop.to_ms = shop.from_ms + OCCASION_MAX_MS + 1;
    assert_int_equal(rota_add_occasion(house->journal, &office, &shop, &id, &house->reason),
                     RC_REFUSED);
    office.by = ADA(house); /* nobody in particular */
    shop.to_ms = shop.from_ms + 1000;
    assert_int_equal(rota_add_occasion(house->journal, &office, &shop, &id, &house->reason),
                     RC_REFUSED);
    assert_int_equal(house_number(house, "SELECT count(*) FROM occasion"), 0);
}

/* --- signed off --- */

static void a_referent_signs_off_and_a_later_word_counts(void **state)
{
    struct house *house = *state;
    struct occasion stored;
    struct shift_id till = plan_one(house, "Till", 60, 60, 1);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "referent"));
    struct office office = by(house, ADA(house));
    desk_expect_refused(
        house, rota_sign_off(house->journal, &office, till, SHIFT_ENOUGH, "", &house->reason),
        "not begun");
    house_wait(house, 2 * HOUSE_HOUR_MS);
    office = by(house, BILAL(house));
    assert_int_equal(rota_sign_off(house->journal, &office, till, SHIFT_ENOUGH, "", &house->reason),
                     RC_REFUSED);
    office = by(house, ADA(house));
    assert_int_equal(rota_sign_off(house->journal, &office, till, SHIFT_TOO_FEW, "The key is lost",
                                   &house->reason),
                     RC_OK);
    assert_int_equal(rota_sign_off(house->journal, &office, till, SHIFT_ENOUGH, "", &house->reason),
                     RC_OK);
    assert_int_equal(lookup_occasion(journal_db(house->journal), till.occasion, &stored), RC_OK);
    assert_int_equal(stored.shifts[0].were_enough, SHIFT_ENOUGH);
    assert_false(fact_id_is_none(shift_of(house, till).closed));
    assert_true(house_holds(house));
}

static void a_word_is_there_for_the_next_shift_of_its_kind(void **state)
{
    struct house *house = *state;
    struct shift_id first = plan_one(house, "Till", 0, 60, 1);
    struct shift_id next = plan_one(house, "Till", 120, 60, 1);
    struct shift_id other = plan_one(house, "Garden", 120, 60, 1);
    struct db *db = journal_db(house->journal);
    struct lookup_shift shift = shift_of(house, next), garden = shift_of(house, other);
    struct office office = by(house, (struct fact_id){0, 0});
    char word[204];
    house_wait(house, 61 * HOUSE_MINUTE_MS);
    assert_int_equal(lookup_last_word(db, &shift, word, sizeof word), RC_OK);
    assert_string_equal(word, "");
    assert_int_equal(rota_sign_off(house->journal, &office, first, SHIFT_ENOUGH, "The key is lost",
                                   &house->reason),
                     RC_OK);
    assert_int_equal(lookup_last_word(db, &shift, word, sizeof word), RC_OK);
    assert_string_equal(word, "The key is lost");
    assert_int_equal(lookup_last_word(db, &garden, word, sizeof word), RC_OK);
    assert_string_equal(word, "");
    shift = shift_of(house, first);
    assert_int_equal(lookup_word(db, &shift, word, sizeof word), RC_OK);
    assert_string_equal(word, "The key is lost");
    assert_int_equal(shift.were_enough, SHIFT_ENOUGH);
}

/* --- organisations --- */

static void an_organisation_is_added_once(void **state)
{
    struct house *house = *state;
    struct office office = by(house, (struct fact_id){0, 0});
    struct fact_id first, second;
    char name[64];
    assert_int_equal(rota_add_organisation(house->journal, &office, "Vélo", &first, &house->reason),
                     RC_OK);
    assert_int_equal(
        rota_add_organisation(house->journal, &office, "Vélo", &second, &house->reason), RC_OK);
    assert_true(fact_id_is_same(first, second));
    assert_int_equal(lookup_organisation_name(journal_db(house->journal), first, name, sizeof name),
                     RC_OK);
    assert_string_equal(name, "Vélo");
    assert_int_equal(rota_add_organisation(house->journal, &office, " ", &second, &house->reason),
                     RC_REFUSED);
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
        WITH_HOUSE(a_sign_up_takes_a_place_and_a_second_one_changes_nothing),
        WITH_HOUSE(the_last_place_goes_to_one_of_two),
        WITH_HOUSE(a_shift_without_a_number_of_places_takes_all),
        WITH_HOUSE(two_shifts_at_one_time_are_refused_one_after_the_other_not),
        WITH_HOUSE(what_is_over_or_not_there_is_not_signed_up_for),
        WITH_HOUSE(a_first_shift_waits_for_somebody_who_knows_the_work),
        WITH_HOUSE(two_days_are_not_yet_experience_but_no_longer_a_first_shift),
        WITH_HOUSE(a_named_referent_is_company),
        WITH_HOUSE(who_is_excused_makes_room_and_may_come_back),
        WITH_HOUSE(somebody_stands_in_for_who_looks_for_it),
        WITH_HOUSE(who_was_replaced_looks_again_when_the_other_takes_it_back),
        WITH_HOUSE(who_was_replaced_by_an_earlier_sign_up_stays_so),
        WITH_HOUSE(a_free_place_is_taken_before_somebody_is_replaced),
        WITH_HOUSE(who_looks_no_longer_comes_themselves),
        WITH_HOUSE(nobody_acts_for_others_without_the_right),
        WITH_HOUSE(a_shift_that_moves_takes_its_sign_ups_along),
        WITH_HOUSE(what_is_called_off_ends_its_sign_ups),
        WITH_HOUSE(who_came_keeps_their_shift_when_it_is_called_off_afterwards),
        WITH_HOUSE(a_number_of_a_shift_is_given_once),
        WITH_HOUSE(what_cannot_be_is_not_put_into_the_calendar),
        WITH_HOUSE(a_referent_signs_off_and_a_later_word_counts),
        WITH_HOUSE(a_word_is_there_for_the_next_shift_of_its_kind),
        WITH_HOUSE(an_organisation_is_added_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
