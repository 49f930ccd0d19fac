/*
 * staff-badge, staff-pin - the way into staff mode: a badge, then its PIN. staff - what there is to
 * do, by their rights.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 60

/* --- the badge --- */

static void draw_badge(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_ask_badge(sheet, body, sheet_say(sheet, "Hold it to the reader"));
}

/* A referent's badge opens the roll-call alone; more needs a PIN. */
static void event_badge(struct page *page, const struct page_event *event)
{
    const struct told *told = &page->told;
    if (event->kind != PAGE_TOLD || told->how != TOLD_CLAIMED)
        return;
    page->person = told->person;
    page->rights = told->rights;
    page->house_rights = told->house_rights;
    snprintf(page->name, sizeof page->name, "%s", told->name);
    if (rights_take_pin(told->rights) && !told->has_pin) {
        page->problem =
            WORDS_MARK("You have no PIN yet. Ask for one from whoever looks after the station.");
    } else if (rights_take_pin(told->rights)) {
        page_go(page, &scene_staff_pin);
    } else if (rights_may(told->rights, RIGHT_ROLL_CALL)) {
        page->staff = told->person;
        snprintf(page->staff_name, sizeof page->staff_name, "%s", page->name);
        page_go(page, &scene_roll_call);
    } else {
        page->problem = WORDS_MARK("This badge opens nothing here.");
    }
}

/* --- the PIN --- */

static void draw_pin(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char title[160];
    words_format(title, sizeof title, sheet_say(sheet, "PIN of %s"), page->name);
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, title));
    bool is_narrow = layout_is_narrow(area);
    struct rect side = is_narrow ? rect_cut_top(&body, 16, 3) : rect_cut_left(&body, 60, 5);
    struct rect field = rect_cut_top(&side, 14, 3);
    struct rect problem = is_narrow ? field : rect_cut_top(&side, side.h < 24 ? side.h : 24, 0);
    if (!scene_problem(sheet, problem) || !is_narrow)
        widget_field(sheet, field, &page->typing[PAGE_PIN], "PIN", true);
    widget_keyboard(sheet, body, &page->keyboard);
}

static void take_pin(struct page *page)
{
    const struct told *told = &page->told;
    typing_clear(&page->typing[PAGE_PIN]);
    if (told->how == TOLD_YES && fact_id_is_same(told->person, page->person)) {
        page->staff = page->person;
        snprintf(page->staff_name, sizeof page->staff_name, "%s", page->name);
        page_go(page, &scene_staff);
    } else if (told->how == TOLD_LOCKED) {
        page->problem = WORDS_MARK("Too many tries. Wait some minutes.");
    } else if (!page->problem) {
        page->problem = WORDS_MARK("That PIN does not fit.");
    }
}

static void event_pin(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        typing_clear(&page->typing[PAGE_PIN]);
        page_type(page, PAGE_PIN);
    } else if (event->kind == PAGE_DONE && !page->is_waiting) {
        struct ask *ask = page_ask(page, ASK_PIN);
        snprintf(ask->text, sizeof ask->text, "%s", page_text(page, PAGE_PIN));
    } else if (event->kind == PAGE_TOLD && page->told.ask == ASK_PIN) {
        take_pin(page);
    }
}

/* --- the menu --- */

static const struct {
    const char *name, *title;
    enum icon icon;
    const struct scene *to;
    enum right right;
    bool is_house; /* of the whole house: no right of one organisation will do */
} items[] = {
    {"here", WORDS_MARK("Who is here"), ICON_HOUSE, &scene_roll_call, RIGHT_ROLL_CALL, false},
    {"people", WORDS_MARK("People and badges"), ICON_PERSON, &scene_people, RIGHT_BADGES, false},
    {"newcomers", WORDS_MARK("New people"), ICON_WAVE, &scene_newcomers, RIGHT_BADGES, false},
    {"strangers", WORDS_MARK("Unknown badges"), ICON_BADGE, &scene_strangers, RIGHT_BADGES, false},
    {"occasion", WORDS_MARK("What is on now"), ICON_FLAG, &scene_occasion, RIGHT_OCCASION, true},
    {"calendar", WORDS_MARK("Calendar"), ICON_FLAG, &scene_calendar, RIGHT_ROTA, false},
    {"proposals", WORDS_MARK("Visits to answer"), ICON_PEN, &scene_proposals, RIGHT_CORRECT, false},
    {"stick", WORDS_MARK("USB stick"), ICON_STICK, &scene_stick, RIGHT_EXPORT, false},
    {"health", WORDS_MARK("Is all well?"), ICON_HEART, &scene_health, RIGHT_MACHINE, false},
    {"clock", WORDS_MARK("Date and time"), ICON_CLOCK, &scene_clock, RIGHT_MACHINE, false},
    {"settings", WORDS_MARK("Sound, light"), ICON_SOUND, &scene_settings, RIGHT_MACHINE, false},
    {"power", WORDS_MARK("Switch off"), ICON_POWER, &scene_power, RIGHT_MACHINE, false},
};

