/*
 * xlib.h - X servers that go away without taking the station along.
 *
 * Xlib ends the process when the connection breaks, unless each connection is told otherwise
 * (XSetIOErrorExitHandler, libX11 1.7). SDL opens two and hands out one, so the two functions of
 * Xlib by which SDL would end or hang stand here once more, in front of Xlib's own: XOpenDisplay
 * tells each connection, and XIfEvent, which asks a broken one for ever, stops. An SDL that looks
 * Xlib up by itself (Debian's does not) finds Xlib's own, and then ends the process as ever.
 *
 * One thread.
 */
#ifndef APP_UI_XLIB_H
#define APP_UI_XLIB_H

#include <stdbool.h>

/* Did a connection break, or somebody else destroy the window, since xlib_begin? */
bool xlib_is_lost(void);

/* Before a connection is opened: the last one is no concern any more. */
void xlib_begin(void);

/* The window (its XID) whose end is a loss. */
void xlib_watch(unsigned long window);

#endif
