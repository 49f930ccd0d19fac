#include <SDL2/SDL.h>
#include <string.h>

#include "app/ui/window_i.h"

#define TWO_ESCAPES_MS 1000

/* --- touches --- */

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

static enum window_target target_at(const struct window *window, bool is_inside, double below)
{
    if (!is_inside)
        return WINDOW_ON_NOTHING;
    return window->tray && below >= 0 ? WINDOW_ON_TRAY : WINDOW_ON_PICTURE;
}

/* `x` and `y` are the window's pixels; what the hand did counts. */
static enum rc take_touch(struct window *window, enum stage_touch phase, double x, double y,
                          struct window_event *out_event)
{
    int width, height;
    double x_px, y_px;
    SDL_GetWindowSize(display_window(window->display), &width, &height);
    if (width < 1 || height < 1)
        return RC_EMPTY;
    struct fit fit =
        fit_make(window->config.screen.width_px, window_content_height(window), width, height);
    bool is_inside = fit_to_picture(&fit, x, y, &x_px, &y_px);
    double below = y_px - window->config.screen.height_px;
    if (phase == STAGE_DOWN)
        window->target = target_at(window, is_inside, below);
    enum window_target target = window->target;
    if (phase == STAGE_UP || phase == STAGE_CANCEL)
        window->target = WINDOW_ON_NOTHING;
    if (target == WINDOW_ON_NOTHING)
        return RC_EMPTY;
    if (target == WINDOW_ON_TRAY)
        return take_tray(window, phase, x_px, below, out_event);
    *out_event = (struct window_event){.kind = WINDOW_TOUCH, .phase = phase, .x = x_px, .y = y_px};
    return RC_OK;
}

static enum rc take_finger(struct window *window, const SDL_TouchFingerEvent *event, int64_t now_ms,
                           struct window_event *out_event)
{
    int width, height;
    const struct hand_pointer finger = {.device = event->touchId, .finger = event->fingerId};
    enum stage_touch phase = event->type == SDL_FINGERDOWN ? STAGE_DOWN
                             : event->type == SDL_FINGERUP ? STAGE_UP
                                                           : STAGE_MOVE;
    SDL_ShowCursor(SDL_DISABLE);
    window_stir(window, now_ms);
    SDL_GetWindowSize(display_window(window->display), &width, &height);
    return hand_take(&window->hand, &finger, phase, now_ms, &phase)
               ? take_touch(window, phase, (double)event->x * width, (double)event->y * height,
                            out_event)
               : RC_EMPTY;
}

static enum rc take_mouse(struct window *window, enum stage_touch phase, int x, int y,
                          int64_t now_ms, struct window_event *out_event)
{
    static const struct hand_pointer mouse = {.is_mouse = true};
    if (!window->config.is_fullscreen)
        SDL_ShowCursor(SDL_ENABLE);
    if (phase == STAGE_DOWN)
        window_stir(window, now_ms);
    return hand_take(&window->hand, &mouse, phase, now_ms, &phase)
               ? take_touch(window, phase, x + 0.5, y + 0.5, out_event)
               : RC_EMPTY;
}

static enum rc take_button(struct window *window, const SDL_MouseButtonEvent *event, int64_t now_ms,
                           struct window_event *out_event)
{
    enum stage_touch phase = event->type == SDL_MOUSEBUTTONDOWN ? STAGE_DOWN : STAGE_UP;
    if (event->button != SDL_BUTTON_LEFT)
        return RC_EMPTY;
    return take_mouse(window, phase, event->x, event->y, now_ms, out_event);
}

static enum rc take_motion(struct window *window, const SDL_MouseMotionEvent *event, int64_t now_ms,
                           struct window_event *out_event)
{
    /* With the button up its lifting was lost, and where that was is not known. */
    enum stage_touch phase = event->state & SDL_BUTTON_LMASK ? STAGE_MOVE : STAGE_CANCEL;
    return take_mouse(window, phase, event->x, event->y, now_ms, out_event);
}

static enum rc cancel_touch(struct window *window, struct window_event *out_event)
{
    bool is_felt = window->hand.is_held && window->target == WINDOW_ON_PICTURE;
    window_forget_hand(window);
    if (!is_felt)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TOUCH, .phase = STAGE_CANCEL};
    return RC_OK;
}

/* --- keys --- */

static enum rc take_digit(struct window *window, const SDL_KeyboardEvent *event,
                          struct window_event *out_event)
{
    /* By the place of the key, so that the digits of a Belgian keyboard need no Shift. */
    int place = (int)event->keysym.scancode - SDL_SCANCODE_1;
    window->is_digit_taken = !window->is_typing && place >= 0 && place < window->config.tray_count;
    if (!window->is_digit_taken || event->repeat)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TRAY, .tray = place};
    return RC_OK;
}

