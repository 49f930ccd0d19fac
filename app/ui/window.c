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
};

static void set_hints(const struct window_config *config)
{
    /* Finger and mouse are both served; one must not be made into the other. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    const char *driver = SDL_getenv("SDL_VIDEODRIVER");
    if (config->is_headless)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
    /* A picture made by the processor needs no GL, except where KMS has nothing else. */
    if (config->is_headless || !driver || SDL_strcasecmp(driver, "kmsdrm") != 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
}

static enum rc open_sdl(struct window *window)
{
    const struct window_config *config = &window->config;
    int height = config->screen.height_px + tray_bar_height_px(window->tray);
    set_hints(config);
    if (SDL_Init(SDL_INIT_VIDEO))
        return RC_UNSUPPORTED;
    Uint32 flags = config->is_fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    window->sdl = SDL_CreateWindow(config->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                   config->screen.width_px, height, flags);
    if (!window->sdl)
        return RC_UNSUPPORTED;
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
    if (window->sdl)
        SDL_DestroyWindow(window->sdl);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    tray_bar_close(window->tray);
    canvas_close(window->canvas);
    free(window);
}

/* --- events
 * --------------------------------------------------------------------------------------- */

static enum rc take_touch(struct window *window, enum stage_touch phase, double x, double y,
                          struct window_event *out_event)
{
    double below = y - window->config.screen.height_px;
    if (below >= 0 && phase == STAGE_UP && window->tray) {
        int place = tray_bar_at(window->tray, x, below);
        if (place >= 0) {
            *out_event = (struct window_event){.kind = WINDOW_TRAY, .tray = place};
            return RC_OK;
        }
    }
    *out_event = (struct window_event){.kind = WINDOW_TOUCH, .phase = phase, .x = x, .y = y};
    return RC_OK;
}

static enum rc take_finger(struct window *window, const SDL_TouchFingerEvent *finger,
                           struct window_event *out_event)
{
    int width, height;
    SDL_GetWindowSize(window->sdl, &width, &height);
    enum stage_touch phase = finger->type == SDL_FINGERDOWN ? STAGE_DOWN
                             : finger->type == SDL_FINGERUP ? STAGE_UP
                                                            : STAGE_MOVE;
    /* A second finger takes the touch back: nobody means two things at once. */
    if (phase == STAGE_DOWN && window->is_finger_down)
        phase = STAGE_CANCEL;
    window->is_finger_down = phase == STAGE_DOWN || (window->is_finger_down && phase == STAGE_MOVE);
    return take_touch(window, phase, (double)finger->x * width, (double)finger->y * height,
                      out_event);
}

static enum rc take_key(struct window *window, SDL_Keycode key, struct window_event *out_event)
{
    int place = key >= SDLK_1 && key <= SDLK_9 ? key - SDLK_1 : -1;
    if (place < 0 || place >= window->config.tray_count)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TRAY, .tray = place};
    return RC_OK;
}

static enum rc take(struct window *window, const SDL_Event *event, struct window_event *out_event)
{
    switch (event->type) {
    case SDL_QUIT: out_event->kind = WINDOW_QUIT; return RC_OK;
    case SDL_WINDOWEVENT:
        if (event->window.event != SDL_WINDOWEVENT_EXPOSED)
            return RC_EMPTY;
        window->is_tray_drawn = false;
        out_event->kind = WINDOW_EXPOSED;
        return RC_OK;
    case SDL_MOUSEBUTTONDOWN:
        return take_touch(window, STAGE_DOWN, event->button.x, event->button.y, out_event);
    case SDL_MOUSEBUTTONUP:
        return take_touch(window, STAGE_UP, event->button.x, event->button.y, out_event);
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION: return take_finger(window, &event->tfinger, out_event);
    case SDL_KEYDOWN: return take_key(window, event->key.keysym.sym, out_event);
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

/* --- pictures
 * --------------------------------------------------------------------------------------- */

static enum rc blit(SDL_Surface *target, const struct canvas *canvas, int width, int height, int y)
{
    int stride;
    void *pixels = (void *)canvas_pixels(canvas, &stride);
    SDL_Surface *source = SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, stride,
                                                             SDL_PIXELFORMAT_RGB888);
    if (!source)
        return RC_NO_MEMORY;
    SDL_Rect at = {0, y, width, height};
    int failed = SDL_BlitSurface(source, NULL, target, &at);
    SDL_FreeSurface(source);
    return failed ? RC_IO : RC_OK;
}

enum rc window_draw(struct window *window, struct stage *stage, int64_t now_ms)
{
    const struct screen *screen = &window->config.screen;
    SDL_Surface *target = SDL_GetWindowSurface(window->sdl);
    if (!target)
        return RC_GONE;
    stage_draw(stage, now_ms, window->canvas);
    enum rc rc = blit(target, window->canvas, screen->width_px, screen->height_px, 0);
    if (!rc && window->tray && !window->is_tray_drawn) {
        rc = blit(target, tray_bar_canvas(window->tray), screen->width_px,
                  tray_bar_height_px(window->tray), screen->height_px);
        window->is_tray_drawn = true;
    }
    if (!rc && SDL_UpdateWindowSurface(window->sdl))
        rc = RC_GONE;
    return rc;
}

enum rc window_screenshot(const struct window *window, const char *path)
{
    return canvas_save_png(window->canvas, path);
}
