/* The USB stick on the stage: its banner, and pages that follow what is carried. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/banner.h"
#include "app/ui/canvas.h"
#include "app/ui/stick_words.h"
#include "tests/support/show.h"

static struct ask set(struct show *show, const struct load *load)
{
    struct ask ask;
    stage_set_load(show->stage, load, show->now_ms, &ask);
    return ask;
}

static const struct load there = {.stand = LOAD_THERE, .found = -1};
static const struct load opened = {.stand = LOAD_OPEN, .info.free_bytes = 1, .found = 2};
static const struct load away = {.stand = LOAD_AWAY, .found = -1};

static struct load busy(int percent)
{
    struct load load = opened;
    load.work = LOAD_EXPORTS;
    load.percent = percent;
    return load;
}

/* Does that stand on the picture? */
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

static void open_staff_who_may(struct show *show, unsigned rights)
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
    if (rights == role_rights(ROLE_REFERENT))
        return;
    show_type(show, "2580");
    show_press(show, "key Done");
    told = (struct told){.ask = ASK_PIN, .how = TOLD_YES, .person = {1, 3}};
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_expect_scene(show, "staff");
}

static void open_staff(struct show *show, enum role role)
{
    open_staff_who_may(show, role_rights(role));
}

/* --- the banner --- */

static void a_stick_is_told_at_rest_as_long_as_it_is_there(void **state)
{
    struct show *show = *state;
    assert_false(is_said(show, "USB"));
    assert_int_equal(set(show, &there).kind, ASK_NOTHING);
    assert_true(is_said(show, "A USB stick is plugged in. Staff: Help"));
    show_wait(show, 3600000);
    assert_true(is_said(show, "A USB stick is plugged in."));
    set(show, &away);
    assert_false(is_said(show, "USB"));
}

static void on_a_page_it_has_the_place_of_the_title_for_a_while(void **state)
{
    struct show *show = *state;
    show_press(show, "help");
    assert_true(is_said(show, "Help"));
    set(show, &there);
    assert_true(is_said(show, "USB stick"));
    assert_false(show_has(show, "banner")); /* nobody's to touch */
    show_wait(show, 19000);
    assert_true(is_said(show, "USB stick"));
    show_wait(show, 1001);
    assert_false(is_said(show, "USB stick"));
    assert_true(is_said(show, "Help"));
    const struct load load = busy(1); /* something new is told anew, */
    set(show, &load);
    assert_true(is_said(show, "USB stick: 1%"));
    show_wait(show, 20001);
    const struct load later = busy(2); /* a number that goes on is not */
    set(show, &later);
    assert_false(is_said(show, "USB stick"));
}

static void a_number_that_goes_on_takes_no_button_from_under_a_finger(void **state)
{
    struct show *show = *state;
    struct load load = busy(1);
    set(show, &load);
    show_wait(show, 1000);
    struct rect box = show_find(show, "help").box;
    show_finger(show, STAGE_DOWN, box.x + 2, box.y + 2);
    load = busy(2);
    set(show, &load);
    assert_true(is_said(show, "2%"));
    show_finger(show, STAGE_UP, box.x + 2, box.y + 2);
    show_expect_scene(show, "help");
}

/* Nobody knows what that was, until staff have read it, or it is long ago. */
static void what_was_cut_is_told_without_a_stick(void **state)
{
    struct show *show = *state;
    struct load load = away;
    load.end = LOAD_CUT;
    load.did = LOAD_EXPORTS;
    set(show, &load);
    assert_true(is_said(show, "pulled out too soon"));
    load.end = LOAD_DONE;
    set(show, &load);
    assert_false(is_said(show, "USB"));
}

static void the_banner_leads_staff_who_may_to_the_stick_and_nobody_else(void **state)
{
    struct show *show = *state;
    open_staff(show, ROLE_STAFF);
    set(show, &there);
    assert_int_equal(show_press(show, "banner").kind, ASK_STICK);
    show_expect_scene(show, "stick");
    assert_false(show_has(show, "banner"));
}

/* --- pages that follow it --- */

static void open_stick(struct show *show)
{
    open_staff(show, ROLE_STAFF);
    show_press(show, "stick");
    show_expect_scene(show, "stick");
}

static void a_stick_is_opened_for_staff_as_soon_as_it_is_plugged_in(void **state)
{
    struct show *show = *state;
    open_stick(show);
    struct ask ask = set(show, &there);
    assert_int_equal(ask.kind, ASK_STICK);
    assert_int_equal(ask.by.seq, 3);
    struct load load = there;
    load.info.trouble = STICK_BLANK; /* the control: such a one is not */
    assert_int_equal(set(show, &load).kind, ASK_NOTHING);
    assert_false(show_has(show, "out"));
}

