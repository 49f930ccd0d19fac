/*
 * visits - somebody's last visits, to put one right. correct - when it began and ended. reason -
 * why: without one nothing is changed, and what stood there stays readable.
 */
#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60
#define MINUTE_MS 60000
#define HOUR_MS (60 * MINUTE_MS)

/* --- the list --- */

#define MARKED_SIZE (WORDS_TIME_SIZE + 8)

/* What a row says, line by line. */
struct visit_lines {
    char day[WORDS_TIME_SIZE], times[160], was[240];
};

/* A time that no clock vouches for is never shown as true. */
static const char *write_time(enum language language, int64_t at_ms, bool is_doubtful,
                              char out_text[MARKED_SIZE])
{
    char time[WORDS_TIME_SIZE] = "…";
    if (at_ms)
        words_time(language, at_ms, time, sizeof time);
    snprintf(out_text, MARKED_SIZE, "%s%s", time, at_ms && is_doubtful ? "\u202f?" : "");
    return out_text;
}

static void write_times(enum language language, const struct row *row, char *out_text, size_t size)
{
    char from[MARKED_SIZE], to[MARKED_SIZE];
    write_time(language, row->at_ms, row->is_doubtful_at, from);
    write_time(language, row->to_ms, row->is_doubtful_to, to);
    snprintf(out_text, size, "%s – %s", from, to);
}

static void write_lines(const struct sheet *sheet, const struct row *row,
                        struct visit_lines *out_lines)
{
    enum language language = sheet->model->language;
    char day[WORDS_TIME_SIZE], times[160], was[236];
    const struct row before = {.at_ms = row->was_at_ms, .to_ms = row->was_to_ms};
    words_date(language, row->at_ms, out_lines->day, sizeof out_lines->day);
    write_times(language, row, out_lines->times, sizeof out_lines->times);
    write_times(language, &before, times, sizeof times);
    words_date(language, row->was_at_ms, day, sizeof day);
    bool is_same_day = strcmp(day, out_lines->day) == 0;
    snprintf(was, sizeof was, "%s%s%s", is_same_day ? "" : day, is_same_day ? "" : ", ", times);
    words_format(out_lines->was, sizeof out_lines->was, sheet_say(sheet, "was %s"), was);
}

static double texts_height(struct sheet *sheet, struct rect box, const struct canvas_text *texts,
                           int count)
{
    double height = 0;
    for (int i = 0; i < count; i++)
        height += canvas_text_height(sheet->canvas, box, &texts[i]);
    return height;
}

/* One below the other, in the middle of the box's height, or else as small as they may be. */
static void draw_texts(struct sheet *sheet, struct rect box, struct canvas_text *texts, int count)
{
    if (texts_height(sheet, box, texts, count) > box.h)
        for (int i = 0; i < count; i++)
            texts[i].cap_mm = texts[i].least_mm;
    double spare = box.h - texts_height(sheet, box, texts, count);
    rect_cut_top(&box, spare > 0 ? spare / 2 : 0, 0);
    for (int i = 0; i < count; i++)
        rect_cut_top(&box, canvas_text(sheet->canvas, box, &texts[i]), 0);
}

