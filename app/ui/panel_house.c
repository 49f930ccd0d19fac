/* What the room sees all evening beside the place to tap: several things, by turns in one place. */
#include <stdio.h>

#include "app/ui/panel.h"
#include "app/ui/slot.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define LINE_MM 7.0
#define HIGH_MM 28.0

/* Whose turn it is: NULL is the house, which is first, then the hands; else those. */
static const struct answer_slot *turn_of(const struct scene_model *model)
{
    if (model->quorum || model->has_newcomer) /* nothing else matters as much */
        return NULL;
    int turn = model->turn % (model->hand_count + 1);
    return turn ? &model->hands[turn - 1] : NULL;
}

/* Nobody yet: the house says hello instead of counting to zero. */
static void house_is_empty(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    struct canvas_text said = {.text = sheet_say(sheet, "Welcome"),
                               .cap_mm = 5.4,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = true};
    if (inside.w < inside.h * 2) {
        icon_draw(sheet->canvas, ICON_HOUSE, rect_cut_top(&inside, inside.h * 0.5, 2),
                  tones->accent);
        said.align = CANVAS_CENTRE;
    } else {
        icon_draw(sheet->canvas, ICON_HOUSE, rect_cut_left(&inside, inside.h, 5), tones->accent);
    }
    widget_extra(sheet, inside, &said);
}

/* What is on, and below it who is here. */
static void house_with_occasion(struct sheet *sheet, struct rect inside,
                                const struct theme_tones *tones)
{
    char text[96];
    int count = sheet->model->here;
    struct canvas_text said = {.text = sheet->model->occasion,
                               .cap_mm = 4.6,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 4};
    words_format(
        text, sizeof text,
        words_plural(sheet->model->language, "One person is here", "%d people are here", count),
        count);
    struct canvas_text here = {.text = text, .cap_mm = 3.8, .least_mm = 3, .colour = tones->soft};
    if (count > 0) {
        if (inside.h > 24)
            widget_dots(sheet, rect_cut_bottom(&inside, 4, 0.5), count, tones->accent,
                        tones->accent);
        widget_extra(sheet, rect_cut_bottom(&inside, 6.5, 0.5), &here);
    }
    widget_extra(sheet, inside, &said);
}

/* Low: for what; and when and how many in one line, as far as it goes. */
static void hands_low(struct sheet *sheet, struct rect inside, struct canvas_text title,
                      struct canvas_text day, const char *hands)
{
    char both[WORDS_TIME_SIZE * 2 + SLOT_TEXT_BYTES];
    const char *when = day.text;
    words_format(both, sizeof both, hands[0] ? "%s · %s" : "%s", when, hands);
    struct rect below = rect_cut_bottom(&inside, LINE_MM, 0);
    day.text = both;
    if (!canvas_text_fits(sheet->canvas, below, &day))
        day.text = when;
    title.is_middle = true;
    widget_shortened(sheet, inside, &title);
    canvas_text(sheet->canvas, below, &day);
}

/* High: each in a row of its own. */
static void hands_high(struct sheet *sheet, struct rect inside, struct canvas_text title,
                       const struct canvas_text *day, const char *hands)
{
    char kept[WIDGET_WORDS_BYTES];
    struct canvas_text small = {.text = sheet_say(sheet, "Hands needed"),
                                .cap_mm = 3.6,
                                .least_mm = 3,
                                .colour = day->colour};
    canvas_text(sheet->canvas, rect_cut_top(&inside, LINE_MM - 0.5, 0.5), &small);
    struct rect above = {inside.x, inside.y, inside.w, inside.h - 2 * LINE_MM};
    title.lines = 3;
    title.text = widget_shorten(sheet, above, &title, kept);
    rect_cut_top(&inside, canvas_text(sheet->canvas, above, &title), 0.5);
    struct rect row = {inside.x, inside.y, inside.w, LINE_MM};
    rect_cut_top(&inside, canvas_text(sheet->canvas, row, day), 0);
    small.text = hands;
    canvas_text(sheet->canvas, inside, &small);
}

/* Large letters have room for what it is about; the list behind it says the rest. */
static void hands_large(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    const struct canvas_text said = {.text = sheet_say(sheet, "Hands needed"),
                                     .cap_mm = 6.2,
                                     .colour = tones->ink,
                                     .is_bold = true,
                                     .lines = 2,
                                     .is_middle = true};
    widget_extra(sheet, inside, &said);
}

