#include "tests/support/picture.h"

#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum rc picture_make(int width, int height, struct picture *out_picture)
{
    if (width < 1 || height < 1 || width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX)
        return RC_LIMIT;
    uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof pixels[0]);
    if (!pixels)
        return RC_NO_MEMORY;
    *out_picture = (struct picture){width, height, pixels};
    return RC_OK;
}

void picture_close(struct picture *picture)
{
    if (!picture)
        return;
    free(picture->pixels);
    *picture = (struct picture){0, 0, NULL};
}

enum rc picture_of_canvas(const struct canvas *canvas, const struct screen *screen,
                          struct picture *out_picture)
{
    int stride;
    struct picture picture;
    const uint8_t *from = canvas_pixels(canvas, &stride);
    enum rc rc = picture_make(screen->width_px, screen->height_px, &picture);
    if (rc)
        return rc;
    size_t row = (size_t)picture.width * sizeof picture.pixels[0];
    for (int y = 0; y < picture.height; y++)
        memcpy(picture.pixels + (size_t)y * (size_t)picture.width,
               from + (size_t)y * (size_t)stride, row);
    *out_picture = picture;
    return RC_OK;
}

/* --- files --- */

/* Cairo's view of the pixels; rows of 32 bit each have no gaps in it either. */
static cairo_surface_t *surface_of(const struct picture *picture)
{
    return cairo_image_surface_create_for_data((unsigned char *)picture->pixels, CAIRO_FORMAT_RGB24,
                                               picture->width, picture->height, picture->width * 4);
}

static enum rc rc_of(cairo_status_t status)
{
    switch (status) {
    case CAIRO_STATUS_SUCCESS: return RC_OK;
    case CAIRO_STATUS_NO_MEMORY: return RC_NO_MEMORY;
    case CAIRO_STATUS_FILE_NOT_FOUND: return RC_NOT_FOUND;
    case CAIRO_STATUS_WRITE_ERROR: return RC_IO;
    default: return RC_BAD_INPUT;
    }
}

enum rc picture_read(const char *path, struct picture *out_picture)
{
    struct picture picture;
    int width, height;
    enum rc rc = picture_measure(path, &width, &height);
    if (!rc)
        rc = picture_make(width, height, &picture);
    if (rc)
        return rc;
    cairo_surface_t *file = cairo_image_surface_create_from_png(path);
    cairo_surface_t *surface = surface_of(&picture);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_surface(cairo, file, 0, 0);
    cairo_paint(cairo);
    rc = rc_of(cairo_surface_status(file));
    if (!rc)
        rc = rc_of(cairo_status(cairo));
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    cairo_surface_destroy(file);
    if (rc)
        picture_close(&picture);
    else
        *out_picture = picture;
    return rc;
}

