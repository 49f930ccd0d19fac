/* Pages of visitors: what was asked is asked, and leads where it should. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/show.h"

/* --- the door --- */

static void a_name_and_a_code_ask_and_lead_home(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "Z");
    struct ask ask = show_press(show, "key Done");
    assert_int_equal(ask.kind, ASK_NAMES);
    assert_string_equal(ask.text, "Z");
    assert_int_equal(show_press(show, "key Done").kind, ASK_NOTHING); /* it is under way */
    show_tell(show, ASK_NAMES, TOLD_YES);
    show_expect_scene(show, "names");
    show_press(show, "name-2");
    show_expect_scene(show, "code");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_HOST);
    show_type(show, "BCDFG");
    ask = show_press(show, "key H");
    assert_int_equal(ask.kind, ASK_CODE);
    assert_string_equal(ask.text, "BCDFGH");
    assert_int_equal(ask.number[0], 1);
    show_tell(show, ASK_CODE, TOLD_NO);
    show_expect_scene(show, "code");
    assert_string_equal(page_text(stage_page(show->stage), PAGE_CODE), "");
    show_type(show, "BCDFG");
    show_press(show, "key H");
    show_tell(show, ASK_CODE, TOLD_YES);
    show_expect_scene(show, "resting");
}

static void too_many_names_ask_for_one_more_letter(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "Z");
    show_press(show, "key Done");
    show_tell(show, ASK_NAMES, TOLD_MANY);
    show_expect_scene(show, "name");
    assert_non_null(stage_page(show->stage)->problem);
    show_type(show, "o");
    assert_null(stage_page(show->stage)->problem);
    assert_string_equal(show_typed(show), "Zo");
}

static void a_host_vouches_for_who_found_their_name(void **state)
{
    struct show *show = *state;
    show_press(show, "no-badge");
    show_press(show, "code");
    assert_int_equal(show_tell(show, ASK_NOTHING, TOLD_CLAIMED).kind, ASK_NOTHING); /* for whom? */
    show_press(show, "back");
    show_press(show, "name");
    show_type(show, "Z");
    show_press(show, "key Done");
    show_tell(show, ASK_NAMES, TOLD_YES);
    show_press(show, "name-1");
    struct ask ask = show_tell(show, ASK_NOTHING, TOLD_CLAIMED);
    assert_int_equal(ask.kind, ASK_VOUCH);
    assert_int_equal(ask.by.seq, 7);
    assert_int_equal(ask.number[0], 0);
}

static void an_unknown_badge_can_be_claimed_by_its_owner(void **state)
{
    struct show *show = *state;
    show_tap(show, ANSWER_UNKNOWN, 0);
    show_press(show, "my-badge");
    show_expect_scene(show, "no-badge");
    show_press(show, "code");
    show_type(show, "BCDFG");
    assert_int_equal(show_press(show, "key H").kind, ASK_LINK);
}

static void guests_are_counted_up_and_down_from_the_greeting(void **state)
{
    struct show *show = *state;
    show_tap(show, ANSWER_ARRIVAL, 9);
    show_press(show, "guests");
    show_expect_scene(show, "guests");
    assert_false(show_has(show, "adults-less"));
    show_press(show, "adults-more");
    show_press(show, "adults-more");
    show_press(show, "adults-less");
    show_press(show, "children-more");
    struct ask ask = show_press(show, "done");
    assert_int_equal(ask.kind, ASK_GUESTS);
    assert_int_equal(ask.person.seq, 9);
    assert_int_equal(ask.number[0], 1);
    assert_int_equal(ask.number[1], 1);
    show_tell(show, ASK_GUESTS, TOLD_YES);
    show_expect_scene(show, "resting");
}

/* The next one to stand there may be somebody new. */
static void the_language_of_a_badge_goes_with_its_page(void **state)
{
    struct show *show = *state;
    struct answer answer = {.kind = ANSWER_ARRIVAL,
                            .person = {1, 9},
                            .fact = {1, 109},
                            .language = LANGUAGE_NL,
                            .shown_ms = 4000,
                            .undo_ms = 10000};
    for (int is_chosen = 0; is_chosen < 2; is_chosen++) {
        stage_answer(show->stage, &answer, show->now_ms);
        show_press(show, "guests");
        if (is_chosen) /* the control: who chose one keeps it for a moment */
            show_press(show, "English");
        show_press(show, "back");
        show_expect_scene(show, "resting");
        assert_int_equal(show_has(show, "Français"), is_chosen);
        show_wait(show, 12000);
    }
}

