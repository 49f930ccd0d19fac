/* What a stage shows for how long, and when it draws. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/timed.h"

/* --- the life of a result --- */

static void a_result_stands_four_seconds_then_its_undo_until_ten(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 1000);
    timed_expect_scene(timed, 1000, "greeting");
    timed_expect_scene(timed, 4999, "greeting");
    assert_int_equal(timed_count(timed, "undo", 4999), 1);
    timed_expect_scene(timed, 5000, "resting");
    assert_int_equal(timed_count(timed, "undo", 5000), 1);
    assert_int_equal(timed_count(timed, "undo", 10999), 1);
    assert_int_equal(timed_count(timed, "undo", 11000), 0);
}

static void a_question_stands_eight_seconds_and_leaves_no_strip(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 0);
    timed_expect_scene(timed, 7999, "already-in");
    timed_expect_scene(timed, 8000, "resting");
    assert_int_equal(timed_count(timed, "undo", 8000), 0);
}

static void two_people_share_the_screen(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_tap(timed, ANSWER_DEPARTURE, 2, 500);
    timed_expect_scene(timed, 500, "greeting+goodbye");
    assert_true(timed_button(timed, "undo", 0, 500).box.x < 77);
    assert_true(timed_button(timed, "undo", 1, 500).box.x > 77);
    timed_expect_scene(timed, 4000, "goodbye");
}

static void a_third_takes_the_older_one_s_half_and_the_other_stays_where_it_is(void **state)
{
    struct timed *timed = *state;
    struct ask ask;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_tap(timed, ANSWER_DEPARTURE, 2, 500);
    timed_tap(timed, ANSWER_ALREADY_IN, 3, 1000);
    timed_expect_scene(timed, 1000, "goodbye+already-in");
    assert_true(timed_button(timed, "leave", 0, 1000).box.x < 77);
    /* The first one's undo is still offered, in a strip at the foot. */
    assert_int_equal(timed_count(timed, "undo", 1000), 2);
    ask = timed_click(timed, timed_button(timed, "undo", 0, 1000).box, 1500);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.person.seq, 1);
}

static void who_taps_again_has_one_result_in_the_same_place(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    timed_tap(timed, ANSWER_ARRIVAL, 2, 500);
    timed_tap(timed, ANSWER_ALREADY_IN, 1, 1000);
    timed_expect_scene(timed, 1000, "greeting+already-in");
    assert_true(timed_button(timed, "leave", 0, 1000).box.x < 77);
}

static void the_same_answer_again_keeps_the_old_deadline(void **state)
{
    struct timed *timed = *state;
    struct answer again = timed_answer(ANSWER_ARRIVAL, 1, 4000, 10000);
    stage_answer(timed->stage, &again, 0);
    again.undo_ms = 4000; /* what is left of it */
    stage_answer(timed->stage, &again, 6000);
    timed_expect_scene(timed, 6000, "greeting");
    assert_int_equal(timed_count(timed, "undo", 9999), 1);
    assert_true(timed_button(timed, "undo", 0, 6000).left < 0.41);
    assert_int_equal(timed_count(timed, "undo", 10000), 0);
}

static void badges_of_nobody_share_one_card(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_UNKNOWN, 0, 0);
    timed_tap(timed, ANSWER_UNKNOWN, 0, 3000);
    timed_expect_scene(timed, 3000, "unknown");
    timed_expect_scene(timed, 22999, "unknown");
    timed_expect_scene(timed, 23000, "resting");
}

static void an_answer_of_nothing_shows_nothing(void **state)
{
    struct timed *timed = *state;
    stage_moment(timed->stage, 0);
    timed_expect_scene(timed, 0, "moment");
    timed_tap(timed, ANSWER_NOTHING, 1, 100);
    timed_expect_scene(timed, 100, "resting");
}