/* One that was put right: what stood there stays readable, and why it does no longer. */
static void draw_corrected(struct sheet *sheet, struct rect box, const struct row *row,
                           const struct visit_lines *lines, const struct widget_tile *tile)
{
    bool is_pressed = widget_tile_box(sheet, box, tile);
    const struct theme_tones *tones = sheet->tones;
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    uint32_t soft = is_pressed ? tones->ground : tones->soft;
    const char *reason = row->line[0] ? sheet_say(sheet, row->line) : "";
    struct canvas_text texts[] = {
        {.text = lines->day, .cap_mm = 3.6, .least_mm = 3, .colour = ink, .is_bold = true},
        {.text = lines->times, .cap_mm = 3.5, .least_mm = 3, .colour = ink},
        {.text = lines->was, .cap_mm = 3.2, .least_mm = 3, .colour = soft, .lines = 2},
        {.text = reason, .cap_mm = 3.2, .least_mm = 3, .colour = soft, .lines = 2},
    };
    const struct rect inside = {box.x + 2.4, box.y + 1.6, box.w - 4.8, box.h - 3.2};
    draw_texts(sheet, inside, texts, 4);
}

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24];
    struct visit_lines lines;
    const struct widget_tile tile = {.name = name,
                                     .title = lines.day,
                                     .line = lines.times,
                                     .act = {.kind = ACT_CHOOSE, .value = index}};
    snprintf(name, sizeof name, "visit-%d", index + 1);
    write_lines(sheet, row, &lines);
    if (row->was_at_ms)
        draw_corrected(sheet, box, row, &lines, &tile);
    else
        widget_tile(sheet, box, &tile);
}

/* Where one was put right all need more room. */
static double row_mm(const struct told *told)
{
    for (int i = 0; i < told->count; i++)
        if (told->rows[i].was_at_ms)
            return 26;
    return 17;
}

static void draw_visits(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, page->name);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_VISITS)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "No visits yet."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = row_mm(&page->told),
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_row});
}

static void event_visits(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_REASON]); /* it was another visit's */
        page_ask(page, ASK_VISITS);
    }
    if (event->kind != PAGE_CHOOSE || event->value >= page->told.count)
        return;
    page->row = page->told.rows[event->value];
    page_go(page, &scene_correct);
}

/* --- its times --- */

enum { IN_HOUR = 0, IN_MINUTES = 2, OUT_HOUR = 4, OUT_MINUTES = 6, NEXT = 8, VOID };

/* What it is, and in large when: one above the other where it is wide, else side by side. */
static void draw_when(struct sheet *sheet, struct rect box, const char *label, const char *time)
{
    struct rect top =
        box.h < 14 ? rect_cut_left(&box, box.w * 0.5, 2) : rect_cut_top(&box, box.h * 0.42, 0);
    const struct canvas_text said = {.text = label,
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .colour = sheet->tones->soft,
                                     .is_middle = true};
    canvas_text(sheet->canvas, top, &said);
    widget_label(sheet, box, time, 5.4);
}

static void draw_time(struct sheet *sheet, struct rect box, const char *label, int64_t at_ms,
                      bool is_doubtful, int choice)
{
    char time[MARKED_SIZE];
    const char *names[] = {choice ? "out-hour" : "in-hour", choice ? "out-minute" : "in-minute"};
    bool is_narrow = box.w < 100;
    struct rect left = is_narrow ? rect_cut_top(&box, 9, 1) : rect_cut_left(&box, 34, LAYOUT_GAP);
    draw_when(sheet, left, label, write_time(sheet->model->language, at_ms, is_doubtful, time));
    for (int i = 0; i < 2 && at_ms; i++)
        widget_stepper(sheet, layout_column(box, 2, LAYOUT_GAP, i),
                       &(struct widget_stepper){.name = names[i],
                                                .value = i ? sheet_say(sheet, "5 min")
                                                           : sheet_say(sheet, "1 h"),
                                                .choice = choice + 2 * i,
                                                .cap_mm = 4});
}

