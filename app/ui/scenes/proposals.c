/*
 * proposals - how people say their visits were, the oldest first. proposal - one beside what
 * stands: accepted, or not. proposal-no - why not: the person reads it. proposal-words - the same
 * in staff's own words.
 */
#include <stdio.h>

#include "app/ui/dates.h"
#include "app/ui/scene.h"
#include "app/ui/shift_row.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* Somebody who is still in has no end. */
static void write_span(const struct sheet *sheet, int64_t at_ms, int64_t to_ms, char *out_text,
                       size_t size)
{
    enum language language = sheet->model->language;
    char from[WORDS_TIME_SIZE];
    if (to_ms)
        dates_span(language, at_ms, to_ms, out_text, size);
    else
        snprintf(out_text, size, "%s – …", words_time(language, at_ms, from, sizeof from));
}

/* --- all that wait --- */

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], span[DATES_SIZE];
    snprintf(name, sizeof name, "proposal-%d", index + 1);
    write_span(sheet, row->at_ms, row->to_ms, span, sizeof span);
    shift_row_tile(
        sheet, box,
        &(struct shift_row_tile){
            .name = name, .title = row->title, .line = span, .at_ms = row->at_ms, .choice = index});
}

static void draw_proposals(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_PROPOSALS || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "Nobody waits for an answer."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 16,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_row});
}

static void event_proposals(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_REASON]); /* it was another one's */
        page_ask(page, ASK_PROPOSALS);
    }
    if (event->kind != PAGE_CHOOSE || page->told.ask != ASK_PROPOSALS ||
        event->value >= page->told.count)
        return;
    page->row = page->told.rows[event->value];
    page_go(page, &scene_proposal);
}

/* --- one --- */

enum { ACCEPT, REFUSE };

static void answer(struct page *page, bool is_accepted, const char *why)
{
    struct ask *ask = page_ask(page, ASK_ACCEPT);
    ask->fact = page->row.id;
    ask->number[0] = is_accepted;
    snprintf(ask->text, sizeof ask->text, "%s", why);
}

static void take_answer(struct page *page)
{
    if (page->told.ask != ASK_ACCEPT)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_proposals);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

static void draw_texts(struct sheet *sheet, struct rect body)
{
    const struct row *row = &sheet->model->page->row;
    const struct theme_tones *tones = sheet->tones;
    char day[DATES_SIZE], said[DATES_SIZE], was[DATES_SIZE], before[160];
    write_span(sheet, row->at_ms, row->to_ms, said, sizeof said);
    write_span(sheet, row->was_at_ms, row->was_to_ms, was, sizeof was);
    words_format(before, sizeof before, sheet_say(sheet, "was %s"), was);
    char why[WIDGET_WORDS_BYTES];
    struct canvas_text texts[] = {
        {.text = dates_day(sheet->model->language, row->at_ms, 0, day, sizeof day),
         .cap_mm = 4,
         .least_mm = 3,
         .colour = tones->ink},
        {.text = said, .cap_mm = 5.4, .least_mm = 4, .colour = tones->ink, .is_bold = true},
        {.text = before, .cap_mm = 3.8, .least_mm = 3, .colour = tones->soft},
        {.text = row->line, .cap_mm = 3.8, .least_mm = 3, .colour = tones->ink, .lines = 3}};
    texts[3].text =
        widget_shorten(sheet, (struct rect){0, 0, body.w, body.h * 0.3}, &texts[3], why);
    scene_stack(sheet, body, texts, row->line[0] ? 4 : 3);
}

static void draw_proposal(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, page->row.title);
    struct rect foot = rect_cut_bottom(&body, 14, LAYOUT_GAP);
    const struct widget_button buttons[] = {{.name = "refuse",
                                             .label = sheet_say(sheet, "No, because …"),
                                             .act = {.kind = ACT_CHOOSE, .value = REFUSE}},
                                            {.name = "accept",
                                             .label = sheet_say(sheet, "That is right"),
                                             .act = {.kind = ACT_CHOOSE, .value = ACCEPT},
                                             .style = WIDGET_FILLED}};
    for (int i = 0; i < 2 && !page->is_waiting; i++)
        widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, i), &buttons[i]);
    scene_problem_below(sheet, &body);
    draw_texts(sheet, body);
}

static void event_proposal(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == REFUSE)
        page_go(page, &scene_proposal_no);
    else if (event->kind == PAGE_CHOOSE)
        answer(page, true, "");
    else if (event->kind == PAGE_TOLD)
        take_answer(page);
}

/* --- why not --- */

static const char *const reasons[] = {
    WORDS_MARK("Let us talk about it"), WORDS_MARK("Another visit has that time already"),
    WORDS_MARK("The house was closed then"), WORDS_MARK("It is counted elsewhere")};

#define REASONS ((int)(sizeof reasons / sizeof reasons[0]))

static void draw_no(struct sheet *sheet, struct rect area)
{
    scene_reasons(sheet, area, reasons, REASONS);
}

static void event_no(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == REASONS)
        page_go(page, &scene_proposal_words);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        answer(page, false, reasons[event->value]);
    else if (event->kind == PAGE_TOLD)
        take_answer(page);
}

static void draw_words(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_REASON],
                     sheet_say(sheet, "In a few words, for the person"), false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_words(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_REASON);
    else if (event->kind == PAGE_DONE && page_text(page, PAGE_REASON)[0] && !page->is_waiting)
        answer(page, false, page_text(page, PAGE_REASON));
    else if (event->kind == PAGE_TOLD)
        take_answer(page);
}

const struct scene scene_proposals = {.name = "proposals",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_PEN,
                                      .title = WORDS_MARK("Visits to answer"),
                                      .draw = draw_proposals,
                                      .event = event_proposals,
                                      .back = &scene_staff,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true};

const struct scene scene_proposal = {.name = "proposal",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_PEN,
                                     .draw = draw_proposal,
                                     .event = event_proposal,
                                     .back = &scene_proposals,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true};

const struct scene scene_proposal_no = {.name = "proposal-no",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_PEN,
                                        .title = WORDS_MARK("Why not?"),
                                        .draw = draw_no,
                                        .event = event_no,
                                        .back = &scene_proposal,
                                        .idle_s = STAFF_IDLE_S,
                                        .is_staff = true};

const struct scene scene_proposal_words = {.name = "proposal-words",
                                           .meaning = THEME_PAPER,
                                           .icon = ICON_PEN,
                                           .title = WORDS_MARK("Why not?"),
                                           .draw = draw_words,
                                           .event = event_words,
                                           .back = &scene_proposal_no,
                                           .idle_s = STAFF_IDLE_S,
                                           .is_staff = true};
