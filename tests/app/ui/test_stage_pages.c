/* Pages: what is typed and chosen stays, what was asked is asked, and nobody's page stays open. */
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
    int64_t now_ms;
};

static void open_show(struct show *show, struct theme_mode mode, int64_t dim_ms)
{
    const struct stage_config config = {.screen = panel,
                                        .home = LANGUAGE_FR,
                                        .venue = "L’épi commun",
                                        .version = "1.2.3",
                                        .mode = mode,
                                        .dim_ms = dim_ms};
    assert_int_equal(stage_open(&config, &show->stage), RC_OK);
    assert_int_equal(canvas_open(&panel, &show->canvas), RC_OK);
    stage_open_door(show->stage);
    show->now_ms = 1000;
    stage_draw(show->stage, show->now_ms, show->canvas);
}

static int set_up(void **state)
{
    static struct show show;
    open_show(&show, (struct theme_mode){.is_evening = false}, 0);
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

static void wait(struct show *show, int64_t by_ms)
{
    show->now_ms += by_ms;
    stage_draw(show->stage, show->now_ms, show->canvas);
}

static struct target find(struct show *show, const char *name)
{
    const struct target *targets;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return targets[i];
    fail_msg("there is no \"%s\" on %s", name, stage_scene_name(show->stage));
    return targets[0];
}

static bool has(struct show *show, const char *name)
{
    const struct target *targets;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = stage_targets(show->stage, &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return true;
    return false;
}

static struct ask finger(struct show *show, enum stage_touch phase, double x, double y)
{
    struct ask ask;
    stage_touch(show->stage, phase, x * panel.width_px / panel.width_mm,
                y * panel.height_px / panel.height_mm, show->now_ms, &ask);
    return ask;
}

static struct ask touch_box(struct show *show, struct rect box)
{
    finger(show, STAGE_DOWN, box.x + box.w / 2, box.y + box.h / 2);
    return finger(show, STAGE_UP, box.x + box.w / 2, box.y + box.h / 2);
}

static struct ask press(struct show *show, const char *name)
{
    return touch_box(show, find(show, name).box);
}

/* Letters as the keys say them; capitals come by themselves. */
static void type(struct show *show, const char *keys)
{
    for (; *keys; keys++) {
        char name[16];
        snprintf(name, sizeof name, "key %c", *keys);
        press(show, name);
    }
}

static void assert_scene(struct show *show, const char *name)
{
    stage_draw(show->stage, show->now_ms, show->canvas);
    assert_string_equal(stage_scene_name(show->stage), name);
}

static void tap(struct show *show, enum answer_kind kind, int person)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, person + 100},
                            .forgotten_visit = {1, 50},
                            .forgotten_ms = 1795400000000,
                            .guess_ms = {1795407200000, 1795410800000, 1795414400000},
                            .at_ms = 1795500000000,
                            .here = 3,
                            .shown_ms = 4000,
                            .undo_ms = 10000};
    strcpy(answer.first_name, "Ada");
    strcpy(answer.display_name, "Ada L.");
    stage_answer(show->stage, &answer, show->now_ms);
}

static struct ask tell(struct show *show, enum ask_kind what, enum told_how how)
{
    struct told told = {.ask = what, .how = how, .person = {1, 7}, .count = 2, .total = 2};
    struct ask ask;
    strcpy(told.rows[0].title, "Zoé D.");
    strcpy(told.rows[1].title, "Zoé M.");
    stage_told(show->stage, &told, show->now_ms, &ask);
    return ask;
}

static const char *typed(struct show *show)
{
    return page_text(stage_page(show->stage), PAGE_NAME);
}

static void go_to_name(struct show *show)
{
    press(show, "no-badge");
    press(show, "name");
    assert_scene(show, "name");
}

/* --- what is typed stays --- */

static void typing_survives_taps_strips_and_languages(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    type(show, "Z");
    tap(show, ANSWER_ARRIVAL, 1);
    assert_scene(show, "greeting");
    assert_string_equal(typed(show), "Z");
    wait(show, 4000);
    assert_scene(show, "name");
    assert_true(has(show, "undo"));
    assert_true(has(show, "back") && has(show, "help")); /* the strip stands between them */
    assert_false(has(show, "English"));
    type(show, "o");
    wait(show, 6000);
    assert_true(has(show, "back"));
    press(show, "English");
    assert_string_equal(typed(show), "Zo");
    assert_true(has(show, "Français"));
    press(show, "help");
    press(show, "no-badge");
    assert_scene(show, "no-badge");
}

