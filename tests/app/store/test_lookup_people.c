#include "app/store/lookup_people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "tests/support/house.h"

#define SPARE "uid:04111111111111"
#define ROWS 8
#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

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

static struct db *db(struct house *house)
{
    return journal_db(house->journal);
}

static struct office desk(const struct house *house)
{
    return (struct office){.now = house_now(house)};
}

/* --- who is here --- */

static struct lookup_people_here here[ROWS];
static struct lookup_people_count count;

static size_t call_the_roll(struct house *house, size_t max)
{
    size_t listed;
    assert_int_equal(
        lookup_people_here(db(house), house_now(house).wall_ms, max, here, &listed, &count), RC_OK);
    return listed;
}

static void the_roll_call_is_by_first_name_and_counts_guests(void **state)
{
    struct house *house = *state;
    struct fact_id elodie = house_add(house, "Élodie", NULL), zed = house_add(house, "zed", NULL);
    house_press(house, zed, ANSWER_ARRIVAL);
    house_press(house, elodie, ANSWER_ARRIVAL);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_ADA);
    house_record(house, FACT_GUESTS, elodie, json_pack("{s:i,s:i}", "adults", 2, "children", 1));
    assert_int_equal(call_the_roll(house, ROWS), 4);
    assert_string_equal(here[0].display_name, "Ada D.");
    assert_string_equal(here[1].display_name, "Bilal D.");
    assert_string_equal(here[2].full_name, "Élodie Dubois");
    assert_int_equal(here[2].guests, 2);
    assert_string_equal(here[3].display_name, "zed D.");
    assert_int_equal(count.people, 4);
    assert_int_equal(count.guests, 2);
    assert_int_equal(count.children, 1);
}

static void beyond_the_limit_people_are_counted(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_CHLOE);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_ADA);
    assert_int_equal(call_the_roll(house, 2), 2);
    assert_string_equal(here[0].display_name, "Ada D.");
    assert_string_equal(here[1].display_name, "Bilal D.");
    assert_int_equal(count.people, 3);
    assert_int_equal(call_the_roll(house, 0), 0);
    assert_int_equal(count.people, 3);
}

static void who_is_in_for_long_is_marked_and_who_left_is_gone(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 10 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, 2 * HOUSE_HOUR_MS + 1);
    assert_int_equal(call_the_roll(house, ROWS), 2);
    assert_true(here[0].is_long);
    assert_false(here[1].is_long);
    house_wait(house, 2 * HOUSE_HOUR_MS); /* four in the morning: the day is over */
    assert_int_equal(call_the_roll(house, ROWS), 0);
}

static void somebody_erased_is_in_the_house_all_the_same(void **state)
{
    struct house *house = *state;
    struct answer answer = house_tap(house, HOUSE_ADA);
    house_record(house, FACT_TOMBSTONE, ADA(house),
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)ADA(house).station,
                           (json_int_t)ADA(house).seq, (json_int_t)ADA(house).seq));
    assert_int_equal(call_the_roll(house, ROWS), 1);
    assert_string_equal(here[0].full_name, "");
    assert_true(fact_id_is_same(here[0].person, answer.person));
}

static void a_doubtful_arrival_says_so(void **state)
{
    struct house *house = *state;
    house_reboot(house, 0, CLOCK_UNSET);
    struct answer answer = house_tap(house, HOUSE_ADA);
    size_t listed;
    assert_int_equal(lookup_people_here(db(house), answer.at_ms, ROWS, here, &listed, &count),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_true(here[0].is_doubtful);
}

/* --- one person's visits --- */

static void a_persons_visits_show_what_taps_said_before(void **state)
{
    struct house *house = *state;
    struct lookup_people_visit visits[ROWS];
    struct office office;
    struct fact_id fact;
    size_t listed;
    struct fact_id first = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 2 * HOUSE_HOUR_MS);
    int64_t left_ms = house_tap(house, HOUSE_ADA).at_ms;
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    office = desk(house);
    struct office_correction correction = {
        .visit = first, .left_ms = left_ms - HOUSE_HOUR_MS, .reason = "left at three"};
    assert_int_equal(office_correct(house->journal, &office, &correction, &fact, &house->reason),
                     RC_OK);

    assert_int_equal(
        lookup_people_visits(db(house), ADA(house), (struct fact_id){0, 0}, ROWS, visits, &listed),
        RC_OK);
    assert_int_equal(listed, 2);
    assert_int_equal(visits[0].visit.how_out, PRESENCE_OPEN);
    assert_int_equal(visits[0].visit.before.fact.seq, 0);
    assert_string_equal(visits[0].reason, "");
    assert_int_equal(visits[1].visit.left_ms, left_ms - HOUSE_HOUR_MS);
    assert_int_equal(visits[1].visit.how_out, PRESENCE_CORRECTED);
    assert_int_equal(visits[1].visit.before.left_ms, left_ms);
    assert_int_equal(visits[1].visit.before.how_out, PRESENCE_TAP);
    assert_string_equal(visits[1].reason, "left at three");
    assert_int_equal(
        lookup_people_visits(db(house), ADA(house), (struct fact_id){0, 0}, 1, visits, &listed),
        RC_OK);
    assert_int_equal(listed, 1);
    assert_int_equal(visits[0].visit.how_out, PRESENCE_OPEN);
}

static void who_was_never_here_has_no_visits(void **state)
{
    struct house *house = *state;
    struct lookup_people_visit visits[ROWS];
    size_t listed;
    assert_int_equal(lookup_people_visits(db(house), BILAL(house), (struct fact_id){0, 0}, ROWS,
                                          visits, &listed),
                     RC_OK);
    assert_int_equal(listed, 0);
}

