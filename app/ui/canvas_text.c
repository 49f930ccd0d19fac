/* Text on a canvas: set in its box, and what is remembered of it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/ui/canvas_i.h"

#define LINE_OF_CAP 1.665 /* from one line to the next: 1.21 of the size */

static void prepare(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    static const PangoAlignment alignments[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                                PANGO_ALIGN_RIGHT};
    PangoLayout *layout = canvas->layout;
    pango_layout_set_text(layout, text->text, -1);
    pango_layout_set_width(layout, canvas_size_units(box.w * canvas->stretch));
    pango_layout_set_height(layout, -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_alignment(layout, alignments[text->align]);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
}

/* The same text in large letters: none smaller, and on as many lines as the box has room for. */
static struct canvas_text enlarge(struct rect box, const struct canvas_text *text)
{
    struct canvas_text large = *text;
    int room = (int)(box.h * 1.02 / (THEME_LARGE_MM * LINE_OF_CAP));
    large.cap_mm = fmax(text->cap_mm, THEME_LARGE_MM);
    large.least_mm = fmax(canvas_size_least(text), THEME_LARGE_MM);
    large.one_line_mm = text->one_line_mm > 0 ? fmax(text->one_line_mm, THEME_LARGE_MM) : 0;
    large.lines = room > text->lines ? room : text->lines;
    return large;
}

/* Finds the size and leaves the text set in it, ended with "..." where it had to be cut. */
static struct canvas_size find_size(struct canvas *canvas, struct rect box,
                                    const struct canvas_text *asked)
{
    const struct canvas_text large = enlarge(box, asked);
    const struct canvas_text *text = canvas->is_large && !asked->is_sign ? &large : asked;
    int lines = text->lines ? text->lines : 1;
    prepare(canvas, box, text);
    struct canvas_size size = canvas_size_of(canvas, box, text);
    canvas_size_set(canvas, text, size.cap_mm);
    if (!size.is_cut)
        return size;
    pango_layout_set_wrap(canvas->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(canvas->layout, PANGO_ELLIPSIZE_END);
    /* As many lines as the box has room for. */
    int room = (int)(box.h * 1.02 / (size.cap_mm * LINE_OF_CAP));
    pango_layout_set_height(canvas->layout, -(room < 1 ? 1 : room < lines ? room : lines));
    return size;
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

static double contrast_at(const struct canvas *canvas, double x, double y, uint32_t colour)
{
    return theme_contrast(colour, colour_at(canvas, x, y));
}

/* With what is at the left and at the right of a box, half way down: the poorer of both. */
static double contrast_beside(const struct canvas *canvas, struct rect box, double outside,
                              uint32_t colour)
{
    double y = box.y + box.h / 2;
    return fmin(contrast_at(canvas, box.x - outside, y, colour),
                contrast_at(canvas, box.x + box.w + outside, y, colour));
}

/* The same above and below it. */
static double contrast_around(const struct canvas *canvas, struct rect box, double outside,
                              uint32_t colour)
{
    double x = box.x + box.w / 2;
    return fmin(contrast_at(canvas, x, box.y - outside, colour),
                contrast_at(canvas, x, box.y + box.h + outside, colour));
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
    if (!canvas->out)
        m->contrast = contrast_beside(canvas, placed, 0.4, colour);
}

static void mark_text(struct canvas *canvas, struct rect box, const struct canvas_text *text,
                      double y, struct canvas_size size)
{
    PangoRectangle ink;
    struct canvas_mark *m = add_mark(canvas, box, text->text);
    pango_layout_get_extents(canvas->layout, &ink, NULL);
    double across = PANGO_SCALE * canvas->stretch;
    m->ink = (struct rect){box.x + ink.x / across, y + (double)ink.y / PANGO_SCALE,
                           ink.width / across, (double)ink.height / PANGO_SCALE};
    m->is_cut = size.is_cut;
    m->is_sign = text->is_sign;
    m->cap_mm = size.cap_mm;
    if (canvas->out)
        return;
    /* A letter that nearly fills its key has the key's edge on one of these, not on both. */
    m->contrast = fmax(contrast_beside(canvas, m->ink, 0.2, text->colour),
                       contrast_around(canvas, m->ink, 0.2, text->colour));
}

/* Where the first line begins: the box's top, its middle or its foot. */
static double top_of(struct rect box, const struct canvas_text *text, double height)
{
    return text->is_middle ? box.y + (box.h - height) / 2 : box.y;
}

double canvas_text(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    PangoRectangle logical;
    if (!text->text[0])
        return 0;
    struct canvas_size size = find_size(canvas, box, text);
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    double height = (double)logical.height / PANGO_SCALE;
    box = canvas_place(canvas, box);
    double y = top_of(box, text, height);
    mark_text(canvas, box, text, y, size);
    canvas_set_colour(canvas, text->colour);
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
    if (!text->text[0])
        return 0;
    find_size(canvas, box, text);
    pango_layout_get_extents(canvas->layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

bool canvas_text_fits(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    return !find_size(canvas, box, text).is_cut;
}

size_t canvas_text_reach(struct canvas *canvas, struct rect box, const struct canvas_text *text)
{
    return find_size(canvas, box, text).reach;
}

int canvas_marks(const struct canvas *canvas, const struct canvas_mark **out_marks)
{
    *out_marks = canvas->marks;
    return canvas->mark_count;
}
