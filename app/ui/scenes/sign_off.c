/*
 * sign-off - a shift at its end, by who was in charge: who came, and were you enough? That one
 * touch is all it needs. signed-off - it is noted. sign-off-word - something for the next, typed by
 * who likes to.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 40

/* --- who came, and were you enough? --- */

static void draw_person(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    const struct theme_tones *tones = sheet->tones;
    bool is_above = sheet->model->mode.is_large && box.w < 66;
    struct rect sign = is_above ? rect_cut_top(&box, 7, 1) : rect_cut_left(&box, 7, 3);
    sign.w = 7;
    if (row->mark)
        icon_draw_on_disc(sheet->canvas, ICON_TICK, sign, tones->ink, tones->ground);
    else
        canvas_outline(sheet->canvas,
                       (struct rect){sign.x, sign.y + (sign.h - sign.w) / 2, sign.w, sign.w},
                       sign.w / 2, 0.4, tones->rim);
    const struct canvas_text name = {.text = row->title,
                                     .cap_mm = 4.2,
                                     .least_mm = 3.2,
                                     .one_line_mm = 3.2,
                                     .colour = tones->ink,
                                     .lines = sheet->model->mode.is_large ? 2 : 1,
                                     .is_middle = true};
    canvas_text(sheet->canvas, box, &name);
}

/* In large letters a name may need two lines, and where it is narrow the sign stands above it. */
static double large_row_mm(struct rect box)
{
    return box.w < 90 ? 30 : 20;
}

static void draw_people(struct sheet *sheet, struct rect box)
{
    const struct page *page = sheet->model->page;
    if (page->told.ask != ASK_SIGN_OFF || page->problem)
        return;
    if (!page->told.count) {
        widget_paragraph(sheet, box, sheet_say(sheet, "Nobody had signed up."), 4.2);
        return;
    }
    widget_list(
        sheet, box,
        &(struct widget_list){.count = page->told.count,
                              .first = page->first,
                              .row_mm = sheet->model->mode.is_large ? large_row_mm(box) : 10,
                              .draw = draw_person});
}

static void draw_question(struct sheet *sheet, struct rect box)
{
    static const struct {
        const char *name, *label;
        enum shift_enough enough;
    } choices[] = {{"too-few", WORDS_MARK("Too few"), SHIFT_TOO_FEW},
                   {"enough", WORDS_MARK("Just enough"), SHIFT_ENOUGH},
                   {"too-many", WORDS_MARK("Plenty"), SHIFT_TOO_MANY}};
    const struct canvas_text question = {.text = sheet_say(sheet, "Were you enough?"),
                                         .cap_mm = 4.6,
                                         .least_mm = 3.6,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .is_middle = true};
    bool is_large = sheet->model->mode.is_large, is_row = box.h < 35;
    double rows_mm = 3 * LAYOUT_LEAST_MM + 2 * 2.2, row_mm = is_large ? box.h : SCENE_BUTTON_H;
    struct rect buttons = rect_cut_bottom(&box, is_row ? row_mm : rows_mm, 1);
    if (!is_large)
        widget_extra(sheet, box, &question);
    for (int i = 0; i < 3; i++)
        widget_button(sheet,
                      is_row ? layout_column(buttons, 3, 2.2, i) : layout_row(buttons, 3, 2.2, i),
                      &(struct widget_button){.name = choices[i].name,
                                              .label = sheet_say(sheet, choices[i].label),
                                              .act = {ACT_CHOOSE, .value = (int)choices[i].enough},
                                              .style = WIDGET_QUIET,
                                              .cap_mm = 4.4});
}

