/* What results ask and offer: shifts to help at, occasions to choose from, pages of one's own. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/timed.h"

#define ARRIVED_MS INT64_C(1795524720000)
#define HOUR_MS INT64_C(3600000)

static struct answer_slot slot(int occasion, int number, const char *title)
{
    struct answer_slot slot = {.of = {{1, occasion}, number},
                               .kind = OCCASION_SHIFT,
                               .from_ms = ARRIVED_MS,
                               .to_ms = ARRIVED_MS + 3 * HOUR_MS,
                               .needed = 2};
    snprintf(slot.title, sizeof slot.title, "%s", title);
    return slot;
}

static struct answer asking(enum answer_question question, int person)
{
    struct answer answer = timed_answer(ANSWER_ARRIVAL, person, 20000, 10000);
    answer.at_ms = ARRIVED_MS;
    answer.question = question;
    answer.slots[0] = slot(50, 3, "Till");
    answer.slots[1] = slot(51, 4, "Shelves");
    answer.slot_count = 2;
    return answer;
}

static void put(struct timed *timed, const struct answer *answer, int64_t now_ms)
{
    stage_answer(timed->stage, answer, now_ms);
}

static bool says(struct timed *timed, const char *text, int64_t now_ms)
{
    const struct canvas_mark *marks;
    stage_draw(timed->stage, now_ms, timed->canvas);
    int count = canvas_marks(timed->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strstr(marks[i].text, text))
            return true;
    return false;
}

static struct ask press(struct timed *timed, const char *name, int place, int64_t now_ms)
{
    timed_button(timed, name, place, now_ms - 500); /* seen before it is touched */
    return timed_click(timed, timed_button(timed, name, place, now_ms).box, now_ms);
}

static void tell(struct timed *timed, enum ask_kind ask, enum told_how how, int person,
                 const char *why, int64_t now_ms)
{
    struct told told = {.ask = ask, .how = how, .person = {1, person}};
    struct ask next;
    snprintf(told.why, sizeof told.why, "%s", why);
    stage_told(timed->stage, &told, now_ms, &next);
}

/* --- questions --- */

static void a_touch_on_a_shift_signs_up_for_it_and_acts_once(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    put(timed, &answer, 0);
    timed_expect_scene(timed, 0, "greeting-can-help");
    struct ask ask = press(timed, "slot-2", 0, 1000);
    assert_int_equal(ask.kind, ASK_HELP);
    assert_int_equal(ask.person.seq, 7);
    assert_int_equal(ask.fact.seq, 51);
    assert_int_equal(ask.number[0], 4);
    assert_int_equal(timed_count(timed, "slot-1", 1200), 0);
    assert_int_equal(timed_count(timed, "not-today", 1200), 0);
    assert_int_equal(timed_count(timed, "slot-1", 5200), 1); /* nothing came of it */
}

static void the_shift_that_was_chosen_takes_the_question_s_place(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    put(timed, &answer, 0);
    press(timed, "slot-1", 0, 1000);
    answer.question = ANSWER_ASKS_NOTHING;
    answer.shift = answer.slots[0];
    answer.shown_ms = 4000;
    answer.undo_ms = 8800;
    put(timed, &answer, 1200);
    tell(timed, ASK_HELP, TOLD_YES, 7, "", 1200);
    timed_expect_scene(timed, 1300, "greeting");
    assert_true(says(timed, "Till", 1300));
    assert_true(says(timed, "until ", 1300));
    assert_false(says(timed, "late", 1300));
    assert_int_equal(timed_count(timed, "undo", 1300), 1);
    assert_int_equal(timed_count(timed, "slot-1", 1300), 0);
}