#define FEW 10 /* more stand closer together */
#define TILE_LEAST_MM 15.0
#define ITEMS ((int)(sizeof items / sizeof items[0]))

static bool is_offered(const struct page *page, int item)
{
    return rights_may(items[item].is_house ? page->house_rights : page->rights, items[item].right);
}

/* A tile has no room for a line: how many wait for an answer stands behind what it is called. */
static void write_title(const struct sheet *sheet, int item, char *out_text, size_t size)
{
    const struct told *told = &sheet->model->page->told;
    bool is_waiting = items[item].to == &scene_proposals && told->ask == ASK_PROPOSALS &&
                      told->how == TOLD_YES && told->count;
    const char *title = sheet_say(sheet, items[item].title);
    if (is_waiting)
        snprintf(out_text, size, "%s (%d)", title, told->count);
    else
        snprintf(out_text, size, "%s", title);
}

static void draw_item(struct sheet *sheet, struct rect box, int item)
{
    char title[96];
    write_title(sheet, item, title, sizeof title);
    if (box.h < TILE_LEAST_MM) { /* the words alone, on two lines */
        widget_button(sheet, box,
                      &(struct widget_button){.name = items[item].name,
                                              .label = title,
                                              .act = {.kind = ACT_GO, .to = items[item].to},
                                              .style = WIDGET_QUIET,
                                              .cap_mm = 3.9});
        return;
    }
    widget_tile(sheet, box,
                &(struct widget_tile){.name = items[item].name,
                                      .title = title,
                                      .icon = items[item].icon,
                                      .has_icon = true,
                                      .act = {.kind = ACT_GO, .to = items[item].to}});
}

static void draw_staff(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char title[160];
    words_format(title, sizeof title, sheet_say(sheet, "Hello %s"), page->staff_name);
    struct rect body = scene_frame(sheet, area, title);
    int columns = layout_is_narrow(area) ? 2 : 4, count = 0, place = 0;
    for (int i = 0; i < ITEMS; i++)
        count += is_offered(page, i);
    double gap = count > FEW ? 2 : LAYOUT_GAP;
    for (int i = 0; i < ITEMS; i++)
        if (is_offered(page, i))
            draw_item(sheet, layout_share(body, columns, count, gap, place++), i);
}

/* The menu begins anew: what was typed for one person is not for the next. */
static void event_staff(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_ENTER)
        return;
    page->choice = -1;
    page->row = (struct row){.mark = 0};
    page->is_link = false;
    typing_clear(&page->typing[PAGE_NAME]);
    if (rights_may(page->rights, RIGHT_CORRECT))
        page_ask(page, ASK_PROPOSALS);
}

const struct scene scene_staff_badge = {.name = "staff-badge",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_KEY,
                                        .title = WORDS_MARK("Your staff badge"),
                                        .draw = draw_badge,
                                        .event = event_badge,
                                        .back = &scene_help,
                                        .claims = SCENE_CLAIMS_STAFF,
                                        .idle_s = 20};

const struct scene scene_staff_pin = {.name = "staff-pin",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_KEY,
                                      .draw = draw_pin,
                                      .event = event_pin,
                                      .back = &scene_help,
                                      .idle_s = 20};

const struct scene scene_staff = {.name = "staff",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_KEY,
                                  .draw = draw_staff,
                                  .event = event_staff,
                                  .idle_s = STAFF_IDLE_S,
                                  .is_staff = true};