static void a_strip_moves_no_key(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    struct rect before = find(show, "key A").box;
    tap(show, ANSWER_ARRIVAL, 1);
    wait(show, 4000);
    assert_true(rect_is_same(before, find(show, "key A").box));
}

static void a_strip_s_undo_works_above_a_page(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    tap(show, ANSWER_ARRIVAL, 5);
    wait(show, 4500);
    struct ask ask = press(show, "undo");
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.fact.seq, 105);
    assert_scene(show, "name");
}

static void two_quick_keys_both_type(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    struct rect a = find(show, "key A").box, b = find(show, "key B").box;
    touch_box(show, a); /* no picture between: the eye knows where the keys are */
    touch_box(show, b);
    assert_int_equal(strlen(typed(show)), 2);
}

static void a_swipe_over_the_keys_types_nothing(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    struct rect from = find(show, "key A").box, to = find(show, "key P").box;
    finger(show, STAGE_DOWN, from.x + 1, from.y + 1);
    for (double x = from.x; x < to.x; x += 3)
        finger(show, STAGE_MOVE, x, from.y + 1);
    finger(show, STAGE_UP, to.x + 1, to.y + 1);
    assert_string_equal(typed(show), "");
}

static void a_finger_between_two_keys_types_one_of_them(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    struct rect a = find(show, "key A").box;
    finger(show, STAGE_DOWN, a.x + a.w + 0.3, a.y + a.h / 2);
    finger(show, STAGE_UP, a.x + a.w + 0.3, a.y + a.h / 2);
    assert_int_equal(strlen(typed(show)), 1);
}

/* --- time --- */

static void a_page_warns_waits_twenty_seconds_and_forgets(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    type(show, "A");
    wait(show, 39000);
    assert_false(has(show, "stay"));
    wait(show, 2000);
    assert_true(has(show, "stay"));
    assert_false(has(show, "key A")); /* nothing below it can be touched */
    press(show, "stay");
    assert_string_equal(typed(show), "A");
    assert_false(has(show, "stay"));
    wait(show, 59999);
    assert_true(has(show, "stay"));
    wait(show, 2);
    assert_scene(show, "resting");
    assert_string_equal(typed(show), "");
}

static void a_touch_that_is_not_meant_counts_as_being_there(void **state)
{
    struct show *show = *state;
    press(show, "help");
    wait(show, 29000);
    finger(show, STAGE_DOWN, 77, 84);
    finger(show, STAGE_UP, 77, 84);
    wait(show, 29000);
    assert_false(has(show, "stay"));
}

static void going_home_brings_the_house_s_language_back(void **state)
{
    struct show *show = *state;
    press(show, "help");
    press(show, "Nederlands");
    press(show, "back");
    assert_scene(show, "resting");
    assert_int_equal(stage_language(show->stage), LANGUAGE_NL);
    wait(show, 30000);
    assert_int_equal(stage_language(show->stage), LANGUAGE_FR);
}

static void large_letters_go_home_with_who_wanted_them(void **state)
{
    struct show *show = *state;
    press(show, "help");
    press(show, "comfort");
    press(show, "contrast");
    assert_true(has(show, "contrast"));
    press(show, "back");
    press(show, "back");
    assert_true(stage_due_ms(show->stage) < INT64_MAX);
    wait(show, 30000);
    assert_true(stage_due_ms(show->stage) == INT64_MAX);
}

