/*
 * sign-up - whose badge? signed-up - who is expected, with a way back; or why not, and other days.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

enum { OTHERS, UNDO, DONE };

/* --- whose badge? --- */

static void draw_sign_up(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_ask_badge(sheet, body, sheet_say(sheet, "Then you are signed up"));
}

static void event_sign_up(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_TOLD && scene_take_badge(page))
        page_go(page, &scene_signed_up);
}

/* --- what came of it --- */

static void draw_foot(struct sheet *sheet, struct rect box, int which, const char *name,
                      const char *label, enum widget_style style)
{
    widget_button(sheet, box,
                  &(struct widget_button){.name = name,
                                          .label = label,
                                          .act = {.kind = ACT_CHOOSE, .value = which},
                                          .style = style,
                                          .cap_mm = 5});
}

static bool has_signed_up(const struct page *page)
{
    return page->told.ask == ASK_SIGN_UP && page->told.how == TOLD_YES;
}

static bool is_taken_back(const struct page *page)
{
    return page->told.ask == ASK_TAKE_BACK && page->told.how == TOLD_YES;
}

static void draw_outcome(struct sheet *sheet, struct rect box, const char *headline, bool has_when)
{
    const struct row *row = &sheet->model->page->row;
    char when[SCENE_WHEN_SIZE];
    const struct canvas_text texts[] = {{.text = headline,
                                         .cap_mm = 5.6,
                                         .least_mm = 4,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .lines = 10},
                                        {.text = scene_when(sheet, row, when),
                                         .cap_mm = 4.8,
                                         .least_mm = 4,
                                         .colour = sheet->tones->ink,
                                         .lines = 2},
                                        {.text = row->title,
                                         .cap_mm = 4.4,
                                         .least_mm = 3.6,
                                         .colour = sheet->tones->soft,
                                         .lines = 2}};
    scene_stack(sheet, box, texts, has_when ? 3 : 1);
}

static const char *headline_of(const struct sheet *sheet, char *out_text, size_t size)
{
    const struct page *page = sheet->model->page;
    if (has_signed_up(page))
        return words_format(out_text, size, sheet_say(sheet, "Thank you, %s: you are expected."),
                            page->name);
    if (is_taken_back(page))
        return sheet_say(sheet, "It is taken back: nobody expects you.");
    if (page->told.how != TOLD_YES && page->told.why[0])
        return sheet_say(sheet, page->told.why);
    return sheet_say(sheet, page->is_waiting
                                ? WORDS_MARK("One moment")
                                : WORDS_MARK("That was not noted. Tell someone here."));
}

static void draw_signed_up(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char headline[256];
    struct rect body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    bool is_done = has_signed_up(page);
    /* In large letters a refusal needs the room, and Back leads away as well. */
    bool is_alone = !is_done && sheet->model->mode.is_large;
    struct rect foot[2];
    if (is_alone)
        foot[0] = rect_cut_bottom(&body, LAYOUT_LEAST_MM + 1, 1);
    else
        scene_pair(sheet, area, &body, foot);
    draw_outcome(sheet, body, headline_of(sheet, headline, sizeof headline), is_done);
    if (page->is_waiting)
        return;
    if (is_done && !fact_id_is_none(page->told.rows[0].id))
        draw_foot(sheet, foot[0], UNDO, "undo", sheet_say(sheet, "Undo"), WIDGET_OUTLINED);
    else
        draw_foot(sheet, foot[0], OTHERS, "others", sheet_say(sheet, "Other shifts"),
                  is_done ? WIDGET_OUTLINED : WIDGET_FILLED);
    if (!is_alone)
        draw_foot(sheet, foot[1], DONE, "done", sheet_say(sheet, "Done"),
                  is_done ? WIDGET_FILLED : WIDGET_OUTLINED);
}

static void event_signed_up(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER) {
        page->told.ask = ASK_NOTHING;
        page->told.why[0] = 0;
        page_ask_shift(page, ASK_SIGN_UP);
    } else if (event->kind == PAGE_TOLD) {
        page->problem = NULL; /* it is the headline */
    } else if (event->kind == PAGE_CHOOSE && event->value == UNDO) {
        page_ask(page, ASK_TAKE_BACK)->fact = page->told.rows[0].id;
    } else if (event->kind == PAGE_CHOOSE) {
        page_go(page, event->value == OTHERS ? &scene_shifts : NULL);
    }
}

const struct scene scene_sign_up = {.name = "sign-up",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_BADGE,
                                    .title = WORDS_MARK("Tap your badge"),
                                    .draw = draw_sign_up,
                                    .event = event_sign_up,
                                    .back = &scene_shift,
                                    .claims = SCENE_CLAIMS_KNOWN,
                                    .idle_s = 20};

const struct scene scene_signed_up = {.name = "signed-up",
                                      .meaning = THEME_PAPER,
                                      .icon = ICON_TICK,
                                      .title = WORDS_MARK("Can you help?"),
                                      .draw = draw_signed_up,
                                      .event = event_signed_up,
                                      .back = &scene_shifts,
                                      .idle_s = 20,
                                      .is_personal = true};
