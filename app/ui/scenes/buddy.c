/*
 * buddies - who is in the house and gladly looks after somebody new. buddy-called - one of them is
 * called, and taps to say "I've got you"; who does not come is passed over. buddy-here - they shake
 * hands. buddy-named - nobody can now: who answers for them, and a day to come.
 */
#include <stdio.h>

#include "app/domain/buddy.h"
#include "app/ui/shift_row.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90
#define PATIENCE_S 45
#define FACE_MM 24.0
#define FACE_SMALL_MM 12.0

/* --- who is there --- */

enum { SKIP = TOLD_ROWS_MAX, ANYBODY };

static void draw_buddy(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    bool is_large = sheet->model->mode.is_large;
    char name[24];
    snprintf(name, sizeof name, "buddy-%d", index + 1);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = name, .act = {.kind = ACT_CHOOSE, .value = index}});
    struct rect inside = rect_inset(box, 2.4);
    struct rect face = is_large ? inside : rect_cut_left(&inside, FACE_SMALL_MM, 3);
    face.y += (face.h - FACE_SMALL_MM) / 2;
    face.h = FACE_SMALL_MM;
    if (!is_large)
        widget_initials(sheet, face, row->title, sheet_tones(sheet, THEME_QUESTION));
    shift_row_words(sheet, inside, row->title,
                    is_large    ? ""
                    : row->mark ? sheet_say(sheet, "your language")
                                : sheet_say(sheet, "is here now"),
                    is_pressed);
}

static void draw_buddies(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"skip", welcome_skip(sheet, WORDS_MARK("Not today")), SKIP, WELCOME_WORDS},
        {"anybody", sheet_say(sheet, "You choose"), ANYBODY, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    if (page->told.ask != ASK_BUDDIES)
        return;
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = is_large ? 22 : WELCOME_ROW_MM,
                                      .columns = layout_is_narrow(area) || is_large ? 1 : 2,
                                      .draw = draw_buddy});
}

static struct ask *ask_buddy(struct page *page, enum buddy_how how)
{
    struct ask *ask = page_ask(page, ASK_BUDDY);
    ask->other = page->row.id;
    ask->number[0] = (int)how;
    return ask;
}

static void call(struct page *page, int index)
{
    page->row = page->told.rows[index];
    ask_buddy(page, BUDDY_ASKED);
}

static void take_buddies(struct page *page)
{
    if (page->told.how == TOLD_YES && !page->told.count)
        page_go(page, &scene_buddy_named);
    else if (page->told.how == TOLD_YES && page->way.is_next_buddy)
        call(page, 0);
    page->way.is_next_buddy = false;
}

static void event_buddies(struct page *page, const struct page_event *event)
{
    const struct told *told = &page->told;
    if (welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_BUDDIES);
    else if (event->kind == PAGE_TOLD && told->ask == ASK_BUDDIES)
        take_buddies(page);
    else if (event->kind == PAGE_TOLD && told->ask == ASK_BUDDY && told->how == TOLD_YES)
        page_go(page, &scene_buddy_called);
    else if (event->kind == PAGE_CHOOSE && event->value == SKIP)
        welcome_say(page, NEWCOMER_SKIPPED);
    else if (event->kind == PAGE_CHOOSE && told->ask == ASK_BUDDIES && told->count)
        call(page, event->value == ANYBODY ? 0 : event->value);
}

/* --- called --- */

enum { ANOTHER };

/* Whose turn it is, or a sign, and what is said: beside each other where it lies. */
static void draw_said(struct sheet *sheet, struct rect body, const char *name, const char *big,
                      const char *small)
{
    bool is_lying = !layout_is_narrow(body);
    enum canvas_align align =
        is_lying && !sheet->model->mode.is_large ? CANVAS_LEFT : CANVAS_CENTRE;
    const struct canvas_text texts[] = {{.text = big,
                                         .cap_mm = 6.4,
                                         .least_mm = 4.4,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .align = align,
                                         .lines = 4},
                                        {.text = small,
                                         .cap_mm = 4.4,
                                         .least_mm = 3.4,
                                         .colour = sheet->tones->soft,
                                         .align = align,
                                         .lines = 3}};
    struct rect sign = {0};
    if (!sheet->model->mode.is_large)
        sign = is_lying ? rect_cut_left(&body, FACE_MM, 5) : rect_cut_top(&body, FACE_MM, 3);
    if (sign.w > 0 && is_lying)
        sign.y += (sign.h - FACE_MM) / 2;
    sign.h = FACE_MM;
    if (sign.w > 0 && name)
        widget_initials(sheet, sign, name, sheet->tones);
    else if (sign.w > 0)
        icon_draw_on_disc(sheet->canvas, ICON_HANDS, sign, sheet->tones->ink, sheet->tones->ground);
    scene_stack(sheet, body, texts, 2);
}