static void a_guest_with_a_name_is_at_least_one(void **state)
{
    struct show *show = *state;
    show_tap(show, ANSWER_ARRIVAL, 9);
    show_press(show, "guests");
    show_press(show, "guest-name");
    show_type(show, "N");
    show_press(show, "key Done");
    show_expect_scene(show, "guests");
    struct ask ask = show_press(show, "done");
    assert_int_equal(ask.number[0], 1);
    assert_string_equal(ask.text, "N");
}

static void a_forgotten_departure_is_asked_for_and_heard(void **state)
{
    struct show *show = *state;
    show_tap(show, ANSWER_ARRIVAL_FORGOTTEN, 4);
    struct ask ask = show_press(show, "guess-2");
    assert_int_equal(ask.kind, ASK_PROPOSE);
    assert_int_equal(ask.fact.seq, 50);
    assert_true(ask.at_ms == 1795410800000);
    struct told told = {.ask = ASK_PROPOSE, .how = TOLD_YES, .person = {1, 4}};
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_false(show_has(show, "guess-1"));
    assert_true(show_has(show, "undo"));
}

/* --- the other hand, and other pages --- */

static void in_mirrored_mode_things_are_touched_where_they_are_seen(void **state)
{
    struct show show;
    (void)state;
    show_open_as(&show, (struct theme_mode){.is_mirrored = true}, 0);
    assert_true(show_find(&show, "help").box.x < 20);
    show_press(&show, "help");
    show_expect_scene(&show, "help");
    show_press(&show, "no-badge");
    show_press(&show, "name");
    assert_true(show_find(&show, "key A").box.x < show_find(&show, "key P").box.x);
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void time_runs_from_left_to_right_for_both_hands(void **state)
{
    (void)state;
    for (int is_mirrored = 0; is_mirrored < 2; is_mirrored++) {
        struct show show;
        show_open_as(&show, (struct theme_mode){.is_mirrored = is_mirrored != 0}, 0);
        show_tap(&show, ANSWER_ARRIVAL_FORGOTTEN, 1);
        struct target first = show_find(&show, "guess-1"), last = show_find(&show, "guess-3");
        assert_true(first.box.x < show_find(&show, "guess-2").box.x);
        assert_true(show_find(&show, "guess-2").box.x < last.box.x);
        assert_true(first.act.at_ms < last.act.at_ms);
        /* the control: what is not time changes sides */
        assert_true((show_find(&show, "undo").box.x < show_find(&show, "dont-know").box.x) ==
                    is_mirrored);
        stage_close(show.stage);
        canvas_close(show.canvas);
    }
}

static void draw_private(struct sheet *sheet, struct rect area)
{
    scene_frame(sheet, area, "Mine");
}

static void a_private_page_closes_when_somebody_else_taps(void **state)
{
    static const struct scene private = {
        .name = "private", .draw = draw_private, .idle_s = 30, .is_private = true};
    struct show *show = *state;
    struct ask ask;
    stage_show(show->stage, &private, show->now_ms, &ask);
    show_expect_scene(show, "private");
    show_tap(show, ANSWER_ARRIVAL, 1);
    show_wait(show, 5000);
    show_expect_scene(show, "resting");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_name_and_a_code_ask_and_lead_home),
        TEST(too_many_names_ask_for_one_more_letter),
        TEST(a_host_vouches_for_who_found_their_name),
        TEST(an_unknown_badge_can_be_claimed_by_its_owner),
        TEST(guests_are_counted_up_and_down_from_the_greeting),
        TEST(the_language_of_a_badge_goes_with_its_page),
        TEST(a_guest_with_a_name_is_at_least_one),
        TEST(a_forgotten_departure_is_asked_for_and_heard),
        cmocka_unit_test(in_mirrored_mode_things_are_touched_where_they_are_seen),
        cmocka_unit_test(time_runs_from_left_to_right_for_both_hands),
        TEST(a_private_page_closes_when_somebody_else_taps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
