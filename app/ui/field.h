/*
 * field.h - some lines in a field of the panel's colour: as many of them as have room, the first
 * ones first, and below them the place for a picture. No higher than what it says.
 */
#ifndef APP_UI_FIELD_H
#define APP_UI_FIELD_H

#include "app/ui/sheet.h"
#include "app/ui/widget.h"

#define FIELD_LEAST_H 12.0 /* lower ones say nothing */

struct field_line {
    const char *text; /* "": left out */
    double cap_mm;
    bool is_main;
    int lines;
};

/* How a line is set. */
struct canvas_text field_text(const struct sheet *sheet, const struct field_line *line);

/* What one of them may need, and the least height of a field with one. */
double field_line_mm(const struct sheet *sheet);
double field_least_mm(const struct sheet *sheet);

/* From the edge of a field in `rest` to its lines. */
double field_pad(struct rect rest);

/*
 * The first line is the house's own words: shortened rather than left out, so that the next one has
 * room, too. The line points to `out_words` then.
 */
void field_shorten(const struct sheet *sheet, struct rect rest, struct field_line *line,
                   char out_words[WIDGET_WORDS_BYTES]);

/*
 * Draws the field and its lines. Returns the place below them for a picture of `figure_mm`, or of
 * `most_mm` where there is as much; of no height where it has no room.
 */
struct rect field_draw(struct sheet *sheet, struct rect rest, const struct field_line *lines,
                       int count, double figure_mm, double most_mm);

#endif
