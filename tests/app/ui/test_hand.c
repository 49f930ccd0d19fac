#include "app/ui/hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/random.h"

static const struct hand_pointer mouse = {.is_mouse = true};

static struct hand_pointer finger(int number)
{
    return (struct hand_pointer){.device = 7, .finger = number};
}

static void expect(struct hand *hand, struct hand_pointer pointer, enum stage_touch phase,
                   int64_t now_ms, enum stage_touch wanted)
{
    enum stage_touch got = STAGE_CANCEL;
    assert_true(hand_take(hand, &pointer, phase, now_ms, &got));
    assert_int_equal(got, wanted);
}

static void expect_nothing(struct hand *hand, struct hand_pointer pointer, enum stage_touch phase,
                           int64_t now_ms)
{
    enum stage_touch untouched = STAGE_CANCEL;
    assert_false(hand_take(hand, &pointer, phase, now_ms, &untouched));
    assert_int_equal(untouched, STAGE_CANCEL);
}

static void one_finger_goes_down_moves_and_goes_up(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, finger(1), STAGE_DOWN, 0, STAGE_DOWN);
    expect(&hand, finger(1), STAGE_MOVE, 10, STAGE_MOVE);
    expect(&hand, finger(1), STAGE_UP, 20, STAGE_UP);
    expect_nothing(&hand, finger(1), STAGE_UP, 30);
    expect_nothing(&hand, finger(1), STAGE_MOVE, 40);
}

static void a_second_finger_takes_it_back_and_nothing_counts_until_all_are_up(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, finger(1), STAGE_DOWN, 0, STAGE_DOWN);
    expect(&hand, finger(2), STAGE_DOWN, 10, STAGE_CANCEL);
    expect_nothing(&hand, finger(1), STAGE_MOVE, 20);
    expect_nothing(&hand, finger(1), STAGE_UP, 30);
    expect_nothing(&hand, finger(3), STAGE_DOWN, 40);
    expect_nothing(&hand, mouse, STAGE_DOWN, 50);
    expect_nothing(&hand, mouse, STAGE_UP, 60);
    expect_nothing(&hand, finger(2), STAGE_UP, 70);
    expect_nothing(&hand, finger(3), STAGE_UP, 80);
    expect(&hand, finger(4), STAGE_DOWN, 90, STAGE_DOWN);
    expect(&hand, finger(4), STAGE_UP, 100, STAGE_UP);
}

static void of_a_mouse_and_a_finger_the_first_one_goes_on(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, mouse, STAGE_DOWN, 0, STAGE_DOWN);
    expect_nothing(&hand, finger(1), STAGE_DOWN, 10);
    expect_nothing(&hand, finger(1), STAGE_UP, 20);
    expect(&hand, mouse, STAGE_UP, 30, STAGE_UP);
    expect(&hand, finger(2), STAGE_DOWN, 40, STAGE_DOWN);
    expect_nothing(&hand, mouse, STAGE_DOWN, 50);
    expect(&hand, finger(2), STAGE_UP, 60, STAGE_UP);
    expect_nothing(&hand, mouse, STAGE_UP, 70); /* it was not felt when it was pressed */
}

static void a_finger_whose_lifting_was_lost_is_forgotten_at_the_next_touch(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, finger(1), STAGE_DOWN, 0, STAGE_DOWN);
    expect(&hand, finger(2), STAGE_DOWN, HAND_SILENT_MS + 1, STAGE_DOWN);
    expect(&hand, finger(2), STAGE_UP, HAND_SILENT_MS + 2, STAGE_UP);
    /* Also in the middle of a touch with two, */
    expect(&hand, finger(3), STAGE_DOWN, 10000, STAGE_DOWN);
    expect(&hand, finger(4), STAGE_DOWN, 10010, STAGE_CANCEL);
    expect_nothing(&hand, finger(4), STAGE_UP, 10020);
    expect(&hand, finger(5), STAGE_DOWN, 20000, STAGE_DOWN);
    expect(&hand, finger(5), STAGE_UP, 20010, STAGE_UP);
    /* and where the same one comes down again at once. */
    expect(&hand, finger(6), STAGE_DOWN, 20020, STAGE_DOWN);
    expect(&hand, finger(6), STAGE_DOWN, 20030, STAGE_DOWN);
    expect(&hand, finger(6), STAGE_UP, 20040, STAGE_UP);
}

static void a_finger_that_moves_is_not_forgotten(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, finger(1), STAGE_DOWN, 0, STAGE_DOWN);
    expect(&hand, finger(1), STAGE_MOVE, HAND_SILENT_MS, STAGE_MOVE);
    expect(&hand, finger(2), STAGE_DOWN, HAND_SILENT_MS + 1, STAGE_CANCEL);
}

static void a_whole_crowd_of_fingers_does_nothing(void **state)
{
    struct hand hand;
    (void)state;
    hand_init(&hand);
    expect(&hand, finger(0), STAGE_DOWN, 0, STAGE_DOWN);
    expect(&hand, finger(1), STAGE_DOWN, 0, STAGE_CANCEL);
    for (int i = 2; i < 3 * HAND_POINTERS_MAX; i++)
        expect_nothing(&hand, finger(i), STAGE_DOWN, 1);
    for (int i = 0; i < 3 * HAND_POINTERS_MAX; i++)
        expect_nothing(&hand, finger(i), STAGE_UP, 2);
    expect(&hand, finger(99), STAGE_DOWN, 3, STAGE_DOWN);
}

/* Hands that do anything: what counts is whole touches, one after the other, and it never jams. */
static void what_counts_is_one_touch_after_the_other(void **state)
{
    struct random random = random_for_test("what_counts_is_one_touch_after_the_other");
    struct hand hand;
    bool is_down = false;
    int touches = 0;
    int64_t now_ms = 0;
    (void)state;
    hand_init(&hand);
    for (int i = 0; i < 200000; i++) {
        unsigned who = random_below(&random, 4);
        struct hand_pointer pointer = who ? finger((int)who) : mouse;
        enum stage_touch phase = (enum stage_touch)random_below(&random, 4), got;
        now_ms += random_below(&random, 200);
        if (!hand_take(&hand, &pointer, phase, now_ms, &got))
            continue;
        /* A new DOWN may follow a finger that was forgotten; all else needs one that is down. */
        if (got != STAGE_DOWN && !is_down)
            fail_msg("at %d: %d without a touch", i, got);
        is_down = got == STAGE_DOWN || got == STAGE_MOVE;
        touches += got == STAGE_UP;
    }
    assert_true(touches > 1000);
    const struct hand_pointer last = finger(5);
    enum stage_touch got;
    assert_true(hand_take(&hand, &last, STAGE_DOWN, now_ms + HAND_SILENT_MS + 1, &got));
    assert_int_equal(got, STAGE_DOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_finger_goes_down_moves_and_goes_up),
        cmocka_unit_test(a_second_finger_takes_it_back_and_nothing_counts_until_all_are_up),
        cmocka_unit_test(of_a_mouse_and_a_finger_the_first_one_goes_on),
        cmocka_unit_test(a_finger_whose_lifting_was_lost_is_forgotten_at_the_next_touch),
        cmocka_unit_test(a_finger_that_moves_is_not_forgotten),
        cmocka_unit_test(a_whole_crowd_of_fingers_does_nothing),
        cmocka_unit_test(what_counts_is_one_touch_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
