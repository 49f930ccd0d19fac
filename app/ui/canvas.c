#include "app/ui/canvas.h"

#include <math.h>
#include <stdlib.h>

#include "app/ui/canvas_i.h"

#define FAMILY "Inter, Noto Sans"

/* From millimetres of the turned picture to the panel's pixels. */
static void set_matrix(cairo_t *cairo, const struct screen *screen)
{
    cairo_scale(cairo, (double)screen->width_px / screen->width_mm,
                (double)screen->height_px / screen->height_mm);
    switch (screen->rotation) {
    case 90: cairo_translate(cairo, screen->width_mm, 0); break;
    case 180: cairo_translate(cairo, screen->width_mm, screen->height_mm); break;
    case 270: cairo_translate(cairo, 0, screen->height_mm); break;
    default: break;
    }
    cairo_rotate(cairo, screen->rotation * M_PI / 180);
}

void canvas_prepare_text(struct canvas *canvas)
{
    canvas->font = pango_font_description_from_string(FAMILY);
    /* Pango spaces letters wrongly where pixels are not square, so text is set as if they were. */
    cairo_save(canvas->cairo);
    cairo_scale(canvas->cairo, 1 / canvas->stretch, 1);
    canvas->layout = pango_cairo_create_layout(canvas->cairo);
    cairo_restore(canvas->cairo);
    /* Sharp at every size: no rounding to a grid that a millimetre has nothing to do with. */
    PangoContext *context = pango_layout_get_context(canvas->layout);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_layout_context_changed(canvas->layout);
    cairo_font_options_destroy(options);
}

enum rc canvas_open(const struct screen *screen, struct canvas **out_canvas)
{
    struct canvas *canvas = calloc(1, sizeof *canvas);
    if (!canvas)
        return RC_NO_MEMORY;
    canvas->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, screen->width_px, screen->height_px);
    canvas->cairo = cairo_create(canvas->surface);
    if (cairo_status(canvas->cairo)) {
        canvas_close(canvas);
        return RC_NO_MEMORY;
    }
    set_matrix(canvas->cairo, screen);
    canvas->width_mm = screen_area(screen).w;
    canvas->stretch =
        (double)screen->width_px / screen->width_mm * screen->height_mm / screen->height_px;
    if (screen->rotation % 180)
        canvas->stretch = 1 / canvas->stretch;
    canvas_prepare_text(canvas);
    *out_canvas = canvas;
    return RC_OK;
}

void canvas_close(struct canvas *canvas)
{
    if (!canvas)
        return;
    if (canvas->layout)
        g_object_unref(canvas->layout);
    if (canvas->font)
        pango_font_description_free(canvas->font);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
    free(canvas);
}

const void *canvas_pixels(const struct canvas *canvas, int *out_stride)
{
    cairo_surface_flush(canvas->surface);
    *out_stride = cairo_image_surface_get_stride(canvas->surface);
    return cairo_image_surface_get_data(canvas->surface);
}

enum rc canvas_save_png(const struct canvas *canvas, const char *path)
{
    return cairo_surface_write_to_png(canvas->surface, path) ? RC_IO : RC_OK;
}

/* --- the mode --- */

void canvas_begin(struct canvas *canvas, const struct theme_mode *mode)
{
    canvas->mark_count = 0;
    canvas->is_mirrored = mode->is_mirrored;
    canvas->is_large = mode->is_large;
}

void canvas_forget(struct canvas *canvas)
{
    canvas->mark_count = 0;
}

struct rect canvas_place(const struct canvas *canvas, struct rect box)
{
    if (canvas->is_mirrored)
        box.x = canvas->width_mm - box.x - box.w;
    return box;
}

void canvas_set_large(struct canvas *canvas, bool is_large)
{
    canvas->is_large = is_large;
}

bool canvas_set_mirror(struct canvas *canvas, bool is_mirrored)
{
    bool before = canvas->is_mirrored;
    canvas->is_mirrored = is_mirrored;
    return before;
}

/* --- shapes --- */

