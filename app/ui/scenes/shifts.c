/* shifts - the coming two weeks, where hands are needed first. shift - one of them, and "I'm in".
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define IDLE_S 40

/* Whose page it is, where somebody is known; else what it is about. */
static const char *title_of(const struct sheet *sheet)
{
    return page_is_own(sheet->model->page) ? sheet->model->page->name : NULL;
}

/* --- the list --- */

static const char *say_hands(const struct sheet *sheet, const struct row *row, char *out_text,
                             size_t size)
{
    if (row->number[1])
        return words_format(out_text, size,
                            words_plural(sheet->model->language, "%d hand needed",
                                         "%d hands needed", row->number[1]),
                            row->number[1]);
    return row->mark ? sheet_say(sheet, "full") : sheet_say(sheet, "everybody is welcome");
}

static bool is_stacked(const struct sheet *sheet, struct rect box)
{
    return sheet->model->mode.is_large || box.w < 90;
}

/* What it is at the left, when and whom it lacks at the right; one below the other if narrow. */
static void draw_row(struct sheet *sheet, struct rect box, int index)
{
    const struct row *row = &sheet->model->page->told.rows[index];
    char name[24], hands[80], when[SCENE_WHEN_SIZE];
    snprintf(name, sizeof name, "shift-%d", index + 1);
    bool is_pressed = widget_tile_box(
        sheet, box,
        &(struct widget_tile){.name = name, .act = {.kind = ACT_CHOOSE, .value = index}});
    const struct theme_tones *tones = sheet->tones;
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    uint32_t soft = is_pressed ? tones->ground : tones->soft;
    const struct canvas_text texts[] = {{.text = row->title,
                                         .cap_mm = 4.2,
                                         .least_mm = 3.2,
                                         .colour = ink,
                                         .is_bold = true,
                                         .lines = 2},
                                        {.text = scene_when(sheet, row, when),
                                         .cap_mm = 3.6,
                                         .least_mm = 3,
                                         .colour = ink,
                                         .lines = 2},
                                        {.text = say_hands(sheet, row, hands, sizeof hands),
                                         .cap_mm = 3.6,
                                         .least_mm = 3,
                                         .colour = row->number[1] ? ink : soft,
                                         .is_bold = row->number[1] != 0}};
    struct rect inside = {box.x + 3, box.y + 1, box.w - 6, box.h - 2};
    if (is_stacked(sheet, inside)) {
        scene_stack(sheet, inside, texts, 3);
        return;
    }
    scene_stack(sheet, rect_cut_left(&inside, inside.w * 0.44, 3), texts, 1);
    scene_stack(sheet, inside, texts + 1, 2);
}

static double row_mm(const struct sheet *sheet, struct rect body)
{
    if (sheet->model->mode.is_large)
        return body.w < 90 ? 70 : 44;
    return body.w < 90 ? 29 : 17.4;
}

static void draw_shifts(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, title_of(sheet));
    scene_problem_below(sheet, &body);
    if (page->told.ask != ASK_SHIFTS)
        return;
    if (!page->told.count && !page->problem)
        widget_paragraph(sheet, body,
                         sheet_say(sheet, "Nothing is planned for the next two weeks."), 4.6);
    widget_list(sheet, body,
                &(struct widget_list){.count = page->told.count,
                                      .first = page->first,
                                      .row_mm = row_mm(sheet, body),
                                      .draw = draw_row});
}

static void event_shifts(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask(page, ASK_SHIFTS);
    if (event->kind != PAGE_CHOOSE || event->value >= page->told.count)
        return;
    page->row = page->told.rows[event->value];
    page_go(page, &scene_shift);
}

/* --- one of them --- */

enum { IN, OTHERS };

static void write_about(const struct sheet *sheet, const struct row *row, char *out_text,
                        size_t size)
{
    static const char *const says[] = {[ASK_ABOUT_PLACE] = WORDS_MARK("Where: %s"),
                                       [ASK_ABOUT_REFERENT] = WORDS_MARK("With: %s"),
                                       [ASK_ABOUT_CIRCLE] = WORDS_MARK("For the circle: %s"),
                                       [ASK_ABOUT_SKILL] = WORDS_MARK("Good to know: %s"),
                                       [ASK_ABOUT_WORD] = WORDS_MARK("Last time: %s")};
    words_format(out_text, size, sheet_say(sheet, says[row->number[0]]), row->line);
}

