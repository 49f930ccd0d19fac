/*
 * difference.h - two pictures, or a picture and a colour, pixel by pixel. Where letters may wander
 * there is picture_compare, which looks as an eye does. Pure; any thread.
 */
#ifndef TESTS_IMAGE_DIFFERENCE_H
#define TESTS_IMAGE_DIFFERENCE_H

#include "tests/support/picture.h"

/* In pixels; width or height 0: to the picture's edge. What is beyond the picture is left out. */
struct difference_area {
    int x, y, width, height;
};

#define DIFFERENCE_SKIPPED_MAX 4

struct difference_bounds {
    int tolerance; /* by how much a channel (0 to 255) may be off */
    double share;  /* of the compared pixels that may be further off, 0 to 1 */
    struct difference_area area;
    struct difference_area skipped[DIFFERENCE_SKIPPED_MAX]; /* not compared: a clock; 0 x 0: none */
};

struct difference {
    long compared, differing;
    double share;               /* differing of compared; 0 where nothing was compared */
    int most;                   /* the largest difference of a channel */
    struct difference_area box; /* around all that differ */
};

/* `bounds` NULL: all of it, exactly. RC_BAD_INPUT: they differ in size. */
enum rc difference_between(const struct picture *one, const struct picture *other,
                           const struct difference_bounds *bounds,
                           struct difference *out_difference) MUST_CHECK;

/* The pixels of an area against one colour, 0xRRGGBB. */
struct difference difference_from_colour(const struct picture *picture, struct difference_area area,
                                         uint32_t colour, int tolerance);

/* Something was compared, and no more of it differs than may. */
bool difference_is_within(const struct difference *difference,
                          const struct difference_bounds *bounds);

#endif
