/*
 * present - a sentence about themselves, for who likes to. shown - what others may see of them, a
 * yes or a no for each.
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
        widget_field(sheet, box, &page->typing[PAGE_LINE],
                     is_large
                         ? sheet_say(sheet, "A sentence")
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
};

#define FIELDS ((int)(sizeof fields / sizeof fields[0]))

enum { SKIP = FIELDS, GO_ON };

/* Nothing to show of who wrote nothing. */
static bool is_asked(const struct page *page, int field)
{
    const char *line = page_text(page, PAGE_LINE);
    return field != CONSENT_LINE || line[strspn(line, " ")];
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
    for (int i = 0; i < FIELDS; i++) {
        bool is_given = page->way.consents >> i & 1;
        if (is_asked(page, i))
            tiles[count++] = (struct widget_tile){
                .name = fields[i].name,
                .title = sheet_say(sheet, fields[i].title),
                .line = is_given ? sheet_say(sheet, "Yes, show it") : sheet_say(sheet, "No"),
                .icon = is_given ? ICON_TICK : ICON_MINUS,
                .has_icon = true,
                .is_chosen = is_given,
                .act = {.kind = ACT_CHOOSE, .value = i}};
    }
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
