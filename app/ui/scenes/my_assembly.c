/*
 * my-assembly - an assembly to come, and who votes for somebody who can't. proxy-given - it is
 * noted.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 30
#define LINE_BYTES 400

enum { GIVE, TAKE_BACK, UNDO, DONE };

static void draw_button(struct sheet *sheet, struct rect box, int which, const char *name,
                        const char *label)
{
    widget_button(
        sheet, box,
        &(struct widget_button){.name = name,
                                .label = label,
                                .act = {.kind = ACT_CHOOSE, .value = which},
                                .style = which == DONE ? WIDGET_FILLED : WIDGET_OUTLINED});
}

static const char *say_holder(const struct sheet *sheet, const struct row *row, char *out_text,
                              size_t size)
{
    if (!row->mark)
        return sheet_say(sheet, "You are expected, and vote yourself.");
    return words_format(out_text, size, sheet_say(sheet, "%s votes for you"), row->line);
}

static void draw_assembly(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    const struct row *row = &page->row;
    char when[SCENE_WHEN_SIZE], holder[LINE_BYTES];
    struct rect foot[2], body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    scene_pair(sheet, area, &body, foot);
    scene_problem_below(sheet, &body);
    const struct canvas_text texts[] = {{.text = row->title,
                                         .cap_mm = 5.2,
                                         .least_mm = 4,
                                         .colour = sheet->tones->ink,
                                         .is_bold = true,
                                         .lines = 3},
                                        {.text = scene_when(sheet, row, when),
                                         .cap_mm = 4.6,
                                         .least_mm = 3.6,
                                         .colour = sheet->tones->ink,
                                         .lines = 3},
                                        {.text = say_holder(sheet, row, holder, sizeof holder),
                                         .cap_mm = 4,
                                         .least_mm = 3.2,
                                         .colour = sheet->tones->soft,
                                         .lines = 3}};
    scene_stack(sheet, body, texts, 3);
    draw_button(sheet, foot[0], GIVE, "give",
                row->mark ? sheet_say(sheet, "Somebody else") : sheet_say(sheet, "I can’t come"));
    if (row->mark)
        draw_button(sheet, foot[1], TAKE_BACK, "take-back",
                    sheet_say(sheet, "I’ll come after all"));
}

static void event_assembly(struct page *page, const struct page_event *event)
{
    bool is_told = event->kind == PAGE_TOLD && page->told.ask == ASK_PROXY;
    if (event->kind == PAGE_CHOOSE && event->value == GIVE) {
        typing_clear(&page->typing[PAGE_NAME]);
        page->told.ask = ASK_NOTHING; /* what was refused before is past */
        page_go(page, &scene_proxy_name);
    } else if (event->kind == PAGE_CHOOSE && event->value == TAKE_BACK && !page->is_waiting) {
        struct ask *ask = page_ask(page, ASK_PROXY);
        ask->fact = page->row.id;
        ask->number[0] = -1;
    } else if (is_told && page->told.how == TOLD_YES) {
        page->row.mark = 0;
    } else if (is_told && !page->problem) {
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    }
}

static void draw_given(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    char given[LINE_BYTES];
    bool is_back = page->told.ask == ASK_TAKE_BACK && page->told.how == TOLD_YES;
    struct rect foot[2], body = scene_frame(sheet, area, scene_typing_title(sheet, page->name));
    scene_pair(sheet, area, &body, foot);
    scene_problem_below(sheet, &body);
    words_format(given, sizeof given, sheet_say(sheet, "Noted: %s votes for you"), page->row.line);
    const struct canvas_text text = {
        .text = is_back ? sheet_say(sheet, "It is taken back, as it was before.") : given,
        .cap_mm = 5.2,
        .least_mm = 4,
        .colour = sheet->tones->ink,
        .is_bold = true,
        .lines = 6};
    scene_stack(sheet, body, &text, 1);
    if (page->told.ask == ASK_PROXY && !fact_id_is_none(page->told.rows[0].id))
        draw_button(sheet, foot[0], UNDO, "undo", sheet_say(sheet, "Undo"));
    draw_button(sheet, foot[1], DONE, "done", sheet_say(sheet, "Done"));
}

static void event_given(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_CHOOSE && event->value == UNDO)
        page_ask(page, ASK_TAKE_BACK)->fact = page->told.rows[0].id;
    else if (event->kind == PAGE_CHOOSE)
        page_go(page, &scene_mine);
}

const struct scene scene_my_assembly = {.name = "my-assembly",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_FLAG,
                                        .draw = draw_assembly,
                                        .event = event_assembly,
                                        .back = &scene_mine,
                                        .idle_s = IDLE_S,
                                        .is_private = true};

const struct scene scene_proxy_given = {.name = "proxy-given",
                                        .meaning = THEME_PAPER,
                                        .icon = ICON_TICK,
                                        .draw = draw_given,
                                        .event = event_given,
                                        .back = &scene_mine,
                                        .idle_s = 20,
                                        .is_private = true};
