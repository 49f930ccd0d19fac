/* Typing on a page: what was typed stays while others tap, and every key counts once. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/show.h"

static void typing_survives_taps_strips_and_languages(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "Z");
    show_tap(show, ANSWER_ARRIVAL, 1);
    show_expect_scene(show, "greeting");
    assert_string_equal(show_typed(show), "Z");
    show_wait(show, 4000);
    show_expect_scene(show, "name");
    assert_true(show_has(show, "undo"));
    assert_true(show_has(show, "back") &&
                show_has(show, "help")); /* the strip stands between them */
    assert_false(show_has(show, "English"));
    show_type(show, "o");
    show_wait(show, 6000);
    assert_true(show_has(show, "back"));
    show_press(show, "English");
    assert_string_equal(show_typed(show), "Zo");
    assert_true(show_has(show, "Français"));
    show_press(show, "help");
    show_press(show, "no-badge");
    show_expect_scene(show, "no-badge");
}

static void no_button_of_a_result_leads_away_from_what_somebody_types(void **state)
{
    struct show *show = *state;
    show_tap(show, ANSWER_ARRIVAL, 1);
    assert_true(show_has(show, "guests")); /* the control: nobody types */
    show_wait(show, 10000);
    show_tap(show, ANSWER_UNKNOWN, 0);
    assert_true(show_has(show, "my-badge"));
    show_wait(show, 10000);
    show_go_to_name(show);
    show_type(show, "Z");
    show_tap(show, ANSWER_ARRIVAL, 1);
    assert_false(show_has(show, "guests"));
    assert_true(show_has(show, "undo") && show_has(show, "close"));
    show_wait(show, 4000);
    show_tap(show, ANSWER_UNKNOWN, 0);
    assert_false(show_has(show, "my-badge"));
    assert_true(show_has(show, "first-visit") && show_has(show, "call"));
    show_press(show, "close");
    show_expect_scene(show, "name");
    assert_string_equal(show_typed(show), "Z");
}

static void a_strip_moves_no_key(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    struct rect before = show_find(show, "key A").box;
    show_tap(show, ANSWER_ARRIVAL, 1);
    show_wait(show, 4000);
    assert_true(rect_is_same(before, show_find(show, "key A").box));
}

static void a_strip_s_undo_works_above_a_page(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_tap(show, ANSWER_ARRIVAL, 5);
    show_wait(show, 4500);
    struct ask ask = show_press(show, "undo");
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.fact.seq, 105);
    show_expect_scene(show, "name");
}

/* The undo comes where keys were, and whoever types has not looked up yet. */
static void who_types_does_not_touch_the_result_that_comes_in_between(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_tap(show, ANSWER_ARRIVAL, 1);
    int64_t came_ms = show->now_ms;
    struct rect undo = show_find(show, "undo").box;
    for (show->now_ms = came_ms + 100; show->now_ms < came_ms + 1100; show->now_ms += 250)
        assert_int_equal(show_touch_box(show, undo).kind, ASK_NOTHING);
    show->now_ms = came_ms + 4000; /* nor was it held */
    show_expect_scene(show, "name");
    assert_true(show_has(show, "undo"));
}

static void help_gives_back_what_was_typed(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "Zo");
    show_press(show, "help");
    show_press(show, "comfort");
    show_press(show, "back");
    show_press(show, "back");
    show_expect_scene(show, "name");
    assert_string_equal(show_typed(show), "Zo");
    show_press(show, "back");
    show_press(show, "help"); /* and from where nothing is typed it goes there, too */
    show_press(show, "back");
    show_expect_scene(show, "no-badge");
}

static void two_quick_keys_both_type(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    struct rect a = show_find(show, "key A").box, b = show_find(show, "key B").box;
    show_touch_box(show, a); /* no picture between: the eye knows where the keys are */
    show_touch_box(show, b);
    assert_int_equal(strlen(show_typed(show)), 2);
}

static void a_swipe_over_the_keys_types_nothing(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    struct rect from = show_find(show, "key A").box, to = show_find(show, "key P").box;
    show_finger(show, STAGE_DOWN, from.x + 1, from.y + 1);
    for (double x = from.x; x < to.x; x += 3)
        show_finger(show, STAGE_MOVE, x, from.y + 1);
    show_finger(show, STAGE_UP, to.x + 1, to.y + 1);
    assert_string_equal(show_typed(show), "");
}

static void a_finger_between_two_keys_types_one_of_them(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    struct rect a = show_find(show, "key A").box;
    show_finger(show, STAGE_DOWN, a.x + a.w + 0.3, a.y + a.h / 2);
    show_finger(show, STAGE_UP, a.x + a.w + 0.3, a.y + a.h / 2);
    assert_int_equal(strlen(show_typed(show)), 1);
}

static void a_key_types_though_a_strip_ends_while_it_is_held(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_tap(show, ANSWER_ARRIVAL, 1);
    show_wait(show, 9900);
    struct rect a = show_find(show, "key A").box;
    show_finger(show, STAGE_DOWN, a.x + 5, a.y + 5);
    assert_true(show_has(show, "undo"));
    show_wait(show, 200);
    assert_false(show_has(show, "undo"));
    show_finger(show, STAGE_UP, a.x + 5, a.y + 5);
    assert_string_equal(show_typed(show), "A");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(typing_survives_taps_strips_and_languages),
        TEST(no_button_of_a_result_leads_away_from_what_somebody_types),
        TEST(a_strip_moves_no_key),
        TEST(a_strip_s_undo_works_above_a_page),
        TEST(who_types_does_not_touch_the_result_that_comes_in_between),
        TEST(help_gives_back_what_was_typed),
        TEST(two_quick_keys_both_type),
        TEST(a_swipe_over_the_keys_types_nothing),
        TEST(a_finger_between_two_keys_types_one_of_them),
        TEST(a_key_types_though_a_strip_ends_while_it_is_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
