/*
 * window.h - where the picture is shown and fingers are felt: SDL2.
 *
 * One per process; the loop's thread only. Headless windows draw all the same, into memory.
 */
#ifndef APP_UI_WINDOW_H
#define APP_UI_WINDOW_H

#include <stddef.h>
#include <stdint.h>

#include "app/ui/stage.h"

struct window;

#define WINDOW_TRAY_MAX 9

struct window_config {
    const char *title;
    struct screen screen;
    bool is_headless;
    bool is_fullscreen;
    /* Names under the picture, to be touched in place of badges; keys 1 to 9 do the same. */
    const char *tray[WINDOW_TRAY_MAX];
    int tray_count;
};

enum window_event_kind { WINDOW_TOUCH, WINDOW_TRAY, WINDOW_EXPOSED, WINDOW_QUIT };

struct window_event {
    enum window_event_kind kind;
    enum stage_touch phase; /* WINDOW_TOUCH, with x and y in the panel's pixels */
    double x, y;
    int tray; /* WINDOW_TRAY: which one, from 0 */
};

/* RC_UNSUPPORTED: there is no display. */
enum rc window_open(const struct window_config *config, struct window **out_window) MUST_CHECK;
void window_close(struct window *window);

/* The next event; RC_EMPTY when there is none now. */
enum rc window_poll(struct window *window, struct window_event *out_event) MUST_CHECK;

/* When SDL wants to be asked again (it has no descriptor to wait on); INT64_MAX when headless. */
int64_t window_due_ms(const struct window *window, int64_t now_ms);

/* Draws the stage and presents it; returns after the present. */
enum rc window_draw(struct window *window, struct stage *stage, int64_t now_ms) MUST_CHECK;

/* The picture presented last, without the tray, as PNG. */
enum rc window_screenshot(const struct window *window, const char *path) MUST_CHECK;

/* What the picture presented last was drawn on. */
const struct canvas *window_canvas(const struct window *window);

/* Where a window would open, as "x11, 1280 x 1024 pixels". RC_UNSUPPORTED: nowhere. */
enum rc window_describe_display(char *out_text, size_t size) MUST_CHECK;

#endif
