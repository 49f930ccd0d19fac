/*
 * xserver.h - an X server of the test's own (Xvfb), which it may kill, and the eye and the hand in
 * front of it.
 *
 * DISPLAY names it for all that is started later. Hands are xdotool's: real pointer and key events.
 * There is no window manager. What should work and doesn't ends the program with a sentence
 * (abort). One thread.
 */
#ifndef TESTS_SUPPORT_XSERVER_H
#define TESTS_SUPPORT_XSERVER_H

#include <sys/types.h>

#include "tests/support/picture.h"

#define XSERVER_WIDTH 1280
#define XSERVER_HEIGHT 1024

struct xserver {
    pid_t process; /* 0: it does not run */
    int number;    /* of the display */
};

/* Where a window is, in pixels of the screen. */
struct xserver_window {
    unsigned long id;
    int x, y, width, height;
};

void xserver_start(struct xserver *server);

/* As if it had crashed. */
void xserver_kill(struct xserver *server);

/* Under the number that it had. */
void xserver_start_again(struct xserver *server);

/* Waits for a window to be seen, for at most 10 s. */
struct xserver_window xserver_find_window(void);

/* The whole screen. */
void xserver_look(struct picture *out_picture);

/* Asks a window to close, as the frame's button does (ICCCM 4.2.8.1, WM_DELETE_WINDOW). */
void xserver_ask_to_close(const struct xserver_window *window);

/* xdotool with these arguments. */
void xserver_do(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
