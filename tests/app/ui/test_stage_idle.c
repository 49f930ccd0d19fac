/* Time on a page: it warns, forgets and goes home; a dimmed screen wakes. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/show.h"

static void a_page_warns_waits_twenty_seconds_and_forgets(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "A");
    show_wait(show, 39000);
    assert_false(show_has(show, "stay"));
    show_wait(show, 2000);
    assert_true(show_has(show, "stay"));
    assert_false(show_has(show, "key A")); /* nothing below it can be touched */
    show_press(show, "stay");
    assert_string_equal(show_typed(show), "A");
    assert_false(show_has(show, "stay"));
    show_wait(show, 59999);
    assert_true(show_has(show, "stay"));
    show_wait(show, 2);
    show_expect_scene(show, "resting");
    assert_string_equal(show_typed(show), "");
}

/* A rush: the page is covered for longer than it would wait. */
static void a_page_is_not_forgotten_while_results_cover_it(void **state)
{
    struct show *show = *state;
    show_go_to_name(show);
    show_type(show, "A");
    for (int i = 0; i < 40; i++) {
        show_tap(show, ANSWER_DEPARTURE, 1 + i);
        show_wait(show, 3500);
        assert_true(stage_due_ms(show->stage) > show->now_ms); /* and nothing is drawn for it */
        assert_string_equal(show_typed(show), "A");
    }
    show_wait(show, 1000);
    assert_string_equal(stage_scene_name(show->stage), "name");
    assert_true(show_has(show, "stay")); /* it warns first, and the whole time of a warning */
    show_wait(show, 18000);
    assert_string_equal(show_typed(show), "A");
    show_wait(show, 2000); /* the control: then it forgets */
    show_expect_scene(show, "resting");
    assert_string_equal(show_typed(show), "");
}

static void a_touch_that_is_not_meant_counts_as_being_there(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    show_wait(show, 29000);
    show_finger(show, STAGE_DOWN, 77, 84);
    show_finger(show, STAGE_UP, 77, 84);
    show_wait(show, 29000);
    assert_false(show_has(show, "stay"));
}

static void going_home_brings_the_house_s_language_back(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    show_press(show, "Nederlands");
    show_press(show, "back");
    show_expect_scene(show, "resting");
    assert_int_equal(stage_language(show->stage), LANGUAGE_NL);
    show_wait(show, 30000);
    assert_int_equal(stage_language(show->stage), LANGUAGE_FR);
}

static void large_letters_go_home_with_who_wanted_them(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    show_press(show, "comfort");
    show_press(show, "contrast");
    assert_true(show_has(show, "contrast"));
    show_press(show, "back");
    show_press(show, "back");
    assert_true(stage_due_ms(show->stage) < INT64_MAX);
    show_wait(show, 30000);
    assert_true(stage_due_ms(show->stage) == INT64_MAX);
}

static void the_first_touch_of_a_dimmed_screen_only_wakes_it(void **state)
{
    struct show show;
    (void)state;
    show_open_as(&show, (struct theme_mode){.is_evening = false}, 60000);
    struct rect help = show_find(&show, "help").box;
    show_wait(&show, 61000);
    show_touch_box(&show, help);
    show_expect_scene(&show, "resting");
    show_touch_box(&show, help);
    show_expect_scene(&show, "help");
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void a_station_that_starts_late_after_its_computer_is_awake(void **state)
{
    const struct stage_config config = {
        .screen = show_panel, .venue = "", .version = "", .dim_ms = 60000};
    struct show show = {.now_ms = 3600000};
    (void)state;
    assert_int_equal(stage_open(&config, &show.stage), RC_OK);
    assert_int_equal(canvas_open(&show_panel, &show.canvas), RC_OK);
    stage_open_door(show.stage);
    stage_draw(show.stage, show.now_ms, show.canvas);
    show_press(&show, "help");
    show_expect_scene(&show, "help");
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void a_badge_on_a_dimmed_screen_counts(void **state)
{
    struct show show;
    (void)state;
    show_open_as(&show, (struct theme_mode){.is_evening = false}, 60000);
    show_wait(&show, 61000);
    show_tap(&show, ANSWER_ARRIVAL, 1);
    show_expect_scene(&show, "greeting");
    assert_int_equal(show_press(&show, "undo").kind, ASK_UNDO);
    stage_close(show.stage);
    canvas_close(show.canvas);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_page_warns_waits_twenty_seconds_and_forgets),
        TEST(a_page_is_not_forgotten_while_results_cover_it),
        TEST(a_touch_that_is_not_meant_counts_as_being_there),
        TEST(going_home_brings_the_house_s_language_back),
        TEST(large_letters_go_home_with_who_wanted_them),
        cmocka_unit_test(the_first_touch_of_a_dimmed_screen_only_wakes_it),
        cmocka_unit_test(a_station_that_starts_late_after_its_computer_is_awake),
        cmocka_unit_test(a_badge_on_a_dimmed_screen_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
