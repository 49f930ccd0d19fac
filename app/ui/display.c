#include "app/ui/display.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_syswm.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/fit.h"
#include "app/ui/xlib.h"
#include "firmware/base/log.h"

struct display {
    SDL_Window *window;
    bool is_x11;
    bool is_lost;
    int fd;
};

/* --- SDL's settings --- */

static void log_for_sdl(void *context, int category, SDL_LogPriority priority, const char *text)
{
    (void)context;
    (void)category;
    if (priority >= SDL_LOG_PRIORITY_WARN)
        log_warning("SDL says: %s", text);
}

static void set_hints(const struct display_config *config)
{
    SDL_LogSetOutputFunction(log_for_sdl, NULL);
    /* Finger and mouse are both served; one must not be made into the other. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    /* So that SDL_QUIT means one thing only: a compositor that is gone. */
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (config->holds_keys) {
        SDL_SetHint(SDL_HINT_GRAB_KEYBOARD, "1");
        SDL_SetHint(SDL_HINT_ALLOW_ALT_TAB_WHILE_GRABBED, "0");
        SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    }
    if (config->is_headless)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "dummy", SDL_HINT_OVERRIDE);
}

/*
 * A picture made by the processor needs no GL (28 MB instead of 127), where the display takes it;
 * Wayland and KMS show nothing else, and with SDL's own choice of GL KMS draws only the clear
 * colour.
 */
static void choose_renderer(void)
{
    static const struct {
        const char *driver, *hint, *value;
    } rows[] = {
        {"x11", SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"},
        {"kmsdrm", SDL_HINT_RENDER_DRIVER, "opengles2"},
    };
    const char *driver = SDL_GetCurrentVideoDriver();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (SDL_strcasecmp(driver, rows[i].driver) == 0)
            SDL_SetHint(rows[i].hint, rows[i].value);
}

/* Without a display SDL takes a driver that shows nothing; that is for those who ask for it. */
static enum rc begin_video(bool is_headless)
{
    static const char *const unseen[] = {"offscreen", "dummy", "evdev"};
    xlib_begin();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO))
        return RC_UNSUPPORTED;
    const char *driver = SDL_GetCurrentVideoDriver();
    for (size_t i = 0; !is_headless && i < sizeof unseen / sizeof unseen[0]; i++)
        if (driver && !getenv("SDL_VIDEODRIVER") && strcmp(driver, unseen[i]) == 0) {
            SDL_QuitSubSystem(SDL_INIT_VIDEO);
            return RC_UNSUPPORTED;
        }
    return RC_OK;
}

/* A desktop that lost its X server must not come back on the console. */
static void keep_driver(void)
{
    SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, SDL_GetCurrentVideoDriver(), SDL_HINT_OVERRIDE);
}

/* --- the window --- */

/*
 * A full screen is asked for by its size, too: without a window manager nobody else makes it full.
 * A window is not larger than the desktop leaves room for.
 */
static void find_size(const struct display_config *config, int *out_width, int *out_height)
{
    SDL_Rect room;
    *out_width = config->width;
    *out_height = config->height;
    if (config->is_headless)
        return;
    int failed = config->is_fullscreen ? SDL_GetDisplayBounds(0, &room)
                                       : SDL_GetDisplayUsableBounds(0, &room);
    if (failed || room.w < 1 || room.h < 1)
        return;
    if (config->is_fullscreen) {
        *out_width = room.w;
        *out_height = room.h;
    } else if (config->width > room.w || config->height > room.h) {
        struct fit fit = fit_make(config->width, config->height, room.w, room.h);
        *out_width = fit.width;
        *out_height = fit.height;
    }
}

static SDL_Window *open_window(const struct display_config *config)
{
    int width, height;
    Uint32 flags = config->is_fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_RESIZABLE;
    find_size(config, &width, &height);
    return SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                            height, flags);
}

/* Looked up, because nothing else of ours needs Wayland's library; SDL has it loaded. */
static int wayland_fd(struct wl_display *connection)
{
    int (*get_fd)(struct wl_display *) =
        (int (*)(struct wl_display *))dlsym(RTLD_DEFAULT, "wl_display_get_fd");
    return get_fd ? get_fd(connection) : -1;
}

/* What the window system lets us wait on and watch. */
static void ask_system(struct display *display)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(display->window, &info))
        return;
    if (info.subsystem == SDL_SYSWM_X11) {
        display->is_x11 = true;
        display->fd = ConnectionNumber(info.info.x11.display);
        xlib_watch(info.info.x11.window);
    } else if (info.subsystem == SDL_SYSWM_WAYLAND) {
        display->fd = wayland_fd(info.info.wl.display);
    }
}

enum rc display_open(const struct display_config *config, struct display **out_display)
{
    struct display *display = calloc(1, sizeof *display);
    if (!display)
        return RC_NO_MEMORY;
    set_hints(config);
    enum rc rc = begin_video(config->is_headless);
    if (rc) {
        free(display);
        return rc;
    }
    choose_renderer();
    display->fd = -1;
    display->window = open_window(config);
    if (!display->window) {
        display_close(display);
        return RC_UNSUPPORTED;
    }
    keep_driver();
    ask_system(display);
    if (config->is_fullscreen)
        SDL_ShowCursor(SDL_DISABLE);
    if (!config->takes_keys)
        SDL_StopTextInput();
    if (config->holds_keys)
        SDL_SetWindowKeyboardGrab(display->window, SDL_TRUE);
    *out_display = display;
    return RC_OK;
}

void display_close(struct display *display)
{
    if (!display)
        return;
    if (display->window)
        SDL_DestroyWindow(display->window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT); /* nobody asks a closed one */
    free(display);
}

struct SDL_Window *display_window(const struct display *display)
{
    return display->window;
}

bool display_is_lost(const struct display *display)
{
    return display->is_lost || (display->is_x11 && xlib_is_lost());
}

void display_lose(struct display *display)
{
    display->is_lost = true;
}

int display_fd(const struct display *display)
{
    return display->fd;
}

enum rc display_describe(char *out_text, size_t size)
{
    SDL_DisplayMode mode;
    enum rc rc = begin_video(false);
    if (rc)
        return rc;
    bool is_known = SDL_GetDesktopDisplayMode(0, &mode) == 0;
    if (is_known)
        snprintf(out_text, size, "%s, %d x %d pixels", SDL_GetCurrentVideoDriver(), mode.w, mode.h);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return is_known ? RC_OK : RC_UNSUPPORTED;
}
