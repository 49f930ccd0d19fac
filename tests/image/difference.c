#include "tests/image/difference.h"

#include <stddef.h>
#include <stdlib.h>

/* What of an area lies in a picture, as edges. */
struct edges {
    int left, top, right, bottom;
};

static int clamped(long value, int most)
{
    return value < 0 ? 0 : value > most ? most : (int)value;
}

static struct edges edges_of(struct difference_area area, const struct picture *picture)
{
    return (struct edges){
        clamped(area.x, picture->width), clamped(area.y, picture->height),
        area.width ? clamped((long)area.x + area.width, picture->width) : picture->width,
        area.height ? clamped((long)area.y + area.height, picture->height) : picture->height};
}

static bool has(struct difference_area area, int x, int y)
{
    return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

static bool is_skipped(const struct difference_bounds *bounds, int x, int y)
{
    for (int i = 0; i < DIFFERENCE_SKIPPED_MAX; i++)
        if (has(bounds->skipped[i], x, y))
            return true;
    return false;
}

/* The largest difference of a channel. */
static int distance(uint32_t one, uint32_t other)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int off = abs((int)(one >> shift & 255) - (int)(other >> shift & 255));
        if (off > most)
            most = off;
    }
    return most;
}

static void widen(struct difference_area *box, int x, int y)
{
    if (!box->width) {
        *box = (struct difference_area){x, y, 1, 1};
        return;
    }
    int right = box->x + box->width, bottom = box->y + box->height;
    right = x + 1 > right ? x + 1 : right;
    bottom = y + 1 > bottom ? y + 1 : bottom;
    box->x = x < box->x ? x : box->x;
    box->y = y < box->y ? y : box->y;
    box->width = right - box->x;
    box->height = bottom - box->y;
}

static void count(struct difference *difference, int x, int y, int off, int tolerance)
{
    difference->compared++;
    if (off > difference->most)
        difference->most = off;
    if (off <= tolerance)
        return;
    difference->differing++;
    widen(&difference->box, x, y);
}

static uint32_t pixel(const struct picture *picture, int x, int y)
{
    return picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x];
}

static void sum_up(struct difference *difference)
{
    if (difference->compared)
        difference->share = (double)difference->differing / (double)difference->compared;
}

enum rc difference_between(const struct picture *one, const struct picture *other,
                           const struct difference_bounds *bounds,
                           struct difference *out_difference)
{
    static const struct difference_bounds exact = {.tolerance = 0};
    struct difference difference = {.compared = 0};
    if (one->width != other->width || one->height != other->height)
        return RC_BAD_INPUT;
    if (!bounds)
        bounds = &exact;
    const struct edges edges = edges_of(bounds->area, one);
    for (int y = edges.top; y < edges.bottom; y++)
        for (int x = edges.left; x < edges.right; x++)
            if (!is_skipped(bounds, x, y))
                count(&difference, x, y, distance(pixel(one, x, y), pixel(other, x, y)),
                      bounds->tolerance);
    sum_up(&difference);
    *out_difference = difference;
    return RC_OK;
}

struct difference difference_from_colour(const struct picture *picture, struct difference_area area,
                                         uint32_t colour, int tolerance)
{
    struct difference difference = {.compared = 0};
    const struct edges edges = edges_of(area, picture);
    for (int y = edges.top; y < edges.bottom; y++)
        for (int x = edges.left; x < edges.right; x++)
            count(&difference, x, y, distance(pixel(picture, x, y), colour), tolerance);
    sum_up(&difference);
    return difference;
}

bool difference_is_within(const struct difference *difference,
                          const struct difference_bounds *bounds)
{
    return difference->compared > 0 && difference->share <= (bounds ? bounds->share : 0);
}
