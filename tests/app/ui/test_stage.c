#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct screen panel = {800, 480, 154, 86, 0};

struct show {
    struct stage *stage;
    struct canvas *canvas;
};

static int set_up(void **state)
{
    static struct show show;
    const struct stage_config config = {.screen = panel,
                                        .reader_side = SCENE_RIGHT,
                                        .home = LANGUAGE_FR,
                                        .venue = "L’épi commun",
                                        .version = "1.2.3"};
    if (stage_open(&config, &show.stage) || canvas_open(&panel, &show.canvas))
        return 1;
    stage_open_door(show.stage);
    stage_draw(show.stage, 0, show.canvas);
    *state = &show;
    return 0;
}

static int tear_down(void **state)
{
    struct show *show = *state;
    stage_close(show->stage);
    canvas_close(show->canvas);
    return 0;
}

static struct answer answer_of(enum answer_kind kind, int person, int64_t shown_ms, int64_t undo_ms)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, person + 100},
                            .language = LANGUAGE_FR,
                            .here = 3,
                            .shown_ms = shown_ms,
                            .undo_ms = undo_ms};
    snprintf(answer.first_name, sizeof answer.first_name, "Person %d", person);
    snprintf(answer.display_name, sizeof answer.display_name, "Person %d", person);
    return answer;
}

/* What a tap brings, by the tap table. */
static void tap(struct show *show, enum answer_kind kind, int person, int64_t now_ms)
{
    struct answer answer = answer_of(kind, person, 4000, 10000);
    if (kind == ANSWER_ALREADY_IN || kind == ANSWER_HAS_LEFT || kind == ANSWER_NOT_RECORDED)
        answer.shown_ms = 8000;
    if (kind == ANSWER_UNKNOWN)
        answer.shown_ms = 20000;
    if (kind != ANSWER_ARRIVAL && kind != ANSWER_DEPARTURE)
        answer.undo_ms = 0;
    stage_answer(show->stage, &answer, now_ms);
}

static void assert_scene(struct show *show, int64_t now_ms, const char *name)
{
    stage_draw(show->stage, now_ms, show->canvas);
    assert_string_equal(stage_scene_name(show->stage), name);
}

/* The place-th target of that name, in the order they were drawn. */
static struct target button(struct show *show, const char *name, int place, int64_t now_ms)
{
    const struct target *targets;
    stage_draw(show->stage, now_ms, show->canvas);
    int count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0 && place-- == 0)
            return targets[i];
    fail_msg("there is no button \"%s\"", name);
    return (struct target){.left = -1};
}

static int count_buttons(struct show *show, const char *name, int64_t now_ms)
{
    const struct target *targets;
    stage_draw(show->stage, now_ms, show->canvas);
    int found = 0, count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        found += strcmp(targets[i].name, name) == 0;
    return found;
}

static struct ask touch(struct show *show, enum stage_touch phase, struct rect box, int64_t now_ms)
{
    struct ask ask;
    stage_touch(show->stage, phase, (box.x + box.w / 2) * panel.width_px / panel.width_mm,
                (box.y + box.h / 2) * panel.height_px / panel.height_mm, now_ms, &ask);
    return ask;
}

static struct ask click(struct show *show, struct rect box, int64_t now_ms)
{
    struct ask ask = touch(show, STAGE_DOWN, box, now_ms);
    assert_int_equal(ask.kind, ASK_NOTHING);
    return touch(show, STAGE_UP, box, now_ms + 80);
}

/* --- the life of a result --- */

static void a_result_stands_four_seconds_then_its_undo_until_ten(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 1000);
    assert_scene(show, 1000, "greeting");
    assert_scene(show, 4999, "greeting");
    assert_int_equal(count_buttons(show, "undo", 4999), 1);
    assert_scene(show, 5000, "resting");
    assert_int_equal(count_buttons(show, "undo", 5000), 1);
    assert_int_equal(count_buttons(show, "undo", 10999), 1);
    assert_int_equal(count_buttons(show, "undo", 11000), 0);
}

static void a_question_stands_eight_seconds_and_leaves_no_strip(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ALREADY_IN, 1, 0);
    assert_scene(show, 7999, "already-in");
    assert_scene(show, 8000, "resting");
    assert_int_equal(count_buttons(show, "undo", 8000), 0);
}

