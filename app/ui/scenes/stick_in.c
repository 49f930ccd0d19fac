/*
 * stick-in - lists on the stick that could come in. stick-preview - one of them before it is taken:
 * what would be new, what would change, which lines cannot be taken and why. stick-taken - what
 * came of it.
 */
#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"
#include "firmware/base/utf8.h"

#define STAFF_IDLE_S 120

static const struct {
    const char *title;
    enum icon icon;
} lists[ASK_LIST_COUNT] = {
    [ASK_LIST_PEOPLE] = {WORDS_MARK("People"), ICON_PEOPLE},
    [ASK_LIST_BASKETS] = {WORDS_MARK("Baskets"), ICON_HANDS},
    [ASK_LIST_CALENDAR] = {WORDS_MARK("Calendar"), ICON_FLAG},
    [ASK_LIST_VENUE] = {WORDS_MARK("House texts"), ICON_HOUSE},
};

/* A stick that is gone takes its lists along. */
static void follow(struct page *page)
{
    const struct load *load = page->load;
    if (load->work > LOAD_LOOKS || load->end == LOAD_CUT || load->end == LOAD_FAILED)
        page_go(page, &scene_stick_carry);
    else if (load->stand != LOAD_OPEN)
        page_go(page, &scene_stick);
}

/* --- what there is --- */

/* A file's name, which may be of any length: its beginning and its end. */
#define NAME_HEAD 15
#define NAME_TAIL 10

static void write_name(const char *name, char *out_text, size_t size)
{
    size_t length = strlen(name), letters = 0, head = 0, tail = length;
    uint32_t point;
    for (size_t at = 0, step; at < length; at += step, letters++) {
        step = utf8_step(name + at, length - at, &point);
        step = step ? step : 1;
        head = letters < NAME_HEAD ? at + step : head;
    }
    for (size_t at = 0, step, seen = 0; at < length; at += step, seen++) {
        step = utf8_step(name + at, length - at, &point);
        step = step ? step : 1;
        tail = seen == letters - NAME_TAIL ? at : tail;
    }
    if (letters <= NAME_HEAD + NAME_TAIL)
        snprintf(out_text, size, "%s", name);
    else
        snprintf(out_text, size, "%.*s…%s", (int)head, name, name + tail);
}

static void draw_found_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], file[sizeof row->title + 4];
    snprintf(name, sizeof name, "list-%d", index + 1);
    write_name(row->title, file, sizeof file);
    widget_tile(sheet, box,
                &(struct widget_tile){.name = name,
                                      .title = sheet_say(sheet, lists[row->number[0]].title),
                                      .line = row->line[0] ? row->line : file,
                                      .icon = lists[row->number[0]].icon,
                                      .has_icon = true,
                                      .act = {.kind = ACT_CHOOSE, .value = index}});
}

static void draw_in(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_FOUND || page->told.how != TOLD_YES)
        return;
    widget_paragraph(sheet, rect_cut_top(&body, layout_is_narrow(area) ? 14 : 8, 1),
                     sheet_say(sheet, "It is shown first. Nothing is taken before you say so."),
                     3.8);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 22,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_found_row});
}

static void event_in(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_FOUND);
    else if (event->kind == PAGE_CHOOSE && page->told.ask == ASK_FOUND && !page->is_waiting)
        page_ask(page, ASK_PREVIEW)->number[0] = event->value;
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_PREVIEW &&
             page->told.how == TOLD_YES)
        page_go(page, &scene_stick_preview);
    else if (event->kind == PAGE_LOAD)
        follow(page);
}

/* --- before it is taken --- */

enum { TAKE, LEAVE };

#define WHY_MM 4.2 /* a line of it at its smallest */

static const char *sum_text(enum language language, enum ask_sort sort, int count)
{
    switch (sort) {
    case ASK_SORT_NEW: return words_plural(language, "one is new", "%d are new", count);
    case ASK_SORT_CHANGED: return words_plural(language, "one changes", "%d change", count);
    default: return words_plural(language, "one is refused", "%d are refused", count);
    }
}

