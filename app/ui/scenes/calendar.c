/*
 * calendar - what takes place in the next weeks: who signed up, what vanished, was called off, or
 * looks for a stand-in. planned - one of them with its shifts. promised - who signed up for one,
 * and what came of it. left-over - whose baskets are still there. call-off-sure - really?
 */
#include <stdio.h>

#include "app/domain/occasion.h"
#include "app/domain/sign_up.h"
#include "app/ui/dates.h"
#include "app/ui/scene.h"
#include "app/ui/shift_row.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60
#define HOUR_MS INT64_C(3600000)
#define LINE_BYTES 200

/* "3 of 4", "3" where as many may come as like to. */
static void write_count(const struct sheet *sheet, int standing, int places, char *out_text,
                        size_t size)
{
    if (places)
        words_format(out_text, size, sheet_say(sheet, "%d of %d"), standing, places);
    else
        snprintf(out_text, size, "%d", standing);
}

static bool may_plan(const struct page *page)
{
    return rights_may(page->rights, RIGHT_OCCASION);
}

/* --- what comes --- */

enum { NEW = 10000 };

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    static const char *const marks[] = {[ASK_PLANNED_ON] = NULL,
                                        [ASK_PLANNED_SOUGHT] = WORDS_MARK("stand-in sought"),
                                        [ASK_PLANNED_VANISHED] = WORDS_MARK("left the calendar"),
                                        [ASK_PLANNED_CANCELLED] = WORDS_MARK("called off")};
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], line[LINE_BYTES], hour[WORDS_TIME_SIZE], count[40];
    snprintf(name, sizeof name, "planned-%d", index + 1);
    words_hour(sheet->model->language, row->at_ms, hour, sizeof hour);
    write_count(sheet, row->number[0], row->number[1], count, sizeof count);
    if (marks[row->mark])
        snprintf(line, sizeof line, "%s", sheet_say(sheet, marks[row->mark]));
    else
        snprintf(line, sizeof line, "%s · %s", hour, count);
    shift_row_tile(sheet, box,
                   &(struct shift_row_tile){.name = name,
                                            .title = row->title,
                                            .line = line,
                                            .at_ms = row->at_ms,
                                            .is_marked = row->mark != ASK_PLANNED_ON,
                                            .choice = index});
}

static void draw_calendar(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect foot = rect_cut_bottom(&body, 12, LAYOUT_GAP);
    widget_button(sheet, may_plan(page) ? layout_column(foot, 2, LAYOUT_GAP, 0) : foot,
                  &(struct widget_button){.name = "totals",
                                          .label = sheet_say(sheet, "The month"),
                                          .act = {.kind = ACT_GO, .to = &scene_totals},
                                          .style = WIDGET_QUIET});
    if (may_plan(page))
        widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 1),
                      &(struct widget_button){.name = "new",
                                              .label = sheet_say(sheet, "Something new"),
                                              .act = {.kind = ACT_CHOOSE, .value = NEW},
                                              .style = WIDGET_FILLED});
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_CALENDAR || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "Nothing is planned."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 16,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_row});
}

/* From the next full hour but one on: nothing is planned for what is on. */
static void begin_new(struct page *page)
{
    int64_t now_ms = page->told.ask == ASK_CALENDAR ? page->told.until_ms : 0;
    int64_t at_ms = (now_ms / HOUR_MS + 2) * HOUR_MS;
    page->row = (struct row){.at_ms = at_ms, .to_ms = at_ms + 2 * HOUR_MS};
    page->numbers[0] = OCCASION_SHIFT;
    page->numbers[1] = 2;
    page->numbers[2] = 1;
    typing_clear(&page->typing[PAGE_REASON]);
    page_go(page, &scene_plan);
}

/* Whoever comes back finds the list where they left it, or where something new stands. */
static int find_place(const struct told *told, int64_t at_ms)
{
    int place = 0;
    while (place < told->count && told->rows[place].at_ms < at_ms)
        place++;
    return place < told->count ? place : 0;
}

static void event_calendar(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_CALENDAR);
    if (event->kind == PAGE_TOLD && page->told.ask == ASK_CALENDAR)
        page->first = find_place(&page->told, page->row.at_ms);
    if (event->kind != PAGE_CHOOSE || page->told.ask != ASK_CALENDAR)
        return;
    if (event->value == NEW) {
        begin_new(page);
    } else if (event->value < page->told.count) {
        page->row = page->told.rows[event->value];
        page_go(page, &scene_planned);
    }
}

/* --- one of them --- */

enum { STATE = 10000 };

/* Baskets are no shift, and have no number of one. */
static bool is_of_baskets(const struct row *row)
{
    return row->number[0] == 0;
}

