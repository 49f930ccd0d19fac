/* Pages of staff: behind a badge and a PIN, and nothing of them stays open. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/show.h"

static struct ask claim(struct show *show, enum role role)
{
    struct told told = {.how = TOLD_CLAIMED,
                        .person = {1, 3},
                        .rights = role_rights(role),
                        .house_rights = role_rights(role),
                        .has_pin = true,
                        .name = "Noor"};
    struct ask ask;
    stage_told(show->stage, &told, show->now_ms, &ask);
    return ask;
}

static void open_staff(struct show *show)
{
    show_press(show, "help");
    show_press(show, "staff");
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_STAFF);
    claim(show, ROLE_STAFF);
    show_expect_scene(show, "staff-pin");
    show_type(show, "2580");
    struct ask ask = show_press(show, "key Done");
    assert_int_equal(ask.kind, ASK_PIN);
    assert_int_equal(ask.person.seq, 3);
    assert_string_equal(ask.text, "2580");
    /* somebody else's PIN that was right opens nothing here */
    stage_told(show->stage, &(struct told){.ask = ASK_PIN, .how = TOLD_YES, .person = {1, 7}},
               show->now_ms, &ask);
    show_expect_scene(show, "staff-pin");
    show_tell(show, ASK_PIN, TOLD_YES);
    show_expect_scene(show, "staff");
}

static void staff_mode_needs_a_badge_and_its_pin_and_closes_itself(void **state)
{
    struct show *show = *state;
    open_staff(show);
    assert_int_equal(stage_page(show->stage)->staff.seq, 3);
    show_wait(show, 80001);
    show_expect_scene(show, "resting");
    assert_int_equal(stage_page(show->stage)->staff.seq, 0);
    assert_string_equal(page_text(stage_page(show->stage), PAGE_PIN), "");
}

static void a_wrong_pin_opens_nothing_and_is_not_kept(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    show_press(show, "staff");
    claim(show, ROLE_STAFF);
    show_type(show, "1111");
    show_press(show, "key Done");
    show_tell(show, ASK_PIN, TOLD_NO);
    show_expect_scene(show, "staff-pin");
    assert_string_equal(page_text(stage_page(show->stage), PAGE_PIN), "");
    show_tell(show, ASK_PIN, TOLD_LOCKED);
    assert_non_null(stage_page(show->stage)->problem);
}

static void who_has_rights_and_no_pin_yet_is_told_so(void **state)
{
    struct show *show = *state;
    const struct told told = {.how = TOLD_CLAIMED,
                              .person = {1, 3},
                              .rights = 1u << RIGHT_EXPORT | 1u << RIGHT_ROLL_CALL,
                              .house_rights = 1u << RIGHT_EXPORT | 1u << RIGHT_ROLL_CALL,
                              .name = "Zoé"};
    struct ask ask;
    show_press(show, "help");
    show_press(show, "staff");
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_expect_scene(show, "staff-badge");
    assert_non_null(stage_page(show->stage)->problem);
    assert_non_null(strstr(stage_page(show->stage)->problem, "You have no PIN yet"));
}

static void a_referent_opens_the_roll_call_alone(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    show_press(show, "staff");
    assert_int_equal(claim(show, ROLE_REFERENT).kind, ASK_HERE);
    show_expect_scene(show, "roll-call");
    show_tell(show, ASK_HERE, TOLD_YES);
    show_press(show, "back");
    assert_true(show_has(show, "here"));
    assert_false(show_has(show, "power"));
    assert_false(show_has(show, "people"));
}

static void a_correction_needs_a_reason(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    assert_int_equal(show_press(show, "key Done").kind, ASK_PEOPLE);
    show_tell(show, ASK_PEOPLE, TOLD_YES);
    show_press(show, "person-1");
    assert_int_equal(show_press(show, "visits").kind, ASK_VISITS);
    struct told told = {.ask = ASK_VISITS, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0] = (struct row){.id = {1, 77}, .at_ms = 1795500000000, .to_ms = 1795510000000};
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_press(show, "visit-1");
    show_press(show, "out-hour-more");
    show_press(show, "out-minute-less");
    show_press(show, "next");
    ask = show_press(show, "reason-1");
    assert_int_equal(ask.kind, ASK_CORRECT);
    assert_int_equal(ask.fact.seq, 77);
    assert_true(ask.to_ms == 1795510000000 + 3600000 - 300000);
    assert_int_equal(ask.by.seq, 3);
    assert_true(ask.text[0] != 0);
    assert_int_equal(show_tell(show, ASK_CORRECT, TOLD_YES).kind, ASK_VISITS);
    show_expect_scene(show, "visits");
}

