/*
 * who - a first name: from here on somebody is in the house, and each step is kept. who-code - the
 * code to come back with. who-last, who-reach - what else they like to say of themselves.
 */
#include <stdio.h>
#include <string.h>

#include "app/domain/person.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90

/* A field and its keys; what is asked, and why. */
static void draw_field(struct sheet *sheet, struct rect area, enum page_field field,
                       const char *hint, const char *brief)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = is_large ? scene_frame(sheet, area, "") : welcome_frame(sheet, area, NULL);
    struct rect box = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, box))
        widget_field(sheet, box, &page->typing[field], is_large ? brief : hint, false);
    widget_keyboard(sheet, body, &page->keyboard);
}

/* What was typed, without the spaces around it. */
static bool is_typed(const struct page *page, enum page_field field)
{
    const char *text = page_text(page, field);
    return text[strspn(text, " ")] != 0;
}

static void say_not_noted(struct page *page)
{
    if (!page->problem)
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
}

/* --- a first name --- */

static void draw_who(struct sheet *sheet, struct rect area)
{
    draw_field(sheet, area, PAGE_NAME, sheet_say(sheet, "Your first name, or how we may call you"),
               sheet_say(sheet, "A first name"));
}

/* Whoever has a code but no name yet came with others. */
static void begin(struct page *page)
{
    bool is_new = fact_id_is_none(page->person);
    struct ask *ask = page_ask(page, is_new ? ASK_BEGIN : ASK_TELL);
    ask->number[0] = is_new ? 0 : PERSON_FIRST_NAME;
    ask->number[1] = is_new ? (int)page->way.newcomer.steps[GUIDE_HELLO] : 0;
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_NAME));
}

static void take_begun(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how != TOLD_YES) {
        say_not_noted(page);
        return;
    }
    page->person = page->owner = told->person;
    snprintf(page->name, sizeof page->name, "%s", told->name);
    welcome_take(page);
    snprintf(page->text, sizeof page->text, "%s", told->text);
    page_go(page, told->ask == ASK_BEGIN ? &scene_who_code : &scene_who_last);
}

static void event_who(struct page *page, const struct page_event *event)
{
    bool is_told =
        event->kind == PAGE_TOLD && (page->told.ask == ASK_BEGIN || page->told.ask == ASK_TELL);
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_NAME);
    else if (event->kind == PAGE_DONE && !page->is_waiting && is_typed(page, PAGE_NAME))
        begin(page);
    else if (event->kind == PAGE_DONE && !page->is_waiting)
        page->problem = WORDS_MARK("A first name is needed. Any that you like to be called by.");
    else if (is_told)
        take_begun(page);
}

/* --- the code to come back with --- */

enum { BRIEF, GO_ON };

static void draw_code(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char hello[160];
    bool is_large = sheet->model->mode.is_large;
    words_format(hello, sizeof hello, sheet_say(sheet, "Welcome, %s"), page->name);
    struct rect body = scene_frame(sheet, area, hello);
    const struct welcome_button foot[] = {
        {"brief", sheet_say(sheet, is_large ? WORDS_MARK("In short") : WORDS_MARK("In a hurry")),
         BRIEF, WELCOME_WORDS},
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    const struct canvas_text texts[] = {
        {.text = page->text,
         .cap_mm = 12,
         .least_mm = 7,
         .colour = sheet->tones->ink,
         .is_bold = true,
         .align = CANVAS_CENTRE},
        {.text = sheet_say(sheet, "This is your code: note it, or take a picture of it."),
         .cap_mm = 4.6,
         .least_mm = 3.4,
         .colour = sheet->tones->ink,
         .align = CANVAS_CENTRE,
         .lines = 3},
        {.text =
             sheet_say(sheet, "All is kept as you go. With the code you go on whenever you like."),
         .cap_mm = 4,
         .least_mm = 3.2,
         .colour = sheet->tones->soft,
         .align = CANVAS_CENTRE,
         .lines = 3}};
    scene_stack(sheet, body, texts, 3);
}

static void event_code(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_CHOOSE)
        return;
    page->way.is_brief = event->value == BRIEF;
    if (page->way.is_brief)
        welcome_go_on(page);
    else
        page_go(page, &scene_who_last);
}

/* --- more, by who likes to --- */

static void tell(struct page *page, int field, enum page_field typed)
{
    struct ask *ask = page_ask(page, ASK_TELL);
    ask->number[0] = field;
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, typed));
}

static void draw_last(struct sheet *sheet, struct rect area)
{
    draw_field(sheet, area, PAGE_LAST_NAME,
               sheet_say(sheet, "Your last name, if you like: screens show its first letter"),
               sheet_say(sheet, "A last name"));
}

static void event_last(struct page *page, const struct page_event *event)
{
    bool is_told = event->kind == PAGE_TOLD && page->told.ask == ASK_TELL;
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_LAST_NAME);
    else if (event->kind == PAGE_DONE && !page->is_waiting && is_typed(page, PAGE_LAST_NAME))
        tell(page, PERSON_LAST_NAME, PAGE_LAST_NAME);
    else if ((event->kind == PAGE_DONE && !page->is_waiting) ||
             (is_told && page->told.how == TOLD_YES))
        page_go(page, &scene_who_reach);
    else if (is_told)
        say_not_noted(page);
}

static void draw_reach(struct sheet *sheet, struct rect area)
{
    draw_field(sheet, area, PAGE_REACH,
               sheet_say(sheet, "E-mail or telephone, if you like; only staff see it"),
               sheet_say(sheet, "E-mail, phone"));
}

static void event_reach(struct page *page, const struct page_event *event)
{
    bool is_told = event->kind == PAGE_TOLD && page->told.ask == ASK_TELL;
    bool is_mail = strchr(page_text(page, PAGE_REACH), '@') != NULL;
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_REACH);
    else if (event->kind == PAGE_DONE && !page->is_waiting && is_typed(page, PAGE_REACH))
        tell(page, is_mail ? PERSON_EMAIL : PERSON_PHONE, PAGE_REACH);
    else if ((event->kind == PAGE_DONE && !page->is_waiting) ||
             (is_told && page->told.how == TOLD_YES))
        welcome_go_on(page);
    else if (is_told)
        say_not_noted(page);
}

#define WHO(name_, title_, draw_, event_)                                                          \
    .name = name_, .meaning = THEME_PAPER, .icon = ICON_PERSON, .title = title_, .draw = draw_,    \
    .event = event_, .idle_s = IDLE_S

const struct scene scene_who = {WHO("who", WORDS_MARK("Who are you?"), draw_who, event_who),
                                .back = &scene_first_visit};

const struct scene scene_who_code = {WHO("who-code", NULL, draw_code, event_code)};

const struct scene scene_who_last = {
    WHO("who-last", WORDS_MARK("Who are you?"), draw_last, event_last), .back = &scene_before};

const struct scene scene_who_reach = {
    WHO("who-reach", WORDS_MARK("How do we reach you?"), draw_reach, event_reach),
    .back = &scene_who_last};
