/*
 * first-visit - where it begins: which language, and how. Somebody of the house is called at once.
 * help-me - read aloud, or together with who comes. several - how many came together. codes - one
 * for each of them. resume - the code of who began another day. way - their way is looked up.
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
#define SEVERAL_LEAST 2
#define STEPPER_MM 20.0
#define STEPPER_HIGH_MM 32.0 /* its label above it */
#define CODE_COLUMNS 2
#define CODE_MM 14.0 /* a row of them */
#define CODE_CAP_MM 4.0
#define CODE_LEAST_MM 3.0

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
    for (int i = 0; i < LANGUAGE_COUNT + WAYS; i++) {
        int way = i - LANGUAGE_COUNT, language = (int)language_at(sheet, i);
        bool is_way = way >= 0;
        tiles[i] = (struct widget_tile){
            .name = is_way ? ways[way].name : language_target((enum language)language),
            .title = is_way ? sheet_say(sheet, ways[way].label)
                            : language_own_name((enum language)language),
            .act = {.kind = ACT_CHOOSE, .value = is_way ? LOOK + way : language}};
    }
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
         .is_chosen = sheet->model->page->way.several < 0,
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

/* --- several --- */

enum { LESS, MORE, MAKE };

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
        {"done", is_made ? sheet_say(sheet, "Noted") : NULL, GO_ON, WELCOME_MAIN}};
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

const struct scene scene_several = {
    FIRST("several", ICON_PEOPLE, WORDS_MARK("Welcome, all of you"), draw_several, event_several),
    .back = &scene_first_visit, .idle_s = IDLE_S};

const struct scene scene_codes = {
    FIRST("codes", ICON_PEOPLE, WORDS_MARK("Note one each"), draw_codes, event_codes),
    .back = &scene_several, .idle_s = 120};

const struct scene scene_resume = {
    FIRST("resume", ICON_AGAIN, WORDS_MARK("Your code"), draw_resume, event_resume),
    .back = &scene_first_visit, .idle_s = 40};

const struct scene scene_way = {
    FIRST("way", ICON_WAVE, WORDS_MARK("Your welcome goes on"), draw_way, event_way), .idle_s = 20,
    .is_private = true};
