/*
 * widget.h - what scenes are made of. Each draws itself into a box and, where it can be touched,
 * adds itself to the sheet in the same call.
 *
 * Texts are said already (sheet_say); names are for flows and tests. Boxes are millimetres.
 */
#ifndef APP_UI_WIDGET_H
#define APP_UI_WIDGET_H

#include "app/ui/ink.h"
#include "app/ui/keyboard.h"
#include "app/ui/sheet.h"
#include "app/ui/typing.h"

#define WIDGET_RADIUS 4.5

/* A line of text at the left, in the middle of the box's height; smaller where it has to be. */
void widget_label(struct sheet *sheet, struct rect box, const char *text, double cap_mm);

/* Lesser text on as many lines as there is room for. Returns the height used. */
double widget_paragraph(struct sheet *sheet, struct rect box, const char *text, double cap_mm);

/*
 * A text that the screen can do without: left out where large letters have no room for it. Returns
 * the height used.
 */
double widget_extra(struct sheet *sheet, struct rect box, const struct canvas_text *text);

/*
 * Words of the house or of its people, which may be of any length: as many of them as there is room
 * for, and "…" where that is not all. The first returns them in `out_words`, for whoever has to
 * know their height before; the second sets them and returns the height used.
 */
#define WIDGET_WORDS_BYTES 260
const char *widget_shorten(const struct sheet *sheet, struct rect box,
                           const struct canvas_text *text, char out_words[WIDGET_WORDS_BYTES]);
double widget_shortened(struct sheet *sheet, struct rect box, const struct canvas_text *text);

/* A field of the panel's colour; returns its inside. */
struct rect widget_panel(struct sheet *sheet, struct rect box);

enum widget_style {
    WIDGET_OUTLINED,
    WIDGET_FILLED, /* the main thing of the screen */
    WIDGET_QUIET,
};

struct widget_button {
    const char *name;
    const char *label;
    struct act act;
    enum widget_style style;
    double left;    /* a bar that runs out; 0: none */
    double cap_mm;  /* 0: 4.2 */
    enum icon icon; /* before the label, where has_icon */
    bool has_icon;
    bool is_chosen;
};

void widget_button(struct sheet *sheet, struct rect box, const struct widget_button *button);

/* A button that says it with an icon. */
void widget_sign_button(struct sheet *sheet, struct rect box, const char *name, enum icon icon,
                        struct act act);

/* A large choice: a sign, a title, a line below. */
struct widget_tile {
    const char *name;
    const char *title;
    const char *line;     /* NULL: none */
    const char *initials; /* in a disc; NULL: the icon instead */
    enum icon icon;
    bool has_icon;
    bool is_chosen;
    struct act act;
};

void widget_tile(struct sheet *sheet, struct rect box, const struct widget_tile *tile);

/* The tile without words or sign, for whoever has more to say. Returns whether it is pressed. */
bool widget_tile_box(struct sheet *sheet, struct rect box, const struct widget_tile *tile);

/*
 * Rows one above the other, as many as there is room for, with two buttons at the right that turn
 * the page. `draw` gets each row's box and number and may add a target to it.
 */
struct widget_list {
    int count;
    int first; /* row on top */
    double row_mm;
    int columns; /* 0: 1 */
    void (*draw)(struct sheet *sheet, struct rect box, int index);
};

void widget_list(struct sheet *sheet, struct rect box, const struct widget_list *list);

/* How high a field is at the top of this body: its hint may need two lines. */
double widget_field_mm(const struct sheet *sheet, struct rect body);

/* What is being typed; a secret shows dots. */
void widget_field(struct sheet *sheet, struct rect box, const struct typing *typing,
                  const char *hint, bool is_secret);

/* The keys; each is a target "key X" with ACT_KEY. */
void widget_keyboard(struct sheet *sheet, struct rect box, const struct keyboard *keyboard);

/* A number with minus and plus, which count it up and down: ACT_CHOOSE with value and value + 1. */
struct widget_stepper {
    const char *name; /* targets "name-less", "name-more" */
    const char *label;
    const char *value;
    int choice; /* of the minus; the plus is one more */
    bool is_least, is_most;
    double cap_mm; /* of the value; 0: 6 */
};

void widget_stepper(struct sheet *sheet, struct rect box, const struct widget_stepper *stepper);

/* How far along: a bar with a part of it lit. */
void widget_progress(struct sheet *sheet, struct rect box, double part);

/* A ring with `part` lit, and `lit` of that at its end in the accent; texts in its middle. */
void widget_ring(struct sheet *sheet, struct rect box, double from, double to, const char *big,
                 const char *small);

/* A day from `begin` to `end` with what was or is to be done on it, as parts 0 to 1. Without the
 * two texts, as NULL, the bar has the whole box. */
struct widget_span {
    double from, to;
    bool is_promised; /* only its outline */
};

void widget_day(struct sheet *sheet, struct rect box, const struct widget_span *spans, int count,
                const char *begin, const char *end);

/* People as dots, no more than fit, the last one lit. */
void widget_dots(struct sheet *sheet, struct rect box, int count, uint32_t colour, uint32_t last);

/* A name as its initials in a disc. */
void widget_initials(struct sheet *sheet, struct rect box, const char *name,
                     const struct theme_tones *tones);

/* A text as a QR code with its quiet zone; false where it is too long to be read from here. */
bool widget_qr(struct sheet *sheet, struct rect box, const char *text);

/* Draw here: a line to sign on, the ink, and the target "sign". */
void widget_signature(struct sheet *sheet, struct rect box, const struct ink *ink);

/* Seconds that run out, as a number in a ring; `part` is what is left of it. */
void widget_countdown(struct sheet *sheet, struct rect box, int seconds, double part);

/*
 * A question above everything else: nothing below can be touched. Up to two buttons; the first is
 * the main one.
 */
struct widget_dialog {
    const char *title;
    const char *text;
    int seconds; /* a countdown beside it; below 0: none */
    double part;
    struct widget_button buttons[2];
    int count;
};

void widget_dialog(struct sheet *sheet, struct rect area, const struct widget_dialog *dialog);

#endif
