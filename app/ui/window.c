#include "app/ui/window.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/tray_bar.h"

#define ASK_MS 15

struct window {
    struct window_config config;
    SDL_Window *sdl;
    struct canvas *canvas;
    struct tray_bar *tray;
    bool is_tray_drawn;
    bool is_finger_down;
    int tray_down; /* the badge a press began on; -1: none */
};

static void set_hints(const struct window_config *config)
{
    /* Finger and mouse are both served; one must not be made into the other. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (config->is_headless)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
}

/*
 * A picture made by the processor needs no GL (28 MB instead of 127), except on KMS, which shows
 * nothing else, and where SDL's own choice of GL draws only the clear colour.
 */
static void choose_renderer(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver && SDL_strcasecmp(driver, "kmsdrm") == 0)
        SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
    else
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
}

/* Without a display SDL takes a driver that shows nothing; that is for those who ask for it. */
static enum rc begin_video(bool is_headless)
{
    static const char *const unseen[] = {"offscreen", "dummy", "evdev"};
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

static int content_height(const struct window *window)
{
    return window->config.screen.height_px + tray_bar_height_px(window->tray);
}

static enum rc open_sdl(struct window *window)
{
    const struct window_config *config = &window->config;
    set_hints(config);
    enum rc rc = begin_video(config->is_headless);
    if (rc)
        return rc;
    choose_renderer();
    Uint32 flags = config->is_fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    window->sdl = SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                   config->screen.width_px, content_height(window), flags);
    if (!window->sdl) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return RC_UNSUPPORTED;
    }
    if (config->is_fullscreen)
        SDL_ShowCursor(SDL_DISABLE);
    return RC_OK;
}

enum rc window_open(const struct window_config *config, struct window **out_window)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window)
        return RC_NO_MEMORY;
    window->config = *config;
    window->tray_down = -1;
    enum rc rc = canvas_open(&config->screen, &window->canvas);
    if (!rc && config->tray_count)
        rc = tray_bar_open(&config->screen, config->tray, config->tray_count, &window->tray);
    if (!rc)
        rc = open_sdl(window);
    if (rc) {
        window_close(window);
        return rc;
    }
    *out_window = window;
    return RC_OK;
}

void window_close(struct window *window)
{
    if (!window)
        return;
    if (window->sdl) {
        SDL_DestroyWindow(window->sdl);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    tray_bar_close(window->tray);
    canvas_close(window->canvas);
    free(window);
}

enum rc window_describe_display(char *out_text, size_t size)
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

/* --- events --- */

/* A press on the tray taps a badge when it ends on the one it began on. */
static enum rc take_tray(struct window *window, enum stage_touch phase, double x, double below,
                         struct window_event *out_event)
{
    int place = below >= 0 ? tray_bar_at(window->tray, x, below) : -1;
    int began = window->tray_down;
    if (phase == STAGE_DOWN)
        window->tray_down = place;
    if (phase == STAGE_UP || phase == STAGE_CANCEL)
        window->tray_down = -1;
    if (phase != STAGE_UP || place < 0 || place != began)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TRAY, .tray = place};
    return RC_OK;
}

/* `x` and `y` are parts of the window, 0 to 1: its pixels need not be the panel's. */
static enum rc take_touch(struct window *window, enum stage_touch phase, double x, double y,
                          struct window_event *out_event)
{
    double x_px = x * window->config.screen.width_px, y_px = y * content_height(window);
    double below = y_px - window->config.screen.height_px;
    if (window->tray && (window->tray_down >= 0 || (phase == STAGE_DOWN && below >= 0)))
        return take_tray(window, phase, x_px, below, out_event);
    *out_event = (struct window_event){.kind = WINDOW_TOUCH, .phase = phase, .x = x_px, .y = y_px};
    return RC_OK;
}

static enum rc take_finger(struct window *window, const SDL_TouchFingerEvent *finger,
                           struct window_event *out_event)
{
    enum stage_touch phase = finger->type == SDL_FINGERDOWN ? STAGE_DOWN
                             : finger->type == SDL_FINGERUP ? STAGE_UP
                                                            : STAGE_MOVE;
    SDL_ShowCursor(SDL_DISABLE);
    /* A second finger takes the touch back: nobody means two things at once. */
    if (phase == STAGE_DOWN && window->is_finger_down)
        phase = STAGE_CANCEL;
    window->is_finger_down = phase == STAGE_DOWN || (window->is_finger_down && phase == STAGE_MOVE);
    return take_touch(window, phase, (double)finger->x, (double)finger->y, out_event);
}