static enum rc quit(struct window_event *out_event)
{
    *out_event = (struct window_event){.kind = WINDOW_QUIT};
    return RC_OK;
}

/* The second Escape in a row on a full screen, where somebody sits who has no other way out. */
static bool is_way_out(struct window *window, const SDL_KeyboardEvent *event, int64_t now_ms)
{
    if (event->repeat || event->keysym.sym != SDLK_ESCAPE)
        return false;
    bool is_second = now_ms - window->escape_ms < TWO_ESCAPES_MS;
    window->escape_ms = now_ms;
    return is_second && window->config.is_fullscreen && !window->is_typing;
}

static enum rc take_key(struct window *window, const SDL_KeyboardEvent *event, int64_t now_ms,
                        struct window_event *out_event)
{
    static const struct {
        SDL_Keycode code;
        enum window_key key;
        bool repeats;
    } keys[] = {
        {SDLK_BACKSPACE, WINDOW_KEY_BACKSPACE, true},
        {SDLK_RETURN, WINDOW_KEY_RETURN, false},
        {SDLK_KP_ENTER, WINDOW_KEY_RETURN, false},
        {SDLK_ESCAPE, WINDOW_KEY_ESCAPE, false},
    };
    window_stir(window, now_ms); /* an input method answers later */
    if (take_digit(window, event, out_event) == RC_OK)
        return RC_OK;
    if (!window->config.takes_keys)
        return RC_EMPTY;
    if (is_way_out(window, event, now_ms))
        return quit(out_event);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (event->keysym.sym == keys[i].code && (keys[i].repeats || !event->repeat)) {
            *out_event = (struct window_event){.kind = WINDOW_KEY, .key = keys[i].key};
            return RC_OK;
        }
    return RC_EMPTY;
}

static enum rc take_text(struct window *window, const SDL_TextInputEvent *event,
                         struct window_event *out_event)
{
    bool is_heard = window->config.takes_keys && !window->is_digit_taken && event->text[0];
    window->is_digit_taken = false;
    if (!is_heard)
        return RC_EMPTY;
    *out_event = (struct window_event){.kind = WINDOW_TEXT};
    SDL_strlcpy(out_event->text, event->text, sizeof out_event->text);
    return RC_OK;
}

/* --- the window itself --- */

static enum rc expose(struct window *window, struct window_event *out_event)
{
    window->is_surround_drawn = false;
    *out_event = (struct window_event){.kind = WINDOW_EXPOSED};
    return RC_OK;
}

static enum rc take_window(struct window *window, const SDL_WindowEvent *event,
                           struct window_event *out_event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SIZE_CHANGED: return expose(window, out_event);
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_MINIMIZED: return cancel_touch(window, out_event);
    case SDL_WINDOWEVENT_CLOSE: return window->config.takes_keys ? quit(out_event) : RC_EMPTY;
    default: return RC_EMPTY;
    }
}

static enum rc lose(struct window *window)
{
    display_lose(window->display);
    return RC_EMPTY; /* told when there is nothing else to tell */
}

static enum rc take(struct window *window, const SDL_Event *event, int64_t now_ms,
                    struct window_event *out_event)
{
    switch (event->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION: return take_finger(window, &event->tfinger, now_ms, out_event);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return take_button(window, &event->button, now_ms, out_event);
    case SDL_MOUSEMOTION: return take_motion(window, &event->motion, now_ms, out_event);
    case SDL_KEYDOWN: return take_key(window, &event->key, now_ms, out_event);
    case SDL_TEXTINPUT: return take_text(window, &event->text, out_event);
    case SDL_WINDOWEVENT: return take_window(window, &event->window, out_event);
    case SDL_RENDER_TARGETS_RESET: return expose(window, out_event);
    case SDL_RENDER_DEVICE_RESET:
    case SDL_QUIT: return lose(window);
    default: return RC_EMPTY;
    }
}

enum rc window_poll(struct window *window, int64_t now_ms, struct window_event *out_event)
{
    SDL_Event event;
    while (window->display && !display_is_lost(window->display) && SDL_PollEvent(&event))
        if (take(window, &event, now_ms, out_event) == RC_OK)
            return RC_OK;
    window->is_unread = false;
    if (window->is_told || !window->display || !display_is_lost(window->display))
        return RC_EMPTY;
    window->is_told = true;
    *out_event = (struct window_event){.kind = WINDOW_LOST};
    return RC_OK;
}
