/* Staff's calendar, what people say of their visits, and what somebody intends. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/occasion.h"
#include "tests/support/show.h"

#define HOUR_MS INT64_C(3600000)
#define NOON_MS INT64_C(1795604400000) /* 2026-11-25 12:00 in Brussels */

static struct ask tell(struct show *show, const struct told *told)
{
    struct ask ask;
    stage_told(show->stage, told, show->now_ms, &ask);
    return ask;
}

static void open_as(struct show *show, enum role role)
{
    struct told told = {.how = TOLD_CLAIMED,
                        .person = {1, 3},
                        .rights = role_rights(role),
                        .house_rights = role_rights(role),
                        .has_pin = true,
                        .name = "Noor"};
    show_press(show, "help");
    show_press(show, "staff");
    tell(show, &told);
    if (role != ROLE_STAFF) {
        show_press(show, "back");
        return;
    }
    show_type(show, "2580");
    show_press(show, "key Done");
    show_tell(show, ASK_PIN, TOLD_YES);
}

static struct told calendar(int mark)
{
    struct told told = {.ask = ASK_CALENDAR, .how = TOLD_YES, .count = 1, .until_ms = NOON_MS};
    told.rows[0] = (struct row){
        .id = {1, 50}, .at_ms = NOON_MS, .to_ms = NOON_MS + HOUR_MS, .mark = mark, .title = "Till"};
    return told;
}

static void open_calendar(struct show *show, enum role role, int mark)
{
    const struct told told = calendar(mark);
    open_as(show, role);
    assert_int_equal(show_press(show, "calendar").kind, ASK_CALENDAR);
    tell(show, &told);
}

static void what_is_new_is_asked_for_as_it_was_set(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_ON);
    show_press(show, "new");
    show_press(show, "day-more");
    show_press(show, "begin-less");
    show_press(show, "length-more");
    show_press(show, "places-more");
    show_press(show, "weeks-more");
    show_press(show, "kind");
    show_expect_scene(show, "plan-kind");
    show_press(show, "drinks");
    show_expect_scene(show, "plan");
    show_press(show, "title");
    show_type(show, "Xy");
    show_press(show, "key Done");
    struct ask ask = show_press(show, "make");
    assert_int_equal(ask.kind, ASK_ADD);
    assert_true(ask.at_ms == NOON_MS + 2 * HOUR_MS + 24 * HOUR_MS - HOUR_MS / 4);
    assert_true(ask.to_ms - ask.at_ms == 2 * HOUR_MS + HOUR_MS / 2);
    assert_int_equal(ask.number[0], OCCASION_DRINKS);
    assert_int_equal(ask.number[1], 3);
    assert_int_equal(ask.repeats, 2);
    assert_string_equal(ask.text, "Xy");
    assert_int_equal(show_tell(show, ASK_ADD, TOLD_YES).kind, ASK_CALENDAR);
}

static void what_has_no_title_of_its_own_is_asked_for_without(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_ON);
    show_press(show, "new");
    struct ask ask = show_press(show, "make");
    assert_int_equal(ask.kind, ASK_ADD);
    assert_int_equal(ask.number[0], OCCASION_SHIFT);
    assert_string_equal(ask.text, "");
}

static void it_is_called_off_only_when_that_is_sure(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_ON);
    assert_int_equal(show_press(show, "planned-1").kind, ASK_PLANNED);
    assert_false(show_has(show, "keep-on"));
    assert_int_equal(show_press(show, "call-off").kind, ASK_NOTHING);
    struct ask ask = show_press(show, "sure");
    assert_int_equal(ask.kind, ASK_CALL_OFF);
    assert_int_equal(ask.fact.seq, 50);
    show_tell(show, ASK_CALL_OFF, TOLD_YES);
    show_expect_scene(show, "calendar");
}

static void what_vanished_is_kept_on_by_a_touch(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_VANISHED);
    show_press(show, "planned-1");
    show_tell(show, ASK_PLANNED, TOLD_YES);
    assert_int_equal(show_press(show, "keep-on").kind, ASK_KEEP_ON);
    show_tell(show, ASK_KEEP_ON, TOLD_YES);
    assert_false(show_has(show, "keep-on"));
}

static void who_comes_back_finds_the_list_where_they_left_it(void **state)
{
    struct show *show = *state;
    struct told told = calendar(ASK_PLANNED_ON);
    told.count = 20;
    for (int i = 0; i < told.count; i++)
        told.rows[i] = (struct row){.id = {1, 50 + i}, .at_ms = NOON_MS + i * HOUR_MS};
    open_as(show, ROLE_STAFF);
    show_press(show, "calendar");
    tell(show, &told);
    assert_int_equal(stage_page(show->stage)->first, 0);
    show_press(show, "later");
    int first = stage_page(show->stage)->first;
    char name[24];
    snprintf(name, sizeof name, "planned-%d", first + 1);
    show_press(show, name);
    show_press(show, "back");
    tell(show, &told);
    assert_true(first > 0);
    assert_int_equal(stage_page(show->stage)->first, first);
    show_press(show, "back");
    show_press(show, "calendar");
    tell(show, &told);
    assert_int_equal(stage_page(show->stage)->first, 0);
}

static void a_referent_looks_and_changes_nothing(void **state)
{
    struct show *show = *state;
    open_as(show, ROLE_REFERENT);
    assert_false(show_has(show, "proposals"));
    const struct told told = calendar(ASK_PLANNED_VANISHED);
    show_press(show, "calendar");
    tell(show, &told);
    assert_false(show_has(show, "new"));
    show_press(show, "planned-1");
    assert_false(show_has(show, "keep-on"));
    assert_false(show_has(show, "call-off"));
    struct told shifts = {.ask = ASK_PLANNED, .how = TOLD_YES, .count = 1};
    shifts.rows[0] = (struct row){.number = {7, 2}, .mark = 4};
    tell(show, &shifts);
    struct ask ask = show_press(show, "shift-1");
    assert_int_equal(ask.kind, ASK_PROMISES);
    assert_int_equal(ask.fact.seq, 50);
    assert_int_equal(ask.number[0], 7);
}

