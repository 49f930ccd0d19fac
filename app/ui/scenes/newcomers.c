/* newcomers - who began a first visit: where they stopped, who is their buddy, when they were here.
 */
#include <stdio.h>

#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* Where they are on their way, when they were here last, and who looks after them. */
static void write_line(const struct sheet *sheet, const struct row *row, char *out_text,
                       size_t size)
{
    char where[120], last[120] = "", day[WORDS_TIME_SIZE];
    enum language language = sheet->model->language;
    if (row->number[0] < GUIDE_WAY_STEPS)
        words_format(where, sizeof where, sheet_say(sheet, "stopped at: %s"),
                     sheet_say(sheet, welcome_step_title((enum guide_step)row->number[0])));
    else
        snprintf(where, sizeof where, "%s", sheet_say(sheet, "all is done"));
    if (row->to_ms)
        words_format(last, sizeof last, sheet_say(sheet, "here on %s"),
                     words_date(language, row->to_ms, day, sizeof day));
    snprintf(out_text, size, "%s%s%s%s%s", where, last[0] ? " · " : "", last,
             row->line[0] ? " · " : "", row->line);
}

/* Perhaps the same person as another one: a sign, to be looked into. */
static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char line[500];
    write_line(sheet, row, line, sizeof line);
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = {box.x + 3, box.y + 0.8, box.w - 6, box.h - 1.6};
    icon_draw(sheet->canvas, row->mark ? ICON_PEOPLE : ICON_WAVE, rect_cut_left(&inside, 6, 2.5),
              sheet->tones->ink);
    const struct canvas_text title = {.text = row->title,
                                      .cap_mm = 4,
                                      .least_mm = 3,
                                      .colour = sheet->tones->ink,
                                      .is_bold = true};
    const struct canvas_text more = {
        .text = line, .cap_mm = 3.4, .least_mm = 2.6, .colour = sheet->tones->soft, .lines = 2};
    rect_cut_top(&inside, widget_shortened(sheet, inside, &title), 0.2);
    widget_shortened(sheet, inside, &more);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_NEWCOMERS || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "Nobody began a first visit this year."),
                         4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 17,
                                      .columns = 1,
                                      .draw = draw_row});
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_NEWCOMERS);
}

const struct scene scene_newcomers = {.name = "newcomers",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_WAVE,
                                      .title = WORDS_MARK("Newcomers"),
                                      .draw = draw,
                                      .event = event,
                                      .back = &scene_staff,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true};
