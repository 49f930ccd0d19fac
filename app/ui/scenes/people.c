/*
 * people - staff look somebody up. found - who that could be. person - what can be done for them.
 * new-code-sure - the code they have works no more, really? new-code - the one that was made.
 * Forgetting them has pages of its own: forget.c.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* --- looking up --- */

static void draw_people(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body =
        scene_frame(sheet, area, page->is_link ? sheet_say(sheet, "Whose badge is it?") : NULL);
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_NAME],
                     sheet_say(sheet, "A part of the name, or the number"), false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_people(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_NAME);
    if (event->kind == PAGE_DONE && !page->is_waiting) {
        struct ask *ask = page_ask(page, ASK_PEOPLE);
        snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_NAME));
    }
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_PEOPLE)
        return;
    if (page->told.how == TOLD_YES && page->told.count)
        page_go(page, &scene_found);
    else if (!page->problem)
        page->problem = WORDS_MARK("Nobody is found. Two letters at least.");
}

static void draw_found_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24];
    snprintf(name, sizeof name, "person-%d", index + 1);
    widget_tile(sheet, box,
                &(struct widget_tile){.name = name,
                                      .title = row->title,
                                      .line = row->line,
                                      .act = {.kind = ACT_CHOOSE, .value = index}});
}

static void draw_found(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    if (page->problem)
        scene_problem(sheet, rect_cut_top(&body, 24, 0));
    if (page->told.ask != ASK_PEOPLE)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 22,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_found_row});
}

/* An unknown badge goes to whoever is chosen. */
static void event_found(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value < page->told.count) {
        const struct row *row = &page->told.rows[event->value];
        page->person = row->id;
        snprintf(page->name, sizeof page->name, "%s", row->title);
        if (page->is_link)
            page_ask(page, ASK_GIVE)->number[0] = page->choice;
        else
            page_go(page, &scene_person);
    }
    if (event->kind == PAGE_TOLD && page->told.ask == ASK_GIVE && page->told.how == TOLD_YES) {
        page->is_link = false; /* the next one who is found is only looked at */
        page_go(page, &scene_person);
    }
}

/* --- one person --- */

enum { NEW_CODE, ENTER, DEPART };

#define ALL 5 /* tiles that whoever is here may touch */

static void draw_person(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct widget_tile tiles[ALL + 2] = {
        {.name = "visits",
         .title = sheet_say(sheet, "Visits, corrections"),
         .icon = ICON_PEN,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_visits}},
        {.name = "badges",
         .title = sheet_say(sheet, "Badges"),
         .icon = ICON_BADGE,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_badges}},
        {.name = "new-code",
         .title = sheet_say(sheet, "A new code"),
         .icon = ICON_KEY,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = NEW_CODE}},
        {.name = "enter",
         .title = sheet_say(sheet, "Note an arrival"),
         .icon = ICON_TICK,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = ENTER}},
        {.name = "depart",
         .title = sheet_say(sheet, "Note a departure"),
         .icon = ICON_DOOR,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = DEPART}},
    };
    const struct widget_tile own_data = {.name = "own-data",
                                         .title = sheet_say(sheet, "Their data on a stick"),
                                         .icon = ICON_STICK,
                                         .has_icon = true,
                                         .act = {.kind = ACT_GO, .to = &scene_own_data}};
    const struct widget_tile forget = {.name = "forget",
                                       .title = sheet_say(sheet, "Forget"),
                                       .icon = ICON_MINUS,
                                       .has_icon = true,
                                       .act = {.kind = ACT_GO, .to = &scene_forget_sure}};
    struct rect body = scene_frame(sheet, area, page->name);
    scene_problem_below(sheet, &body);
    int count = ALL;
    if (rights_may(page->house_rights, RIGHT_EXPORT))
        tiles[count++] = own_data;
    if (rights_may(page->house_rights, RIGHT_ROLES))
        tiles[count++] = forget;
    int columns = layout_is_narrow(area) ? 1 : count > 6 ? 2 : 3;
    for (int i = 0; i < count; i++)
        widget_tile(sheet, layout_share(body, columns, count, LAYOUT_GAP, i), &tiles[i]);
}

