/* guests - who came along: counted up and down, or by a first name. They leave with their host. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define MOST 20

enum { ADULTS, CHILDREN };
enum { LESS_ADULTS, MORE_ADULTS, LESS_CHILDREN, MORE_CHILDREN, DONE };

static void draw_stepper(struct sheet *sheet, struct rect box, int which)
{
    static const char *const names[] = {"adults", "children"};
    const char *const labels[] = {sheet_say(sheet, "Adults"), sheet_say(sheet, "Children")};
    char value[16];
    int number = sheet->model->page->numbers[which];
    snprintf(value, sizeof value, "%d", number);
    widget_stepper(sheet, box,
                   &(struct widget_stepper){.name = names[which],
                                            .label = labels[which],
                                            .value = value,
                                            .choice = 2 * which,
                                            .is_least = number == 0,
                                            .is_most = number == MOST});
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    bool is_rows = sheet->model->mode.is_large && layout_is_narrow(area);
    struct rect foot = rect_cut_bottom(
        &body, is_rows ? 2 * LAYOUT_LEAST_MM + LAYOUT_GAP - 1 : SCENE_BUTTON_H, LAYOUT_GAP);
    struct rect cells[2];
    for (int i = 0; i < 2; i++)
        cells[i] = is_rows ? layout_row(foot, 2, LAYOUT_GAP - 1, i)
                           : layout_column(foot, 2, LAYOUT_GAP, i);
    struct rect rows = {body.x, body.y, body.w, body.h > 70 ? 70 : body.h};
    draw_stepper(sheet, layout_row(rows, 2, LAYOUT_GAP, ADULTS), ADULTS);
    draw_stepper(sheet, layout_row(rows, 2, LAYOUT_GAP, CHILDREN), CHILDREN);
    const char *name = page_text(page, PAGE_NAME);
    if (!scene_problem(sheet, cells[0]))
        widget_button(
            sheet, cells[0],
            &(struct widget_button){.name = "guest-name",
                                    .label = name[0] ? name : sheet_say(sheet, "A first name"),
                                    .act = {.kind = ACT_GO, .to = &scene_guest_name},
                                    .style = WIDGET_QUIET});
    if (!page->is_waiting)
        widget_button(sheet, cells[1],
                      &(struct widget_button){.name = "done",
                                              .label = sheet_say(sheet, "Done"),
                                              .act = {.kind = ACT_CHOOSE, .value = DONE},
                                              .style = WIDGET_FILLED});
}

static void ask_guests(struct page *page)
{
    struct ask *ask = page_ask(page, ASK_GUESTS);
    ask->number[0] = page->numbers[ADULTS];
    ask->number[1] = page->numbers[CHILDREN];
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_NAME));
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD && page->told.how == TOLD_YES)
        page_go(page, NULL);
    else if (event->kind == PAGE_TOLD && !page->problem)
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    if (event->kind != PAGE_CHOOSE)
        return;
    if (event->value == DONE)
        ask_guests(page);
    else
        page_count(page, event->value / 2, event->value % 2 ? 1 : -1, 0, MOST);
}

static void draw_name(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    widget_field(sheet, rect_cut_top(&body, widget_field_mm(sheet, body), 1),
                 &page->typing[PAGE_NAME],
                 sheet_say(sheet, sheet->model->mode.is_large
                                      ? WORDS_MARK("A first name")
                                      : WORDS_MARK("Forgotten again after some days")),
                 false);
    widget_keyboard(sheet, body, &page->keyboard);
}

/* Somebody with a name is at least one. */
static void event_name(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_NAME);
    if (event->kind != PAGE_DONE)
        return;
    if (page_text(page, PAGE_NAME)[0] && !page->numbers[ADULTS] && !page->numbers[CHILDREN])
        page->numbers[ADULTS] = 1;
    page_go(page, &scene_guests);
}

const struct scene scene_guests = {.name = "guests",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PEOPLE,
                                   .title = WORDS_MARK("Your guests"),
                                   .draw = draw,
                                   .event = event,
                                   .idle_s = 30};

const struct scene scene_guest_name = {.name = "guest-name",
                                       .meaning = THEME_PAPER,
                                       .icon = ICON_PEOPLE,
                                       .title = WORDS_MARK("Your guest’s first name"),
                                       .draw = draw_name,
                                       .event = event_name,
                                       .back = &scene_guests,
                                       .idle_s = 30};
