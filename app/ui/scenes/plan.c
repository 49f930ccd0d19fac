/*
 * plan - something new in the calendar, made by hand: what, when, how many, how often. plan-kind -
 * what it is. plan-title - what it is called, where its kind does not say enough.
 */
#include <stdio.h>

#include "app/domain/day.h"
#include "app/domain/occasion.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 120 /* there is much to say */
#define MINUTE_MS INT64_C(60000)
#define QUARTER_MS (15 * MINUTE_MS)
#define LEAST_MS (30 * MINUTE_MS)
#define MOST_MS (24 * 60 * MINUTE_MS)
#define PLACES_MOST 60
#define WEEKS_MOST 26

enum { KIND, PLACES, WEEKS }; /* of the page's numbers */
enum { SET_KIND, SET_DAY, SET_BEGIN, SET_LENGTH, SET_PLACES, SET_WEEKS, SETS };
enum { MAKE = 2 * SETS };

/* --- as it stands --- */

static void write_value(const struct sheet *sheet, int which, char *out_text, size_t size)
{
    const struct page *page = sheet->model->page;
    const struct row *row = &page->row;
    enum language language = sheet->model->language;
    switch (which) {
    case SET_DAY:
        snprintf(out_text, size, "%d/%d", day_number(row->at_ms, 0) % 100,
                 day_number(row->at_ms, 0) / 100 % 100);
        break;
    case SET_BEGIN: words_time(language, row->at_ms, out_text, size); break;
    case SET_LENGTH: words_hours(language, (row->to_ms - row->at_ms) / 1000, out_text, size); break;
    case SET_PLACES: snprintf(out_text, size, "%d", page->numbers[PLACES]); break;
    default: snprintf(out_text, size, "%d", page->numbers[WEEKS]); break;
    }
    if (which == SET_PLACES && !page->numbers[PLACES])
        snprintf(out_text, size, "%s", sheet_say(sheet, "any"));
}

static void draw_stepper(struct sheet *sheet, struct rect box, int which)
{
    static const struct {
        const char *name, *label;
    } sets[SETS] = {[SET_DAY] = {"day", NULL},
                    [SET_BEGIN] = {"begin", WORDS_MARK("From")},
                    [SET_LENGTH] = {"length", WORDS_MARK("For")},
                    [SET_PLACES] = {"places", WORDS_MARK("Hands")},
                    [SET_WEEKS] = {"weeks", WORDS_MARK("Weeks")}};
    const struct page *page = sheet->model->page;
    char value[2 * WORDS_TIME_SIZE], day[WORDS_TIME_SIZE];
    words_weekday_short(sheet->model->language, page->row.at_ms, day, sizeof day);
    write_value(sheet, which, value, sizeof value);
    widget_stepper(sheet, box,
                   &(struct widget_stepper){
                       .name = sets[which].name,
                       .label = sets[which].label ? sheet_say(sheet, sets[which].label) : day,
                       .value = value,
                       .choice = 2 * which,
                       .cap_mm = 4});
}

static void draw_kind(struct sheet *sheet, struct rect box)
{
    const enum occasion_kind kind = (enum occasion_kind)sheet->model->page->numbers[KIND];
    widget_button(sheet, box,
                  &(struct widget_button){.name = "kind",
                                          .label = sheet_say(sheet, scene_occasion_title(kind)),
                                          .act = {.kind = ACT_GO, .to = &scene_plan_kind},
                                          .icon = ICON_FLAG,
                                          .has_icon = true,
                                          .cap_mm = 3.8});
}