static void write_shift(const struct sheet *sheet, const struct row *row, char *out_text,
                        size_t size)
{
    char span[DATES_SIZE], count[40];
    write_count(sheet, row->number[1], row->mark, count, sizeof count);
    if (is_of_baskets(row))
        words_format(out_text, size, sheet_say(sheet, "%d of %d left"), row->number[1], row->mark);
    else
        snprintf(out_text, size, "%s · %s",
                 dates_span(sheet->model->language, row->at_ms, row->to_ms, span, sizeof span),
                 count);
}

static void draw_shift(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], line[LINE_BYTES];
    snprintf(name, sizeof name, is_of_baskets(row) ? "baskets" : "shift-%d", index + 1);
    write_shift(sheet, row, line, sizeof line);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = name, .act = {.kind = ACT_CHOOSE, .value = index}});
    struct rect inside = {box.x + 3, box.y + 1.4, box.w - 6, box.h - 2.8};
    shift_row_words(sheet, inside, is_of_baskets(row) ? sheet_say(sheet, "Baskets") : row->title,
                    line, is_pressed);
}

/* " · 3 needs or ideas were left"; "" where none were. */
static const char *write_needs(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct told *told = &sheet->model->page->told;
    char text[LINE_BYTES];
    out_text[0] = 0;
    if (told->ask != ASK_PLANNED || told->total <= 0)
        return out_text;
    words_format(text, sizeof text,
                 words_plural(sheet->model->language, "one need or idea was left",
                              "%d needs or ideas were left", told->total),
                 told->total);
    return words_format(out_text, size, " · %s", text);
}

/* When, where, that it is not as it was, and what was left there. */
static void draw_state(struct sheet *sheet, struct rect box, const struct row *row)
{
    static const char *const states[] = {
        [ASK_PLANNED_ON] = "",
        [ASK_PLANNED_SOUGHT] = "",
        [ASK_PLANNED_VANISHED] = WORDS_MARK("The calendar has it no longer: does it take place?"),
        [ASK_PLANNED_CANCELLED] = WORDS_MARK("It is called off.")};
    char day[DATES_SIZE], span[DATES_SIZE], needs[LINE_BYTES + 8], line[800];
    enum language language = sheet->model->language;
    dates_day(language, row->at_ms, sheet->model->has_clock ? sheet->model->wall_ms : 0, day,
              sizeof day);
    dates_span(language, row->at_ms, row->to_ms, span, sizeof span);
    const char *state = states[row->mark];
    snprintf(line, sizeof line, "%s, %s%s%s%s%s%s", day, span, row->line[0] ? " · " : "", row->line,
             state[0] ? " · " : "", state[0] ? sheet_say(sheet, state) : "",
             write_needs(sheet, needs, sizeof needs));
    const struct canvas_text text = {.text = line,
                                     .cap_mm = 3.6,
                                     .least_mm = 3,
                                     .colour = sheet->tones->ink,
                                     .lines = 3,
                                     .is_middle = true};
    widget_shortened(sheet, box, &text);
}

static void draw_planned(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const struct row *row = &page->row;
    bool is_off = row->mark == ASK_PLANNED_CANCELLED, is_gone = row->mark == ASK_PLANNED_VANISHED;
    bool is_narrow = layout_is_narrow(area);
    char title[WIDGET_WORDS_BYTES];
    snprintf(title, sizeof title, "%.40s", row->title);
    struct rect body = scene_frame(sheet, area, title);
    struct rect foot = rect_cut_bottom(&body, 12, LAYOUT_GAP);
    if (may_plan(page)) {
        if (!is_off)
            widget_button(
                sheet, is_gone ? layout_column(foot, 2, LAYOUT_GAP, 0) : foot,
                &(struct widget_button){.name = "call-off",
                                        .label = sheet_say(sheet, "Call it off"),
                                        .act = {.kind = ACT_GO, .to = &scene_call_off_sure},
                                        .style = WIDGET_QUIET});
        if (is_off || is_gone)
            widget_button(sheet, is_gone ? layout_column(foot, 2, LAYOUT_GAP, 1) : foot,
                          &(struct widget_button){.name = "keep-on",
                                                  .label = sheet_say(sheet, "It takes place"),
                                                  .act = {.kind = ACT_CHOOSE, .value = STATE},
                                                  .style = WIDGET_FILLED});
    }
    scene_problem_below(sheet, &body);
    draw_state(sheet, rect_cut_top(&body, is_narrow ? 18 : 11, 2), row);
    if (page->told.ask != ASK_PLANNED || page->told.how != TOLD_YES)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 15,
                                      .columns = is_narrow ? 1 : 2,
                                      .draw = draw_shift});
}

