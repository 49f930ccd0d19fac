#include "app/store/door.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/support/house.h"

#define MINUTE 60000
#define HOUR (60 * MINUTE)

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

static void an_arrival_greets_by_name_and_counts(void **state)
{
    struct house *house = *state;
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_string_equal(answer.first_name, "Ada");
    assert_string_equal(answer.display_name, "Ada D.");
    assert_int_equal(answer.here, 1);
    assert_false(answer.is_time_doubtful);
    house_wait(house, HOUR);
    assert_int_equal(house_tap(house, HOUSE_BILAL).here, 2);
    assert_true(house_holds(house));
}

static void a_departure_tells_the_hours_of_today_and_of_the_month(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 2 * HOUR);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(answer.today_s, 7200);
    house_wait(house, HOUR);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUR);
    answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.today_s, 10800);
    assert_int_equal(answer.month_s, 10800);
    assert_int_equal(answer.here, 0);
    assert_true(house_holds(house));
}

static void an_unknown_badge_leaves_no_trace_in_the_journal(void **state)
{
    struct house *house = *state;
    int64_t before = house_number(house, "SELECT count(*) FROM fact");
    assert_int_equal(house_tap(house, "uid:00112233445566").kind, ANSWER_UNKNOWN);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact"), before);
}

static void a_decimal_writing_of_a_uid_is_the_same_badge(void **state)
{
    struct house *house = *state;
    /* FDE6F1C2, most significant byte first, as some wedges type it */
    char text[32];
    snprintf(text, sizeof text, "num:%010u", 0xFDE6F1C2u);
    assert_int_equal(house_tap(house, text).kind, ANSWER_ARRIVAL);
}

static void an_undo_restores_the_state_and_forgets_the_time(void **state)
{
    struct house *house = *state;
    struct answer arrival = house_tap(house, HOUSE_ADA);
    house_wait(house, 4000);
    assert_int_equal(house_undo(house, &arrival), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    house_wait(house, 3000);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    house_wait(house, HOUR);
    struct answer departure = house_tap(house, HOUSE_ADA);
    house_wait(house, 3000);
    assert_int_equal(house_undo(house, &departure), RC_OK);
    house_wait(house, 3000);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void an_undo_that_is_taken_back_never_happened(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    struct answer arrival = house_tap(house, HOUSE_ADA);
    struct fact_id undo, back;
    assert_int_equal(door_undo(house->journal, FACT_UNDO, house->people[HOUSE_IS_ADA], arrival.fact,
                               &now, &undo),
                     RC_OK);
    assert_int_equal(
        door_undo(house->journal, FACT_TAKE_BACK, house->people[HOUSE_IS_ADA], undo, &now, &back),
        RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=0"), 1);
    assert_true(house_holds(house));
}

static void a_forgotten_departure_ends_with_the_day_and_counts_nothing(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20 * HOUR);
    struct answer answer = house_tap(house, HOUSE_ADA);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL_FORGOTTEN);
    assert_int_not_equal(answer.forgotten_ms, 0);
    assert_int_equal(answer.month_s, 0);
    struct presence presence = house_visits(house, house->people[HOUSE_IS_ADA]);
    assert_int_equal(presence.count, 2);
    assert_int_equal(presence.visits[0].how_out, PRESENCE_ASSUMED);
    assert_int_equal(presence.visits[0].left_ms, presence.visits[0].closes_ms);
    presence_finish(&presence);
    assert_true(house_holds(house));
}

static void buttons_do_what_they_say_once(void **state)
{
    struct house *house = *state;
    struct door_press press = {.person = house->people[HOUSE_IS_ADA], .answer = ANSWER_DEPARTURE};
    struct door_result result;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20000);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ALREADY_IN);
    press.now = house_now(house);
    door_press(house->journal, &press, &result);
    assert_int_equal(result.answer.kind, ANSWER_DEPARTURE);
    door_press(house->journal, &press, &result);
    assert_int_equal(result.answer.kind, ANSWER_HAS_LEFT);
    press.answer = ANSWER_ARRIVAL;
    door_press(house->journal, &press, &result);
    assert_int_equal(result.answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 2);
    assert_true(house_holds(house));
}

static void over_a_restart_the_uptime_is_what_has_passed_at_least(void **state)
{
    struct house *house = *state;
    struct clock_reading now = house_now(house);
    house_tap(house, HOUSE_ADA);
    house_reboot(house, now.wall_ms + 30000, CLOCK_SYNCED);
    /* the simulated uptime is ten minutes */
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_DEPARTURE);
}

static void a_lost_clock_takes_taps_in_order_and_shows_no_time(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_reboot(house, 0, CLOCK_UNSET);
    struct answer answer = house_tap(house, HOUSE_BILAL);
    assert_int_equal(answer.kind, ANSWER_ARRIVAL);
    assert_true(answer.is_time_doubtful);
    house_wait(house, HOUR);
    assert_int_equal(house_tap(house, HOUSE_BILAL).today_s, 3600);
    assert_true(house_holds(house));
}

static void setting_the_clock_shifts_that_boots_visits(void **state)
{
    struct house *house = *state;
    const int64_t true_ms = 1795800000000;
    house_reboot(house, 0, CLOCK_UNSET);
    house_tap(house, HOUSE_BILAL);
    house_wait(house, HOUR);
    clock_turn(house->clock, true_ms, CLOCK_STAFF);
    house_record(house, FACT_CLOCK_SET, (struct fact_id){0, 0}, json_pack("{s:s}", "by", "staff"));
    struct presence presence = house_visits(house, house->people[HOUSE_IS_BILAL]);
    assert_int_equal(presence.visits[0].arrived_ms, true_ms - HOUR);
    assert_false(presence.visits[0].is_doubtful_in);
    presence_finish(&presence);
    assert_true(house_holds(house));
}

static void a_withdrawn_badge_is_refused_and_the_refusal_is_a_fact(void **state)
{
    struct house *house = *state;
    char text[2 * BADGE_HASH_BYTES + 1] = "";
    struct badge badge;
    assert_int_equal(badge_from_reader(HOUSE_ADA, &badge), RC_OK);
    struct badge_hash hash = badge_hash(&badge, folder_key(house->folder));
    for (int i = 0; i < BADGE_HASH_BYTES; i++)
        sprintf(text + 2 * i, "%02X", hash.bytes[i]);
    house_record(house, FACT_BADGE_WITHDRAWN, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s,s:s}", "badge", text, "key", folder_key_id(house->folder),
                           "why", "lost"));
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_number(house, "SELECT count(*) FROM fact WHERE kind=13"), 1);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_arrival_greets_by_name_and_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_departure_tells_the_hours_of_today_and_of_the_month,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_badge_leaves_no_trace_in_the_journal, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_decimal_writing_of_a_uid_is_the_same_badge, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_undo_restores_the_state_and_forgets_the_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_undo_that_is_taken_back_never_happened, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_forgotten_departure_ends_with_the_day_and_counts_nothing,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(buttons_do_what_they_say_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(over_a_restart_the_uptime_is_what_has_passed_at_least,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_clock_takes_taps_in_order_and_shows_no_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(setting_the_clock_shifts_that_boots_visits, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_withdrawn_badge_is_refused_and_the_refusal_is_a_fact,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