static void every_kind_of_answer_looks_its_own_way(void **state)
{
    (void)state;
    for (int a = 0; a < ANSWER_COUNT; a++)
        for (int b = a + 1; b < ANSWER_COUNT; b++) {
            const struct answer left = {.kind = (enum answer_kind)a},
                                right = {.kind = (enum answer_kind)b};
            const struct scene *one = scene_of(&left), *two = scene_of(&right);
            bool is_in = one && one->meaning == THEME_IN;     /* both are arrivals */
            bool is_help = one && one->meaning == THEME_HELP; /* the same face on purpose */
            if (!one || !two || one == two || is_in || is_help)
                continue;
            if (one->meaning == two->meaning && one->icon == two->icon)
                fail_msg("%s looks like %s", one->name, two->name);
        }
}

/* --- what waits --- */

static void seen_shows_at_once_and_again_after_it_was_over(void **state)
{
    struct timed *timed = *state;
    assert_false(stage_is_changed(timed->stage, 0));
    stage_seen(timed->stage, 0);
    assert_true(stage_is_changed(timed->stage, 0));
    stage_draw(timed->stage, 0, timed->canvas);
    assert_true(stage_is_changed(timed->stage, 1500));
    stage_draw(timed->stage, 1500, timed->canvas);
    stage_seen(timed->stage, 2000);
    assert_true(stage_is_changed(timed->stage, 2000));
}

static void one_moment_ends_with_an_answer_with_an_undo_and_by_itself(void **state)
{
    struct timed *timed = *state;
    stage_moment(timed->stage, 0);
    timed_tap(timed, ANSWER_ARRIVAL, 1, 100);
    timed_expect_scene(timed, 4100, "resting");
    stage_moment(timed->stage, 5000);
    stage_undone(timed->stage, (struct fact_id){1, 999}, 5100);
    timed_expect_scene(timed, 5100, "resting");
    stage_moment(timed->stage, 6000);
    timed_expect_scene(timed, 15999, "moment");
    timed_expect_scene(timed, 16000, "resting");
}

static bool says(struct timed *timed, const char *text, int64_t now_ms)
{
    const struct canvas_mark *marks;
    stage_draw(timed->stage, now_ms, timed->canvas);
    int count = canvas_marks(timed->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strcmp(marks[i].text, text) == 0)
            return true;
    return false;
}

static void one_moment_is_said_above_pages_and_results_too(void **state)
{
    struct timed *timed = *state;
    struct ask ask;
    stage_show(timed->stage, &scene_help, 0, &ask);
    for (int64_t begin_ms = 0; begin_ms < 40000; begin_ms += 20000) {
        if (begin_ms)
            timed_tap(timed, ANSWER_ALREADY_IN, 1, begin_ms - 100);
        stage_seen(timed->stage, begin_ms);
        assert_false(says(timed, "One moment", begin_ms + 200)); /* the control: a tick */
        stage_moment(timed->stage, begin_ms + 300);
        assert_true(says(timed, "One moment", begin_ms + 400));
        assert_true(says(timed, "One moment", begin_ms + 2900)); /* after the tick was over */
        assert_true(timed_count(timed, begin_ms ? "close" : "no-badge", begin_ms + 2900) == 1);
        timed_tap(timed, ANSWER_NOT_RECORDED, 2, begin_ms + 3000);
        assert_false(says(timed, "One moment", begin_ms + 3000));
    }
}

static void what_is_told_to_a_page_ends_nobody_s_moment_but_a_claimed_badge_does(void **state)
{
    struct timed *timed = *state;
    struct told told = {.ask = ASK_HERE, .how = TOLD_YES};
    struct ask ask;
    stage_seen(timed->stage, 0);
    stage_moment(timed->stage, 300);
    timed_expect_scene(timed, 300, "moment");
    stage_told(timed->stage, &told, 400, &ask); /* of a page that is gone */
    timed_expect_scene(timed, 400, "moment");
    told.how = TOLD_CLAIMED;
    stage_told(timed->stage, &told, 500, &ask);
    assert_true(stage_is_changed(timed->stage, 500)); /* else the old picture stays */
    timed_expect_scene(timed, 500, "resting");
    stage_seen(timed->stage, 600);
    timed_expect_scene(timed, 600, "resting");
    stage_told(timed->stage, &told, 700, &ask);
    assert_true(stage_is_changed(timed->stage, 700)); /* the tick goes, too */
}

