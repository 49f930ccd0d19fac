#include <string.h>

#include "app/ui/stage_i.h"
#include "app/ui/words.h"

#define FRAME_MS 250 /* a bar that runs out moves four times a second */
#define STRIP_H 19.0
#define STRIP_PAD 1.5
#define STRIP_BUTTON_W 40.0
#define STRIP_BUTTON_LEAST_W 34.0
#define SEAM 0.8

/* --- the parts --- */

/* Strips stand at the foot: beside each other where there is width, else on each other. */
static void cut_strips(struct stage *stage, struct rect *area, struct stage_part *parts, int *count)
{
    struct deck *deck = &stage->deck;
    int strips = deck->count - deck_count_whole(deck), place = 0;
    if (!strips)
        return;
    strips = strips > 2 ? 2 : strips;
    bool is_stacked = scene_is_narrow(*area);
    double width = is_stacked ? area->w : area->w / strips;
    struct rect foot = rect_cut_bottom(area, STRIP_H * (is_stacked ? strips : 1), 0);
    for (int i = deck->count - 1; i >= 0 && place < strips; i--) { /* the newest ones */
        struct deck_card *card = &deck->cards[i];
        if (deck_is_whole(card))
            continue;
        struct rect box =
            is_stacked ? rect_cut_top(&foot, STRIP_H, 0) : rect_cut_left(&foot, width, 0);
        parts[(*count)++] = (struct stage_part){card->scene, card, box, true};
        place++;
    }
}

int stage_picture_divide(struct stage *stage, struct stage_part *out_parts)
{
    struct rect area = screen_area(&stage->config.screen);
    int count = 0, whole = deck_count_whole(&stage->deck);
    cut_strips(stage, &area, out_parts, &count);
    if (!whole) {
        out_parts[count++] = (struct stage_part){stage_base(stage), NULL, area, false};
        return count;
    }
    bool is_stacked = screen_area(&stage->config.screen).h > area.w;
    for (int i = 0; i < stage->deck.count; i++) {
        struct deck_card *card = &stage->deck.cards[i];
        struct rect box = area;
        if (!deck_is_whole(card))
            continue;
        if (whole == 2 && is_stacked) {
            box.h /= 2;
            box.y += card->place * box.h;
        } else if (whole == 2) {
            box.w /= 2;
            box.x += card->place * box.w;
        }
        out_parts[count++] = (struct stage_part){card->scene, card, box, false};
    }
    return count;
}

static struct scene_model model_of(const struct stage *stage, const struct stage_part *part,
                                   int64_t now_ms)
{
    const struct deck_card *card = part->card;
    struct scene_model model = {
        .language = card ? card->answer.language : stage->language,
        .is_evening = stage->config.is_evening,
        .venue = stage->config.venue,
        .occasion = stage->occasion,
        .version = stage->config.version,
        .address = stage->address,
        .reader_side = stage->config.reader_side,
        .is_reader_resting = stage->is_reader_resting,
        .has_clock = stage->has_clock,
        .wall_ms = stage->wall_ms,
        .here = stage->here,
        .is_seen = stage->seen_until_ms != 0,
        .fault = stage->fault,
        .undo_left = card ? deck_undo_left(card, now_ms) : -1,
        .has_strip = stage->deck.count > deck_count_whole(&stage->deck),
    };
    if (card) {
        model.answer = &card->answer;
        model.is_called = card->is_called;
        model.is_spent = card->spent_until_ms != 0;
    }
    return model;
}

static double strip_button_width(struct rect area)
{
    return area.w < 100 ? STRIP_BUTTON_LEAST_W : STRIP_BUTTON_W;
}

static int strip_buttons(const struct scene_model *model, struct rect area,
                         struct scene_button *out)
{
    if (model->undo_left < 0 || model->is_spent)
        return 0;
    struct rect inside = rect_inset(area, STRIP_PAD);
    scene_button(out, model, "undo", WORDS_MARK("Undo"),
                 rect_cut_right(&inside, strip_button_width(area), 0), STAGE_INTENT_UNDO,
                 SCENE_OUTLINED);
    out->left = model->undo_left;
    return 1;
}

int stage_picture_buttons(const struct stage *stage, const struct stage_part *part, int64_t now_ms,
                          struct scene_button *out_buttons)
{
    struct scene_model model = model_of(stage, part, now_ms);
    if (part->is_strip)
        return strip_buttons(&model, part->area, out_buttons);
    return part->scene->layout ? part->scene->layout(&model, part->area, out_buttons) : 0;
}

/* --- drawing --- */

static void draw_ground(const struct scene_button *button, const struct theme_tones *tones,
                        bool is_filled, struct canvas *canvas)
{
    if (is_filled)
        canvas_round(canvas, button->box, SCENE_RADIUS, tones->ink);
    else if (button->style == SCENE_QUIET)
        canvas_round(canvas, button->box, SCENE_RADIUS, tones->panel);
    else
        canvas_outline(canvas, button->box, SCENE_RADIUS, 0.6, tones->edge);
}

