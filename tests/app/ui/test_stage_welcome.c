/* The pages of a first visit: one after the other as the house has them, and what each asks. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/buddy.h"
#include "app/domain/consent.h"
#include "app/ui/welcome.h"
#include "tests/support/show.h"

#define NEWCOMER ((struct fact_id){1, 7})
#define BUDDY ((struct fact_id){1, 20})

/* --- a house --- */

static struct guide house;

static void add_step(enum guide_step step, bool is_optional, int pages)
{
    static const struct guide_page page = {"A title", "Some words."};
    struct guide_row *row = &house.rows[house.row_count++];
    *row = (struct guide_row){.step = step, .is_optional = is_optional};
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 0; i < pages; i++)
            row->texts[language].pages[row->texts[language].count++] = page;
}

/* Steps in this order, and somebody who opens the way: the house is told of it. */
static struct ask begin(struct show *show, const enum guide_step *steps, int count)
{
    static const bool has_text[GUIDE_WAY_STEPS] = {
        [GUIDE_HELLO] = true, [GUIDE_CHARTER] = true, [GUIDE_NOTICE] = true};
    memset(&house, 0, sizeof house);
    house.several_max = 4;
    for (int i = 0; i < count; i++)
        add_step(steps[i], i % 2, has_text[steps[i]] ? 2 : 0);
    stage_set_guide(show->stage, &house);
    struct ask ask = show_press(show, "first-visit");
    show_tell(show, ASK_WELCOME, TOLD_YES);
    return ask;
}

#define BEGIN(show, ...)                                                                           \
    begin(show, (const enum guide_step[]){__VA_ARGS__},                                            \
          sizeof((const enum guide_step[]){__VA_ARGS__}) / sizeof(enum guide_step))

static struct ask tell(struct show *show, enum ask_kind kind, enum told_how how,
                       const struct newcomer *newcomer)
{
    struct told told = {
        .ask = kind, .how = how, .person = NEWCOMER, .text = "BCDFGH", .name = "Zoé"};
    struct ask ask;
    if (newcomer)
        told.newcomer = *newcomer;
    stage_told(show->stage, &told, show->now_ms, &ask);
    return ask;
}

/* Somebody has a name now, and said that they are in a hurry or not. */
static void take_name(struct show *show, struct newcomer *newcomer, const char *button)
{
    show_expect_scene(show, "who");
    show_type(show, "Zoe");
    assert_int_equal(show_press(show, "key Done").kind, ASK_BEGIN);
    newcomer->has_begun = true;
    newcomer->steps[GUIDE_LANGUAGE] = newcomer->steps[GUIDE_WHO] = NEWCOMER_DONE;
    tell(show, ASK_BEGIN, TOLD_YES, newcomer);
    show_expect_scene(show, "who-code");
    show_press(show, button);
}

/* The step that was asked about is on disk. */
static struct ask keep(struct show *show, struct newcomer *newcomer, const struct ask *ask)
{
    assert_int_equal(ask->kind, ASK_STEP);
    assert_int_equal(ask->person.seq, NEWCOMER.seq);
    newcomer->steps[ask->number[0]] = (enum newcomer_how)ask->number[1];
    return tell(show, ASK_STEP, TOLD_YES, newcomer);
}

/* --- the way --- */

static void the_way_is_as_the_house_has_it(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    BEGIN(show, GUIDE_WHO, GUIDE_NOTICE, GUIDE_BADGE, GUIDE_CHARTER);
    show_press(show, "in-en");
    take_name(show, &newcomer, "brief");
    show_expect_scene(show, "notice");
    show_press(show, "turn");
    struct ask ask = show_press(show, "go-on");
    keep(show, &newcomer, &ask);
    show_expect_scene(show, "blank");
    ask = show_press(show, "no-badge-wanted");
    assert_int_equal(ask.number[1], NEWCOMER_DECLINED);
    keep(show, &newcomer, &ask);
    show_expect_scene(show, "charter");
    ask = show_press(show, "skip");
    assert_int_equal(ask.number[1], NEWCOMER_LATER);
    keep(show, &newcomer, &ask);
    assert_null(stage_page(show->stage)->scene);
}

