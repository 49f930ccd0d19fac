#include "app/ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "app/ui/theme.h"
#include "tests/support/picture.h"

static const struct screen panel = {800, 480, 154, 86, 0};
static const int whole = 480 + 480 * 20 / 86; /* the picture and the tray below it */

static struct window *open_window(bool is_desktop)
{
    struct window_config config = {.title = "Perron",
                                   .screen = panel,
                                   .is_headless = true,
                                   .is_fullscreen = !is_desktop,
                                   .takes_keys = is_desktop,
                                   .tray = {"Zoé", "Joost", "Ada"},
                                   .tray_count = is_desktop ? 3 : 0};
    struct window *window;
    if (window_open(&config, &window))
        return NULL;
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    return window;
}

static int set_up(void **state)
{
    *state = open_window(true);
    return *state ? 0 : -1;
}

static int set_up_kiosk(void **state)
{
    *state = open_window(false);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    window_close(*state);
    return 0;
}

/* --- hands --- */

static void push(SDL_Event event)
{
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void push_finger(Uint32 type, int finger, float x, float y)
{
    push((SDL_Event){
        .tfinger = {
            .type = type, .touchId = 1, .fingerId = finger, .x = x / 800, .y = y / (float)whole}});
}

static void push_button(Uint32 type, Uint8 button, int x, int y)
{
    push((SDL_Event){.button = {.type = type, .button = button, .x = x, .y = y}});
}

static void push_motion(Uint32 buttons, int x, int y)
{
    push((SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .state = buttons, .x = x, .y = y}});
}

static void push_key(SDL_Scancode code, int repeat)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = (Uint8)repeat}};
    event.key.keysym.scancode = code;
    event.key.keysym.sym = SDL_GetKeyFromScancode(code);
    push(event);
}

static void push_text(const char *text)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    snprintf(event.text.text, sizeof event.text.text, "%s", text);
    push(event);
}

static void push_window(Uint8 what)
{
    push((SDL_Event){.window = {.type = SDL_WINDOWEVENT, .windowID = 1, .event = what}});
}

/* --- what is felt --- */

/* SDL ends a round of questions before it begins the next: what came in between is in that. */
static enum rc poll_twice(struct window *window, int64_t now_ms, struct window_event *out_event)
{
    enum rc rc = window_poll(window, now_ms, out_event);
    return rc == RC_EMPTY ? window_poll(window, now_ms, out_event) : rc;
}

static struct window_event next_at(struct window *window, int64_t now_ms)
{
    struct window_event event;
    assert_int_equal(poll_twice(window, now_ms, &event), RC_OK);
    return event;
}

static struct window_event next(struct window *window)
{
    return next_at(window, 0);
}

static void assert_nothing(struct window *window)
{
    struct window_event event;
    assert_int_equal(poll_twice(window, 0, &event), RC_EMPTY);
}

static void assert_touch(struct window *window, enum stage_touch phase, double x, double y)
{
    struct window_event event = next(window);
    assert_int_equal(event.kind, WINDOW_TOUCH);
    assert_int_equal(event.phase, phase);
    if (phase == STAGE_CANCEL)
        return;
    if (event.x < x - 1 || event.x > x + 1 || event.y < y - 1 || event.y > y + 1)
        fail_msg("felt at %g %g, not at %g %g", event.x, event.y, x, y);
}

static void a_finger_is_felt_where_it_is(void **state)
{
    struct window *window = *state;
    push_finger(SDL_FINGERDOWN, 1, 200, 240);
    push_finger(SDL_FINGERMOTION, 1, 400, 240);
    push_finger(SDL_FINGERUP, 1, 400, 240);
    assert_touch(window, STAGE_DOWN, 200, 240);
    assert_touch(window, STAGE_MOVE, 400, 240);
    assert_touch(window, STAGE_UP, 400, 240);
    assert_nothing(window);
}

static void a_second_finger_takes_the_touch_back(void **state)
{
    struct window *window = *state;
    push_finger(SDL_FINGERDOWN, 1, 200, 120);
    push_finger(SDL_FINGERDOWN, 2, 600, 120);
    push_finger(SDL_FINGERUP, 1, 200, 120);
    push_finger(SDL_FINGERMOTION, 2, 610, 120);
    push_finger(SDL_FINGERUP, 2, 600, 120);
    assert_touch(window, STAGE_DOWN, 200, 120);
    assert_touch(window, STAGE_CANCEL, 0, 0);
    assert_nothing(window);
    push_finger(SDL_FINGERDOWN, 3, 200, 120);
    assert_touch(window, STAGE_DOWN, 200, 120);
}

