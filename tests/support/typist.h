/*
 * typist.h - somebody at a keyboard: finds a key by what it types and touches the middle of its
 * hit area.
 */
#ifndef TESTS_SUPPORT_TYPIST_H
#define TESTS_SUPPORT_TYPIST_H

#include <stdbool.h>
#include <stddef.h>

#include "app/ui/keyboard.h"

struct typist {
    struct keyboard keyboard;
    struct typing typing;
    struct rect box;
    int presses;
};

/* The boxes that a screen of 154 x 86 mm leaves beside a strip, lying and upright. */
extern const struct rect typist_wide, typist_narrow;

/* Each language with each arrangement on a wide and on a narrow board, by number. */
#define TYPIST_VARIANTS (4 * LANGUAGE_COUNT)
struct typist typist_at(enum typing_kind kind, int variant);

/* One key of the board as it is; false: it is not there. */
bool typist_touch_text(struct typist *typist, const char *text);
bool typist_touch_act(struct typist *typist, enum keyboard_act act);
bool typist_touch_layer(struct typist *typist, enum keyboard_layer leads_to);

/* One character, by as few keys as it takes, through shift and layers; false: no board has it. */
bool typist_find(struct typist *typist, const char *text);

/* All of a text; returns what is left of it where a character is on no board, else "". */
const char *typist_type(struct typist *typist, const char *text);

/* Writes the first character of a text; returns its bytes, 0 at the end. */
size_t typist_next(const char *text, char out_piece[8]);

#endif
