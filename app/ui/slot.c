#include "app/ui/slot.h"

#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define TILE_MM 15.5
#define TILE_LARGE_MM 26.0
#define LINE_LARGE_MM 10.4
#define TILE_MOST_MM 30.0
#define GAP 2.5
#define PAD 2.2

const char *slot_title(const struct sheet *sheet, const struct answer_slot *slot)
{
    return slot->title[0] ? slot->title : sheet_say(sheet, scene_occasion_title(slot->kind));
}

static bool is_today(const struct answer_slot *slot, int64_t now_ms)
{
    return now_ms && day_number(slot->from_ms, 0) == day_number(now_ms, 0);
}

const char *slot_when(const struct sheet *sheet, const struct answer_slot *slot, int64_t now_ms,
                      char *out_text, size_t size)
{
    enum language language = sheet->model->language;
    char from[WORDS_TIME_SIZE], to[WORDS_TIME_SIZE];
    words_hour(language, slot->from_ms, from, sizeof from);
    words_hour(language, slot->to_ms, to, sizeof to);
    if (now_ms && slot->from_ms <= now_ms)
        return words_format(out_text, size, sheet_say(sheet, "until %s"), to);
    if (is_today(slot, now_ms))
        return words_format(out_text, size, "%s – %s", from, to);
    return words_when(language, slot->from_ms, now_ms, out_text, size);
}

const char *slot_hands(const struct sheet *sheet, const struct answer_slot *slot, char *out_text,
                       size_t size)
{
    out_text[0] = 0;
    if (slot->needed <= 0)
        return out_text;
    return words_format(
        out_text, size,
        words_plural(sheet->model->language, "one hand needed", "%d hands needed", slot->needed),
        slot->needed);
}

/* When and how many; when alone where that has no room. */
static const char *line_of(const struct sheet *sheet, struct rect box, struct canvas_text line,
                           const struct answer_slot *slot, int64_t now_ms, char *out_text,
                           size_t size)
{
    char when[SLOT_TEXT_BYTES], hands[SLOT_TEXT_BYTES];
    slot_when(sheet, slot, now_ms, when, sizeof when);
    slot_hands(sheet, slot, hands, sizeof hands);
    words_format(out_text, size, hands[0] ? "%s · %s" : "%s", when, hands);
    line.text = out_text;
    if (!canvas_text_fits(sheet->canvas, box, &line))
        words_format(out_text, size, "%s", when);
    return out_text;
}

/* The title above the line, both in the middle of the tile's height. */
static void draw_high(struct sheet *sheet, struct rect inside, struct canvas_text title,
                      struct canvas_text line)
{
    char words[WIDGET_WORDS_BYTES];
    double line_mm = sheet->model->mode.is_large ? LINE_LARGE_MM : inside.h < 13 ? 5.2 : 6;
    struct rect above = {inside.x, inside.y, inside.w, inside.h - line_mm};
    title.lines = above.h < 10.6 ? 1 : 2;
    title.text = widget_shorten(sheet, above, &title, words);
    double spare = above.h - canvas_text_height(sheet->canvas, above, &title);
    if (spare > 0)
        above.y += spare / 2;
    double used = canvas_text(sheet->canvas, above, &title);
    widget_shortened(sheet, (struct rect){inside.x, above.y + used, inside.w, line_mm}, &line);
}

void slot_beside(struct sheet *sheet, struct rect box, struct canvas_text title,
                 struct canvas_text when)
{
    double part = 0.45;
    while (part < 0.9 &&
           !canvas_text_fits(sheet->canvas, (struct rect){0, 0, box.w * part, box.h}, &when))
        part += 0.15;
    title.is_middle = when.is_middle = true;
    when.align = sheet->model->mode.is_mirrored ? CANVAS_LEFT : CANVAS_RIGHT;
    canvas_text(sheet->canvas, rect_cut_right(&box, box.w * part, 2), &when);
    if (part < 0.9)
        widget_shortened(sheet, box, &title);
}

/* In large letters the choice of what somebody came to is its titles. */
static bool is_bare(const struct sheet *sheet, const struct slot_choice *choice)
{
    return sheet->model->mode.is_large && choice->ask == ASK_ATTEND && choice->count > 1;
}

static struct rect inside_of(struct rect box)
{
    struct rect inside = rect_inset(box, PAD);
    rect_cut_left(&inside, 1, 0);
    rect_cut_right(&inside, 1, 0);
    return inside;
}