static void the_first_touch_of_a_dimmed_screen_only_wakes_it(void **state)
{
    struct show show;
    (void)state;
    open_show(&show, (struct theme_mode){.is_evening = false}, 60000);
    struct rect help = find(&show, "help").box;
    wait(&show, 61000);
    touch_box(&show, help);
    assert_scene(&show, "resting");
    touch_box(&show, help);
    assert_scene(&show, "help");
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void a_station_that_starts_late_after_its_computer_is_awake(void **state)
{
    const struct stage_config config = {
        .screen = panel, .venue = "", .version = "", .dim_ms = 60000};
    struct show show = {.now_ms = 3600000};
    (void)state;
    assert_int_equal(stage_open(&config, &show.stage), RC_OK);
    assert_int_equal(canvas_open(&panel, &show.canvas), RC_OK);
    stage_open_door(show.stage);
    stage_draw(show.stage, show.now_ms, show.canvas);
    press(&show, "help");
    assert_scene(&show, "help");
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void a_badge_on_a_dimmed_screen_counts(void **state)
{
    struct show show;
    (void)state;
    open_show(&show, (struct theme_mode){.is_evening = false}, 60000);
    wait(&show, 61000);
    tap(&show, ANSWER_ARRIVAL, 1);
    assert_scene(&show, "greeting");
    assert_int_equal(press(&show, "undo").kind, ASK_UNDO);
    stage_close(show.stage);
    canvas_close(show.canvas);
}

/* --- the door --- */

static void a_name_and_a_code_ask_and_lead_home(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    type(show, "Z");
    struct ask ask = press(show, "key Done");
    assert_int_equal(ask.kind, ASK_NAMES);
    assert_string_equal(ask.text, "Z");
    assert_int_equal(press(show, "key Done").kind, ASK_NOTHING); /* it is under way */
    tell(show, ASK_NAMES, TOLD_YES);
    assert_scene(show, "names");
    press(show, "name-2");
    assert_scene(show, "code");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_HOST);
    type(show, "BCDFG");
    ask = press(show, "key H");
    assert_int_equal(ask.kind, ASK_CODE);
    assert_string_equal(ask.text, "BCDFGH");
    assert_int_equal(ask.number[0], 1);
    tell(show, ASK_CODE, TOLD_NO);
    assert_scene(show, "code");
    assert_string_equal(page_text(stage_page(show->stage), PAGE_CODE), "");
    type(show, "BCDFG");
    press(show, "key H");
    tell(show, ASK_CODE, TOLD_YES);
    assert_scene(show, "resting");
}

static void too_many_names_ask_for_one_more_letter(void **state)
{
    struct show *show = *state;
    go_to_name(show);
    type(show, "Z");
    press(show, "key Done");
    tell(show, ASK_NAMES, TOLD_MANY);
    assert_scene(show, "name");
    assert_non_null(stage_page(show->stage)->problem);
    type(show, "o");
    assert_null(stage_page(show->stage)->problem);
    assert_string_equal(typed(show), "Zo");
}

static void a_host_vouches_for_who_found_their_name(void **state)
{
    struct show *show = *state;
    press(show, "no-badge");
    press(show, "code");
    assert_int_equal(tell(show, ASK_NOTHING, TOLD_CLAIMED).kind, ASK_NOTHING); /* for whom? */
    press(show, "back");
    press(show, "name");
    type(show, "Z");
    press(show, "key Done");
    tell(show, ASK_NAMES, TOLD_YES);
    press(show, "name-1");
    struct ask ask = tell(show, ASK_NOTHING, TOLD_CLAIMED);
    assert_int_equal(ask.kind, ASK_VOUCH);
    assert_int_equal(ask.by.seq, 7);
    assert_int_equal(ask.number[0], 0);
}

static void an_unknown_badge_can_be_claimed_by_its_owner(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_UNKNOWN, 0);
    press(show, "my-badge");
    assert_scene(show, "no-badge");
    press(show, "code");
    type(show, "BCDFG");
    assert_int_equal(press(show, "key H").kind, ASK_LINK);
}

static void guests_are_counted_up_and_down_from_the_greeting(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 9);
    press(show, "guests");
    assert_scene(show, "guests");
    assert_false(has(show, "adults-less"));
    press(show, "adults-more");
    press(show, "adults-more");
    press(show, "adults-less");
    press(show, "children-more");
    struct ask ask = press(show, "done");
    assert_int_equal(ask.kind, ASK_GUESTS);
    assert_int_equal(ask.person.seq, 9);
    assert_int_equal(ask.number[0], 1);
    assert_int_equal(ask.number[1], 1);
    tell(show, ASK_GUESTS, TOLD_YES);
    assert_scene(show, "resting");
}

static void a_guest_with_a_name_is_at_least_one(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL, 9);
    press(show, "guests");
    press(show, "guest-name");
    type(show, "N");
    press(show, "key Done");
    assert_scene(show, "guests");
    struct ask ask = press(show, "done");
    assert_int_equal(ask.number[0], 1);
    assert_string_equal(ask.text, "N");
}