static void draw_correct(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char day[WORDS_TIME_SIZE];
    struct rect body = scene_frame(
        sheet, area, words_date(sheet->model->language, page->row.at_ms, day, sizeof day));
    struct rect foot = rect_cut_bottom(&body, 14, LAYOUT_GAP);
    struct rect rows = {body.x, body.y, body.w, body.h > 70 ? 70 : body.h};
    draw_time(sheet, layout_row(rows, 2, LAYOUT_GAP, 0), sheet_say(sheet, "Arrived"),
              page->row.at_ms, page->row.is_doubtful_at, IN_HOUR);
    draw_time(sheet, layout_row(rows, 2, LAYOUT_GAP, 1), sheet_say(sheet, "Left"), page->row.to_ms,
              page->row.is_doubtful_to, OUT_HOUR);
    widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 0),
                  &(struct widget_button){.name = "void",
                                          .label = sheet_say(sheet, "This visit never was"),
                                          .act = {.kind = ACT_CHOOSE, .value = VOID},
                                          .style = WIDGET_QUIET});
    widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 1),
                  &(struct widget_button){.name = "next",
                                          .label = sheet_say(sheet, "Correct it"),
                                          .act = {.kind = ACT_CHOOSE, .value = NEXT},
                                          .style = WIDGET_FILLED});
}

static void event_correct(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE)
        return;
    if (event->value >= NEXT) {
        page->choice = event->value == VOID;
        page_go(page, &scene_reason);
        return;
    }
    int64_t step_ms = event->value & 2 ? 5 * MINUTE_MS : HOUR_MS;
    bool is_arrival = event->value < OUT_HOUR;
    int64_t *time_ms = is_arrival ? &page->row.at_ms : &page->row.to_ms;
    *time_ms += event->value & 1 ? step_ms : -step_ms;
    *(is_arrival ? &page->row.is_doubtful_at : &page->row.is_doubtful_to) = false;
}

/* --- why --- */

static const char *const reasons[] = {WORDS_MARK("Forgot to tap"), WORDS_MARK("Tapped by mistake"),
                                      WORDS_MARK("The station did not work"),
                                      WORDS_MARK("Agreed with the person")};

#define REASONS ((int)(sizeof reasons / sizeof reasons[0]))
#define OTHER REASONS

static void draw_reason(struct sheet *sheet, struct rect area)
{
    scene_reasons(sheet, area, reasons, REASONS);
}

static void correct(struct page *page, const char *reason)
{
    struct ask *ask = page_ask(page, page->choice == 1 ? ASK_VOID : ASK_CORRECT);
    ask->fact = page->row.id;
    ask->at_ms = page->row.at_ms;
    ask->to_ms = page->row.to_ms;
    snprintf(ask->text, sizeof ask->text, "%s", reason);
}

static void take_correction(struct page *page)
{
    if (page->told.ask != ASK_CORRECT && page->told.ask != ASK_VOID)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_visits);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

static void event_reason(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == OTHER)
        page_go(page, &scene_reason_typed);
    else if (event->kind == PAGE_CHOOSE)
        correct(page, reasons[event->value]);
    else if (event->kind == PAGE_TOLD)
        take_correction(page);
}

static void draw_typed(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_REASON], sheet_say(sheet, "In a few words"),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_typed(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_REASON);
    else if (event->kind == PAGE_DONE && page_text(page, PAGE_REASON)[0] && !page->is_waiting)
        correct(page, page_text(page, PAGE_REASON));
    else if (event->kind == PAGE_TOLD)
        take_correction(page);
}

const struct scene scene_visits = {.name = "visits",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PEN,
                                   .draw = draw_visits,
                                   .event = event_visits,
                                   .back = &scene_person,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_correct = {.name = "correct",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_PEN,
                                    .draw = draw_correct,
                                    .event = event_correct,
                                    .back = &scene_visits,
                                    .idle_s = STAFF_IDLE_S,
                                    .is_staff = true};

const struct scene scene_reason = {.name = "reason",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PEN,
                                   .title = WORDS_MARK("Why?"),
                                   .draw = draw_reason,
                                   .event = event_reason,
                                   .back = &scene_correct,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_reason_typed = {.name = "reason-typed",
                                         .meaning = THEME_PAPER,
                                         .icon = ICON_PEN,
                                         .title = WORDS_MARK("Why?"),
                                         .draw = draw_typed,
                                         .event = event_typed,
                                         .back = &scene_reason,
                                         .idle_s = STAFF_IDLE_S,
                                         .is_staff = true};