static void who_is_in_a_hurry_has_what_is_needed_and_nobody_else(void **state)
{
    struct show *show = *state;
    for (int is_brief = 0; is_brief < 2; is_brief++) {
        struct newcomer newcomer = {.has_begun = false};
        BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_PRESENT, GUIDE_BADGE);
        show_press(show, "in-en");
        take_name(show, &newcomer, is_brief ? "brief" : "go-on");
        if (!is_brief) {
            show_press(show, "key Done"); /* no last name, and nowhere to be reached */
            show_press(show, "key Done");
        }
        show_expect_scene(show, is_brief ? "blank" : "present");
        show_press(show, "back"); /* to the step before; there is none but the name */
        show_expect_scene(show, "who-code");
        show_press(show, "back");
        show_expect_scene(show, "resting");
    }
}

static void a_way_ends_with_what_comes_next(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_WHY, GUIDE_NEXT);
    strcpy(house.tiles[GUIDE_NEEDS].rows[0].key, "quiet");
    strcpy(house.tiles[GUIDE_NEEDS].rows[0].names[LANGUAGE_EN], "Quiet");
    house.tiles[GUIDE_NEEDS].count = 1;
    show_press(show, "in-en");
    take_name(show, &newcomer, "go-on");
    show_press(show, "key Done");
    show_press(show, "key Done");
    show_expect_scene(show, "wishes"); /* groups without tiles are not asked about */
    assert_int_equal(show_press(show, "quiet").kind, ASK_NOTHING);
    struct ask ask = show_press(show, "go-on");
    assert_int_equal(ask.bits[GUIDE_NEEDS], 1);
    assert_int_equal(ask.bits[GUIDE_BRINGS], 0);
    ask = keep(show, &newcomer, &ask);
    show_expect_scene(show, "next");
    assert_int_equal(ask.kind, ASK_NEXT);
}

/* --- before there is a name --- */

static void of_who_only_looks_the_house_is_told_and_nothing_else(void **state)
{
    static const char *const touches[] = {"just-looking", "turn", "page-back", "turn", "go-on"};
    struct show *show = *state;
    struct ask ask = BEGIN(show, GUIDE_LANGUAGE, GUIDE_HELLO, GUIDE_WHO, GUIDE_NEXT);
    assert_int_equal(ask.kind, ASK_WELCOME);
    for (size_t i = 0; i < sizeof touches / sizeof touches[0]; i++)
        assert_int_equal(show_press(show, touches[i]).kind, ASK_NOTHING);
    assert_null(stage_page(show->stage)->scene);
}

static void before_a_name_nothing_is_asked_about_anybody(void **state)
{
    struct show *show = *state;
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_HELLO, GUIDE_WHO);
    assert_int_equal(show_press(show, "in-en").kind, ASK_NOTHING);
    assert_int_equal(show_press(show, "skip").kind, ASK_NOTHING);
    show_expect_scene(show, "who");
    assert_int_equal(show_press(show, "key Done").kind, ASK_NOTHING); /* no letter yet */
    show_type(show, "Zoe");
    struct ask ask = show_press(show, "key Done");
    assert_int_equal(ask.kind, ASK_BEGIN);
    assert_int_equal(ask.person.seq, 0);
    assert_string_equal(ask.text, "Zoe");
    assert_int_equal(ask.number[1], NEWCOMER_SKIPPED); /* what became of hello goes along */
}

static void who_is_there_already_is_called_once(void **state)
{
    struct show *show = *state;
    assert_int_equal(BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO).kind, ASK_WELCOME);
    show_press(show, "in-en");
    assert_int_equal(show_press(show, "back").kind, ASK_NOTHING);
    show_expect_scene(show, "first-visit");
}

/* --- in the middle of it --- */

static void another_language_in_the_middle_of_a_name_changes_no_letter(void **state)
{
    struct show *show = *state;
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO);
    show_press(show, "in-fr");
    show_type(show, "Zo");
    show_press(show, "Nederlands");
    show_expect_scene(show, "who");
    assert_int_equal(stage_language(show->stage), LANGUAGE_NL);
    assert_string_equal(show_typed(show), "Zo");
    show_type(show, "e");
    assert_string_equal(show_press(show, "key Done").text, "Zoe");
}