static void each_trouble_has_a_sentence_of_its_own_and_says_what_to_do(void **state)
{
    struct show *show = *state;
    open_stick(show);
    for (int trouble = STICK_BLANK; trouble < STICK_TROUBLE_COUNT; trouble++) {
        struct load load = there;
        load.info.trouble = (enum stick_trouble)trouble;
        set(show, &load);
        const struct stick_words *words = stick_words_of_trouble((enum stick_trouble)trouble);
        assert_true(words->what[0] && words->todo[0]);
        char begin[24];
        snprintf(begin, sizeof begin, "%s", words->what);
        assert_true(is_said(show, begin));
        for (int other = STICK_BLANK; other < trouble; other++)
            assert_string_not_equal(words->what,
                                    stick_words_of_trouble((enum stick_trouble)other)->what);
    }
}

static void what_is_offered_is_what_the_stick_can_do(void **state)
{
    struct show *show = *state;
    struct load load = opened;
    open_stick(show);
    set(show, &load);
    assert_true(show_has(show, "out") && show_has(show, "in") && show_has(show, "let-go"));
    load.found = 0;
    set(show, &load);
    assert_true(show_has(show, "out") && !show_has(show, "in"));
    load.found = 1;
    load.info.is_read_only = true;
    load.info.free_bytes = 2; /* another one */
    set(show, &load);
    assert_true(!show_has(show, "out") && !show_has(show, "print") && show_has(show, "in"));
}

static void go_out(struct show *show, const char *span)
{
    struct ask ask;
    struct told told = {.ask = ASK_STICK, .how = TOLD_YES, .count = 1, .until_ms = 86400000};
    open_stick(show);
    set(show, &opened);
    assert_int_equal(show_press(show, "out").kind, ASK_STICK);
    stage_told(show->stage, &told, show->now_ms, &ask);
    ask = show_press(show, span);
    assert_int_equal(ask.kind, ASK_EXPORT);
    assert_int_equal(ask.at_ms, 86400000); /* the register's time says which month it is */
}

static void what_is_carried_keeps_staff_mode_open_and_is_followed_to_its_end(void **state)
{
    struct show *show = *state;
    struct load load = busy(0);
    go_out(show, "month");
    set(show, &load);
    show_expect_scene(show, "stick-carry");
    show_wait(show, 3600000);
    show_expect_scene(show, "stick-carry");
    assert_int_equal(show_press(show, "stop").kind, ASK_STOP);
    show_tell(show, ASK_STOP, TOLD_YES);
    load = opened;
    load.did = LOAD_EXPORTS;
    load.end = LOAD_STOPPED;
    set(show, &load);
    assert_true(is_said(show, "It was stopped."));
    assert_int_equal(show_press(show, "go-on").kind, ASK_STICK);
    show_wait(show, 140001); /* and then it closes as always */
    show_expect_scene(show, "resting");
}

static void what_of_the_houses_files_is_not_on_it_is_said_with_the_reason(void **state)
{
    struct show *show = *state;
    struct load load = busy(50);
    go_out(show, "month");
    set(show, &load);
    load = opened;
    load.did = LOAD_EXPORTS;
    load.end = LOAD_DONE;
    set(show, &load);
    assert_false(is_said(show, "not on the stick"));
    load.left_out.count = 1;
    snprintf(load.left_out.file, sizeof load.left_out.file, "hello.fr.txt");
    snprintf(load.left_out.why, sizeof load.left_out.why, "it is empty; write it");
    set(show, &load);
    assert_true(is_said(show, "hello.fr.txt is not on the stick: it is empty; write it."));
    load.left_out.count = 3;
    set(show, &load);
    assert_true(is_said(show, "3 files of the house are not on the stick. hello.fr.txt: it is "
                              "empty; write it."));
}

/* It goes on: the banner says how far, and what came of it. */
static void somebody_else_s_tap_closes_staff_mode_all_the_same(void **state)
{
    struct show *show = *state;
    struct load load = busy(7);
    go_out(show, "all");
    set(show, &load);
    show_tap(show, ANSWER_ARRIVAL, 9);
    assert_int_equal(stage_page(show->stage)->staff.seq, 0);
    show_wait(show, 30000);
    show_expect_scene(show, "resting");
    assert_true(is_said(show, "busy: 7%"));
    load = (struct load){.stand = LOAD_LOOSE, .did = LOAD_EXPORTS, .end = LOAD_DONE};
    set(show, &load);
    assert_true(is_said(show, "You may pull the USB stick out."));
}

static void a_stick_that_is_pulled_out_leads_its_pages_there(void **state)
{
    struct show *show = *state;
    go_out(show, "since");
    set(show, &away); /* before anything was carried */
    show_expect_scene(show, "stick");
    assert_true(is_said(show, "Plug a USB stick in."));
}

