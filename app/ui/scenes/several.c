/* several - how many came together. codes - one for each of them, all on one picture. */
#include <stdio.h>

#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 60
#define CODES_IDLE_S 120 /* they are noted by hand */
#define SEVERAL_LEAST 2
#define STEPPER_MM 20.0
#define STEPPER_HIGH_MM 32.0 /* its label above it */
#define CODE_COLUMNS 2
#define CODE_MM 14.0 /* a row of them */
#define CODE_CAP_MM 4.0
#define CODE_LEAST_MM 3.0

enum { LESS, MORE, MAKE, NOTED };

static int several_most(const struct page *page)
{
    int most = page->way.guide ? page->way.guide->several_max : 0;
    return most > PAGE_CODES_MAX ? PAGE_CODES_MAX : most;
}

static void draw_several(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char value[16];
    bool is_large = sheet->model->mode.is_large; /* then the question has the place of the text */
    int count = page->way.several < SEVERAL_LEAST ? SEVERAL_LEAST : page->way.several;
    const char *question = sheet_say(sheet, "How many are you?");
    struct rect body = scene_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"codes", sheet_say(sheet, "A code for each"), MAKE, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 1);
    snprintf(value, sizeof value, "%d", count);
    const struct canvas_text text = {
        .text = is_large ? question
                         : sheet_say(sheet, "Someone welcomes you all together. With a code each "
                                            "of you goes on when there is time, at this screen."),
        .cap_mm = 4.4,
        .least_mm = 3.2,
        .colour = sheet->tones->ink,
        .lines = 5};
    double stepper_mm = layout_is_narrow(area) && !is_large ? STEPPER_HIGH_MM : STEPPER_MM;
    struct rect stepper = rect_cut_bottom(&body, stepper_mm, LAYOUT_GAP);
    widget_extra(sheet, body, &text);
    widget_stepper(sheet, stepper,
                   &(struct widget_stepper){.name = "people",
                                            .label = is_large ? NULL : question,
                                            .value = value,
                                            .choice = LESS,
                                            .is_least = count == SEVERAL_LEAST,
                                            .is_most = count >= several_most(page),
                                            .cap_mm = 9});
}

/* One after the other: each code takes its time to be sealed. */
static void make_next(struct page *page)
{
    struct ask *ask = page_ask(page, ASK_BEGIN);
    ask->person = (struct fact_id){0, 0};
    ask->number[0] = page->way.made + 1;
    page->is_told_once = true;
}

static void event_several(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    int most = several_most(page);
    if (event->kind == PAGE_ENTER && way->several < SEVERAL_LEAST)
        way->several = SEVERAL_LEAST;
    if (event->kind != PAGE_CHOOSE)
        return;
    if (event->value == MAKE) {
        way->made = 0;
        page_go(page, &scene_codes);
    } else {
        way->several += event->value == MORE ? 1 : -1;
        way->several = way->several < SEVERAL_LEAST ? SEVERAL_LEAST
                       : way->several > most        ? most
                                                    : way->several;
    }
}

static void draw_code(struct sheet *sheet, struct rect box, int index)
{
    const struct page_way *way = &sheet->model->page->way;
    char number[16];
    snprintf(number, sizeof number, "%d", index + 1);
    const struct canvas_text place = {.text = number,
                                      .cap_mm = 3.4,
                                      .colour = sheet->tones->soft,
                                      .align = CANVAS_CENTRE,
                                      .is_middle = true};
    const struct canvas_text code = {.text = index < way->made ? way->codes[index] : "…",
                                     .cap_mm = CODE_CAP_MM,
                                     .least_mm = CODE_LEAST_MM,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .is_middle = true};
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, sheet->tones->panel);
    rect_cut_left(&box, 2, 0);
    if (!sheet->model->mode.is_large)
        canvas_text(sheet->canvas, rect_cut_left(&box, 6, 1), &place);
    canvas_text(sheet->canvas, box, &code);
}

/* Nobody looks for theirs on another page: all of them at once, but in large letters. */
static void draw_all_codes(struct sheet *sheet, struct rect body, int count)
{
    int rows = (count + CODE_COLUMNS - 1) / CODE_COLUMNS;
    double row_mm = layout_row(body, rows, 2, 0).h;
    body.h = row_mm > CODE_MM ? rows * (CODE_MM + 2) - 2 : body.h;
    for (int i = 0; i < count; i++)
        draw_code(
            sheet,
            layout_row(layout_column(body, CODE_COLUMNS, LAYOUT_GAP, i / rows), rows, 2, i % rows),
            i);
}

static void draw_codes(struct sheet *sheet, struct rect area)
{
    const struct page_way *way = &sheet->model->page->way;
    char title[120];
    bool is_made = way->made == way->several;
    words_format(title, sizeof title,
                 is_made ? sheet_say(sheet, "Note one each")
                         : sheet_say(sheet, "%d of %d codes are made"),
                 way->made, way->several);
    struct rect body = scene_frame(sheet, area, title);
    const struct welcome_button foot[] = {
        {"done", is_made ? sheet_say(sheet, "Noted") : NULL, NOTED, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 1);
    if (!sheet->model->mode.is_large)
        draw_all_codes(sheet, body, way->several);
    else
        widget_list(sheet, body,
                    &(struct widget_list){.count = way->several,
                                          .first = sheet->model->page->first,
                                          .row_mm = CODE_MM,
                                          .columns = layout_is_narrow(area) ? 1 : 2,
                                          .draw = draw_code});
}

static void take_code(struct page *page)
{
    struct page_way *way = &page->way;
    if (page->told.how != TOLD_YES) {
        page->is_told_once = false;
        way->several = way->made; /* who has one keeps it */
        if (!page->problem)
            page->problem = WORDS_MARK("That was not noted. Tell someone here.");
        return;
    }
    snprintf(way->codes[way->made++], sizeof way->codes[0], "%.7s", page->told.text);
    hash_forget(page->told.text, sizeof page->told.text);
    if (way->made < way->several)
        make_next(page);
    else
        page->is_told_once = false;
}

static void event_codes(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        make_next(page);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_BEGIN)
        take_code(page);
    else if (event->kind == PAGE_CHOOSE)
        page_go(page, NULL);
}

const struct scene scene_several = {.name = "several",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_PEOPLE,
                                    .title = WORDS_MARK("Welcome, all of you"),
                                    .draw = draw_several,
                                    .event = event_several,
                                    .back = &scene_first_visit,
                                    .idle_s = IDLE_S};

const struct scene scene_codes = {.name = "codes",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_PEOPLE,
                                  .title = WORDS_MARK("Note one each"),
                                  .draw = draw_codes,
                                  .event = event_codes,
                                  .idle_s = CODES_IDLE_S}; /* Back leads home: the codes are made */
