/*
 * stick-out - how much of the register goes out, and who can read it then. stick-carry - how far it
 * is with whatever is carried, and what came of it.
 */
#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/scene.h"
#include "app/ui/stick_words.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 120

/* --- how much --- */

static const struct {
    const char *name, *title;
} spans[ASK_SPAN_COUNT] = {
    [ASK_SPAN_SINCE] = {"since", WORDS_MARK("New since last time")},
    [ASK_SPAN_MONTH] = {"month", WORDS_MARK("This month")},
    [ASK_SPAN_LAST_MONTH] = {"last-month", WORDS_MARK("Last month")},
    [ASK_SPAN_YEAR] = {"year", WORDS_MARK("A year")},
    [ASK_SPAN_ALL] = {"all", WORDS_MARK("Everything")},
};

/* The last day of the month before that of `day`. */
static int month_before(int day)
{
    return day_number_add(day_first_of_month(day), -1);
}

/* When that is, so that nobody has to reckon. */
static void write_line(const struct sheet *sheet, enum ask_span span, char *out_text, size_t size)
{
    enum language language = sheet->model->language;
    const struct told *told = &sheet->model->page->told;
    int64_t now_ms = told->until_ms, last_ms = told->rows[0].at_ms;
    out_text[0] = 0;
    switch (span) {
    case ASK_SPAN_SINCE:
        if (last_ms)
            words_when(language, last_ms, now_ms, out_text, size);
        else
            snprintf(out_text, size, "%s", sheet_say(sheet, "The first time: everything"));
        break;
    case ASK_SPAN_MONTH: words_month(language, now_ms, out_text, size); break;
    case ASK_SPAN_LAST_MONTH:
        words_month(language, day_number_begin(month_before(day_number(now_ms, 0)), 12 * 60),
                    out_text, size);
        break;
    case ASK_SPAN_YEAR: snprintf(out_text, size, "%s", sheet_say(sheet, "Twelve months")); break;
    case ASK_SPAN_ALL:
        if (rights_may(sheet->model->page->house_rights, RIGHT_EXPORT))
            snprintf(out_text, size, "%s", sheet_say(sheet, "Also to restore it"));
        break;
    default: break;
    }
}

static void draw_span(struct sheet *sheet, struct rect box, enum ask_span span)
{
    char line[160];
    write_line(sheet, span, line, sizeof line);
    widget_tile(sheet, box,
                &(struct widget_tile){.name = spans[span].name,
                                      .title = sheet_say(sheet, spans[span].title),
                                      .line = line[0] ? line : NULL,
                                      .icon = ICON_RIGHT,
                                      .has_icon = span == ASK_SPAN_SINCE,
                                      .act = {.kind = ACT_CHOOSE, .value = (int)span}});
}

static void draw_sealed(struct sheet *sheet, struct rect box)
{
    bool is_sealed = sheet->model->page->told.rows[0].mark != 0;
    const struct canvas_text said = {
        .text = is_sealed ? sheet_say(sheet, "Encrypted: only who has the house’s key can read it.")
                          : sheet_say(sheet, "Not encrypted: whoever has the stick can read it."),
        .cap_mm = 3.8,
        .least_mm = 3,
        .colour = sheet->tones->ink,
        .lines = 2,
        .is_middle = true};
    icon_draw(sheet->canvas, is_sealed ? ICON_KEY : ICON_PEOPLE, rect_cut_left(&box, 7, 3),
              sheet->tones->ink);
    canvas_text(sheet->canvas, box, &said);
}

static void draw_out(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    bool is_narrow = layout_is_narrow(area);
    if (page->told.ask != ASK_STICK || page->told.how != TOLD_YES) {
        scene_problem_below(sheet, &body);
        return;
    }
    struct rect foot = rect_cut_bottom(&body, is_narrow ? 14 : 9, LAYOUT_GAP);
    if (!scene_problem(sheet, foot))
        draw_sealed(sheet, foot);
    int columns = is_narrow ? 2 : 4, rows = (ASK_SPAN_COUNT - 1) / columns;
    if (rights_may(page->house_rights, RIGHT_EXPORT)) /* what is new is known of all alone */
        draw_span(sheet, rect_cut_top(&body, body.h / (rows + 1) - LAYOUT_GAP, LAYOUT_GAP),
                  ASK_SPAN_SINCE);
    for (int i = 0; i < ASK_SPAN_COUNT - 1; i++)
        draw_span(sheet, layout_cell(body, columns, rows, LAYOUT_GAP, i), (enum ask_span)(i + 1));
}

/* A stick that is gone has no choices. */
static void follow(struct page *page)
{
    const struct load *load = page->load;
    if (load->work > LOAD_LOOKS || load->end == LOAD_CUT)
        page_go(page, &scene_stick_carry);
    else if (load->stand != LOAD_OPEN)
        page_go(page, &scene_stick);
}

/* Which month it is goes by the register. */
static void choose(struct page *page, int span)
{
    int64_t now_ms = page->told.ask == ASK_STICK ? page->told.until_ms : 0;
    struct ask *ask = page_ask(page, ASK_EXPORT);
    ask->number[0] = span;
    ask->at_ms = now_ms;
}

