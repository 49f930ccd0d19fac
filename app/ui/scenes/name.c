/*
 * name - type it, then find yourself among at most four. names - these four. proxy-name,
 * proxy-names - the same, to find who votes for you.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define NAMES 4 /* no more are shown: nobody is to read a list of members */

static void draw_name(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(
            sheet, field, &page->typing[PAGE_NAME],
            sheet_say(sheet, sheet->model->mode.is_large
                                 ? WORDS_MARK("A first name")
                                 : WORDS_MARK("First name, then one letter of your last name")),
            false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void find(struct page *page)
{
    struct ask *ask = page_ask(page, ASK_NAMES);
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_NAME));
}

static void take_names(struct page *page, const struct scene *names)
{
    const struct told *told = &page->told;
    if (told->how == TOLD_YES && told->count)
        page_go(page, names);
    else if (told->how == TOLD_MANY)
        page->problem = WORDS_MARK("Many names begin like this. Type one more letter.");
    else
        page->problem =
            WORDS_MARK("That name is not found. Three letters at least; or call someone.");
}

static void search(struct page *page, const struct page_event *event, const struct scene *names)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_NAME);
    else if (event->kind == PAGE_DONE && !page->is_waiting)
        find(page);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_NAMES)
        take_names(page, names);
}

static void event_name(struct page *page, const struct page_event *event)
{
    search(page, event, &scene_names);
}

static void draw_names(struct sheet *sheet, struct rect area)
{
    static const char *const names[NAMES] = {"name-1", "name-2", "name-3", "name-4"};
    const struct told *told = &sheet->model->page->told;
    struct rect body = scene_frame(sheet, area, NULL);
    int count = told->count < NAMES ? told->count : NAMES;
    struct widget_tile tiles[NAMES];
    for (int i = 0; i < count; i++)
        tiles[i] = (struct widget_tile){.name = names[i],
                                        .title = told->rows[i].title,
                                        .initials = told->rows[i].title,
                                        .act = {.kind = ACT_CHOOSE, .value = i}};
    scene_tiles(sheet, body, tiles, count, layout_is_narrow(area) || count < 3 ? 1 : 2);
}

static void event_names(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE || event->value >= page->told.count)
        return;
    page->choice = event->value;
    snprintf(page->name, sizeof page->name, "%s", page->told.rows[event->value].title);
    page_go(page, &scene_code);
}

/* --- who votes for you? --- */

/* What was refused of one name is said where another one is typed. */
static void event_proxy_name(struct page *page, const struct page_event *event)
{
    bool is_refused = page->told.ask == ASK_PROXY && page->told.how != TOLD_YES;
    search(page, event, &scene_proxy_names);
    if (event->kind == PAGE_ENTER && is_refused)
        page->problem = page->told.why[0] ? page->told.why
                                          : WORDS_MARK("That was not noted. Tell someone here.");
}

static void event_proxy_names(struct page *page, const struct page_event *event)
{
    const struct told *told = &page->told;
    if (event->kind == PAGE_CHOOSE && told->ask == ASK_NAMES && event->value < told->count) {
        struct ask *ask = page_ask(page, ASK_PROXY);
        snprintf(page->row.line, sizeof page->row.line, "%s", told->rows[event->value].title);
        ask->fact = page->row.id;
        ask->number[0] = event->value;
    } else if (event->kind == PAGE_TOLD && told->ask == ASK_PROXY) {
        page_go(page, told->how == TOLD_YES ? &scene_proxy_given : &scene_proxy_name);
    }
}

const struct scene scene_proxy_name = {.name = "proxy-name",
                                       .meaning = THEME_PAPER,
                                       .icon = ICON_PERSON,
                                       .title = WORDS_MARK("Who votes for you?"),
                                       .draw = draw_name,
                                       .event = event_proxy_name,
                                       .back = &scene_my_assembly,
                                       .idle_s = 40,
                                       .is_private = true};

const struct scene scene_proxy_names = {.name = "proxy-names",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_PERSON,
                                        .title = WORDS_MARK("Who votes for you?"),
                                        .draw = draw_names,
                                        .event = event_proxy_names,
                                        .back = &scene_proxy_name,
                                        .idle_s = 30,
                                        .is_private = true};

/* --- who are you? --- */

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