static void two_fingers_on_the_tray_tap_nobody(void **state)
{
    struct window *window = *state;
    push_finger(SDL_FINGERDOWN, 1, 720, 560);
    push_finger(SDL_FINGERDOWN, 2, 100, 560);
    push_finger(SDL_FINGERUP, 1, 720, 560);
    push_finger(SDL_FINGERUP, 2, 100, 560);
    assert_nothing(window);
}

static void only_the_left_button_of_a_mouse_counts(void **state)
{
    struct window *window = *state;
    static const Uint8 others[] = {SDL_BUTTON_MIDDLE, SDL_BUTTON_RIGHT, SDL_BUTTON_X1};
    for (size_t i = 0; i < sizeof others; i++) {
        push_button(SDL_MOUSEBUTTONDOWN, others[i], 400, 240);
        push_motion(SDL_BUTTON(others[i]), 410, 240);
        push_button(SDL_MOUSEBUTTONUP, others[i], 400, 240);
    }
    push((SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = 3}});
    push_motion(0, 300, 200);
    assert_nothing(window);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 400, 240);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 400, 240);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT, 400, 240);
    push_motion(SDL_BUTTON_LMASK, 410, 240);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 420, 240);
    assert_touch(window, STAGE_DOWN, 400, 240);
    assert_touch(window, STAGE_MOVE, 410, 240);
    assert_touch(window, STAGE_UP, 420, 240);
    assert_nothing(window);
}

static void a_press_whose_end_was_lost_is_taken_back(void **state)
{
    struct window *window = *state;
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 400, 240);
    push_motion(0, 410, 240);
    assert_touch(window, STAGE_DOWN, 400, 240);
    assert_touch(window, STAGE_CANCEL, 0, 0);
    push_finger(SDL_FINGERDOWN, 1, 200, 240);
    push_window(SDL_WINDOWEVENT_MINIMIZED);
    assert_touch(window, STAGE_DOWN, 200, 240);
    assert_touch(window, STAGE_CANCEL, 0, 0);
    push_finger(SDL_FINGERUP, 1, 200, 240);
    assert_nothing(window);
}

static void a_badge_of_the_tray_is_tapped_where_the_press_began(void **state)
{
    struct window *window = *state;
    push_finger(SDL_FINGERDOWN, 1, 720, 560);
    push_finger(SDL_FINGERUP, 1, 720, 560);
    struct window_event event = next(window);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 2);
    push_finger(SDL_FINGERDOWN, 1, 720, 560);
    push_finger(SDL_FINGERUP, 1, 80, 560);
    assert_nothing(window);
    /* A press that slid down from the picture is the picture's. */
    push_finger(SDL_FINGERDOWN, 1, 720, 60);
    push_finger(SDL_FINGERUP, 1, 720, 560);
    assert_touch(window, STAGE_DOWN, 720, 60);
    assert_touch(window, STAGE_UP, 720, 560);
}

/* --- a window of another size --- */

static void in_a_larger_window_the_picture_is_felt_in_its_middle(void **state)
{
    struct window *window = *state;
    SDL_SetWindowSize(SDL_GetWindowFromID(1), 1000, whole + 100);
    struct window_event event;
    while (poll_twice(window, 0, &event) == RC_OK)
        assert_int_equal(event.kind, WINDOW_EXPOSED);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 100, 50);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 99, 50); /* off the picture, as off a button */
    assert_touch(window, STAGE_DOWN, 0, 0);
    assert_touch(window, STAGE_UP, -1, 0);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 99, 50);
    push_motion(SDL_BUTTON_LMASK, 200, 100);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 200, 100);
    push_finger(SDL_FINGERDOWN, 1, 1, 300);
    push_finger(SDL_FINGERUP, 1, 1, 300);
    assert_nothing(window);
}

