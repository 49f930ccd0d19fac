/*
 * first-visit - where it begins: which language, and how. Somebody of the house is called at once.
 * help-me - read aloud, or together with who comes. resume - the code of who began another day. way
 * - their way is looked up.
 */
#include <stdio.h>
#include <string.h>

#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 60
#define LANGUAGES_MM 20.0
#define LANGUAGES_HIGH_MM 51.0 /* one above the other */
#define GROUP_GAP 5.0
#define CODE_LETTERS 6

/* --- where it begins --- */

enum { LOOK = LANGUAGE_COUNT, HELP, SEVERAL, RESUME };

/* In the order of the screen, the language that it speaks first. */
static enum language language_at(const struct sheet *sheet, int place)
{
    return (enum language)(((int)sheet->model->language + place) % LANGUAGE_COUNT);
}

static const char *language_target(enum language language)
{
    static const char *const names[LANGUAGE_COUNT] = {
        [LANGUAGE_FR] = "in-fr", [LANGUAGE_NL] = "in-nl", [LANGUAGE_EN] = "in-en"};
    return names[language];
}

static const struct {
    const char *name, *label;
} ways[] = {{"just-looking", WORDS_MARK("Just looking")},
            {"help-me", WORDS_MARK("Help me")},
            {"several", WORDS_MARK("We are several")},
            {"resume", WORDS_MARK("I have begun already")}};

#define WAYS ((int)(sizeof ways / sizeof ways[0])) /* LOOK and what follows */

static void draw_language(struct sheet *sheet, struct rect box, int place)
{
    enum language language = language_at(sheet, place);
    widget_button(sheet, box,
                  &(struct widget_button){.name = language_target(language),
                                          .label = language_own_name(language),
                                          .act = {.kind = ACT_CHOOSE, .value = (int)language},
                                          .style = WIDGET_FILLED,
                                          .cap_mm = 5});
}

static void draw_way_in(struct sheet *sheet, struct rect box, int way)
{
    widget_button(sheet, box,
                  &(struct widget_button){.name = ways[way].name,
                                          .label = sheet_say(sheet, ways[way].label),
                                          .act = {.kind = ACT_CHOOSE, .value = LOOK + way},
                                          .style = WIDGET_QUIET,
                                          .cap_mm = 4.2});
}

/* In large letters all of them are rows of one list. */
static void draw_large(struct sheet *sheet, struct rect body)
{
    struct widget_tile tiles[LANGUAGE_COUNT + WAYS];
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language = language_at(sheet, i);
        tiles[i] = (struct widget_tile){.name = language_target(language),
                                        .title = language_own_name(language),
                                        .act = {.kind = ACT_CHOOSE, .value = (int)language}};
    }
    for (int i = 0; i < WAYS; i++)
        tiles[LANGUAGE_COUNT + i] =
            (struct widget_tile){.name = ways[i].name,
                                 .title = sheet_say(sheet, ways[i].label),
                                 .act = {.kind = ACT_CHOOSE, .value = LOOK + i}};
    scene_tiles(sheet, body, tiles, LANGUAGE_COUNT + WAYS, 1);
}

static void draw_first(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    bool is_narrow = layout_is_narrow(area);
    scene_problem_below(sheet, &body);
    if (sheet->model->mode.is_large) {
        draw_large(sheet, body);
        return;
    }
    struct rect top = rect_cut_top(&body, is_narrow ? LANGUAGES_HIGH_MM : LANGUAGES_MM, GROUP_GAP);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        draw_language(sheet,
                      is_narrow ? layout_row(top, LANGUAGE_COUNT, LAYOUT_GAP, i)
                                : layout_column(top, LANGUAGE_COUNT, LAYOUT_GAP, i),
                      i);
    for (int i = 0; i < WAYS; i++)
        draw_way_in(sheet, layout_cell(body, 2, WAYS / 2, LAYOUT_GAP, i), i);
}

/* The step of the language is done with the touch, wherever the house has it. */
static void choose_language(struct page *page, int language)
{
    page->speaks = language;
    page->way.newcomer.steps[GUIDE_LANGUAGE] = NEWCOMER_DONE;
    welcome_start(page);
}

