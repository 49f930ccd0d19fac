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

/* How much of the pixel `at` lies between `from` and `to`. */
static double share(int at, double from, double to)
{
    return fmin(to, at + 1) - fmax(from, at);
}

/* The mean colour of a piece that need not end between pixels. */
static uint32_t mean_of(const struct picture *picture, double x0, double y0, double x1, double y1)
{
    double red = 0, green = 0, blue = 0, all = 0;
    for (int y = (int)y0; y < picture->height && y < y1; y++)
        for (int x = (int)x0; x < picture->width && x < x1; x++) {
            uint32_t pixel = picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x];
            double part = share(x, x0, x1) * share(y, y0, y1);
            red += part * (pixel >> 16 & 255);
            green += part * (pixel >> 8 & 255);
            blue += part * (pixel & 255);
            all += part;
        }
    return (uint32_t)lround(red / all) << 16 | (uint32_t)lround(green / all) << 8 |
           (uint32_t)lround(blue / all);
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
    double across = (double)picture->width / width, down = (double)picture->height / height;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            small.pixels[(size_t)y * (size_t)width + (size_t)x] =
                mean_of(picture, x * across, y * down, (x + 1) * across, (y + 1) * down);
    *out_picture = small;
    return RC_OK;
}

enum rc picture_scale_to_width(const struct picture *picture, int width,
                               struct picture *out_picture)
{
    int height = (int)lround((double)picture->height * width / picture->width);
    return picture_scale(picture, width, height > 0 ? height : 1, out_picture);
}
