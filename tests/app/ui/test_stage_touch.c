/* Fingers on results: a touch means what was seen when it began, and nobody else. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/timed.h"

static void undo_names_the_person_and_the_fact_and_acts_once(void **state)
{
    struct timed *timed = *state;
    struct ask ask;
    timed_tap(timed, ANSWER_ARRIVAL, 7, 0);
    timed_expect_scene(timed, 0, "greeting");
    ask = timed_click(timed, timed_button(timed, "undo", 0, 0).box, 1000);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.person.seq, 7);
    assert_int_equal(ask.fact.seq, 107);
    assert_int_equal(timed_count(timed, "undo", 1200), 0);
    /* Nothing came of it: it may be pressed again. */
    assert_int_equal(timed_count(timed, "undo", 5200), 1);
}

static void a_button_acts_on_release_and_sliding_off_cancels(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 0);
    timed_expect_scene(timed, 0, "already-in");
    struct rect leave = timed_button(timed, "leave", 0, 0).box, away = {10, 70, 1, 1};
    timed_touch(timed, STAGE_DOWN, leave, 100);
    timed_touch(timed, STAGE_MOVE, away, 200);
    timed_touch(timed, STAGE_MOVE, leave, 300);
    assert_int_equal(timed_touch(timed, STAGE_UP, leave, 400).kind, ASK_NOTHING);
    timed_touch(timed, STAGE_DOWN, leave, 500);
    assert_int_equal(timed_touch(timed, STAGE_CANCEL, leave, 600).kind, ASK_NOTHING);
    assert_int_equal(timed_touch(timed, STAGE_UP, leave, 700).kind, ASK_NOTHING);
    assert_int_equal(timed_click(timed, leave, 800).kind, ASK_LEAVE);
}

static void a_touch_that_began_before_the_screen_changed_undoes_nobody(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_expect_scene(timed, 0, "greeting");
    struct rect undo = timed_button(timed, "undo", 0, 0).box;
    timed_touch(timed, STAGE_DOWN, undo, 1000);
    timed_tap(timed, ANSWER_ARRIVAL, 2, 1050);
    assert_int_equal(timed_touch(timed, STAGE_UP, undo, 1100).kind, ASK_NOTHING);
    /* Nor does one that began after the change, but before it could be seen. */
    timed_touch(timed, STAGE_DOWN, undo, 1100);
    assert_int_equal(timed_touch(timed, STAGE_UP, undo, 1200).kind, ASK_NOTHING);
    timed_expect_scene(timed, 1200, "greeting+greeting");
    undo = timed_button(timed, "undo", 1, 1300).box;
    assert_int_equal(timed_click(timed, undo, 1700).person.seq, 2);
}

static void a_finger_on_one_person_s_button_does_nothing_to_who_takes_that_half(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 0);
    timed_tap(timed, ANSWER_ALREADY_IN, 2, 100);
    struct rect leave = timed_button(timed, "leave", 0, 200).box;
    timed_touch(timed, STAGE_DOWN, leave, 700);
    timed_tap(timed, ANSWER_ALREADY_IN, 3, 800);
    assert_true(rect_is_same(timed_button(timed, "leave", 1, 900).box, leave)); /* drawn under it */
    assert_int_equal(timed_touch(timed, STAGE_UP, leave, 1000).kind, ASK_NOTHING);
    /* the control: put down again it is meant */
    assert_int_equal(timed_click(timed, leave, 1400).person.seq, 3);
}

static void a_finger_on_a_strip_undoes_nobody_else_when_the_strips_move(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_tap(timed, ANSWER_ARRIVAL, 2, 1000);
    struct rect undo = timed_button(timed, "undo", 0, 5100).box;
    timed_touch(timed, STAGE_DOWN, undo, 5600);
    timed_tap(timed, ANSWER_ARRIVAL, 3, 5700);
    assert_true(rect_is_same(timed_button(timed, "undo", 0, 9800).box, undo));
    assert_int_equal(timed_touch(timed, STAGE_UP, undo, 9850).kind, ASK_NOTHING);
    undo = timed_button(timed, "undo", 0, 10000).box;
    assert_int_equal(timed_click(timed, undo, 10500).person.seq, 3); /* the control */
}

static void a_finger_on_one_unknown_badge_claims_no_other(void **state)
{
    struct timed *timed = *state;
    struct answer answer = timed_answer(ANSWER_UNKNOWN, 0, 20000, 0);
    answer.person = answer.fact = (struct fact_id){0};
    answer.stranger = 1;
    stage_answer(timed->stage, &answer, 0);
    struct rect mine = timed_button(timed, "my-badge", 0, 100).box;
    timed_touch(timed, STAGE_DOWN, mine, 600);
    answer.stranger = 2;
    stage_answer(timed->stage, &answer, 700);
    timed_expect_scene(timed, 800, "unknown");
    timed_touch(timed, STAGE_UP, mine, 900);
    timed_expect_scene(timed, 1000, "unknown");
    timed_click(timed, mine, 1200);
    timed_expect_scene(timed, 1300, "no-badge");
    assert_int_equal(stage_page(timed->stage)->stranger, 2);
}