/* "12 are new · one changes": what there is none of is not told. */
static void write_sums(const struct sheet *sheet, const int *sums, char *out_text, size_t size)
{
    enum language language = sheet->model->language;
    size_t used = 0;
    for (int sort = ASK_SORT_NEW; sort <= ASK_SORT_REFUSED && used < size; sort++) {
        char part[80];
        if (sums[sort] <= 0)
            continue;
        words_format(part, sizeof part, sum_text(language, (enum ask_sort)sort, sums[sort]),
                     sums[sort]);
        used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? " · " : "", part);
    }
    if (!used)
        snprintf(out_text, size, "%s", sheet_say(sheet, "Nothing would change."));
}

static void draw_line(struct sheet *sheet, struct rect box, int index)
{
    static const enum icon icons[ASK_SORT_COUNT] = {ICON_PLUS, ICON_PEN, ICON_FLAG, ICON_FLAG};
    const struct row *row = &sheet->model->page->told.rows[index];
    bool is_refused = row->mark == ASK_SORT_REFUSED;
    const struct theme_tones *tones = sheet_tones(sheet, is_refused ? THEME_QUESTION : THEME_PAPER);
    char title[160] = "", place[40] = "";
    if (row->number[0])
        words_format(place, sizeof place, sheet_say(sheet, "line %d"), row->number[0]);
    snprintf(title, sizeof title, "%s%s%s", row->title, row->title[0] && place[0] ? " · " : "",
             place);
    canvas_round(sheet->canvas, box, 2.5, is_refused ? tones->ground : tones->panel);
    struct rect inside = {box.x + 3, box.y + 0.8, box.w - 6, box.h - 1.6};
    icon_draw(sheet->canvas, icons[row->mark], rect_cut_left(&inside, 5, 3), tones->ink);
    const struct canvas_text head = {.text = title,
                                     .cap_mm = 3.6,
                                     .least_mm = 2.8,
                                     .one_line_mm = 2.8,
                                     .colour = tones->ink,
                                     .is_bold = true,
                                     .lines = box.h > 20 ? 2 : 1};
    if (title[0])
        rect_cut_top(&inside, widget_shortened(sheet, inside, &head), 0.3);
    const struct canvas_text why = {.text = row->line,
                                    .cap_mm = 3.4,
                                    .least_mm = 2.6,
                                    .colour = is_refused ? tones->ink : tones->soft,
                                    .lines = inside.h > WHY_MM ? (int)(inside.h / WHY_MM) : 1};
    if (row->line[0])
        widget_shortened(sheet, inside, &why);
}

static void draw_buttons(struct sheet *sheet, struct rect foot, bool has_some)
{
    widget_button(sheet, has_some ? layout_column(foot, 2, LAYOUT_GAP, 0) : foot,
                  &(struct widget_button){.name = "leave",
                                          .label = sheet_say(sheet, "Take nothing"),
                                          .act = {.kind = ACT_CHOOSE, .value = LEAVE}});
    if (has_some)
        widget_button(sheet, layout_column(foot, 2, LAYOUT_GAP, 1),
                      &(struct widget_button){.name = "take",
                                              .label = sheet_say(sheet, "Take it all"),
                                              .act = {.kind = ACT_CHOOSE, .value = TAKE},
                                              .style = WIDGET_FILLED});
}

static void draw_preview(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const struct told *told = &page->told;
    bool is_told = told->ask == ASK_PREVIEW && told->how == TOLD_YES;
    struct rect body = scene_frame(sheet, area, is_told && told->text[0] ? told->text : NULL);
    char sums[200], text[260];
    struct rect foot = rect_cut_bottom(&body, 13, LAYOUT_GAP);
    if (!is_told) {
        scene_problem_below(sheet, &body);
        draw_buttons(sheet, foot, false);
        return;
    }
    if (!page->is_waiting)
        draw_buttons(sheet, foot, told->total != 0);
    write_sums(sheet, told->sums, sums, sizeof sums);
    if (told->sums[ASK_SORT_REFUSED] && !sheet->model->load->info.is_read_only)
        words_format(text, sizeof text, sheet_say(sheet, "%s, and go back onto the stick"), sums);
    else
        snprintf(text, sizeof text, "%s", sums);
    const struct canvas_text said = {.text = text,
                                     .cap_mm = 4,
                                     .least_mm = 3,
                                     .one_line_mm = 2.8,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .lines = 2};
    struct rect head = {body.x, body.y, body.w, 12};
    rect_cut_top(&body, canvas_text(sheet->canvas, head, &said), 1.5);
    widget_list(sheet, body,
                &(struct widget_list){.count = told->count,
                                      .first = page->first,
                                      .row_mm = layout_is_narrow(area) ? 26 : 15,
                                      .columns = 1,
                                      .draw = draw_line});
}

