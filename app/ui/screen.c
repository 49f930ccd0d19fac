#include "app/ui/screen.h"

static bool is_turned(const struct screen *screen)
{
    return screen->rotation == 90 || screen->rotation == 270;
}

struct rect screen_area(const struct screen *screen)
{
    if (is_turned(screen))
        return (struct rect){0, 0, screen->height_mm, screen->width_mm};
    return (struct rect){0, 0, screen->width_mm, screen->height_mm};
}

void screen_from_px(const struct screen *screen, double x_px, double y_px, double *out_x,
                    double *out_y)
{
    double x = x_px * screen->width_mm / screen->width_px;
    double y = y_px * screen->height_mm / screen->height_px;
    switch (screen->rotation) {
    case 90:
        *out_x = y;
        *out_y = screen->width_mm - x;
        break;
    case 180:
        *out_x = screen->width_mm - x;
        *out_y = screen->height_mm - y;
        break;
    case 270:
        *out_x = screen->height_mm - y;
        *out_y = x;
        break;
    default:
        *out_x = x;
        *out_y = y;
        break;
    }
}

bool rect_has(struct rect rect, double x, double y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

bool rect_is_same(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

struct rect rect_inset(struct rect rect, double by)
{
    return (struct rect){rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

struct rect rect_cut_top(struct rect *rest, double size, double gap)
{
    struct rect cut = {rest->x, rest->y, rest->w, size};
    rest->y += size + gap;
    rest->h -= size + gap;
    return cut;
}

struct rect rect_cut_bottom(struct rect *rest, double size, double gap)
{
    struct rect cut = {rest->x, rest->y + rest->h - size, rest->w, size};
    rest->h -= size + gap;
    return cut;
}

struct rect rect_cut_left(struct rect *rest, double size, double gap)
{
    struct rect cut = {rest->x, rest->y, size, rest->h};
    rest->x += size + gap;
    rest->w -= size + gap;
    return cut;
}

struct rect rect_cut_right(struct rect *rest, double size, double gap)
{
    struct rect cut = {rest->x + rest->w - size, rest->y, size, rest->h};
    rest->w -= size + gap;
    return cut;
}