static uint32_t pixel_at(const SDL_Surface *surface, int x, int y)
{
    const uint8_t *row = (const uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch;
    uint32_t pixel;
    memcpy(&pixel, row + (size_t)x * 4, 4);
    return pixel & 0xFFFFFF;
}

static struct stage *open_stage(void)
{
    const struct stage_config config = {
        .screen = panel, .home = LANGUAGE_EN, .venue = "Perron", .version = "0"};
    struct stage *stage;
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    return stage;
}

/* How many pixels of the window's rectangle differ from the screenshot. */
static int count_different(struct window *window, const SDL_Surface *surface, int x, int y)
{
    char path[] = "/tmp/perron-window-XXXXXX";
    struct picture picture;
    int fd = mkstemp(path), different = 0;
    assert_true(fd >= 0);
    assert_int_equal(window_screenshot(window, path), RC_OK);
    assert_int_equal(picture_read(path, &picture), RC_OK);
    for (int row = 0; row < picture.height; row++)
        for (int column = 0; column < picture.width; column++)
            different += pixel_at(surface, x + column, y + row) !=
                         (picture.pixels[row * picture.width + column] & 0xFFFFFF);
    picture_close(&picture);
    close(fd);
    unlink(path);
    return different;
}

static void beside_the_picture_there_is_paper(void **state)
{
    struct window *window = *state;
    static const struct theme_mode day = {.is_evening = false}, evening = {.is_evening = true};
    struct stage *stage = open_stage();
    SDL_Window *sdl = SDL_GetWindowFromID(1);
    SDL_SetWindowSize(sdl, 1000, whole + 100);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    const SDL_Surface *surface = SDL_GetWindowSurface(sdl);
    assert_int_equal(count_different(window, surface, 100, 50), 0);
    assert_true(count_different(window, surface, 101, 50) > 0); /* control */
    uint32_t paper = theme_tones(THEME_PAPER, &day)->ground;
    assert_int_equal(pixel_at(surface, 99, 300), paper);
    assert_int_equal(pixel_at(surface, 900, 300), paper);
    assert_int_equal(pixel_at(surface, 500, 49), paper);
    assert_int_equal(pixel_at(surface, 500, whole + 50), paper);
    window_set_mode(window, &evening);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    assert_int_equal(pixel_at(surface, 99, 300), theme_tones(THEME_PAPER, &evening)->ground);
    stage_close(stage);
}

static void in_a_smaller_window_all_of_it_is_there(void **state)
{
    struct window *window = *state;
    struct stage *stage = open_stage();
    SDL_Window *sdl = SDL_GetWindowFromID(1);
    SDL_SetWindowSize(sdl, 400, whole);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 399, whole / 4 + 10);
    assert_touch(window, STAGE_DOWN, 799, 20);
    stage_close(stage);
}

/* --- keys --- */

static void a_digit_taps_a_badge_of_the_tray_once(void **state)
{
    struct window *window = *state;
    push_key(SDL_SCANCODE_2, 0);
    push_text("2");
    push_key(SDL_SCANCODE_2, 1); /* held down */
    push_text("2");
    struct window_event event = next(window);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 1);
    assert_nothing(window);
    push_key(SDL_SCANCODE_4, 0); /* there is no fourth badge */
    push_text("4");
    event = next(window);
    assert_int_equal(event.kind, WINDOW_TEXT);
    assert_string_equal(event.text, "4");
    assert_nothing(window);
}

static void who_types_into_a_field_gets_digits(void **state)
{
    struct window *window = *state;
    window_set_typing(window, true);
    push_key(SDL_SCANCODE_2, 0);
    push_text("2");
    push_key(SDL_SCANCODE_E, 0);
    push_text("é");
    struct window_event event = next(window);
    assert_int_equal(event.kind, WINDOW_TEXT);
    assert_string_equal(event.text, "2");
    assert_string_equal(next(window).text, "é");
    window_set_typing(window, false);
    push_key(SDL_SCANCODE_2, 0);
    assert_int_equal(next(window).kind, WINDOW_TRAY);
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
        push_key(keys[i].code, 0);
        struct window_event event = next(window);
        assert_int_equal(event.kind, WINDOW_KEY);
        assert_int_equal(event.key, keys[i].key);
        push_key(keys[i].code, 1);
        if (keys[i].key == WINDOW_KEY_BACKSPACE) /* takes one after the other */
            assert_int_equal(next(window).kind, WINDOW_KEY);
        assert_nothing(window);
    }
    push_key(SDL_SCANCODE_F4, 0);
    push_key(SDL_SCANCODE_LSHIFT, 0);
    assert_nothing(window);
}

static void a_kiosk_hears_no_key_and_cannot_be_closed(void **state)
{
    struct window *window = *state;
    push_key(SDL_SCANCODE_ESCAPE, 0);
    push_key(SDL_SCANCODE_ESCAPE, 0);
    push_key(SDL_SCANCODE_1, 0);
    push_key(SDL_SCANCODE_RETURN, 0);
    push_text("a");
    push_window(SDL_WINDOWEVENT_CLOSE);
    assert_nothing(window);
}