static void somebody_else_s_tap_leaves_the_page_as_it_was(void **state)
{
    struct show *show = *state;
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO);
    show_press(show, "in-fr");
    show_type(show, "Zo");
    show_tap(show, ANSWER_ARRIVAL, 3);
    show_expect_scene(show, "greeting");
    show_wait(show, 15000);
    show_expect_scene(show, "who");
    assert_string_equal(show_typed(show), "Zo");
    assert_int_equal(stage_page(show->stage)->way.at, 1);
}

static void a_step_that_could_not_be_kept_stays(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_NOTICE, GUIDE_BADGE);
    show_press(show, "in-en");
    take_name(show, &newcomer, "brief");
    show_press(show, "turn");
    show_press(show, "go-on");
    tell(show, ASK_STEP, TOLD_NO, &newcomer);
    show_expect_scene(show, "notice");
    assert_non_null(stage_page(show->stage)->problem);
    struct ask ask = show_press(show, "go-on"); /* once more, from the same place */
    keep(show, &newcomer, &ask);
    show_expect_scene(show, "blank");
}

static void a_second_touch_asks_nothing_more(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_NOTICE, GUIDE_BADGE);
    show_press(show, "in-en");
    take_name(show, &newcomer, "brief");
    show_press(show, "turn");
    struct rect box = show_find(show, "go-on").box;
    assert_int_equal(show_touch_box(show, box).kind, ASK_STEP);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(show_touch_box(show, box).kind, ASK_NOTHING);
        show_wait(show, 100);
    }
    assert_false(show_has(show, "go-on"));
}

/* --- several --- */

static void who_come_together_have_a_code_each_one_after_the_other(void **state)
{
    struct show *show = *state;
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO);
    show_press(show, "several");
    for (int i = 0; i < 2; i++)
        show_press(show, "people-more");
    assert_false(show_has(show, "people-more")); /* four is all that this house takes at once */
    struct ask ask = show_press(show, "codes");
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(ask.kind, ASK_BEGIN);
        assert_int_equal(ask.number[0], i);
        assert_int_equal(ask.person.seq, 0);
        assert_false(show_has(show, "done"));
        ask = tell(show, ASK_BEGIN, TOLD_YES, NULL);
    }
    assert_int_equal(ask.kind, ASK_NOTHING);
    assert_int_equal(stage_page(show->stage)->way.made, 4);
    assert_int_equal(show_press(show, "back").kind, ASK_NOTHING); /* no others are made */
    assert_null(stage_page(show->stage)->scene);
}

/* --- what others may see --- */

static void what_somebody_agreed_to_before_is_not_taken_back_unasked(void **state)
{
    struct show *show = *state;
    struct told told = {.ask = ASK_BEGIN,
                        .how = TOLD_YES,
                        .person = NEWCOMER,
                        .text = "BCDFGH",
                        .newcomer = {.has_begun = true},
                        .consents = 1u << CONSENT_HERE};
    struct ask ask;
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_PRESENT);
    show_press(show, "in-en");
    show_type(show, "Zoe");
    show_press(show, "key Done");
    told.newcomer.steps[GUIDE_LANGUAGE] = told.newcomer.steps[GUIDE_WHO] = NEWCOMER_DONE;
    stage_told(show->stage, &told, show->now_ms, &ask);
    show_press(show, "go-on");
    for (int i = 0; i < 3; i++) /* no last name, nowhere to be reached, no sentence */
        show_press(show, "key Done");
    show_expect_scene(show, "shown");
    show_press(show, "show-name");
    ask = show_press(show, "go-on");
    assert_int_equal(ask.kind, ASK_STEP);
    assert_int_equal(ask.bits[0], 1u << CONSENT_HERE | 1u << CONSENT_NAME);
}

/* --- a buddy --- */

