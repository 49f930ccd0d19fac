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
#define CODE_LETTERS 6
#define SEVERAL_LEAST 2

/* --- where it begins --- */

enum { LOOK = LANGUAGE_COUNT, HELP, SEVERAL, RESUME };

/* In the order of the screen, the language that it speaks first. */
static enum language language_at(const struct sheet *sheet, int place)
{
    return (enum language)(((int)sheet->model->language + place) % LANGUAGE_COUNT);
}

static void draw_languages(struct sheet *sheet, struct rect box)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        enum language language = language_at(sheet, i);
        char name[24];
        snprintf(name, sizeof name, "in-%s", language_code(language));
        widget_button(sheet, layout_column(box, LANGUAGE_COUNT, LAYOUT_GAP, i),
                      &(struct widget_button){.name = name,
                                              .label = language_own_name(language),
                                              .act = {.kind = ACT_CHOOSE, .value = (int)language},
                                              .style = WIDGET_FILLED,
                                              .cap_mm = 5});
    }
}

static void draw_ways(struct sheet *sheet, struct rect box)
{
    const struct welcome_button ways[] = {
        {"just-looking", sheet_say(sheet, "Just looking"), LOOK},
        {"help-me", sheet_say(sheet, "Help me"), HELP},
        {"several", sheet_say(sheet, "We are several"), SEVERAL},
        {"resume", sheet_say(sheet, "I have begun already"), RESUME},
    };
    for (int i = 0; i < 4; i++)
        widget_button(sheet, layout_cell(box, 2, 2, LAYOUT_GAP, i),
                      &(struct widget_button){.name = ways[i].name,
                                              .label = ways[i].label,
                                              .act = {.kind = ACT_CHOOSE, .value = ways[i].value},
                                              .style = WIDGET_QUIET,
                                              .cap_mm = 4.2});
}

/* In large letters all of them are rows of one list. */
static void draw_large(struct sheet *sheet, struct rect body)
{
    static const char *const names[] = {"just-looking", "help-me", "several", "resume"};
    const char *const titles[] = {sheet_say(sheet, "Just looking"), sheet_say(sheet, "Help me"),
                                  sheet_say(sheet, "We are several"),
                                  sheet_say(sheet, "I have begun already")};
    static const char *const in[] = {"in-0", "in-1", "in-2"};
    struct widget_tile tiles[LANGUAGE_COUNT + 4];
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        tiles[i] =
            (struct widget_tile){.name = in[i],
                                 .title = language_own_name(language_at(sheet, i)),
                                 .act = {.kind = ACT_CHOOSE, .value = (int)language_at(sheet, i)}};
    for (int i = 0; i < 4; i++)
        tiles[LANGUAGE_COUNT + i] = (struct widget_tile){
            .name = names[i], .title = titles[i], .act = {.kind = ACT_CHOOSE, .value = LOOK + i}};
    scene_tiles(sheet, body, tiles, LANGUAGE_COUNT + 4, 1);
}

static void draw_first(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (sheet->model->mode.is_large) {
        draw_large(sheet, body);
        return;
    }
    if (layout_is_narrow(area)) {
        const struct canvas_text text = {.text = sheet_say(sheet, "Someone is coming to meet you."),
                                         .cap_mm = 5,
                                         .colour = sheet->tones->ink,
                                         .lines = 3,
                                         .is_middle = true};
        struct rect ways = rect_cut_bottom(&body, 2 * 18 + LAYOUT_GAP, LAYOUT_GAP);
        struct rect languages = rect_cut_bottom(&body, 3 * LANGUAGES_MM, LAYOUT_GAP);
        icon_draw_on_disc(sheet->canvas, ICON_WAVE, rect_cut_top(&body, body.h * 0.5, 3),
                          sheet->tones->ink, sheet->tones->ground);
        canvas_text(sheet->canvas, body, &text);
        draw_languages(sheet, languages);
        draw_ways(sheet, ways);
        return;
    }
    draw_languages(sheet, rect_cut_top(&body, LANGUAGES_MM, LAYOUT_GAP));
    draw_ways(sheet, body);
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
    static const struct scene *const ways[] = {&scene_help_me, &scene_several, &scene_resume};
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
        page_go(page, ways[event->value - HELP]);
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
    const struct welcome_button foot[] = {{"go-on", sheet_say(sheet, "Go on"), GO_ON}};
    welcome_foot(sheet, area, &body, foot, 1);
    scene_tiles(sheet, body, tiles, sheet->model->has_speech ? 2 : 1,
                layout_is_narrow(area) ? 1 : 2);
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
    int count = page->way.several < SEVERAL_LEAST ? SEVERAL_LEAST : page->way.several;
    struct rect body = scene_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {{"codes", sheet_say(sheet, "A code for each"), MAKE}};
    welcome_foot(sheet, area, &body, foot, 1);
    snprintf(value, sizeof value, "%d", count);
    const struct canvas_text text = {
        .text =
            sheet_say(sheet, "Someone welcomes you all together. With a code each of you goes on "
                             "when there is time, at this screen."),
        .cap_mm = 4.4,
        .least_mm = 3.2,
        .colour = sheet->tones->ink,
        .lines = 5};
    struct rect stepper = rect_cut_bottom(&body, 28, LAYOUT_GAP);
    widget_extra(sheet, body, &text);
    widget_stepper(sheet, stepper,
                   &(struct widget_stepper){.name = "people",
                                            .label = sheet_say(sheet, "How many are you?"),
                                            .value = value,
                                            .choice = LESS,
                                            .is_least = count == SEVERAL_LEAST,
                                            .is_most = count >= several_most(page)});
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
    struct rect inside = rect_inset(widget_panel(sheet, box), 0);
    char number[16];
    snprintf(number, sizeof number, "%d", index + 1);
    const struct canvas_text place = {
        .text = number, .cap_mm = 3.4, .colour = sheet->tones->soft, .is_middle = true};
    const struct canvas_text code = {.text = index < way->made ? way->codes[index] : "…",
                                     .cap_mm = 5.4,
                                     .least_mm = 3.6,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .is_middle = true};
    if (!sheet->model->mode.is_large)
        canvas_text(sheet->canvas, rect_cut_left(&inside, 7, 2), &place);
    canvas_text(sheet->canvas, inside, &code);
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
        {"done", is_made ? sheet_say(sheet, "Noted") : NULL, GO_ON}};
    welcome_foot(sheet, area, &body, foot, 1);
    bool is_large = sheet->model->mode.is_large;
    widget_list(sheet, body,
                &(struct widget_list){.count = way->several,
                                      .first = sheet->model->page->first,
                                      .row_mm = is_large ? 16 : 13,
                                      .columns = layout_is_narrow(area) ? 1
                                                 : is_large             ? 2
                                                                        : 3,
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
    if (!scene_problem(sheet, field))
        widget_field(sheet, field, &page->typing[PAGE_CODE],
                     sheet_say(sheet, "Six letters, from your first visit"), false);
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
                                              WORDS_MARK("Welcome! Someone is on the way"),
                                              draw_first, event_first),
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