static void draw_slot(struct sheet *sheet, struct rect box, const struct slot_choice *choice,
                      int index)
{
    char text[2 * SLOT_TEXT_BYTES], name[24];
    const struct answer_slot *slot = &choice->slots[index];
    snprintf(name, sizeof name, "slot-%d", index + 1);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){
            .name = name, .act = {.kind = ACT_ASK, .value = (int)choice->ask, .shift = slot->of}});
    const struct theme_tones *tones = sheet->tones;
    struct rect inside = inside_of(box);
    struct canvas_text title = {.text = slot_title(sheet, slot),
                                .cap_mm = 4.4,
                                .least_mm = 3.2,
                                .one_line_mm = 3.6,
                                .colour = is_pressed ? tones->ground : tones->ink,
                                .is_bold = true,
                                .is_middle = is_bare(sheet, choice)};
    struct canvas_text line = {
        .cap_mm = 3.6, .least_mm = 3, .colour = is_pressed ? tones->ground : tones->soft};
    bool is_low = sheet->model->mode.is_large && inside.h < 2 * LINE_LARGE_MM;
    struct rect row = {inside.x, inside.y, is_low ? inside.w * 0.45 : inside.w,
                       sheet->model->mode.is_large ? LINE_LARGE_MM : 5.2};
    line.text = line_of(sheet, row, line, slot, choice->now_ms, text, sizeof text);
    if (is_bare(sheet, choice))
        widget_shortened(sheet, inside, &title);
    else if (is_low)
        slot_beside(sheet, inside, title, line);
    else
        draw_high(sheet, inside, title, line);
}

/* Large letters in a low tile: both in one line, as much as it takes. */
static void draw_basket_texts(struct sheet *sheet, struct rect inside, struct canvas_text title,
                              struct canvas_text line)
{
    char both[2 * SLOT_TEXT_BYTES];
    if (!sheet->model->mode.is_large || inside.h >= 2 * LINE_LARGE_MM) {
        draw_high(sheet, inside, title, line);
        return;
    }
    snprintf(both, sizeof both, "%s: %s", title.text, line.text);
    title.text = both;
    title.is_middle = true;
    widget_shortened(sheet, inside, &title);
}

static void draw_basket(struct sheet *sheet, struct rect box, const struct slot_choice *choice,
                        int index)
{
    char name[24];
    const struct answer_basket *basket = &choice->baskets[index];
    bool is_own = fact_id_is_same(basket->person, choice->owner);
    snprintf(name, sizeof name, "basket-%d", index + 1);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){
            .name = name,
            .act = {.kind = ACT_ASK, .value = ASK_DO, .shift = {basket->person, DEED_BASKET}}});
    const struct theme_tones *tones = sheet->tones;
    const struct canvas_text title = {.text =
                                          is_own ? sheet_say(sheet, "Your basket") : basket->name,
                                      .cap_mm = 4.4,
                                      .least_mm = 3.2,
                                      .one_line_mm = 3.6,
                                      .colour = is_pressed ? tones->ground : tones->ink,
                                      .is_bold = true},
                             line = {.text = basket->size,
                                     .cap_mm = 3.6,
                                     .least_mm = 3,
                                     .colour = is_pressed ? tones->ground : tones->soft};
    draw_basket_texts(sheet, inside_of(box), title, line);
}

/* --- where they stand --- */

static int count_of(const struct slot_choice *choice)
{
    return choice->basket_count + choice->count;
}

/* Two beside each other where it lies, unless letters are large. */
static int columns_of(const struct sheet *sheet, struct rect area, const struct slot_choice *choice)
{
    bool is_single = layout_is_narrow(area) || count_of(choice) == 1;
    return is_single || (sheet->model->mode.is_large && !is_bare(sheet, choice)) ? 1 : 2;
}

static double tile_mm(const struct sheet *sheet, struct rect area, const struct slot_choice *choice)
{
    bool is_large = sheet->model->mode.is_large && !is_bare(sheet, choice);
    return is_large && layout_is_narrow(area) ? TILE_LARGE_MM : TILE_MM;
}

double slot_tiles_mm(const struct sheet *sheet, struct rect area, const struct slot_choice *choice)
{
    int columns = columns_of(sheet, area, choice);
    int rows = (count_of(choice) + columns - 1) / columns;
    if (sheet->model->mode.is_large && !is_bare(sheet, choice)) /* the question first */
        rows = 1;
    return rows * tile_mm(sheet, area, choice) + (rows - 1) * GAP;
}

void slot_tiles(struct sheet *sheet, struct rect box, const struct slot_choice *choice)
{
    int count = count_of(choice), columns = columns_of(sheet, box, choice);
    int rows = layout_room(box.h, tile_mm(sheet, box, choice), GAP);
    if (box.h < LAYOUT_LEAST_MM)
        return;
    if (count > rows * columns)
        count = rows * columns;
    rows = (count + columns - 1) / columns;
    double most_mm = rows * TILE_MOST_MM + (rows - 1) * GAP;
    if (box.h > most_mm && !sheet->model->mode.is_large)
        box.h = most_mm;
    int most = count - (choice->count > 0 && count > 1); /* a hand is asked for beside them */
    int baskets = choice->basket_count < most ? choice->basket_count : most;
    for (int i = 0; i < count; i++) {
        struct rect place = layout_share(box, columns, count, GAP, i);
        if (i < baskets)
            draw_basket(sheet, place, choice, i);
        else
            draw_slot(sheet, place, choice, i - baskets);
    }
}
