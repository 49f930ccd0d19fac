/* The keyboard as widgets. Where keys stand and what they type is keyboard.h's. */
#include <stdio.h>
#include <string.h>

#include "app/ui/widget.h"

static uint32_t key_ink(const struct sheet *sheet, const struct keyboard_key *key, bool is_pressed)
{
    bool is_filled = (key->act == KEYBOARD_ACT_DONE || key->is_lit) != is_pressed;
    return is_filled ? sheet->tones->ground : sheet->tones->ink;
}

static void draw_ground(struct sheet *sheet, const struct keyboard_key *key, bool is_pressed)
{
    const struct theme_tones *tones = sheet->tones;
    bool is_filled = key_ink(sheet, key, is_pressed) == tones->ground;
    canvas_mark_control(sheet->canvas, key->box, is_filled ? tones->ink : tones->rim, key->label);
    canvas_round(sheet->canvas, key->box, 2, is_filled ? tones->ink : tones->panel);
    if (!is_filled)
        canvas_outline(sheet->canvas, key->box, 2, 0.3, tones->rim);
}

static void draw_label(struct sheet *sheet, const struct keyboard_key *key, bool is_pressed)
{
    static const enum icon icons[] = {
        [KEYBOARD_ACT_DELETE] = ICON_BACK, [KEYBOARD_ACT_SHIFT] = ICON_SHIFT};
    uint32_t ink = key_ink(sheet, key, is_pressed);
    if (key->act == KEYBOARD_ACT_DELETE || key->act == KEYBOARD_ACT_SHIFT) {
        double size = key->box.h < 9 ? key->box.h * 0.8 : 7.2;
        icon_draw(sheet->canvas, icons[key->act],
                  (struct rect){key->box.x, key->box.y + (key->box.h - size) / 2, key->box.w, size},
                  ink);
        return;
    }
    bool is_letter = strlen(key->label) <= 2 && !key->is_word;
    const struct canvas_text label = {.text =
                                          key->is_word ? sheet_say(sheet, key->label) : key->label,
                                      .cap_mm = is_letter ? 4.6 : 3.6,
                                      .least_mm = 2.9,
                                      .colour = ink,
                                      .is_bold = true,
                                      .align = CANVAS_CENTRE,
                                      .is_middle = true,
                                      .is_sign = true};
    canvas_text(sheet->canvas, rect_inset(key->box, 0.4), &label);
}

static void draw_popup(struct sheet *sheet, const struct keyboard_key *key, struct rect around)
{
    struct rect box = keyboard_popup(key, around);
    const struct canvas_text label = {.text = key->label,
                                      .cap_mm = 8,
                                      .least_mm = 4,
                                      .colour = sheet->tones->ground,
                                      .is_bold = true,
                                      .align = CANVAS_CENTRE,
                                      .is_middle = true,
                                      .is_sign = true};
    if (box.w <= 0)
        return;
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->ink);
    canvas_text(sheet->canvas, box, &label);
}

void widget_keyboard(struct sheet *sheet, struct rect box, const struct keyboard *keyboard)
{
    enum target_size size = sheet->size;
    const struct keyboard_key *pressed = NULL;
    char name[40];
    /* Letters keep their order, whichever hand types them. */
    box = canvas_place(sheet->canvas, box);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    sheet->size = TARGET_KEY;
    sheet->key_count = keyboard_layout(keyboard, box, sheet->keys);
    for (int i = 0; i < sheet->key_count; i++) {
        const struct keyboard_key *key = &sheet->keys[i];
        snprintf(name, sizeof name, "key %s", key->label);
        bool is_pressed =
            sheet_target(sheet, key->box, name, (struct act){.kind = ACT_KEY, .value = i});
        if (sheet->count)
            sheet->targets[sheet->count - 1].hit = key->hit;
        if (is_pressed)
            pressed = key;
        draw_ground(sheet, key, is_pressed);
        draw_label(sheet, key, is_pressed);
    }
    if (pressed && pressed->has_popup)
        draw_popup(sheet, pressed, box);
    sheet->size = size;
    canvas_set_mirror(sheet->canvas, was_mirrored);
}
