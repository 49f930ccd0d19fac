#include "app/ui/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

static const struct screen panel = {800, 480, 154, 86, 0};

static int set_up(void **state)
{
    const struct window_config config = {.title = "Perron",
                                         .screen = panel,
                                         .is_headless = true,
                                         .tray = {"Zoé", "Joost", "Ada"},
                                         .tray_count = 3};
    struct window *window;
    if (window_open(&config, &window))
        return 1;
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    *state = window;
    return 0;
}

static int tear_down(void **state)
{
    window_close(*state);
    return 0;
}

static void push_finger(Uint32 type, float x, float y)
{
    SDL_Event event = {.tfinger = {.type = type, .fingerId = 1, .x = x, .y = y}};
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void push_key(SDL_Scancode code, int repeat)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = (Uint8)repeat}};
    event.key.keysym.scancode = code;
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void assert_touch(struct window *window, enum stage_touch phase, double x, double y)
{
    struct window_event event;
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.kind, WINDOW_TOUCH);
    assert_int_equal(event.phase, phase);
    assert_true(event.x > x - 1 && event.x < x + 1);
    assert_true(event.y > y - 1 && event.y < y + 1);
}

static void a_finger_is_felt_where_it_is(void **state)
{
    struct window *window = *state;
    struct window_event event;
    float whole = 480 + 480 * 20 / 86; /* the picture and the tray below it */
    push_finger(SDL_FINGERDOWN, 0.25F, 240 / whole);
    push_finger(SDL_FINGERMOTION, 0.5F, 240 / whole);
    push_finger(SDL_FINGERUP, 0.5F, 240 / whole);
    assert_touch(window, STAGE_DOWN, 200, 240);
    assert_touch(window, STAGE_MOVE, 400, 240);
    assert_touch(window, STAGE_UP, 400, 240);
    assert_int_equal(window_poll(window, &event), RC_EMPTY);
}

static void a_second_finger_takes_the_touch_back(void **state)
{
    struct window *window = *state;
    push_finger(SDL_FINGERDOWN, 0.25F, 0.25F);
    push_finger(SDL_FINGERDOWN, 0.75F, 0.25F);
    struct window_event event;
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.phase, STAGE_CANCEL);
}

static void a_digit_taps_a_badge_of_the_tray_once(void **state)
{
    struct window *window = *state;
    struct window_event event;
    push_key(SDL_SCANCODE_2, 0);
    push_key(SDL_SCANCODE_2, 1); /* held down */
    push_key(SDL_SCANCODE_4, 0); /* there is no fourth badge */
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 1);
    assert_int_equal(window_poll(window, &event), RC_EMPTY);
}

static void a_badge_of_the_tray_is_tapped_where_the_press_began(void **state)
{
    struct window *window = *state;
    struct window_event event;
    push_finger(SDL_FINGERDOWN, 0.9F, 0.95F);
    push_finger(SDL_FINGERUP, 0.9F, 0.95F);
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.kind, WINDOW_TRAY);
    assert_int_equal(event.tray, 2);
    push_finger(SDL_FINGERDOWN, 0.9F, 0.95F);
    push_finger(SDL_FINGERUP, 0.1F, 0.95F);
    assert_int_equal(window_poll(window, &event), RC_EMPTY);
    /* A press that slid down from the picture is the picture's. */
    push_finger(SDL_FINGERDOWN, 0.9F, 0.1F);
    push_finger(SDL_FINGERUP, 0.9F, 0.95F);
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.kind, WINDOW_TOUCH);
    assert_int_equal(window_poll(window, &event), RC_OK);
    assert_int_equal(event.kind, WINDOW_TOUCH);
}

static void what_is_drawn_can_be_kept_as_a_picture(void **state)
{
    struct window *window = *state;
    const struct stage_config config = {
        .screen = panel, .home = LANGUAGE_EN, .venue = "Perron", .version = "0"};
    unsigned char head[24];
    char path[] = "/tmp/perron-window-XXXXXX";
    struct stage *stage;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    assert_int_equal(window_draw(window, stage, 0), RC_OK);
    assert_int_equal(window_screenshot(window, path), RC_OK);
    assert_int_equal(read(fd, head, sizeof head), sizeof head);
    assert_int_equal(head[18] << 8 | head[19], 800);
    assert_int_equal(head[22] << 8 | head[23], 480);
    close(fd);
    unlink(path);
    stage_close(stage);
    assert_int_not_equal(window_screenshot(window, "/nowhere/picture.png"), RC_OK);
}

static void a_headless_window_never_wants_to_be_asked(void **state)
{
    assert_true(window_due_ms(*state, 1000) == INT64_MAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_finger_is_felt_where_it_is),
        TEST(a_second_finger_takes_the_touch_back),
        TEST(a_digit_taps_a_badge_of_the_tray_once),
        TEST(a_badge_of_the_tray_is_tapped_where_the_press_began),
        TEST(what_is_drawn_can_be_kept_as_a_picture),
        TEST(a_headless_window_never_wants_to_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