static void two_people_share_the_screen(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    tap(show, ANSWER_DEPARTURE, 2, 500);
    assert_scene(show, 500, "greeting+goodbye");
    assert_true(button(show, "undo", 0, 500).box.x < 77);
    assert_true(button(show, "undo", 1, 500).box.x > 77);
    assert_scene(show, 4000, "goodbye");
}

static void a_third_takes_the_older_one_s_half_and_the_other_stays_where_it_is(void **state)
{
    struct show *show = *state;
    struct ask ask;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    tap(show, ANSWER_DEPARTURE, 2, 500);
    tap(show, ANSWER_ALREADY_IN, 3, 1000);
    assert_scene(show, 1000, "goodbye+already-in");
    assert_true(button(show, "leave", 0, 1000).box.x < 77);
    /* The first one's undo is still offered, in a strip at the foot. */
    assert_int_equal(count_buttons(show, "undo", 1000), 2);
    ask = click(show, button(show, "undo", 0, 1000).box, 1500);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.person.seq, 1);
}

static void who_taps_again_has_one_result_in_the_same_place(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    tap(show, ANSWER_ARRIVAL, 2, 500);
    tap(show, ANSWER_ALREADY_IN, 1, 1000);
    assert_scene(show, 1000, "greeting+already-in");
    assert_true(button(show, "leave", 0, 1000).box.x < 77);
}

static void the_same_answer_again_keeps_the_old_deadline(void **state)
{
    struct show *show = *state;
    struct answer again = answer_of(ANSWER_ARRIVAL, 1, 4000, 10000);
    stage_answer(show->stage, &again, 0);
    again.undo_ms = 4000; /* what is left of it */
    stage_answer(show->stage, &again, 6000);
    assert_scene(show, 6000, "greeting");
    assert_int_equal(count_buttons(show, "undo", 9999), 1);
    assert_true(button(show, "undo", 0, 6000).left < 0.41);
    assert_int_equal(count_buttons(show, "undo", 10000), 0);
}

static void badges_of_nobody_share_one_card(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_UNKNOWN, 0, 0);
    tap(show, ANSWER_UNKNOWN, 0, 3000);
    assert_scene(show, 3000, "unknown");
    assert_scene(show, 22999, "unknown");
    assert_scene(show, 23000, "resting");
}

static void an_answer_of_nothing_shows_nothing(void **state)
{
    struct show *show = *state;
    stage_moment(show->stage, 0);
    assert_scene(show, 0, "moment");
    tap(show, ANSWER_NOTHING, 1, 100);
    assert_scene(show, 100, "resting");
}

