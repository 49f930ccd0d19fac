/*
 * badges - somebody's badges, never their numbers: given, lent, lost. lose-sure - all of them,
 * really? give - the next badge becomes theirs. strangers - the last five badges that nobody knew,
 * by when they were tapped.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* --- what there is --- */

enum { GIVE, LEND, REPLACE, LOSE };

static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    enum language language = sheet->model->language;
    char day[WORDS_TIME_SIZE], end[WORDS_TIME_SIZE], line[200], title[200];
    words_format(title, sizeof title, sheet_say(sheet, "Badge %s"), row->title);
    words_date(language, row->at_ms, day, sizeof day);
    words_date(language, row->to_ms, end, sizeof end);
    if (row->mark)
        words_format(line, sizeof line, sheet_say(sheet, "withdrawn on %s"), end);
    else if (row->to_ms)
        words_format(line, sizeof line, sheet_say(sheet, "lent until %s"), end);
    else
        words_format(line, sizeof line, sheet_say(sheet, "since %s"), day);
    canvas_round(sheet->canvas, box, 2.5, sheet->tones->panel);
    struct rect inside = rect_inset(box, 1.5);
    rect_cut_left(&inside, 2, 0);
    widget_label(sheet, rect_cut_left(&inside, inside.w * 0.36, 2), title, 3.8);
    const struct canvas_text said = {.text = line,
                                     .cap_mm = 3.6,
                                     .least_mm = 3,
                                     .colour = sheet->tones->soft,
                                     .align = CANVAS_RIGHT,
                                     .lines = 3,
                                     .is_middle = true};
    canvas_text(sheet->canvas, inside, &said);
}

static void draw_buttons(struct sheet *sheet, struct rect foot, int columns)
{
    static const struct {
        const char *name, *label;
        enum widget_style style;
    } buttons[] = {
        [GIVE] = {"give", WORDS_MARK("Give a badge"), WIDGET_FILLED},
        [LEND] = {"lend", WORDS_MARK("Lend one for today"), WIDGET_OUTLINED},
        [REPLACE] = {"replace", WORDS_MARK("Replace"), WIDGET_OUTLINED},
        [LOSE] = {"lose", WORDS_MARK("All lost"), WIDGET_QUIET},
    };
    for (int i = GIVE; i <= LOSE; i++)
        widget_button(sheet, layout_cell(foot, columns, 4 / columns, LAYOUT_GAP - 1, i),
                      &(struct widget_button){.name = buttons[i].name,
                                              .label = sheet_say(sheet, buttons[i].label),
                                              .act = {.kind = ACT_CHOOSE, .value = i},
                                              .style = buttons[i].style,
                                              .cap_mm = 3.6});
}

static void draw_badges(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_narrow = layout_is_narrow(area);
    struct rect body = scene_frame(sheet, area, page->name);
    struct rect foot = rect_cut_bottom(&body, is_narrow ? 30 : 14, LAYOUT_GAP);
    draw_buttons(sheet, foot, is_narrow ? 2 : 4);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_BADGES)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body, sheet_say(sheet, "No badge yet."), 4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = layout_is_narrow(area) ? 18 : 14,
                                      .draw = draw_row});
}

static void event_badges(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_BADGES);
    else if (event->kind == PAGE_CHOOSE && event->value == LOSE)
        page_go(page, &scene_lose_sure);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_LOSE && page->told.how == TOLD_YES)
        page_ask(page, ASK_BADGES);
    if (event->kind == PAGE_CHOOSE && event->value != LOSE) {
        page->numbers[0] = event->value;
        page_go(page, &scene_give);
    }
}

/* --- all lost --- */

static void draw_lose_sure(struct sheet *sheet, struct rect area)
{
    draw_badges(sheet, area);
    scene_sure(sheet, area,
               &(struct scene_question){
                   .title = sheet_say(sheet, "These badges work no more?"),
                   .text = sheet_say(sheet, "All badges of this person are withdrawn, for good. To "
                                            "come in with one again they need another."),
                   .act = sheet_say(sheet, "Withdraw all")});
}

