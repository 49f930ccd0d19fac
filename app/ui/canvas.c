#include "app/ui/canvas.h"

#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>

#define CAP_OF_SIZE 0.727 /* Inter 4: capitals are 1490 of 2048 units high */
#define LINE_OF_CAP 1.665 /* from one line to the next: 1.21 of the size */
#define SHRINK 0.95
#define LEAST_MM 3.2 /* below this nobody reads a screen standing */
#define FAMILY "Inter, Noto Sans"

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
    double stretch; /* of a millimetre along the lines of text, against one across them */
    double width_mm;
    bool is_mirrored;
    bool is_large;
    struct canvas_mark marks[CANVAS_MARKS_MAX];
    int mark_count;
};

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
    canvas->font = pango_font_description_from_string(FAMILY);
    canvas->stretch =
        (double)screen->width_px / screen->width_mm * screen->height_mm / screen->height_px;
    if (screen->rotation % 180)
        canvas->stretch = 1 / canvas->stretch;
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

static void set_colour(struct canvas *canvas, uint32_t colour)
{
    cairo_set_source_rgb(canvas->cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

/* Moves the edges between pixels, where they are sharp. */
static struct rect snap(struct canvas *canvas, struct rect rect)
{
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
    set_colour(canvas, colour);
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
    set_colour(canvas, colour);
    round_path(canvas, snap(canvas, canvas_place(canvas, rect)), radius);
    cairo_fill(canvas->cairo);
}

void canvas_outline(struct canvas *canvas, struct rect rect, double radius, double width,
                    uint32_t colour)
{
    set_colour(canvas, colour);
    rect = snap(canvas, canvas_place(canvas, rect));
    round_path(canvas, rect_inset(rect, width / 2), radius - width / 2);
    cairo_set_line_width(canvas->cairo, width);
    cairo_stroke(canvas->cairo);
}

void canvas_disc(struct canvas *canvas, double x, double y, double radius, uint32_t colour)
{
    set_colour(canvas, colour);
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
    set_colour(canvas, colour);
    cairo_new_path(canvas->cairo);
    cairo_arc(canvas->cairo, x, y, radius, (from - 0.25) * 2 * M_PI, (to - 0.25) * 2 * M_PI);
    stroke_round(canvas->cairo, width);
}

void canvas_line(struct canvas *canvas, const struct canvas_point *points, int count, double width,
                 uint32_t colour)
{
    set_colour(canvas, colour);
    cairo_new_path(canvas->cairo);
    for (int i = 0; i < count; i++)
        cairo_line_to(canvas->cairo, points[i].x, points[i].y);
    stroke_round(canvas->cairo, width);
}

/* --- text --- */

static void set_font(struct canvas *canvas, const struct canvas_text *text, double cap_mm)
{
    PangoFontDescription *font = canvas->font;
    pango_font_description_set_absolute_size(font, cap_mm / CAP_OF_SIZE * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      text->is_bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(canvas->layout, font);
}

static int to_pango(double mm)
{
    return (int)lround(mm * PANGO_SCALE);
}

static void prepare(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    static const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                                PANGO_ALIGN_RIGHT};
    PangoLayout *layout = canvas->layout;
    pango_layout_set_text(layout, text->text, -1);
    pango_layout_set_width(layout, to_pango(box.w * canvas->stretch));
    pango_layout_set_height(layout, -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_alignment(layout, alignments[text->align]);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
}

/* Do the words fit the lines allowed, and does the widest of them fit the box? */
static bool fits(struct canvas *canvas, struct rect box, const struct canvas_text *text, int lines,
                 double cap_mm)
{
    PangoRectangle logical;
    set_font(canvas, text, cap_mm);
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    return pango_layout_get_line_count(canvas->layout) <= lines &&
           logical.width <= to_pango(box.w * canvas->stretch) &&
           logical.height <= to_pango(box.h * 1.02 + 0.2);
}

static double least_of(const struct canvas_text *text)
{
    double least = text->least_mm > 0 ? text->least_mm : fmax(text->cap_mm * 0.7, LEAST_MM);
    return fmin(least, text->cap_mm);
}

/* The same text in large letters: none smaller, and on as many lines as the box has room for. */
static struct canvas_text enlarge(struct rect box, const struct canvas_text *text)
{
    struct canvas_text large = *text;
    int room = (int)(box.h * 1.02 / (THEME_LARGE_MM * LINE_OF_CAP));
    large.cap_mm = fmax(text->cap_mm, THEME_LARGE_MM);
    large.least_mm = fmax(least_of(text), THEME_LARGE_MM);
    large.one_line_mm = text->one_line_mm > 0 ? fmax(text->one_line_mm, THEME_LARGE_MM) : 0;
    large.lines = room > text->lines ? room : text->lines;
    return large;
}

/* Tries smaller and smaller sizes down to `least`; false when none fits. */
static bool shrink(struct canvas *canvas, struct rect box, const struct canvas_text *text,
                   int lines, double least, double *out_cap_mm)
{
    double cap = text->cap_mm;
    while (!fits(canvas, box, text, lines, cap)) {
        if (cap <= least)
            return false;
        cap = fmax(cap * SHRINK, least);
    }
    *out_cap_mm = cap;
    return true;
}

/* Finds the size; true when the text had to be cut all the same. */
static bool find_size(struct canvas *canvas, struct rect box, const struct canvas_text *asked,
                      double *out_cap_mm)
{
    const struct canvas_text large = enlarge(box, asked);
    const struct canvas_text *text = canvas->is_large && !asked->is_sign ? &large : asked;
    int lines = text->lines ? text->lines : 1;
    double least = least_of(text);
    prepare(canvas, box, text);
    if (text->one_line_mm > 0 && shrink(canvas, box, text, 1, text->one_line_mm, out_cap_mm))
        return false;
    if (shrink(canvas, box, text, lines, least, out_cap_mm))
        return false;
    *out_cap_mm = least;
    set_font(canvas, text, least);
    pango_layout_set_wrap(canvas->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(canvas->layout, PANGO_ELLIPSIZE_END);
    /* As many lines as the box has room for. */
    int room = (int)(box.h * 1.02 / (least * LINE_OF_CAP));
    pango_layout_set_height(canvas->layout, -(room < 1 ? 1 : room < lines ? room : lines));
    return true;
}

/* The colour of the picture as it is now; black outside of it. */
static uint32_t colour_at(const struct canvas *canvas, double x, double y)
{
    cairo_user_to_device(canvas->cairo, &x, &y);
    int column = (int)floor(x), line = (int)floor(y), stride;
    if (column < 0 || line < 0 || column >= cairo_image_surface_get_width(canvas->surface) ||
        line >= cairo_image_surface_get_height(canvas->surface))
        return 0;
    const unsigned char *pixels = canvas_pixels(canvas, &stride);
    return ((const uint32_t *)(const void *)(pixels + (ptrdiff_t)line * stride))[column] & 0xFFFFFF;
}

/* The poorer contrast of a colour with what is at the left and at the right of a box. */
static double contrast_in(const struct canvas *canvas, struct rect box, double outside,
                          uint32_t colour)
{
    double y = box.y + box.h / 2;
    double left = theme_contrast(colour, colour_at(canvas, box.x - outside, y));
    double right = theme_contrast(colour, colour_at(canvas, box.x + box.w + outside, y));
    return fmin(left, right);
}

static struct canvas_mark *add_mark(struct canvas *canvas, struct rect box, const char *text)
{
    if (canvas->mark_count == CANVAS_MARKS_MAX)
        canvas->mark_count--; /* the last one gives way: a test sees that the list is full */
    struct canvas_mark *m = &canvas->marks[canvas->mark_count++];
    *m = (struct canvas_mark){.ink = box, .box = box};
    snprintf(m->text, sizeof m->text, "%s", text);
    return m;
}

void canvas_mark_control(struct canvas *canvas, struct rect box, uint32_t colour, const char *name)
{
    struct rect placed = canvas_place(canvas, box);
    struct canvas_mark *m = add_mark(canvas, placed, name);
    m->is_control = true;
    m->contrast = contrast_in(canvas, placed, 0.4, colour);
}

static void mark_text(struct canvas *canvas, struct rect box, const struct canvas_text *text,
                      double y, double cap_mm, bool is_cut)
{
    PangoRectangle ink;
    struct canvas_mark *m = add_mark(canvas, box, text->text);
    pango_layout_get_extents(canvas->layout, &ink, NULL);
    double across = PANGO_SCALE * canvas->stretch;
    m->ink = (struct rect){box.x + ink.x / across, y + (double)ink.y / PANGO_SCALE,
                           ink.width / across, (double)ink.height / PANGO_SCALE};
    m->is_cut = is_cut;
    m->is_sign = text->is_sign;
    m->cap_mm = cap_mm;
    m->contrast = contrast_in(canvas, m->ink, 0.2, text->colour);
}

/* Where the first line begins: the box's top, its middle or its foot. */
static double top_of(struct rect box, const struct canvas_text *text, double height)
{
    return text->is_middle ? box.y + (box.h - height) / 2 : box.y;
}

double canvas_text(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    PangoRectangle logical;
    double cap_mm;
    if (!text->text[0])
        return 0;
    bool is_cut = find_size(canvas, box, text, &cap_mm);
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    double height = (double)logical.height / PANGO_SCALE;
    box = canvas_place(canvas, box);
    double y = top_of(box, text, height);
    mark_text(canvas, box, text, y, cap_mm, is_cut);
    set_colour(canvas, text->colour);
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, box.x, y);
    cairo_scale(canvas->cairo, 1 / canvas->stretch, 1);
    cairo_move_to(canvas->cairo, 0, 0);
    pango_cairo_show_layout(canvas->cairo, canvas->layout);
    cairo_restore(canvas->cairo);
    return height;
}

double canvas_text_height(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    PangoRectangle logical;
    double cap_mm;
    if (!text->text[0])
        return 0;
    find_size(canvas, box, text, &cap_mm);
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

bool canvas_text_fits(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    double cap_mm;
    return !find_size(canvas, box, text, &cap_mm);
}

int canvas_marks(const struct canvas *canvas, const struct canvas_mark **out_marks)
{
    *out_marks = canvas->marks;
    return canvas->mark_count;
}
