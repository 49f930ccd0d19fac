/*
 * picture.h - pictures of screens as tests see them: read, written, scaled down, and compared the
 * way an eye does.
 *
 * Whoever makes a picture closes it. Any thread, one at a time per picture. What is never done
 * here: drawing a screen (gallery.h and the stage do that).
 */
#ifndef TESTS_SUPPORT_PICTURE_H
#define TESTS_SUPPORT_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/ui/canvas.h"
#include "firmware/base/rc.h"

#define PICTURE_SIDE_MAX 32000 /* Cairo's own limit is 32767 */

struct picture {
    int width, height;
    uint32_t *pixels; /* 0x00RRGGBB, row by row without gaps */
};

/* Black. RC_LIMIT: no size for a picture. */
enum rc picture_make(int width, int height, struct picture *out_picture) MUST_CHECK;
void picture_close(struct picture *picture);

/* A copy of what a canvas of that screen shows, in the panel's orientation. */
enum rc picture_of_canvas(const struct canvas *canvas, const struct screen *screen,
                          struct picture *out_picture) MUST_CHECK;

/* A PNG file; what is transparent in it becomes white. RC_NOT_FOUND, RC_BAD_INPUT, RC_LIMIT. */
enum rc picture_read(const char *path, struct picture *out_picture) MUST_CHECK;

/* The size of a PNG file, without reading the rest of it. */
enum rc picture_measure(const char *path, int *out_width, int *out_height) MUST_CHECK;

/* As PNG, every colour as it is. */
enum rc picture_write(const struct picture *picture, const char *path) MUST_CHECK;

/* As a PNG of at most PICTURE_COLOURS colours, a third of the size: for what is kept in the tree.
 */
#define PICTURE_COLOURS 64
enum rc picture_write_small(const struct picture *picture, const char *path) MUST_CHECK;

/* Smaller, every pixel the mean of the area it stands for. RC_LIMIT: it would become larger. */
enum rc picture_scale(const struct picture *picture, int width, int height,
                      struct picture *out_picture) MUST_CHECK;

/* The same with its sides in proportion. */
enum rc picture_scale_to_width(const struct picture *picture, int width,
                               struct picture *out_picture) MUST_CHECK;

/* --- comparing --- */

/*
 * How alike two pictures are to somebody in front of them. Both are looked at from some way off
 * (PICTURE_LOOK_PX along the longer side: half a millimetre of a 7" panel), in windows of 8 x 8
 * pixels. A window may have wandered by 3 pixels, 1.4 mm: letters do from one version of a typeface
 * to the next. A place is four windows that overlap, 5.8 mm square: a few letters.
 *
 * Structure is SSIM on lightness (Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, IEEE
 * Trans. Image Processing 13(4), 2004; square windows, K1 = 0.01, K2 = 0.03). Colour is the
 * difference of a window's mean colours in CIELAB, delta E*ab (CIE 1976; ISO/CIE 11664-4).
 */
#define PICTURE_LOOK_PX 320

struct picture_likeness {
    double structure;       /* mean over all windows, 1: the same */
    double structure_least; /* of the place that differs most */
    double colour;          /* delta E, mean over all windows, 0: the same */
    double colour_most;     /* of the place that differs most */
    bool is_same;           /* within all bounds */
    char why[96];           /* the first bound that is not kept, and by how much; "" */
};

/* RC_BAD_INPUT: they differ in size. */
enum rc picture_compare(const struct picture *old, const struct picture *new,
                        struct picture_likeness *out_likeness) MUST_CHECK;

/* Writes old, new, and where they differ (the hotter, the more), side by side. */
enum rc picture_difference(const struct picture *old, const struct picture *new,
                           const char *path) MUST_CHECK;

#endif
