/* roll-call - who is in the house now, for a fire or a phone call: one touch, large. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char time[WORDS_TIME_SIZE] = "…", line[96];
    int guests = row->number[0] + row->number[1];
    if (!row->is_doubtful_at)
        words_time(sheet->model->language, row->at_ms, time, sizeof time);
    if (guests)
        snprintf(line, sizeof line, "+%d · %s", guests, time);
    else
        snprintf(line, sizeof line, "%s", time);
    const struct theme_tones *tones = sheet_tones(sheet, row->mark ? THEME_QUESTION : THEME_PAPER);
    canvas_round(sheet->canvas, box, 2.5, row->mark ? tones->ground : tones->panel);
    struct rect inside = rect_inset(box, 1);
    rect_cut_left(&inside, 2, 0);
    const struct canvas_text since = {.text = line,
                                      .cap_mm = 3.6,
                                      .least_mm = 3,
                                      .colour = tones->soft,
                                      .align = CANVAS_RIGHT,
                                      .is_middle = true};
    canvas_text(sheet->canvas, rect_cut_right(&inside, guests ? 27 : 19, 2), &since);
    const struct canvas_text name = {.text = row->title,
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .one_line_mm = 3.4,
                                     .colour = tones->ink,
                                     .is_bold = true,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, inside, &name);
}

/* A stick is opened for who came here with their PIN, and for nobody else. */
static bool may_print(const struct page *page)
{
    const struct load *load = page->load;
    return rights_may(page->house_rights, RIGHT_EXPORT) && load->stand >= LOAD_THERE &&
           load->stand <= LOAD_OPEN && !load->work && !load->info.trouble &&
           !load->info.is_read_only;
}

static void draw_print(struct sheet *sheet, struct rect foot)
{
    widget_button(sheet, foot,
                  &(struct widget_button){.name = "print",
                                          .label = sheet_say(sheet, "Onto the stick, to print"),
                                          .act = {.kind = ACT_CHOOSE},
                                          .icon = ICON_STICK,
                                          .has_icon = true});
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct told *told = &sheet->model->page->told;
    char title[96];
    bool is_told = told->ask == ASK_HERE && told->how == TOLD_YES;
    if (is_told)
        words_format(title, sizeof title,
                     words_plural(sheet->model->language, "One person is here",
                                  "%d people are here", told->total),
                     told->total);
    struct rect body = scene_frame(sheet, area, is_told ? title : NULL);
    if (may_print(sheet->model->page))
        draw_print(sheet, rect_cut_bottom(&body, 12, LAYOUT_GAP));
    scene_problem_below(sheet, &body);
    if (!is_told)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = told->count,
                                      .first = sheet->model->page->first,
                                      .row_mm = 13,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_row});
}

static void event(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_HERE);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask(page, ASK_PRINT);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_PRINT && page->told.how == TOLD_YES)
        page_go(page, &scene_stick_carry);
}

const struct scene scene_roll_call = {.name = "roll-call",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_HOUSE,
                                      .title = WORDS_MARK("Who is here"),
                                      .draw = draw,
                                      .event = event,
                                      .back = &scene_staff,
                                      .idle_s = 120,
                                      .is_staff = true};
