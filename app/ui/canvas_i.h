/*
 * canvas_i.h - the inside of a canvas, shared by canvas.c (a picture, and shapes), canvas_paper.c
 * (pages), canvas_text.c (text and what is remembered of it) and canvas_size.c (how large it can
 * be). Nobody else includes it.
 */
#ifndef APP_UI_CANVAS_I_H
#define APP_UI_CANVAS_I_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "app/ui/canvas.h"

/* What a text came to in a box. */
struct canvas_size {
    uint64_t key;
    double cap_mm;
    bool is_cut;
    size_t reach; /* where it is cut: see canvas_text_reach */
};

#define CANVAS_SIZES 512

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
    double stretch; /* of a millimetre along the lines of text, against one across them */
    double width_mm;
    const struct canvas_out *out; /* of paper; NULL: a picture */
    enum rc failure;              /* what it said first */
    bool is_mirrored;
    bool is_large;
    struct canvas_mark marks[CANVAS_MARKS_MAX];
    int mark_count;
    struct canvas_size sizes[CANVAS_SIZES]; /* by key */
};

/* Text as a layout, once surface, cairo and stretch are set. */
void canvas_prepare_text(struct canvas *canvas);

void canvas_set_colour(struct canvas *canvas, uint32_t colour);

/* Millimetres as Pango counts them. */
int canvas_size_units(double mm);

/* The smallest a text may become. */
double canvas_size_least(const struct canvas_text *text);

/* The font of the layout, for capitals of that height. */
void canvas_size_set(struct canvas *canvas, const struct canvas_text *text, double cap_mm);

/* The largest size at which it fits, of the text that is in the layout, as wide as the box. */
struct canvas_size canvas_size_of(struct canvas *canvas, struct rect box,
                                  const struct canvas_text *text);

#endif
