/*
 * present - a sentence about themselves, for who likes to. shown - what others may see of them, a
 * yes or a no for each. agreed - the same on another day, and whether newcomers may be offered
 * them.
 */
#include <stdio.h>
#include <string.h>

#include "app/domain/consent.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 90

static void draw_present(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large;
    struct rect body = is_large ? scene_frame(sheet, area, "") : welcome_frame(sheet, area, NULL);
    struct rect box = rect_cut_top(&body, widget_field_mm(sheet, body), 1);
    if (!scene_problem(sheet, box))
        widget_field(
            sheet, box, &page->typing[PAGE_LINE],
            is_large ? sheet_say(sheet, "A sentence")
                     : sheet_say(sheet, "A sentence about you, if you like; nobody sees it yet"),
            false);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void event_present(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_type(page, PAGE_LINE);
    else if (event->kind == PAGE_DONE)
        page_go(page, &scene_shown);
}

/* --- what others may see --- */

static const struct field {
    const char *name, *title;
} fields[] = {
    [CONSENT_NAME] = {"show-name", WORDS_MARK("My first name on the wall")},
    [CONSENT_LINE] = {"show-line", WORDS_MARK("My sentence")},
    [CONSENT_SKILLS] = {"show-skills", WORDS_MARK("What I like and can do")},
    [CONSENT_HERE] = {"show-here", WORDS_MARK("That I am here now")},
    [CONSENT_BUDDY] = {"be-buddy", WORDS_MARK("I look after newcomers")},
};

#define FIELDS CONSENT_BUDDY /* that are asked on a first visit */

enum { SKIP = CONSENT_COUNT, GO_ON };

/* Nothing to show of who wrote nothing. */
static bool is_asked(const struct page *page, int field)
{
    const char *line = page_text(page, PAGE_LINE);
    return field != CONSENT_LINE || line[strspn(line, " ")];
}

static struct widget_tile tile_of(const struct sheet *sheet, int field, bool is_given)
{
    return (struct widget_tile){.name = fields[field].name,
                                .title = sheet_say(sheet, fields[field].title),
                                .line = is_given ? sheet_say(sheet, "Yes") : sheet_say(sheet, "No"),
                                .icon = is_given ? ICON_TICK : ICON_MINUS,
                                .has_icon = true,
                                .is_chosen = is_given,
                                .act = {.kind = ACT_CHOOSE, .value = field}};
}

static void draw_shown(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct widget_tile tiles[FIELDS];
    int count = 0;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {{"skip", sheet_say(sheet, "Not today"), SKIP},
                                          {"go-on", sheet_say(sheet, "Go on"), GO_ON}};
    welcome_foot(sheet, area, &body, foot, 2);
    for (int i = 0; i < FIELDS; i++)
        if (is_asked(page, i))
            tiles[count++] = tile_of(sheet, i, page->way.consents >> i & 1);
    scene_tiles(sheet, body, tiles, count, layout_is_narrow(area) ? 1 : 2);
}

static void event_shown(struct page *page, const struct page_event *event)
{
    if (welcome_hear(page, event) || event->kind != PAGE_CHOOSE)
        return;
    if (event->value < FIELDS) {
        page->way.consents ^= 1u << event->value;
        return;
    }
    struct ask *ask = welcome_say(page, event->value == GO_ON ? NEWCOMER_DONE : NEWCOMER_SKIPPED);
    if (!ask || event->value != GO_ON)
        return;
    ask->bits[0] = page->way.consents;
    snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_LINE));
}

/* --- on another day --- */

static void draw_agreed(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct widget_tile tiles[CONSENT_COUNT];
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_WAY && page->told.ask != ASK_CONSENT)
        return;
    for (int i = 0; i < CONSENT_COUNT; i++)
        tiles[i] = tile_of(sheet, i, page->way.consents >> i & 1);
    scene_tiles(sheet, body, tiles, CONSENT_COUNT, layout_is_narrow(area) ? 1 : 2);
}

/* A touch counts at once: what is seen is how it is. */
static void event_agreed(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page_ask(page, ASK_WAY);
    } else if (event->kind == PAGE_CHOOSE) {
        struct ask *ask = page_ask(page, ASK_CONSENT);
        ask->number[0] = event->value;
        ask->number[1] = !(page->way.consents >> event->value & 1);
    } else if (event->kind == PAGE_TOLD && page->told.how == TOLD_YES) {
        page->way.consents = page->told.consents;
    } else if (event->kind == PAGE_TOLD && !page->problem) {
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    }
}

const struct scene scene_agreed = {.name = "agreed",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_PEOPLE,
                                   .title = WORDS_MARK("What others see"),
                                   .draw = draw_agreed,
                                   .event = event_agreed,
                                   .back = &scene_rest,
                                   .idle_s = 40,
                                   .is_private = true};

const struct scene scene_present = {.name = "present",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_PEN,
                                    .title = WORDS_MARK("Introduce yourself"),
                                    .draw = draw_present,
                                    .event = event_present,
                                    .idle_s = IDLE_S};

const struct scene scene_shown = {.name = "shown",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_PEOPLE,
                                  .title = WORDS_MARK("May others see this?"),
                                  .draw = draw_shown,
                                  .event = event_shown,
                                  .back = &scene_present,
                                  .idle_s = IDLE_S};
