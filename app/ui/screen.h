/*
 * screen.h - the measures of a screen, and rectangles in millimetres on it. Pure.
 *
 * All of ui counts in millimetres of the picture as a person sees it (turned by the rotation);
 * pixels appear only where the picture is made. A panel's pixels need not be square.
 */
#ifndef APP_UI_SCREEN_H
#define APP_UI_SCREEN_H

#include <stdbool.h>

struct screen {
    int width_px, height_px; /* of the panel */
    int width_mm, height_mm; /* of the panel */
    int rotation;            /* 0, 90, 180, 270: clockwise, picture and touch together */
};

struct rect {
    double x, y, w, h; /* mm */
};

/* The picture's size as a person sees it. */
struct rect screen_area(const struct screen *screen);

/* From a panel's pixel to the picture's millimetres. */
void screen_from_px(const struct screen *screen, double x_px, double y_px, double *out_x,
                    double *out_y);

bool rect_has(struct rect rect, double x, double y);
bool rect_is_same(struct rect a, struct rect b);
struct rect rect_inset(struct rect rect, double by);

/* Cuts `size` off one side of *rest, and a gap besides; returns what was cut. */
struct rect rect_cut_top(struct rect *rest, double size, double gap);
struct rect rect_cut_bottom(struct rect *rest, double size, double gap);
struct rect rect_cut_left(struct rect *rest, double size, double gap);
struct rect rect_cut_right(struct rect *rest, double size, double gap);

#endif