static enum rc take_mouse(struct window *window, enum stage_touch phase, int x, int y,
                          struct window_event *out_event)
{
    int width, height;
    SDL_GetWindowSize(window->sdl, &width, &height);
    if (!window->config.is_fullscreen)
        SDL_ShowCursor(SDL_ENABLE);
    if (width <= 0 || height <= 0)
        return RC_EMPTY;
    return take_touch(window, phase, (x + 0.5) / width, (y + 0.5) / height, out_event);
}

/* By the place of the key, so that the digits of a Belgian keyboard need no Shift. */
static enum rc take_key(struct window *window, const SDL_KeyboardEvent *key,
                        struct window_event *out_event)
{
    int place = (int)key->keysym.scancode - SDL_SCANCODE_1;
    if (key->repeat || place < 0 || place >= window->config.tray_count)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TRAY, .tray = place};
    return RC_OK;
}

static enum rc take_window(struct window *window, const SDL_WindowEvent *event,
                           struct window_event *out_event)
{
    if (event->event != SDL_WINDOWEVENT_EXPOSED && event->event != SDL_WINDOWEVENT_SIZE_CHANGED)
        return RC_EMPTY;
    window->is_tray_drawn = false;
    *out_event = (struct window_event){.kind = WINDOW_EXPOSED};
    return RC_OK;
}

static enum rc take(struct window *window, const SDL_Event *event, struct window_event *out_event)
{
    switch (event->type) {
    case SDL_QUIT: *out_event = (struct window_event){.kind = WINDOW_QUIT}; return RC_OK;
    case SDL_WINDOWEVENT: return take_window(window, &event->window, out_event);
    case SDL_MOUSEBUTTONDOWN:
        return take_mouse(window, STAGE_DOWN, event->button.x, event->button.y, out_event);
    case SDL_MOUSEBUTTONUP:
        return take_mouse(window, STAGE_UP, event->button.x, event->button.y, out_event);
    case SDL_MOUSEMOTION:
        return event->motion.state
                   ? take_mouse(window, STAGE_MOVE, event->motion.x, event->motion.y, out_event)
                   : RC_EMPTY;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION: return take_finger(window, &event->tfinger, out_event);
    case SDL_KEYDOWN: return take_key(window, &event->key, out_event);
    default: return RC_EMPTY;
    }
}

enum rc window_poll(struct window *window, struct window_event *out_event)
{
    SDL_Event event;
    while (SDL_PollEvent(&event))
        if (take(window, &event, out_event) == RC_OK)
            return RC_OK;
    return RC_EMPTY;
}

int64_t window_due_ms(const struct window *window, int64_t now_ms)
{
    return window->config.is_headless ? INT64_MAX : now_ms + ASK_MS;
}

/* --- pictures --- */

/* Copies a canvas to its rows of the window, stretched where the panel is another than was told. */
static enum rc blit(const struct window *window, SDL_Surface *target, const struct canvas *canvas,
                    int height, int y)
{
    int stride, width = window->config.screen.width_px, whole = content_height(window);
    void *pixels = (void *)canvas_pixels(canvas, &stride);
    SDL_Surface *source = SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, stride,
                                                             SDL_PIXELFORMAT_RGB888);
    if (!source)
        return RC_NO_MEMORY;
    int top = y * target->h / whole, bottom = (y + height) * target->h / whole;
    SDL_Rect at = {0, top, target->w, bottom - top};
    int failed = at.w == width && at.h == height ? SDL_BlitSurface(source, NULL, target, &at)
                                                 : SDL_BlitScaled(source, NULL, target, &at);
    SDL_FreeSurface(source);
    return failed ? RC_IO : RC_OK;
}

enum rc window_draw(struct window *window, struct stage *stage, int64_t now_ms)
{
    int height = window->config.screen.height_px;
    SDL_Surface *target = SDL_GetWindowSurface(window->sdl);
    if (!target)
        return RC_GONE;
    stage_draw(stage, now_ms, window->canvas);
    enum rc rc = blit(window, target, window->canvas, height, 0);
    if (!rc && window->tray && !window->is_tray_drawn) {
        rc = blit(window, target, tray_bar_canvas(window->tray), tray_bar_height_px(window->tray),
                  height);
        window->is_tray_drawn = true;
    }
    if (!rc && SDL_UpdateWindowSurface(window->sdl))
        rc = RC_GONE;
    return rc;
}

const struct canvas *window_canvas(const struct window *window)
{
    return window->canvas;
}

enum rc window_screenshot(const struct window *window, const char *path)
{
    return canvas_save_png(window->canvas, path);
}
