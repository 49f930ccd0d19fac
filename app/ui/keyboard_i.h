/*
 * keyboard_i.h - the boards: which keys a field, a layer and a box have, as rows. For keyboard
 * only.
 */
#ifndef APP_UI_KEYBOARD_I_H
#define APP_UI_KEYBOARD_I_H

#include "app/ui/keyboard.h"

#define KEYBOARD_ROWS_MAX 8
#define KEYBOARD_ROW_KEYS_MAX 12

struct keyboard_board {
    int columns;
    int row_count;
    double least_w, least_h, best_h; /* of a hit area one column wide, mm */
    const char *rows[KEYBOARD_ROWS_MAX];
};

/* The board of the shape that suits the box. */
const struct keyboard_board *keyboard_board_for(const struct keyboard *keyboard, struct rect box);

/* Keys of a row without their places, and how many columns wide each is; returns how many. */
int keyboard_board_row(const struct keyboard *keyboard, const struct keyboard_board *board, int row,
                       double width, struct keyboard_key *out_keys, double *out_columns);

#endif
