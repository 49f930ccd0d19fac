/* What results offer at drinks and at an agora, and the page on which words are left. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/timed.h"

static struct answer at(enum occasion_kind occasion, enum answer_kind kind, int person)
{
    bool is_arrival = kind == ANSWER_ARRIVAL;
    struct answer answer = timed_answer(kind, person, 20000, is_arrival ? 10000 : 0);
    answer.occasion = occasion;
    return answer;
}

static struct answer done(enum deed_kind deed, int person)
{
    struct answer answer = timed_answer(ANSWER_ASKS, person, 4000, 10000);
    answer.occasion = deed == DEED_DRINK ? OCCASION_DRINKS : OCCASION_AGORA;
    answer.has_deed = true;
    answer.deed = deed;
    return answer;
}

static void put(struct timed *timed, struct answer answer, int64_t now_ms)
{
    stage_answer(timed->stage, &answer, now_ms);
}

static bool says(struct timed *timed, const char *text, int64_t now_ms)
{
    const struct canvas_mark *marks;
    stage_draw(timed->stage, now_ms, timed->canvas);
    int count = canvas_marks(timed->canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strstr(marks[i].text, text))
            return true;
    return false;
}

static struct ask press(struct timed *timed, const char *name, int64_t now_ms)
{
    timed_button(timed, name, 0, now_ms - 2000); /* seen before it is touched */
    return timed_click(timed, timed_button(timed, name, 0, now_ms).box, now_ms);
}

static struct ask type(struct timed *timed, const char *text, int64_t now_ms)
{
    struct ask ask;
    stage_draw(timed->stage, now_ms, timed->canvas);
    stage_type(timed->stage, text, now_ms, &ask);
    return ask;
}

static void tell(struct timed *timed, enum ask_kind ask, enum told_how how, int person,
                 const char *why, int64_t now_ms)
{
    struct told told = {.ask = ask, .how = how, .person = {1, person}};
    struct ask next;
    snprintf(told.why, sizeof told.why, "%s", why);
    stage_told(timed->stage, &told, now_ms, &next);
}

/* --- a drink --- */

static void a_touch_takes_a_drink_and_acts_once(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_DRINKS, ANSWER_ASKS, 7), 0);
    struct ask ask = press(timed, "drink", 3000);
    assert_int_equal(ask.kind, ASK_DO);
    assert_int_equal(ask.number[0], DEED_DRINK);
    assert_int_equal(ask.person.seq, 7);
    assert_true(fact_id_is_none(ask.other));
    assert_int_equal(timed_count(timed, "drink", 3200), 0);
    put(timed, done(DEED_DRINK, 7), 3300);
    tell(timed, ASK_DO, TOLD_YES, 7, "", 3300);
    timed_expect_scene(timed, 3400, "enjoy");
    assert_int_equal(timed_count(timed, "drink", 3400), 0);
    assert_int_equal(timed_count(timed, "undo", 3400), 1);
    timed_expect_scene(timed, 7400, "resting");
    assert_int_equal(timed_count(timed, "undo", 7400), 1); /* the strip */
    ask = press(timed, "undo", 12000);
    assert_int_equal(ask.kind, ASK_UNDO);
    assert_int_equal(ask.fact.seq, 107);
    assert_int_equal(timed_count(timed, "undo", 13400), 0);
}

static void the_arrival_at_drinks_asks_nothing(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_DRINKS, ANSWER_ARRIVAL, 7), 0);
    assert_int_equal(timed_count(timed, "drink", 100), 0);
    put(timed, at(OCCASION_DRINKS, ANSWER_ALREADY_IN, 7), 20000);
    assert_int_equal(timed_count(timed, "drink", 20100), 1);
    put(timed, at(OCCASION_SHIFT, ANSWER_ALREADY_IN, 7), 50000);
    assert_int_equal(timed_count(timed, "drink", 50100), 0);
}

static void of_two_at_once_each_takes_their_own(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_DRINKS, ANSWER_ASKS, 7), 0);
    put(timed, at(OCCASION_DRINKS, ANSWER_ASKS, 8), 0);
    timed_expect_scene(timed, 100, "asks+asks");
    timed_button(timed, "drink", 1, 2000);
    struct ask ask = timed_click(timed, timed_button(timed, "drink", 1, 3000).box, 3000);
    assert_int_equal(ask.person.seq, 8);
    assert_int_equal(timed_count(timed, "drink", 3200), 1); /* the other one's */
}

static void what_cannot_be_had_says_why(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_DRINKS, ANSWER_ASKS, 7), 0);
    press(timed, "drink", 3000);
    tell(timed, ASK_DO, TOLD_NO, 7, "Only who is in the house can do that.", 3200);
    timed_expect_scene(timed, 3300, "asks");
    assert_true(says(timed, "Only who is in the house", 3300));
    assert_int_equal(timed_count(timed, "drink", 3300), 0);
    assert_int_equal(timed_count(timed, "leave", 3300), 1);
}

