/* A keyboard: heard where somebody sits, never by a kiosk. */
#include "app/ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "tests/support/sdl_hand.h"

static void a_digit_taps_a_badge_of_the_tray_once(void **state)
{
    struct window *window = *state;
    sdl_hand_push_key(SDL_SCANCODE_2, 0);
    sdl_hand_push_text("2");
    sdl_hand_push_key(SDL_SCANCODE_2, 1); /* held down */
    sdl_hand_push_text("2");
    struct window_event event = sdl_hand_next(window);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 1);
    sdl_hand_expect_nothing(window);
    sdl_hand_push_key(SDL_SCANCODE_4, 0); /* there is no fourth badge */
    sdl_hand_push_text("4");
    event = sdl_hand_next(window);
    assert_int_equal(event.kind, WINDOW_TEXT);
    assert_string_equal(event.text, "4");
    sdl_hand_expect_nothing(window);
}

static void who_types_into_a_field_gets_digits(void **state)
{
    struct window *window = *state;
    window_set_typing(window, true);
    sdl_hand_push_key(SDL_SCANCODE_2, 0);
    sdl_hand_push_text("2");
    sdl_hand_push_key(SDL_SCANCODE_E, 0);
    sdl_hand_push_text("é");
    struct window_event event = sdl_hand_next(window);
    assert_int_equal(event.kind, WINDOW_TEXT);
    assert_string_equal(event.text, "2");
    assert_string_equal(sdl_hand_next(window).text, "é");
    window_set_typing(window, false);
    sdl_hand_push_key(SDL_SCANCODE_2, 0);
    assert_int_equal(sdl_hand_next(window).kind, WINDOW_TRAY);
}

static void the_keys_that_edit_are_told(void **state)
{
    struct window *window = *state;
    static const struct {
        SDL_Scancode code;
        enum window_key key;
    } keys[] = {{SDL_SCANCODE_BACKSPACE, WINDOW_KEY_BACKSPACE},
                {SDL_SCANCODE_RETURN, WINDOW_KEY_RETURN},
                {SDL_SCANCODE_KP_ENTER, WINDOW_KEY_RETURN},
                {SDL_SCANCODE_ESCAPE, WINDOW_KEY_ESCAPE}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        sdl_hand_push_key(keys[i].code, 0);
        struct window_event event = sdl_hand_next(window);
        assert_int_equal(event.kind, WINDOW_KEY);
        assert_int_equal(event.key, keys[i].key);
        sdl_hand_push_key(keys[i].code, 1);
        if (keys[i].key == WINDOW_KEY_BACKSPACE) /* takes one after the other */
            assert_int_equal(sdl_hand_next(window).kind, WINDOW_KEY);
        sdl_hand_expect_nothing(window);
    }
    sdl_hand_push_key(SDL_SCANCODE_F4, 0);
    sdl_hand_push_key(SDL_SCANCODE_LSHIFT, 0);
    sdl_hand_expect_nothing(window);
}

static void a_kiosk_hears_no_key_and_cannot_be_closed(void **state)
{
    struct window *window = *state;
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    sdl_hand_push_key(SDL_SCANCODE_1, 0);
    sdl_hand_push_key(SDL_SCANCODE_RETURN, 0);
    sdl_hand_push_text("a");
    sdl_hand_push_window(SDL_WINDOWEVENT_CLOSE);
    sdl_hand_expect_nothing(window);
}

static void a_window_on_a_desktop_is_closed_by_its_frame(void **state)
{
    struct window *window = *state;
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(sdl_hand_next(window).kind, WINDOW_KEY);
    assert_int_equal(sdl_hand_next(window).kind, WINDOW_KEY);
    sdl_hand_push_window(SDL_WINDOWEVENT_CLOSE);
    assert_int_equal(sdl_hand_next(window).kind, WINDOW_QUIT);
}

static void two_escapes_in_a_row_leave_a_full_screen(void **state)
{
    const struct window_config config = {.title = "Perron",
                                         .screen = sdl_hand_panel,
                                         .is_headless = true,
                                         .is_fullscreen = true,
                                         .takes_keys = true};
    struct window *window;
    (void)state;
    assert_int_equal(window_open(&config, &window), RC_OK);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(sdl_hand_next_at(window, 10000).kind, WINDOW_KEY);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 1); /* held down */
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(sdl_hand_next_at(window, 12000).kind, WINDOW_KEY); /* too late */
    window_set_typing(window, true);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(sdl_hand_next_at(window, 12100).kind,
                     WINDOW_KEY); /* who types means the field */
    window_set_typing(window, false);
    sdl_hand_push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(sdl_hand_next_at(window, 12200).kind, WINDOW_QUIT);
    window_close(window);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sdl_hand_set_up, sdl_hand_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_digit_taps_a_badge_of_the_tray_once),
        TEST(who_types_into_a_field_gets_digits),
        TEST(the_keys_that_edit_are_told),
        cmocka_unit_test_setup_teardown(a_kiosk_hears_no_key_and_cannot_be_closed,
                                        sdl_hand_set_up_kiosk, sdl_hand_tear_down),
        TEST(a_window_on_a_desktop_is_closed_by_its_frame),
        cmocka_unit_test(two_escapes_in_a_row_leave_a_full_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
