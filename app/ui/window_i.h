/*
 * window_i.h - the inside of a window, shared by window.c (opening, waiting, pictures) and
 * window_event.c (fingers, mouse, keys). Nobody else includes it.
 */
#ifndef APP_UI_WINDOW_I_H
#define APP_UI_WINDOW_I_H

#include "app/ui/display.h"
#include "app/ui/fit.h"
#include "app/ui/hand.h"
#include "app/ui/tray_bar.h"
#include "app/ui/window.h"

/* What a touch began on; the rest of it goes there too. */
enum window_target { WINDOW_ON_NOTHING, WINDOW_ON_PICTURE, WINDOW_ON_TRAY };

struct window {
    struct window_config config;
    struct display *display; /* NULL: lost, and not found again yet */
    struct canvas *canvas;
    struct tray_bar *tray;

    bool is_told;                      /* of the loss */
    bool is_surround_drawn;            /* bars and tray */
    int surface_width, surface_height; /* when they were */

    bool is_unread; /* SDL may have read events that no descriptor shows any more */
    int64_t lively_until_ms;
    int wake_fd;

    struct hand hand;
    enum window_target target;
    int tray_down; /* the badge a press began on; -1: none */
    bool is_typing;
    bool is_digit_taken; /* the text of the key pressed last is not to be heard */
    int64_t escape_ms;   /* when Escape was pressed last */
};

/* Picture and tray, one above the other. */
int window_content_height(const struct window *window);

/* Whatever touches the window means nothing any more. */
void window_forget_hand(struct window *window);

#endif