static void every_kind_of_answer_looks_its_own_way(void **state)
{
    (void)state;
    for (int a = 0; a < ANSWER_COUNT; a++)
        for (int b = a + 1; b < ANSWER_COUNT; b++) {
            const struct scene *one = scene_of((enum answer_kind)a);
            const struct scene *two = scene_of((enum answer_kind)b);
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
    struct show *show = *state;
    assert_false(stage_is_changed(show->stage, 0));
    stage_seen(show->stage, 0);
    assert_true(stage_is_changed(show->stage, 0));
    stage_draw(show->stage, 0, show->canvas);
    assert_true(stage_is_changed(show->stage, 1500));
    stage_draw(show->stage, 1500, show->canvas);
    stage_seen(show->stage, 2000);
    assert_true(stage_is_changed(show->stage, 2000));
}

static void one_moment_ends_with_an_answer_with_an_undo_and_by_itself(void **state)
{
    struct show *show = *state;
    stage_moment(show->stage, 0);
    tap(show, ANSWER_ARRIVAL, 1, 100);
    assert_scene(show, 4100, "resting");
    stage_moment(show->stage, 5000);
    stage_undone(show->stage, (struct fact_id){1, 999}, 5100);
    assert_scene(show, 5100, "resting");
    stage_moment(show->stage, 6000);
    assert_scene(show, 15999, "moment");
    assert_scene(show, 16000, "resting");
}

static bool says(struct show *show, const char *text, int64_t now_ms)
{
    const struct canvas_mark *marks;
    stage_draw(show->stage, now_ms, show->canvas);
    int count = canvas_marks(show->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strcmp(marks[i].text, text) == 0)
            return true;
    return false;
}

static void one_moment_is_said_above_pages_and_results_too(void **state)
{
    struct show *show = *state;
    struct ask ask;
    stage_show(show->stage, &scene_help, 0, &ask);
    for (int64_t begin_ms = 0; begin_ms < 40000; begin_ms += 20000) {
        if (begin_ms)
            tap(show, ANSWER_ALREADY_IN, 1, begin_ms - 100);
        stage_seen(show->stage, begin_ms);
        assert_false(says(show, "One moment", begin_ms + 200)); /* the control: a tick */
        stage_moment(show->stage, begin_ms + 300);
        assert_true(says(show, "One moment", begin_ms + 400));
        assert_true(says(show, "One moment", begin_ms + 2900)); /* after the tick was over */
        assert_true(count_buttons(show, begin_ms ? "close" : "no-badge", begin_ms + 2900) == 1);
        tap(show, ANSWER_NOT_RECORDED, 2, begin_ms + 3000);
        assert_false(says(show, "One moment", begin_ms + 3000));
    }
}

static void what_is_told_to_a_page_ends_nobody_s_moment_but_a_claimed_badge_does(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_HERE, .how = TOLD_YES};
    struct ask ask;
    stage_seen(show->stage, 0);
    stage_moment(show->stage, 300);
    assert_scene(show, 300, "moment");
    stage_told(show->stage, &told, 400, &ask); /* of a page that is gone */
    assert_scene(show, 400, "moment");
    told.how = TOLD_CLAIMED;
    stage_told(show->stage, &told, 500, &ask);
    assert_true(stage_is_changed(show->stage, 500)); /* else the old picture stays */
    assert_scene(show, 500, "resting");
    stage_seen(show->stage, 600);
    assert_scene(show, 600, "resting");
    stage_told(show->stage, &told, 700, &ask);
    assert_true(stage_is_changed(show->stage, 700)); /* the tick goes, too */
}

static void what_was_undone_says_so_and_goes(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    stage_undone(show->stage, (struct fact_id){1, 101}, 1000);
    assert_scene(show, 1000, "undone");
    assert_int_equal(count_buttons(show, "undo", 1000), 0);
    assert_scene(show, 4000, "resting");
}

/* --- fingers --- */

static void undo_names_the_person_and_the_fact_and_acts_once(void **state)
{
    struct show *show = *state;
    struct ask ask;
    tap(show, ANSWER_ARRIVAL, 7, 0);
    assert_scene(show, 0, "greeting");
    ask = click(show, button(show, "undo", 0, 0).box, 1000);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.person.seq, 7);
    assert_int_equal(ask.fact.seq, 107);
    assert_int_equal(count_buttons(show, "undo", 1200), 0);
    /* Nothing came of it: it may be pressed again. */
    assert_int_equal(count_buttons(show, "undo", 5200), 1);
}

static void a_button_acts_on_release_and_sliding_off_cancels(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ALREADY_IN, 1, 0);
    assert_scene(show, 0, "already-in");
    struct rect leave = button(show, "leave", 0, 0).box, away = {10, 70, 1, 1};
    touch(show, STAGE_DOWN, leave, 100);
    touch(show, STAGE_MOVE, away, 200);
    touch(show, STAGE_MOVE, leave, 300);
    assert_int_equal(touch(show, STAGE_UP, leave, 400).kind, ASK_NOTHING);
    touch(show, STAGE_DOWN, leave, 500);
    assert_int_equal(touch(show, STAGE_CANCEL, leave, 600).kind, ASK_NOTHING);
    assert_int_equal(touch(show, STAGE_UP, leave, 700).kind, ASK_NOTHING);
    assert_int_equal(click(show, leave, 800).kind, ASK_LEAVE);
}

