#include "tests/support/typist.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

const struct rect typist_wide = {4, 36, 146, 46};
const struct rect typist_narrow = {4, 71, 79, 80};

struct typist typist_at(enum typing_kind kind, int variant)
{
    struct typist typist = {.box = variant % 2 ? typist_narrow : typist_wide};
    typing_init(&typist.typing, kind, 200, TYPING_SIZE);
    keyboard_init(&typist.keyboard, &typist.typing,
                  variant / 2 % 2 ? KEYBOARD_QWERTY : KEYBOARD_AZERTY,
                  (enum language)(variant / 4));
    return typist;
}

/* --- one key --- */

/* Refused where another key, or none, lies in the middle of it. */
static enum keyboard_outcome touch(struct typist *typist, const struct keyboard_key *keys,
                                   int count, int index)
{
    const struct rect *hit = &keys[index].hit;
    int at = keyboard_key_at(keys, count, hit->x + hit->w / 2, hit->y + hit->h / 2);
    if (at != index)
        return KEYBOARD_REFUSED;
    typist->presses++;
    return keyboard_press(&typist->keyboard, &keys[at], &typist->typing);
}

bool typist_touch_text(struct typist *typist, const char *text)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(&typist->keyboard, typist->box, keys);
    for (int i = 0; i < count; i++)
        if (strcmp(keys[i].types, text) == 0)
            return touch(typist, keys, count, i) == KEYBOARD_TYPED;
    return false;
}

static bool touch_act(struct typist *typist, enum keyboard_act act, enum keyboard_layer leads_to)
{
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_layout(&typist->keyboard, typist->box, keys);
    for (int i = 0; i < count; i++)
        if (keys[i].act == act && keys[i].layer == leads_to)
            return touch(typist, keys, count, i) != KEYBOARD_REFUSED;
    return false;
}

bool typist_touch_act(struct typist *typist, enum keyboard_act act)
{
    return touch_act(typist, act, KEYBOARD_LAYER_LETTERS);
}

bool typist_touch_layer(struct typist *typist, enum keyboard_layer leads_to)
{
    return touch_act(typist, KEYBOARD_ACT_LAYER, leads_to);
}

/* --- a text --- */

static bool is_in_sight(const struct typist *typist, enum keyboard_layer layer, bool is_shifted,
                        const char *text)
{
    struct keyboard keyboard = typist->keyboard;
    struct keyboard_key keys[KEYBOARD_KEYS_MAX];
    keyboard.layer = layer;
    keyboard.shift = is_shifted ? KEYBOARD_SHIFT_ONCE : KEYBOARD_SHIFT_OFF;
    int count = keyboard_layout(&keyboard, typist->box, keys);
    for (int i = 0; i < count; i++)
        if (strcmp(keys[i].types, text) == 0)
            return true;
    return false;
}

static bool turn_to(struct typist *typist, enum keyboard_layer layer, bool is_shifted)
{
    bool is_there =
        typist->keyboard.layer == layer || typist_touch_layer(typist, layer) ||
        (typist_touch_layer(typist, KEYBOARD_LAYER_LETTERS) && typist_touch_layer(typist, layer));
    for (int i = 0; i < 3 && (typist->keyboard.shift != KEYBOARD_SHIFT_OFF) != is_shifted; i++)
        is_there &= typist_touch_act(typist, KEYBOARD_ACT_SHIFT);
    return is_there;
}

bool typist_find(struct typist *typist, const char *text)
{
    for (int i = 0; i < 2 * KEYBOARD_LAYERS; i++) {
        enum keyboard_layer layer =
            (enum keyboard_layer)((typist->keyboard.layer + i / 2) % KEYBOARD_LAYERS);
        bool is_shifted = (typist->keyboard.shift != KEYBOARD_SHIFT_OFF) != (i % 2 == 1);
        if (is_in_sight(typist, layer, is_shifted, text))
            return turn_to(typist, layer, is_shifted) && typist_touch_text(typist, text);
    }
    return false;
}

size_t typist_next(const char *text, char out_piece[8])
{
    uint32_t point;
    size_t step = utf8_step(text, strlen(text), &point);
    snprintf(out_piece, 8, "%.*s", (int)step, text);
    return step;
}

const char *typist_type(struct typist *typist, const char *text)
{
    char piece[8];
    for (size_t step; (step = typist_next(text, piece)) > 0; text += step)
        if (!typist_find(typist, piece))
            break;
    return text;
}
