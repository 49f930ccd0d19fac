/*
 * sdl_hand.h - fingers, a mouse and a keyboard as SDL tells of them, for tests of windows, and what
 * a window makes of them. What should be felt and is not ends the program (abort). One thread.
 */
#ifndef TESTS_SUPPORT_SDL_HAND_H
#define TESTS_SUPPORT_SDL_HAND_H

#include <SDL2/SDL.h>

#include "app/ui/window.h"

extern const struct screen sdl_hand_panel;
extern const int sdl_hand_whole_px; /* the height of the picture and the tray below it */

/* A headless window: on a desktop with a tray and keys, else a kiosk's. NULL: it did not open. */
struct window *sdl_hand_open(bool is_desktop);

/* For cmocka: the state is the window, on a desktop. */
int sdl_hand_set_up(void **state);
int sdl_hand_set_up_kiosk(void **state);
int sdl_hand_tear_down(void **state);

/* What happens, in the window's pixels. */
void sdl_hand_push(SDL_Event event);
void sdl_hand_push_finger(Uint32 type, int finger, float x, float y);
void sdl_hand_push_button(Uint32 type, Uint8 button, int x, int y);
void sdl_hand_push_motion(Uint32 buttons, int x, int y);
void sdl_hand_push_key(SDL_Scancode code, int repeat);
void sdl_hand_push_text(const char *text);
void sdl_hand_push_window(Uint8 what);

/* What the window tells next: something, nothing, or a touch there. */
enum rc sdl_hand_poll(struct window *window, int64_t now_ms,
                      struct window_event *out_event) MUST_CHECK;
struct window_event sdl_hand_next_at(struct window *window, int64_t now_ms);
struct window_event sdl_hand_next(struct window *window);
void sdl_hand_expect_nothing(struct window *window);
void sdl_hand_expect_touch(struct window *window, enum stage_touch phase, double x, double y);

#endif