/* --- one person's badges --- */

static void badges_have_dates_and_a_handle_and_no_number(void **state)
{
    struct house *house = *state;
    struct lookup_people_badge badges[ROWS];
    char handle[8];
    size_t listed;
    int64_t given_ms = house_number(house, "SELECT min(effective_ms) FROM fact WHERE kind=7");
    struct office office = desk(house);
    struct office_badge gift = {.person = ADA(house), .until_ms = 99, .is_lent = true};
    house_wait(house, HOUSE_HOUR_MS);
    office.now = house_now(house);
    assert_int_equal(
        office_withdraw(house->journal, &office, ADA(house), NULL, OFFICE_LOST, &house->reason),
        RC_OK);
    house_wait(house, HOUSE_HOUR_MS);
    office.now = house_now(house);
    assert_int_equal(badge_from_reader(SPARE, &gift.badge), RC_OK);
    assert_int_equal(office_give_badge(house->journal, &office, &gift, &house->reason), RC_OK);

    assert_int_equal(lookup_people_badges(db(house), ADA(house), ROWS, badges, &listed), RC_OK);
    assert_int_equal(listed, 2);
    assert_true(badges[0].is_lent);
    assert_int_equal(badges[0].until_ms, 99);
    assert_int_equal(badges[0].withdrawn_ms, 0);
    assert_int_equal(badges[0].given_ms, given_ms + 2 * HOUSE_HOUR_MS);
    assert_int_equal(badges[1].given_ms, given_ms);
    assert_int_equal(badges[1].withdrawn_ms, given_ms + HOUSE_HOUR_MS);
    assert_int_equal(strlen(badges[1].handle), 4);
    snprintf(handle, sizeof handle, "%02X%02X", badges[0].hash.bytes[0], badges[0].hash.bytes[1]);
    assert_string_equal(badges[0].handle, handle);
    assert_int_equal(office_withdraw(house->journal, &office, ADA(house), &badges[0].hash,
                                     OFFICE_RETURNED, &house->reason),
                     RC_OK);
}

/* --- roles and searching --- */

static void people_with_roles_stand_by_role_and_name(void **state)
{
    struct house *house = *state;
    struct lookup_people_row rows[ROWS];
    size_t listed;
    struct office office = desk(house);
    const enum role roles[] = {ROLE_HOST, ROLE_STAFF, ROLE_HOST};
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        assert_int_equal(
            office_set_role(house->journal, &office, house->people[i], roles[i], &house->reason),
            RC_OK);
    house_record(house, FACT_PIN_SET, BILAL(house), json_pack("{s:s}", "pin", "sealed"));
    assert_int_equal(lookup_people_roles(db(house), ROWS, rows, &listed), RC_OK);
    assert_int_equal(listed, 3);
    assert_string_equal(rows[0].display_name, "Bilal D.");
    assert_int_equal(rows[0].role, ROLE_STAFF);
    assert_true(rows[0].has_pin);
    assert_false(rows[0].has_code);
    assert_string_equal(rows[1].display_name, "Ada D.");
    assert_string_equal(rows[2].display_name, "Chloé D.");
}

static void staff_find_people_by_any_part(void **state)
{
    struct house *house = *state;
    struct lookup_people_row rows[ROWS];
    size_t listed, total;
    house_record(house, FACT_CODE_SET, CHLOE(house), json_pack("{s:s}", "code", "sealed"));
    assert_int_equal(lookup_people_search(db(house), NULL, "loe", ROWS, rows, &listed, &total),
                     RC_OK);
    assert_int_equal(listed, 1);
    assert_string_equal(rows[0].full_name, "Chloé Dubois");
    assert_true(rows[0].has_code);
    assert_int_equal(lookup_people_search(db(house), NULL, "DUB", 2, rows, &listed, &total), RC_OK);
    assert_int_equal(listed, 2);
    assert_int_equal(total, 3);
    assert_string_equal(rows[0].full_name, "Ada Dubois");
    assert_int_equal(lookup_people_search(db(house), NULL, "d", ROWS, rows, &listed, &total),
                     RC_LIMIT);
}

static void the_public_search_shows_tiles(void **state)
{
    struct house *house = *state;
    static struct name_match match;
    enum name_match_result result;
    house_add(house, "Ada", NULL);
    assert_int_equal(lookup_people_match(db(house), "ada", &match, &result), RC_OK);
    assert_int_equal(result, NAME_MATCH_FOUND);
    assert_int_equal(match.count, 1);
    assert_int_equal(match.tiles[0].count, 2);
    assert_int_equal(lookup_people_match(db(house), "dubois", &match, &result), RC_OK);
    assert_int_equal(result, NAME_MATCH_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_roll_call_is_by_first_name_and_counts_guests),
        TEST(beyond_the_limit_people_are_counted),
        TEST(who_is_in_for_long_is_marked_and_who_left_is_gone),
        TEST(somebody_erased_is_in_the_house_all_the_same),
        TEST(a_doubtful_arrival_says_so),
        TEST(a_persons_visits_show_what_taps_said_before),
        TEST(who_was_never_here_has_no_visits),
        TEST(badges_have_dates_and_a_handle_and_no_number),
        TEST(people_with_roles_stand_by_role_and_name),
        TEST(staff_find_people_by_any_part),
        TEST(the_public_search_shows_tiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