static void a_forgotten_departure_is_asked_for_and_heard(void **state)
{
    struct show *show = *state;
    tap(show, ANSWER_ARRIVAL_FORGOTTEN, 4);
    struct ask ask = press(show, "guess-2");
    assert_int_equal(ask.kind, ASK_PROPOSE);
    assert_int_equal(ask.fact.seq, 50);
    assert_true(ask.at_ms == 1795410800000);
    struct told told = {.ask = ASK_PROPOSE, .how = TOLD_YES, .person = {1, 4}};
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_false(has(show, "guess-1"));
    assert_true(has(show, "undo"));
}

/* --- staff --- */

static struct ask claim(struct show *show, enum role role)
{
    struct told told = {.how = TOLD_CLAIMED, .person = {1, 3}, .role = (int)role, .name = "Noor"};
    struct ask ask;
    stage_told(show->stage, &told, show->now_ms, &ask);
    return ask;
}

static void open_staff(struct show *show)
{
    press(show, "help");
    press(show, "staff");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_STAFF);
    claim(show, ROLE_STAFF);
    assert_scene(show, "staff-pin");
    type(show, "2580");
    struct ask ask = press(show, "key Done");
    assert_int_equal(ask.kind, ASK_PIN);
    assert_int_equal(ask.person.seq, 3);
    assert_string_equal(ask.text, "2580");
    /* somebody else's PIN that was right opens nothing here */
    tell(show, ASK_PIN, TOLD_YES);
    assert_scene(show, "staff-pin");
    stage_told(show->stage, &(struct told){.ask = ASK_PIN, .how = TOLD_YES, .person = ask.person},
               show->now_ms, &ask);
    assert_scene(show, "staff");
}

static void staff_mode_needs_a_badge_and_its_pin_and_closes_itself(void **state)
{
    struct show *show = *state;
    open_staff(show);
    assert_int_equal(stage_page(show->stage)->staff.seq, 3);
    wait(show, 80001);
    assert_scene(show, "resting");
    assert_int_equal(stage_page(show->stage)->staff.seq, 0);
    assert_string_equal(page_text(stage_page(show->stage), PAGE_PIN), "");
}

static void a_wrong_pin_opens_nothing_and_is_not_kept(void **state)
{
    struct show *show = *state;
    press(show, "help");
    press(show, "staff");
    claim(show, ROLE_STAFF);
    type(show, "1111");
    press(show, "key Done");
    tell(show, ASK_PIN, TOLD_NO);
    assert_scene(show, "staff-pin");
    assert_string_equal(page_text(stage_page(show->stage), PAGE_PIN), "");
    tell(show, ASK_PIN, TOLD_LOCKED);
    assert_non_null(stage_page(show->stage)->problem);
}

static void a_referent_opens_the_roll_call_alone(void **state)
{
    struct show *show = *state;
    press(show, "help");
    press(show, "staff");
    assert_int_equal(claim(show, ROLE_REFERENT).kind, ASK_HERE);
    assert_scene(show, "roll-call");
    tell(show, ASK_HERE, TOLD_YES);
    press(show, "back");
    assert_true(has(show, "here"));
    assert_false(has(show, "power"));
    assert_false(has(show, "people"));
}

static void a_correction_needs_a_reason(void **state)
{
    struct show *show = *state;
    open_staff(show);
    press(show, "people");
    type(show, "Z");
    assert_int_equal(press(show, "key Done").kind, ASK_PEOPLE);
    tell(show, ASK_PEOPLE, TOLD_YES);
    press(show, "person-1");
    assert_int_equal(press(show, "visits").kind, ASK_VISITS);
    struct told told = {.ask = ASK_VISITS, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0] = (struct row){.id = {1, 77}, .at_ms = 1795500000000, .to_ms = 1795510000000};
    stage_told(show->stage, &told, show->now_ms, &ask);
    press(show, "visit-1");
    press(show, "out-hour-more");
    press(show, "out-minute-less");
    press(show, "next");
    ask = press(show, "reason-1");
    assert_int_equal(ask.kind, ASK_CORRECT);
    assert_int_equal(ask.fact.seq, 77);
    assert_true(ask.to_ms == 1795510000000 + 3600000 - 300000);
    assert_int_equal(ask.by.seq, 3);
    assert_true(ask.text[0] != 0);
    assert_int_equal(tell(show, ASK_CORRECT, TOLD_YES).kind, ASK_VISITS);
    assert_scene(show, "visits");
}