static void event_planned(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_PLANNED)->fact = page->row.id;
    } else if (event->kind == PAGE_CHOOSE && event->value == STATE) {
        page_ask(page, ASK_KEEP_ON)->fact = page->row.id;
    } else if (event->kind == PAGE_CHOOSE && page->told.ask == ASK_PLANNED &&
               event->value < page->told.count) {
        page->choice = page->told.rows[event->value].number[0];
        page_go(page, page->choice ? &scene_promised : &scene_left_over);
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_KEEP_ON &&
               page->told.how == TOLD_YES) {
        page->row.mark = ASK_PLANNED_ON;
        page_ask(page, ASK_PLANNED)->fact = page->row.id;
    }
}

static void draw_call_off(struct sheet *sheet, struct rect area)
{
    draw_planned(sheet, area);
    scene_sure(sheet, area,
               &(struct scene_question){
                   .title = sheet_say(sheet, "Call it off?"),
                   .text = sheet_say(sheet, "Who signed up is expected no more. Tell them, too."),
                   .act = sheet_say(sheet, "Call it off")});
}

static void event_call_off(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE)
        page_ask(page, ASK_CALL_OFF)->fact = page->row.id;
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_CALL_OFF)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_calendar);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

/* --- who signed up --- */

static const char *const outcomes[SIGN_UP_OUTCOMES] = {
    [SIGN_UP_EXPECTED] = WORDS_MARK("expected"),
    [SIGN_UP_CAME] = WORDS_MARK("came"),
    [SIGN_UP_DID_NOT_COME] = WORDS_MARK("did not come"),
    [SIGN_UP_IS_EXCUSED] = WORDS_MARK("excused"),
    [SIGN_UP_IS_REPLACED] = WORDS_MARK("replaced"),
    [SIGN_UP_IS_CANCELLED] = WORDS_MARK("called off")};

static void write_outcome(const struct sheet *sheet, const struct row *row, char *out_text,
                          size_t size)
{
    int minutes = row->number[0];
    if (row->mark == SIGN_UP_EXPECTED && row->number[1])
        snprintf(out_text, size, "%s", sheet_say(sheet, "stand-in sought"));
    else if (row->mark == SIGN_UP_CAME && minutes < 0)
        words_format(out_text, size, sheet_say(sheet, "came %d min before"), -minutes);
    else if (row->mark == SIGN_UP_CAME && minutes > 0)
        words_format(out_text, size, sheet_say(sheet, "came %d min after"), minutes);
    else
        snprintf(out_text, size, "%s", sheet_say(sheet, outcomes[row->mark]));
}

static void draw_promise(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char outcome[LINE_BYTES];
    write_outcome(sheet, row, outcome, sizeof outcome);
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = {box.x + 3, box.y + 0.8, box.w - 6, box.h - 1.6};
    shift_row_words(sheet, inside, row->title, outcome, false);
}

static void draw_promised(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_PROMISES || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "Nobody signed up yet."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 15,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_promise});
}

static void event_promised(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_PROMISES)->fact = page->row.id;
}

/* --- whose baskets are still there --- */

static void draw_left(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = {box.x + 3, box.y + 0.8, box.w - 6, box.h - 1.6};
    shift_row_words(sheet, inside, row->title, row->line, false);
}

static void draw_left_over(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_LEFT || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "All baskets are fetched."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 15,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_left});
}

static void event_left_over(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_LEFT)->fact = page->row.id;
}

#define STAFF_PAGE(name_, title_, draw_, event_, back_)                                            \
    {                                                                                              \
        .name = (name_), .meaning = THEME_PAPER, .icon = ICON_FLAG, .title = (title_),             \
        .draw = (draw_), .event = (event_), .back = (back_), .idle_s = STAFF_IDLE_S,               \
        .is_staff = true                                                                           \
    }

const struct scene scene_calendar =
    STAFF_PAGE("calendar", WORDS_MARK("Calendar"), draw_calendar, event_calendar, &scene_staff);
const struct scene scene_planned =
    STAFF_PAGE("planned", NULL, draw_planned, event_planned, &scene_calendar);
const struct scene scene_call_off_sure = STAFF_PAGE("call-off-sure", WORDS_MARK("Call it off?"),
                                                    draw_call_off, event_call_off, &scene_planned);
const struct scene scene_promised = STAFF_PAGE("promised", WORDS_MARK("Who signed up"),
                                               draw_promised, event_promised, &scene_planned);
const struct scene scene_left_over = STAFF_PAGE("left-over", WORDS_MARK("Still to be fetched"),
                                                draw_left_over, event_left_over, &scene_planned);
