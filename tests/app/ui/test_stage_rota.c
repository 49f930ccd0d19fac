/* Pages of shifts: what they ask for, of whom, and who sees what. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/show.h"

static struct ask tell(struct show *show, const struct told *told)
{
    struct ask ask;
    stage_told(show->stage, told, show->now_ms, &ask);
    return ask;
}

static void tell_shifts(struct show *show, enum ask_kind kind, int count)
{
    struct told told = {
        .ask = kind, .how = TOLD_YES, .person = stage_page(show->stage)->person, .count = count};
    for (int i = 0; i < count; i++)
        told.rows[i] = (struct row){
            .id = {1, 40 + i}, .number = {2, 1}, .title = "Till", .at_ms = 1, .to_ms = 2};
    tell(show, &told);
}

static void go_to_shift(struct show *show)
{
    show_press(show, "help");
    assert_int_equal(show_press(show, "shifts").kind, ASK_SHIFTS);
    tell_shifts(show, ASK_SHIFTS, 2);
    struct ask ask = show_press(show, "shift-2");
    assert_int_equal(ask.kind, ASK_SHIFT);
    assert_int_equal(ask.fact.seq, 41);
    assert_int_equal(ask.number[0], 2);
    tell_shifts(show, ASK_SHIFT, 0);
}

static void go_to_mine(struct show *show)
{
    show_press(show, "help");
    show_press(show, "mine");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_KNOWN);
    struct ask ask = show_tell(show, ASK_NOTHING, TOLD_CLAIMED);
    assert_int_equal(ask.kind, ASK_MINE);
    assert_int_equal(ask.person.seq, 7);
    tell_shifts(show, ASK_MINE, 2);
}

static void a_sign_up_is_of_the_badge_that_was_tapped(void **state)
{
    struct show *show = *state;
    go_to_shift(show);
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_NONE);
    assert_int_equal(show_press(show, "in").kind, ASK_NOTHING);
    show_expect_scene(show, "sign-up");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_KNOWN);
    struct ask ask = show_tell(show, ASK_NOTHING, TOLD_CLAIMED);
    assert_int_equal(ask.kind, ASK_SIGN_UP);
    assert_int_equal(ask.person.seq, 7);
    assert_int_equal(ask.fact.seq, 41);
    assert_int_equal(ask.number[0], 2);
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_NONE);
    struct told told = {.ask = ASK_SIGN_UP, .how = TOLD_YES, .person = {1, 7}, .count = 1};
    told.rows[0].id = (struct fact_id){1, 99};
    tell(show, &told);
    ask = show_press(show, "undo");
    assert_int_equal(ask.kind, ASK_TAKE_BACK);
    assert_int_equal(ask.fact.seq, 99);
    assert_int_equal(ask.person.seq, 7);
}

static void what_was_promised_before_is_not_undone_here(void **state)
{
    struct show *show = *state;
    const struct told told = {.ask = ASK_SIGN_UP, .how = TOLD_YES, .person = {1, 7}, .count = 1};
    go_to_shift(show);
    show_press(show, "in");
    show_tell(show, ASK_NOTHING, TOLD_CLAIMED);
    tell(show, &told);
    assert_false(show_has(show, "undo"));
    assert_true(show_has(show, "done"));
}

static void shifts_stay_when_others_tap_until_they_are_somebody_s(void **state)
{
    struct show *show = *state;
    go_to_shift(show);
    show_tap(show, ANSWER_ARRIVAL, 3);
    show_wait(show, 12000);
    show_expect_scene(show, "shift");
    show_press(show, "in");
    show_tell(show, ASK_NOTHING, TOLD_CLAIMED);
    show_tap(show, ANSWER_ARRIVAL, 3);
    assert_null(stage_page(show->stage)->scene);
    assert_int_equal(stage_page(show->stage)->person.seq, 0);
}

static void my_page_is_mine_also_behind_help(void **state)
{
    static const struct {
        int person;
        bool is_left;
    } taps[] = {{7, true}, {3, false}};
    struct show *show = *state;
    for (int i = 0; i < 4; i++) {
        go_to_mine(show);
        if (i < 2)
            show_press(show, "help");
        show_tap(show, ANSWER_ARRIVAL, taps[i % 2].person);
        assert_int_equal(stage_page(show->stage)->scene != NULL, taps[i % 2].is_left);
        show_wait(show, 200000);
    }
}

static void who_is_known_taps_no_second_time(void **state)
{
    struct show *show = *state;
    go_to_mine(show);
    assert_int_equal(show_press(show, "shifts").kind, ASK_SHIFTS);
    tell_shifts(show, ASK_SHIFTS, 1);
    show_press(show, "shift-1");
    tell_shifts(show, ASK_SHIFT, 0);
    struct ask ask = show_press(show, "in");
    assert_int_equal(ask.kind, ASK_SIGN_UP);
    assert_int_equal(ask.person.seq, 7);
}

static void an_excuse_needs_no_reason_and_takes_one(void **state)
{
    struct show *show = *state;
    go_to_mine(show);
    show_press(show, "mine-1");
    struct ask ask = show_press(show, "stand-in");
    assert_int_equal(ask.kind, ASK_STAND_IN);
    assert_int_equal(ask.number[1], 1);
    show_tell(show, ASK_STAND_IN, TOLD_YES);
    assert_int_equal(show_press(show, "stand-in").number[1], 0);
    show_tell(show, ASK_STAND_IN, TOLD_NO);
    show_press(show, "excuse");
    ask = show_press(show, "key Done");
    assert_int_equal(ask.kind, ASK_EXCUSE);
    assert_string_equal(ask.text, "");
    show_tell(show, ASK_EXCUSE, TOLD_NO);
    show_expect_scene(show, "my-reason");
    show_type(show, "Flu");
    assert_string_equal(show_press(show, "key Done").text, "Flu");
    show_tell(show, ASK_EXCUSE, TOLD_YES);
    show_expect_scene(show, "excused");
}

static void only_what_differs_is_said_of_a_visit(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_MY_VISITS, .how = TOLD_YES, .person = {1, 7}, .count = 1};
    told.rows[0] = (struct row){.id = {1, 60}, .at_ms = 1795500000000, .to_ms = 1795510000000};
    go_to_mine(show);
    assert_int_equal(show_press(show, "visits").kind, ASK_MY_VISITS);
    tell(show, &told);
    show_press(show, "visit-1");
    show_press(show, "out-minute-more");
    for (int i = 0; i < 2; i++) { /* a refusal changes nothing in what is said */
        struct ask ask = show_press(show, "send");
        assert_int_equal(ask.kind, ASK_MY_TIMES);
        assert_int_equal(ask.fact.seq, 60);
        assert_true(ask.at_ms == 0 && ask.to_ms == 1795510300000);
        show_tell(show, ASK_MY_TIMES, TOLD_NO);
        show_expect_scene(show, "my-times");
        show_press(show, "in-minute-more");
        show_press(show, "in-minute-less");
    }
}