static void an_unknown_badge_goes_to_whoever_staff_choose(void **state)
{
    struct show *show = *state;
    open_staff(show);
    assert_int_equal(press(show, "strangers").kind, ASK_UNKNOWN);
    struct told told = {.ask = ASK_UNKNOWN, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0].number[0] = 4;
    stage_told(show->stage, &told, show->now_ms, &ask);
    press(show, "stranger-1");
    type(show, "Z");
    press(show, "key Done");
    tell(show, ASK_PEOPLE, TOLD_YES);
    ask = press(show, "person-2");
    assert_int_equal(ask.kind, ASK_GIVE);
    assert_int_equal(ask.number[0], 4);
}

static void shutting_down_is_asked_twice(void **state)
{
    struct show *show = *state;
    open_staff(show);
    press(show, "power");
    assert_int_equal(press(show, "power-off").kind, ASK_NOTHING);
    press(show, "no");
    assert_scene(show, "power");
    press(show, "power-off");
    assert_int_equal(press(show, "sure").kind, ASK_POWER_OFF);
}

/* --- the other hand, and other pages --- */

static void in_mirrored_mode_things_are_touched_where_they_are_seen(void **state)
{
    struct show show;
    (void)state;
    open_show(&show, (struct theme_mode){.is_mirrored = true}, 0);
    assert_true(find(&show, "help").box.x < 20);
    press(&show, "help");
    assert_scene(&show, "help");
    press(&show, "no-badge");
    press(&show, "name");
    assert_true(find(&show, "key A").box.x < find(&show, "key P").box.x);
    stage_close(show.stage);
    canvas_close(show.canvas);
}

static void time_runs_from_left_to_right_for_both_hands(void **state)
{
    (void)state;
    for (int is_mirrored = 0; is_mirrored < 2; is_mirrored++) {
        struct show show;
        open_show(&show, (struct theme_mode){.is_mirrored = is_mirrored != 0}, 0);
        tap(&show, ANSWER_ARRIVAL_FORGOTTEN, 1);
        struct target first = find(&show, "guess-1"), last = find(&show, "guess-3");
        assert_true(first.box.x < find(&show, "guess-2").box.x);
        assert_true(find(&show, "guess-2").box.x < last.box.x);
        assert_true(first.act.at_ms < last.act.at_ms);
        /* the control: what is not time changes sides */
        assert_true((find(&show, "undo").box.x < find(&show, "dont-know").box.x) == is_mirrored);
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
    assert_scene(show, "private");
    tap(show, ANSWER_ARRIVAL, 1);
    wait(show, 5000);
    assert_scene(show, "resting");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(typing_survives_taps_strips_and_languages),
        TEST(a_strip_moves_no_key),
        TEST(a_strip_s_undo_works_above_a_page),
        TEST(two_quick_keys_both_type),
        TEST(a_swipe_over_the_keys_types_nothing),
        TEST(a_finger_between_two_keys_types_one_of_them),
        TEST(a_page_warns_waits_twenty_seconds_and_forgets),
        TEST(a_touch_that_is_not_meant_counts_as_being_there),
        TEST(going_home_brings_the_house_s_language_back),
        TEST(large_letters_go_home_with_who_wanted_them),
        cmocka_unit_test(the_first_touch_of_a_dimmed_screen_only_wakes_it),
        cmocka_unit_test(a_station_that_starts_late_after_its_computer_is_awake),
        cmocka_unit_test(a_badge_on_a_dimmed_screen_counts),
        TEST(a_name_and_a_code_ask_and_lead_home),
        TEST(too_many_names_ask_for_one_more_letter),
        TEST(a_host_vouches_for_who_found_their_name),
        TEST(an_unknown_badge_can_be_claimed_by_its_owner),
        TEST(guests_are_counted_up_and_down_from_the_greeting),
        TEST(a_guest_with_a_name_is_at_least_one),
        TEST(a_forgotten_departure_is_asked_for_and_heard),
        TEST(staff_mode_needs_a_badge_and_its_pin_and_closes_itself),
        TEST(a_wrong_pin_opens_nothing_and_is_not_kept),
        TEST(a_referent_opens_the_roll_call_alone),
        TEST(a_correction_needs_a_reason),
        TEST(an_unknown_badge_goes_to_whoever_staff_choose),
        TEST(shutting_down_is_asked_twice),
        cmocka_unit_test(in_mirrored_mode_things_are_touched_where_they_are_seen),
        cmocka_unit_test(time_runs_from_left_to_right_for_both_hands),
        TEST(a_private_page_closes_when_somebody_else_taps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
