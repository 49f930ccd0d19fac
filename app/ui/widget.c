#include "app/ui/widget.h"

#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/words.h"
#include "firmware/base/utf8.h"

#define LABEL_MM 4.2
#define BUTTON_WIDE_MM 34.5
#define LIST_STRETCH 1.35
#define STEPPER_MM 78

void widget_label(struct sheet *sheet, struct rect box, const char *text, double cap_mm)
{
    const struct canvas_text label = {.text = text,
                                      .cap_mm = cap_mm,
                                      .least_mm = 3.2,
                                      .one_line_mm = cap_mm * 0.8,
                                      .colour = sheet->tones->ink,
                                      .is_bold = true,
                                      .lines = box.h > cap_mm * 3.2 ? 2 : 1,
                                      .is_middle = true};
    canvas_text(sheet->canvas, box, &label);
}

double widget_paragraph(struct sheet *sheet, struct rect box, const char *text, double cap_mm)
{
    const struct canvas_text paragraph = {
        .text = text, .cap_mm = cap_mm, .least_mm = 3.2, .colour = sheet->tones->soft, .lines = 8};
    return canvas_text(sheet->canvas, box, &paragraph);
}

double widget_extra(struct sheet *sheet, struct rect box, const struct canvas_text *text)
{
    if (sheet->model->mode.is_large && !canvas_text_fits(sheet->canvas, box, text))
        return 0;
    return canvas_text(sheet->canvas, box, text);
}

/* Takes the last word off, or the last letter where there is only one. */
static void drop_word(char *text)
{
    size_t end = strlen(text), at = end;
    while (at > 0 && text[at - 1] != ' ')
        at--;
    while (at > 0 && text[at - 1] == ' ')
        at--;
    if (at == 0)
        for (at = end; at > 0 && ((unsigned char)text[--at] & 0xC0) == 0x80;)
            ;
    text[at] = 0;
}

/* One that does not fit, without the words that certainly have no place. */
static void drop_rest(char *text, size_t reach)
{
    do
        drop_word(text);
    while (strlen(text) > reach && strchr(text, ' '));
}

/* Fewer words do not always fit better: "…" sticks to the last one. So each is tried in turn. */
const char *widget_shorten(const struct sheet *sheet, struct rect box,
                           const struct canvas_text *text, char out_words[WIDGET_WORDS_BYTES])
{
    char kept[WIDGET_WORDS_BYTES - 4]; /* "…" goes behind them */
    struct canvas_text said = *text;
    said.text = out_words;
    snprintf(kept, sizeof kept, "%s", text->text);
    snprintf(out_words, WIDGET_WORDS_BYTES, "%s", kept);
    while (kept[0] && !canvas_text_fits(sheet->canvas, box, &said)) {
        drop_rest(kept, canvas_text_reach(sheet->canvas, box, &said));
        snprintf(out_words, WIDGET_WORDS_BYTES, "%s…", kept);
    }
    return out_words;
}

double widget_shortened(struct sheet *sheet, struct rect box, const struct canvas_text *text)
{
    char kept[WIDGET_WORDS_BYTES];
    struct canvas_text said = *text;
    said.text = widget_shorten(sheet, box, text, kept);
    return canvas_text(sheet->canvas, box, &said);
}

struct rect widget_panel(struct sheet *sheet, struct rect box)
{
    canvas_round(sheet->canvas, box, WIDGET_RADIUS + 0.5, sheet->tones->panel);
    return rect_inset(box, box.h < 20 ? 3 : 5);
}

/* --- buttons --- */

/* Under the finger a button is the other way round. */
static void button_ground(struct sheet *sheet, struct rect box, const struct widget_button *button,
                          bool is_filled)
{
    const struct theme_tones *tones = sheet->tones;
    bool is_quiet = button->style == WIDGET_QUIET && !button->is_chosen;
    uint32_t edge = is_quiet ? tones->rim : tones->edge;
    canvas_mark_control(sheet->canvas, box, is_filled ? tones->ink : edge, button->name);
    if (is_filled)
        canvas_round(sheet->canvas, box, WIDGET_RADIUS, tones->ink);
    else if (is_quiet)
        canvas_round(sheet->canvas, box, WIDGET_RADIUS, tones->panel);
    if (!is_filled)
        canvas_outline(sheet->canvas, box, WIDGET_RADIUS, is_quiet ? 0.35 : 0.6, edge);
    if (!is_filled && button->is_chosen)
        canvas_outline(sheet->canvas, rect_inset(box, 0.6), WIDGET_RADIUS - 0.6, 0.8, edge);
}