static void what_could_not_be_done_says_why_and_undo_stays(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    put(timed, &answer, 0);
    put(timed,
        &(struct answer){
            .kind = ANSWER_ARRIVAL, .person = {1, 8}, .fact = {1, 108}, .shown_ms = 20000},
        0);
    press(timed, "slot-1", 0, 1000);
    tell(timed, ASK_HELP, TOLD_NO, 7, "Somebody was quicker.", 1200);
    timed_expect_scene(timed, 1300, "greeting-can-help+greeting");
    assert_true(says(timed, "Somebody was quicker.", 1300));
    assert_int_equal(timed_count(timed, "slot-1", 1300), 0);
    assert_int_equal(timed_count(timed, "undo", 1300), 1);
}

static void not_today_asks_nothing_and_leaves_the_undo_in_a_strip(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    put(timed, &answer, 0);
    assert_int_equal(press(timed, "not-today", 0, 1000).kind, ASK_NOTHING);
    timed_expect_scene(timed, 1100, "resting");
    struct ask ask = press(timed, "undo", 0, 2000);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.fact.seq, 107);
    assert_int_equal(timed_count(timed, "undo", 10000), 0);
}

static void a_question_stands_twenty_seconds_and_its_undo_ten(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    put(timed, &answer, 0);
    assert_int_equal(timed_count(timed, "undo", 9999), 1);
    assert_int_equal(timed_count(timed, "undo", 10000), 0);
    assert_int_equal(timed_count(timed, "slot-1", 19999), 1);
    timed_expect_scene(timed, 20000, "resting");
}

static void several_occasions_are_a_choice_and_just_visiting_is_none_of_them(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_WHICH, 7);
    put(timed, &answer, 0);
    timed_expect_scene(timed, 0, "greeting-which");
    struct ask ask = press(timed, "just-visiting", 0, 1000);
    assert_int_equal(ask.kind, ASK_ATTEND);
    assert_int_equal(ask.person.seq, 7);
    assert_true(fact_id_is_none(ask.fact));
    assert_int_equal(ask.number[0], 0);
    ask = press(timed, "slot-1", 0, 6000);
    assert_int_equal(ask.kind, ASK_ATTEND);
    assert_int_equal(ask.fact.seq, 50);
}

static void a_question_without_anything_to_choose_is_a_greeting(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 7);
    answer.slot_count = 0;
    put(timed, &answer, 0);
    timed_expect_scene(timed, 0, "greeting");
}

/* --- several people --- */

static void a_second_person_s_tap_in_between_signs_nobody_up(void **state)
{
    struct timed *timed = *state;
    struct answer one = asking(ANSWER_ASKS_HELP, 1), two = asking(ANSWER_ASKS_WHICH, 2);
    put(timed, &one, 0);
    struct rect box = timed_button(timed, "slot-1", 0, 0).box;
    timed_touch(timed, STAGE_DOWN, box, 1000);
    put(timed, &two, 1050);
    assert_int_equal(timed_touch(timed, STAGE_UP, box, 1100).kind, ASK_NOTHING);
    timed_expect_scene(timed, 1200, "greeting-can-help+greeting-which");
    struct ask ask = press(timed, "slot-1", 0, 2000);
    assert_int_equal(ask.person.seq, 1);
    assert_int_equal(ask.kind, ASK_HELP);
    ask = press(timed, "slot-1", 0, 2600); /* the first one's are spent */
    assert_int_equal(ask.person.seq, 2);
    assert_int_equal(ask.kind, ASK_ATTEND);
}

static void another_shift_in_the_same_place_is_not_the_one_that_was_touched(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 1);
    put(timed, &answer, 0);
    struct rect box = timed_button(timed, "slot-1", 0, 0).box;
    timed_touch(timed, STAGE_DOWN, box, 1000);
    answer.slots[0] = slot(60, 1, "Kitchen");
    put(timed, &answer, 1050);
    assert_true(rect_is_same(timed_button(timed, "slot-1", 0, 1100).box, box));
    assert_int_equal(timed_touch(timed, STAGE_UP, box, 1200).kind, ASK_NOTHING);
    assert_int_equal(timed_click(timed, box, 1600).fact.seq, 60); /* the control */
}