static void an_unknown_badge_goes_to_whoever_staff_choose(void **state)
{
    struct show *show = *state;
    open_staff(show);
    assert_int_equal(show_press(show, "strangers").kind, ASK_UNKNOWN);
    struct told told = {.ask = ASK_UNKNOWN, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0].number[0] = 4;
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_press(show, "stranger-1");
    show_type(show, "Z");
    show_press(show, "key Done");
    show_tell(show, ASK_PEOPLE, TOLD_YES);
    ask = show_press(show, "person-2");
    assert_int_equal(ask.kind, ASK_GIVE);
    assert_int_equal(ask.number[0], 4);
}

static void staff_mode_closes_when_anybody_else_taps(void **state)
{
    static const struct {
        enum answer_kind kind;
        struct fact_id person;
        const char *left; /* behind the result */
    } taps[] = {
        {ANSWER_ARRIVAL, {1, 3}, "staff"}, /* the control: their own badge */
        {ANSWER_ARRIVAL, {1, 1}, "resting"},
        {ANSWER_UNKNOWN, {0}, "resting"},
        {ANSWER_NOT_RECORDED, {1, 1}, "resting"},
    };
    struct show *show = *state;
    for (size_t i = 0; i < sizeof taps / sizeof taps[0]; i++) {
        struct answer answer = {.kind = taps[i].kind, .person = taps[i].person, .shown_ms = 4000};
        open_staff(show);
        stage_answer(show->stage, &answer, show->now_ms);
        show_wait(show, 5000);
        show_expect_scene(show, taps[i].left);
        show_wait(show, 100000);
    }
}

static void whom_staff_look_at_closes_it_too(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    show_press(show, "key Done");
    show_tell(show, ASK_PEOPLE, TOLD_YES);
    show_press(show, "person-1");
    show_tap(show, ANSWER_ARRIVAL, (int)stage_page(show->stage)->person.seq);
    show_expect_scene(show, "greeting");
    assert_null(stage_page(show->stage)->scene);
    assert_string_equal(show_typed(show), "");
}

static void tell_people(struct show *show, int64_t first)
{
    struct told told = {.ask = ASK_PEOPLE, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0].id = (struct fact_id){1, first};
    stage_told(show->stage, &told, show->now_ms, &ask);
}

/* Does the picture say it? */
static bool says(struct show *show, const char *text)
{
    const struct canvas_mark *marks;
    stage_draw(show->stage, show->now_ms, show->canvas);
    int count = canvas_marks(show->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strstr(marks[i].text, text))
            return true;
    return false;
}

/* Back to the list, and another one is chosen. */
static void go_to_person(struct show *show, int64_t person)
{
    show_press(show, "key Done");
    tell_people(show, person);
    show_press(show, "person-1");
    assert_int_equal(stage_page(show->stage)->person.seq, person);
}

static void tell_code(struct show *show, int64_t person, const char *code)
{
    struct told told = {.ask = ASK_NEW_CODE, .how = TOLD_YES, .person = {1, person}};
    struct ask ask;
    strcpy(told.text, code);
    stage_told(show->stage, &told, show->now_ms, &ask);
}

static void a_code_that_comes_late_is_told_on_nobody_else_s_page(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    go_to_person(show, 10);
    assert_int_equal(show_press(show, "new-code").kind, ASK_NOTHING);
    assert_int_equal(show_press(show, "sure").kind, ASK_NEW_CODE);
    show_wait(show, 10001); /* nobody waits longer */
    show_press(show, "no");
    show_press(show, "back");
    go_to_person(show, 50);
    tell_code(show, 10, "BCD-FGH");
    assert_string_equal(stage_page(show->stage)->text, "");
    assert_null(stage_page(show->stage)->problem);
    show_tell(show, ASK_VISITS, TOLD_YES); /* a list that was left */
    assert_null(stage_page(show->stage)->problem);
    show_expect_scene(show, "person");
    tell_code(show, 50, "JKL-MNP"); /* the control */
    assert_string_equal(stage_page(show->stage)->text, "JKL-MNP");
    show_expect_scene(show, "new-code");
    tell_code(show, 10, "BCD-FGH");
    assert_string_equal(stage_page(show->stage)->text, "JKL-MNP");
    show_press(show, "back"); /* it is shown once */
    assert_string_equal(stage_page(show->stage)->text, "");
}

