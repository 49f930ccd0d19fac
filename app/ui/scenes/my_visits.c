/*
 * my-visits - somebody's own last visits, and what came of what they said of them. my-times - when
 * it really began and ended; staff look at it.
 */
#include <stdio.h>

#include "app/domain/presence.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 30
#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)

#define TIME_SIZE (WORDS_TIME_SIZE + 8)

/* A time that nobody vouches for is never shown as true. */
static const char *write_time(enum language language, int64_t at_ms, bool is_doubtful,
                              char out_text[TIME_SIZE])
{
    char time[WORDS_TIME_SIZE] = "…";
    if (at_ms)
        words_time(language, at_ms, time, sizeof time);
    snprintf(out_text, TIME_SIZE, "%s%s", time, at_ms && is_doubtful ? "\u202f?" : "");
    return out_text;
}

/* --- the list --- */

static const char *say_proposal(const struct sheet *sheet, const struct row *row)
{
    switch (row->mark - 1) {
    case PROPOSAL_WAITS: return sheet_say(sheet, "Your correction waits for staff.");
    case PROPOSAL_ACCEPTED: return sheet_say(sheet, "Your correction was accepted.");
    case PROPOSAL_REFUSED:
        return sheet_say(sheet, row->line[0] ? row->line
                                             : WORDS_MARK("It stays as it is. Talk to staff."));
    default: return "";
    }
}

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    enum language language = sheet->model->language;
    char name[24], day[WORDS_TIME_SIZE], from[TIME_SIZE], to[TIME_SIZE], times[2 * TIME_SIZE + 8];
    snprintf(name, sizeof name, "visit-%d", index + 1);
    snprintf(times, sizeof times, "%s – %s",
             write_time(language, row->at_ms, row->is_doubtful_at, from),
             write_time(language, row->to_ms, row->is_doubtful_to, to));
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = name, .act = {.kind = ACT_CHOOSE, .value = index}});
    const struct theme_tones *tones = sheet->tones;
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    const struct canvas_text texts[] = {
        {.text = words_date(language, row->at_ms, day, sizeof day),
         .cap_mm = 4.2,
         .least_mm = 3.4,
         .colour = ink,
         .is_bold = true},
        {.text = times, .cap_mm = 3.8, .least_mm = 3.2, .colour = ink, .lines = 2},
        {.text = say_proposal(sheet, row),
         .cap_mm = 3.4,
         .least_mm = 3,
         .colour = is_pressed ? tones->ground : tones->soft,
         .lines = 3}};
    scene_stack(sheet, (struct rect){box.x + 3, box.y + 1, box.w - 6, box.h - 2}, texts,
                texts[2].text[0] ? 3 : 2);
}

static void draw_my_visits(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large, is_narrow = layout_is_narrow(area);
    struct rect body = scene_frame(sheet, area, page->name);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_MY_VISITS)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "No visits yet."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = is_large ? body.h : 27,
                                      .columns = is_narrow || is_large ? 1 : 2,
                                      .draw = draw_row});
}

static void event_my_visits(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_MY_VISITS);
    if (event->kind != PAGE_CHOOSE || page->told.ask != ASK_MY_VISITS ||
        event->value >= page->told.count)
        return;
    page->row = page->told.rows[event->value];
    page->row.was_at_ms = page->row.at_ms;
    page->row.was_to_ms = page->row.to_ms;
    page_go(page, &scene_my_times);
}

/* --- how it was --- */

enum { IN_HOUR = 0, IN_MINUTES = 2, OUT_HOUR = 4, OUT_MINUTES = 6, SEND = 8 };

