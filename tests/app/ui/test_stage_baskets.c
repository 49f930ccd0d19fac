/* Results at a pick-up: what is there to fetch, what became of it, one touch for each. */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/timed.h"

#define ARRIVED_MS INT64_C(1795524720000)
#define HOUR_MS INT64_C(3600000)

static struct answer_basket basket_of(int owner, const char *name, const char *size)
{
    struct answer_basket basket = {.person = {1, owner}};
    snprintf(basket.name, sizeof basket.name, "%s", name);
    snprintf(basket.size, sizeof basket.size, "%s", size);
    return basket;
}

/* Person 7 has a large one, and may fetch so many others. */
static struct answer at_pick_up(enum answer_kind kind, bool has_own, int others)
{
    struct answer answer = timed_answer(kind, 7, 20000, kind == ANSWER_ASKS ? 0 : 10000);
    answer.at_ms = ARRIVED_MS;
    answer.occasion = OCCASION_BASKET;
    answer.basket = basket_of(7, "Zoé D.", "large");
    if (has_own)
        answer.to_fetch[answer.to_fetch_count++] = answer.basket;
    for (int i = 0; i < others; i++)
        answer.to_fetch[answer.to_fetch_count++] = basket_of(20 + i, "Bilal H.", "small");
    return answer;
}

static void need_hands(struct answer *answer)
{
    answer->question = ANSWER_ASKS_HELP;
    answer->slots[answer->slot_count++] = (struct answer_slot){.of = {{1, 50}, 3},
                                                               .kind = OCCASION_SHIFT,
                                                               .title = "Till",
                                                               .from_ms = ARRIVED_MS,
                                                               .to_ms = ARRIVED_MS + HOUR_MS,
                                                               .needed = 2};
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

static bool has_button(struct timed *timed, const char *name, int64_t now_ms)
{
    return timed_count(timed, name, now_ms) > 0;
}

static struct ask press(struct timed *timed, const char *name, int64_t now_ms)
{
    timed_button(timed, name, 0, now_ms - 500); /* seen before it is touched */
    return timed_click(timed, timed_button(timed, name, 0, now_ms).box, now_ms);
}

static void a_touch_asks_for_the_basket_of_whom_it_is(void **state)
{
    struct timed *timed = *state;
    const struct answer answer = at_pick_up(ANSWER_ARRIVAL, true, 2);
    stage_answer(timed->stage, &answer, 0);
    timed_expect_scene(timed, 0, "greeting-basket");
    assert_true(says(timed, "Your basket", 500) && says(timed, "Bilal H.", 500));
    struct ask ask = press(timed, "basket-2", 1000);
    assert_int_equal(ask.kind, ASK_DO);
    assert_int_equal(ask.number[0], DEED_BASKET);
    assert_int_equal(ask.person.seq, 7);
    assert_int_equal(ask.other.seq, 20);
    assert_false(has_button(timed, "basket-1", 1100)); /* one touch, one basket */
}

static void the_own_one_is_one_touch_away_on_the_second_tap_too(void **state)
{
    struct timed *timed = *state;
    const struct answer answer = at_pick_up(ANSWER_ASKS, true, 0);
    stage_answer(timed->stage, &answer, 0);
    timed_expect_scene(timed, 0, "asks");
    assert_true(has_button(timed, "leave", 500));
    struct ask ask = press(timed, "basket-1", 1000);
    assert_int_equal(ask.kind, ASK_DO);
    assert_int_equal(ask.other.seq, 7);
}

static void beside_baskets_a_hand_is_asked_for_and_four_are_enough(void **state)
{
    struct timed *timed = *state;
    struct answer answer = at_pick_up(ANSWER_ARRIVAL, true, 3);
    need_hands(&answer);
    stage_answer(timed->stage, &answer, 0);
    assert_true(has_button(timed, "basket-3", 500));
    assert_false(has_button(timed, "basket-4", 500));
    assert_true(has_button(timed, "slot-1", 500));
    assert_int_equal(press(timed, "slot-1", 1000).kind, ASK_HELP);
}

static void what_was_fetched_can_be_put_back_and_offers_the_next(void **state)
{
    struct timed *timed = *state;
    struct answer answer = at_pick_up(ANSWER_ASKS, false, 1);
    struct told told = {.ask = ASK_DO, .how = TOLD_YES, .person = {1, 7}};
    struct ask ask;
    answer.has_deed = true;
    answer.deed = DEED_BASKET;
    answer.fetched = answer.basket;
    answer.basket.fetched_ms = ARRIVED_MS;
    answer.undo_ms = 10000;
    stage_answer(timed->stage, &answer, 0);
    stage_told(timed->stage, &told, 10, &ask);
    timed_expect_scene(timed, 20, "fetched");
    assert_true(says(timed, "Your basket: large", 500));
    assert_true(has_button(timed, "undo", 500) && has_button(timed, "leave", 500));
    assert_int_equal(press(timed, "basket-1", 1500).other.seq, 20);
}

static void a_paused_or_fetched_one_says_until_when_or_when_and_by_whom(void **state)
{
    struct timed *timed = *state;
    struct answer answer = at_pick_up(ANSWER_ARRIVAL, false, 0);
    answer.basket.paused_until = 20270105;
    stage_answer(timed->stage, &answer, 0);
    timed_expect_scene(timed, 0, "greeting");
    assert_true(says(timed, "paused until 5 January", 500));
    answer.basket.paused_until = 0;
    answer.basket.fetched_ms = ARRIVED_MS;
    snprintf(answer.basket.fetched_by, sizeof answer.basket.fetched_by, "Bilal H.");
    stage_answer(timed->stage, &answer, 600);
    assert_true(says(timed, "fetched at ", 1200) && says(timed, " by Bilal H.", 1200));
    answer.is_time_doubtful = true; /* then no time is shown as true */
    stage_answer(timed->stage, &answer, 1300);
    assert_true(says(timed, "fetched by Bilal H.", 1900));
    /* Where others can be fetched it stands above them. */
    answer.is_time_doubtful = false;
    answer.to_fetch[answer.to_fetch_count++] = basket_of(20, "Noor E.", "small");
    stage_answer(timed->stage, &answer, 2000);
    assert_true(says(timed, "Your basket: fetched at ", 2600));
    assert_true(has_button(timed, "basket-1", 2600));
}

static void why_not_is_said_in_its_place(void **state)
{
    struct timed *timed = *state;
    const struct answer answer = at_pick_up(ANSWER_ARRIVAL, true, 0);
    struct told told = {.ask = ASK_DO,
                        .how = TOLD_NO,
                        .person = {1, 7},
                        .why = "This basket is paused today. Ask whoever hands them out."};
    struct ask ask;
    stage_answer(timed->stage, &answer, 0);
    press(timed, "basket-1", 1000);
    stage_told(timed->stage, &told, 1200, &ask);
    assert_true(says(timed, "This basket is paused today.", 1500));
    assert_false(has_button(timed, "basket-1", 1500));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, timed_set_up, timed_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_touch_asks_for_the_basket_of_whom_it_is),
        TEST(the_own_one_is_one_touch_away_on_the_second_tap_too),
        TEST(beside_baskets_a_hand_is_asked_for_and_four_are_enough),
        TEST(what_was_fetched_can_be_put_back_and_offers_the_next),
        TEST(a_paused_or_fetched_one_says_until_when_or_when_and_by_whom),
        TEST(why_not_is_said_in_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