static void event_lose_sure(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE)
        page_ask(page, ASK_LOSE);
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_LOSE)
        return;
    if (page->told.how == TOLD_YES)
        page_go(page, &scene_badges);
    else if (!page->problem)
        page->problem = WORDS_MARK("That was not noted.");
}

/* --- giving one --- */

static void draw_give(struct sheet *sheet, struct rect area)
{
    static const char *const says[] = {
        [GIVE] = WORDS_MARK("Hold the new badge to the reader"),
        [LEND] = WORDS_MARK("Hold the badge to lend to the reader: it works until tonight"),
        [REPLACE] = WORDS_MARK("Hold the new badge to the reader: the old ones stop working")};
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, page->name);
    struct rect line = rect_cut_bottom(&body, 21, 2);
    double size = body.h < 34 ? body.h : 34;
    icon_draw_on_disc(sheet->canvas, ICON_BADGE,
                      (struct rect){body.x, body.y + (body.h - size) / 2, body.w, size},
                      sheet->tones->ink, sheet->tones->ground);
    if (scene_problem(sheet, line))
        return;
    const struct canvas_text said = {.text = sheet_say(sheet, says[page->numbers[0]]),
                                     .cap_mm = 4.6,
                                     .colour = sheet->tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .lines = 3,
                                     .is_middle = true};
    canvas_text(sheet->canvas, line, &said);
}

static void event_give(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_TOLD)
        return;
    if (page->told.how == TOLD_CLAIMED) {
        struct ask *ask = page_ask(page, page->numbers[0] == REPLACE ? ASK_REPLACE : ASK_GIVE);
        ask->number[0] = -1;
        ask->number[1] = page->numbers[0] == LEND;
    } else if (page->told.how == TOLD_YES) {
        page_go(page, &scene_badges);
    }
}

/* --- badges nobody knew --- */

static void draw_stranger(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], time[WORDS_TIME_SIZE], title[96];
    words_format(title, sizeof title, sheet_say(sheet, "Tapped at %s"),
                 words_time(sheet->model->language, row->at_ms, time, sizeof time));
    snprintf(name, sizeof name, "stranger-%d", index + 1);
    widget_tile(sheet, box,
                &(struct widget_tile){.name = name,
                                      .title = title,
                                      .line = sheet_say(sheet, "Give it to somebody"),
                                      .icon = ICON_BADGE,
                                      .has_icon = true,
                                      .act = {.kind = ACT_CHOOSE, .value = index}});
}

static void draw_strangers(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_UNKNOWN)
        return;
    if (!page->told.count)
        widget_paragraph(sheet, body,
                         sheet_say(sheet, "No unknown badge was tapped since the station started."),
                         4.4);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = 19,
                                      .columns = layout_is_narrow(area) ? 1 : 2,
                                      .draw = draw_stranger});
}

static void event_strangers(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_UNKNOWN);
    if (event->kind != PAGE_CHOOSE || event->value >= page->told.count)
        return;
    page->choice = page->told.rows[event->value].number[0];
    page->is_link = true;
    page_go(page, &scene_people);
}

const struct scene scene_badges = {.name = "badges",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_BADGE,
                                   .draw = draw_badges,
                                   .event = event_badges,
                                   .back = &scene_person,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_lose_sure = {.name = "lose-sure",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_BADGE,
                                      .draw = draw_lose_sure,
                                      .event = event_lose_sure,
                                      .back = &scene_badges,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true};

const struct scene scene_give = {.name = "give",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_BADGE,
                                 .draw = draw_give,
                                 .event = event_give,
                                 .back = &scene_badges,
                                 .claims = SCENE_CLAIMS_ANY,
                                 .idle_s = STAFF_IDLE_S,
                                 .is_staff = true};

const struct scene scene_strangers = {.name = "strangers",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_BADGE,
                                      .title = WORDS_MARK("Unknown badges"),
                                      .draw = draw_strangers,
                                      .event = event_strangers,
                                      .back = &scene_staff,
                                      .idle_s = STAFF_IDLE_S,
                                      .is_staff = true};