static void event_first(struct page *page, const struct page_event *event)
{
    static const struct scene *const others[] = {&scene_help_me, &scene_several, &scene_resume};
    struct page_way *way = &page->way;
    if (event->kind == PAGE_ENTER) {
        way->is_looking = false;
        if (!way->is_called)
            page_ask(page, ASK_WELCOME);
        way->is_called = true;
    }
    if (event->kind != PAGE_CHOOSE)
        return;
    way->is_looking = event->value == LOOK;
    if (event->value < LANGUAGE_COUNT)
        choose_language(page, event->value);
    else if (event->value == LOOK)
        welcome_start(page);
    else
        page_go(page, others[event->value - HELP]);
}

/* --- help me --- */

enum { TOGETHER, GO_ON };

static void draw_help(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    const struct widget_tile tiles[] = {
        {.name = "together",
         .title = sheet_say(sheet, "Together with someone"),
         .line = sheet_say(sheet, "They come to you, and you do it as two"),
         .icon = ICON_PEOPLE,
         .has_icon = true,
         .act = {.kind = ACT_CHOOSE, .value = TOGETHER}},
        {.name = "aloud",
         .title = sheet_say(sheet, "Read aloud"),
         .line = sheet_say(sheet, "The screen says what stands on it"),
         .icon = ICON_SOUND,
         .has_icon = true,
         .is_chosen = sheet->model->is_speaking,
         .act = {.kind = ACT_MODE, .value = ACT_SPEAKING}},
    };
    const struct welcome_button foot[] = {
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 1);
    scene_tiles(sheet, body, tiles, sheet->model->has_speech ? 2 : 1, 1);
}

static void event_help(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == TOGETHER)
        page_ask(page, ASK_WELCOME);
    else if (event->kind == PAGE_CHOOSE)
        page_go(page, &scene_first_visit);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_WELCOME)
        page->problem = WORDS_MARK("Someone is coming. You can go on together.");
}

/* --- on another day --- */

static void draw_resume(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, NULL));
    struct rect field = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    bool is_large = sheet->model->mode.is_large;
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_CODE],
                     sheet_say(sheet, is_large ? WORDS_MARK("Six letters")
                                               : WORDS_MARK("Six letters, from your first visit")),
                     false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void take_way(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how == TOLD_YES) {
        page->person = page->owner = told->person;
        snprintf(page->name, sizeof page->name, "%s", told->name);
        page->way.is_looking = page->way.is_brief = false;
        welcome_take(page);
        welcome_start(page);
    } else if (told->how == TOLD_LOCKED) {
        page->problem = WORDS_MARK("Too many tries. Wait a little, or call someone.");
    } else if (!page->problem) {
        page->problem = WORDS_MARK("That does not fit. Look at your code again, or call someone.");
    }
}

static void event_resume(struct page *page, const struct page_event *event)
{
    bool is_whole = typing_count(&page->typing[PAGE_CODE]) == CODE_LETTERS;
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_CODE]);
        page_type(page, PAGE_CODE);
    } else if ((event->kind == PAGE_TYPED || event->kind == PAGE_DONE) && is_whole &&
               !page->is_waiting) {
        struct ask *ask = page_ask(page, ASK_RESUME);
        snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_CODE));
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_RESUME) {
        typing_clear(&page->typing[PAGE_CODE]);
        take_way(page);
    }
}

static void draw_way(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
}

/* From a greeting, or from one's own page. */
static void event_way(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_WAY);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_WAY)
        take_way(page);
}

#define FIRST(name_, icon_, title_, draw_, event_)                                                 \
    .name = name_, .meaning = THEME_PAPER, .icon = icon_, .title = title_, .draw = draw_,          \
    .event = event_

const struct scene scene_first_visit = {FIRST("first-visit", ICON_WAVE,
                                              WORDS_MARK("Welcome! Someone is coming"), draw_first,
                                              event_first),
                                        .idle_s = IDLE_S};

const struct scene scene_help_me = {
    FIRST("help-me", ICON_HANDS, WORDS_MARK("Help"), draw_help, event_help),
    .back = &scene_first_visit, .idle_s = IDLE_S};

const struct scene scene_resume = {
    FIRST("resume", ICON_AGAIN, WORDS_MARK("Your code"), draw_resume, event_resume),
    .back = &scene_first_visit, .idle_s = 40};

const struct scene scene_way = {
    FIRST("way", ICON_WAVE, WORDS_MARK("Your welcome goes on"), draw_way, event_way), .idle_s = 20,
    .is_private = true};