static void what_was_undone_says_so_and_goes(void **state)
{
    struct timed *timed = *state;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    stage_undone(timed->stage, (struct fact_id){1, 101}, 1000);
    timed_expect_scene(timed, 1000, "undone");
    assert_int_equal(timed_count(timed, "undo", 1000), 0);
    timed_expect_scene(timed, 4000, "resting");
}

/* --- when it draws --- */

static void nothing_is_drawn_when_nothing_changed(void **state)
{
    struct timed *timed = *state;
    assert_true(stage_due_ms(timed->stage) == INT64_MAX);
    assert_false(stage_is_changed(timed->stage, 3600000));
    stage_set_here(timed->stage, 0);
    stage_set_reader_resting(timed->stage, false);
    assert_false(stage_is_changed(timed->stage, 3600000));
    stage_set_here(timed->stage, 1);
    assert_true(stage_is_changed(timed->stage, 3600000));
}

static void a_running_bar_draws_four_times_a_second(void **state)
{
    struct timed *timed = *state;
    int drawn = 0;
    timed_tap(timed, ANSWER_ARRIVAL, 1, 0);
    for (int64_t now_ms = 0; now_ms < 20000; now_ms++)
        if (now_ms >= stage_due_ms(timed->stage) && stage_is_changed(timed->stage, now_ms)) {
            stage_draw(timed->stage, now_ms, timed->canvas);
            drawn++;
        }
    assert_in_range(drawn, 40, 42);
    assert_true(stage_due_ms(timed->stage) == INT64_MAX);
}

static void a_minute_that_passes_is_drawn_once(void **state)
{
    struct timed *timed = *state;
    stage_set_clock(timed->stage, 60000, true);
    stage_draw(timed->stage, 0, timed->canvas);
    stage_set_clock(timed->stage, 119999, true);
    assert_false(stage_is_changed(timed->stage, 0));
    stage_set_clock(timed->stage, 120000, true);
    assert_true(stage_is_changed(timed->stage, 0));
}

static void a_fault_stays_until_it_is_taken_away(void **state)
{
    struct timed *timed = *state;
    stage_set_fault(timed->stage, FAULT_REGISTER, "the register is damaged");
    timed_expect_scene(timed, 3600000, "fault");
    stage_set_fault(timed->stage, FAULT_NONE, "");
    timed_expect_scene(timed, 3600000, "resting");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_result_stands_four_seconds_then_its_undo_until_ten),
        TEST(a_question_stands_eight_seconds_and_leaves_no_strip),
        TEST(two_people_share_the_screen),
        TEST(a_third_takes_the_older_one_s_half_and_the_other_stays_where_it_is),
        TEST(who_taps_again_has_one_result_in_the_same_place),
        TEST(the_same_answer_again_keeps_the_old_deadline),
        TEST(badges_of_nobody_share_one_card),
        TEST(an_answer_of_nothing_shows_nothing),
        TEST(every_kind_of_answer_looks_its_own_way),
        TEST(seen_shows_at_once_and_again_after_it_was_over),
        TEST(one_moment_ends_with_an_answer_with_an_undo_and_by_itself),
        TEST(one_moment_is_said_above_pages_and_results_too),
        TEST(what_is_told_to_a_page_ends_nobody_s_moment_but_a_claimed_badge_does),
        TEST(what_was_undone_says_so_and_goes),
        TEST(nothing_is_drawn_when_nothing_changed),
        TEST(a_running_bar_draws_four_times_a_second),
        TEST(a_minute_that_passes_is_drawn_once),
        TEST(a_fault_stays_until_it_is_taken_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
