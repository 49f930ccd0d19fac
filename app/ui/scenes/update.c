/*
 * update - a new version of Perron, from the stick or the boot partition: is it to be installed?
 * update-begun - it is.
 */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STAFF_IDLE_S 120

enum { LATER, INSTALL };

struct words_said {
    enum icon icon;
    char what[300];
    const char *todo, *last;
    bool is_last_bad;
};

/* A sign, what is, what to do, and how it went last time. */
static void draw_said(struct sheet *sheet, struct rect body, const struct words_said *said)
{
    bool is_narrow = layout_is_narrow(body);
    struct rect sign =
        is_narrow ? rect_cut_top(&body, body.h * 0.3, 4) : rect_cut_left(&body, 40, 6);
    double size = sign.h < 34 ? sign.h : 34;
    sign.y += is_narrow ? sign.h - size : (sign.h - size) / 2;
    sign.h = size;
    icon_draw_on_disc(sheet->canvas, said->icon, sign, sheet_tones(sheet, THEME_QUESTION)->ground,
                      sheet->tones->ink);
    enum canvas_align align = is_narrow                        ? CANVAS_CENTRE
                              : sheet->model->mode.is_mirrored ? CANVAS_RIGHT
                                                               : CANVAS_LEFT;
    struct canvas_text texts[3];
    const char *const lines[] = {said->what, said->todo, said->last};
    int count = 0;
    for (int i = 0; i < 3; i++)
        if (lines[i] && lines[i][0])
            texts[count++] = (struct canvas_text){
                .text = lines[i],
                .cap_mm = i ? 3.8 : 5,
                .least_mm = i ? 2.8 : 3.4,
                .colour = i == 2 && !said->is_last_bad ? sheet->tones->soft : sheet->tones->ink,
                .is_bold = i == 0,
                .align = align,
                .lines = i ? 4 : 3};
    scene_stack(sheet, body, texts, count);
}

static void say_found(struct sheet *sheet, const struct told *told, struct words_said *out_said)
{
    const struct row *row = &told->rows[0];
    if (row->number[0]) {
        words_format(out_said->what, sizeof out_said->what,
                     sheet_say(sheet, "A new version of Perron: %s, signed. Install it?"),
                     row->title);
        /* That one went badly before is all that there is to know. */
        out_said->todo =
            told->rows[1].mark
                ? told->rows[1].line
                : sheet_say(sheet,
                            "The station starts again in a minute or two, and then reads badges "
                            "again. If the new version does not come up, today’s comes back.");
    } else if (row->mark) {
        words_format(out_said->what, sizeof out_said->what,
                     sheet_say(sheet, "%s cannot be installed."), row->title);
        out_said->todo = row->line;
    } else {
        words_format(out_said->what, sizeof out_said->what,
                     sheet_say(sheet, "Perron %s runs here. No other version is there."),
                     told->text);
        out_said->todo = sheet_say(sheet, "Copy the package and its .sig onto a USB stick, plug it "
                                          "in, and look at USB stick.");
    }
}

static void draw_update(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const struct told *told = &page->told;
    bool is_told = told->ask == ASK_UPDATE && told->how == TOLD_YES;
    bool is_busy = page->is_waiting && page->asked.kind == ASK_INSTALL;
    struct words_said said = {.icon = ICON_AGAIN};
    struct rect body = scene_frame(sheet, area, NULL), boxes[2];
    if (is_busy) {
        said.icon = ICON_CLOCK;
        words_format(said.what, sizeof said.what, "%s", sheet_say(sheet, "One moment"));
        said.todo = sheet_say(sheet, "It is copied and checked. Leave the stick in.");
        draw_said(sheet, body, &said);
        return;
    }
    if (is_told && told->rows[0].number[0]) {
        scene_pair(sheet, area, &body, boxes);
        widget_button(sheet, boxes[0],
                      &(struct widget_button){.name = "later",
                                              .label = sheet_say(sheet, "Not now"),
                                              .act = {.kind = ACT_CHOOSE, .value = LATER}});
        widget_button(sheet, boxes[1],
                      &(struct widget_button){.name = "install",
                                              .label = sheet_say(sheet, "Install it"),
                                              .act = {.kind = ACT_CHOOSE, .value = INSTALL},
                                              .style = WIDGET_FILLED});
    }
    if (told->ask == ASK_INSTALL && told->how != TOLD_YES) {
        said.icon = ICON_FLAG;
        words_format(said.what, sizeof said.what, "%s", sheet_say(sheet, "Nothing was installed."));
        said.todo = sheet_say(sheet, told->why);
    } else if (is_told) {
        say_found(sheet, told, &said);
        said.last = told->rows[0].number[0] ? NULL : told->rows[1].line;
        said.is_last_bad = told->rows[1].mark;
    } else {
        scene_problem_below(sheet, &body);
        return;
    }
    draw_said(sheet, body, &said);
}

static void event_update(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_UPDATE);
    else if (event->kind == PAGE_CHOOSE && event->value == LATER)
        page_go(page, &scene_staff);
    else if (event->kind == PAGE_CHOOSE && !page->is_waiting)
        page_ask(page, ASK_INSTALL);
    else if (event->kind == PAGE_TOLD && page->told.ask == ASK_INSTALL &&
             page->told.how == TOLD_YES)
        page_go(page, &scene_update_begun);
}

static void draw_begun(struct sheet *sheet, struct rect area)
{
    struct words_said said = {.icon = ICON_TICK};
    struct rect body = scene_frame(sheet, area, NULL);
    words_format(said.what, sizeof said.what, "%s", sheet_say(sheet, "It is being installed."));
    said.todo = sheet_say(sheet, "Leave the station on. It starts again in a minute or two, and "
                                 "then reads badges again. How it went is told here.");
    draw_said(sheet, body, &said);
}

static void event_begun(struct page *page, const struct page_event *event)
{
    (void)page;
    (void)event;
}

const struct scene scene_update = {.name = "update",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_AGAIN,
                                   .title = WORDS_MARK("New version"),
                                   .draw = draw_update,
                                   .event = event_update,
                                   .back = &scene_staff,
                                   .idle_s = STAFF_IDLE_S,
                                   .is_staff = true};

const struct scene scene_update_begun = {.name = "update-begun",
                                         .meaning = THEME_PAPER,
                                         .icon = ICON_AGAIN,
                                         .title = WORDS_MARK("New version"),
                                         .draw = draw_begun,
                                         .event = event_begun,
                                         .back = &scene_staff,
                                         .idle_s = STAFF_IDLE_S,
                                         .is_staff = true};
