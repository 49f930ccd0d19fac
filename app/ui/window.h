/*
 * window.h - where the picture is shown, and fingers, mouse and keys are felt: SDL2.
 *
 * One per process; the loop's thread only. Headless windows draw all the same, into memory. A
 * window of another size than the picture shows it in the middle, between bars of paper (fit.h).
 * What touches it goes through hand.h: one finger or the left button at a time.
 *
 * A display can be lost (its server ended, somebody closed its window). The picture and all else
 * stay; window_rebuild opens SDL's side again.
 */
#ifndef APP_UI_WINDOW_H
#define APP_UI_WINDOW_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "app/ui/stage.h"

struct window;

#define WINDOW_TRAY_MAX 9
#define WINDOW_TEXT_BYTES 32
#define WINDOW_FDS_MAX 1

struct window_config {
    const char *title;
    struct screen screen;
    struct theme_mode mode; /* of the bars beside the picture */
    bool is_headless;
    bool is_fullscreen;
    /*
     * Somebody sits there with a keyboard: they may type, close the window, and end a full screen
     * with two Escapes. A kiosk hears no key and cannot be closed.
     */
    bool takes_keys;
    bool holds_keys; /* a window manager gets none either (Alt and Tab) */
    /* Names under the picture, to be touched in place of badges; keys 1 to 9 do the same. */
    const char *tray[WINDOW_TRAY_MAX];
    int tray_count;
};

enum window_event_kind {
    WINDOW_TOUCH,
    WINDOW_TRAY,
    WINDOW_TEXT,
    WINDOW_KEY,
    WINDOW_EXPOSED, /* draw again, whether or not the picture changed */
    WINDOW_LOST,    /* the display is; told once */
    WINDOW_QUIT
};

enum window_key { WINDOW_KEY_BACKSPACE, WINDOW_KEY_RETURN, WINDOW_KEY_ESCAPE };

struct window_event {
    enum window_event_kind kind;
    enum stage_touch phase; /* WINDOW_TOUCH, with x and y in the panel's pixels */
    double x, y;            /* may lie beside the picture, where nothing is */
    int tray;               /* WINDOW_TRAY: which one, from 0 */
    enum window_key key;
    char text[WINDOW_TEXT_BYTES]; /* WINDOW_TEXT, UTF-8 */
};

/* RC_UNSUPPORTED: there is no display. */
enum rc window_open(const struct window_config *config, struct window **out_window) MUST_CHECK;
void window_close(struct window *window);

/* Closes and opens all but the picture. RC_UNSUPPORTED: the display is still gone. */
enum rc window_rebuild(struct window *window) MUST_CHECK;

/* The colours of the bars; shown with the next picture. */
void window_set_mode(struct window *window, const struct theme_mode *mode);

/* Somebody types into a field: digits are text, not badges of the tray. */
void window_set_typing(struct window *window, bool is_typing);

/* --- the loop --- */

/* The next event; RC_EMPTY when there is none now. */
enum rc window_poll(struct window *window, int64_t now_ms,
                    struct window_event *out_event) MUST_CHECK;

/*
 * What to wait on besides window_due_ms; returns how many. None: headless, or a display without a
 * descriptor of its own (KMS reads input devices only when it is asked).
 */
int window_fds(const struct window *window, struct pollfd *out_fds);

/*
 * For a display without one: a descriptor that is readable when an input device has something to
 * tell; -1: there is none. The window waits on it and reads nothing from it; its owner drains it,
 * then calls window_stir.
 */
void window_set_wake(struct window *window, int fd);

/* Something was touched or plugged in: SDL is asked often for the next two seconds. */
void window_stir(struct window *window, int64_t now_ms);

/* When SDL wants to be asked again, whatever the descriptors say; INT64_MAX: never. */
int64_t window_due_ms(const struct window *window, int64_t now_ms);

/* --- pictures --- */

/*
 * Draws the stage and presents it; returns after the present. RC_GONE: the display is lost; the
 * picture is made all the same.
 */
enum rc window_draw(struct window *window, struct stage *stage, int64_t now_ms) MUST_CHECK;

/* The picture drawn last, without the tray, as PNG. */
enum rc window_screenshot(const struct window *window, const char *path) MUST_CHECK;

/* What the picture presented last was drawn on. */
const struct canvas *window_canvas(const struct window *window);

/* Where a window would open, as "x11, 1280 x 1024 pixels". RC_UNSUPPORTED: nowhere. */
enum rc window_describe_display(char *out_text, size_t size) MUST_CHECK;

#endif
