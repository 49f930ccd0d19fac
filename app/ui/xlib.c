#include "app/ui/xlib.h"

#include <X11/Xlib.h>
#include <dlfcn.h>
#include <poll.h>

#include "firmware/base/log.h"

#define LOOK_MS 100 /* how soon a wait hears of an event that Xlib has read already */

static bool is_lost;
static Window watched = None;

bool xlib_is_lost(void)
{
    return is_lost;
}

void xlib_begin(void)
{
    is_lost = false;
    watched = None;
}

void xlib_watch(unsigned long window)
{
    watched = window;
}

/* Xlib prints a line otherwise; whoever shows the picture tells it better. */
static int hear_of_break(Display *display)
{
    (void)display;
    is_lost = true;
    return 0;
}

/* Returning is allowed; all calls on that connection do nothing from now on. */
static void stay(Display *display, void *context)
{
    (void)display;
    (void)context;
    is_lost = true;
}

/* Xlib's own ends the process for each error, also where somebody else closed the window. */
static int hear_of_error(Display *display, XErrorEvent *error)
{
    (void)display;
    bool is_ours = watched != None && error->resourceid == watched;
    if (is_ours && (error->error_code == BadWindow || error->error_code == BadDrawable))
        is_lost = true;
    else
        log_info("the X server refused request %d: error %d", error->request_code,
                 error->error_code);
    return 0;
}

Display *XOpenDisplay(const char *name)
{
    Display *(*open)(const char *) = (Display * (*)(const char *)) dlsym(RTLD_NEXT, "XOpenDisplay");
    Display *display = open ? open(name) : NULL;
    if (!display)
        return NULL;
    XSetErrorHandler(hear_of_error);
    XSetIOErrorHandler(hear_of_break);
    XSetIOErrorExitHandler(display, stay, NULL);
    return display;
}

int XIfEvent(Display *display, XEvent *out_event, Bool (*is_it)(Display *, XEvent *, XPointer),
             XPointer context)
{
    while (!XCheckIfEvent(display, out_event, is_it, context) && !is_lost) {
        struct pollfd fd = {.fd = ConnectionNumber(display), .events = POLLIN};
        poll(&fd, 1, LOOK_MS);
    }
    return 0;
}