static void event_preview(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == LEAVE)
        page_go(page, &scene_stick_in);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask(page, ASK_TAKE_IN);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_TAKE_IN &&
             page->told.how == TOLD_YES)
        page_go(page, &scene_stick_taken);
    else if (event->kind == PAGE_LOAD)
        follow(page);
}

/* --- afterwards --- */

static void draw_taken(struct sheet *sheet, struct rect area)
{
    const struct told *told = &sheet->model->page->told;
    struct rect body = scene_frame(sheet, area, NULL);
    bool is_narrow = layout_is_narrow(area);
    const struct theme_tones *tones = sheet_tones(sheet, THEME_IN);
    struct rect foot = rect_cut_bottom(&body, 14, LAYOUT_GAP);
    struct rect sign =
        is_narrow ? rect_cut_top(&body, body.h * 0.34, 4) : rect_cut_left(&body, 44, 6);
    enum canvas_align align = is_narrow ? CANVAS_CENTRE : CANVAS_LEFT;
    char sums[200], refused[200];
    icon_draw_on_disc(sheet->canvas, ICON_TICK, rect_inset(sign, 3), tones->ground, tones->ink);
    write_sums(sheet, told->sums, sums, sizeof sums);
    words_format(refused, sizeof refused,
                 sheet_say(sheet, "What was refused is on the stick, with the reason: %s"),
                 told->text);
    const char *const lines[] = {
        sums, told->text[0] ? refused : "",
        told->total ? sheet_say(sheet, "Some of it counts from the station’s next start.") : ""};
    struct canvas_text texts[4] = {{.text = sheet_say(sheet, "It is taken in."),
                                    .cap_mm = 6,
                                    .least_mm = 4,
                                    .colour = sheet->tones->ink,
                                    .is_bold = true,
                                    .align = align,
                                    .lines = 2}};
    int count = 1;
    for (int i = 0; i < 3; i++)
        if (lines[i][0])
            texts[count++] = (struct canvas_text){.text = lines[i],
                                                  .cap_mm = 4,
                                                  .least_mm = 3,
                                                  .colour = sheet->tones->ink,
                                                  .align = align,
                                                  .lines = 4};
    scene_stack(sheet, body, texts, count);
    widget_button(sheet, foot,
                  &(struct widget_button){.name = "go-on",
                                          .label = sheet_say(sheet, "Go on"),
                                          .act = {.kind = ACT_CHOOSE},
                                          .style = WIDGET_FILLED});
}

/* It is told here and no more: the stick goes on as it was. */
static void event_taken(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE)
        page_ask(page, ASK_STICK);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_STICK)
        page_go(page, &scene_stick);
}

const struct scene scene_stick_in = {.name = "stick-in",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_PLUS,
                                     .title = WORDS_MARK("Take lists in"),
                                     .draw = draw_in,
                                     .event = event_in,
                                     .back = &scene_stick,
                                     .idle_s = STAFF_IDLE_S,
                                     .is_staff = true,
                                     .is_of_stick = true};

const struct scene scene_stick_preview = {.name = "stick-preview",
                                          .meaning = THEME_PAPER,
                                          .icon = ICON_PLUS,
                                          .title = WORDS_MARK("Take lists in"),
                                          .draw = draw_preview,
                                          .event = event_preview,
                                          .back = &scene_stick_in,
                                          .idle_s = STAFF_IDLE_S,
                                          .is_staff = true,
                                          .is_of_stick = true};

const struct scene scene_stick_taken = {.name = "stick-taken",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_TICK,
                                        .title = WORDS_MARK("Take lists in"),
                                        .draw = draw_taken,
                                        .event = event_taken,
                                        .back = &scene_stick,
                                        .idle_s = STAFF_IDLE_S,
                                        .is_staff = true,
                                        .is_of_stick = true};
