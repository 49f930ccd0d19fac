/*
 * balances - who gave far less or far more than they intend, so that somebody talks to them. totals
 * - a month of the house in numbers.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/shift_row.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60
#define MONTHS_MOST 36

/* --- far from what was intended --- */

static void draw_balance(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    enum language language = sheet->model->language;
    char given[WORDS_TIME_SIZE], intended[WORDS_TIME_SIZE], line[160];
    words_format(line, sizeof line, sheet_say(sheet, "%s of %s"),
                 words_duration(language, row->number[0], given, sizeof given),
                 words_hours(language, row->number[1], intended, sizeof intended));
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = {box.x + 3, box.y + 0.8, box.w - 6, box.h - 1.6};
    icon_draw(sheet->canvas, row->mark ? ICON_UP : ICON_DOWN, rect_cut_left(&inside, 6, 2.5),
              sheet->tones->ink);
    shift_row_words(sheet, inside, row->title, line, false);
}

static void draw_balances(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_BALANCES || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "Everybody gives about what they intended."),
                         4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 15,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_balance});
}

static void event_balances(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_BALANCES);
}

/* --- the month --- */

enum { EARLIER, LATER };

static const struct {
    const char *label;
    bool is_time;
} totals[ASK_TOTAL_COUNT] = {
    [ASK_TOTAL_VOLUNTEERS_S] = {WORDS_MARK("Volunteers’ hours"), true},
    [ASK_TOTAL_STAFF_S] = {WORDS_MARK("Staff’s hours"), true},
    [ASK_TOTAL_VISITS] = {WORDS_MARK("Visits"), false},
    [ASK_TOTAL_PEOPLE] = {WORDS_MARK("People"), false},
    [ASK_TOTAL_CAME] = {WORDS_MARK("Signed up and came"), false},
    [ASK_TOTAL_EXCUSED] = {WORDS_MARK("Excused"), false},
    [ASK_TOTAL_MISSED] = {WORDS_MARK("Did not come"), false},
};

static void draw_total(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char value[WORDS_TIME_SIZE];
    snprintf(value, sizeof value, "%d", row->number[0]);
    if (totals[index].is_time)
        words_duration(sheet->model->language, row->number[0], value, sizeof value);
    if (row->mark)
        snprintf(value, sizeof value, "%s", sheet_say(sheet, "unknown"));
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = {box.x + 3, box.y, box.w - 6, box.h};
    const struct canvas_text number = {.text = value,
                                       .cap_mm = 4.4,
                                       .least_mm = 3.2,
                                       .colour = sheet->tones->ink,
                                       .is_bold = true,
                                       .align = CANVAS_RIGHT,
                                       .is_middle = true};
    canvas_text(sheet->canvas, rect_cut_right(&inside, 27, 2), &number);
    const struct canvas_text label = {.text = sheet_say(sheet, totals[index].label),
                                      .cap_mm = 3.6,
                                      .least_mm = 3,
                                      .colour = sheet->tones->ink,
                                      .lines = 2,
                                      .is_middle = true};
    canvas_text(sheet->canvas, inside, &label);
}

static void draw_foot(struct sheet *sheet, struct rect foot, int months_back)
{
    const struct widget_button buttons[] = {{.name = "earlier-month",
                                             .label = sheet_say(sheet, "Earlier"),
                                             .act = {.kind = ACT_CHOOSE, .value = EARLIER}},
                                            {.name = "balances",
                                             .label = sheet_say(sheet, "To talk to"),
                                             .act = {.kind = ACT_GO, .to = &scene_balances},
                                             .style = WIDGET_QUIET},
                                            {.name = "later-month",
                                             .label = sheet_say(sheet, "Later"),
                                             .act = {.kind = ACT_CHOOSE, .value = LATER}}};
    const bool is_there[] = {months_back<MONTHS_MOST, true, months_back> 0};
    for (int i = 0; i < 3; i++)
        if (is_there[i])
            widget_button(sheet, layout_column(foot, 3, LAYOUT_GAP, i), &buttons[i]);
}

static void draw_totals(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_told = page->told.ask == ASK_TOTALS && page->told.how == TOLD_YES;
    char month[WORDS_TIME_SIZE];
    struct rect body = scene_frame(
        sheet, area,
        is_told ? words_month(sheet->model->language, page->told.rows[0].at_ms, month, sizeof month)
                : NULL);
    draw_foot(sheet, rect_cut_bottom(&body, 12, LAYOUT_GAP), page->numbers[0]);
    scene_problem_below(sheet, &body);
    if (!is_told)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = ASK_TOTAL_COUNT,
                                      .first = page->first,
                                      .row_mm = 9.4,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_total});
}

static void ask_month(struct page *page)
{
    page_ask(page, ASK_TOTALS)->number[0] = page->numbers[0];
}

static void event_totals(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page->numbers[0] = 0;
        ask_month(page);
    } else if (event->kind == PAGE_CHOOSE) {
        page_count(page, 0, event->value == EARLIER ? 1 : -1, 0, MONTHS_MOST);
        ask_month(page);
    }
}

const struct scene scene_balances = {.name = "balances",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_HALF,
                                     .title = WORDS_MARK("To talk to"),
                                     .draw = draw_balances,
                                     .event = event_balances,
                                     .back = &scene_totals,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true};

const struct scene scene_totals = {.name = "totals",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PEOPLE,
                                   .title = WORDS_MARK("The month"),
                                   .draw = draw_totals,
                                   .event = event_totals,
                                   .back = &scene_calendar,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};