static void a_touch_that_began_before_the_screen_changed_undoes_nobody(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    assert_scene(show, 0, "greeting");
    struct rect undo = button(show, "undo", 0, 0).box;
    touch(show, STAGE_DOWN, undo, 1000);
    tap(show, ANSWER_ARRIVAL, 2, 1050);
    assert_int_equal(touch(show, STAGE_UP, undo, 1100).kind, ASK_NOTHING);
    /* Nor does one that began after the change, but before it could be seen. */
    touch(show, STAGE_DOWN, undo, 1100);
    assert_int_equal(touch(show, STAGE_UP, undo, 1200).kind, ASK_NOTHING);
    assert_scene(show, 1200, "greeting+greeting");
    undo = button(show, "undo", 1, 1300).box;
    assert_int_equal(click(show, undo, 1700).person.seq, 2);
}

static void a_finger_on_one_person_s_button_does_nothing_to_who_takes_that_half(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ALREADY_IN, 1, 0);
    tap(show, ANSWER_ALREADY_IN, 2, 100);
    struct rect leave = button(show, "leave", 0, 200).box;
    touch(show, STAGE_DOWN, leave, 700);
    tap(show, ANSWER_ALREADY_IN, 3, 800);
    assert_true(rect_is_same(button(show, "leave", 1, 900).box, leave)); /* drawn under it */
    assert_int_equal(touch(show, STAGE_UP, leave, 1000).kind, ASK_NOTHING);
    /* the control: put down again it is meant */
    assert_int_equal(click(show, leave, 1400).person.seq, 3);
}

static void a_finger_on_a_strip_undoes_nobody_else_when_the_strips_move(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    tap(show, ANSWER_ARRIVAL, 2, 1000);
    struct rect undo = button(show, "undo", 0, 5100).box;
    touch(show, STAGE_DOWN, undo, 5600);
    tap(show, ANSWER_ARRIVAL, 3, 5700);
    assert_true(rect_is_same(button(show, "undo", 0, 9800).box, undo));
    assert_int_equal(touch(show, STAGE_UP, undo, 9850).kind, ASK_NOTHING);
    undo = button(show, "undo", 0, 10000).box;
    assert_int_equal(click(show, undo, 10500).person.seq, 3); /* the control */
}

static void a_finger_on_one_unknown_badge_claims_no_other(void **state)
{
    struct show *show = *state;
    struct answer answer = answer_of(ANSWER_UNKNOWN, 0, 20000, 0);
    answer.person = answer.fact = (struct fact_id){0};
    answer.stranger = 1;
    stage_answer(show->stage, &answer, 0);
    struct rect mine = button(show, "my-badge", 0, 100).box;
    touch(show, STAGE_DOWN, mine, 600);
    answer.stranger = 2;
    stage_answer(show->stage, &answer, 700);
    assert_scene(show, 800, "unknown");
    touch(show, STAGE_UP, mine, 900);
    assert_scene(show, 1000, "unknown");
    click(show, mine, 1200);
    assert_scene(show, 1300, "no-badge");
    assert_int_equal(stage_page(show->stage)->stranger, 2);
}

/* The second click of a double one would undo what the first did. */
static void what_has_just_come_is_not_touched_by_a_finger_that_was_on_its_way(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ALREADY_IN, 1, 0);
    struct rect leave = button(show, "leave", 0, 0).box;
    assert_int_equal(click(show, leave, 1000).kind, ASK_LEAVE);
    tap(show, ANSWER_DEPARTURE, 1, 1100);
    struct rect undo = button(show, "undo", 0, 1100).box;
    assert_true(rect_has(undo, leave.x + leave.w / 2, leave.y + leave.h / 2));
    assert_int_equal(click(show, leave, 1150).kind, ASK_NOTHING);
    assert_int_equal(count_buttons(show, "undo", 1300), 1);
    assert_int_equal(click(show, undo, 1500).kind, ASK_UNDO); /* the control */
}

static void touching_a_result_holds_it_for_twenty_seconds(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    assert_scene(show, 0, "greeting");
    touch(show, STAGE_DOWN, (struct rect){20, 40, 1, 1}, 3000);
    touch(show, STAGE_UP, (struct rect){20, 40, 1, 1}, 3100);
    assert_scene(show, 22999, "greeting");
    /* The undo keeps its own time. */
    assert_int_equal(count_buttons(show, "undo", 22999), 0);
    assert_scene(show, 23000, "resting");
}

