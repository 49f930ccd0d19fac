/*
 * ink.h - lines drawn with a finger: a signature, as strokes of points. Plain data.
 *
 * Points are parts of the pad, 0 to 10 000 each way, so that they mean the same on every screen.
 */
#ifndef APP_UI_INK_H
#define APP_UI_INK_H

#include <stdbool.h>
#include <stdint.h>

#define INK_POINTS_MAX 1024
#define INK_STROKES_MAX 48
#define INK_FULL 10000

struct ink {
    int16_t x[INK_POINTS_MAX], y[INK_POINTS_MAX];
    int count;
    int begins[INK_STROKES_MAX]; /* index of each stroke's first point */
    int strokes;
};

/* A finger comes down; false when there is no room for another stroke. */
bool ink_begin(struct ink *ink, double x, double y);

/* It moves, `x` and `y` parts of the pad (cut off at its edges); near points are left out. */
void ink_add(struct ink *ink, double x, double y);

void ink_clear(struct ink *ink);

/* Is there enough of it to be a signature: more than a dot? */
bool ink_is_drawn(const struct ink *ink);

#endif
