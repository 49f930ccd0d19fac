#include "tests/support/xserver.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/give_up.h"
#include "tests/support/real.h"

#define WAIT_MS 10000
#define LOOK_MS 20

/* --- the server --- */

static void become_server(int report_fd, const char *display)
{
    char screen[32], report[16];
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* whatever becomes of the test */
    snprintf(screen, sizeof screen, "%dx%dx24", XSERVER_WIDTH, XSERVER_HEIGHT);
    snprintf(report, sizeof report, "%d", report_fd);
    if (null < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(126);
    execlp("Xvfb", "Xvfb", "-displayfd", report, "-screen", "0", screen, "-nolisten", "tcp",
           "-noreset", display, (char *)NULL);
    _exit(126);
}

/* It chooses a number that is free, or takes the one it is given, and tells it when it serves. */
static void start(struct xserver *server, const char *display)
{
    int pipe_fds[2];
    char said[16] = "";
    if (pipe(pipe_fds))
        give_up("xserver", "no pipe");
    fcntl(pipe_fds[0], F_SETFD, FD_CLOEXEC);
    server->process = fork();
    if (server->process < 0)
        give_up("xserver", "no process for Xvfb");
    if (server->process == 0)
        become_server(pipe_fds[1], display);
    close(pipe_fds[1]);
    size_t used = 0;
    while (!strchr(said, '\n')) { /* it writes number and line end apart, and must be heard out */
        ssize_t got = read(pipe_fds[0], said + used, sizeof said - 1 - used);
        if (got <= 0)
            give_up("xserver", "Xvfb does not start; is the package xvfb installed?");
        used += (size_t)got;
    }
    close(pipe_fds[0]);
    server->number = atoi(said);
}

void xserver_start(struct xserver *server)
{
    char display[16];
    start(server, NULL);
    snprintf(display, sizeof display, ":%d", server->number);
    setenv("DISPLAY", display, 1);
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("SDL_VIDEODRIVER");
}

void xserver_start_again(struct xserver *server)
{
    start(server, getenv("DISPLAY"));
}

void xserver_kill(struct xserver *server)
{
    if (server->process <= 0)
        return;
    kill(server->process, SIGKILL);
    waitpid(server->process, NULL, 0);
    server->process = 0;
}

/* --- the eye --- */

static Display *connect_to_it(void)
{
    Display *display = XOpenDisplay(NULL);
    if (!display)
        give_up("xserver", "the X server takes no connection");
    return display;
}

/* The largest that is seen. */
static struct xserver_window find_window(Display *display)
{
    struct xserver_window found = {.width = 1, .height = 1};
    Window root, parent, *children = NULL;
    unsigned count = 0;
    XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count);
    for (unsigned i = 0; i < count; i++) {
        XWindowAttributes at;
        if (XGetWindowAttributes(display, children[i], &at) && at.map_state == IsViewable &&
            at.width * at.height > found.width * found.height)
            found = (struct xserver_window){children[i], at.x, at.y, at.width, at.height};
    }
    if (children)
        XFree(children);
    return found;
}

struct xserver_window xserver_find_window(void)
{
    Display *display = connect_to_it();
    struct xserver_window window = find_window(display);
    for (int waited = 0; !window.id; waited += LOOK_MS) {
        if (waited > WAIT_MS)
            give_up("xserver", "no window is to be seen");
        real_pause_ms(LOOK_MS);
        window = find_window(display);
    }
    XCloseDisplay(display);
    return window;
}

void xserver_look(struct picture *out_picture)
{
    Display *display = connect_to_it();
    XImage *image = XGetImage(display, DefaultRootWindow(display), 0, 0, XSERVER_WIDTH,
                              XSERVER_HEIGHT, AllPlanes, ZPixmap);
    if (!image || picture_make(XSERVER_WIDTH, XSERVER_HEIGHT, out_picture))
        give_up("xserver", "the screen cannot be looked at");
    for (int y = 0; y < XSERVER_HEIGHT; y++)
        for (int x = 0; x < XSERVER_WIDTH; x++)
            out_picture->pixels[y * XSERVER_WIDTH + x] =
                (uint32_t)XGetPixel(image, x, y) & 0xFFFFFF;
    XDestroyImage(image);
    XCloseDisplay(display);
}

/* --- the hand --- */

void xserver_ask_to_close(const struct xserver_window *window)
{
    Display *display = connect_to_it();
    XEvent event = {.xclient = {.type = ClientMessage, .window = window->id, .format = 32}};
    event.xclient.message_type = XInternAtom(display, "WM_PROTOCOLS", False);
    event.xclient.data.l[0] = (long)XInternAtom(display, "WM_DELETE_WINDOW", False);
    XSendEvent(display, window->id, False, NoEventMask, &event);
    XCloseDisplay(display);
}

void xserver_do(const char *format, ...)
{
    char line[512] = "xdotool ";
    size_t used = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + used, sizeof line - used, format, arguments);
    va_end(arguments);
    if (system(line))
        give_up("xserver", "this did not work: %s", line);
}
