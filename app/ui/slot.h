/*
 * slot.h - a shift, or an occasion, in words and as a tile: what there is to do, when, how many
 * hands it still needs; and a basket beside them. Texts are of the language that the sheet speaks.
 */
#ifndef APP_UI_SLOT_H
#define APP_UI_SLOT_H

#include "app/domain/answer.h"
#include "app/ui/sheet.h"

#define SLOT_TEXT_BYTES 160

/* What it is called, in the house's words; without any, what its kind is called. */
const char *slot_title(const struct sheet *sheet, const struct answer_slot *slot);

/*
 * "until 17:00" of what goes on, "14:00 – 17:00" of today, else "Friday 14:00". `now_ms` 0: nobody
 * knows what time it is.
 */
const char *slot_when(const struct sheet *sheet, const struct answer_slot *slot, int64_t now_ms,
                      char *out_text, size_t size);

/* "2 hands needed"; "" where there are enough. */
const char *slot_hands(const struct sheet *sheet, const struct answer_slot *slot, char *out_text,
                       size_t size);

/* Both in one line, the title shortened for what must be read whole. */
void slot_beside(struct sheet *sheet, struct rect box, struct canvas_text title,
                 struct canvas_text when);

struct slot_choice {
    const struct answer_slot *slots;
    int count;
    int64_t now_ms;
    enum ask_kind ask; /* ASK_HELP: also when and how many hands; ASK_ATTEND: what */
    const struct answer_basket *baskets; /* before the slots */
    int basket_count;
    struct fact_id owner; /* whose own basket is called theirs */
};

/*
 * Baskets and slots as tiles, as many as there is room for, one slot at least; a touch asks, with
 * the slot's shift, or with whose basket it is.
 */
void slot_tiles(struct sheet *sheet, struct rect box, const struct slot_choice *choice);

/* How high the place for all of them has to be, in an area as wide as this. */
double slot_tiles_mm(const struct sheet *sheet, struct rect area, const struct slot_choice *choice);

#endif