static void a_window_on_a_desktop_is_closed_by_its_frame(void **state)
{
    struct window *window = *state;
    push_key(SDL_SCANCODE_ESCAPE, 0);
    push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(next(window).kind, WINDOW_KEY);
    assert_int_equal(next(window).kind, WINDOW_KEY);
    push_window(SDL_WINDOWEVENT_CLOSE);
    assert_int_equal(next(window).kind, WINDOW_QUIT);
}

static void two_escapes_in_a_row_leave_a_full_screen(void **state)
{
    const struct window_config config = {.title = "Perron",
                                         .screen = panel,
                                         .is_headless = true,
                                         .is_fullscreen = true,
                                         .takes_keys = true};
    struct window *window;
    (void)state;
    assert_int_equal(window_open(&config, &window), RC_OK);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(next_at(window, 10000).kind, WINDOW_KEY);
    push_key(SDL_SCANCODE_ESCAPE, 1); /* held down */
    push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(next_at(window, 12000).kind, WINDOW_KEY); /* too late */
    window_set_typing(window, true);
    push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(next_at(window, 12100).kind, WINDOW_KEY); /* who types means the field */
    window_set_typing(window, false);
    push_key(SDL_SCANCODE_ESCAPE, 0);
    assert_int_equal(next_at(window, 12200).kind, WINDOW_QUIT);
    window_close(window);
}

/* --- displays that go --- */

static void a_lost_display_is_told_once_and_can_be_had_again(void **state)
{
    struct window *window = *state;
    struct stage *stage = open_stage();
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    push_finger(SDL_FINGERDOWN, 1, 200, 240);
    assert_touch(window, STAGE_DOWN, 200, 240);
    push((SDL_Event){.type = SDL_QUIT}); /* a compositor that ended */
    assert_int_equal(next(window).kind, WINDOW_LOST);
    assert_nothing(window);
    assert_int_equal(window_draw(window, stage, 0), RC_GONE);
    assert_false(stage_is_changed(stage, 0)); /* it was drawn, for whoever asks for a picture */
    assert_int_equal(window_rebuild(window), RC_OK);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    assert_int_equal(count_different(window, SDL_GetWindowSurface(SDL_GetWindowFromID(1)), 0, 0),
                     0);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    push_finger(SDL_FINGERDOWN, 2, 200, 240); /* the finger that never went up is forgotten */
    assert_touch(window, STAGE_DOWN, 200, 240);
    stage_close(stage);
}

static void what_is_drawn_can_be_kept_as_a_picture(void **state)
{
    struct window *window = *state;
    struct stage *stage = open_stage();
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    assert_int_equal(count_different(window, SDL_GetWindowSurface(SDL_GetWindowFromID(1)), 0, 0),
                     0);
    stage_close(stage);
    assert_int_not_equal(window_screenshot(window, "/nowhere/picture.png"), RC_OK);
}

static void a_headless_window_never_wants_to_be_asked(void **state)
{
    struct pollfd fds[WINDOW_FDS_MAX];
    assert_true(window_due_ms(*state, 1000) == INT64_MAX);
    assert_int_equal(window_fds(*state, fds), 0);
    window_set_wake(*state, 0);
    assert_int_equal(window_fds(*state, fds), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_finger_is_felt_where_it_is),
        TEST(a_second_finger_takes_the_touch_back),
        TEST(two_fingers_on_the_tray_tap_nobody),
        TEST(only_the_left_button_of_a_mouse_counts),
        TEST(a_press_whose_end_was_lost_is_taken_back),
        TEST(a_badge_of_the_tray_is_tapped_where_the_press_began),
        TEST(in_a_larger_window_the_picture_is_felt_in_its_middle),
        TEST(beside_the_picture_there_is_paper),
        TEST(in_a_smaller_window_all_of_it_is_there),
        TEST(a_digit_taps_a_badge_of_the_tray_once),
        TEST(who_types_into_a_field_gets_digits),
        TEST(the_keys_that_edit_are_told),
        cmocka_unit_test_setup_teardown(a_kiosk_hears_no_key_and_cannot_be_closed, set_up_kiosk,
                                        tear_down),
        TEST(a_window_on_a_desktop_is_closed_by_its_frame),
        cmocka_unit_test(two_escapes_in_a_row_leave_a_full_screen),
        TEST(a_lost_display_is_told_once_and_can_be_had_again),
        TEST(what_is_drawn_can_be_kept_as_a_picture),
        TEST(a_headless_window_never_wants_to_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
