/*
 * reading.h - a page of the house's own words: a title, paragraphs below it. What is said to fit is
 * what is drawn, by the same measures.
 *
 * Titles have capitals of 6 mm, down to 4.4; bodies of 4 mm, down to 3.2. In large letters both
 * have 6.2, and a body that has no room comes in parts, or is left out between words, with "..." in
 * its place; elsewhere a text that does not fit is a mistake of the house's, which `perron venue
 * check` tells.
 */
#ifndef APP_UI_READING_H
#define APP_UI_READING_H

#include "app/ui/sheet.h"

/* Between buttons: the body of a page's frame without a row of two at its foot (scene_pair). */
struct rect reading_box(struct rect area, bool is_large);

/* Returns whether all of it is there. Paragraphs of `body` are between newlines; it may be "". */
bool reading_draw(struct sheet *sheet, struct rect box, const char *title, const char *body);

/*
 * The same in large letters, where one picture may have no room for it all: the part with the byte
 * `first` of the body, and two buttons that turn (ACT_TURN, to the page's `first`).
 */
void reading_draw_from(struct sheet *sheet, struct rect box, const char *title, const char *body,
                       int first);

/* Would all of it be there? */
bool reading_fits(struct canvas *canvas, struct rect box, const char *title, const char *body);

/* The `first` of the part that follows in that box; 0: its end is there. */
int reading_next(struct canvas *canvas, struct rect box, const char *title, const char *body,
                 int first);

/* --- what is touched, and what is read with a phone --- */

/* The index-th of `count` tiles in a box: as few columns as leave each high enough for a finger. */
struct rect reading_tile(struct rect box, int count, int index);

/* Has a tile or a button of that size room for its name, uncut? (widget_button) */
bool reading_name_fits(struct canvas *canvas, struct rect tile, const char *name);

#define READING_QR_MM 25.0 /* at least: four beside each other on the smallest screen */

#endif
