/*
 * keyboard.h - the keyboard of our own: which keys stand where, what each types, what a press does.
 *
 * Owned by the screen that asks, plain data, one thread, pure. Draws nothing and knows no fingers:
 * a scene lays it out, draws the boxes, finds the key under a finger and presses it. All boards of
 * one field and box have the same rows, so nothing jumps when the language, the arrangement or the
 * layer changes, and what was typed stays.
 *
 * What is touched is measured by the hit areas: they tile the box. Edges lie on 1/64 mm, which
 * doubles add without rounding; so do the box's own (it is taken to the nearest).
 */
#ifndef APP_UI_KEYBOARD_H
#define APP_UI_KEYBOARD_H

#include <stdbool.h>

#include "app/domain/language.h"
#include "app/ui/screen.h"
#include "app/ui/typing.h"

/* Of a wide board; a narrow one stands in the order of the alphabet. */
enum keyboard_arrangement { KEYBOARD_AZERTY, KEYBOARD_QWERTY };

/* The last two hold the letters of names from elsewhere. */
enum keyboard_layer {
    KEYBOARD_LAYER_LETTERS,
    KEYBOARD_LAYER_SYMBOLS,
    KEYBOARD_LAYER_A_TO_N,
    KEYBOARD_LAYER_O_TO_Z,
    KEYBOARD_LAYERS
};

enum keyboard_shift {
    KEYBOARD_SHIFT_OFF,
    KEYBOARD_SHIFT_AUTOMATIC, /* once, because a capital is expected; one press turns it off */
    KEYBOARD_SHIFT_ONCE,      /* another press locks it */
    KEYBOARD_SHIFT_LOCKED
};

/* Language and arrangement may be set at any time, also in the middle of a word. */
struct keyboard {
    enum typing_kind kind;
    enum keyboard_arrangement arrangement;
    enum language language;
    enum keyboard_layer layer;
    enum keyboard_shift shift;
};

enum keyboard_act {
    KEYBOARD_ACT_TYPE,
    KEYBOARD_ACT_SPACE,
    KEYBOARD_ACT_DELETE,
    KEYBOARD_ACT_SHIFT,
    KEYBOARD_ACT_LAYER,
    KEYBOARD_ACT_ARRANGE, /* the other arrangement */
    KEYBOARD_ACT_DONE
};

struct keyboard_key {
    struct rect box; /* what is drawn */
    struct rect hit; /* what is touched */
    enum keyboard_act act;
    char label[8];             /* as long as the key lives */
    char types[8];             /* "" for what types nothing */
    bool is_word;              /* the label is a source text for words() */
    bool is_lit;               /* what it switches is on */
    bool has_popup;            /* may show its letter large while it is pressed */
    enum keyboard_layer layer; /* where KEYBOARD_ACT_LAYER leads */
};

#define KEYBOARD_KEYS_MAX 50

/* What a press did. */
enum keyboard_outcome {
    KEYBOARD_NOTHING, /* there was nothing to delete */
    KEYBOARD_TYPED,   /* the text is another one */
    KEYBOARD_TURNED,  /* the keys are other ones, the text is the same */
    KEYBOARD_FULL,    /* the field takes no more: shake */
    KEYBOARD_REFUSED, /* the field does not take that: shake */
    KEYBOARD_DONE     /* whoever types has finished */
};

/* For a field that begins, or is come back to: letters, and a capital where one is expected. */
void keyboard_init(struct keyboard *keyboard, const struct typing *typing,
                   enum keyboard_arrangement arrangement, enum language language);

/* Heights in mm for a width: below the least, keys get too low; above the best, none gets better.
 */
struct keyboard_size {
    double least, best;
};

/* No board fits less than 72 mm (digits: 45, codes: 75); then it is the narrowest one's. */
struct keyboard_size keyboard_size(enum typing_kind kind, double width);

/* Writes at most KEYBOARD_KEYS_MAX keys, row by row; returns how many. */
int keyboard_layout(const struct keyboard *keyboard, struct rect box,
                    struct keyboard_key *out_keys);

/* The key whose hit area holds the point, or ends a hair beside it; -1: none. */
int keyboard_key_at(const struct keyboard_key *keys, int count, double x, double y);

/*
 * Presses a key of this keyboard. A physical Backspace, Enter or Shift may press a key that only
 * has its `act`.
 */
enum keyboard_outcome keyboard_press(struct keyboard *keyboard, const struct keyboard_key *key,
                                     struct typing *typing);

/* What came from a keyboard plugged in: as it is (that one has a shift), all of it or nothing. */
enum keyboard_outcome keyboard_type_text(struct keyboard *keyboard, struct typing *typing,
                                         const char *text);

/*
 * Where the pressed key's letter stands large: above the key, or beside it where there is no room
 * above; never on the key, always inside `box`. That is the keyboard's own box, or more where
 * nothing typed stands. A key without one has an empty rectangle.
 */
struct rect keyboard_popup(const struct keyboard_key *key, struct rect box);

#endif