static void a_refusal_is_told_to_whom_it_is_about(void **state)
{
    struct timed *timed = *state;
    struct answer one = asking(ANSWER_ASKS_HELP, 1), two = asking(ANSWER_ASKS_HELP, 2);
    put(timed, &one, 0);
    put(timed, &two, 0);
    tell(timed, ASK_HELP, TOLD_NO, 2, "Somebody was quicker.", 1000);
    struct target left = timed_button(timed, "slot-1", 0, 1100);
    assert_int_equal(left.owner.person.seq, 1);
    assert_true(says(timed, "Somebody was quicker.", 1100));
    assert_true(says(timed, "Can you help, Person 1?", 1100));
    assert_false(says(timed, "Can you help, Person 2?", 1100));
}

/* --- pages of one's own --- */

static void my_page_is_theirs_and_closes_when_somebody_else_taps(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ALREADY_IN, 3, 0);
    press(timed, "mine", 0, 1000);
    timed_expect_scene(timed, 1200, "mine");
    assert_int_equal(stage_page(timed->stage)->person.seq, 3);
    timed_tap(timed, ANSWER_ARRIVAL, 3, 2000); /* the control: their own tap */
    assert_ptr_equal(stage_page(timed->stage)->scene, &scene_mine);
    timed_tap(timed, ANSWER_ARRIVAL, 4, 3000);
    assert_null(stage_page(timed->stage)->scene);
}

static void a_half_and_a_page_that_waits_leave_no_way_to_another_page(void **state)
{
    struct timed *timed = *state;
    struct ask ask;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    assert_int_equal(timed_count(timed, "mine", 0), 1);
    timed_tap(timed, ANSWER_DEPARTURE, 2, 100);
    assert_int_equal(timed_count(timed, "mine", 100), 0);
    stage_show(timed->stage, &scene_help, 20000, &ask);
    struct answer answer = timed_answer(ANSWER_DEPARTURE, 3, 8000, 10000);
    answer.is_to_sign_off = true;
    put(timed, &answer, 20000);
    assert_int_equal(timed_count(timed, "mine", 20000), 0);
    assert_int_equal(timed_count(timed, "sign-off", 20000), 0);
}

static void signing_off_takes_the_shift_along(void **state)
{
    struct timed *timed = *state;
    struct answer answer = timed_answer(ANSWER_DEPARTURE, 3, 8000, 10000);
    answer.shift = slot(50, 3, "Till");
    answer.is_to_sign_off = true;
    put(timed, &answer, 0);
    assert_int_equal(timed_count(timed, "mine", 0), 0);
    press(timed, "sign-off", 0, 1000);
    timed_expect_scene(timed, 1200, "sign-off");
    const struct page *page = stage_page(timed->stage);
    assert_int_equal(page->person.seq, 3);
    assert_int_equal(page->row.id.seq, 50);
    assert_int_equal(page->row.number[0], 3);
    assert_string_equal(page->row.title, "Till");
}

/* --- leaving --- */

static struct answer leaving(int person)
{
    struct answer answer = timed_answer(ANSWER_DEPARTURE, person, 8000, 10000);
    answer.at_ms = ARRIVED_MS;
    answer.arrived_ms = ARRIVED_MS - 3 * HOUR_MS;
    answer.today_s = 3 * 3600;
    answer.month_s = 20 * 3600 + 600;
    answer.intended_s = 8 * 3600;
    answer.balance = ANSWER_BALANCE_FAR_OVER;
    return answer;
}

static void what_was_given_stands_beside_what_was_intended(void **state)
{
    struct timed *timed = *state;
    struct answer answer = leaving(1);
    put(timed, &answer, 0);
    assert_true(says(timed, "20\u00a0h\u00a010", 0));
    assert_true(says(timed, "of 8\u00a0h", 0));
    assert_true(says(timed, "resting is fine", 0));
    answer.balance = ANSWER_BALANCE_FAR_UNDER;
    put(timed, &answer, 100);
    assert_true(says(timed, "another circle", 100));
}