static void nobody_leaves_the_page_before_the_code_that_is_told_once(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    go_to_person(show, 10);
    show_press(show, "new-code");
    show_press(show, "sure");
    show_press(show, "no");
    show_expect_scene(show, "new-code-sure");
    tell_code(show, 10, "BCD-FGH");
    show_expect_scene(show, "new-code");
    assert_string_equal(stage_page(show->stage)->text, "BCD-FGH");
    show_press(show, "back"); /* the control */
    show_expect_scene(show, "person");
}

static void a_finger_on_one_list_chooses_nobody_from_the_next(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    show_press(show, "key Done");
    tell_people(show, 10);
    struct rect row = show_find(show, "person-1").box;
    show_finger(show, STAGE_DOWN, row.x + 5, row.y + 5);
    tell_people(show, 50);
    assert_true(rect_is_same(show_find(show, "person-1").box, row));
    show_finger(show, STAGE_UP, row.x + 5, row.y + 5);
    show_expect_scene(show, "found");
    show_press(show, "person-1"); /* the control */
    assert_int_equal(stage_page(show->stage)->person.seq, 50);
}

/* Nobody says yes before they were told what stays; and then once more, or not. */
static void what_stays_of_somebody_is_said_before_they_are_forgotten(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_OUTLOOK, .how = TOLD_YES, .person = {1, 10}, .count = 1};
    struct ask ask;
    told.rows[0].number[0] = 34;
    told.rows[0].number[1] = 61 * 60;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    go_to_person(show, 10);
    assert_int_equal(show_press(show, "forget").kind, ASK_OUTLOOK);
    assert_true(says(show, "One moment"));
    assert_int_equal(show_press(show, "sure").kind, ASK_NOTHING);
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_true(says(show, "34 visits and 61"));
    assert_int_equal(show_press(show, "no").kind, ASK_NOTHING);
    show_expect_scene(show, "person");
    assert_int_equal(show_press(show, "forget").kind, ASK_OUTLOOK); /* what was told is over */
    assert_int_equal(show_press(show, "sure").kind, ASK_NOTHING);
    told.rows[0].number[0] = 0;
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_true(says(show, "no visits to keep"));
    assert_int_equal(show_press(show, "sure").kind, ASK_ERASE);
}

static void shutting_down_is_asked_twice(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "power");
    assert_int_equal(show_press(show, "power-off").kind, ASK_NOTHING);
    show_press(show, "no");
    show_expect_scene(show, "power");
    show_press(show, "power-off");
    assert_int_equal(show_press(show, "sure").kind, ASK_POWER_OFF);
}

static void withdrawing_all_badges_is_asked_twice(void **state)
{
    struct show *show = *state;
    open_staff(show);
    show_press(show, "people");
    show_type(show, "Z");
    go_to_person(show, 10);
    show_press(show, "badges");
    show_tell(show, ASK_BADGES, TOLD_YES);
    assert_int_equal(show_press(show, "lose").kind, ASK_NOTHING);
    assert_int_equal(show_press(show, "no").kind, ASK_BADGES);
    show_expect_scene(show, "badges");
    show_tell(show, ASK_BADGES, TOLD_YES);
    show_press(show, "lose");
    struct ask ask = show_press(show, "sure");
    assert_int_equal(ask.kind, ASK_LOSE);
    assert_int_equal(ask.person.seq, 10);
    show_tell(show, ASK_LOSE, TOLD_NO);
    show_expect_scene(show, "lose-sure");
    assert_non_null(stage_page(show->stage)->problem);
    show_tell(show, ASK_LOSE, TOLD_YES); /* the control */
    show_expect_scene(show, "badges");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(staff_mode_needs_a_badge_and_its_pin_and_closes_itself),
        TEST(a_wrong_pin_opens_nothing_and_is_not_kept),
        TEST(who_has_rights_and_no_pin_yet_is_told_so),
        TEST(a_referent_opens_the_roll_call_alone),
        TEST(a_correction_needs_a_reason),
        TEST(an_unknown_badge_goes_to_whoever_staff_choose),
        TEST(staff_mode_closes_when_anybody_else_taps),
        TEST(whom_staff_look_at_closes_it_too),
        TEST(a_code_that_comes_late_is_told_on_nobody_else_s_page),
        TEST(nobody_leaves_the_page_before_the_code_that_is_told_once),
        TEST(a_finger_on_one_list_chooses_nobody_from_the_next),
        TEST(what_stays_of_somebody_is_said_before_they_are_forgotten),
        TEST(shutting_down_is_asked_twice),
        TEST(withdrawing_all_badges_is_asked_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
