#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/words.h"

/* Libraries keep caches until the process ends (and newlocale its search path); ours must not leak.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:fontconfig\nleak:pango\nleak:cairo\nleak:pixman\nleak:glib\nleak:SDL\nleak:argz";
}

static const struct screen kiosk = {800, 480, 154, 86, 0};

static int set_up(void **state)
{
    struct stage_config config = {
        .screen = kiosk, .home = LANGUAGE_FR, .venue = "L’épi commun", .version = "0"};
    struct stage *stage;
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    stage_open_door(stage);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    stage_close(*state);
    return 0;
}

static struct answer answer_of(enum answer_kind kind, int64_t person)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, 100 + person},
                            .first_name = "Zoé",
                            .display_name = "Zoé D.",
                            .at_ms = 1795524720000,
                            .shown_ms = 4000,
                            .undo_ms = 10000};
    return answer;
}

static void answer(struct stage *stage, enum answer_kind kind, int64_t person, int64_t now_ms)
{
    struct answer shown = answer_of(kind, person);
    stage_answer(stage, &shown, now_ms);
}

/* The pixel in the middle of the first button of that name. */
static bool find_button(struct stage *stage, const char *name, int64_t now_ms, double *out_x,
                        double *out_y)
{
    struct scene_button buttons[STAGE_BUTTONS_MAX];
    int count = stage_buttons(stage, now_ms, buttons);
    for (int i = 0; i < count; i++)
        if (strcmp(buttons[i].name, name) == 0) {
            *out_x = (buttons[i].box.x + buttons[i].box.w / 2) * 800 / 154;
            *out_y = (buttons[i].box.y + buttons[i].box.h / 2) * 480 / 86;
            return true;
        }
    return false;
}

static void a_result_shrinks_to_a_strip_and_goes_when_its_undo_is_over(void **state)
{
    struct stage *stage = *state;
    double x, y;
    answer(stage, ANSWER_ARRIVAL, 1, 0);
    assert_string_equal(stage_scene_name(stage), "greeting");
    assert_int_equal(stage_is_changed(stage, 3999), true);
    assert_string_equal(stage_scene_name(stage), "greeting");
    stage_is_changed(stage, 4000);
    assert_string_equal(stage_scene_name(stage), "resting");
    assert_true(find_button(stage, "undo", 9999, &x, &y));
    stage_is_changed(stage, 10000);
    assert_false(find_button(stage, "undo", 10000, &x, &y));
}

static void a_third_result_takes_the_older_ones_half(void **state)
{
    struct stage *stage = *state;
    answer(stage, ANSWER_ARRIVAL, 1, 0);
    answer(stage, ANSWER_DEPARTURE, 2, 500);
    assert_string_equal(stage_scene_name(stage), "greeting+goodbye");
    answer(stage, ANSWER_ARRIVAL, 3, 900);
    assert_string_equal(stage_scene_name(stage), "goodbye+greeting");
}

static void a_new_answer_for_the_same_person_replaces_the_old_one(void **state)
{
    struct stage *stage = *state;
    answer(stage, ANSWER_ALREADY_IN, 1, 0);
    answer(stage, ANSWER_DEPARTURE, 1, 500);
    assert_string_equal(stage_scene_name(stage), "goodbye");
}

static void a_touch_acts_on_release_and_sliding_off_cancels(void **state)
{
    struct stage *stage = *state;
    struct stage_intent intent;
    double x, y;
    answer(stage, ANSWER_ARRIVAL, 1, 0);
    assert_true(find_button(stage, "undo", 100, &x, &y));
    stage_touch(stage, STAGE_DOWN, x, y, 100, &intent);
    assert_int_equal(intent.kind, STAGE_INTENT_NONE);
    stage_touch(stage, STAGE_UP, 5, 5, 200, &intent);
    assert_int_equal(intent.kind, STAGE_INTENT_NONE);
    stage_touch(stage, STAGE_DOWN, x, y, 300, &intent);
    stage_touch(stage, STAGE_UP, x, y, 400, &intent);
    assert_int_equal(intent.kind, STAGE_INTENT_UNDO);
    assert_int_equal(intent.fact.seq, 101);
    assert_int_equal(intent.person.seq, 1);
}

static void a_touch_that_began_before_the_picture_changed_undoes_nobody(void **state)
{
    struct stage *stage = *state;
    struct stage_intent intent;
    double x, y;
    answer(stage, ANSWER_ARRIVAL, 1, 0);
    assert_true(find_button(stage, "undo", 100, &x, &y));
    stage_touch(stage, STAGE_DOWN, x, y, 100, &intent);
    answer(stage, ANSWER_ARRIVAL, 2, 150);
    stage_touch(stage, STAGE_UP, x, y, 200, &intent);
    assert_int_equal(intent.kind, STAGE_INTENT_NONE);
}

