/*
 * hello - what this house is. charter - what one accepts. notice - what a house owes volunteers.
 * All three are the house's own words, page by page. signature - the charter, signed by hand.
 */
#include <stdio.h>

#include "app/ui/reading.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 120 /* people read at their own pace */

/* PART: of a page that has no room in one picture, and where in it. */
enum { TURN_BACK, SKIP, TURN, ACCEPT, SIGN, PART };

static const struct guide_text *text_of(const struct page *page, enum language language)
{
    const struct guide_row *row = welcome_row(page);
    return row ? &row->texts[language] : NULL;
}

/* Another language may have fewer pages. */
static int screen_of(const struct page *page, const struct guide_text *text)
{
    return page->way.screen < text->count ? page->way.screen : text->count - 1;
}

/* The last of its pages asks; the others turn. */
static int choose_buttons(const struct sheet *sheet, const struct guide_text *text,
                          struct welcome_button *buttons)
{
    const struct page *page = sheet->model->page;
    enum guide_step step = welcome_row(page)->step;
    int at = screen_of(page, text), count = 0;
    bool is_last = at + 1 == text->count;
    if (at > 0)
        buttons[count++] = (struct welcome_button){.name = "page-back",
                                                   .label = sheet_say(sheet, "Page back"),
                                                   .value = TURN_BACK,
                                                   .look = WELCOME_BACK};
    else if (step != GUIDE_NOTICE)
        buttons[count++] = (struct welcome_button){
            .name = "skip",
            .label = sheet_say(sheet,
                               step == GUIDE_HELLO ? WORDS_MARK("Skip") : WORDS_MARK("Not today")),
            .value = SKIP};
    if (is_last && step == GUIDE_CHARTER)
        buttons[count++] = (struct welcome_button){
            .name = "sign", .label = sheet_say(sheet, "Sign"), .value = SIGN};
    if (!is_last)
        buttons[count++] = (struct welcome_button){.name = "turn",
                                                   .label = sheet_say(sheet, "Next page"),
                                                   .value = TURN,
                                                   .look = WELCOME_MAIN};
    else
        buttons[count++] = (struct welcome_button){
            .name = step == GUIDE_CHARTER ? "accept" : "go-on",
            .label = sheet_say(sheet, step == GUIDE_CHARTER  ? WORDS_MARK("I accept")
                                      : step == GUIDE_NOTICE ? WORDS_MARK("I have read it")
                                                             : WORDS_MARK("Go on")),
            .value = ACCEPT,
            .look = WELCOME_MAIN};
    return count;
}

/* In large letters nothing is accepted before its end was read: until then the main button turns.
 */
static void turn_first(const struct sheet *sheet, struct rect area, struct rect body,
                       const struct guide_page *said, struct welcome_button *buttons, int count)
{
    const struct page *page = sheet->model->page;
    if (!sheet->model->mode.is_large)
        return;
    body.h -= welcome_foot_mm(sheet, area, count);
    int next = reading_next(sheet->canvas, body, said->title, said->body, page->first);
    if (next)
        buttons[count - 1] = (struct welcome_button){.name = "turn",
                                                     .label = sheet_say(sheet, "Next page"),
                                                     .value = PART + next,
                                                     .look = WELCOME_MAIN};
}

static void draw_text(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct welcome_button buttons[3];
    const struct guide_text *text = text_of(page, sheet->model->language);
    struct rect body = welcome_frame(sheet, area, NULL);
    if (!text || !text->count)
        return;
    const struct guide_page *said = &text->pages[screen_of(page, text)];
    int count = choose_buttons(sheet, text, buttons);
    turn_first(sheet, area, body, said, buttons, count);
    welcome_foot(sheet, area, &body, buttons, count);
    if (sheet->model->mode.is_large)
        reading_draw_from(sheet, body, said->title, said->body, page->first);
    else
        reading_draw(sheet, body, said->title, said->body);
}

/* How many pages it has in the language that has the most: none is passed over. */
static int count_screens(const struct page *page)
{
    int most = 1;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct guide_text *text = text_of(page, (enum language)language);
        if (text && text->count > most)
            most = text->count;
    }
    return most;
}

static void event_text(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    if (welcome_hear(page, event) || event->kind != PAGE_CHOOSE)
        return;
    page->first = 0;
    page->first = event->value > PART ? event->value - PART : 0;
    if (event->value > PART)
        return;
    switch (event->value) {
    case TURN_BACK: way->screen -= way->screen > 0; break;
    case TURN: way->screen += way->screen + 1 < count_screens(page); break;
    case SKIP:
        welcome_say(page,
                    welcome_row(page)->step == GUIDE_CHARTER ? NEWCOMER_LATER : NEWCOMER_SKIPPED);
        break;
    case SIGN: page_go(page, &scene_signature); break;
    default: welcome_say(page, NEWCOMER_DONE); break;
    }
}

/* --- by hand --- */

enum { CLEAR, SIGNED };

static void draw_signature(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"clear", page->ink.count ? sheet_say(sheet, "Once more") : NULL, CLEAR, WELCOME_WORDS},
        {"signed", ink_is_drawn(&page->ink) ? sheet_say(sheet, "I accept") : NULL, SIGNED,
         WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    widget_signature(sheet, body, &page->ink);
}

static void event_signature(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        ink_clear(&page->ink);
    if (welcome_hear(page, event) || event->kind != PAGE_CHOOSE)
        return;
    if (event->value == CLEAR) {
        ink_clear(&page->ink);
        return;
    }
    struct ask *ask = welcome_say(page, NEWCOMER_DONE);
    if (ask)
        ask->ink = &page->ink;
}

#define TEXT(name_, icon_, title_)                                                                 \
    .name = name_, .meaning = THEME_PAPER, .icon = icon_, .title = title_, .draw = draw_text,      \
    .event = event_text, .idle_s = IDLE_S

const struct scene scene_hello = {TEXT("hello", ICON_HOUSE, WORDS_MARK("This house")),
                                  .back = &scene_first_visit};

const struct scene scene_charter = {TEXT("charter", ICON_HEART, WORDS_MARK("Our charter")),
                                    .back = &scene_before};

const struct scene scene_notice = {TEXT("notice", ICON_LETTERS, WORDS_MARK("Before you begin")),
                                   .back = &scene_before};

const struct scene scene_signature = {.name = "signature",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_PEN,
                                      .title = WORDS_MARK("Your signature"),
                                      .draw = draw_signature,
                                      .event = event_signature,
                                      .back = &scene_charter,
                                      .idle_s = IDLE_S};
