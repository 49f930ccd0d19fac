/*
 * shift_row.h - something dated as the leaf of a calendar, and as a tile with that leaf: what it is
 * and a line below. Texts are said already, in the language that the sheet speaks.
 */
#ifndef APP_UI_SHIFT_ROW_H
#define APP_UI_SHIFT_ROW_H

#include "app/ui/sheet.h"

/* The leaf of a day: its name above, its number below. */
void shift_row_leaf(struct sheet *sheet, struct rect box, int64_t at_ms, bool is_pressed);

struct shift_row_tile {
    const char *name, *title, *line; /* the words of the house may be long: they are shortened */
    int64_t at_ms;
    bool is_marked; /* stands out: there is something to do */
    int choice;     /* what ACT_CHOOSE says */
};

void shift_row_tile(struct sheet *sheet, struct rect box, const struct shift_row_tile *tile);

/* The words of a tile alone; the line may be "". */
void shift_row_words(struct sheet *sheet, struct rect inside, const char *what, const char *below,
                     bool is_pressed);

#endif