/* What it is and when. */
static void draw_what(struct sheet *sheet, struct rect box)
{
    const struct row *row = &sheet->model->page->row;
    uint32_t ink = sheet->tones->ink;
    char when[SCENE_WHEN_SIZE], hands[80];
    const struct canvas_text texts[] = {{.text = row->title,
                                         .cap_mm = 5.2,
                                         .least_mm = 4,
                                         .colour = ink,
                                         .is_bold = true,
                                         .lines = 3},
                                        {.text = scene_when(sheet, row, when),
                                         .cap_mm = 4.6,
                                         .least_mm = 4,
                                         .colour = ink,
                                         .lines = 2},
                                        {.text = say_hands(sheet, row, hands, sizeof hands),
                                         .cap_mm = 4.2,
                                         .least_mm = 3.6,
                                         .colour = ink}};
    scene_stack(sheet, box, texts, 3);
}

#define ABOUT_MAX 5 /* what comes first matters most: the others go where they have no room */

static void draw_about(struct sheet *sheet, struct rect box)
{
    const struct told *told = &sheet->model->page->told;
    char about[ABOUT_MAX][280];
    struct canvas_text texts[ABOUT_MAX];
    int count = 0;
    bool is_large = sheet->model->mode.is_large;
    if (is_large && box.h < 30) /* what it is and when comes first */
        return;
    for (; told->ask == ASK_SHIFT && count < told->count && count < ABOUT_MAX; count++) {
        write_about(sheet, &told->rows[count], about[count], sizeof about[count]);
        texts[count] = (struct canvas_text){.text = about[count],
                                            .cap_mm = 3.8,
                                            .least_mm = 3,
                                            .colour = sheet->tones->soft,
                                            .lines = is_large ? 5 : 3};
    }
    while (count > 1 && !scene_stack_fits(sheet, box, texts, count))
        count--;
    scene_stack(sheet, box, texts, count);
}

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

static void draw_shift(struct sheet *sheet, struct rect area)
{
    const struct page *page = sheet->model->page;
    struct rect body = scene_frame(sheet, area, title_of(sheet));
    struct rect foot = rect_cut_bottom(&body, 20, LAYOUT_GAP);
    scene_problem_below(sheet, &body);
    bool is_one = layout_is_narrow(area) || sheet->model->mode.is_large;
    struct rect what = is_one ? rect_cut_top(&body, body.h * (layout_is_narrow(area) ? 0.5 : 1), 3)
                              : rect_cut_left(&body, body.w * 0.54, 5);
    draw_what(sheet, what);
    draw_about(sheet, body);
    if (page->row.mark)
        draw_foot(sheet, foot, OTHERS, "others", sheet_say(sheet, "Other shifts"), WIDGET_OUTLINED);
    else
        draw_foot(sheet, foot, IN, "in", sheet_say(sheet, "I’m in"), WIDGET_FILLED);
}

static void event_shift(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        page_ask_shift(page, ASK_SHIFT);
    else if (event->kind == PAGE_CHOOSE && event->value == OTHERS)
        page_go(page, &scene_shifts);
    else if (event->kind == PAGE_CHOOSE)
        page_go(page, page_is_own(page) ? &scene_signed_up : &scene_sign_up);
}

const struct scene scene_shifts = {.name = "shifts",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_HANDS,
                                   .title = WORDS_MARK("Where hands are needed"),
                                   .draw = draw_shifts,
                                   .event = event_shifts,
                                   .idle_s = IDLE_S,
                                   .is_personal = true};

const struct scene scene_shift = {.name = "shift",
                                  .meaning = THEME_PAPER,
                                  .icon = ICON_HANDS,
                                  .title = WORDS_MARK("Can you help?"),
                                  .draw = draw_shift,
                                  .event = event_shift,
                                  .back = &scene_shifts,
                                  .idle_s = IDLE_S,
                                  .is_personal = true};
