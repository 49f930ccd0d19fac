/*
 * levels - the same on a first visit, where just looking is a full answer. circles - how much
 * somebody intends to give a month: chosen anew by a touch, with a person to talk it over. rest -
 * some months off, and whether hours are shown where others see them.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/shift_row.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 40

/* --- circles --- */

static void draw_circle(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], line[120], hours[WORDS_TIME_SIZE];
    snprintf(name, sizeof name, "circle-%d", index + 1);
    words_format(line, sizeof line, sheet_say(sheet, "%s a month"),
                 words_hours(sheet->model->language, 60 * row->number[0], hours, sizeof hours));
    const struct widget_tile tile = {
        .name = name, .is_chosen = row->mark, .act = {.kind = ACT_CHOOSE, .value = index}};
    bool is_pressed = widget_tile_box(sheet, box, &tile);
    struct rect inside = rect_inset(box, 2.4);
    if (row->mark && !sheet->model->mode.is_large)
        icon_draw(sheet->canvas, ICON_TICK, rect_cut_right(&inside, 7, 2),
                  is_pressed ? sheet->tones->ground : sheet->tones->ink);
    shift_row_words(sheet, inside, row->title,
                    row->number[0] ? line : sheet_say(sheet, "as you like"), is_pressed);
}

static void draw_circles(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_told = page->told.ask == ASK_CIRCLES && page->told.how == TOLD_YES;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = scene_frame(sheet, area, NULL);
    struct rect foot = rect_cut_bottom(&body, SCENE_BUTTON_H, LAYOUT_GAP);
    struct rect button = is_large ? foot : rect_cut_right(&foot, foot.w * 0.5, LAYOUT_GAP);
    widget_button(sheet, button,
                  &(struct widget_button){.name = "rest",
                                          .label = sheet_say(sheet, "Rest, privacy"),
                                          .act = {.kind = ACT_GO, .to = &scene_rest},
                                          .cap_mm = 4});
    if (!is_told)
        return;
    char with[160];
    words_format(with, sizeof with, sheet_say(sheet, "Talk it over with %s"), page->told.text);
    const struct canvas_text text = {
        .text = page->told.text[0] ? with : sheet_say(sheet, "Talk it over with someone"),
        .cap_mm = 3.8,
        .least_mm = 3,
        .colour = sheet->tones->soft,
        .lines = 3,
        .is_middle = true};
    if (!is_large)
        canvas_text(sheet->canvas, foot, &text);
    scene_problem_below(sheet, &body);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = is_large ? 34 : 18,
                                      .columns = layout_is_narrow(area) || is_large ? 1 : 2,
                                      .draw = draw_circle});
}

static void event_circles(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_CIRCLES);
    } else if (event->kind == PAGE_CHOOSE && event->value < page->told.count &&
               page->told.ask == ASK_CIRCLES) {
        struct ask *ask = page_ask(page, ASK_CIRCLE);
        snprintf(ask->text, sizeof ask->text, "%s", page->told.rows[event->value].line);
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_CIRCLE) {
        if (page->told.how == TOLD_YES)
            page_ask(page, ASK_CIRCLES); /* the tick goes where it was put */
        else if (!page->problem)
            page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    }
}

/* --- on a first visit --- */

enum { LEVELS_SKIP = TOLD_ROWS_MAX, LEVELS_NONE };

static void draw_levels(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"skip", welcome_skip(sheet, WORDS_MARK("Skip")), LEVELS_SKIP, WELCOME_WORDS},
        {"just-looking", sheet_say(sheet, "Just looking"), LEVELS_NONE, WELCOME_WORDS}};
    welcome_foot(sheet, area, &body, foot, 2);
    if (page->told.ask != ASK_CIRCLES || page->told.how != TOLD_YES)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = is_large ? 34 : WELCOME_ROW_MM,
                                      .columns = layout_is_narrow(area) || is_large ? 1
                                                 : page->told.count > 4             ? 3
                                                                                    : 2,
                                      .draw = draw_circle});
}

static void event_levels(struct page *page, const struct page_event *event)
{
    const struct told *told = &page->told;
    if (welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_CIRCLES);
    } else if (event->kind == PAGE_CHOOSE && event->value == LEVELS_SKIP) {
        welcome_say(page, NEWCOMER_SKIPPED);
    } else if (event->kind == PAGE_CHOOSE && event->value == LEVELS_NONE) {
        welcome_say(page, NEWCOMER_DONE);
    } else if (event->kind == PAGE_CHOOSE && told->ask == ASK_CIRCLES &&
               event->value < told->count) {
        struct ask *ask = welcome_say(page, NEWCOMER_DONE);
        if (ask)
            snprintf(ask->text, sizeof ask->text, "%s", told->rows[event->value].line);
    }
}

/* --- rest --- */

#define MONTHS_MOST 3
#define SEEN 3 /* tiles about what others see */

enum { BACK_AGAIN, HIDE = MONTHS_MOST + 1, DISCREET, OTHERS };

/* In told's total. */
enum { IS_HIDDEN = 1, IS_DISCREET = 2 };