static void one_touch_signs_off_and_a_word_may_follow(void **state)
{
    struct show *show = *state;
    struct ask ask;
    stage_show(show->stage, &scene_sign_off, show->now_ms, &ask);
    assert_int_equal(ask.kind, ASK_SIGN_OFF);
    show_tell(show, ASK_SIGN_OFF, TOLD_YES);
    ask = show_press(show, "too-few");
    assert_int_equal(ask.kind, ASK_SIGNED_OFF);
    assert_int_equal(ask.number[1], SHIFT_TOO_FEW);
    assert_string_equal(ask.text, "");
    show_tell(show, ASK_SIGNED_OFF, TOLD_NO);
    show_expect_scene(show, "sign-off");
    show_press(show, "too-few");
    show_tell(show, ASK_SIGNED_OFF, TOLD_YES);
    show_expect_scene(show, "signed-off");
    show_press(show, "word");
    show_type(show, "Keys");
    ask = show_press(show, "key Done");
    assert_int_equal(ask.number[1], SHIFT_TOO_FEW);
    assert_string_equal(ask.text, "Keys");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_sign_up_is_of_the_badge_that_was_tapped),
        TEST(what_was_promised_before_is_not_undone_here),
        TEST(shifts_stay_when_others_tap_until_they_are_somebody_s),
        TEST(my_page_is_mine_also_behind_help),
        TEST(who_is_known_taps_no_second_time),
        TEST(an_excuse_needs_no_reason_and_takes_one),
        TEST(only_what_differs_is_said_of_a_visit),
        TEST(one_touch_signs_off_and_a_word_may_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
