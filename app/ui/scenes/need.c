/*
 * need - a need or an idea in somebody's own words. need-sure - as it will be read, in whose name
 * and by whom: only then it is left. What is typed survives whoever taps meanwhile.
 */
#include <stdio.h>

#include "app/domain/deed.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 60
#define LARGE_LINE_MM 22.0 /* less than two lines say too little */

enum { CHANGE, LEAVE };

/* --- their words --- */

static void draw_need(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_WORDS],
                     sheet->model->mode.is_large
                         ? sheet_say(sheet, "An idea")
                         : sheet_say(sheet, "In a few words: you see them before anybody else"),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static bool has_words(const struct page *page)
{
    const char *text = page_text(page, PAGE_WORDS);
    while (*text == ' ')
        text++;
    return *text != 0;
}

static void event_need(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_WORDS);
    if (event->kind != PAGE_DONE)
        return;
    if (has_words(page))
        page_go(page, &scene_need_sure);
    else
        page->problem = WORDS_MARK("Nothing is written yet. Say it in a few words.");
}

/* --- really? --- */

/* In large letters only where they have room: who wrote them knows them. */
static void draw_words(struct sheet *sheet, struct rect body)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    char whose[200];
    words_format(whose, sizeof whose,
                 sheet_say(sheet, "Said in your name, %s. Staff of this house read it."),
                 page->name);
    const struct canvas_text words = {.text = page_text(page, PAGE_WORDS),
                                      .cap_mm = 5,
                                      .least_mm = 3.2,
                                      .colour = sheet->tones->ink,
                                      .is_bold = true,
                                      .lines = 6};
    const struct canvas_text below = {
        .text = is_large ? sheet_say(sheet, "Staff read it, with your name.") : whose,
        .cap_mm = 4.2,
        .least_mm = 3.2,
        .colour = sheet->tones->soft,
        .lines = 3};
    struct rect above = body;
    rect_cut_bottom(&above, canvas_text_height(sheet->canvas, body, &below), LAYOUT_GAP);
    if (!is_large || above.h >= LARGE_LINE_MM)
        rect_cut_top(&body, widget_shortened(sheet, above, &words), LAYOUT_GAP);
    canvas_text(sheet->canvas, body, &below);
}

static void draw_sure(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect foot[2], body = scene_frame(sheet, area, NULL);
    scene_pair(sheet, area, &body, foot);
    if (!scene_problem(sheet, body))
        draw_words(sheet, body);
    if (page->is_waiting)
        return;
    widget_button(sheet, foot[0],
                  &(struct widget_button){.name = "change",
                                          .label = sheet_say(sheet, "Change it"),
                                          .act = {.kind = ACT_CHOOSE, .value = CHANGE},
                                          .style = WIDGET_OUTLINED});
    widget_button(sheet, foot[1],
                  &(struct widget_button){.name = "leave-it",
                                          .label = sheet_say(sheet, "Leave it"),
                                          .act = {.kind = ACT_CHOOSE, .value = LEAVE},
                                          .style = WIDGET_FILLED,
                                          .cap_mm = 5});
}

static void event_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD && page->told.how == TOLD_YES) {
        page_go(page, NULL);
    } else if (event->kind == PAGE_TOLD && !page->problem) {
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    } else if (event->kind == PAGE_CHOOSE && event->value == CHANGE) {
        page_go(page, &scene_need);
    } else if (event->kind == PAGE_CHOOSE) {
        struct ask *ask = page_ask(page, ASK_SAY);
        ask->number[0] = DEED_NEED;
        snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_WORDS));
    }
}

const struct scene scene_need = {.name = "need",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_PEN,
                                 .title = WORDS_MARK("A need or an idea"),
                                 .draw = draw_need,
                                 .event = event_need,
                                 .idle_s = IDLE_S};

const struct scene scene_need_sure = {.name = "need-sure",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_PEN,
                                      .title = WORDS_MARK("A need or an idea"),
                                      .draw = draw_sure,
                                      .event = event_sure,
                                      .back = &scene_need,
                                      .idle_s = IDLE_S};
