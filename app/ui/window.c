#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/theme.h"
#include "app/ui/window_i.h"

#define LIVELY_MS 2000
#define ASK_OFTEN_MS 15 /* after a touch: nobody feels it wait */
#define ASK_SELDOM_MS 60

int window_content_height(const struct window *window)
{
    return window->config.screen.height_px + tray_bar_height_px(window->tray);
}

void window_forget_hand(struct window *window)
{
    hand_init(&window->hand);
    window->target = WINDOW_ON_NOTHING;
    window->tray_down = -1;
}

/* --- opening --- */

static enum rc open_display(struct window *window)
{
    const struct window_config *config = &window->config;
    const struct display_config display = {
        .title = config->title,
        .width = config->screen.width_px,
        .height = window_content_height(window),
        .is_headless = config->is_headless,
        .is_fullscreen = config->is_fullscreen,
        .takes_keys = config->takes_keys,
        .holds_keys = config->holds_keys,
    };
    enum rc rc = display_open(&display, &window->display);
    window->is_surround_drawn = false;
    window->is_unread = true;
    window->is_told = rc != RC_OK;
    return rc;
}

enum rc window_open(const struct window_config *config, struct window **out_window)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window)
        return RC_NO_MEMORY;
    window->config = *config;
    window->wake_fd = -1;
    window->escape_ms = INT64_MIN / 2;
    window_forget_hand(window);
    enum rc rc = canvas_open(&config->screen, &window->canvas);
    if (!rc && config->tray_count)
        rc = tray_bar_open(&config->screen, config->tray, config->tray_count, &window->tray);
    if (!rc)
        rc = open_display(window);
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
    display_close(window->display);
    tray_bar_close(window->tray);
    canvas_close(window->canvas);
    free(window);
}

enum rc window_rebuild(struct window *window)
{
    display_close(window->display);
    window->display = NULL;
    window_forget_hand(window);
    return open_display(window);
}

static uint32_t paper(const struct theme_mode *mode)
{
    return theme_tones(THEME_PAPER, mode)->ground;
}

void window_set_mode(struct window *window, const struct theme_mode *mode)
{
    window->is_surround_drawn &= paper(mode) == paper(&window->config.mode);
    window->config.mode = *mode;
}

void window_set_typing(struct window *window, bool is_typing)
{
    window->is_typing = is_typing;
}

enum rc window_describe_display(char *out_text, size_t size)
{
    return display_describe(out_text, size);
}

/* --- waiting --- */

static bool has_display(const struct window *window)
{
    return window->display && !display_is_lost(window->display) && !window->config.is_headless;
}

static int fd_of(const struct window *window)
{
    int fd = display_fd(window->display);
    return fd >= 0 ? fd : window->wake_fd;
}

int window_fds(const struct window *window, struct pollfd *out_fds)
{
    if (!has_display(window) || fd_of(window) < 0)
        return 0;
    *out_fds = (struct pollfd){.fd = fd_of(window), .events = POLLIN};
    return 1;
}

void window_set_wake(struct window *window, int fd)
{
    window->wake_fd = fd;
}

void window_stir(struct window *window, int64_t now_ms)
{
    window->lively_until_ms = now_ms + LIVELY_MS;
}

int64_t window_due_ms(const struct window *window, int64_t now_ms)
{
    if (window->display && display_is_lost(window->display) && !window->is_told)
        return now_ms;
    if (!has_display(window))
        return INT64_MAX;
    if (window->is_unread)
        return now_ms;
    if (now_ms < window->lively_until_ms)
        return now_ms + ASK_OFTEN_MS;
    return fd_of(window) >= 0 ? INT64_MAX : now_ms + ASK_SELDOM_MS;
}

/* --- pictures --- */

/* Copies a canvas to the rows of the picture's place that begin at `from_y` of the content. */
static enum rc blit(SDL_Surface *target, const struct fit *fit, const struct canvas *canvas,
                    int height, int from_y)
{
    int stride, width = fit->picture_width, whole = fit->picture_height;
    void *pixels = (void *)canvas_pixels(canvas, &stride);
    SDL_Surface *source = SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, stride,
                                                             SDL_PIXELFORMAT_RGB888);
    if (!source)
        return RC_NO_MEMORY;
    int top = fit->y + from_y * fit->height / whole;
    int bottom = fit->y + (from_y + height) * fit->height / whole;
    SDL_Rect from = {0, 0, width, height}, at = {fit->x, top, fit->width, bottom - top};
    int failed = -1;
    if (at.w == width && at.h == height)
        failed = SDL_BlitSurface(source, &from, target, &at);
    else if (at.w < width && source->format->format == target->format->format)
        failed = SDL_SoftStretchLinear(source, &from, target, &at);
    else
        failed = SDL_BlitScaled(source, &from, target, &at);
    SDL_FreeSurface(source);
    return failed ? RC_IO : RC_OK;
}

static enum rc draw_surround(struct window *window, SDL_Surface *target, const struct fit *fit)
{
    if (window->is_surround_drawn && window->surface_width == target->w &&
        window->surface_height == target->h)
        return RC_OK;
    uint32_t bars = paper(&window->config.mode);
    SDL_FillRect(target, NULL,
                 SDL_MapRGB(target->format, bars >> 16 & 255, bars >> 8 & 255, bars & 255));
    enum rc rc = RC_OK;
    if (window->tray)
        rc = blit(target, fit, tray_bar_canvas(window->tray), tray_bar_height_px(window->tray),
                  window->config.screen.height_px);
    window->is_surround_drawn = rc == RC_OK;
    window->surface_width = target->w;
    window->surface_height = target->h;
    return rc;
}

static enum rc present(struct window *window)
{
    if (!window->display || display_is_lost(window->display))
        return RC_GONE;
    SDL_Window *sdl = display_window(window->display);
    SDL_Surface *target = SDL_GetWindowSurface(sdl);
    if (!target)
        return RC_GONE;
    const struct screen *screen = &window->config.screen;
    struct fit fit =
        fit_make(screen->width_px, window_content_height(window), target->w, target->h);
    enum rc rc = draw_surround(window, target, &fit);
    if (!rc)
        rc = blit(target, &fit, window->canvas, screen->height_px, 0);
    if (!rc && SDL_UpdateWindowSurface(sdl))
        rc = RC_GONE;
    window->is_unread = true;
    return !rc && display_is_lost(window->display) ? RC_GONE : rc;
}

enum rc window_draw(struct window *window, struct stage *stage, int64_t now_ms)
{
    stage_draw(stage, now_ms, window->canvas);
    return present(window);
}

const struct canvas *window_canvas(const struct window *window)
{
    return window->canvas;
}

enum rc window_screenshot(const struct window *window, const char *path)
{
    return canvas_save_png(window->canvas, path);
}