/* One to be back again, or some to rest for a while. Returns how many. */
static int rest_tiles(const struct sheet *sheet, int64_t rests_ms, char texts[][160],
                      struct widget_tile *tiles)
{
    static const char *const names[] = {"back-again", "rest-1", "rest-2", "rest-3"};
    enum language language = sheet->model->language;
    char day[WORDS_TIME_SIZE];
    if (rests_ms) {
        words_format(texts[0], 160, sheet_say(sheet, "resting until %s"),
                     words_date(language, rests_ms, day, sizeof day));
        tiles[0] = (struct widget_tile){.name = names[BACK_AGAIN],
                                        .title = sheet_say(sheet, "I am back"),
                                        .line = texts[0],
                                        .icon = ICON_AGAIN,
                                        .has_icon = true,
                                        .act = {.kind = ACT_CHOOSE, .value = BACK_AGAIN}};
        return 1;
    }
    for (int i = 1; i <= MONTHS_MOST; i++) {
        words_format(texts[i - 1], 160,
                     words_plural(language, "Rest for one month", "Rest for %d months", i), i);
        tiles[i - 1] = (struct widget_tile){.name = names[i],
                                            .title = texts[i - 1],
                                            .icon = ICON_REST,
                                            .has_icon = true,
                                            .act = {.kind = ACT_CHOOSE, .value = i}};
    }
    return MONTHS_MOST;
}

static void draw_rest(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_told = page->told.ask == ASK_CIRCLES && page->told.how == TOLD_YES;
    bool is_hidden = (page->told.total & IS_HIDDEN) != 0;
    bool is_discreet = (page->told.total & IS_DISCREET) != 0;
    struct rect body = scene_frame(sheet, area, NULL);
    char texts[MONTHS_MOST][160];
    struct widget_tile tiles[MONTHS_MOST + SEEN];
    scene_problem_below(sheet, &body);
    if (!is_told || page->is_waiting)
        return;
    int count = rest_tiles(sheet, page->told.until_ms, texts, tiles);
    tiles[count++] = (struct widget_tile){.name = "hide",
                                          .title = is_hidden ? sheet_say(sheet, "Show my hours")
                                                             : sheet_say(sheet, "Hide my hours"),
                                          .icon = ICON_HALF,
                                          .has_icon = true,
                                          .is_chosen = is_hidden,
                                          .act = {.kind = ACT_CHOOSE, .value = HIDE}};
    tiles[count++] = (struct widget_tile){.name = "discreet",
                                          .title = is_discreet ? sheet_say(sheet, "Show my name")
                                                               : sheet_say(sheet, "Hide my name"),
                                          .icon = ICON_PERSON,
                                          .has_icon = true,
                                          .is_chosen = is_discreet,
                                          .act = {.kind = ACT_CHOOSE, .value = DISCREET}};
    tiles[count++] = (struct widget_tile){.name = "others",
                                          .title = sheet_say(sheet, "What others see"),
                                          .icon = ICON_PEOPLE,
                                          .has_icon = true,
                                          .act = {.kind = ACT_CHOOSE, .value = OTHERS}};
    bool is_large = sheet->model->mode.is_large, is_one = layout_is_narrow(area) || is_large;
    struct rect rest = is_one ? body : layout_row(body, 2, LAYOUT_GAP, 0);
    scene_tiles(sheet, rest, tiles, is_one ? count : count - SEEN,
                is_large || (is_one && page->told.until_ms) ? 1
                : is_one                                    ? 2
                                                            : count - SEEN);
    if (!is_one)
        scene_tiles(sheet, layout_row(body, 2, LAYOUT_GAP, 1), &tiles[count - SEEN], SEEN, SEEN);
}

static void take_rest(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how == TOLD_YES &&
        (told->ask == ASK_PRIVATE || told->ask == ASK_DISCREET || told->ask == ASK_PAUSE))
        page_ask(page, ASK_CIRCLES); /* how it stands now is all the answer that is needed */
    else if (told->how != TOLD_YES && !page->problem)
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
}

static void event_rest(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_CIRCLES);
    } else if (event->kind == PAGE_CHOOSE && event->value == HIDE) {
        page_ask(page, ASK_PRIVATE)->number[0] = !(page->told.total & IS_HIDDEN);
    } else if (event->kind == PAGE_CHOOSE && event->value == DISCREET) {
        page_ask(page, ASK_DISCREET)->number[0] = !(page->told.total & IS_DISCREET);
    } else if (event->kind == PAGE_CHOOSE && event->value == OTHERS) {
        page_go(page, &scene_agreed);
    } else if (event->kind == PAGE_CHOOSE) {
        page_ask(page, ASK_PAUSE)->number[0] = event->value;
    } else if (event->kind == PAGE_TOLD) {
        take_rest(page);
    }
}

const struct scene scene_circles = {.name = "circles",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_HEART,
                                    .title = WORDS_MARK("My circle"),
                                    .draw = draw_circles,
                                    .event = event_circles,
                                    .back = &scene_my_hours,
                                    .idle_s = IDLE_S,
                                    .is_private = true};

const struct scene scene_rest = {.name = "rest",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_REST,
                                 .title = WORDS_MARK("Rest, privacy"),
                                 .draw = draw_rest,
                                 .event = event_rest,
                                 .back = &scene_circles,
                                 .idle_s = IDLE_S,
                                 .is_private = true};

const struct scene scene_levels = {.name = "levels",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_HEART,
                                   .title = WORDS_MARK("How much would you give?"),
                                   .draw = draw_levels,
                                   .event = event_levels,
                                   .idle_s = 90,
                                   .back = &scene_before};
