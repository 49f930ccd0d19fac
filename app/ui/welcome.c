#include "app/ui/welcome.h"

#include <stdio.h>

#include "app/ui/widget.h"
#include "app/ui/words.h"

/* One row for each step on the way. */
static const struct {
    const struct scene *scene;
    bool is_needed; /* by who has no time: the rest another day */
} steps[GUIDE_WAY_STEPS] = {
    [GUIDE_LANGUAGE] = {&scene_first_visit, true},
    [GUIDE_HELLO] = {&scene_hello, false},
    [GUIDE_WHO] = {&scene_who, true},
    [GUIDE_WHY] = {&scene_wishes, false},
    [GUIDE_CIRCLES] = {&scene_levels, false},
    [GUIDE_MISSIONS] = {&scene_missions, false},
    [GUIDE_CHARTER] = {&scene_charter, true},
    [GUIDE_NOTICE] = {&scene_notice, true},
    [GUIDE_PRESENT] = {&scene_present, false},
    [GUIDE_BUDDY] = {&scene_buddies, false},
    [GUIDE_BADGE] = {&scene_blank, true},
    [GUIDE_NEXT] = {&scene_next, true},
};

const struct guide_row *welcome_row(const struct page *page)
{
    const struct page_way *way = &page->way;
    return way->guide && way->at >= 0 && way->at < way->guide->row_count
               ? &way->guide->rows[way->at]
               : NULL;
}

bool welcome_can_skip(const struct page *page)
{
    const struct guide_row *row = welcome_row(page);
    return row && row->is_optional;
}

/* --- what stands around them --- */

struct rect welcome_frame(struct sheet *sheet, struct rect area, const char *title)
{
    char text[200];
    const struct page *page = sheet->model->page;
    const char *said = title ? title : sheet_say(sheet, sheet->scene->title);
    if (!welcome_row(page) || page->way.is_looking || sheet->model->mode.is_large)
        return scene_frame(sheet, area, said);
    words_format(text, sizeof text, sheet_say(sheet, "%s\n%d of %d"), said, page->way.at + 1,
                 page->way.guide->row_count);
    return scene_frame(sheet, area, text);
}

void welcome_foot(struct sheet *sheet, struct rect area, struct rect *body,
                  const struct welcome_button *buttons, int count)
{
    const struct page *page = sheet->model->page;
    bool is_rows = sheet->model->mode.is_large && layout_is_narrow(area);
    double height = is_rows ? count * LAYOUT_LEAST_MM + (count - 1) * 2 : LAYOUT_LEAST_MM + 1;
    struct rect foot = rect_cut_bottom(body, height, LAYOUT_GAP);
    if (scene_problem(sheet, foot) || page->is_waiting)
        return;
    for (int i = 0; i < count; i++)
        if (buttons[i].label)
            widget_button(
                sheet,
                is_rows ? layout_row(foot, count, 2, i) : layout_column(foot, count, LAYOUT_GAP, i),
                &(struct widget_button){.name = buttons[i].name,
                                        .label = buttons[i].label,
                                        .act = {.kind = ACT_CHOOSE, .value = buttons[i].value},
                                        .style = i == count - 1 ? WIDGET_FILLED : WIDGET_OUTLINED,
                                        .cap_mm = 4.4});
}

/* --- going on --- */

/* Steps that do not come on this visit: nothing is kept of who only looks, the rest is for another
 * day where there is no time. */
static bool is_passed_over(const struct page_way *way, enum guide_step step)
{
    if (way->is_looking)
        return step != GUIDE_HELLO;
    return way->is_brief && !steps[step].is_needed;
}

/* Whatever is left another day, it ends with what comes next. */
static int last_row(const struct page_way *way, int from)
{
    const struct guide *guide = way->guide;
    bool was_next = from >= 0 && from < guide->row_count && guide->rows[from].step == GUIDE_NEXT;
    for (int i = 0; i < guide->row_count && !was_next && !way->is_looking; i++)
        if (guide->rows[i].step == GUIDE_NEXT)
            return i;
    return guide->row_count;
}

void welcome_go_on(struct page *page)
{
    struct page_way *way = &page->way;
    int from = way->at;
    if (!way->guide) {
        page_go(page, NULL);
        return;
    }
    do
        way->at = newcomer_next_after(way->guide, &way->newcomer, way->day_ms, way->at);
    while (way->at < way->guide->row_count && is_passed_over(way, way->guide->rows[way->at].step));
    if (way->at >= way->guide->row_count)
        way->at = last_row(way, from);
    way->screen = 0;
    page_go(page,
            way->at < way->guide->row_count ? steps[way->guide->rows[way->at].step].scene : NULL);
}

void welcome_start(struct page *page)
{
    page->way.at = -1;
    welcome_go_on(page);
}

void welcome_take(struct page *page)
{
    page->way.newcomer = page->told.newcomer;
    page->way.day_ms = page->told.day_ms;
}

struct ask *welcome_say(struct page *page, enum newcomer_how how)
{
    struct page_way *way = &page->way;
    enum guide_step step = way->guide->rows[way->at].step;
    if (fact_id_is_none(page->person)) {
        way->newcomer.steps[step] = how;
        welcome_go_on(page);
        return NULL;
    }
    struct ask *ask = page_ask(page, ASK_STEP);
    ask->number[0] = (int)step;
    ask->number[1] = (int)how;
    return ask;
}

bool welcome_hear(struct page *page, const struct page_event *event)
{
    if (event->kind != PAGE_TOLD || page->told.ask != ASK_STEP)
        return false;
    if (page->told.how == TOLD_YES) {
        welcome_take(page);
        welcome_go_on(page);
    } else if (!page->problem) {
        page->problem = WORDS_MARK("That was not noted. Tell someone here.");
    }
    return true;
}
