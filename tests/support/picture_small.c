/* Few colours: what is kept in the tree has to be small. */
#include "tests/support/picture.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A colour of the picture, how often it is there, and how far the palette is from it so far. */
struct shade {
    uint32_t colour;
    int count;
    int distance;
    uint8_t place; /* of the nearest one in the palette */
};

struct shades {
    struct shade *rows; /* by colour */
    size_t count;
};

static int by_colour(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int square(int number)
{
    return number * number;
}

static int distance(uint32_t a, uint32_t b)
{
    return square((int)(a >> 16 & 255) - (int)(b >> 16 & 255)) +
           square((int)(a >> 8 & 255) - (int)(b >> 8 & 255)) +
           square((int)(a & 255) - (int)(b & 255));
}

static enum rc count_shades(const struct picture *picture, struct shades *out_shades)
{
    size_t pixels = (size_t)picture->width * (size_t)picture->height, count = 0;
    uint32_t *sorted = malloc(pixels * sizeof sorted[0]);
    struct shade *rows = malloc(pixels * sizeof rows[0]);
    if (!sorted || !rows) {
        free(sorted);
        free(rows);
        return RC_NO_MEMORY;
    }
    for (size_t i = 0; i < pixels; i++)
        sorted[i] = picture->pixels[i] & 0xFFFFFF;
    qsort(sorted, pixels, sizeof sorted[0], by_colour);
    for (size_t i = 0; i < pixels; i++) {
        if (!i || sorted[i] != sorted[i - 1])
            rows[count++] = (struct shade){.colour = sorted[i], .distance = 3 * 255 * 255};
        rows[count - 1].count++;
    }
    free(sorted);
    *out_shades = (struct shades){rows, count};
    return RC_OK;
}

/* The shade that the palette so far does worst, by how many pixels it has. NULL: all are in it. */
static const struct shade *find_worst(const struct shades *shades)
{
    const struct shade *worst = NULL;
    double most = 0;
    for (size_t i = 0; i < shades->count; i++) {
        const struct shade *shade = &shades->rows[i];
        double cost = (double)shade->count * shade->distance;
        if (cost > most) {
            most = cost;
            worst = shade;
        }
    }
    return worst;
}

/* Flat grounds come first and stay as they are; a small dot of its own colour is not lost. */
static int choose_palette(struct shades *shades, png_color *out_palette)
{
    const struct shade *next;
    int count = 0;
    while (count < PICTURE_COLOURS && (next = find_worst(shades))) {
        uint32_t colour = next->colour;
        out_palette[count] = (png_color){(png_byte)(colour >> 16), (png_byte)(colour >> 8 & 255),
                                         (png_byte)(colour & 255)};
        for (size_t i = 0; i < shades->count; i++) {
            struct shade *shade = &shades->rows[i];
            int far = distance(shade->colour, colour);
            if (far < shade->distance) {
                shade->distance = far;
                shade->place = (uint8_t)count;
            }
        }
        count++;
    }
    return count;
}

static void place_row(const struct picture *picture, const struct shades *shades, int y,
                      uint8_t *out_places)
{
    for (int x = 0; x < picture->width; x++) {
        uint32_t colour =
            picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x] & 0xFFFFFF;
        const struct shade *shade =
            bsearch(&colour, shades->rows, shades->count, sizeof shades->rows[0], by_colour);
        out_places[x] = shade->place;
    }
}

/* libpng comes back here by longjmp when it fails; nothing of its own is lost then. */
static enum rc write_file(const struct picture *picture, const struct shades *shades,
                          const png_color *palette, int colours, FILE *file)
{
    uint8_t places[PICTURE_SIDE_MAX];
    png_infop info = NULL;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    if (png)
        info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return info ? RC_IO : RC_NO_MEMORY;
    }
    png_init_io(png, file);
    png_set_compression_level(png, 9);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height, 8,
                 PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, palette, colours);
    png_write_info(png, info);
    for (int y = 0; y < picture->height; y++) {
        place_row(picture, shades, y, places);
        png_write_row(png, places);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return RC_OK;
}

enum rc picture_write_small(const struct picture *picture, const char *path)
{
    png_color palette[PICTURE_COLOURS];
    struct shades shades;
    enum rc rc = count_shades(picture, &shades);
    if (rc)
        return rc;
    int colours = choose_palette(&shades, palette);
    FILE *file = fopen(path, "we");
    rc = file ? write_file(picture, &shades, palette, colours, file) : rc_from_errno(errno);
    if (file && fclose(file) && !rc)
        rc = RC_IO;
    free(shades.rows);
    return rc;
}