static void a_list_leads_to_its_preview_and_only_what_may_be_taken_can_be(void **state)
{
    struct show *show = *state;
    struct ask ask;
    struct told told = {.ask = ASK_FOUND, .how = TOLD_YES, .count = 1};
    open_stick(show);
    set(show, &opened);
    assert_int_equal(show_press(show, "in").kind, ASK_FOUND);
    stage_told(show->stage, &told, show->now_ms, &ask);
    ask = show_press(show, "list-1");
    assert_int_equal(ask.kind, ASK_PREVIEW);
    assert_int_equal(ask.number[0], 0);
    struct load load = busy(10);
    load.work = LOAD_READS;
    set(show, &load);
    show_expect_scene(show, "stick-carry");
    told = (struct told){.ask = ASK_PREVIEW, .how = TOLD_YES, .sums = {0, 0, 3}};
    stage_told(show->stage, &told, show->now_ms, &ask);
    set(show, &opened);
    show_expect_scene(show, "stick-preview");
    assert_true(show_has(show, "leave") && !show_has(show, "take"));
    told.total = 1;
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_int_equal(show_press(show, "take").kind, ASK_TAKE_IN);
}

/* Their page says what to do until there is a stick that takes files. */
static void somebodys_own_data_goes_onto_a_stick_that_is_there(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_PEOPLE, .how = TOLD_YES, .count = 1};
    struct load load = there;
    struct ask ask;
    told.rows[0].id = (struct fact_id){1, 10};
    open_staff(show, ROLE_STAFF);
    show_press(show, "people");
    show_type(show, "Z");
    show_press(show, "key Done");
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_press(show, "person-1");
    show_press(show, "own-data");
    show_expect_scene(show, "own-data");
    assert_false(show_has(show, "onto-stick"));
    assert_true(is_said(show, "Plug a USB stick in."));
    load.info.trouble = STICK_BLANK;
    set(show, &load);
    assert_false(show_has(show, "onto-stick"));
    load = there;
    load.info.is_read_only = true;
    set(show, &load);
    assert_false(show_has(show, "onto-stick"));
    assert_true(is_said(show, "write-protected"));
    set(show, &there);
    ask = show_press(show, "onto-stick");
    assert_int_equal(ask.kind, ASK_OWN_DATA);
    assert_int_equal(ask.person.seq, 10);
    told = (struct told){.ask = ASK_OWN_DATA, .how = TOLD_YES};
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_expect_scene(show, "stick-carry");
    load = there;
    load.stand = LOAD_LOOSE;
    load.did = LOAD_GIVES;
    load.end = LOAD_DONE;
    set(show, &load);
    assert_true(is_said(show, "You may pull the stick out."));
    assert_true(is_said(show, "give it to nobody else"));
}

static void who_may_take_nothing_out_is_offered_nobodys_data(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_PEOPLE, .how = TOLD_YES, .count = 1};
    struct ask ask;
    told.rows[0].id = (struct fact_id){1, 10};
    open_staff_who_may(show, role_rights(ROLE_STAFF) & ~(1u << RIGHT_EXPORT));
    show_press(show, "people");
    show_type(show, "Z");
    show_press(show, "key Done");
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_press(show, "person-1");
    show_expect_scene(show, "person");
    assert_true(show_has(show, "forget"));
    assert_false(show_has(show, "own-data"));
}

static void a_referent_prints_nothing_onto_a_stick(void **state)
{
    struct show *show = *state;
    const struct told told = {.ask = ASK_HERE, .how = TOLD_YES};
    struct ask ask;
    open_staff(show, ROLE_REFERENT);
    show_expect_scene(show, "roll-call");
    set(show, &there);
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_false(show_has(show, "print"));
    show_press(show, "end");
    open_staff(show, ROLE_STAFF); /* the control */
    show_press(show, "here");
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_int_equal(show_press(show, "print").kind, ASK_PRINT);
}

#define STICK_TEST(name) cmocka_unit_test_setup_teardown(name, show_set_up, show_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STICK_TEST(a_stick_is_told_at_rest_as_long_as_it_is_there),
        STICK_TEST(on_a_page_it_has_the_place_of_the_title_for_a_while),
        STICK_TEST(a_number_that_goes_on_takes_no_button_from_under_a_finger),
        STICK_TEST(what_was_cut_is_told_without_a_stick),
        STICK_TEST(the_banner_leads_staff_who_may_to_the_stick_and_nobody_else),
        STICK_TEST(a_stick_is_opened_for_staff_as_soon_as_it_is_plugged_in),
        STICK_TEST(each_trouble_has_a_sentence_of_its_own_and_says_what_to_do),
        STICK_TEST(what_is_offered_is_what_the_stick_can_do),
        STICK_TEST(what_is_carried_keeps_staff_mode_open_and_is_followed_to_its_end),
        STICK_TEST(what_of_the_houses_files_is_not_on_it_is_said_with_the_reason),
        STICK_TEST(somebody_else_s_tap_closes_staff_mode_all_the_same),
        STICK_TEST(a_stick_that_is_pulled_out_leads_its_pages_there),
        STICK_TEST(a_list_leads_to_its_preview_and_only_what_may_be_taken_can_be),
        STICK_TEST(somebodys_own_data_goes_onto_a_stick_that_is_there),
        STICK_TEST(who_may_take_nothing_out_is_offered_nobodys_data),
        STICK_TEST(a_referent_prints_nothing_onto_a_stick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
