#include "app/ui/ink.h"

#include <stdlib.h>

#define NEAR 60           /* closer than this to the last point says nothing new */
#define LEAST_LENGTH 2500 /* a quarter of the pad's width */

static int16_t part(double value)
{
    return (int16_t)(value < 0 ? 0 : value > 1 ? INK_FULL : value * INK_FULL);
}

static void put(struct ink *ink, int16_t x, int16_t y)
{
    ink->x[ink->count] = x;
    ink->y[ink->count] = y;
    ink->count++;
}

bool ink_begin(struct ink *ink, double x, double y)
{
    if (ink->strokes == INK_STROKES_MAX || ink->count == INK_POINTS_MAX)
        return false;
    ink->begins[ink->strokes++] = ink->count;
    put(ink, part(x), part(y));
    return true;
}

void ink_add(struct ink *ink, double x, double y)
{
    int16_t px = part(x), py = part(y);
    if (!ink->strokes || ink->count == INK_POINTS_MAX)
        return;
    if (abs(px - ink->x[ink->count - 1]) + abs(py - ink->y[ink->count - 1]) < NEAR)
        return;
    put(ink, px, py);
}

void ink_clear(struct ink *ink)
{
    ink->count = ink->strokes = 0;
}

bool ink_is_drawn(const struct ink *ink)
{
    int length = 0, stroke = 1;
    for (int i = 1; i < ink->count; i++) {
        if (stroke < ink->strokes && ink->begins[stroke] == i)
            stroke++;
        else
            length += abs(ink->x[i] - ink->x[i - 1]) + abs(ink->y[i] - ink->y[i - 1]);
    }
    return length >= LEAST_LENGTH;
}
