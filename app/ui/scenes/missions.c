/* missions - what fits somebody, each with the reason. role - one of them, page by page. */
#include <stdio.h>

#include "app/ui/reading.h"
#include "app/ui/shift_row.h"
#include "app/ui/welcome.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 120
#define REASON_BYTES 400

enum { SHAPE = GUIDE_MISSIONS_MAX, SKIP, GO_ON };

static const struct guide_mission *mission_of(const struct page *page, int index)
{
    const struct guide *guide = page->way.guide;
    int mission = page->told.rows[index].number[0];
    return guide && mission >= 0 && mission < guide->mission_count ? &guide->missions[mission]
                                                                   : NULL;
}

/* The tile that speaks for it; "" where none does. */
static const char *liked_or_known(const struct sheet *sheet, const struct row *row)
{
    const struct guide *guide = sheet->model->page->way.guide;
    const struct guide_tiles *tiles = &guide->tiles[row->mark > 0 ? GUIDE_LIKES : GUIDE_SKILLS];
    int tile = row->mark > 0 ? row->mark - 1 : -row->mark - 1;
    return row->mark && tile < tiles->count ? tiles->rows[tile].names[sheet->model->language] : "";
}

/* Why it fits: what they like or can, and when hands are needed. */
static void write_reason(const struct sheet *sheet, const struct row *row, char *out_text,
                         size_t size)
{
    enum language language = sheet->model->language;
    char why[200] = "", when[160] = "", day[WORDS_TIME_SIZE];
    const char *what = liked_or_known(sheet, row);
    if (what[0])
        words_format(why, sizeof why,
                     sheet_say(sheet, row->mark > 0 ? WORDS_MARK("You like: %s")
                                                    : WORDS_MARK("You can: %s")),
                     what);
    if (row->number[1] && row->at_ms)
        words_format(when, sizeof when, sheet_say(sheet, "hands needed on %s"),
                     words_weekday(language, row->at_ms, day, sizeof day));
    snprintf(out_text, size, "%s%s%s", why, why[0] && when[0] ? " · " : "", when);
}

/* Where both reasons have no room, the first; the role sheet says both. */
static void write_shortest(const struct sheet *sheet, struct rect inside, const struct row *row,
                           char out_text[REASON_BYTES])
{
    struct row less = *row;
    const struct canvas_text line = {.text = out_text, .cap_mm = 3};
    inside.h = sheet->model->mode.is_large ? 1.7 * THEME_LARGE_MM : 6; /* one line */
    write_reason(sheet, row, out_text, REASON_BYTES);
    if (!row->mark || canvas_text_fits(sheet->canvas, inside, &line))
        return;
    less.number[1] = 0;
    write_reason(sheet, &less, out_text, REASON_BYTES);
    if (!canvas_text_fits(sheet->canvas, inside, &line))
        snprintf(out_text, REASON_BYTES, "%s", liked_or_known(sheet, row));
}

static void draw_mission(struct sheet *sheet, struct rect box, int index)
{
    const struct page *page = sheet->model->page;
    const struct guide_mission *mission = mission_of(page, index);
    char why[REASON_BYTES];
    if (!mission)
        return;
    bool is_chosen = page->way.missions >> page->told.rows[index].number[0] & 1;
    bool is_pressed =
        widget_tile_box(sheet, box,
                        &(struct widget_tile){.name = mission->key,
                                              .is_chosen = is_chosen,
                                              .act = {.kind = ACT_CHOOSE, .value = index}});
    struct rect inside = rect_inset(box, 2.4);
    if (is_chosen && !sheet->model->mode.is_large)
        icon_draw(sheet->canvas, ICON_TICK, rect_cut_right(&inside, 7, 2),
                  is_pressed ? sheet->tones->ground : sheet->tones->ink);
    write_shortest(sheet, inside, &page->told.rows[index], why);
    shift_row_words(sheet, inside, mission->names[sheet->model->language], why, is_pressed);
}

static void draw_missions(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    bool is_large = sheet->model->mode.is_large, has_chosen = page->way.missions != 0;
    struct rect body = welcome_frame(sheet, area, NULL);
    const struct welcome_button foot[] = {
        {"skip", welcome_skip(sheet, WORDS_MARK("Skip")), SKIP, WELCOME_WORDS},
        {"shape", sheet_say(sheet, "Something else"), SHAPE, WELCOME_WORDS},
        {"go-on", sheet_say(sheet, "Go on"), GO_ON, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, has_chosen ? foot + 1 : foot, 2); /* who chose skips nothing */
    if (page->told.ask != ASK_MISSIONS || page->told.how != TOLD_YES)
        return;
    if (!page->told.count)
        welcome_alone(sheet, body,
                      sheet_say(sheet, "Nothing here fits. Touch “Something else”, and we look "
                                       "for it together."));
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = is_large ? 34 : WELCOME_ROW_MM,
                                      .columns = layout_is_narrow(area) || is_large ? 1 : 2,
                                      .draw = draw_mission});
}

static void say(struct page *page, enum newcomer_how how, bool wants_shaping)
{
    struct ask *ask = welcome_say(page, how);
    if (!ask)
        return;
    ask->bits[0] = page->way.missions;
    ask->bits[1] = wants_shaping;
}