static void call_buddy(struct show *show, struct newcomer *newcomer)
{
    struct told told = {.ask = ASK_BUDDIES, .how = TOLD_YES, .person = NEWCOMER, .count = 2};
    struct ask ask;
    told.rows[0] = (struct row){.id = BUDDY, .title = "Ada L."};
    told.rows[1] = (struct row){.id = {1, 21}, .title = "Noor E."};
    BEGIN(show, GUIDE_LANGUAGE, GUIDE_WHO, GUIDE_BUDDY);
    show_press(show, "in-en");
    take_name(show, newcomer, "go-on");
    show_press(show, "key Done");
    assert_int_equal(show_press(show, "key Done").kind, ASK_BUDDIES);
    stage_told(show->stage, &told, show->now_ms, &ask);
    ask = show_press(show, "buddy-1");
    assert_int_equal(ask.kind, ASK_BUDDY);
    assert_int_equal(ask.number[0], BUDDY_ASKED);
    assert_int_equal(ask.other.seq, BUDDY.seq);
    tell(show, ASK_BUDDY, TOLD_YES, newcomer);
    show_expect_scene(show, "buddy-called");
}

static void a_buddy_who_taps_takes_the_newcomer(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    const struct told tap = {.how = TOLD_CLAIMED, .person = BUDDY};
    struct ask ask;
    call_buddy(show, &newcomer);
    assert_int_equal(stage_claims(show->stage), SCENE_CLAIMS_ROW);
    assert_int_equal(stage_claims_of(show->stage).seq, BUDDY.seq);
    stage_told(show->stage, &tap, show->now_ms, &ask);
    assert_int_equal(ask.kind, ASK_BUDDY);
    assert_int_equal(ask.number[0], BUDDY_TAKEN);
    assert_int_equal(ask.person.seq, NEWCOMER.seq);
    newcomer.steps[GUIDE_BUDDY] = NEWCOMER_DONE;
    tell(show, ASK_BUDDY, TOLD_YES, &newcomer);
    show_expect_scene(show, "buddy-here");
}

/* What is asked within so long, if anything. */
static struct ask wait_for_ask(struct show *show, int seconds)
{
    struct ask ask = {.kind = ASK_NOTHING};
    for (int i = 0; i < seconds && ask.kind == ASK_NOTHING; i++) {
        show_wait(show, 1000);
        stage_take_ask(show->stage, &ask);
    }
    return ask;
}

static void a_buddy_who_does_not_come_is_passed_over_for_the_next(void **state)
{
    struct show *show = *state;
    struct newcomer newcomer = {.has_begun = false};
    struct told told = {.ask = ASK_BUDDIES, .how = TOLD_YES, .person = NEWCOMER, .count = 1};
    struct ask ask;
    call_buddy(show, &newcomer);
    assert_int_equal(wait_for_ask(show, 40).kind, ASK_NOTHING);
    ask = wait_for_ask(show, 10);
    assert_int_equal(ask.kind, ASK_BUDDY);
    assert_int_equal(ask.number[0], BUDDY_MISSED);
    assert_int_equal(ask.other.seq, BUDDY.seq);
    assert_int_equal(tell(show, ASK_BUDDY, TOLD_YES, &newcomer).kind, ASK_BUDDIES);
    told.rows[0] = (struct row){.id = {1, 21}, .title = "Noor E."};
    stage_told(show->stage, &told, show->now_ms, &ask);
    assert_int_equal(ask.number[0], BUDDY_ASKED);
    assert_int_equal(ask.other.seq, 21);
}

#define SHOWN(test) cmocka_unit_test_setup_teardown(test, show_set_up, show_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOWN(the_way_is_as_the_house_has_it),
        SHOWN(who_is_in_a_hurry_has_what_is_needed_and_nobody_else),
        SHOWN(a_way_ends_with_what_comes_next),
        SHOWN(of_who_only_looks_the_house_is_told_and_nothing_else),
        SHOWN(before_a_name_nothing_is_asked_about_anybody),
        SHOWN(who_is_there_already_is_called_once),
        SHOWN(another_language_in_the_middle_of_a_name_changes_no_letter),
        SHOWN(somebody_else_s_tap_leaves_the_page_as_it_was),
        SHOWN(a_step_that_could_not_be_kept_stays),
        SHOWN(a_second_touch_asks_nothing_more),
        SHOWN(who_come_together_have_a_code_each_one_after_the_other),
        SHOWN(what_somebody_agreed_to_before_is_not_taken_back_unasked),
        SHOWN(a_buddy_who_taps_takes_the_newcomer),
        SHOWN(a_buddy_who_does_not_come_is_passed_over_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
