/*
 * blank - a badge of their own: tapped, and tapped once more before it counts. next - what comes:
 * an info session, drinks, links, a first shift. link - one of them as a QR code, and as a text to
 * note.
 */
#include <math.h>
#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/dates.h"
#include "app/ui/shift_row.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90
#define WIDE_MM 90.0
#define LEAF_MM 13.0
#define LEAF_HIGH 1.15

/* --- a badge --- */

enum { NONE_WANTED, NOT_TODAY };
enum { FIRST_TAP, SECOND_TAP };

static const char *const taps[][2] = {
    {WORDS_MARK("Take a blank badge, and tap it here"), WORDS_MARK("Tap a blank badge here")},
    {WORDS_MARK("It works. Tap it once more, and it is yours"), WORDS_MARK("Tap it once more")}};

static void draw_blank(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"no-badge-wanted",
         sheet_say(sheet, is_large ? WORDS_MARK("No badge") : WORDS_MARK("I’d rather have none")),
         NONE_WANTED, WELCOME_WORDS},
        {"skip", welcome_skip(sheet, WORDS_MARK("Not today")), NOT_TODAY, WELCOME_WORDS}};
    welcome_buttons(sheet, area, &body, foot, 2); /* what went wrong stands below the arrow */
    scene_ask_badge(sheet, body, sheet_say(sheet, taps[page->way.screen != FIRST_TAP][is_large]));
}

static void take_blank(struct page *page)
{
    struct page_way *way = &page->way;
    if (page->told.how != TOLD_YES) {
        way->screen = FIRST_TAP;
        if (!page->problem)
            page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    } else if (way->screen == FIRST_TAP) {
        way->screen = SECOND_TAP;
    } else {
        welcome_take(page);
        welcome_go_on(page);
    }
}

static void event_blank(struct page *page, const struct page_event *event)
{
    if (welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER)
        page->way.screen = FIRST_TAP;
    else if (event->kind == PAGE_TOLD && page->told.how == TOLD_CLAIMED)
        page_ask(page, ASK_BLANK)->number[0] = page->way.screen;
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_BLANK)
        take_blank(page);
    else if (event->kind == PAGE_CHOOSE)
        welcome_say(page, event->value == NONE_WANTED ? NEWCOMER_DECLINED : NEWCOMER_SKIPPED);
}

/* --- what comes --- */

enum { SHIFT = TOLD_ROWS_MAX, DONE };

static int link_count(const struct page *page)
{
    return page->way.guide ? page->way.guide->link_count : 0;
}

/* Large letters have no room for a leaf. */
static void draw_day_large(struct sheet *sheet, struct rect inside, const struct row *row)
{
    char weekday[WORDS_TIME_SIZE], hours[DATES_SIZE], day[WORDS_TIME_SIZE + DATES_SIZE + 16];
    enum language language = sheet->model->language;
    snprintf(day, sizeof day, "%s %d%s%s",
             words_weekday_short(language, row->at_ms, weekday, sizeof weekday),
             day_number(row->at_ms, 0) % 100, inside.w < WIDE_MM ? "" : ", ",
             inside.w < WIDE_MM
                 ? ""
                 : dates_span(language, row->at_ms, row->to_ms, hours, sizeof hours));
    rect_cut_left(&inside, 2, 0);
    shift_row_words(sheet, inside, row->title, day, false);
}

/* A day as a leaf of the calendar, which says all but the hours. */
static void draw_date(struct sheet *sheet, struct rect box, const struct row *row)
{
    char hours[DATES_SIZE];
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, sheet->tones->panel);
    struct rect inside = rect_inset(box, 1.6);
    if (sheet->model->mode.is_large) {
        draw_day_large(sheet, inside, row);
        return;
    }
    struct rect leaf = rect_cut_left(&inside, LEAF_MM, 2.4);
    double height = fmin(leaf.h, leaf.w * LEAF_HIGH);
    leaf.y += (leaf.h - height) / 2;
    leaf.h = height;
    shift_row_leaf(sheet, leaf, row->at_ms, false);
    dates_span(sheet->model->language, row->at_ms, row->to_ms, hours, sizeof hours);
    shift_row_words(sheet, inside, row->title, hours, false);
}