static void help_is_answered_on_the_screen(void **state)
{
    struct show *show = *state;
    click(show, button(show, "help", 0, 0).box, 500);
    assert_scene(show, 600, "help");
    struct ask ask = click(show, button(show, "call", 0, 600).box, 1100);
    assert_int_equal(ask.kind, ASK_CALL);
    assert_scene(show, 1200, "called");
    assert_scene(show, 9200, "resting");
    tap(show, ANSWER_UNKNOWN, 0, 10000);
    assert_scene(show, 10000, "unknown");
    assert_int_equal(click(show, button(show, "call", 0, 10000).box, 10500).kind, ASK_CALL);
    assert_scene(show, 10600, "unknown");
    assert_int_equal(count_buttons(show, "call", 10600), 0);
}

static void another_language_goes_home_when_nobody_touches(void **state)
{
    struct show *show = *state;
    assert_int_equal(count_buttons(show, "English", 0), 1);
    assert_int_equal(count_buttons(show, "Français", 0), 0);
    click(show, button(show, "English", 0, 0).box, 500);
    assert_scene(show, 600, "resting");
    assert_int_equal(count_buttons(show, "Français", 600), 1);
    touch(show, STAGE_DOWN, (struct rect){60, 40, 1, 1}, 20000);
    assert_int_equal(count_buttons(show, "Français", 49999), 1);
    assert_int_equal(count_buttons(show, "Français", 50000), 0);
}

static void a_player_can_press_by_name(void **state)
{
    struct show *show = *state;
    struct ask ask;
    tap(show, ANSWER_HAS_LEFT, 4, 0);
    assert_scene(show, 0, "has-left");
    assert_int_equal(stage_press(show->stage, "undo", 0, &ask), RC_NOT_FOUND);
    assert_int_equal(stage_press(show->stage, "back-in", 0, &ask), RC_OK);
    assert_int_equal(ask.kind, ASK_BACK);
    assert_int_equal(ask.person.seq, 4);
}

/* --- when it draws --- */

static void nothing_is_drawn_when_nothing_changed(void **state)
{
    struct show *show = *state;
    assert_true(stage_due_ms(show->stage) == INT64_MAX);
    assert_false(stage_is_changed(show->stage, 3600000));
    stage_set_here(show->stage, 0);
    stage_set_reader_resting(show->stage, false);
    assert_false(stage_is_changed(show->stage, 3600000));
    stage_set_here(show->stage, 1);
    assert_true(stage_is_changed(show->stage, 3600000));
}

static void a_running_bar_draws_four_times_a_second(void **state)
{
    struct show *show = *state;
    int drawn = 0;
    tap(show, ANSWER_ARRIVAL, 1, 0);
    for (int64_t now_ms = 0; now_ms < 20000; now_ms++)
        if (now_ms >= stage_due_ms(show->stage) && stage_is_changed(show->stage, now_ms)) {
            stage_draw(show->stage, now_ms, show->canvas);
            drawn++;
        }
    assert_in_range(drawn, 40, 42);
    assert_true(stage_due_ms(show->stage) == INT64_MAX);
}

static void a_minute_that_passes_is_drawn_once(void **state)
{
    struct show *show = *state;
    stage_set_clock(show->stage, 60000, true);
    stage_draw(show->stage, 0, show->canvas);
    stage_set_clock(show->stage, 119999, true);
    assert_false(stage_is_changed(show->stage, 0));
    stage_set_clock(show->stage, 120000, true);
    assert_true(stage_is_changed(show->stage, 0));
}

static void a_fault_stays_until_it_is_taken_away(void **state)
{
    struct show *show = *state;
    stage_set_fault(show->stage, FAULT_REGISTER, "the register is damaged");
    assert_scene(show, 3600000, "fault");
    stage_set_fault(show->stage, FAULT_NONE, "");
    assert_scene(show, 3600000, "resting");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
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
        TEST(nothing_is_drawn_when_nothing_changed),
        TEST(a_running_bar_draws_four_times_a_second),
        TEST(a_minute_that_passes_is_drawn_once),
        TEST(a_fault_stays_until_it_is_taken_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
