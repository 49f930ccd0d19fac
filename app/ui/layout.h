/*
 * layout.h - where things stand on a page, in millimetres. Pure.
 *
 * Every page has its Back, Help and languages at the same place: in a bar on top where the screen
 * lies, in a bar and a foot where it stands upright. What belongs to the page alone is its body.
 */
#ifndef APP_UI_LAYOUT_H
#define APP_UI_LAYOUT_H

#include "app/ui/screen.h"

#define LAYOUT_MARGIN 4.5
#define LAYOUT_GAP 3.0
#define LAYOUT_BAR_H 15.0
#define LAYOUT_LEAST_MM 15.0 /* what a visitor touches */
#define LAYOUT_STAFF_MM 9.5  /* what staff touch */
#define LAYOUT_KEY_MM 12.0   /* a key's width */

/* Too narrow to put things side by side? */
bool layout_is_narrow(struct rect area);

struct layout_page {
    struct rect back, title, languages[2], help, body;
    struct rect middle; /* between Back and Help; of no height upright, where it is too narrow */
    bool is_narrow;
};

/* `is_large`: with letters of 6.2 mm. The bar's height is the same as a strip's. */
struct layout_page layout_page(struct rect area, bool is_large);

/* The index-th of `count` equal columns or rows. */
struct rect layout_column(struct rect box, int count, double gap, int index);
struct rect layout_row(struct rect box, int count, double gap, int index);

/* The index-th cell of a grid, row by row. */
struct rect layout_cell(struct rect box, int columns, int rows, double gap, int index);

/*
 * `count` cells in columns that leave no hole: a row with fewer of them shares its width. That row
 * is the first, where the main things stand.
 */
struct rect layout_share(struct rect box, int columns, int count, double gap, int index);

/* How many things of at least `least` fit in `size`, with gaps between; at least 1. */
int layout_room(double size, double least, double gap);

#endif