static void event_out(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_STICK);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        choose(page, event->value);
    else if (event->kind == PAGE_LOAD)
        follow(page);
}

/* --- how far --- */

enum { STOP, GO_ON, LET_GO, DONE };

static void draw_working(struct sheet *sheet, struct rect body)
{
    const struct load *load = sheet->model->load;
    bool is_narrow = layout_is_narrow(body),
         may_stop = load->work && load->work != LOAD_TAKES && load->stage != LOAD_NOTES;
    char percent[16];
    struct rect foot = rect_cut_bottom(&body, 14, LAYOUT_GAP);
    struct rect ring =
        is_narrow ? rect_cut_top(&body, body.h * 0.5, 4) : rect_cut_left(&body, body.h, 7);
    int done = load->stand == LOAD_CLOSING ? 100 : load->percent;
    words_format(percent, sizeof percent, sheet_say(sheet, "%d%%"), done);
    widget_ring(sheet, ring, 0, done / 100.0, percent, NULL);
    const struct canvas_text texts[] = {
        {.text = sheet_say(sheet, stick_words_of_stage(load)),
         .cap_mm = 5,
         .least_mm = 3.6,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .align = is_narrow ? CANVAS_CENTRE : CANVAS_LEFT,
         .lines = 3},
        {.text = sheet_say(sheet, "Leave the stick in. People can tap meanwhile."),
         .cap_mm = 4,
         .least_mm = 3,
         .colour = sheet->tones->soft,
         .align = is_narrow ? CANVAS_CENTRE : CANVAS_LEFT,
         .lines = 3}};
    scene_stack(sheet, body, texts, 2);
    if (may_stop)
        widget_button(sheet, is_narrow ? foot : rect_cut_right(&foot, 60, 0),
                      &(struct widget_button){.name = "stop",
                                              .label = sheet_say(sheet, "Stop it"),
                                              .act = {.kind = ACT_CHOOSE, .value = STOP}});
}

static const char *rows_text(enum language language, enum load_table table, int count)
{
    switch (table) {
    case LOAD_VISITS: return words_plural(language, "one visit", "%d visits", count);
    case LOAD_HOURS: return words_plural(language, "one row of hours", "%d rows of hours", count);
    case LOAD_PEOPLE: return words_plural(language, "one person", "%d people", count);
    default: return words_plural(language, "one newcomer", "%d newcomers", count);
    }
}

/* "1204 visits · 980 rows of hours · 212 people"; "" where nothing of the kind went out. */
static void write_rows(const struct sheet *sheet, const struct load *load, char *out_text,
                       size_t size)
{
    size_t used = 0;
    out_text[0] = 0;
    for (int i = 0; i < LOAD_TABLES && used < size; i++) {
        char part[80];
        int count = (int)load->rows[i];
        if (count <= 0)
            continue;
        words_format(part, sizeof part,
                     rows_text(sheet->model->language, (enum load_table)i, count), count);
        used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? " · " : "", part);
    }
}

/* What is on it now: the folder's name, and how much. */
static void write_what(const struct sheet *sheet, const struct load *load, char *out_text,
                       size_t size)
{
    out_text[0] = 0;
    if (load->end != LOAD_DONE)
        return;
    if (load->did == LOAD_EXPORTS)
        write_rows(sheet, load, out_text, size);
    if (load->did == LOAD_EXPORTS && !out_text[0])
        snprintf(out_text, size, "%s",
                 load->is_since ? sheet_say(sheet, "Nothing is new since last time.")
                                : sheet_say(sheet, "There was nothing to take out."));
}

/* Files of the house that are not in it, and why the first of them is not. */
static void write_left_out(const struct sheet *sheet, const struct load *load, char *out_text,
                           size_t size)
{
    const char *file = load->left_out.file;
    out_text[0] = 0;
    if (load->end != LOAD_DONE || !load->left_out.count)
        return;
    const char *why = sheet_say(sheet, load->left_out.why);
    if (load->left_out.count == 1)
        words_format(out_text, size, sheet_say(sheet, "%s is not on the stick: %s."), file, why);
    else
        words_format(out_text, size,
                     sheet_say(sheet, "%d files of the house are not on the stick. %s: %s."),
                     load->left_out.count, file, why);
}

