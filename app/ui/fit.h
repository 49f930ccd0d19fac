/*
 * fit.h - where a picture lies in a window that is larger or smaller. Pure.
 *
 * A larger window shows it in whole multiples, so that it stays sharp; a smaller one shows all of
 * it smaller, since what is cut off cannot be touched. Its sides keep their proportion.
 */
#ifndef APP_UI_FIT_H
#define APP_UI_FIT_H

#include <stdbool.h>

/* The picture's place, in pixels of the window. */
struct fit {
    int x, y, width, height;
    int picture_width, picture_height;
};

/* All sizes are at least 1. */
struct fit fit_make(int picture_width, int picture_height, int window_width, int window_height);

/* From a place in the window to the picture's pixels; false where it is beside the picture. */
bool fit_to_picture(const struct fit *fit, double x, double y, double *out_x, double *out_y);

#endif