/* Hands needed: for what, when, how many. */
static void house_hands(struct sheet *sheet, struct rect inside, const struct theme_tones *tones,
                        const struct answer_slot *slot)
{
    char when[WORDS_TIME_SIZE * 2], hands[SLOT_TEXT_BYTES];
    const struct scene_model *model = sheet->model;
    words_when(model->language, slot->from_ms, model->has_clock ? model->wall_ms : 0, when,
               sizeof when);
    slot_hands(sheet, slot, hands, sizeof hands);
    const struct canvas_text title = {.text = slot_title(sheet, slot),
                                      .cap_mm = 5,
                                      .least_mm = 3.2,
                                      .colour = tones->ink,
                                      .is_bold = true};
    const struct canvas_text day = {
        .text = when, .cap_mm = 4.6, .least_mm = 3, .colour = tones->soft};
    if (model->mode.is_large)
        hands_large(sheet, inside, tones);
    else if (inside.h > HIGH_MM)
        hands_high(sheet, inside, title, &day, hands);
    else
        hands_low(sheet, inside, title, day, hands);
}

/* How many are here, as a number, as a word and as dots. */
static void house_counted(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    char number[16];
    int here = sheet->model->here;
    snprintf(number, sizeof number, "%d", here);
    struct canvas_text big = {
        .text = number, .cap_mm = 10, .colour = tones->ink, .is_bold = true, .is_middle = true};
    struct canvas_text said = {
        .text = words_plural(sheet->model->language, "person is here", "people are here", here),
        .cap_mm = 4,
        .one_line_mm = 3.3,
        .colour = tones->soft,
        .lines = 2};
    bool is_lying = inside.w > inside.h * 2;
    widget_dots(sheet, rect_cut_bottom(&inside, 4, 1), here, tones->accent, tones->accent);
    if (is_lying) {
        int digits = here > 99 ? 3 : here > 9 ? 2 : 1;
        said.is_middle = true;
        widget_extra(sheet, rect_cut_left(&inside, 2 + 8.4 * digits, 2), &big);
    } else {
        widget_extra(sheet, rect_cut_top(&inside, 17, 0), &big);
    }
    widget_extra(sheet, inside, &said);
}

/* Whoever reads it may go and say hello. */
static void house_newcomer(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    bool is_high = inside.h > HIGH_MM && inside.w < inside.h * 2;
    bool is_large = sheet->model->mode.is_large; /* then there is room for the words alone */
    struct canvas_text said = {.text = sheet_say(sheet, is_large ? WORDS_MARK("Someone new")
                                                                 : WORDS_MARK("Someone is here for "
                                                                              "the first time")),
                               .cap_mm = 4.6,
                               .colour = tones->ink,
                               .is_bold = true,
                               .is_middle = is_large || !is_high,
                               .lines = 4};
    if (!is_large)
        icon_draw_on_disc(sheet->canvas, ICON_WAVE,
                          is_high ? rect_cut_top(&inside, inside.h * 0.4, 3)
                                  : rect_cut_left(&inside, inside.h < 18 ? inside.h : 18, 4),
                          tones->ink, tones->ground);
    widget_extra(sheet, inside, &said);
}

/* What can be touched has an edge that can be seen; under the finger it is darker. */
static void house_ground(struct sheet *sheet, struct rect box, const struct theme_tones *tones,
                         bool is_touched)
{
    bool is_pressed = is_touched && sheet_target(sheet, box, "hands",
                                                 (struct act){.kind = ACT_GO, .to = &scene_shifts});
    if (is_touched) /* in high contrast it stands out as a whole */
        canvas_mark_control(sheet->canvas, box,
                            sheet->model->mode.is_contrast ? tones->ground : tones->rim, "hands");
    canvas_round(sheet->canvas, box, WIDGET_RADIUS + 1, is_pressed ? tones->panel : tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS + 1, is_touched ? 0.6 : 0.4,
                   is_touched ? tones->rim : tones->track);
}

void panel_house(struct sheet *sheet, struct rect box)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    struct rect inside = rect_inset(box, 4);
    const struct answer_slot *hands = turn_of(sheet->model);
    house_ground(sheet, box, tones, hands != NULL);
    /* A number stands before what it counts, whichever hand is used. */
    inside = canvas_place(sheet->canvas, inside);
    bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
    if (hands)
        house_hands(sheet, inside, tones, hands);
    else if (sheet->model->quorum)
        panel_quorum(sheet, inside, tones);
    else if (sheet->model->has_newcomer)
        house_newcomer(sheet, inside, tones);
    else if (sheet->model->occasion && sheet->model->occasion[0])
        house_with_occasion(sheet, inside, tones);
    else if (sheet->model->here <= 0)
        house_is_empty(sheet, inside, tones);
    else
        house_counted(sheet, inside, tones);
    canvas_set_mirror(sheet->canvas, was_mirrored);
}