/* One row, about an occasion, or a shift in it. */
static struct told list_of(enum ask_kind what, unsigned occasion, int shift)
{
    struct told told = {
        .ask = what, .how = TOLD_YES, .fact = {1, occasion}, .number = shift, .count = 1};
    told.rows[0] = (struct row){.number = {7, 2}, .mark = 0};
    return told;
}

static void an_answer_about_another_occasion_is_passed_over(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_ON);
    struct ask ask = show_press(show, "planned-1");
    struct told late = list_of(ASK_PLANNED, 49, ask.number[0]);
    tell(show, &late);
    assert_false(show_has(show, "shift-1"));
    assert_true(stage_page(show->stage)->is_waiting);
    struct told its_own = list_of(ASK_PLANNED, 50, ask.number[0]);
    tell(show, &its_own);
    assert_true(show_has(show, "shift-1"));
    assert_false(stage_page(show->stage)->is_waiting);
}

static void and_so_is_one_about_another_shift_of_it(void **state)
{
    struct show *show = *state;
    open_calendar(show, ROLE_STAFF, ASK_PLANNED_ON);
    struct told shifts = list_of(ASK_PLANNED, 50, show_press(show, "planned-1").number[0]);
    tell(show, &shifts);
    assert_int_equal(show_press(show, "shift-1").number[0], 7);
    struct told late = list_of(ASK_PROMISES, 50, 6), its_own = list_of(ASK_PROMISES, 50, 7);
    tell(show, &late);
    assert_int_equal(stage_page(show->stage)->told.ask, ASK_PLANNED);
    tell(show, &its_own);
    assert_int_equal(stage_page(show->stage)->told.ask, ASK_PROMISES);
}

static void no_proposal_is_refused_without_a_word(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_PROPOSALS, .how = TOLD_YES, .count = 1};
    told.rows[0] = (struct row){.id = {1, 90}, .at_ms = NOON_MS, .to_ms = NOON_MS + HOUR_MS};
    open_as(show, ROLE_STAFF);
    show_press(show, "proposals");
    tell(show, &told);
    show_press(show, "proposal-1");
    show_press(show, "refuse");
    struct ask ready = show_press(show, "reason-1");
    assert_int_equal(ready.kind, ASK_ACCEPT);
    assert_int_equal(ready.number[0], 0);
    assert_true(ready.text[0] != 0);
    show_tell(show, ASK_ACCEPT, TOLD_NO);
    show_press(show, "reason-5");
    assert_int_equal(show_press(show, "key Done").kind, ASK_NOTHING);
    show_type(show, "N");
    struct ask ask = show_press(show, "key Done");
    assert_int_equal(ask.kind, ASK_ACCEPT);
    assert_int_equal(ask.fact.seq, 90);
    assert_int_equal(ask.number[0], 0);
    assert_string_equal(ask.text, "N");
    assert_int_equal(show_tell(show, ASK_ACCEPT, TOLD_YES).kind, ASK_PROPOSALS);
    tell(show, &told);
    show_press(show, "proposal-1");
    assert_int_equal(show_press(show, "accept").number[0], 1);
}

/* --- what somebody intends --- */

static void open_circles(struct show *show, struct fact_id person, bool is_hidden)
{
    struct told told = {.ask = ASK_CIRCLES, .how = TOLD_YES, .person = person, .count = 1};
    told.total = is_hidden;
    told.rows[0].number[0] = 240;
    snprintf(told.rows[0].title, sizeof told.rows[0].title, "Coup de main");
    snprintf(told.rows[0].line, sizeof told.rows[0].line, "helper");
    tell(show, &told);
}

static void a_circle_is_asked_for_by_the_name_it_is_kept_by(void **state)
{
    struct show *show = *state;
    struct ask ask;
    stage_show(show->stage, &scene_circles, show->now_ms, &ask);
    open_circles(show, ask.person, false);
    ask = show_press(show, "circle-1");
    assert_int_equal(ask.kind, ASK_CIRCLE);
    assert_string_equal(ask.text, "helper");
    show_press(show, "rest");
    open_circles(show, ask.person, true);
    assert_int_equal(show_press(show, "rest-2").number[0], 2);
    show_tell(show, ASK_PAUSE, TOLD_YES);
    open_circles(show, ask.person, true);
    ask = show_press(show, "hide");
    assert_int_equal(ask.kind, ASK_PRIVATE);
    assert_int_equal(ask.number[0], 0);
    /* the control: what is told of somebody else is not shown */
    open_circles(show, (struct fact_id){1, 99}, false);
    assert_int_equal(stage_page(show->stage)->told.total, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, show_set_up, show_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_new_is_asked_for_as_it_was_set),
        TEST(what_has_no_title_of_its_own_is_asked_for_without),
        TEST(it_is_called_off_only_when_that_is_sure),
        TEST(what_vanished_is_kept_on_by_a_touch),
        TEST(who_comes_back_finds_the_list_where_they_left_it),
        TEST(a_referent_looks_and_changes_nothing),
        TEST(an_answer_about_another_occasion_is_passed_over),
        TEST(and_so_is_one_about_another_shift_of_it),
        TEST(no_proposal_is_refused_without_a_word),
        TEST(a_circle_is_asked_for_by_the_name_it_is_kept_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
