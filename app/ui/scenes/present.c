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
#define AIR_MM 1.2

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

/* What is asked about, and the answer in a word. */
static void draw_field(struct sheet *sheet, struct rect box, int field)
{
    bool is_given = sheet->model->page->way.consents >> field & 1;
    bool is_pressed =
        widget_tile_box(sheet, box,
                        &(struct widget_tile){.name = fields[field].name,
                                              .is_chosen = is_given,
                                              .act = {.kind = ACT_CHOOSE, .value = field}});
    uint32_t ink = is_pressed ? sheet->tones->ground : sheet->tones->ink;
    struct rect inside = rect_inset(box, 2.4);
    rect_cut_left(&inside, sheet->model->mode.is_large ? 0 : AIR_MM, 0);
    struct rect answer = rect_cut_right(&inside, sheet->model->mode.is_large ? 8 : 21, 2);
    const struct canvas_text title = {.text = sheet_say(sheet, fields[field].title),
                                      .cap_mm = 4.2,
                                      .least_mm = 3.2,
                                      .one_line_mm = 3.8,
                                      .colour = ink,
                                      .is_bold = true,
                                      .lines = 3,
                                      .is_middle = true};
    const struct canvas_text said = {.text = is_given ? sheet_say(sheet, "Yes")
                                                      : sheet_say(sheet, "No"),
                                     .cap_mm = 4.2,
                                     .colour = ink,
                                     .is_bold = is_given,
                                     .is_middle = true};
    canvas_text(sheet->canvas, inside, &title);
    icon_draw(sheet->canvas, is_given ? ICON_TICK : ICON_MINUS,
              rect_inset(rect_cut_left(&answer, 8, 1), 1), ink);
    if (!sheet->model->mode.is_large)
        canvas_text(sheet->canvas, answer, &said);
}

/* Nothing to show of who wrote nothing: that is not asked on a first visit. */
static int list_asked(const struct page *page, bool is_first_visit, int asked[CONSENT_COUNT])
{
    int count = 0;
    const char *line = page_text(page, PAGE_LINE);
    bool has_line = line[strspn(line, " ")] != 0;
    for (int i = 0; i < (is_first_visit ? FIELDS : CONSENT_COUNT); i++)
        if (i != CONSENT_LINE || has_line || !is_first_visit)
            asked[count++] = i;
    return count;
}

static void draw_first_row(struct sheet *sheet, struct rect box, int index)
{
    int asked[CONSENT_COUNT];
    list_asked(sheet->model->page, true, asked);
    draw_field(sheet, box, asked[index]);
}

static void draw_fields(struct sheet *sheet, struct rect area, struct rect body,
                        bool is_first_visit)
{
    int asked[CONSENT_COUNT], count = list_asked(sheet->model->page, is_first_visit, asked);
    int columns = layout_is_narrow(area) ? 1 : 2;
    if (sheet->model->mode.is_large)
        widget_list(sheet, body,
                    &(struct widget_list){.count = count,
                                          .first = sheet->model->page->first,
                                          .row_mm = layout_is_narrow(area) ? 36 : 18,
                                          .draw = is_first_visit ? draw_first_row : draw_field});
    for (int i = 0; !sheet->model->mode.is_large && i < count; i++)
        draw_field(sheet, layout_share(body, columns, count, LAYOUT_GAP, i), asked[i]);
}

static void draw_shown(struct sheet *sheet, struct rect area)
{
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"skip", welcome_skip(sheet, WORDS_MARK("Not today")), SKIP, WELCOME_WORDS},
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 2);
    draw_fields(sheet, area, body, true);
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

#define PROBLEM_MM 12.0
#define CELLS (CONSENT_COUNT + 1)

/* All of them need the whole page: a problem takes the title's place, or that of a tile. */
static void draw_agreed(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool has_problem = page->problem && !sheet->model->mode.is_large;
    bool is_narrow = layout_is_narrow(area);
    struct rect body = scene_frame(sheet, area, has_problem && is_narrow ? "" : NULL);
    if (page->told.ask != ASK_WAY && page->told.ask != ASK_CONSENT)
        return;
    if (has_problem && is_narrow)
        scene_problem(sheet, rect_cut_top(&body, PROBLEM_MM, LAYOUT_GAP));
    if (!has_problem || is_narrow) {
        draw_fields(sheet, area, body, false);
        return;
    }
    scene_problem(sheet, layout_cell(body, 2, CELLS / 2, LAYOUT_GAP, 0));
    for (int i = 0; i < CONSENT_COUNT; i++)
        draw_field(sheet, layout_cell(body, 2, CELLS / 2, LAYOUT_GAP, i + 1), i);
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
                                    .idle_s = IDLE_S,
                                    .back = &scene_before};

const struct scene scene_shown = {.name = "shown",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_PEOPLE,
                                  .title = WORDS_MARK("May others see this?"),
                                  .draw = draw_shown,
                                  .event = event_shown,
                                  .back = &scene_present,
                                  .idle_s = IDLE_S};