/* --- the first info session --- */

static void the_first_info_session_is_a_step_that_is_done(void **state)
{
    struct timed *timed = *state;
    struct answer answer = at(OCCASION_INFO, ANSWER_ARRIVAL, 7);
    put(timed, answer, 0);
    assert_false(says(timed, "A step of your welcome is done", 100));
    answer.is_first_of_kind = true;
    put(timed, answer, 30000);
    assert_true(says(timed, "A step of your welcome is done", 30100));
}

/* --- words --- */

static void words_are_left_only_once_their_owner_saw_who_reads_them(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_AGORA, ANSWER_ARRIVAL, 7), 0);
    press(timed, "need", 3000);
    timed_expect_scene(timed, 3100, "need");
    assert_int_equal(type(timed, "\n", 4000).kind, ASK_NOTHING);
    timed_expect_scene(timed, 4100, "need");
    assert_true(says(timed, "Nothing is written yet", 4100));
    type(timed, "  ", 5000);
    assert_int_equal(type(timed, "\n", 5100).kind, ASK_NOTHING);
    timed_expect_scene(timed, 5200, "need");
    type(timed, "A ramp", 6000);
    assert_int_equal(type(timed, "\n", 6100).kind, ASK_NOTHING);
    timed_expect_scene(timed, 6200, "need-sure");
    assert_true(says(timed, "Said in your name", 6200));
    assert_true(says(timed, "Staff of this house read it", 6200));
    struct ask ask = press(timed, "leave-it", 9000);
    assert_int_equal(ask.kind, ASK_SAY);
    assert_int_equal(ask.number[0], DEED_NEED);
    assert_int_equal(ask.person.seq, 7);
    assert_non_null(strstr(ask.text, "A ramp"));
    assert_int_equal(timed_count(timed, "leave-it", 9100), 0); /* once */
    put(timed, done(DEED_NEED, 7), 9200);
    tell(timed, ASK_SAY, TOLD_YES, 7, "", 9200);
    timed_expect_scene(timed, 9300, "said");
    assert_int_equal(timed_count(timed, "undo", 9300), 1);
}

static void what_is_typed_survives_who_taps_meanwhile(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_AGORA, ANSWER_ALREADY_IN, 7), 0);
    press(timed, "need", 3000);
    type(timed, "A ramp", 4000);
    put(timed, at(OCCASION_AGORA, ANSWER_ARRIVAL, 8), 5000);
    timed_expect_scene(timed, 5100, "greeting");
    assert_int_equal(timed_count(timed, "need", 5100), 0); /* somebody's page waits */
    press(timed, "close", 8000);
    timed_expect_scene(timed, 8100, "need");
    type(timed, " here", 9000);
    type(timed, "\n", 9100);
    struct ask ask = press(timed, "leave-it", 12000);
    assert_int_equal(ask.person.seq, 7); /* theirs, whoever tapped */
    assert_string_equal(ask.text, "A ramp here");
}

static void words_that_the_register_refuses_stay_and_it_says_why(void **state)
{
    struct timed *timed = *state;
    put(timed, at(OCCASION_AGORA, ANSWER_ARRIVAL, 7), 0);
    press(timed, "need", 3000);
    type(timed, "A ramp", 4000);
    type(timed, "\n", 4100);
    press(timed, "leave-it", 7000);
    tell(timed, ASK_SAY, TOLD_NO, 8, "of somebody else", 7100); /* not for this page */
    assert_false(says(timed, "of somebody else", 7200));
    tell(timed, ASK_SAY, TOLD_NO, 7, "The register cannot be written now.", 7300);
    timed_expect_scene(timed, 7400, "need-sure");
    assert_true(says(timed, "The register cannot be written now.", 7400));
    press(timed, "change", 10000);
    timed_expect_scene(timed, 10100, "need");
    assert_true(says(timed, "A ramp", 10100));
}

static void nobody_who_is_expected_at_a_shift_is_asked_for_words(void **state)
{
    struct timed *timed = *state;
    struct answer answer = at(OCCASION_AGORA, ANSWER_ARRIVAL, 7);
    answer.shift.of = (struct shift_id){{1, 50}, 1};
    snprintf(answer.shift.title, sizeof answer.shift.title, "Bar");
    put(timed, answer, 0);
    assert_int_equal(timed_count(timed, "need", 100), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_touch_takes_a_drink_and_acts_once),
        TEST(the_arrival_at_drinks_asks_nothing),
        TEST(of_two_at_once_each_takes_their_own),
        TEST(what_cannot_be_had_says_why),
        TEST(the_first_info_session_is_a_step_that_is_done),
        TEST(words_are_left_only_once_their_owner_saw_who_reads_them),
        TEST(what_is_typed_survives_who_taps_meanwhile),
        TEST(words_that_the_register_refuses_stay_and_it_says_why),
        TEST(nobody_who_is_expected_at_a_shift_is_asked_for_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