static struct rect button_bar(struct sheet *sheet, struct rect box, double left, uint32_t ink)
{
    struct rect bar = rect_inset(box, 4);
    bar = rect_cut_bottom(&bar, 1.4, 0);
    canvas_round(sheet->canvas, bar, 0.7, sheet->tones->track);
    bar.w *= left;
    canvas_round(sheet->canvas, bar, 0.7, ink);
    box.h -= 3;
    return box;
}

void widget_button(struct sheet *sheet, struct rect box, const struct widget_button *button)
{
    bool is_pressed = sheet_target(sheet, box, button->name, button->act);
    bool is_filled = (button->style == WIDGET_FILLED) != is_pressed;
    uint32_t ink = is_filled ? sheet->tones->ground : sheet->tones->ink;
    struct rect inside = box;
    button_ground(sheet, box, button, is_filled);
    if (button->left > 0) {
        sheet->targets[sheet->count - 1].left = button->left;
        if (!sheet->model->mode.is_still)
            inside = button_bar(sheet, box, button->left, ink);
    }
    inside = rect_inset(inside, 1.4);
    if (box.w > BUTTON_WIDE_MM && !sheet->model->mode.is_large) { /* a label needs air beside it */
        inside.x += 0.8;
        inside.w -= 1.6;
    }
    if (button->has_icon && inside.w > 22) {
        struct rect sign = rect_cut_left(&inside, 8, 1.5);
        icon_draw(sheet->canvas, button->icon, rect_inset(sign, 0.5), ink);
    }
    const struct canvas_text label = {.text = button->label,
                                      .cap_mm = button->cap_mm > 0 ? button->cap_mm : LABEL_MM,
                                      .least_mm = 2.9,
                                      .one_line_mm = 3.4,
                                      .colour = ink,
                                      .is_bold = true,
                                      .align = CANVAS_CENTRE,
                                      .lines = inside.h > 11 && strchr(button->label, ' ') ? 2 : 1,
                                      .is_middle = true};
    canvas_text(sheet->canvas, inside, &label);
}

void widget_sign_button(struct sheet *sheet, struct rect box, const char *name, enum icon icon,
                        struct act act)
{
    const struct theme_tones *tones = sheet->tones;
    double size = box.w < box.h ? box.w : box.h;
    struct rect sign = {box.x + (box.w - size * 0.5) / 2, box.y + (box.h - size * 0.5) / 2,
                        size * 0.5, size * 0.5};
    bool is_pressed = sheet_target(sheet, box, name, act);
    canvas_mark_control(sheet->canvas, box, tones->edge, name);
    if (is_pressed)
        canvas_round(sheet->canvas, box, WIDGET_RADIUS, tones->ink);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, 0.6, tones->edge);
    icon_draw(sheet->canvas, icon, sign, is_pressed ? tones->ground : tones->ink);
}

/* --- lists --- */

static void list_turn(struct sheet *sheet, struct rect side, const struct widget_list *list,
                      int shown)
{
    static const char *const names[] = {"earlier", "later"};
    int to[] = {list->first - shown, list->first + shown};
    for (int i = 0; i < 2; i++)
        if (to[i] + shown > 0 && to[i] < list->count)
            widget_sign_button(sheet, layout_row(side, 2, LAYOUT_GAP, i), names[i],
                               i ? ICON_DOWN : ICON_UP,
                               (struct act){.kind = ACT_TURN, .value = to[i] < 0 ? 0 : to[i]});
}

/* A list that ends before the last one says so, on each of its pages. */
static void list_end(struct sheet *sheet, struct rect *box)
{
    int beyond = sheet->model->page ? sheet->model->page->told.beyond : 0;
    char line[160];
    if (!beyond)
        return;
    words_format(line, sizeof line,
                 words_plural(sheet->model->language, "One more is not on this list.",
                              "%d more are not on this list.", beyond),
                 beyond);
    const struct canvas_text text = {.text = line,
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, rect_cut_bottom(box, 10, 2), &text);
}

void widget_list(struct sheet *sheet, struct rect box, const struct widget_list *list)
{
    list_end(sheet, &box);
    int columns = list->columns ? list->columns : 1;
    int rows = layout_room(box.h, list->row_mm, 2);
    if (list->count > rows * columns) {
        struct rect side = rect_cut_right(&box, LAYOUT_LEAST_MM, LAYOUT_GAP);
        list_turn(sheet, side, list, rows * columns);
    }
    double row_mm = layout_row(box, rows, 2, 0).h; /* no higher than a third more than asked */
    if (row_mm > list->row_mm * LIST_STRETCH)
        row_mm = list->row_mm * LIST_STRETCH;
    for (int i = 0; i < rows * columns && list->first + i < list->count; i++) {
        struct rect cell = layout_column(box, columns, LAYOUT_GAP, i % columns);
        cell.y += (i / columns) * (row_mm + 2);
        cell.h = row_mm;
        list->draw(sheet, cell, list->first + i);
    }
}