static void touching_a_result_holds_it_for_twenty_seconds(void **state)
{
    struct stage *stage = *state;
    struct stage_intent intent;
    answer(stage, ANSWER_DEPARTURE, 1, 0);
    stage_touch(stage, STAGE_DOWN, 100, 100, 3000, &intent);
    stage_touch(stage, STAGE_UP, 100, 100, 3100, &intent);
    stage_is_changed(stage, 22999);
    assert_string_equal(stage_scene_name(stage), "goodbye");
    stage_is_changed(stage, 23000);
    assert_string_equal(stage_scene_name(stage), "resting");
}

static void an_undone_result_goes_at_once(void **state)
{
    struct stage *stage = *state;
    answer(stage, ANSWER_ARRIVAL, 1, 0);
    stage_undone(stage, (struct fact_id){1, 101}, 1000);
    assert_string_equal(stage_scene_name(stage), "resting");
}

static void the_other_languages_are_a_touch_away_and_go_home_by_themselves(void **state)
{
    struct stage *stage = *state;
    struct stage_intent intent;
    double x, y;
    assert_false(find_button(stage, "Français", 0, &x, &y));
    assert_int_equal(stage_press(stage, "Nederlands", 0, &intent), RC_OK);
    assert_true(find_button(stage, "Français", 0, &x, &y));
    stage_is_changed(stage, 30000);
    assert_false(find_button(stage, "Français", 30000, &x, &y));
}

static void nothing_is_drawn_when_nothing_changed(void **state)
{
    struct stage *stage = *state;
    struct canvas *canvas;
    assert_int_equal(canvas_open(&kiosk, &canvas), RC_OK);
    stage_draw(stage, 0, canvas);
    assert_false(stage_is_changed(stage, 1000000));
    assert_true(stage_due_ms(stage) == INT64_MAX);
    stage_set_clock(stage, 1795524720000, true);
    assert_true(stage_is_changed(stage, 1000000));
    stage_draw(stage, 1000000, canvas);
    stage_set_clock(stage, 1795524720000 + 5000, true);
    assert_false(stage_is_changed(stage, 1000001));
    canvas_close(canvas);
}

static void a_turned_screen_is_touched_where_it_is_seen(void **state)
{
    static const int turns[] = {0, 90, 180, 270};
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct screen screen = kiosk;
        double x, y;
        screen.rotation = turns[i];
        struct rect area = screen_area(&screen);
        screen_from_px(&screen, 0, 0, &x, &y);
        assert_true(x >= 0 && x <= area.w && y >= 0 && y <= area.h);
        screen_from_px(&screen, 800, 480, &x, &y);
        assert_true(x >= 0 && x <= area.w && y >= 0 && y <= area.h);
        screen_from_px(&screen, 400, 240, &x, &y);
        assert_float_equal(x, area.w / 2, 0.01);
        assert_float_equal(y, area.h / 2, 0.01);
    }
}

/* --- every scene at every size in every language
 * -------------------------------------------------- */

static bool overlap(const struct rect *a, const struct rect *b)
{
    return a->x < b->x + b->w - 0.3 && b->x < a->x + a->w - 0.3 && a->y < b->y + b->h - 0.3 &&
           b->y < a->y + a->h - 0.3;
}

static void check_marks(const struct canvas *canvas, struct rect area, const char *what)
{
    const struct canvas_mark *marks;
    int count = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++) {
        const struct canvas_mark *m = &marks[i];
        if (m->is_cut)
            fail_msg("%s: '%s' is cut", what, m->text);
        if (m->ink.x < area.x || m->ink.y < area.y || m->ink.x + m->ink.w > area.x + area.w ||
            m->ink.y + m->ink.h > area.y + area.h)
            fail_msg("%s: '%s' leaves the screen", what, m->text);
        for (int j = 0; j < i; j++)
            if (overlap(&m->ink, &marks[j].ink))
                fail_msg("%s: '%s' lies over '%s'", what, m->text, marks[j].text);
    }
}

static void check_buttons(struct stage *stage, struct rect area, const char *what)
{
    struct scene_button buttons[STAGE_BUTTONS_MAX];
    int count = stage_buttons(stage, 1000, buttons);
    for (int i = 0; i < count; i++) {
        struct rect box = buttons[i].box;
        if (box.w < 15 || box.h < (strcmp(buttons[i].name, "call") == 0 ? 13 : 15))
            fail_msg("%s: %s is %.1f x %.1f mm", what, buttons[i].name, box.w, box.h);
        if (box.x < 0 || box.y < 0 || box.x + box.w > area.w || box.y + box.h > area.h)
            fail_msg("%s: %s leaves the screen", what, buttons[i].name);
        for (int j = 0; j < i; j++)
            if (overlap(&box, &buttons[j].box))
                fail_msg("%s: %s lies over %s", what, buttons[i].name, buttons[j].name);
    }
}