static void a_private_goodbye_says_no_hours(void **state)
{
    struct timed *timed = *state;
    struct answer answer = leaving(1);
    answer.is_private = true;
    put(timed, &answer, 0);
    assert_true(says(timed, "Thank you Person 1", 0));
    assert_false(says(timed, "20\u00a0h\u00a010", 0));
    assert_false(says(timed, "3\u00a0h\u00a000", 0));
    assert_false(says(timed, "8\u00a0h", 0));
    assert_false(says(timed, "resting is fine", 0));
}

static void beside_somebody_else_nothing_is_said_of_far_too_much(void **state)
{
    struct timed *timed = *state;
    struct answer one = leaving(1), two = leaving(2);
    put(timed, &one, 0);
    assert_true(says(timed, "resting is fine", 0)); /* the control */
    put(timed, &two, 100);
    assert_false(says(timed, "resting is fine", 100));
}

/* --- occasions where a tap asks --- */

static void each_occasion_offers_what_works_there(void **state)
{
    struct timed *timed = *state;
    static const enum occasion_kind kinds[] = {OCCASION_DRINKS, OCCASION_ASSEMBLY, OCCASION_BASKET};
    for (int i = 0; i < 3; i++) {
        struct answer answer = timed_answer(ANSWER_ASKS, i + 1, 20000, 0);
        int64_t now_ms = i * 30000;
        answer.occasion = kinds[i];
        put(timed, &answer, now_ms);
        timed_expect_scene(timed, now_ms, "asks");
        assert_int_equal(timed_count(timed, "guests", now_ms), 1);
        assert_int_equal(timed_count(timed, "slot-1", now_ms), 0);
        assert_int_equal(press(timed, "leave", 0, now_ms + 1000).kind, ASK_LEAVE);
    }
}

static void where_baskets_are_fetched_hands_may_be_given(void **state)
{
    struct timed *timed = *state;
    struct answer answer = asking(ANSWER_ASKS_HELP, 1);
    answer.kind = ANSWER_ASKS;
    answer.occasion = OCCASION_BASKET;
    put(timed, &answer, 0);
    struct ask ask = press(timed, "slot-1", 0, 1000);
    assert_int_equal(ask.kind, ASK_HELP);
    assert_int_equal(ask.fact.seq, 50);
    tell(timed, ASK_HELP, TOLD_NO, 1, "Somebody was quicker.", 1200);
    assert_true(says(timed, "Somebody was quicker.", 1300));
    assert_int_equal(timed_count(timed, "leave", 1300), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_touch_on_a_shift_signs_up_for_it_and_acts_once),
        TEST(the_shift_that_was_chosen_takes_the_question_s_place),
        TEST(what_could_not_be_done_says_why_and_undo_stays),
        TEST(not_today_asks_nothing_and_leaves_the_undo_in_a_strip),
        TEST(a_question_stands_twenty_seconds_and_its_undo_ten),
        TEST(several_occasions_are_a_choice_and_just_visiting_is_none_of_them),
        TEST(a_question_without_anything_to_choose_is_a_greeting),
        TEST(a_second_person_s_tap_in_between_signs_nobody_up),
        TEST(another_shift_in_the_same_place_is_not_the_one_that_was_touched),
        TEST(a_refusal_is_told_to_whom_it_is_about),
        TEST(my_page_is_theirs_and_closes_when_somebody_else_taps),
        TEST(a_half_and_a_page_that_waits_leave_no_way_to_another_page),
        TEST(signing_off_takes_the_shift_along),
        TEST(what_was_given_stands_beside_what_was_intended),
        TEST(a_private_goodbye_says_no_hours),
        TEST(beside_somebody_else_nothing_is_said_of_far_too_much),
        TEST(each_occasion_offers_what_works_there),
        TEST(where_baskets_are_fetched_hands_may_be_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