void canvas_set_colour(struct canvas *canvas, uint32_t colour)
{
    cairo_set_source_rgb(canvas->cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

/* Moves the edges between pixels, where they are sharp; paper has none. */
static struct rect snap(struct canvas *canvas, struct rect rect)
{
    if (canvas->out)
        return rect;
    double x1 = rect.x, y1 = rect.y, x2 = rect.x + rect.w, y2 = rect.y + rect.h;
    cairo_user_to_device(canvas->cairo, &x1, &y1);
    cairo_user_to_device(canvas->cairo, &x2, &y2);
    x1 = round(x1);
    y1 = round(y1);
    x2 = round(x2);
    y2 = round(y2);
    cairo_device_to_user(canvas->cairo, &x1, &y1);
    cairo_device_to_user(canvas->cairo, &x2, &y2);
    return (struct rect){x1, y1, x2 - x1, y2 - y1};
}

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t colour)
{
    rect = snap(canvas, canvas_place(canvas, rect));
    canvas_set_colour(canvas, colour);
    cairo_rectangle(canvas->cairo, rect.x, rect.y, rect.w, rect.h);
    cairo_fill(canvas->cairo);
}

static void round_path(struct canvas *canvas, struct rect r, double radius)
{
    cairo_t *c = canvas->cairo;
    if (radius > r.h / 2)
        radius = r.h / 2;
    if (radius > r.w / 2)
        radius = r.w / 2;
    cairo_new_sub_path(c);
    cairo_arc(c, r.x + r.w - radius, r.y + radius, radius, -M_PI / 2, 0);
    cairo_arc(c, r.x + r.w - radius, r.y + r.h - radius, radius, 0, M_PI / 2);
    cairo_arc(c, r.x + radius, r.y + r.h - radius, radius, M_PI / 2, M_PI);
    cairo_arc(c, r.x + radius, r.y + radius, radius, M_PI, 1.5 * M_PI);
    cairo_close_path(c);
}

void canvas_round(struct canvas *canvas, struct rect rect, double radius, uint32_t colour)
{
    canvas_set_colour(canvas, colour);
    round_path(canvas, snap(canvas, canvas_place(canvas, rect)), radius);
    cairo_fill(canvas->cairo);
}

void canvas_outline(struct canvas *canvas, struct rect rect, double radius, double width,
                    uint32_t colour)
{
    canvas_set_colour(canvas, colour);
    rect = snap(canvas, canvas_place(canvas, rect));
    /* What lies between two boxes: filling is half the work of drawing along a line. */
    round_path(canvas, rect, radius);
    round_path(canvas, rect_inset(rect, width), fmax(radius - width, 0));
    cairo_set_fill_rule(canvas->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(canvas->cairo);
    cairo_set_fill_rule(canvas->cairo, CAIRO_FILL_RULE_WINDING);
}

void canvas_disc(struct canvas *canvas, double x, double y, double radius, uint32_t colour)
{
    canvas_set_colour(canvas, colour);
    cairo_new_path(canvas->cairo);
    x = canvas_place(canvas, (struct rect){x, y, 0, 0}).x;
    cairo_arc(canvas->cairo, x, y, radius, 0, 2 * M_PI);
    cairo_fill(canvas->cairo);
}

void canvas_shade(struct canvas *canvas, double strength)
{
    cairo_set_source_rgba(canvas->cairo, 0, 0, 0, strength);
    cairo_paint(canvas->cairo);
}

static void stroke_round(cairo_t *cairo, double width)
{
    cairo_set_line_width(cairo, width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
}

void canvas_arc(struct canvas *canvas, double x, double y, double radius, double from, double to,
                double width, uint32_t colour)
{
    canvas_set_colour(canvas, colour);
    cairo_new_path(canvas->cairo);
    cairo_arc(canvas->cairo, x, y, radius, (from - 0.25) * 2 * M_PI, (to - 0.25) * 2 * M_PI);
    stroke_round(canvas->cairo, width);
}

void canvas_line(struct canvas *canvas, const struct canvas_point *points, int count, double width,
                 uint32_t colour)
{
    canvas_set_colour(canvas, colour);
    cairo_new_path(canvas->cairo);
    for (int i = 0; i < count; i++)
        cairo_line_to(canvas->cairo, points[i].x, points[i].y);
    stroke_round(canvas->cairo, width);
}