static void show_one(const struct screen *screen, enum language language, int which, bool is_two)
{
    struct stage_config config = {
        .screen = *screen, .home = language, .venue = "L’épi commun", .version = "0.1.0"};
    struct stage *stage;
    struct canvas *canvas;
    char what[96];
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    assert_int_equal(canvas_open(screen, &canvas), RC_OK);
    stage_open_door(stage);
    stage_set_clock(stage, 1795524720000, true);
    stage_set_here(stage, 128);
    for (int i = 0; which < ANSWER_COUNT && i < (is_two ? 2 : 1); i++) {
        struct answer shown = answer_of((enum answer_kind)which, 1 + i);
        strcpy(shown.first_name, is_two ? "Marguerite" : "Jean-Baptiste");
        shown.language = language;
        shown.today_s = 11520;
        shown.month_s = 356400;
        shown.here = 128;
        shown.arrived_ms = shown.at_ms - 11520000;
        shown.left_ms = shown.forgotten_ms = shown.at_ms - 90000000;
        stage_answer(stage, &shown, 900 + i);
    }
    if (which == ANSWER_COUNT + 1)
        stage_set_reader_resting(stage, true);
    stage_draw(stage, 1000, canvas);
    snprintf(what, sizeof what, "%s %dx%d turned %d, language %d", stage_scene_name(stage),
             screen->width_px, screen->height_px, screen->rotation, (int)language);
    check_marks(canvas, screen_area(screen), what);
    check_buttons(stage, screen_area(screen), what);
    canvas_close(canvas);
    stage_close(stage);
}

static void no_scene_cuts_overlaps_or_loses_a_text(void **state)
{
    static const struct screen sizes[] = {{800, 480, 154, 86, 0},  {800, 480, 154, 86, 90},
                                          {1024, 600, 154, 86, 0}, {1280, 720, 155, 87, 180},
                                          {720, 1280, 87, 155, 0}, {720, 1280, 87, 155, 270}};
    (void)state;
    for (unsigned size = 0; size < sizeof sizes / sizeof sizes[0]; size++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int which = 0; which < ANSWER_COUNT + 2; which++) {
                if (which < ANSWER_COUNT && !scene_of((enum answer_kind)which))
                    continue;
                show_one(&sizes[size], (enum language)language, which, false);
                if (which < ANSWER_COUNT)
                    show_one(&sizes[size], (enum language)language, which, true);
            }
}

static void two_people_are_greeted_side_by_side_in_their_own_languages(void **state)
{
    struct stage *stage = *state;
    struct canvas *canvas;
    const struct canvas_mark *marks;
    struct answer one = answer_of(ANSWER_ARRIVAL, 1), two = answer_of(ANSWER_ARRIVAL, 2);
    int found = 0;
    one.language = LANGUAGE_FR;
    two.language = LANGUAGE_NL;
    stage_answer(stage, &one, 0);
    stage_answer(stage, &two, 10);
    assert_int_equal(canvas_open(&kiosk, &canvas), RC_OK);
    stage_draw(stage, 20, canvas);
    int count = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++)
        found |= strcmp(marks[i].text, "Bonjour Zoé") == 0 ? 1
                 : strcmp(marks[i].text, "Dag Zoé") == 0   ? 2
                                                           : 0;
    assert_int_equal(found, 3);
    canvas_close(canvas);
}

static void times_and_hours_are_said_as_each_language_does(void **state)
{
    char text[32];
    (void)state;
    assert_string_equal(words_time(LANGUAGE_FR, 1795524720000, text, sizeof text),
                        "13\u00a0h\u00a052");
    assert_string_equal(words_time(LANGUAGE_NL, 1795524720000, text, sizeof text), "13:52");
    assert_string_equal(words_duration(LANGUAGE_NL, 11520, text, sizeof text), "3\u00a0u\u00a012");
    assert_string_equal(words_duration(LANGUAGE_EN, 59, text, sizeof text), "0\u00a0min");
    assert_string_equal(words_weekday(LANGUAGE_FR, 1795524720000), "mardi");
    assert_string_equal(
        words_plural(LANGUAGE_FR, "One person is in the house", "%d people are in the house", 1),
        "Une personne est dans la maison");
    assert_string_equal(
        words_plural(LANGUAGE_NL, "One person is in the house", "%d people are in the house", 2),
        "Er zijn %d mensen in huis");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_result_shrinks_to_a_strip_and_goes_when_its_undo_is_over,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_third_result_takes_the_older_ones_half, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_new_answer_for_the_same_person_replaces_the_old_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_touch_acts_on_release_and_sliding_off_cancels, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_touch_that_began_before_the_picture_changed_undoes_nobody,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(touching_a_result_holds_it_for_twenty_seconds, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_undone_result_goes_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_other_languages_are_a_touch_away_and_go_home_by_themselves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_drawn_when_nothing_changed, set_up, tear_down),
        cmocka_unit_test(a_turned_screen_is_touched_where_it_is_seen),
        cmocka_unit_test(no_scene_cuts_overlaps_or_loses_a_text),
        cmocka_unit_test_setup_teardown(two_people_are_greeted_side_by_side_in_their_own_languages,
                                        set_up, tear_down),
        cmocka_unit_test(times_and_hours_are_said_as_each_language_does),
    };
    const char *build = getenv("PERRON_BUILD");
    char locale_dir[512];
    setenv("TZ", "Europe/Brussels", 1);
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build ? build : "build");
    if (words_init(locale_dir))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