static void draw_plan(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const char *title = page_text(page, PAGE_REASON);
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect foot = rect_cut_bottom(&body, 12, LAYOUT_GAP);
    scene_problem_below(sheet, &body);
    int columns = layout_is_narrow(area) ? 1 : 2;
    draw_kind(sheet, layout_cell(body, columns, SETS / columns, LAYOUT_GAP, SET_KIND));
    for (int i = SET_KIND + 1; i < SETS; i++)
        draw_stepper(sheet, layout_cell(body, columns, SETS / columns, LAYOUT_GAP, i), i);
    widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 0),
                  &(struct widget_button){.name = "title",
                                          .label = sheet_say(sheet, "A title"),
                                          .act = {.kind = ACT_GO, .to = &scene_plan_title},
                                          .style = WIDGET_QUIET,
                                          .has_icon = title[0] != 0,
                                          .icon = ICON_TICK});
    if (!page->is_waiting)
        widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 1),
                      &(struct widget_button){.name = "make",
                                              .label = sheet_say(sheet, "Into the calendar"),
                                              .act = {.kind = ACT_CHOOSE, .value = MAKE},
                                              .style = WIDGET_FILLED});
}

/* --- more and less --- */

static void step(struct page *page, int which, int by)
{
    struct row *row = &page->row;
    int64_t length_ms = row->to_ms - row->at_ms;
    if (which == SET_DAY)
        row->at_ms = day_later(row->at_ms, by);
    else if (which == SET_BEGIN)
        row->at_ms += by * QUARTER_MS;
    else if (which == SET_LENGTH && length_ms + by * LEAST_MS >= LEAST_MS &&
             length_ms + by * LEAST_MS <= MOST_MS)
        length_ms += by * LEAST_MS;
    else if (which == SET_PLACES)
        page_count(page, PLACES, by, 0, PLACES_MOST);
    else if (which == SET_WEEKS)
        page_count(page, WEEKS, by, 1, WEEKS_MOST);
    row->to_ms = row->at_ms + length_ms;
}

static void make(struct page *page)
{
    struct ask *ask = page_ask(page, ASK_ADD);
    ask->at_ms = page->row.at_ms;
    ask->to_ms = page->row.to_ms;
    ask->number[0] = page->numbers[KIND];
    ask->number[1] = page->numbers[PLACES];
    ask->repeats = page->numbers[WEEKS];
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_REASON));
}

static void event_plan(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == MAKE)
        make(page);
    else if (event->kind == PAGE_CHOOSE)
        step(page, event->value / 2, event->value % 2 ? 1 : -1);
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_ADD)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_calendar);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

/* --- its kind --- */

static void draw_kinds(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    int rows = OCCASION_COUNT / 2;
    for (int i = 0; i < OCCASION_COUNT; i++)
        widget_button(sheet, layout_cell(body, 2, rows, LAYOUT_GAP, i),
                      &(struct widget_button){
                          .name = occasion_kind_name((enum occasion_kind)i),
                          .label = sheet_say(sheet, scene_occasion_title((enum occasion_kind)i)),
                          .act = {.kind = ACT_CHOOSE, .value = i},
                          .style = WIDGET_QUIET,
                          .is_chosen = page->numbers[KIND] == i});
}

static void event_kinds(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE)
        return;
    page->numbers[KIND] = event->value;
    page_go(page, &scene_plan);
}

/* --- its title --- */

static void draw_title(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    widget_field(sheet, rect_cut_top(&body, widget_field_mm(sheet, body), 1),
                 &page->typing[PAGE_REASON], sheet_say(sheet, "As people know it"), false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_title(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_REASON);
    else if (event->kind == PAGE_DONE)
        page_go(page, &scene_plan);
}

const struct scene scene_plan = {.name = "plan",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_FLAG,
                                 .title = WORDS_MARK("Something new"),
                                 .draw = draw_plan,
                                 .event = event_plan,
                                 .back = &scene_calendar,
                                 .idle_s = STAFF_IDLE_S,
                                 .is_staff = true};

const struct scene scene_plan_kind = {.name = "plan-kind",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_FLAG,
                                      .title = WORDS_MARK("What is planned?"),
                                      .draw = draw_kinds,
                                      .event = event_kinds,
                                      .back = &scene_plan,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true};

const struct scene scene_plan_title = {.name = "plan-title",
                                       .meaning = THEME_PAPER,
                                       .icon = ICON_PEN,
                                       .title = WORDS_MARK("What is it called?"),
                                       .draw = draw_title,
                                       .event = event_title,
                                       .back = &scene_plan,
                                       .idle_s = STAFF_IDLE_S,
                                       .is_staff = true};
