#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/picture_i.h"

#define WANDER 3                              /* pixels that a window may have moved */
#define LEAST (PICTURE_WINDOW + PICTURE_STEP) /* a place fits in */
#define ALIKE 0.995                           /* then nobody looks for a better place */
#define ALIKE_COLOUR 0.5

struct lab {
    double l, a, b;
};

/* What is needed of a window again and again. */
struct window {
    bool is_measured;
    struct lab mean;
    double variance; /* of its lightness */
};

/* A picture seen from some way off, in CIELAB, and the windows that begin at each pixel of it. */
struct look {
    int width, height;
    struct lab *pixels;
    struct window *windows;
};

/* --- CIELAB --- */

/* IEC 61966-2-1, from sRGB to linear light. */
static double linear(uint32_t value)
{
    static double table[256]; /* 0 stays 0, whenever it is asked for */
    double c = (double)(value & 255) / 255.0, *known = &table[value & 255];
    if (*known == 0)
        *known = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    return *known;
}

/* CIE 15: the cube root, and a straight line where it would be too steep. */
static double root(double t)
{
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

static struct lab lab_of(uint32_t colour)
{
    double r = linear(colour >> 16), g = linear(colour >> 8), b = linear(colour);
    /* the white of sRGB, D65 */
    double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.0890);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/* --- looks --- */

static size_t place_of(const struct look *look, int x, int y)
{
    return (size_t)y * (size_t)look->width + (size_t)x;
}

static struct window measure(const struct look *look, int x, int y)
{
    static const double all = PICTURE_WINDOW * PICTURE_WINDOW;
    struct lab sum = {0, 0, 0};
    double squares = 0;
    for (int j = 0; j < PICTURE_WINDOW; j++)
        for (int i = 0; i < PICTURE_WINDOW; i++) {
            const struct lab *pixel = &look->pixels[place_of(look, x + i, y + j)];
            sum.l += pixel->l;
            sum.a += pixel->a;
            sum.b += pixel->b;
            squares += pixel->l * pixel->l;
        }
    return (struct window){.is_measured = true,
                           .mean = {sum.l / all, sum.a / all, sum.b / all},
                           .variance = (squares - sum.l * sum.l / all) / (all - 1)};
}

static const struct window *window_at(const struct look *look, int x, int y)
{
    struct window *window = &look->windows[place_of(look, x, y)];
    if (!window->is_measured)
        *window = measure(look, x, y);
    return window;
}

static void look_close(struct look *look)
{
    free(look->pixels);
    free(look->windows);
}

static enum rc look_fill(const struct picture *small, struct look *look)
{
    size_t count = (size_t)small->width * (size_t)small->height;
    look->width = small->width;
    look->height = small->height;
    look->pixels = malloc(count * sizeof look->pixels[0]);
    look->windows = calloc(count, sizeof look->windows[0]);
    if (!look->pixels || !look->windows)
        return RC_NO_MEMORY;
    /* most pixels of a screen have the colour of the one before */
    for (size_t i = 0; i < count; i++)
        look->pixels[i] = i && small->pixels[i] == small->pixels[i - 1] ? look->pixels[i - 1]
                                                                        : lab_of(small->pixels[i]);
    return RC_OK;
}

/* look_close it, also where it failed. */
static enum rc look_open(const struct picture *picture, struct look *look)
{
    struct picture small;
    int longer = picture->width > picture->height ? picture->width : picture->height;
    double by = longer > PICTURE_LOOK_PX ? (double)PICTURE_LOOK_PX / longer : 1;
    int width = (int)lround(picture->width * by), height = (int)lround(picture->height * by);
    if (width < LEAST || height < LEAST)
        return RC_LIMIT;
    enum rc rc = picture_scale(picture, width, height, &small);
    if (rc)
        return rc;
    rc = look_fill(&small, look);
    picture_close(&small);
    return rc;
}

/* --- windows --- */

/* The sum of the products of both windows' lightness. */
static double multiply(const struct look *one, int x, int y, const struct look *other, int other_x,
                       int other_y)
{
    double sum = 0;
    for (int j = 0; j < PICTURE_WINDOW; j++) {
        const struct lab *a = &one->pixels[place_of(one, x, y + j)];
        const struct lab *b = &other->pixels[place_of(other, other_x, other_y + j)];
        for (int i = 0; i < PICTURE_WINDOW; i++)
            sum += a[i].l * b[i].l;
    }
    return sum;
}

/* A window of one picture against a window of the other. */
static struct picture_window match(const struct look *one, int x, int y, const struct look *other,
                                   int other_x, int other_y)
{
    static const double c1 = 1.0, c2 = 9.0; /* (K * 100)^2: lightness goes from 0 to 100 */
    static const double all = PICTURE_WINDOW * PICTURE_WINDOW;
    const struct window *w = window_at(one, x, y), *v = window_at(other, other_x, other_y);
    struct lab m = w->mean, n = v->mean;
    double both = (multiply(one, x, y, other, other_x, other_y) - all * m.l * n.l) / (all - 1);
    double structure = (2 * m.l * n.l + c1) * (2 * both + c2) /
                       ((m.l * m.l + n.l * n.l + c1) * (w->variance + v->variance + c2));
    double l = m.l - n.l, a = m.a - n.a, b = m.b - n.b;
    return (struct picture_window){structure, sqrt(l * l + a * a + b * b)};
}

static bool is_inside(const struct look *look, int x, int y)
{
    return x >= 0 && y >= 0 && x + PICTURE_WINDOW <= look->width &&
           y + PICTURE_WINDOW <= look->height;
}

/* The same, and the other one may have wandered. */
static struct picture_window find(const struct look *one, int x, int y, const struct look *other)
{
    struct picture_window best = match(one, x, y, other, x, y);
    if (best.structure > ALIKE && best.colour < ALIKE_COLOUR)
        return best;
    for (int dy = -WANDER; dy <= WANDER; dy++)
        for (int dx = -WANDER; dx <= WANDER; dx++) {
            if (!is_inside(other, x + dx, y + dy))
                continue;
            struct picture_window here = match(one, x, y, other, x + dx, y + dy);
            best.structure = fmax(best.structure, here.structure);
            best.colour = fmin(best.colour, here.colour);
        }
    return best;
}

static enum rc fill(const struct look *old, const struct look *new,
                    struct picture_windows *out_windows)
{
    struct picture_windows windows = {.look_width = old->width,
                                      .across = (old->width - PICTURE_WINDOW) / PICTURE_STEP + 1,
                                      .down = (old->height - PICTURE_WINDOW) / PICTURE_STEP + 1};
    size_t count = (size_t)windows.across * (size_t)windows.down;
    windows.rows = malloc(count * sizeof windows.rows[0]);
    if (!windows.rows)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        int x = (int)(i % (size_t)windows.across) * PICTURE_STEP;
        int y = (int)(i / (size_t)windows.across) * PICTURE_STEP;
        /* Both ways: what was there must still be there, what is there must have been. */
        struct picture_window there = find(old, x, y, new), back = find(new, x, y, old);
        windows.rows[i] = (struct picture_window){fmin(there.structure, back.structure),
                                                  fmax(there.colour, back.colour)};
    }
    *out_windows = windows;
    return RC_OK;
}

