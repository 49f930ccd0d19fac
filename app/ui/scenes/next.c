/*
 * blank - a badge of their own: tapped, and tapped once more before it counts. next - what comes:
 * an info session, drinks, links, a first shift. link - one of them as a QR code, and as a text to
 * note.
 */
#include <stdio.h>

#include "app/ui/shift_row.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90

/* --- a badge --- */

enum { NONE_WANTED, NOT_TODAY };
enum { FIRST_TAP, SECOND_TAP };

static void draw_blank(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"no-badge-wanted", sheet_say(sheet, "I’d rather have none"), NONE_WANTED},
        {"skip", sheet_say(sheet, "Not today"), NOT_TODAY}};
    welcome_foot(sheet, area, &body, foot, 2);
    scene_ask_badge(sheet, body,
                    page->way.screen == FIRST_TAP
                        ? sheet_say(sheet, "Take a blank badge, and tap it here")
                        : sheet_say(sheet, "It works. Tap it once more, and it is yours"));
}

static void take_blank(struct page *page)
{
    struct page_way *way = &page->way;
    if (page->told.how != TOLD_YES) {
        way->screen = FIRST_TAP;
        if (!page->problem)
            page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    } else if (way->screen == FIRST_TAP) {
        way->screen = SECOND_TAP;
    } else {
        welcome_take(page);
        welcome_go_on(page);
    }
}

static void event_blank(struct page *page, const struct page_event *event)
{
    if (welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER)
        page->way.screen = FIRST_TAP;
    else if (event->kind == PAGE_TOLD && page->told.how == TOLD_CLAIMED)
        page_ask(page, ASK_BLANK)->number[0] = page->way.screen;
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_BLANK)
        take_blank(page);
    else if (event->kind == PAGE_CHOOSE)
        welcome_say(page, event->value == NONE_WANTED ? NEWCOMER_DECLINED : NEWCOMER_SKIPPED);
}

/* --- what comes --- */

enum { SHIFT = TOLD_ROWS_MAX, DONE };

static int link_count(const struct page *page)
{
    return page->way.guide ? page->way.guide->link_count : 0;
}

/* First the dates, then the links. */
static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct page *page = sheet->model->page;
    char when[SCENE_WHEN_SIZE];
    if (index < page->told.count) {
        const struct row *row = &page->told.rows[index];
        struct rect inside = rect_inset(widget_panel(sheet, box), 0);
        shift_row_leaf(sheet, rect_cut_left(&inside, inside.h, 3), row->at_ms, false);
        shift_row_words(sheet, inside, row->title, scene_when(sheet, row, when), false);
        return;
    }
    const struct guide_link *link = &page->way.guide->links[index - page->told.count];
    widget_tile(sheet, box,
                &(struct widget_tile){.name = link->key,
                                      .title = link->names[sheet->model->language],
                                      .icon = ICON_RIGHT,
                                      .has_icon = !sheet->model->mode.is_large,
                                      .act = {.kind = ACT_CHOOSE, .value = index}});
}

static void draw_next(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"first-shift",
         sheet_say(sheet, is_large ? WORDS_MARK("A shift") : WORDS_MARK("My first shift")), SHIFT},
        {"done", sheet_say(sheet, "Done"), DONE}};
    welcome_foot(sheet, area, &body, foot, 2);
    if (page->told.ask != ASK_NEXT)
        return;
    int count = page->told.count + link_count(page);
    if (!count)
        widget_paragraph(sheet, body,
                         sheet_say(sheet, "You are at home here. Come back whenever you like."), 5);
    widget_list(sheet, body,
                &(struct widget_list){.count = count,
                                      .first = page->first,
                                      .row_mm = is_large ? 40 : 18,
                                      .columns = layout_is_narrow(area) || is_large ? 1 : 2,
                                      .draw = draw_row});
}

static void event_next(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    if (event->kind == PAGE_ENTER) {
        way->wants_shift = false;
        page_ask(page, ASK_NEXT);
    } else if (event->kind == PAGE_CHOOSE && event->value >= SHIFT) {
        way->wants_shift = event->value == SHIFT;
        welcome_say(page, NEWCOMER_DONE);
    } else if (event->kind == PAGE_CHOOSE && event->value >= page->told.count) {
        page->choice = event->value - page->told.count;
        page_go(page, &scene_link);
    } else if (welcome_hear(page, event) && way->wants_shift && page->is_leaving) {
        page_go(page, &scene_shifts);
    }
}

static void draw_link(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    if (page->choice < 0 || page->choice >= link_count(page))
        return;
    const struct guide_link *link = &page->way.guide->links[page->choice];
    struct rect body = scene_frame(sheet, area, link->names[sheet->model->language]);
    struct rect code = layout_is_narrow(area)
                           ? rect_cut_top(&body, body.w < body.h * 0.7 ? body.w : body.h * 0.7, 3)
                           : rect_cut_left(&body, body.h, 5);
    const struct canvas_text text = {.text = link->url,
                                     .cap_mm = 4.6,
                                     .least_mm = 3,
                                     .colour = sheet->tones->ink,
                                     .is_middle = true,
                                     .lines = 8};
    widget_qr(sheet, code, link->url);
    widget_extra(sheet, body, &text);
}

#define NEXT(name_, icon_, title_, draw_, event_)                                                  \
    .name = name_, .meaning = THEME_PAPER, .icon = icon_, .title = title_, .draw = draw_,          \
    .event = event_, .idle_s = IDLE_S

const struct scene scene_blank = {
    NEXT("blank", ICON_BADGE, WORDS_MARK("Your badge"), draw_blank, event_blank),
    .claims = SCENE_CLAIMS_BLANK};

const struct scene scene_next = {
    NEXT("next", ICON_FLAG, WORDS_MARK("What comes next"), draw_next, event_next)};

const struct scene scene_link = {NEXT("link", ICON_FLAG, NULL, draw_link, NULL),
                                 .back = &scene_next};
