#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/picture_i.h"

#define GAP 8
#define GAP_COLOUR 0x808080

static uint32_t *row_of(const struct picture *picture, int y)
{
    return picture->pixels + (size_t)y * (size_t)picture->width;
}

static void paste(const struct picture *from, struct picture *to, int x)
{
    for (int y = 0; y < from->height; y++)
        memcpy(row_of(to, y) + x, row_of(from, y), (size_t)from->width * sizeof(uint32_t));
}

/* A pale picture; yellow where something differs, red where more than the bounds allow. */
static uint32_t tint(uint32_t pixel, double heat)
{
    double grey =
        0.2126 * (pixel >> 16 & 255) + 0.7152 * (pixel >> 8 & 255) + 0.0722 * (pixel & 255);
    double pale = 180 + grey / 4, warm = fmin(heat, 1), hot = fmin(fmax(heat - 1, 0), 1);
    uint32_t red = (uint32_t)lround(pale + (255 - pale) * warm);
    uint32_t green = (uint32_t)lround(pale * (1 - (heat > 1 ? 0.4 + 0.6 * hot : 0)));
    uint32_t blue = (uint32_t)lround(pale * (1 - warm));
    return red << 16 | green << 8 | blue;
}

/* Each place of the picture is as hot as the hottest window it lies in. */
static void spread(const struct picture_windows *windows, struct picture *hot, double *heats)
{
    double by = (double)windows->look_width / hot->width;
    for (int i = 0; i < windows->across * windows->down; i++) {
        double heat = picture_window_heat(&windows->rows[i]);
        int x0 = (int)((i % windows->across) * PICTURE_STEP / by);
        int y0 = (int)((i / windows->across) * PICTURE_STEP / by);
        int size = (int)(PICTURE_WINDOW / by);
        for (int y = y0; y < y0 + size && y < hot->height; y++)
            for (int x = x0; x < x0 + size && x < hot->width; x++) {
                double *place = &heats[(size_t)y * (size_t)hot->width + (size_t)x];
                *place = fmax(*place, heat);
            }
    }
}

static enum rc make_heat(const struct picture *old, const struct picture *new,
                         struct picture *out_hot)
{
    struct picture_windows windows;
    struct picture hot;
    size_t count = (size_t) new->width *(size_t) new->height;
    enum rc rc = picture_windows_open(old, new, &windows);
    if (rc)
        return rc;
    double *heats = calloc(count, sizeof heats[0]);
    rc = heats ? picture_make(new->width, new->height, &hot) : RC_NO_MEMORY;
    if (!rc) {
        spread(&windows, &hot, heats);
        for (size_t i = 0; i < count; i++)
            hot.pixels[i] = tint(new->pixels[i], heats[i]);
        *out_hot = hot;
    }
    free(heats);
    picture_windows_close(&windows);
    return rc;
}

enum rc picture_difference(const struct picture *old, const struct picture *new, const char *path)
{
    struct picture hot, all;
    enum rc rc = make_heat(old, new, &hot);
    if (rc)
        return rc;
    rc = picture_make(3 * new->width + 2 * GAP, new->height, &all);
    if (!rc) {
        for (size_t i = 0; i < (size_t)all.width * (size_t)all.height; i++)
            all.pixels[i] = GAP_COLOUR;
        paste(old, &all, 0);
        paste(new, &all, new->width + GAP);
        paste(&hot, &all, 2 * (new->width + GAP));
        rc = picture_write(&all, path);
        picture_close(&all);
    }
    picture_close(&hot);
    return rc;
}
