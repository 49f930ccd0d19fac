#include "tests/support/sdl_hand.h"

#include <stdio.h>
#include <stdlib.h>

const struct screen sdl_hand_panel = {800, 480, 154, 86, 0};
const int sdl_hand_whole_px = 480 + 480 * 20 / 86;

/* Ends the program where a test cannot go on. */
static void must(bool is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "sdl_hand: %s\n", what);
    abort();
}

struct window *sdl_hand_open(bool is_desktop)
{
    struct window_config config = {.title = "Perron",
                                   .screen = sdl_hand_panel,
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

int sdl_hand_set_up(void **state)
{
    *state = sdl_hand_open(true);
    return *state ? 0 : -1;
}

int sdl_hand_set_up_kiosk(void **state)
{
    *state = sdl_hand_open(false);
    return *state ? 0 : -1;
}

int sdl_hand_tear_down(void **state)
{
    window_close(*state);
    return 0;
}

/* --- hands --- */

void sdl_hand_push(SDL_Event event)
{
    must(SDL_PushEvent(&event) == 1, "SDL takes no event");
}

void sdl_hand_push_finger(Uint32 type, int finger, float x, float y)
{
    sdl_hand_push((SDL_Event){.tfinger = {.type = type,
                                          .touchId = 1,
                                          .fingerId = finger,
                                          .x = x / 800,
                                          .y = y / (float)sdl_hand_whole_px}});
}

void sdl_hand_push_button(Uint32 type, Uint8 button, int x, int y)
{
    sdl_hand_push((SDL_Event){.button = {.type = type, .button = button, .x = x, .y = y}});
}

void sdl_hand_push_motion(Uint32 buttons, int x, int y)
{
    sdl_hand_push(
        (SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .state = buttons, .x = x, .y = y}});
}

void sdl_hand_push_key(SDL_Scancode code, int repeat)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = (Uint8)repeat}};
    event.key.keysym.scancode = code;
    event.key.keysym.sym = SDL_GetKeyFromScancode(code);
    sdl_hand_push(event);
}

void sdl_hand_push_text(const char *text)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    snprintf(event.text.text, sizeof event.text.text, "%s", text);
    sdl_hand_push(event);
}

void sdl_hand_push_window(Uint8 what)
{
    sdl_hand_push((SDL_Event){.window = {.type = SDL_WINDOWEVENT, .windowID = 1, .event = what}});
}

/* --- what the window tells --- */

/* SDL ends a round of questions before it begins the next: what came in between is in that. */
enum rc sdl_hand_poll(struct window *window, int64_t now_ms, struct window_event *out_event)
{
    enum rc rc = window_poll(window, now_ms, out_event);
    return rc == RC_EMPTY ? window_poll(window, now_ms, out_event) : rc;
}

struct window_event sdl_hand_next_at(struct window *window, int64_t now_ms)
{
    struct window_event event;
    must(!sdl_hand_poll(window, now_ms, &event), "the window tells nothing");
    return event;
}

struct window_event sdl_hand_next(struct window *window)
{
    return sdl_hand_next_at(window, 0);
}

void sdl_hand_expect_nothing(struct window *window)
{
    struct window_event event;
    must(sdl_hand_poll(window, 0, &event) == RC_EMPTY, "the window tells something");
}

void sdl_hand_expect_touch(struct window *window, enum stage_touch phase, double x, double y)
{
    struct window_event event = sdl_hand_next(window);
    must(event.kind == WINDOW_TOUCH && event.phase == phase, "it is another touch, or none");
    if (phase == STAGE_CANCEL)
        return;
    if (event.x < x - 1 || event.x > x + 1 || event.y < y - 1 || event.y > y + 1)
        must(false, "it is felt elsewhere");
}