static void draw_sign_off(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_told = page->told.ask == ASK_SIGN_OFF && page->told.name[0];
    struct rect body =
        scene_frame(sheet, area, scene_typing_title(sheet, is_told ? page->told.name : NULL));
    bool is_narrow = layout_is_narrow(area), is_large = sheet->model->mode.is_large;
    double foot_mm = !is_large ? 28 : is_narrow ? 3 * LAYOUT_LEAST_MM + 5.4 : 24.2;
    struct rect side = is_narrow || is_large ? rect_cut_bottom(&body, foot_mm, 2.2)
                                             : rect_cut_right(&body, body.w * 0.42, 5);
    scene_problem_below(sheet, &body);
    draw_people(sheet, body);
    /* What was not noted may be said again. */
    if (page->told.ask == ASK_SIGNED_OFF ||
        (page->told.ask == ASK_SIGN_OFF && page->told.how == TOLD_YES))
        draw_question(sheet, side);
}

static void ask_signed_off(struct page *page)
{
    struct ask *ask = page_ask_shift(page, ASK_SIGNED_OFF);
    ask->number[1] = page->choice;
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_REASON));
}

/* Was it noted? Then there is nothing more to do but to say so. */
static void take_signed_off(struct page *page)
{
    if (page->told.ask != ASK_SIGNED_OFF)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_signed_off);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
}

static void event_sign_off(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask_shift(page, ASK_SIGN_OFF);
    } else if (event->kind == PAGE_CHOOSE && !page->is_waiting) {
        page->choice = event->value;
        ask_signed_off(page);
    } else if (event->kind == PAGE_TOLD) {
        take_signed_off(page);
    }
}

/* --- it is noted --- */

enum { WORD, DONE };

static void draw_signed_off(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const char *word = page_text(page, PAGE_REASON);
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect foot[2];
    scene_pair(sheet, area, &body, foot);
    const struct canvas_text texts[] = {
        {.text = sheet_say(sheet, "Thank you: it is noted."),
         .cap_mm = 5.6,
         .least_mm = 4,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .lines = 2},
        {.text = word[0] ? word : sheet_say(sheet, "Is there something the next ones should know?"),
         .cap_mm = 4.4,
         .least_mm = 3.4,
         .colour = sheet->tones->soft,
         .lines = 4}};
    scene_stack(sheet, body, texts, 2);
    widget_button(sheet, foot[0],
                  &(struct widget_button){.name = "word",
                                          .label = sheet_say(sheet, "A word"),
                                          .act = {.kind = ACT_CHOOSE, .value = WORD},
                                          .style = WIDGET_OUTLINED});
    widget_button(sheet, foot[1],
                  &(struct widget_button){.name = "done",
                                          .label = sheet_say(sheet, "Done"),
                                          .act = {.kind = ACT_CHOOSE, .value = DONE},
                                          .style = WIDGET_FILLED,
                                          .cap_mm = 5});
}

static void event_signed_off(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE)
        page_go(page, event->value == WORD ? &scene_sign_off_word : NULL);
}

/* --- a word for the next --- */

static void draw_word(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_REASON],
                     sheet->model->mode.is_large ? sheet_say(sheet, "A word")
                                                 : sheet_say(sheet, "In a few words"),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_word(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_REASON);
    else if (event->kind == PAGE_DONE && !page->is_waiting)
        ask_signed_off(page);
    else if (event->kind == PAGE_TOLD)
        take_signed_off(page);
}

const struct scene scene_sign_off = {.name = "sign-off",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_FLAG,
                                     .title = WORDS_MARK("Your shift"),
                                     .draw = draw_sign_off,
                                     .event = event_sign_off,
                                     .idle_s = IDLE_S,
                                     .is_private = true};

const struct scene scene_signed_off = {.name = "signed-off",
                                       .meaning = THEME_PAPER,
                                       .icon = ICON_FLAG,
                                       .title = WORDS_MARK("Your shift"),
                                       .draw = draw_signed_off,
                                       .event = event_signed_off,
                                       .back = &scene_sign_off,
                                       .idle_s = 20,
                                       .is_private = true};

const struct scene scene_sign_off_word = {.name = "sign-off-word",
                                          .meaning = THEME_PAPER,
                                          .icon = ICON_PEN,
                                          .title = WORDS_MARK("A word for the next"),
                                          .draw = draw_word,
                                          .event = event_word,
                                          .back = &scene_signed_off,
                                          .idle_s = 60,
                                          .is_private = true};
