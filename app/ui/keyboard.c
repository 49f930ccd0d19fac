#include "app/ui/keyboard.h"

#include <assert.h>
#include <math.h>

#include "app/ui/keyboard_i.h"
#include "firmware/base/utf8.h"

#define GAP 1.2 /* between what is drawn; what is touched has none */
#define POPUP 13.0
#define POPUP_LEAST 8.0

void keyboard_init(struct keyboard *keyboard, const struct typing *typing,
                   enum keyboard_arrangement arrangement, enum language language)
{
    *keyboard = (struct keyboard){
        .kind = typing->kind,
        .arrangement = arrangement,
        .language = language,
        .shift = typing_wants_capital(typing) ? KEYBOARD_SHIFT_AUTOMATIC : KEYBOARD_SHIFT_OFF,
    };
}

/* --- where the keys stand --- */

/* Doubles add and subtract 64ths exactly: areas that meet leave no hole and share no point. */
static double snap(double mm)
{
    return round(mm * 64) / 64;
}

static struct rect between(double left, double top, double right, double bottom)
{
    return (struct rect){left, top, right - left, bottom - top};
}

static int lay_row(const struct keyboard *keyboard, const struct keyboard_board *board, int row,
                   struct rect box, struct keyboard_key *out_keys)
{
    double columns[KEYBOARD_ROW_KEYS_MAX], sum = 0, used = 0;
    int count = keyboard_board_row(keyboard, board, row, box.w, out_keys, columns);
    double top = snap(box.y + box.h * row / board->row_count);
    double bottom = snap(box.y + box.h * (row + 1) / board->row_count);
    for (int i = 0; i < count; i++)
        sum += columns[i];
    for (int i = 0; i < count; i++) {
        double left = snap(box.x + box.w * used / sum);
        used += columns[i];
        out_keys[i].hit = between(left, top, snap(box.x + box.w * used / sum), bottom);
        out_keys[i].box = rect_inset(out_keys[i].hit, GAP / 2);
    }
    return count;
}

int keyboard_layout(const struct keyboard *keyboard, struct rect box, struct keyboard_key *out_keys)
{
    const struct keyboard_board *board = keyboard_board_for(keyboard, box);
    int count = 0;
    for (int row = 0; row < board->row_count; row++)
        count += lay_row(keyboard, board, row, box, out_keys + count);
    assert(count <= KEYBOARD_KEYS_MAX);
    return count;
}

/* 0 in it. */
static double distance(struct rect rect, double x, double y)
{
    double beside = fmax(0, fmax(rect.x - x, x - rect.x - rect.w));
    double above = fmax(0, fmax(rect.y - y, y - rect.y - rect.h));
    return hypot(beside, above);
}

int keyboard_key_at(const struct keyboard_key *keys, int count, double x, double y)
{
    int nearest = -1;
    double least = GAP / 2;
    for (int i = 0; i < count; i++) {
        if (rect_has(keys[i].hit, x, y))
            return i;
        if (distance(keys[i].hit, x, y) < least) {
            nearest = i;
            least = distance(keys[i].hit, x, y);
        }
    }
    return nearest;
}

struct rect keyboard_popup(const struct keyboard_key *key, struct rect box)
{
    double room = key->box.y - box.y - GAP;
    if (!key->has_popup)
        return (struct rect){0};
    struct rect popup = {0, 0, fmin(fmax(key->box.w, POPUP), box.w), fmin(POPUP, box.h)};
    if (room >= POPUP_LEAST) {
        popup.h = fmin(popup.h, room);
        popup.x = key->box.x + (key->box.w - popup.w) / 2;
        popup.y = fmax(box.y, key->box.y - GAP - popup.h);
    } else {
        /* To the left, where a right hand hides least. */
        popup.w = POPUP;
        popup.x = key->box.x - GAP - popup.w;
        if (popup.x < box.x)
            popup.x = key->box.x + key->box.w + GAP;
        popup.y = box.y;
    }
    popup.x = fmax(box.x, fmin(popup.x, box.x + box.w - popup.w));
    return popup;
}

/* --- what a press does --- */

/* By its first byte: of the characters with three, keys have none but the euro. */
static bool is_letter(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
           (first >= 0xC3 && first < 0xE0);
}

/* The text has changed: is a capital expected now? What somebody asked for by hand stays until a
 * letter came. */
static void settle(struct keyboard *keyboard, const struct typing *typing, bool is_by_letter)
{
    if (keyboard->shift == KEYBOARD_SHIFT_LOCKED ||
        (keyboard->shift == KEYBOARD_SHIFT_ONCE && !is_by_letter))
        return;
    keyboard->shift = typing_wants_capital(typing) ? KEYBOARD_SHIFT_AUTOMATIC : KEYBOARD_SHIFT_OFF;
}

enum keyboard_outcome keyboard_type_text(struct keyboard *keyboard, struct typing *typing,
                                         const char *text)
{
    assert(keyboard->kind == typing->kind);
    enum rc rc = typing_insert(typing, text);
    if (rc)
        return rc == RC_LIMIT ? KEYBOARD_FULL : KEYBOARD_REFUSED;
    settle(keyboard, typing, is_letter(text));
    return KEYBOARD_TYPED;
}

/* A name has one or two letters from elsewhere and goes on with ours. */
static enum keyboard_outcome type_key(struct keyboard *keyboard, const struct keyboard_key *key,
                                      struct typing *typing)
{
    enum keyboard_outcome outcome = keyboard_type_text(keyboard, typing, key->types);
    if (outcome == KEYBOARD_TYPED && keyboard->layer != KEYBOARD_LAYER_SYMBOLS)
        keyboard->layer = KEYBOARD_LAYER_LETTERS;
    return outcome;
}

static enum keyboard_outcome take_back(struct keyboard *keyboard, struct typing *typing)
{
    if (!typing_delete(typing))
        return KEYBOARD_NOTHING;
    settle(keyboard, typing, false);
    return KEYBOARD_TYPED;
}

static void press_shift(struct keyboard *keyboard)
{
    static const enum keyboard_shift next[] = {
        [KEYBOARD_SHIFT_OFF] = KEYBOARD_SHIFT_ONCE,
        [KEYBOARD_SHIFT_AUTOMATIC] = KEYBOARD_SHIFT_OFF,
        [KEYBOARD_SHIFT_ONCE] = KEYBOARD_SHIFT_LOCKED,
        [KEYBOARD_SHIFT_LOCKED] = KEYBOARD_SHIFT_OFF,
    };
    keyboard->shift = next[keyboard->shift];
}

enum keyboard_outcome keyboard_press(struct keyboard *keyboard, const struct keyboard_key *key,
                                     struct typing *typing)
{
    switch (key->act) {
    case KEYBOARD_ACT_TYPE:
    case KEYBOARD_ACT_SPACE: return type_key(keyboard, key, typing);
    case KEYBOARD_ACT_DELETE: return take_back(keyboard, typing);
    case KEYBOARD_ACT_DONE: return KEYBOARD_DONE;
    case KEYBOARD_ACT_SHIFT: press_shift(keyboard); break;
    case KEYBOARD_ACT_LAYER: keyboard->layer = key->layer; break;
    case KEYBOARD_ACT_ARRANGE:
        keyboard->arrangement =
            keyboard->arrangement == KEYBOARD_AZERTY ? KEYBOARD_QWERTY : KEYBOARD_AZERTY;
        break;
    }
    return KEYBOARD_TURNED;
}
