/*
 * display.h - SDL's side of the window: the part that is lost with a display and opened again.
 *
 * Owned by the window; one per process; the loop's thread only. Knows pixels and descriptors, but
 * neither pictures nor fingers.
 */
#ifndef APP_UI_DISPLAY_H
#define APP_UI_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/rc.h"

struct SDL_Window;
struct display;

struct display_config {
    const char *title;
    int width, height; /* of the content; a full screen has its own size */
    bool is_headless;
    bool is_fullscreen;
    bool takes_keys; /* else no key of a keyboard is heard */
    bool holds_keys; /* none is left to a window manager either */
};

/* RC_UNSUPPORTED: there is none. After a loss only the same kind of display will do. */
enum rc display_open(const struct display_config *config, struct display **out_display) MUST_CHECK;
void display_close(struct display *display);

struct SDL_Window *display_window(const struct display *display);

/* Does it show nothing any more? */
bool display_is_lost(const struct display *display);

/* SDL says that its server is gone. */
void display_lose(struct display *display);

/* Readable when there are events; -1: it has none. Events that were read already don't show. */
int display_fd(const struct display *display);

/* Where a window would open, as "x11, 1280 x 1024 pixels". RC_UNSUPPORTED: nowhere. */
enum rc display_describe(char *out_text, size_t size) MUST_CHECK;

#endif
