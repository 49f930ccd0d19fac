/*
 * code - six letters that only you know, or a host's badge in their place. A wrong name and a wrong
 * code are told apart by nobody.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define CODE_LETTERS 6

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char title[160];
    bool has_name = page->choice >= 0;
    words_format(title, sizeof title,
                 has_name ? sheet_say(sheet, "Your code, %s") : sheet_say(sheet, "Your code"),
                 page->name);
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, title));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_CODE],
                     sheet_say(sheet, has_name ? WORDS_MARK("Six letters, or a host taps here")
                                               : WORDS_MARK("Six letters")),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void try_code(struct page *page)
{
    struct ask *ask = page_ask(page, page->is_link ? ASK_LINK : ASK_CODE);
    ask->number[1] = page->stranger;
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_CODE));
}

/* A host lets somebody in; whose badge it is, a code or staff say. */
static void take_host(struct page *page)
{
    if (page->choice < 0) {
        page->problem = WORDS_MARK("First find your name, then a host can tap for you.");
        return;
    }
    struct ask *ask = page_ask(page, ASK_VOUCH);
    ask->by = page->told.person;
}

static void take_told(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how == TOLD_CLAIMED) {
        take_host(page);
        return;
    }
    if (told->how == TOLD_YES) {
        page_go(page, NULL);
        return;
    }
    typing_clear(&page->typing[PAGE_CODE]);
    if (told->how == TOLD_LOCKED)
        page->problem = WORDS_MARK("Too many tries. Wait a little, or call someone.");
    else if (told->how == TOLD_NO && !page->problem)
        page->problem = WORDS_MARK("That does not fit. Look at your code again, or call someone.");
}

static void event(struct page *page, const struct page_event *event)
{
    bool is_whole = typing_count(&page->typing[PAGE_CODE]) == CODE_LETTERS;
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_CODE]);
        page_type(page, PAGE_CODE);
    } else if ((event->kind == PAGE_TYPED || event->kind == PAGE_DONE) && is_whole &&
               !page->is_waiting) {
        try_code(page);
    } else if (event->kind == PAGE_TOLD) {
        take_told(page);
    }
}

const struct scene scene_code = {.name = "code",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_KEY,
                                 .draw = draw,
                                 .event = event,
                                 .back = &scene_no_badge,
                                 .claims = SCENE_CLAIMS_HOST,
                                 .idle_s = 40};