enum rc picture_windows_open(const struct picture *old, const struct picture *new,
                             struct picture_windows *out_windows)
{
    struct look one = {0}, other = {0};
    if (old->width != new->width || old->height != new->height)
        return RC_BAD_INPUT;
    enum rc rc = look_open(old, &one);
    if (!rc)
        rc = look_open(new, &other);
    if (!rc)
        rc = fill(&one, &other, out_windows);
    look_close(&one);
    look_close(&other);
    return rc;
}

void picture_windows_close(struct picture_windows *windows)
{
    free(windows->rows);
    windows->rows = NULL;
}

/* --- the verdict --- */

/*
 * Chosen between what letters differ by on Debian 12 and 13 (Inter 4.0 and 4.1, FreeType 2.12 and
 * 2.13; 0.980, 0.630, 0.15 and 4.4 at worst over all screens whose lines break alike) and the least
 * that somebody would call a change: a text 3 mm away or gone (0.26 at most), a panel gone (5.3 at
 * least), a word in other letters (0.58, but for one in twelve: two or three letters that look like
 * others from some way off).
 */
static const struct bounds {
    double structure, structure_least, colour, colour_most;
} bounds = {0.97, 0.58, 0.6, 5};

double picture_window_heat(const struct picture_window *window)
{
    double structure = (1 - window->structure) / (1 - bounds.structure_least);
    return fmax(structure, window->colour / bounds.colour_most);
}

static void judge(struct picture_likeness *likeness)
{
    const struct {
        const char *what;
        double value, bound;
        bool is_broken;
    } rows[] = {
        {"structure", likeness->structure, bounds.structure,
         likeness->structure < bounds.structure},
        {"structure of one place", likeness->structure_least, bounds.structure_least,
         likeness->structure_least < bounds.structure_least},
        {"colour", likeness->colour, bounds.colour, likeness->colour > bounds.colour},
        {"colour of one place", likeness->colour_most, bounds.colour_most,
         likeness->colour_most > bounds.colour_most},
    };
    likeness->is_same = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && likeness->is_same; i++)
        if (rows[i].is_broken) {
            likeness->is_same = false;
            snprintf(likeness->why, sizeof likeness->why, "%s is %.3f, the bound %.3f",
                     rows[i].what, rows[i].value, rows[i].bound);
        }
}

/* One window may fall on a single letter; four of them do not. */
static void find_worst_place(const struct picture_windows *windows,
                             struct picture_likeness *likeness)
{
    for (int y = 0; y + 1 < windows->down; y++)
        for (int x = 0; x + 1 < windows->across; x++) {
            const struct picture_window *up = &windows->rows[y * windows->across + x];
            const struct picture_window *low = up + windows->across;
            double structure =
                (up[0].structure + up[1].structure + low[0].structure + low[1].structure) / 4;
            double colour = (up[0].colour + up[1].colour + low[0].colour + low[1].colour) / 4;
            likeness->structure_least = fmin(likeness->structure_least, structure);
            likeness->colour_most = fmax(likeness->colour_most, colour);
        }
}

enum rc picture_compare(const struct picture *old, const struct picture *new,
                        struct picture_likeness *out_likeness)
{
    struct picture_windows windows;
    struct picture_likeness likeness = {.structure_least = 1};
    enum rc rc = picture_windows_open(old, new, &windows);
    if (rc)
        return rc;
    int count = windows.across * windows.down;
    for (int i = 0; i < count; i++) {
        likeness.structure += windows.rows[i].structure / count;
        likeness.colour += windows.rows[i].colour / count;
    }
    find_worst_place(&windows, &likeness);
    picture_windows_close(&windows);
    judge(&likeness);
    *out_likeness = likeness;
    return RC_OK;
}