/* The second click of a double one would undo what the first did. */
static void what_has_just_come_is_not_touched_by_a_finger_that_was_on_its_way(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 0);
    struct rect leave = timed_button(timed, "leave", 0, 0).box;
    assert_int_equal(timed_click(timed, leave, 1000).kind, ASK_LEAVE);
    timed_tap(timed, ANSWER_DEPARTURE, 1, 1100);
    struct rect undo = timed_button(timed, "undo", 0, 1100).box;
    assert_true(rect_has(undo, leave.x + leave.w / 2, leave.y + leave.h / 2));
    assert_int_equal(timed_click(timed, leave, 1150).kind, ASK_NOTHING);
    assert_int_equal(timed_count(timed, "undo", 1300), 1);
    assert_int_equal(timed_click(timed, undo, 1500).kind, ASK_UNDO); /* the control */
}

static void touching_a_result_holds_it_for_twenty_seconds(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_expect_scene(timed, 0, "greeting");
    timed_touch(timed, STAGE_DOWN, (struct rect){20, 40, 1, 1}, 3000);
    timed_touch(timed, STAGE_UP, (struct rect){20, 40, 1, 1}, 3100);
    timed_expect_scene(timed, 22999, "greeting");
    /* The undo keeps its own time. */
    assert_int_equal(timed_count(timed, "undo", 22999), 0);
    timed_expect_scene(timed, 23000, "resting");
}

static void help_is_answered_on_the_screen(void **state)
{
    struct timed *timed = *state;
    timed_click(timed, timed_button(timed, "help", 0, 0).box, 500);
    timed_expect_scene(timed, 600, "help");
    struct ask ask = timed_click(timed, timed_button(timed, "call", 0, 600).box, 1100);
    assert_int_equal(ask.kind, ASK_CALL);
    timed_expect_scene(timed, 1200, "called");
    timed_expect_scene(timed, 9200, "resting");
    timed_tap(timed, ANSWER_UNKNOWN, 0, 10000);
    timed_expect_scene(timed, 10000, "unknown");
    assert_int_equal(timed_click(timed, timed_button(timed, "call", 0, 10000).box, 10500).kind,
                     ASK_CALL);
    timed_expect_scene(timed, 10600, "unknown");
    assert_int_equal(timed_count(timed, "call", 10600), 0);
}

static void another_language_goes_home_when_nobody_touches(void **state)
{
    struct timed *timed = *state;
    assert_int_equal(timed_count(timed, "English", 0), 1);
    assert_int_equal(timed_count(timed, "Français", 0), 0);
    timed_click(timed, timed_button(timed, "English", 0, 0).box, 500);
    timed_expect_scene(timed, 600, "resting");
    assert_int_equal(timed_count(timed, "Français", 600), 1);
    timed_touch(timed, STAGE_DOWN, (struct rect){60, 40, 1, 1}, 20000);
    assert_int_equal(timed_count(timed, "Français", 49999), 1);
    assert_int_equal(timed_count(timed, "Français", 50000), 0);
}

static void a_player_can_press_by_name(void **state)
{
    struct timed *timed = *state;
    struct ask ask;
    timed_tap(timed, ANSWER_HAS_LEFT, 4, 0);
    timed_expect_scene(timed, 0, "has-left");
    assert_int_equal(stage_press(timed->stage, "undo", 0, &ask), RC_NOT_FOUND);
    assert_int_equal(stage_press(timed->stage, "back-in", 0, &ask), RC_OK);
    assert_int_equal(ask.kind, ASK_BACK);
    assert_int_equal(ask.person.seq, 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(undo_names_the_person_and_the_fact_and_acts_once),
        TEST(a_button_acts_on_release_and_sliding_off_cancels),
        TEST(a_touch_that_began_before_the_screen_changed_undoes_nobody),
        TEST(a_finger_on_one_person_s_button_does_nothing_to_who_takes_that_half),
        TEST(a_finger_on_a_strip_undoes_nobody_else_when_the_strips_move),
        TEST(a_finger_on_one_unknown_badge_claims_no_other),
        TEST(what_has_just_come_is_not_touched_by_a_finger_that_was_on_its_way),
        TEST(touching_a_result_holds_it_for_twenty_seconds),
        TEST(help_is_answered_on_the_screen),
        TEST(another_language_goes_home_when_nobody_touches),
        TEST(a_player_can_press_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
