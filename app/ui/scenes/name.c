/* name - type it, then find yourself among at most four. names - these four. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw_name(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect field = rect_cut_top(&body, sheet->model->mode.is_large ? 14 : 11, 2);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_NAME],
                     sheet_say(sheet, "First name, then one letter of your last name"), false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void find(struct page *page)
{
    struct ask *ask = page_ask(page, ASK_NAMES);
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_NAME));
}

static void take_names(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how == TOLD_YES && told->count)
        page_go(page, &scene_names);
    else if (told->how == TOLD_MANY)
        page->problem = WORDS_MARK("Many names begin like this. Type one more letter.");
    else
        page->problem =
            WORDS_MARK("That name is not found. Three letters at least; or call someone.");
}

static void event_name(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_NAME);
    else if (event->kind == PAGE_DONE && !page->is_waiting)
        find(page);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_NAMES)
        take_names(page);
}

static void draw_names(struct sheet *sheet, struct rect area)
{
    const struct told *told = &sheet->model->page->told;
    struct rect body = scene_frame(sheet, area, NULL);
    int count = told->count < 4 ? told->count : 4;
    bool is_narrow = layout_is_narrow(area);
    for (int i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "name-%d", i + 1);
        widget_tile(sheet,
                    is_narrow ? layout_row(body, 4, LAYOUT_GAP, i)
                              : layout_cell(body, 2, 2, LAYOUT_GAP, i),
                    &(struct widget_tile){.name = name,
                                          .title = told->rows[i].title,
                                          .initials = told->rows[i].title,
                                          .act = {.kind = ACT_CHOOSE, .value = i}});
    }
}

static void event_names(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE || event->value >= page->told.count)
        return;
    page->choice = event->value;
    snprintf(page->name, sizeof page->name, "%s", page->told.rows[event->value].title);
    page_go(page, &scene_code);
}

const struct scene scene_name = {.name = "name",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_PERSON,
                                 .title = WORDS_MARK("What is your name?"),
                                 .draw = draw_name,
                                 .event = event_name,
                                 .back = &scene_no_badge,
                                 .idle_s = 40};

const struct scene scene_names = {.name = "names",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_PERSON,
                                  .title = WORDS_MARK("Which one are you?"),
                                  .draw = draw_names,
                                  .event = event_names,
                                  .back = &scene_name,
                                  .idle_s = 30};
