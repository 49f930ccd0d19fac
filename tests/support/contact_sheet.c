#include "tests/support/contact_sheet.h"

#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdlib.h>

#include "tests/support/picture.h"

#define GAP 12
#define TITLE_H 56
#define CAPTION_H 26

/* Where everything goes. */
struct plan {
    const struct contact_picture *pictures;
    int count, per_row, rows;
    int row_h; /* of the pictures in it, without captions */
    int top;   /* where the first row begins */
    int width, height;
};

/* --- the plan --- */

static bool has_picture(const struct plan *plan, int i)
{
    return i < plan->count && plan->pictures[i].path;
}

/* How wide a picture of that number is where it is 1 high; 0: there is none. */
static enum rc measure(const struct plan *plan, int i, double *out_shape, int *out_height,
                       struct reason *out_reason)
{
    int width, height;
    if (!has_picture(plan, i)) {
        *out_shape = 0;
        *out_height = 0;
        return RC_OK;
    }
    enum rc rc = picture_measure(plan->pictures[i].path, &width, &height);
    if (rc) {
        reason_set(out_reason, "the picture %s cannot be read: %s", plan->pictures[i].path,
                   rc_text(rc));
        return rc;
    }
    *out_shape = (double)width / height;
    *out_height = height;
    return RC_OK;
}

static int gaps(const struct plan *plan)
{
    return (plan->per_row + 1) * GAP;
}

/* As high as the widest row allows, and no picture larger than it is. */
static enum rc plan_rows(struct plan *plan, struct reason *out_reason)
{
    double widest = 0;
    int highest = 0;
    for (int row = 0; row < plan->rows; row++) {
        double wide = 0;
        for (int i = row * plan->per_row; i < (row + 1) * plan->per_row; i++) {
            double shape;
            int height;
            enum rc rc = measure(plan, i, &shape, &height, out_reason);
            if (rc)
                return rc;
            wide += shape;
            highest = height > highest ? height : highest;
        }
        widest = fmax(widest, wide);
    }
    if (widest <= 0) {
        reason_set(out_reason, "there is no picture to put on a sheet");
        return RC_NOT_FOUND;
    }
    double room = (double)(PICTURE_SIDE_MAX - plan->top) / plan->rows - GAP - CAPTION_H;
    double row_h = fmin((CONTACT_SHEET_WIDTH_PX - gaps(plan)) / widest, fmin(highest, room));
    plan->row_h = row_h < 1 ? 1 : (int)row_h;
    plan->width = (int)ceil(widest * plan->row_h) + gaps(plan);
    plan->height = plan->top + plan->rows * (plan->row_h + CAPTION_H + GAP);
    return RC_OK;
}

/* --- drawing --- */

static void draw_text(cairo_t *cairo, const char *text, double x, double y, double width, int size)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    PangoFontDescription *font = pango_font_description_from_string("Inter, Noto Sans");
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_height(layout, -1);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
    cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void paint(cairo_t *cairo, const struct picture *picture, double x, double y)
{
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data((unsigned char *)picture->pixels, CAIRO_FORMAT_RGB24,
                                            picture->width, picture->height, picture->width * 4);
    cairo_set_source_surface(cairo, surface, x, y);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0); /* lets go of the pixels */
    cairo_surface_destroy(surface);
}

/* One picture with its caption; *x moves on. */
static enum rc draw_picture(cairo_t *cairo, const struct contact_picture *one, int row_h, double y,
                            double *x)
{
    struct picture whole, small;
    enum rc rc = picture_read(one->path, &whole);
    if (rc)
        return rc;
    int height = whole.height < row_h ? whole.height : row_h;
    int width = (int)lround((double)whole.width * height / whole.height);
    rc = picture_scale(&whole, width > 0 ? width : 1, height, &small);
    picture_close(&whole);
    if (rc)
        return rc;
    paint(cairo, &small, *x, y);
    draw_text(cairo, one->caption, *x, y + row_h + 3, small.width, 15);
    *x += small.width + GAP;
    picture_close(&small);
    return RC_OK;
}

static enum rc draw_rows(cairo_t *cairo, const struct plan *plan, struct reason *out_reason)
{
    for (int row = 0; row < plan->rows; row++) {
        double x = GAP, y = plan->top + row * (plan->row_h + CAPTION_H + GAP);
        for (int i = row * plan->per_row; i < (row + 1) * plan->per_row; i++) {
            enum rc rc = has_picture(plan, i)
                             ? draw_picture(cairo, &plan->pictures[i], plan->row_h, y, &x)
                             : RC_OK;
            if (rc) {
                reason_set(out_reason, "the picture %s cannot be read: %s", plan->pictures[i].path,
                           rc_text(rc));
                return rc;
            }
        }
    }
    return RC_OK;
}

static enum rc draw(const struct plan *plan, const char *title, const char *path,
                    struct reason *out_reason)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, plan->width, plan->height);
    cairo_t *cairo = cairo_create(surface);
    enum rc rc = cairo_status(cairo) ? RC_NO_MEMORY : RC_OK;
    cairo_set_source_rgb(cairo, 0.9, 0.9, 0.9);
    cairo_paint(cairo);
    if (title)
        draw_text(cairo, title, GAP, GAP, plan->width - 2 * GAP, 28);
    if (!rc)
        rc = draw_rows(cairo, plan, out_reason);
    else
        reason_set(out_reason, "there is no memory for a sheet of %d rows", plan->rows);
    if (!rc && cairo_surface_write_to_png(surface, path)) {
        reason_set(out_reason, "the sheet %s cannot be written; is its folder there?", path);
        rc = RC_IO;
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return rc;
}

enum rc contact_sheet_write(const char *title, const struct contact_picture *pictures, int count,
                            int per_row, const char *path, struct reason *out_reason)
{
    struct plan plan = {.pictures = pictures,
                        .count = count,
                        .per_row = per_row,
                        .rows = per_row > 0 ? (count + per_row - 1) / per_row : 0,
                        .top = title ? TITLE_H : GAP};
    if (count < 1 || per_row < 1 || plan.rows > CONTACT_SHEET_ROWS_MAX) {
        reason_set(out_reason, "a sheet has 1 to %d rows of at least one picture",
                   CONTACT_SHEET_ROWS_MAX);
        return RC_LIMIT;
    }
    enum rc rc = plan_rows(&plan, out_reason);
    return rc ? rc : draw(&plan, title, path, out_reason);
}
