/*
 * mistakes - what could not be taken from the station's own card: for whoever put it there, without
 * a badge. card - the same for staff, who can put it away.
 */
#include <stdio.h>

#include "app/ui/mistakes.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 120
#define ROW_MM 17.0
#define ROW_UPRIGHT_MM 32.0
#define BUTTON_W 66.0
#define TALL_MM 24.0 /* the place may need two lines */
#define WHY_MM 4.2   /* a line of it at its smallest */

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct mistake *mistake = &sheet->model->mistakes->rows[index];
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    char place[160], said[400];
    canvas_round(sheet->canvas, box, 2.5, tones->ground);
    struct rect inside = {box.x + 3, box.y + 1, box.w - 6, box.h - 2};
    const struct canvas_text head = {.text = mistakes_place(sheet, mistake, place, sizeof place),
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .one_line_mm = 3,
                                     .colour = tones->ink,
                                     .is_bold = true,
                                     .lines = box.h > TALL_MM ? 2 : 1};
    rect_cut_top(&inside, widget_shortened(sheet, inside, &head), 0.4);
    const struct canvas_text why = {
        .text = words_sentence(sheet->model->language, &mistake->said, said, sizeof said),
        .cap_mm = 3.6,
        .least_mm = 2.8,
        .colour = tones->ink,
        .lines = inside.h > WHY_MM ? (int)(inside.h / WHY_MM) : 1};
    widget_shortened(sheet, inside, &why);
}

/* What to do about it, and how many more there are. */
static double draw_advice(struct sheet *sheet, struct rect box, const char *advice)
{
    const struct mistakes *mistakes = sheet->model->mistakes;
    enum language language = sheet->model->language;
    char beyond[80] = "", text[400];
    if (mistakes->beyond)
        words_format(beyond, sizeof beyond,
                     words_plural(language, "And one more.", "And %d more.", mistakes->beyond),
                     mistakes->beyond);
    snprintf(text, sizeof text, "%s %s", advice, beyond);
    return widget_extra(sheet, box,
                        &(struct canvas_text){.text = text,
                                              .cap_mm = 3.8,
                                              .least_mm = 2.9,
                                              .colour = sheet->tones->soft,
                                              .lines = 4});
}

/* In large letters one at a time has the place. */
static void draw_list(struct sheet *sheet, struct rect body, double row_mm)
{
    bool is_large = sheet->model->mode.is_large && !sheet->scene->is_staff;
    widget_list(sheet, body,
                &(struct widget_list){.count = sheet->model->mistakes->count,
                                      .first = sheet->model->page->first,
                                      .row_mm = is_large ? body.h : row_mm,
                                      .columns = 1,
                                      .draw = draw_row});
}

static void draw(struct sheet *sheet, struct rect area)
{
    bool is_narrow = layout_is_narrow(area);
    struct rect body = scene_frame(sheet, area, NULL);
    if (!sheet->model->mistakes->count) {
        widget_paragraph(sheet, body, sheet_say(sheet, "Everything on the card is taken."), 4.4);
        return;
    }
    struct rect box = {body.x, body.y, body.w, is_narrow ? 24 : 13};
    rect_cut_top(&body,
                 draw_advice(sheet, box,
                             sheet_say(sheet, "This is not taken. Mend the file on a computer, put "
                                              "the card back and switch the station on again.")),
                 1.5);
    draw_list(sheet, body, is_narrow ? ROW_UPRIGHT_MM : ROW_MM);
}

static void event(struct page *page, const struct page_event *event)
{
    (void)page, (void)event;
}

static void draw_staff(struct sheet *sheet, struct rect area)
{
    bool is_narrow = layout_is_narrow(area);
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect row =
        is_narrow ? rect_cut_bottom(&body, 13, LAYOUT_GAP) : rect_cut_top(&body, 13, 2);
    struct rect button = is_narrow ? row : rect_cut_right(&row, BUTTON_W, LAYOUT_GAP);
    struct rect advice = is_narrow ? rect_cut_top(&body, 11, 1.5) : row;
    if (!scene_problem(sheet, advice))
        draw_advice(sheet, advice, sheet_say(sheet, "Mend this on a computer."));
    draw_list(sheet, body, is_narrow ? ROW_UPRIGHT_MM : ROW_MM);
    if (!sheet->model->page->is_waiting)
        widget_button(sheet, button,
                      &(struct widget_button){.name = "put-away",
                                              .label = sheet_say(sheet, "Show this no more"),
                                              .act = {.kind = ACT_CHOOSE}});
}

static void event_staff(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask(page, ASK_PUT_AWAY);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_PUT_AWAY &&
             page->told.how == TOLD_YES)
        page_go(page, &scene_staff);
}

const struct scene scene_mistakes = {.name = "mistakes",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_PEN,
                                     .title = WORDS_MARK("On the SD card"),
                                     .draw = draw,
                                     .event = event,
                                     .idle_s = IDLE_S};

const struct scene scene_card = {.name = "card",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_PEN,
                                 .title = WORDS_MARK("On the SD card"),
                                 .draw = draw_staff,
                                 .event = event_staff,
                                 .back = &scene_staff,
                                 .idle_s = IDLE_S,
                                 .is_staff = true};
