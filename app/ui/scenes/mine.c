/*
 * my-badge - whose page? mine - what somebody promised and gave, for them alone. my-shift - one of
 * their shifts: a stand-in, or not coming. my-reason - why, by who likes to say.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 30

/* --- whose page? --- */

static void draw_badge(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_ask_badge(sheet, body, sheet_say(sheet, "Tap your badge"));
}

static void event_badge(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD && scene_take_badge(page))
        page_go(page, &scene_mine);
}

/* --- my page --- */

enum { HOURS, VISITS, SHIFTS, FIRST_SHIFT };

/* An assembly, not one of their shifts. */
static bool is_assembly(const struct row *row)
{
    return row->number[0] == 0;
}

static void say_mark(const struct sheet *sheet, const struct row *row, char *out_text, size_t size)
{
    out_text[0] = 0;
    if (row->mark && is_assembly(row))
        words_format(out_text, size, sheet_say(sheet, "%s votes for you"), row->line);
    else if (row->mark)
        snprintf(out_text, size, "%s", sheet_say(sheet, "stand-in sought"));
}

static void draw_mine_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index + 1];
    char name[24], when[SCENE_WHEN_SIZE], mark[300], line[600];
    snprintf(name, sizeof name, "mine-%d", index + 1);
    say_mark(sheet, row, mark, sizeof mark);
    snprintf(line, sizeof line, "%s%s%s", scene_when(sheet, row, when), mark[0] ? " · " : "", mark);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = name,
                              .act = {.kind = ACT_CHOOSE, .value = FIRST_SHIFT + index}});
    const struct theme_tones *tones = sheet->tones;
    const struct canvas_text texts[] = {{.text = row->title,
                                         .cap_mm = 4.2,
                                         .least_mm = 3.2,
                                         .colour = is_pressed ? tones->ground : tones->ink,
                                         .is_bold = true,
                                         .lines = 3},
                                        {.text = line,
                                         .cap_mm = 3.6,
                                         .least_mm = 3,
                                         .colour = is_pressed ? tones->ground : tones->soft,
                                         .lines = 3}};
    scene_stack(sheet, (struct rect){box.x + 3, box.y + 1, box.w - 6, box.h - 2}, texts, 2);
}

/* Where a stand-in is sought there is more to say. */
static double row_mm(const struct page *page)
{
    for (int i = 1; i < page->told.count; i++)
        if (page->told.rows[i].mark)
            return 25;
    return 22;
}

static void draw_doors(struct sheet *sheet, struct rect box, const char *hours, bool is_column)
{
    const struct widget_button buttons[] = {
        {.name = "hours", .label = hours, .act = {.kind = ACT_CHOOSE, .value = HOURS}},
        {.name = "visits",
         .label = sheet_say(sheet, "My visits"),
         .act = {.kind = ACT_CHOOSE, .value = VISITS}},
        {.name = "shifts",
         .label = sheet_say(sheet, "Sign up"),
         .act = {.kind = ACT_CHOOSE, .value = SHIFTS},
         .style = WIDGET_FILLED}};
    for (int i = 0; i < 3; i++)
        widget_button(sheet, is_column ? layout_row(box, 3, 2.2, i) : layout_column(box, 3, 2.2, i),
                      &buttons[i]);
}

static void draw_mine(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char length[WORDS_TIME_SIZE], hours[120];
    bool is_narrow = layout_is_narrow(area), is_large = sheet->model->mode.is_large;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    bool is_column = !is_large || is_narrow;
    struct rect doors = is_narrow   ? rect_cut_bottom(&body, 3 * LAYOUT_LEAST_MM + 4.4, 2.2)
                        : is_column ? rect_cut_right(&body, body.w * 0.36, LAYOUT_GAP)
                                    : rect_cut_bottom(&body, 23, LAYOUT_GAP);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_MINE || page->told.how != TOLD_YES)
        return;
    words_duration(sheet->model->language, page->told.rows[0].number[0], length, sizeof length);
    words_format(hours, sizeof hours, sheet_say(sheet, "%s this month"), length);
    draw_doors(sheet, doors, is_large ? sheet_say(sheet, "My hours") : hours, is_column);
    if (page->told.count < 2)
        widget_paragraph(sheet, body, sheet_say(sheet, "Nothing promised for now."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count - 1,
                                      .first = page->first,
                                      .row_mm = is_large ? body.h : row_mm(page),
                                      .draw = draw_mine_row});
}

static void event_mine(struct page *page, const struct page_event *event)
{
    static const struct scene *const doors[] = {
        [HOURS] = &scene_my_hours, [VISITS] = &scene_my_visits, [SHIFTS] = &scene_shifts};
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_REASON]); /* it was about another shift */
        page_ask(page, ASK_MINE);
    }
    if (event->kind != PAGE_CHOOSE || page->told.ask != ASK_MINE)
        return;
    if (event->value < FIRST_SHIFT) {
        page_go(page, doors[event->value]);
    } else if (event->value - FIRST_SHIFT + 1 < page->told.count) {
        page->row = page->told.rows[event->value - FIRST_SHIFT + 1];
        page_go(page, is_assembly(&page->row) ? &scene_my_assembly : &scene_my_shift);
    }
}

/* --- one of their shifts --- */