static void event_missions(struct page *page, const struct page_event *event)
{
    if (!page->way.guide || welcome_hear(page, event))
        return;
    if (event->kind == PAGE_ENTER) {
        if (!page->way.missions)
            page->way.missions = guide_mission_bits(page->way.guide, page->way.newcomer.missions);
        page_ask(page, ASK_MISSIONS);
    }
    if (event->kind != PAGE_CHOOSE)
        return;
    if (event->value == SKIP) {
        say(page, NEWCOMER_SKIPPED, false);
    } else if (event->value == SHAPE || event->value == GO_ON) {
        say(page, NEWCOMER_DONE, event->value == SHAPE);
    } else if (page->told.ask == ASK_MISSIONS && event->value < page->told.count) {
        page->choice = page->told.rows[event->value].number[0];
        page->way.screen = 0;
        page_go(page, &scene_role);
    }
}

/* --- a role sheet --- */

enum { NOT_FOR_ME, TURN, FOR_ME };

static const struct guide_mission *chosen(const struct page *page)
{
    const struct guide *guide = page->way.guide;
    return guide && page->choice >= 0 && page->choice < guide->mission_count
               ? &guide->missions[page->choice]
               : NULL;
}

/* Below a page of the sheet: why it fits, on the first; on the last, with whom it is. */
static void write_below(const struct sheet *sheet, bool is_last, char out_text[REASON_BYTES])
{
    const struct page *page = sheet->model->page;
    const struct guide_mission *mission = chosen(page);
    out_text[0] = 0;
    for (int i = 0; page->told.ask == ASK_MISSIONS && i < page->told.count; i++)
        if (page->way.screen == 0 && page->told.rows[i].number[0] == page->choice)
            write_reason(sheet, &page->told.rows[i], out_text, REASON_BYTES);
    if (is_last && mission->referent[0])
        words_format(out_text, REASON_BYTES, sheet_say(sheet, "With: %s"), mission->referent);
}

/* The house's own words come first: left out where they need the room. */
static void draw_below(struct sheet *sheet, struct rect *body, const struct guide_page *said,
                       const char *below)
{
    struct rect rest = *body;
    struct rect box = rect_cut_bottom(&rest, layout_is_narrow(rest) ? 11 : 7, 1);
    const struct canvas_text line = {.text = below,
                                     .cap_mm = 3.8,
                                     .least_mm = 3,
                                     .colour = sheet->tones->soft,
                                     .is_middle = true,
                                     .lines = 2};
    if (!below[0] || sheet->model->mode.is_large || !canvas_text_fits(sheet->canvas, box, &line) ||
        !reading_fits(sheet->canvas, rest, said->title, said->body))
        return;
    canvas_text(sheet->canvas, box, &line);
    *body = rest;
}

static void draw_role(struct sheet *sheet, struct rect area)
{
    char below[REASON_BYTES];
    const struct page *page = sheet->model->page;
    const struct guide_mission *mission = chosen(page);
    if (!mission)
        return;
    const struct guide_text *sheet_text = &mission->sheets[sheet->model->language];
    struct rect body = scene_frame(sheet, area, mission->names[sheet->model->language]);
    int at = page->way.screen < sheet_text->count ? page->way.screen : sheet_text->count - 1;
    bool is_last = at + 1 >= sheet_text->count;
    const struct welcome_button foot[] = {
        {"not-for-me",
         is_last || !sheet->model->mode.is_large ? sheet_say(sheet, "Not for me") : NULL,
         NOT_FOR_ME, WELCOME_WORDS},
        {"turn", is_last ? NULL : sheet_say(sheet, "Next page"), TURN, WELCOME_ONWARD},
        {"for-me", sheet_say(sheet, "I’d like that"), FOR_ME, WELCOME_MAIN}};
    welcome_foot(sheet, area, &body, foot, 3);
    if (at < 0)
        return;
    write_below(sheet, is_last, below);
    draw_below(sheet, &body, &sheet_text->pages[at], below);
    if (sheet->model->mode.is_large)
        reading_draw_from(sheet, body, sheet_text->pages[at].title, sheet_text->pages[at].body,
                          page->first);
    else
        reading_draw(sheet, body, sheet_text->pages[at].title, sheet_text->pages[at].body);
}

static void event_role(struct page *page, const struct page_event *event)
{
    struct page_way *way = &page->way;
    if (event->kind != PAGE_CHOOSE || page->choice < 0)
        return;
    if (event->value == TURN) {
        way->screen++;
        page->first = 0;
        return;
    }
    if (event->value == FOR_ME)
        way->missions |= 1u << page->choice;
    else
        way->missions &= ~(1u << page->choice);
    page_go(page, &scene_missions);
}

const struct scene scene_missions = {.name = "missions",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_HANDS,
                                     .title = WORDS_MARK("What fits you"),
                                     .draw = draw_missions,
                                     .event = event_missions,
                                     .idle_s = IDLE_S,
                                     .back = &scene_before};

const struct scene scene_role = {.name = "role",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_HANDS,
                                 .draw = draw_role,
                                 .event = event_role,
                                 .back = &scene_missions,
                                 .idle_s = IDLE_S};