/* --- typing --- */

double widget_field_mm(const struct sheet *sheet, struct rect body)
{
    return layout_is_narrow(body) ? 15 : sheet->model->mode.is_large ? 13.4 : 11;
}

/* One dot for each digit that nobody should read. */
static void hide(const char *text, char *out_dots, size_t size)
{
    size_t used = 0;
    out_dots[0] = 0;
    for (size_t i = 0; text[i] && used + 8 < size; i++)
        used += (size_t)snprintf(out_dots + used, size - used, "● ");
}

/* The end of a text that is longer than its field is what was typed last. */
static void draw_typed(struct sheet *sheet, struct rect box, const char *text)
{
    char shown[TYPING_SIZE + 8];
    struct canvas_text said = {.text = text,
                               .cap_mm = 5,
                               .least_mm = 3.4,
                               .colour = sheet->tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    while (*text && !canvas_text_fits(sheet->canvas, box, &said)) {
        uint32_t point;
        size_t step = utf8_step(text, strlen(text), &point);
        text += step ? step : 1;
        snprintf(shown, sizeof shown, "…%s", text);
        said.text = shown;
    }
    canvas_text(sheet->canvas, box, &said);
}

void widget_field(struct sheet *sheet, struct rect box, const struct typing *typing,
                  const char *hint, bool is_secret)
{
    const struct theme_tones *tones = sheet->tones;
    char dots[128];
    canvas_round(sheet->canvas, box, 2.5, tones->panel);
    canvas_outline(sheet->canvas, box, 2.5, 0.6, tones->edge);
    struct rect inside = rect_inset(box, 1.5);
    rect_cut_left(&inside, 2, 0);
    hide(typing->text, dots, sizeof dots);
    if (typing->text[0]) {
        draw_typed(sheet, inside, is_secret ? dots : typing->text);
        return;
    }
    const struct canvas_text said = {.text = hint,
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .one_line_mm = 3.2,
                                     .colour = tones->soft,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, inside, &said);
}

/* --- numbers --- */

static void stepper_key(struct sheet *sheet, struct rect box, const struct widget_stepper *stepper,
                        bool is_more)
{
    char name[40];
    if (is_more ? stepper->is_most : stepper->is_least)
        return;
    snprintf(name, sizeof name, "%s-%s", stepper->name, is_more ? "more" : "less");
    widget_sign_button(
        sheet, box, name, is_more ? ICON_PLUS : ICON_MINUS,
        (struct act){.kind = ACT_CHOOSE, .value = stepper->choice + (is_more ? 1 : 0)});
}

/* The label beside the keys, or above them where it is narrow. */
static struct rect stepper_label(struct sheet *sheet, struct rect box,
                                 const struct widget_stepper *stepper)
{
    bool is_narrow = box.w < 90 && box.h >= 28;
    double beside = sheet->model->mode.is_large ? 0.45 : 0.3;
    if (!stepper->label || !stepper->label[0])
        return box;
    struct rect label =
        is_narrow ? rect_cut_top(&box, 11, 1) : rect_cut_left(&box, box.w * beside, LAYOUT_GAP);
    widget_label(sheet, label, stepper->label, 4.2);
    return box;
}

void widget_stepper(struct sheet *sheet, struct rect box, const struct widget_stepper *stepper)
{
    /* Minus stays at the left of plus, whichever hand is used. */
    box = canvas_place(sheet->canvas, box);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    struct rect keys = stepper_label(sheet, box, stepper);
    if (keys.w > STEPPER_MM)
        keys = rect_cut_right(&keys, STEPPER_MM, 0);
    double key = keys.h < 20 ? keys.h : 20;
    if (key > (keys.w - 18) / 2)
        key = (keys.w - 18) / 2;
    keys.y += (keys.h - key) / 2;
    keys.h = key;
    stepper_key(sheet, rect_cut_left(&keys, key, 1), stepper, false);
    stepper_key(sheet, rect_cut_right(&keys, key, 1), stepper, true);
    const struct canvas_text value = {.text = stepper->value,
                                      .cap_mm = stepper->cap_mm > 0 ? stepper->cap_mm : 6,
                                      .least_mm = 3,
                                      .colour = sheet->tones->ink,
                                      .is_bold = true,
                                      .align = CANVAS_CENTRE,
                                      .is_middle = true};
    canvas_text(sheet->canvas, keys, &value);
    canvas_set_mirror(sheet->canvas, was_mirrored);
}