static int number_at(const uint8_t *bytes)
{
    uint32_t number =
        (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return number > PICTURE_SIDE_MAX ? 0 : (int)number;
}

/* The first chunk of every PNG file is IHDR, and begins with width and height (PNG 1.2, 11.2.2). */
enum rc picture_measure(const char *path, int *out_width, int *out_height)
{
    static const uint8_t begin[] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    uint8_t head[24];
    FILE *file = fopen(path, "re");
    if (!file)
        return rc_from_errno(errno);
    size_t got = fread(head, 1, sizeof head, file);
    fclose(file);
    if (got != sizeof head || memcmp(head, begin, sizeof begin) != 0 ||
        memcmp(head + 12, "IHDR", 4) != 0)
        return RC_BAD_INPUT;
    int width = number_at(head + 16), height = number_at(head + 20);
    if (!width || !height)
        return RC_LIMIT;
    *out_width = width;
    *out_height = height;
    return RC_OK;
}

enum rc picture_write(const struct picture *picture, const char *path)
{
    cairo_surface_t *surface = surface_of(picture);
    enum rc rc = rc_of(cairo_surface_write_to_png(surface, path));
    cairo_surface_destroy(surface);
    return rc;
}

/* --- scaling --- */

/* A pixel of the smaller picture while it is summed up. */
struct sum {
    double red, green, blue;
};

/* Where a line of pixels lies in the smaller picture: the place it begins in, and how much of it.
 */
struct part {
    int place;
    double first;
};

static struct part part_at(int at, double by)
{
    int place = (int)((at + 1e-9) / by);
    double end = (place + 1) * by;
    return (struct part){place, end >= at + 1 ? 1 : end - at};
}

static struct sum sum_with(struct sum sum, uint32_t pixel, double part)
{
    return (struct sum){sum.red + part * (pixel >> 16 & 255), sum.green + part * (pixel >> 8 & 255),
                        sum.blue + part * (pixel & 255)};
}

/* What of a pixel is not in its first place is in the next one; no place is left out. */
static void add_row(const struct picture *picture, int y, const struct part *columns, double part,
                    struct sum *sums)
{
    const uint32_t *row = picture->pixels + (size_t)y * (size_t)picture->width;
    struct sum sum = sums[0];
    int place = 0;
    for (int x = 0; x < picture->width; x++) {
        const struct part column = columns[x];
        if (column.place != place) {
            sums[place] = sum;
            sum = sums[++place];
        }
        sum = sum_with(sum, row[x], part * column.first);
        if (column.first < 1) {
            sums[place] = sum;
            sum = sum_with(sums[++place], row[x], part * (1 - column.first));
        }
    }
    sums[place] = sum;
}

static uint32_t rounded(double value)
{
    return (uint32_t)(value + 0.5);
}

static void finish_row(struct sum *sums, int width, double area, uint32_t *out_row)
{
    for (int x = 0; x < width; x++)
        out_row[x] = rounded(sums[x].red / area) << 16 | rounded(sums[x].green / area) << 8 |
                     rounded(sums[x].blue / area);
}

/* Two rows of sums, since a row of pixels may lie in two places; each with one to spare. */
static void scale(const struct picture *picture, struct part *columns, struct sum *sums,
                  struct picture *small)
{
    double across = (double)picture->width / small->width;
    double down = (double)picture->height / small->height;
    size_t room = (size_t)small->width + 1;
    struct sum *now = sums, *next = sums + room;
    int row = 0;
    for (int x = 0; x < picture->width; x++)
        columns[x] = part_at(x, across);
    for (int y = 0; y < picture->height; y++) {
        struct part line = part_at(y, down);
        if (line.place > row) {
            finish_row(now, small->width, across * down,
                       small->pixels + (size_t)row++ * (size_t)small->width);
            memset(now, 0, room * sizeof now[0]);
            struct sum *other = now;
            now = next;
            next = other;
        }
        add_row(picture, y, columns, line.first, now);
        if (line.first < 1)
            add_row(picture, y, columns, 1 - line.first, next);
    }
    finish_row(now, small->width, across * down,
               small->pixels + (size_t)row * (size_t)small->width);
}

enum rc picture_scale(const struct picture *picture, int width, int height,
                      struct picture *out_picture)
{
    struct picture small;
    if (width > picture->width || height > picture->height)
        return RC_LIMIT;
    enum rc rc = picture_make(width, height, &small);
    if (rc)
        return rc;
    struct part *columns = calloc((size_t)picture->width, sizeof columns[0]);
    struct sum *sums = calloc(2 * ((size_t)width + 1), sizeof sums[0]);
    rc = columns && sums ? RC_OK : RC_NO_MEMORY;
    if (!rc)
        scale(picture, columns, sums, &small);
    free(columns);
    free(sums);
    if (rc)
        picture_close(&small);
    else
        *out_picture = small;
    return rc;
}

enum rc picture_scale_to_width(const struct picture *picture, int width,
                               struct picture *out_picture)
{
    int height = (int)lround((double)picture->height * width / picture->width);
    return picture_scale(picture, width, height > 0 ? height : 1, out_picture);
}
