/* A window of another size, and displays that go: the picture stays whole. */
#include "app/ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "app/ui/theme.h"
#include "tests/support/picture.h"
#include "tests/support/sdl_hand.h"

/* --- a window of another size --- */

static void in_a_larger_window_the_picture_is_felt_in_its_middle(void **state)
{
    struct window *window = *state;
    SDL_SetWindowSize(SDL_GetWindowFromID(1), 1000, sdl_hand_whole_px + 100);
    struct window_event event;
    while (sdl_hand_poll(window, 0, &event) == RC_OK)
        assert_int_equal(event.kind, WINDOW_EXPOSED);
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 100, 50);
    sdl_hand_push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 99,
                         50); /* off the picture, as off a button */
    sdl_hand_expect_touch(window, STAGE_DOWN, 0, 0);
    sdl_hand_expect_touch(window, STAGE_UP, -1, 0);
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 99, 50);
    sdl_hand_push_motion(SDL_BUTTON_LMASK, 200, 100);
    sdl_hand_push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 200, 100);
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 1, 300);
    sdl_hand_push_finger(SDL_FINGERUP, 1, 1, 300);
    sdl_hand_expect_nothing(window);
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
        .screen = sdl_hand_panel, .home = LANGUAGE_EN, .venue = "Perron", .version = "0"};
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
    SDL_SetWindowSize(sdl, 1000, sdl_hand_whole_px + 100);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    const SDL_Surface *surface = SDL_GetWindowSurface(sdl);
    assert_int_equal(count_different(window, surface, 100, 50), 0);
    assert_true(count_different(window, surface, 101, 50) > 0); /* control */
    uint32_t paper = theme_tones(THEME_PAPER, &day)->ground;
    assert_int_equal(pixel_at(surface, 99, 300), paper);
    assert_int_equal(pixel_at(surface, 900, 300), paper);
    assert_int_equal(pixel_at(surface, 500, 49), paper);
    assert_int_equal(pixel_at(surface, 500, sdl_hand_whole_px + 50), paper);
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
    SDL_SetWindowSize(sdl, 400, sdl_hand_whole_px);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    sdl_hand_push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 399, sdl_hand_whole_px / 4 + 10);
    sdl_hand_expect_touch(window, STAGE_DOWN, 799, 20);
    stage_close(stage);
}

/* --- displays that go --- */

static void a_lost_display_is_told_once_and_can_be_had_again(void **state)
{
    struct window *window = *state;
    struct stage *stage = open_stage();
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    sdl_hand_push_finger(SDL_FINGERDOWN, 1, 200, 240);
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 240);
    sdl_hand_push((SDL_Event){.type = SDL_QUIT}); /* a compositor that ended */
    assert_int_equal(sdl_hand_next(window).kind, WINDOW_LOST);
    sdl_hand_expect_nothing(window);
    assert_int_equal(window_draw(window, stage, 0), RC_GONE);
    assert_false(stage_is_changed(stage, 0)); /* it was drawn, for whoever asks for a picture */
    assert_int_equal(window_rebuild(window), RC_OK);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    assert_int_equal(count_different(window, SDL_GetWindowSurface(SDL_GetWindowFromID(1)), 0, 0),
                     0);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    sdl_hand_push_finger(SDL_FINGERDOWN, 2, 200,
                         240); /* the finger that never went up is forgotten */
    sdl_hand_expect_touch(window, STAGE_DOWN, 200, 240);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, sdl_hand_set_up, sdl_hand_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(in_a_larger_window_the_picture_is_felt_in_its_middle),
        TEST(beside_the_picture_there_is_paper),
        TEST(in_a_smaller_window_all_of_it_is_there),
        TEST(a_lost_display_is_told_once_and_can_be_had_again),
        TEST(what_is_drawn_can_be_kept_as_a_picture),
        TEST(a_headless_window_never_wants_to_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