/* A code that was made is the one that works, also when it comes late: it is never passed over. */
static bool take_code(struct page *page)
{
    if (page->told.ask != ASK_NEW_CODE || page->told.how != TOLD_YES)
        return false;
    snprintf(page->text, sizeof page->text, "%s", page->told.text);
    page_go(page, &scene_new_code);
    return true;
}

/* A list that comes late, of a page that was left for this one, is no news here. */
static void take_person(struct page *page)
{
    const struct told *told = &page->told;
    if (take_code(page) ||
        (told->ask != ASK_NEW_CODE && told->ask != ASK_ENTER && told->ask != ASK_DEPART))
        return;
    if (told->how == TOLD_YES)
        page->problem = WORDS_MARK("It is noted.");
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

static void event_person(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page->text[0] = 0;
    else if (event->kind == PAGE_CHOOSE && event->value == NEW_CODE)
        page_go(page, &scene_new_code_sure);
    else if (event->kind == PAGE_CHOOSE)
        page_ask(page, event->value == ENTER ? ASK_ENTER : ASK_DEPART);
    else if (event->kind == PAGE_TOLD)
        take_person(page);
}

/* --- a new code --- */

static void draw_new_code_sure(struct sheet *sheet, struct rect area)
{
    draw_person(sheet, area);
    scene_sure(sheet, area,
               &(struct scene_question){
                   .title = sheet_say(sheet, "Make a new code?"),
                   .text = sheet->model->page->is_waiting
                               ? sheet_say(sheet, "One moment")
                               : sheet_say(sheet, "The code this person has will work no more."),
                   .act = sheet_say(sheet, "A new code")});
}

static void event_new_code_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE) {
        page_ask(page, ASK_NEW_CODE);
        page->is_told_once = true;
    } else if (event->kind == PAGE_TOLD) {
        if (!take_code(page) && page->told.ask == ASK_NEW_CODE && !page->problem)
            page->problem = WORDS_MARK("That was not noted.");
    }
}

/* Read from half a metre, and written down. */
static void draw_new_code(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, page->name);
    struct rect line = rect_cut_bottom(&body, body.h * 0.4, LAYOUT_GAP);
    const struct canvas_text code = {.text = page->text,
                                     .cap_mm = 10,
                                     .colour = sheet->tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .is_bold = true,
                                     .lines = 1,
                                     .is_middle = true};
    const struct canvas_text said = {.text = sheet_say(sheet, "Write it down: it is shown once."),
                                     .cap_mm = 4.6,
                                     .colour = sheet->tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .lines = 3};
    canvas_text(sheet->canvas, body, &code);
    canvas_text(sheet->canvas, line, &said);
}

static void event_new_code(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD)
        take_code(page);
}

const struct scene scene_people = {.name = "people",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PERSON,
                                   .title = WORDS_MARK("People"),
                                   .draw = draw_people,
                                   .event = event_people,
                                   .back = &scene_staff,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_found = {.name = "found",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_PERSON,
                                  .title = WORDS_MARK("Who is it?"),
                                  .draw = draw_found,
                                  .event = event_found,
                                  .back = &scene_people,
                                  .idle_s = STAFF_IDLE_S,
                                  .is_staff = true};

const struct scene scene_person = {.name = "person",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PERSON,
                                   .draw = draw_person,
                                   .event = event_person,
                                   .back = &scene_people,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_new_code_sure = {.name = "new-code-sure",
                                          .meaning = THEME_PAPER,
                                          .icon = ICON_KEY,
                                          .draw = draw_new_code_sure,
                                          .event = event_new_code_sure,
                                          .back = &scene_person,
                                          .idle_s = STAFF_IDLE_S,
                                          .is_staff = true};

const struct scene scene_new_code = {.name = "new-code",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_KEY,
                                     .draw = draw_new_code,
                                     .event = event_new_code,
                                     .back = &scene_person,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true};