/* What it is and when at the left; upright the hours stand above the minutes. */
static void draw_time(struct sheet *sheet, struct rect box, const char *label, int64_t at_ms,
                      int choice)
{
    char time[TIME_SIZE];
    const char *names[] = {choice ? "out-hour" : "in-hour", choice ? "out-minute" : "in-minute"};
    bool is_large = sheet->model->mode.is_large, is_narrow = box.w < 100;
    const char *minutes = is_large ? "5′" : sheet_say(sheet, "5 min");
    bool is_above = is_large && is_narrow;
    struct rect left = is_above ? rect_cut_top(&box, 10.6, 0.6)
                                : rect_cut_left(&box,
                                                is_large    ? 35
                                                : is_narrow ? 26
                                                            : 32,
                                                2);
    struct rect top =
        is_above ? rect_cut_left(&left, left.w * 0.52, 1) : rect_cut_top(&left, left.h * 0.42, 0);
    widget_extra(sheet, top,
                 &(struct canvas_text){.text = label,
                                       .cap_mm = 3.8,
                                       .least_mm = 3,
                                       .colour = sheet->tones->soft,
                                       .is_middle = true});
    widget_label(sheet, left, write_time(sheet->model->language, at_ms, false, time), 4.8);
    for (int i = 0; i < 2 && at_ms; i++)
        widget_stepper(sheet,
                       is_narrow ? layout_row(box, 2, 2.2, i) : layout_column(box, 2, 2.2, i),
                       &(struct widget_stepper){.name = names[i],
                                                .value = i ? minutes : sheet_say(sheet, "1 h"),
                                                .choice = choice + 2 * i,
                                                .cap_mm = 4});
}

static void draw_my_times(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char day[WORDS_TIME_SIZE];
    struct rect body =
        scene_frame(sheet, area,
                    scene_typing_title(sheet, words_date(sheet->model->language, page->row.at_ms,
                                                         day, sizeof day)));
    struct rect foot = rect_cut_bottom(&body, LAYOUT_LEAST_MM, 2.2);
    struct rect rows = {body.x, body.y, body.w, body.h > 90 ? 90 : body.h};
    draw_time(sheet, layout_row(rows, 2, 2.2, 0), sheet_say(sheet, "Arrived"), page->row.at_ms,
              IN_HOUR);
    draw_time(sheet, layout_row(rows, 2, 2.2, 1), sheet_say(sheet, "Left"), page->row.to_ms,
              OUT_HOUR);
    if (!scene_problem(sheet, foot))
        widget_button(sheet, foot,
                      &(struct widget_button){.name = "send",
                                              .label = sheet_say(sheet, "So it was"),
                                              .act = {.kind = ACT_CHOOSE, .value = SEND},
                                              .style = WIDGET_FILLED});
}

/* Only what differs is said: the rest may be put right by somebody else meanwhile. */
static void propose(struct page *page)
{
    const struct row *row = &page->row;
    struct ask *ask = page_ask(page, ASK_MY_TIMES);
    ask->fact = page->row.id;
    ask->at_ms = row->at_ms == row->was_at_ms ? 0 : row->at_ms;
    ask->to_ms = row->to_ms == row->was_to_ms ? 0 : row->to_ms;
}

static void step(struct page *page, int value)
{
    int64_t step_ms = value & 2 ? 5 * MINUTE_MS : HOUR_MS;
    int64_t *time_ms = value < OUT_HOUR ? &page->row.at_ms : &page->row.to_ms;
    *time_ms += value & 1 ? step_ms : -step_ms;
}

static void event_my_times(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value < SEND)
        step(page, event->value);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        propose(page);
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_MY_TIMES)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_my_visits);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
}

const struct scene scene_my_visits = {.name = "my-visits",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_PEN,
                                      .draw = draw_my_visits,
                                      .event = event_my_visits,
                                      .back = &scene_mine,
                                      .idle_s = IDLE_S,
                                      .is_private = true};

const struct scene scene_my_times = {.name = "my-times",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_PEN,
                                     .draw = draw_my_times,
                                     .event = event_my_times,
                                     .back = &scene_my_visits,
                                     .idle_s = IDLE_S,
                                     .is_private = true};
