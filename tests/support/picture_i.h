/*
 * picture_i.h - the inside of comparing pictures, shared by picture_compare.c (the numbers) and
 * picture_difference.c (the heat map). Nobody else includes it.
 */
#ifndef TESTS_SUPPORT_PICTURE_I_H
#define TESTS_SUPPORT_PICTURE_I_H

#include "tests/support/picture.h"

#define PICTURE_WINDOW 8 /* pixels of a look along each side */
#define PICTURE_STEP 4   /* from one window to the next */

/* What two windows at the same place have in common. */
struct picture_window {
    double structure; /* SSIM */
    double colour;    /* delta E */
};

/* All windows of two pictures, row by row. */
struct picture_windows {
    int look_width; /* of the pictures as they were looked at */
    int across, down;
    struct picture_window *rows;
};

/* RC_BAD_INPUT: the pictures differ in size. RC_LIMIT: smaller than a window. */
enum rc picture_windows_open(const struct picture *old, const struct picture *new,
                             struct picture_windows *out_windows) MUST_CHECK;
void picture_windows_close(struct picture_windows *windows);

/* How far a window is beyond the bounds: 0 nothing differs, 1 just too much. */
double picture_window_heat(const struct picture_window *window);

#endif