enum { STAND_IN, EXCUSE, UNDO, DONE };

static void draw_button(struct sheet *sheet, struct rect box, int which, const char *name,
                        const char *label)
{
    widget_button(
        sheet, box,
        &(struct widget_button){.name = name,
                                .label = label,
                                .act = {.kind = ACT_CHOOSE, .value = which},
                                .style = which == DONE ? WIDGET_FILLED : WIDGET_OUTLINED});
}

static const char *say_state(const struct sheet *sheet)
{
    const struct page *page = sheet->model->page;
    if (sheet->model->mode.is_large && page->problem)
        return "";
    return page->row.mark
               ? sheet_say(sheet, "A stand-in is sought. Until there is one you are expected.")
               : sheet_say(sheet, "You are expected.");
}

static void draw_my_shift(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char when[SCENE_WHEN_SIZE];
    struct rect foot[2], body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    scene_pair(sheet, area, &body, foot);
    scene_problem_below(sheet, &body);
    const struct canvas_text texts[] = {{.text = page->row.title,
                                         .cap_mm = 5.2,
                                         .least_mm = 4,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .lines = 3},
                                        {.text = scene_when(sheet, &page->row, when),
                                         .cap_mm = 4.6,
                                         .least_mm = 3.6,
                                         .colour = sheet->tones->ink,
                                         .lines = 3},
                                        {.text = say_state(sheet),
                                         .cap_mm = 4,
                                         .least_mm = 3.2,
                                         .colour = sheet->tones->soft,
                                         .lines = 3}};
    scene_stack(sheet, body, texts, 3);
    draw_button(sheet, foot[0], EXCUSE, "excuse", sheet_say(sheet, "I can’t come"));
    draw_button(sheet, foot[1], STAND_IN, "stand-in",
                page->row.mark ? sheet_say(sheet, "I’ll come after all")
                               : sheet_say(sheet, "Find a stand-in"));
}

static void event_my_shift(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == EXCUSE)
        page_go(page, &scene_my_reason);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask_shift(page, ASK_STAND_IN)->number[1] = !page->row.mark;
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_STAND_IN &&
             page->told.how == TOLD_YES)
        page->row.mark = !page->row.mark;
}

/* --- why, by who likes to say --- */

static void draw_reason(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_REASON],
                     sheet->model->mode.is_large ? sheet_say(sheet, "A word")
                                                 : sheet_say(sheet, "Why, if you like to say it"),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_reason(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_type(page, PAGE_REASON);
    } else if (event->kind == PAGE_DONE && !page->is_waiting) {
        struct ask *ask = page_ask_shift(page, ASK_EXCUSE);
        snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_REASON));
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_EXCUSE) {
        if (page->told.how == TOLD_YES)
            page_go(page, &scene_excused);
        else if (!page->problem)
            page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    }
}

/* --- it is noted --- */

static void draw_excused(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_back = page->told.ask == ASK_TAKE_BACK && page->told.how == TOLD_YES;
    struct rect foot[2], body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    scene_pair(sheet, area, &body, foot);
    scene_problem_below(sheet, &body);
    const struct canvas_text text = {
        .text = is_back ? sheet_say(sheet, "It is taken back: you are expected.")
                        : sheet_say(sheet, "Thank you for saying so. Somebody else can come now."),
        .cap_mm = 5.2,
        .least_mm = 4,
        .colour = sheet->tones->ink,
        .is_bold = true,
        .lines = 6};
    scene_stack(sheet, body, &text, 1);
    if (page->told.ask == ASK_EXCUSE && page->told.count)
        draw_button(sheet, foot[0], UNDO, "undo", sheet_say(sheet, "Undo"));
    draw_button(sheet, foot[1], DONE, "done", sheet_say(sheet, "Done"));
}

static void event_excused(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == UNDO)
        page_ask(page, ASK_TAKE_BACK)->fact = page->told.rows[0].id;
    else if (event->kind == PAGE_CHOOSE)
        page_go(page, &scene_mine);
}

#define MINE(name_, icon_, draw_, event_)                                                          \
    .name = name_, .meaning = THEME_PAPER, .icon = icon_, .draw = draw_, .event = event_

const struct scene scene_my_badge = {MINE("my-badge", ICON_BADGE, draw_badge, event_badge),
                                     .title = WORDS_MARK("My page"),
                                     .is_detour = true,
                                     .back = &scene_help,
                                     .claims = SCENE_CLAIMS_KNOWN,
                                     .idle_s = IDLE_S};

const struct scene scene_mine = {MINE("mine", ICON_PERSON, draw_mine, event_mine), .idle_s = IDLE_S,
                                 .is_private = true};

const struct scene scene_my_shift = {MINE("my-shift", ICON_HANDS, draw_my_shift, event_my_shift),
                                     .back = &scene_mine, .idle_s = IDLE_S, .is_private = true};

const struct scene scene_my_reason = {MINE("my-reason", ICON_PEN, draw_reason, event_reason),
                                      .title = WORDS_MARK("I can’t come"), .back = &scene_my_shift,
                                      .idle_s = 60, .is_private = true};

const struct scene scene_excused = {MINE("excused", ICON_TICK, draw_excused, event_excused),
                                    .back = &scene_mine, .idle_s = 20, .is_private = true};