static void draw_link_tile(struct sheet *sheet, struct rect box, const struct guide_link *link,
                           int index)
{
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = link->key, .act = {.kind = ACT_CHOOSE, .value = index}});
    uint32_t ink = is_pressed ? sheet->tones->ground : sheet->tones->ink;
    struct rect inside = rect_inset(box, 2.4);
    if (!sheet->model->mode.is_large)
        icon_draw(sheet->canvas, sheet->model->mode.is_mirrored ? ICON_LEFT : ICON_RIGHT,
                  rect_inset(rect_cut_right(&inside, 8, 2), 1), ink);
    shift_row_words(sheet, inside, link->names[sheet->model->language], "", is_pressed);
}

/* First the dates, then the links. */
static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct page *page = sheet->model->page;
    int link = index - page->told.count;
    if (link < 0)
        draw_date(sheet, box, &page->told.rows[index]);
    else
        draw_link_tile(sheet, box, &page->way.guide->links[link], index);
}

static void draw_next(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"first-shift",
         sheet_say(sheet, is_large ? WORDS_MARK("A shift") : WORDS_MARK("My first shift")), SHIFT,
         WELCOME_WORDS},
        {"done", sheet_say(sheet, "Done"), DONE, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    if (page->told.ask != ASK_NEXT)
        return;
    int count = page->told.count + link_count(page);
    if (!count)
        welcome_alone(sheet, body,
                      sheet_say(sheet, "You are at home here. Come back whenever you like."));
    widget_list(sheet, body,
                &(struct widget_list){.count = count,
                                      .first = page->first,
                                      .row_mm = is_large ? 34 : WELCOME_ROW_MM,
                                      .columns = layout_is_narrow(area) || is_large ? 1 : 2,
                                      .draw = draw_row});
}

static void event_next(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    if (event->kind == PAGE_ENTER) {
        way->wants_shift = false;
        page_ask(page, ASK_NEXT);
    } else if (event->kind == PAGE_CHOOSE && event->value >= SHIFT) {
        way->wants_shift = event->value == SHIFT;
        welcome_say(page, NEWCOMER_DONE);
    } else if (event->kind == PAGE_CHOOSE && event->value >= page->told.count) {
        page->choice = event->value - page->told.count;
        page_go(page, &scene_link);
    } else if (welcome_hear(page, event) && way->wants_shift && page->is_leaving) {
        page_go(page, &scene_shifts);
    }
}

static void draw_link(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    if (page->choice < 0 || page->choice >= link_count(page))
        return;
    const struct guide_link *link = &page->way.guide->links[page->choice];
    struct rect body = scene_frame(sheet, area, link->names[sheet->model->language]);
    struct rect code = layout_is_narrow(area)
                           ? rect_cut_top(&body, body.w < body.h * 0.7 ? body.w : body.h * 0.7, 3)
                           : rect_cut_left(&body, body.h, 5);
    const struct canvas_text text = {.text = link->url,
                                     .cap_mm = 4.6,
                                     .least_mm = 3,
                                     .colour = sheet->tones->ink,
                                     .is_middle = true,
                                     .lines = 8};
    widget_qr(sheet, code, link->url);
    widget_extra(sheet, body, &text);
}

#define NEXT(name_, icon_, title_, draw_, event_)                                                  \
    .name = name_, .meaning = THEME_PAPER, .icon = icon_, .title = title_, .draw = draw_,          \
    .event = event_, .idle_s = IDLE_S

const struct scene scene_blank = {
    NEXT("blank", ICON_BADGE, WORDS_MARK("Your badge"), draw_blank, event_blank),
    .claims = SCENE_CLAIMS_BLANK, .back = &scene_before};

const struct scene scene_next = {
    NEXT("next", ICON_FLAG, WORDS_MARK("What comes next"), draw_next, event_next),
    .back = &scene_before};

const struct scene scene_link = {NEXT("link", ICON_FLAG, NULL, draw_link, NULL),
                                 .back = &scene_next};
