/* my-hours - what somebody gave in the last months, and this month beside what they intend. */
#include <math.h>
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 30
#define RING_W 44.0
#define RING_H 33.0
#define MONTH_MM 4.8
#define MONTH_LARGE_MM 13.0
#define MONTH_LARGE_HIGH_MM 24.0

/* The longest bar is the most that was given in one of them. */
static double part_of_most(const struct told *told, int index)
{
    int most = 1;
    for (int i = 0; i < told->count; i++)
        most = told->rows[i].number[0] > most ? told->rows[i].number[0] : most;
    return (double)told->rows[index].number[0] / most;
}

static void draw_month(struct sheet *sheet, struct rect box, int index)
{
    const struct told *told = &sheet->model->page->told;
    const struct row *row = &told->rows[index];
    char month[WORDS_TIME_SIZE], length[WORDS_TIME_SIZE];
    enum language language = sheet->model->language;
    bool is_large = sheet->model->mode.is_large;
    struct canvas_text texts[] = {
        {.text = words_month(language, row->at_ms, month, sizeof month),
         .cap_mm = 3.6,
         .least_mm = 3,
         .colour = sheet->tones->soft},
        {.text = words_duration(language, row->number[0], length, sizeof length),
         .cap_mm = 3.8,
         .least_mm = 3,
         .colour = sheet->tones->ink,
         .is_bold = true}};
    if (box.h > 20) {
        scene_stack(sheet, box, texts, 2);
        return;
    }
    texts[0].is_middle = texts[1].is_middle = true;
    canvas_text(sheet->canvas, rect_cut_left(&box, is_large ? box.w * 0.5 : 24, 2), &texts[0]);
    canvas_text(sheet->canvas, is_large ? box : rect_cut_left(&box, 20, 2), &texts[1]);
    if (!is_large && box.w > 10)
        widget_progress(sheet, (struct rect){box.x, box.y + box.h / 2 - 1.7, box.w, 3.4},
                        part_of_most(told, index));
}

/* "6 h 10" in a ring of what is intended; the whole ring where nothing is. */
static void draw_ring(struct sheet *sheet, struct rect box, const struct row *month)
{
    enum language language = sheet->model->language;
    char given[WORDS_TIME_SIZE], intended[WORDS_TIME_SIZE], below[96];
    double part = month->number[1] ? (double)month->number[0] / month->number[1] : 1;
    words_duration(language, month->number[0], given, sizeof given);
    words_format(below, sizeof below, sheet_say(sheet, "of %s"),
                 words_hours(language, month->number[1], intended, sizeof intended));
    widget_ring(sheet, box, 0, fmin(part, 1), given,
                month->number[1] ? below
                : box.h > RING_H ? sheet_say(sheet, "this month")
                                 : ""); /* the first month is this one */
}

static double row_mm(const struct sheet *sheet, struct rect area)
{
    if (!sheet->model->mode.is_large)
        return MONTH_MM;
    return layout_is_narrow(area) ? MONTH_LARGE_HIGH_MM : MONTH_LARGE_MM;
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    widget_button(sheet, rect_cut_bottom(&body, LAYOUT_LEAST_MM, LAYOUT_GAP),
                  &(struct widget_button){.name = "circle",
                                          .label = sheet_say(sheet, "My circle"),
                                          .act = {.kind = ACT_GO, .to = &scene_circles}});
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_MY_HOURS || page->told.how != TOLD_YES || !page->told.count)
        return;
    if (!is_large)
        draw_ring(sheet,
                  layout_is_narrow(area) ? rect_cut_top(&body, RING_H, 3)
                                         : rect_cut_left(&body, RING_W, 5),
                  &page->told.rows[0]);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = row_mm(sheet, area),
                                      .draw = draw_month});
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_MY_HOURS);
}

const struct scene scene_my_hours = {.name = "my-hours",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_CLOCK,
                                     .draw = draw,
                                     .event = event,
                                     .back = &scene_mine,
                                     .idle_s = IDLE_S,
                                     .is_private = true};
