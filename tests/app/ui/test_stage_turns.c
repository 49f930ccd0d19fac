/* What takes turns on the resting screen, and how often that wakes the station. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/timed.h"

#define BEGINS_MS INT64_C(1795524720000)

static struct answer_slot slot(int occasion, int number, const char *title)
{
    struct answer_slot slot = {.of = {{1, occasion}, number},
                               .kind = OCCASION_SHIFT,
                               .from_ms = BEGINS_MS,
                               .to_ms = BEGINS_MS + 3 * INT64_C(3600000),
                               .needed = 2};
    snprintf(slot.title, sizeof slot.title, "%s", title);
    return slot;
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

static void with_one_thing_to_say_nothing_turns(void **state)
{
    struct timed *timed = *state;
    stage_set_occasion(timed->stage, "Open day");
    stage_draw(timed->stage, 0, timed->canvas);
    assert_true(stage_due_ms(timed->stage) == INT64_MAX);
    assert_false(stage_is_changed(timed->stage, 3600000));
}

static void hands_and_the_house_take_turns_of_twelve_seconds(void **state)
{
    struct timed *timed = *state;
    const struct answer_slot hands[] = {slot(50, 3, "Till"), slot(51, 4, "Shelves")};
    static const char *const seen[] = {"Welcome", "Till", "Shelves", "Welcome", "Till"};
    int drawn = 0;
    stage_set_hands(timed->stage, hands, 2);
    for (int64_t now_ms = 0; now_ms < 60000; now_ms += 100) {
        if (now_ms < stage_due_ms(timed->stage) || !stage_is_changed(timed->stage, now_ms))
            continue;
        stage_draw(timed->stage, now_ms, timed->canvas);
        assert_true(says(timed, seen[now_ms / 12000], now_ms));
        assert_true(now_ms % 12000 == 0);
        drawn++;
    }
    assert_int_equal(drawn, 5);
}

static void the_same_hands_again_draw_nothing_and_none_end_the_turns(void **state)
{
    struct timed *timed = *state;
    struct answer_slot hands = slot(50, 3, "Till");
    stage_set_hands(timed->stage, &hands, 1);
    stage_draw(timed->stage, 0, timed->canvas);
    stage_set_hands(timed->stage, &hands, 1);
    assert_false(stage_is_changed(timed->stage, 100));
    hands.needed = 1;
    stage_set_hands(timed->stage, &hands, 1);
    assert_true(stage_is_changed(timed->stage, 100)); /* the control */
    stage_set_hands(timed->stage, NULL, 0);
    stage_draw(timed->stage, 200, timed->canvas);
    assert_true(stage_due_ms(timed->stage) == INT64_MAX);
}

static void at_an_assembly_votes_stand_all_the_time_and_each_one_more_is_drawn(void **state)
{
    struct timed *timed = *state;
    const struct answer_slot hands = slot(50, 3, "Till");
    struct quorum quorum = {.all = {.entitled = 60, .here = 29, .needed = 30}};
    stage_set_hands(timed->stage, &hands, 1);
    stage_set_quorum(timed->stage, &quorum);
    assert_true(says(timed, "No quorum yet", 100));
    assert_false(says(timed, "Till", 12000));
    stage_set_quorum(timed->stage, &quorum);
    assert_false(stage_is_changed(timed->stage, 12100));
    quorum.all.here = 30;
    quorum.all.is_reached = true;
    stage_set_quorum(timed->stage, &quorum);
    assert_true(stage_is_changed(timed->stage, 12100));
    assert_true(says(timed, "Quorum reached", 12200));
    stage_set_quorum(timed->stage, NULL);
    assert_true(says(timed, "Till", 12300)); /* the control */
}

static void colleges_that_have_no_room_together_take_turns(void **state)
{
    struct timed *timed = *state;
    struct quorum quorum = {.all = {.entitled = 60, .needed = 30}, .college_count = 5};
    int seen = 0;
    for (int i = 0; i < quorum.college_count; i++)
        snprintf(quorum.colleges[i].name, sizeof quorum.colleges[i].name, "Col %d", i);
    stage_set_quorum(timed->stage, &quorum);
    for (int turn = 0; turn < 5; turn++)
        for (int i = 0; i < quorum.college_count; i++)
            seen |= says(timed, quorum.colleges[i].name, turn * 12000 + 1) << i;
    assert_int_equal(seen, 31);
    assert_false(says(timed, "Col 0", 1) && says(timed, "Col 4", 2)); /* the control */
    assert_true(stage_due_ms(timed->stage) <= 12000);
}

static void a_touch_on_hands_needed_leads_to_the_shifts_while_it_is_their_turn(void **state)
{
    struct timed *timed = *state;
    const struct answer_slot hands = slot(50, 3, "Till");
    stage_set_hands(timed->stage, &hands, 1);
    assert_int_equal(timed_count(timed, "hands", 11999), 0);
    struct rect box = timed_button(timed, "hands", 0, 12000).box;
    timed_touch(timed, STAGE_DOWN, box, 23900);
    stage_draw(timed->stage, 24000, timed->canvas); /* the house's turn */
    timed_touch(timed, STAGE_UP, box, 24100);
    timed_expect_scene(timed, 24200, "resting");
    timed_button(timed, "hands", 0, 36500);
    timed_click(timed, box, 37000); /* the control */
    timed_expect_scene(timed, 37200, "shifts");
}

static void turns_go_on_where_nothing_moves(void **state)
{
    struct timed *timed = *state;
    const struct answer_slot hands = slot(50, 3, "Till");
    stage_set_hands(timed->stage, &hands, 1);
    stage_set_mode(timed->stage, &(struct theme_mode){.is_still = true});
    assert_false(says(timed, "Till", 100));
    assert_true(stage_due_ms(timed->stage) == 12000);
    assert_true(says(timed, "Till", 12000));
}

static void no_result_is_drawn_again_for_a_turn_behind_it(void **state)
{
    struct timed *timed = *state;
    const struct answer_slot hands = slot(50, 3, "Till");
    stage_set_hands(timed->stage, &hands, 1);
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 10000);
    stage_draw(timed->stage, 10000, timed->canvas);
    assert_true(stage_due_ms(timed->stage) == 18000);
    assert_false(stage_is_changed(timed->stage, 12500));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(with_one_thing_to_say_nothing_turns),
        TEST(hands_and_the_house_take_turns_of_twelve_seconds),
        TEST(the_same_hands_again_draw_nothing_and_none_end_the_turns),
        TEST(at_an_assembly_votes_stand_all_the_time_and_each_one_more_is_drawn),
        TEST(colleges_that_have_no_room_together_take_turns),
        TEST(a_touch_on_hands_needed_leads_to_the_shifts_while_it_is_their_turn),
        TEST(turns_go_on_where_nothing_moves),
        TEST(no_result_is_drawn_again_for_a_turn_behind_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
