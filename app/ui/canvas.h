/*
 * canvas.h - drawing in millimetres, with Cairo and Pango.
 *
 * Text is measured by the height of its capitals, as it is read. A canvas remembers where text and
 * controls went and what was under them, so that a test can find what is cut off, overlaps or is
 * hard to see. In mirrored mode every box lies on the other side of the screen; what is in it
 * (letters, strokes, arcs) stays as it is. A canvas is a picture of the screen, or paper: pages of
 * A4 that go out as PDF, drawn on with the same calls. One thread.
 */
#ifndef APP_UI_CANVAS_H
#define APP_UI_CANVAS_H

#include <stddef.h>
#include <stdint.h>

#include "app/ui/screen.h"
#include "app/ui/theme.h"
#include "firmware/base/rc.h"

struct canvas;

enum canvas_align { CANVAS_LEFT, CANVAS_CENTRE, CANVAS_RIGHT };

struct canvas_text {
    const char *text;
    double cap_mm; /* height of capitals */
    uint32_t colour;
    bool is_bold;
    enum canvas_align align;
    int lines;          /* at most; 0 is 1 */
    double least_mm;    /* the smallest it may become; 0: seven tenths, and at least 3.2 mm */
    double one_line_mm; /* rather this small than on two lines; 0: rather on two lines */
    bool is_middle;     /* in the middle of the box's height instead of at its top */
    bool is_sign;       /* a key's or a disc's: large letters leave it as it is */
};

struct canvas_point {
    double x, y;
};

/* A picture of the screen's pixels, turned as the screen is. */
enum rc canvas_open(const struct screen *screen, struct canvas **out_canvas) MUST_CHECK;
void canvas_close(struct canvas *canvas);

#define CANVAS_PAPER_W 210.0
#define CANVAS_PAPER_H 297.0

/* Where paper goes, piece by piece. */
struct canvas_out {
    void *context;
    enum rc (*write)(void *context, const char *bytes, size_t length);
    /* Each page as it is done, for tests to look at its marks; may be NULL. */
    void (*page)(void *context, const struct canvas *canvas);
};

struct canvas_paper {
    const char *title;
    const char *language; /* its code, among the keywords: a reader of PDF may look there */
    int64_t made_ms;      /* UTC */
};

/* The first page, empty. `out` is kept until canvas_close. */
enum rc canvas_open_paper(const struct canvas_paper *paper, const struct canvas_out *out,
                          struct canvas **out_canvas) MUST_CHECK;

/* The page is done; what is drawn next is on a new one. Only on paper. */
void canvas_turn_page(struct canvas *canvas);

/*
 * The last page is done: writes what is left. What `out` said first, or RC_NO_MEMORY. Nothing but
 * canvas_close may follow. Only on paper.
 */
enum rc canvas_finish_paper(struct canvas *canvas) MUST_CHECK;

/*
 * The pixels, 32 bit each (0x00RRGGBB in the machine's order), in the panel's own orientation.
 * Paper has none.
 */
const void *canvas_pixels(const struct canvas *canvas, int *out_stride);

enum rc canvas_save_png(const struct canvas *canvas, const char *path) MUST_CHECK;

/* A new picture: forgets what was set, and takes the mode for all that follows. */
void canvas_begin(struct canvas *canvas, const struct theme_mode *mode);

/* What was set so far is covered and cannot be read any more. */
void canvas_forget(struct canvas *canvas);

/* Where a box really goes: on the other side, in mirrored mode. */
struct rect canvas_place(const struct canvas *canvas, struct rect box);

/* From here on letters are as large as they are asked to be, or at least THEME_LARGE_MM. */
void canvas_set_large(struct canvas *canvas, bool is_large);

/* From here on boxes are where they say: for what was placed as a whole. Returns what it was. */
bool canvas_set_mirror(struct canvas *canvas, bool is_mirrored);

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t colour);
void canvas_round(struct canvas *canvas, struct rect rect, double radius, uint32_t colour);
void canvas_outline(struct canvas *canvas, struct rect rect, double radius, double width,
                    uint32_t colour);
void canvas_disc(struct canvas *canvas, double x, double y, double radius, uint32_t colour);

/* Lays black over everything, 0 (none) to 1: a screen at rest, or what a dialog stands above. */
void canvas_shade(struct canvas *canvas, double strength);

/*
 * A part of a ring with round ends, clockwise, in turns from twelve o'clock. Like lines it is drawn
 * where it says: take its place from canvas_place.
 */
void canvas_arc(struct canvas *canvas, double x, double y, double radius, double from, double to,
                double width, uint32_t colour);

/* A line with round ends and corners through the points. */
void canvas_line(struct canvas *canvas, const struct canvas_point *points, int count, double width,
                 uint32_t colour);

/*
 * Sets text in a box: wrapped to the lines allowed, made smaller down to its least size where it
 * does not fit, and ended with "..." where it then still does not. Returns the height used.
 */
double canvas_text(struct canvas *canvas, struct rect box, const struct canvas_text *text);

/* The height it would use, without setting it. */
double canvas_text_height(struct canvas *canvas, struct rect box, const struct canvas_text *text);

/* Would all of it be there? */
bool canvas_text_fits(struct canvas *canvas, struct rect box, const struct canvas_text *text);

/* Of a text that does not fit: no beginning of it that has more bytes than this fits either. */
size_t canvas_text_reach(struct canvas *canvas, struct rect box, const struct canvas_text *text);

/* --- what was set, for tests --- */

struct canvas_mark {
    struct rect ink; /* where the text really is */
    struct rect box; /* where it was to be */
    bool is_cut;     /* it did not fit even when smaller */
    bool is_sign;    /* the text's is_sign */
    bool is_control; /* no text but the edge of something to touch */
    double cap_mm;   /* as set */
    double contrast; /* with what was under it (theme_contrast); 0 on paper */
    char text[96];   /* its beginning */
};

#define CANVAS_MARKS_MAX 192

/* What was set since canvas_begin, in order; returns how many. */
int canvas_marks(const struct canvas *canvas, const struct canvas_mark **out_marks);

/* Notes that a control in this box can be told by this colour; before it is drawn. */
void canvas_mark_control(struct canvas *canvas, struct rect box, uint32_t colour, const char *name);

#endif
