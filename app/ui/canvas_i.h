/*
 * canvas_i.h - the inside of a canvas, shared by canvas.c (the surface and shapes on it) and
 * canvas_text.c (text and what is remembered of it). Nobody else includes it.
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
};

#define CANVAS_SIZES 512

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
    struct canvas_size sizes[CANVAS_SIZES]; /* by key */
};

void canvas_set_colour(struct canvas *canvas, uint32_t colour);

#endif
