/* forget-sure - somebody is forgotten for good, really? forget-done - what stays. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* What goes for good, then what stays of it. */
static void write_outlook(const struct sheet *sheet, const struct row *outlook, char *out_text,
                          size_t size)
{
    char visits[60], hours[WORDS_TIME_SIZE], stays[200];
    int count = outlook->number[0];
    words_format(visits, sizeof visits,
                 words_plural(sheet->model->language, "One visit", "%d visits", count), count);
    words_hours(sheet->model->language, outlook->number[1] * INT64_C(60), hours, sizeof hours);
    if (count)
        words_format(
            stays, sizeof stays,
            sheet_say(sheet,
                      "%s and %s stay as sums without a name, and so does what others typed."),
            visits, hours);
    else
        snprintf(stays, sizeof stays, "%s", sheet_say(sheet, "There are no visits to keep."));
    snprintf(out_text, size, "%s\n%s",
             sheet_say(sheet, "Name, badges and code go for good, in others’ records too."), stays);
}

static void draw_sure(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_told = page->told.ask == ASK_OUTLOOK && page->told.how == TOLD_YES;
    char title[160], text[500];
    snprintf(text, sizeof text, "%s", sheet_say(sheet, "One moment"));
    if (is_told && !page->is_waiting)
        write_outlook(sheet, &page->told.rows[0], text, sizeof text);
    scene_person.draw(sheet, area);
    words_format(title, sizeof title, sheet_say(sheet, "Forget %s?"), page->name);
    scene_sure(
        sheet, area,
        &(struct scene_question){.title = title, .text = text, .act = sheet_say(sheet, "Forget")});
}

static void event_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_OUTLOOK);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting && page->told.ask == ASK_OUTLOOK)
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
