/* What the station's own card has to say, on the stage: a strip, a page for anybody, one for staff.
 */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/canvas.h"
#include "tests/support/show.h"

static struct mistakes mistakes_of(int count)
{
    struct mistakes mistakes = {.count = count};
    for (int i = 0; i < count; i++) {
        snprintf(mistakes.rows[i].file, sizeof mistakes.rows[i].file, "people-%d.csv", i);
        mistakes.rows[i].line = 12 + i;
        reason_set(&mistakes.rows[i].said, "There is no first name.");
    }
    return mistakes;
}

static void set(struct show *show, const struct mistakes *mistakes)
{
    stage_set_mistakes(show->stage, mistakes);
    stage_draw(show->stage, show->now_ms, show->canvas);
}

static bool is_said(struct show *show, const char *text)
{
    const struct canvas_mark *marks;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = canvas_marks(show->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strstr(marks[i].text, text))
            return true;
    return false;
}

static void open_staff(struct show *show, unsigned rights)
{
    struct ask ask;
    struct told told = {.how = TOLD_CLAIMED,
                        .person = {1, 3},
                        .rights = rights,
                        .house_rights = rights,
                        .has_pin = true,
                        .name = "Noor"};
    show_press(show, "help");
    show_press(show, "staff");
    stage_told(show->stage, &told, show->now_ms, &ask);
    told = (struct told){.ask = ASK_PIN, .how = TOLD_YES, .person = {1, 3}};
    stage_told(show->stage, &told, show->now_ms, &ask);
    stage_draw(show->stage, show->now_ms, show->canvas);
}

static void anybody_reads_what_is_wrong_and_nobody_can_put_it_away(void **state)
{
    struct show *show = *state;
    const struct mistakes mistakes = mistakes_of(1);
    assert_false(show_has(show, "mistakes"));
    set(show, &mistakes);
    assert_true(show_has(show, "mistakes"));
    show_press(show, "mistakes");
    assert_string_equal(stage_scene_name(show->stage), "mistakes");
    assert_true(is_said(show, "people-0.csv"));
    assert_true(is_said(show, "12"));
    assert_false(show_has(show, "put-away"));
    show_press(show, "back");
    assert_string_equal(stage_scene_name(show->stage), "resting");
}

static void what_is_read_is_said_and_is_no_button(void **state)
{
    struct show *show = *state;
    struct mistakes mistakes = mistakes_of(0);
    snprintf(mistakes.reading, sizeof mistakes.reading, "people.csv");
    set(show, &mistakes);
    assert_true(is_said(show, "people.csv"));
    assert_false(show_has(show, "mistakes"));
    mistakes.reading[0] = 0;
    set(show, &mistakes);
    assert_false(is_said(show, "people.csv"));
}

static void staff_put_it_away(void **state)
{
    struct show *show = *state;
    struct mistakes mistakes = mistakes_of(MISTAKES_MAX);
    const struct told told = {.ask = ASK_PUT_AWAY, .how = TOLD_YES};
    struct ask ask;
    set(show, &mistakes);
    open_staff(show, role_rights(ROLE_STAFF));
    show_press(show, "mistakes");
    assert_string_equal(stage_scene_name(show->stage), "card");
    ask = show_press(show, "put-away");
    assert_int_equal(ask.kind, ASK_PUT_AWAY);
    mistakes.count = 0;
    stage_set_mistakes(show->stage, &mistakes);
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_string_equal(stage_scene_name(show->stage), "staff");
    stage_draw(show->stage, show->now_ms, show->canvas);
    assert_false(show_has(show, "mistakes"));
}

/* Its right is over the machine of the whole house. */
static void others_see_it_and_go_nowhere_by_it(void **state)
{
    struct show *show = *state;
    const struct mistakes mistakes = mistakes_of(2);
    set(show, &mistakes);
    open_staff(show, role_rights(ROLE_STAFF) & ~(1u << RIGHT_MACHINE));
    assert_string_equal(stage_scene_name(show->stage), "staff");
    assert_false(show_has(show, "mistakes"));
}

/* Which stick is in is news of this moment, and the card has time. */
static void a_stick_comes_first(void **state)
{
    struct show *show = *state;
    const struct mistakes mistakes = mistakes_of(1);
    const struct load there = {.stand = LOAD_THERE, .found = -1},
                      away = {.stand = LOAD_AWAY, .found = -1};
    struct ask ask;
    set(show, &mistakes);
    stage_set_load(show->stage, &there, show->now_ms, &ask);
    stage_draw(show->stage, show->now_ms, show->canvas);
    assert_false(show_has(show, "mistakes"));
    stage_set_load(show->stage, &away, show->now_ms, &ask);
    stage_draw(show->stage, show->now_ms, show->canvas);
    assert_true(show_has(show, "mistakes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(anybody_reads_what_is_wrong_and_nobody_can_put_it_away,
                                        show_set_up, show_tear_down),
        cmocka_unit_test_setup_teardown(what_is_read_is_said_and_is_no_button, show_set_up,
                                        show_tear_down),
        cmocka_unit_test_setup_teardown(staff_put_it_away, show_set_up, show_tear_down),
        cmocka_unit_test_setup_teardown(others_see_it_and_go_nowhere_by_it, show_set_up,
                                        show_tear_down),
        cmocka_unit_test_setup_teardown(a_stick_comes_first, show_set_up, show_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
