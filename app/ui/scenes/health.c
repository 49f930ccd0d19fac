/* health - what the station knows of itself, in words; the same that `perron doctor` says. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    const struct theme_tones *tones = sheet_tones(sheet, row->mark ? THEME_QUESTION : THEME_PAPER);
    canvas_round(sheet->canvas, box, 2.5, row->mark ? tones->ground : tones->panel);
    struct rect inside = rect_inset(box, 1.5);
    rect_cut_left(&inside, 1.5, 0);
    const struct canvas_text title = {.text = row->title,
                                      .cap_mm = 3.8,
                                      .least_mm = 2.4,
                                      .colour = tones->soft,
                                      .lines = 2,
                                      .is_middle = true};
    double part = box.w < 100 ? 0.4 : 0.3;
    canvas_text(sheet->canvas, rect_cut_left(&inside, inside.w * part, 2), &title);
    const struct canvas_text line = {.text = row->line,
                                     .cap_mm = 3.8,
                                     .least_mm = 2.5,
                                     .colour = tones->ink,
                                     .is_bold = true,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, inside, &line);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    widget_button(sheet, rect_cut_bottom(&body, 12, LAYOUT_GAP),
                  &(struct widget_button){.name = "update",
                                          .label = sheet_say(sheet, "New version"),
                                          .act = {.kind = ACT_GO, .to = &scene_update}});
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_HEALTH)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = layout_is_narrow(area) ? 13 : 11,
                                      .draw = draw_row});
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_HEALTH);
}

const struct scene scene_health = {.name = "health",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_HEART,
                                   .title = WORDS_MARK("Is all well?"),
                                   .draw = draw,
                                   .event = event,
                                   .back = &scene_staff,
                                   .idle_s = 120,
                                   .is_staff = true};