static void draw_called(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char calls[220];
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"someone-else", sheet_say(sheet, "Someone else"), ANOTHER, WELCOME_WORDS},
        {NULL, NULL, 0, WELCOME_WORDS}};
    welcome_foot(sheet, area, &body, foot, 2);
    words_format(calls, sizeof calls, sheet_say(sheet, "%s, someone new is waiting for you"),
                 page->row.title);
    draw_said(sheet, body, page->row.title, calls,
              sheet_say(sheet, "Tap your badge here: “I’ve got you”"));
}

static void event_called(struct page *page, const struct page_event *event)
{
    const struct told *told = &page->told;
    bool is_badge = event->kind == PAGE_TOLD && told->how == TOLD_CLAIMED;
    if (is_badge) {
        ask_buddy(page, BUDDY_TAKEN);
    } else if (event->kind == PAGE_LATE || event->kind == PAGE_CHOOSE) {
        page->way.is_next_buddy = true;
        ask_buddy(page, event->kind == PAGE_LATE ? BUDDY_MISSED : BUDDY_DECLINED);
    } else if (event->kind == PAGE_TOLD && told->ask == ASK_BUDDY && told->how == TOLD_YES) {
        welcome_take(page);
        page_go(page, page->way.is_next_buddy ? &scene_buddies : &scene_buddy_here);
    }
}

/* --- here --- */

enum { LEAVES, GO_ON };

static void draw_here(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char looks[200];
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"leave", sheet->model->mode.is_large ? NULL : sheet_say(sheet, "I am leaving"), LEAVES,
         WELCOME_WORDS},
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    words_format(looks, sizeof looks, sheet_say(sheet, "%s looks after you"), page->row.title);
    draw_said(sheet, body, NULL, looks,
              sheet_say(sheet, "Shake hands, and ask whatever you like."));
}

/* Who tapped may have wanted to go home. */
static void event_here(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == GO_ON) {
        welcome_go_on(page);
    } else if (event->kind == PAGE_CHOOSE) {
        page_ask(page, ASK_LEAVE)->person = page->row.id;
        page->is_aside = true;
    }
}

/* --- nobody can now --- */

static void draw_named(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char who[200], when[SCENE_WHEN_SIZE], day[SCENE_WHEN_SIZE + 200] = "";
    bool is_told = page->told.ask == ASK_NEXT;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 1);
    if (!is_told)
        return;
    words_format(who, sizeof who, sheet_say(sheet, "%s answers for you"), page->told.text);
    if (page->told.count)
        words_format(day, sizeof day, "%s: %s", page->told.rows[0].title,
                     scene_when(sheet, &page->told.rows[0], when));
    const struct canvas_text texts[] = {
        {.text = page->told.text[0] ? who : sheet_say(sheet, "Staff answer for you"),
         .cap_mm = 6,
         .least_mm = 4.2,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .lines = 3},
        {.text = sheet_say(sheet, "Everybody has their hands full now. Come and meet them:"),
         .cap_mm = 4.2,
         .least_mm = 3.2,
         .colour = sheet->tones->soft,
         .lines = 3},
        {.text = day, .cap_mm = 5, .least_mm = 3.4, .colour = sheet->tones->ink, .lines = 3}};
    scene_stack(sheet, body, texts, page->told.count ? 3 : 1);
}

static void event_named(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_NEXT);
    } else if (event->kind == PAGE_CHOOSE) {
        page->row = (struct row){.title = ""};
        ask_buddy(page, BUDDY_NAMED);
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_BUDDY &&
               page->told.how == TOLD_YES) {
        welcome_take(page);
        welcome_go_on(page);
    }
}

#define BUDDY(name_, icon_, title_, draw_, event_)                                                 \
    .name = name_, .icon = icon_, .title = title_, .draw = draw_, .event = event_

const struct scene scene_buddies = {
    BUDDY("buddies", ICON_PEOPLE, WORDS_MARK("Who looks after you?"), draw_buddies, event_buddies),
    .meaning = THEME_PAPER, .idle_s = IDLE_S, .back = &scene_before};

const struct scene scene_buddy_called = {
    BUDDY("buddy-called", ICON_WAVE, WORDS_MARK("Your buddy is called"), draw_called, event_called),
    .meaning = THEME_QUESTION,
    .claims = SCENE_CLAIMS_ROW,
    .patience_s = PATIENCE_S,
    .idle_s = 120,
    .back = &scene_buddies};

const struct scene scene_buddy_here = {
    BUDDY("buddy-here", ICON_HANDS, WORDS_MARK("Your buddy"), draw_here, event_here),
    .meaning = THEME_IN, .idle_s = 60, .back = &scene_before};

const struct scene scene_buddy_named = {
    BUDDY("buddy-named", ICON_PEOPLE, WORDS_MARK("Your buddy"), draw_named, event_named),
    .meaning = THEME_PAPER, .idle_s = 60, .back = &scene_before};