static void draw_texts(struct sheet *sheet, struct rect body, enum canvas_align align)
{
    const struct load *load = sheet->model->load;
    struct stick_words words = stick_words_of_end(load);
    char rows[260], folder[160] = "", naming[200] = "", left_out[300], todo[STICK_TODO_BYTES];
    write_what(sheet, load, rows, sizeof rows);
    write_left_out(sheet, load, left_out, sizeof left_out);
    if (load->end == LOAD_DONE && load->naming[0])
        words_format(naming, sizeof naming,
                     sheet_say(sheet, "Everybody is named in %s: hand on only the tables."),
                     load->naming);
    if (load->end == LOAD_DONE && load->folder[0])
        words_format(folder, sizeof folder, sheet_say(sheet, "On it: %s"), load->folder);
    struct canvas_text texts[SCENE_STACK_MAX] = {{.text = sheet_say(sheet, words.what),
                                                  .cap_mm = 6,
                                                  .least_mm = 4,
                                                  .colour = sheet->tones->ink,
                                                  .is_bold = true,
                                                  .align = align,
                                                  .lines = 3}};
    const char *const more[] = {
        stick_todo(sheet, load, todo),
        naming,
        left_out,
        rows,
        folder,
        load->end == LOAD_DONE && load->is_sealed ? sheet_say(sheet, "It is encrypted.") : ""};
    int count = 1;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        if (more[i][0])
            texts[count++] = (struct canvas_text){.text = more[i],
                                                  .cap_mm = 4,
                                                  .least_mm = 2.8,
                                                  .colour = sheet->tones->ink,
                                                  .align = align,
                                                  .lines = 4};
    /* How much it is, where, and whether encrypted: that can be seen on the stick, too. */
    while (count > 1 && !scene_stack_fits(sheet, body, texts, count))
        count--;
    scene_stack(sheet, body, texts, count);
}

static void draw_ended(struct sheet *sheet, struct rect body)
{
    const struct load *load = sheet->model->load;
    bool is_narrow = layout_is_narrow(body), is_done = load->end == LOAD_DONE;
    const struct theme_tones *tones = sheet_tones(sheet, is_done ? THEME_IN : THEME_QUESTION);
    struct rect foot = rect_cut_bottom(&body, 14, LAYOUT_GAP);
    struct rect sign =
        is_narrow ? rect_cut_top(&body, body.h * 0.34, 4) : rect_cut_left(&body, 44, 6);
    icon_draw_on_disc(sheet->canvas, is_done ? ICON_TICK : ICON_STICK, rect_inset(sign, 3),
                      tones->ground, tones->ink);
    draw_texts(sheet, body, is_narrow ? CANVAS_CENTRE : CANVAS_LEFT);
    if (scene_problem(sheet, foot))
        return;
    bool may_let_go = load->stand == LOAD_OPEN, is_loose = load->stand == LOAD_LOOSE && is_done;
    if (may_let_go)
        widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 0),
                      &(struct widget_button){.name = "let-go",
                                              .label = sheet_say(sheet, "Let the stick go"),
                                              .act = {.kind = ACT_CHOOSE, .value = LET_GO}});
    widget_button(sheet, may_let_go ? layout_column(foot, 2, LAYOUT_GAP, 1) : foot,
                  &(struct widget_button){
                      .name = "go-on",
                      .label = is_loose ? sheet_say(sheet, "Done") : sheet_say(sheet, "Go on"),
                      .act = {.kind = ACT_CHOOSE, .value = is_loose ? DONE : GO_ON},
                      .style = WIDGET_FILLED});
}

static void draw_carry(struct sheet *sheet, struct rect area)
{
    const struct load *load = sheet->model->load;
    struct rect body = scene_frame(sheet, area, NULL);
    if (load->work || load->stand == LOAD_CLOSING)
        draw_working(sheet, body);
    else if (load->end)
        draw_ended(sheet, body);
}

/* Where an answer leads from here. */
static void go_on(struct page *page)
{
    static const struct scene *const nexts[ASK_COUNT] = {[ASK_STICK] = &scene_stick,
                                                         [ASK_LET_GO] = &scene_stick,
                                                         [ASK_SEEN] = &scene_staff,
                                                         [ASK_PREVIEW] = &scene_stick_preview,
                                                         [ASK_TAKE_IN] = &scene_stick_taken};
    const struct told *told = &page->told;
    if (told->how == TOLD_YES && nexts[told->ask])
        page_go(page, nexts[told->ask]);
}

static void event_carry(struct page *page, const struct page_event *event)
{
    static const enum ask_kind asks[] = {
        [STOP] = ASK_STOP, [GO_ON] = ASK_STICK, [LET_GO] = ASK_LET_GO, [DONE] = ASK_SEEN};
    const struct load *load = page->load;
    bool is_over = !load->work && !load->end && load->stand != LOAD_CLOSING;
    if (event->kind == PAGE_CHOOSE)
        page_ask(page, asks[event->value]);
    else if (event->kind == PAGE_TOLD)
        go_on(page);
    else if (event->kind == PAGE_LOAD && is_over)
        page_go(page, &scene_stick);
}

const struct scene scene_stick_out = {.name = "stick-out",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_STICK,
                                      .title = WORDS_MARK("Take the register out"),
                                      .draw = draw_out,
                                      .event = event_out,
                                      .back = &scene_stick,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true,
                                      .is_of_stick = true};

const struct scene scene_stick_carry = {.name = "stick-carry",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_STICK,
                                        .title = WORDS_MARK("USB stick"),
                                        .draw = draw_carry,
                                        .event = event_carry,
                                        .back = &scene_staff,
                                        .idle_s = STAFF_IDLE_S,
                                        .is_staff = true,
                                        .is_of_stick = true};