static void draw_button(const struct scene_button *button, const struct theme_tones *tones,
                        bool is_pressed, struct canvas *canvas)
{
    /* Under the finger a button is the other way round. */
    bool is_filled = (button->style == SCENE_FILLED) != is_pressed;
    uint32_t ink = is_filled ? tones->ground : tones->ink;
    struct rect text_box = rect_inset(button->box, 2.5);
    draw_ground(button, tones, is_filled, canvas);
    if (button->left >= 0) {
        struct rect bar = rect_inset(button->box, 4);
        bar = rect_cut_bottom(&bar, 1.4, 0);
        canvas_round(canvas, bar, 0.7, tones->track);
        bar.w *= button->left;
        canvas_round(canvas, bar, 0.7, ink);
        text_box.h -= 3;
    }
    struct canvas_text label = {.text = button->label,
                                .cap_mm = 4.2,
                                .colour = ink,
                                .is_bold = true,
                                .align = CANVAS_CENTRE,
                                .is_middle = true};
    canvas_text(canvas, text_box, &label);
}

static void draw_strip(const struct stage_part *part, const struct scene_model *model,
                       struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(part->scene->meaning, model->is_evening);
    struct rect inside = rect_inset(part->area, STRIP_PAD);
    rect_cut_right(&inside, strip_button_width(part->area), 2);
    rect_cut_left(&inside, 3, 0);
    if (inside.w > 40) /* half a strip has room for the name only; the colour says the rest */
        icon_draw(canvas, part->scene->icon, rect_cut_left(&inside, 9, 4), tones->ink);
    struct canvas_text name = {.text = model->answer->display_name,
                               .cap_mm = 4.2,
                               .one_line_mm = 3.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    canvas_text(canvas, inside, &name);
}

static bool is_under_finger(const struct stage *stage, const struct scene_button *button)
{
    return stage->is_down && strcmp(stage->down_button, button->name) == 0 &&
           rect_has(button->box, stage->down_x, stage->down_y);
}

static void draw_part(struct stage *stage, const struct stage_part *part, int64_t now_ms,
                      struct canvas *canvas)
{
    struct scene_button buttons[SCENE_BUTTONS_MAX];
    struct scene_model model = model_of(stage, part, now_ms);
    const struct theme_tones *tones = theme_tones(part->scene->meaning, model.is_evening);
    canvas_fill(canvas, part->area, tones->ground);
    if (part->is_strip)
        draw_strip(part, &model, canvas);
    else
        part->scene->draw(&model, part->area, canvas);
    int count = stage_picture_buttons(stage, part, now_ms, buttons);
    for (int i = 0; i < count; i++) {
        draw_button(&buttons[i], tones, is_under_finger(stage, &buttons[i]), canvas);
        if (buttons[i].left >= 0)
            stage->frame_ms = now_ms + FRAME_MS;
    }
}

/* Two results side by side stay two: a line of paper between them. */
static void draw_seams(const struct stage *stage, const struct stage_part *parts, int count,
                       struct canvas *canvas)
{
    uint32_t paper = theme_tones(THEME_PAPER, stage->config.is_evening)->ground;
    for (int i = 0; i < count; i++) {
        struct rect area = parts[i].area;
        if (area.x > 0)
            canvas_fill(canvas, (struct rect){area.x - SEAM / 2, area.y, SEAM, area.h}, paper);
        if (area.y > 0)
            canvas_fill(canvas, (struct rect){area.x, area.y - SEAM / 2, area.w, SEAM}, paper);
    }
}

/* "Your badge was read", where somebody else's result stands: a tick in the middle of it all. */
static void draw_seen(const struct stage *stage, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, stage->config.is_evening);
    struct rect area = screen_area(&stage->config.screen);
    struct rect box = {area.w / 2 - 16, area.h / 2 - 16, 32, 32};
    canvas_disc(canvas, area.w / 2, area.h / 2, 18, tones->ground);
    icon_draw_on_disc(canvas, ICON_TICK, box, tones->ink, tones->ground);
}

void stage_draw(struct stage *stage, int64_t now_ms, struct canvas *canvas)
{
    struct stage_part parts[STAGE_PARTS_MAX];
    stage_age(stage, now_ms);
    canvas_forget(canvas);
    stage->frame_ms = INT64_MAX;
    int count = stage_picture_divide(stage, parts);
    for (int i = 0; i < count; i++)
        draw_part(stage, &parts[i], now_ms, canvas);
    draw_seams(stage, parts, count, canvas);
    bool is_shown_by_base = !deck_count_whole(&stage->deck) && stage_base(stage) == &scene_resting;
    if (stage->seen_until_ms && !is_shown_by_base)
        draw_seen(stage, canvas);
    stage->drawn_changes = stage->changes + stage->deck.changes;
    stage->is_changed = false;
}
