/* Fingers and the mouse: a touch is felt where it is, once, and taken back where it is lost. */
#include "app/ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "tests/support/sdl_hand.h"

static void a_finger_is_felt_where_it_is(void **state)
{
    struct window *window = *state;
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 200, 240);
    sdl_hand_push_finger(SDL_FINGERMOTION, 1, 400, 240);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 400, 240);
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 240);
    sdl_hand_expect_touch(window, STAGE_MOVE, 400, 240);
    sdl_hand_expect_touch(window, STAGE_UP, 400, 240);
    sdl_hand_expect_nothing(window);
}

static void a_second_finger_takes_the_touch_back(void **state)
{
    struct window *window = *state;
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 200, 120);
    sdl_hand_push_finger(SDL_FINGERDOWN, 2, 600, 120);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 200, 120);
    sdl_hand_push_finger(SDL_FINGERMOTION, 2, 610, 120);
    sdl_hand_push_finger(SDL_FINGERUP, 2, 600, 120);
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 120);
    sdl_hand_expect_touch(window, STAGE_CANCEL, 0, 0);
    sdl_hand_expect_nothing(window);
    sdl_hand_push_finger(SDL_FINGERDOWN, 3, 200, 120);
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 120);
}

static void two_fingers_on_the_tray_tap_nobody(void **state)
{
    struct window *window = *state;
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 720, 560);
    sdl_hand_push_finger(SDL_FINGERDOWN, 2, 100, 560);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 720, 560);
    sdl_hand_push_finger(SDL_FINGERUP, 2, 100, 560);
    sdl_hand_expect_nothing(window);
}

static void only_the_left_button_of_a_mouse_counts(void **state)
{
    struct window *window = *state;
    static const Uint8 others[] = {SDL_BUTTON_MIDDLE, SDL_BUTTON_RIGHT, SDL_BUTTON_X1};
    for (size_t i = 0; i < sizeof others; i++) {
        sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, others[i], 400, 240);
        sdl_hand_push_motion(SDL_BUTTON(others[i]), 410, 240);
        sdl_hand_push_button(SDL_MOUSEBUTTONUP, others[i], 400, 240);
    }
    sdl_hand_push((SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = 3}});
    sdl_hand_push_motion(0, 300, 200);
    sdl_hand_expect_nothing(window);
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 400, 240);
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 400, 240);
    sdl_hand_push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT, 400, 240);
    sdl_hand_push_motion(SDL_BUTTON_LMASK, 410, 240);
    sdl_hand_push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 420, 240);
    sdl_hand_expect_touch(window, STAGE_DOWN, 400, 240);
    sdl_hand_expect_touch(window, STAGE_MOVE, 410, 240);
    sdl_hand_expect_touch(window, STAGE_UP, 420, 240);
    sdl_hand_expect_nothing(window);
}

static void a_press_whose_end_was_lost_is_taken_back(void **state)
{
    struct window *window = *state;
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 400, 240);
    sdl_hand_push_motion(0, 410, 240);
    sdl_hand_expect_touch(window, STAGE_DOWN, 400, 240);
    sdl_hand_expect_touch(window, STAGE_CANCEL, 0, 0);
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 200, 240);
    sdl_hand_push_window(SDL_WINDOWEVENT_MINIMIZED);
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 240);
    sdl_hand_expect_touch(window, STAGE_CANCEL, 0, 0);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 200, 240);
    sdl_hand_expect_nothing(window);
}

static void a_badge_of_the_tray_is_tapped_where_the_press_began(void **state)
{
    struct window *window = *state;
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 720, 560);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 720, 560);
    struct window_event event = sdl_hand_next(window);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 2);
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 720, 560);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 80, 560);
    sdl_hand_expect_nothing(window);
    /* A press that slid down from the picture is the picture's. */
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 720, 60);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 720, 560);
    sdl_hand_expect_touch(window, STAGE_DOWN, 720, 60);
    sdl_hand_expect_touch(window, STAGE_UP, 720, 560);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sdl_hand_set_up, sdl_hand_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_finger_is_felt_where_it_is),
        TEST(a_second_finger_takes_the_touch_back),
        TEST(two_fingers_on_the_tray_tap_nobody),
        TEST(only_the_left_button_of_a_mouse_counts),
        TEST(a_press_whose_end_was_lost_is_taken_back),
        TEST(a_badge_of_the_tray_is_tapped_where_the_press_began),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
