/* forget-sure - somebody is forgotten for good, really? forget-done - what stays. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

static void draw_sure(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char title[160];
    scene_person.draw(sheet, area);
    words_format(title, sizeof title, sheet_say(sheet, "Forget %s?"), page->name);
    scene_sure(sheet, area,
               &(struct scene_question){
                   .title = title,
                   .text = page->is_waiting
                               ? sheet_say(sheet, "One moment")
                               : sheet_say(sheet, "Name, badges and code go for good, in others’ "
                                                  "baskets and shifts, too. Visits and hours stay "
                                                  "as numbers, and so do words that others "
                                                  "typed."),
                   .act = sheet_say(sheet, "Forget")});
}

static void event_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask(page, ASK_ERASE);
    else if (event->kind != PAGE_TOLD || page->told.ask != ASK_ERASE)
        return;
    else if (page->told.how == TOLD_YES)
        page_go(page, &scene_forget_done);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

/* The name is forgotten here, too. */
static void draw_done(struct sheet *sheet, struct rect area)
{
    scene_frame(sheet, area, NULL);
    struct layout_page page = layout_page(area, false);
    const struct canvas_text texts[] = {
        {.text = sheet_say(sheet, "It is done: nobody knows them here any more."),
         .cap_mm = 5.4,
         .least_mm = 4,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .align = CANVAS_CENTRE,
         .lines = 3},
        {.text = sheet_say(sheet, "What was taken out before, on sticks or paper, still has "
                                  "their name: look after that, too."),
         .cap_mm = 4,
         .least_mm = 3,
         .colour = sheet->tones->ink,
         .align = CANVAS_CENTRE,
         .lines = 4}};
    scene_stack(sheet, page.body, texts, 2);
}

static void event_done(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_ENTER)
        return;
    page->person = (struct fact_id){0, 0};
    page->name[0] = 0;
    page->told.count = 0;
    typing_clear(&page->typing[PAGE_NAME]);
}

const struct scene scene_forget_sure = {.name = "forget-sure",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_MINUS,
                                        .draw = draw_sure,
                                        .event = event_sure,
                                        .back = &scene_person,
                                        .idle_s = STAFF_IDLE_S,
                                        .is_staff = true};

const struct scene scene_forget_done = {.name = "forget-done",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_TICK,
                                        .title = WORDS_MARK("Forgotten"),
                                        .draw = draw_done,
                                        .event = event_done,
                                        .back = &scene_people,
                                        .idle_s = STAFF_IDLE_S,
                                        .is_staff = true};
