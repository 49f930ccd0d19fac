#include "app/ui/welcome.h"

#include <stdio.h>
#include <string.h>

#include "app/ui/widget.h"
#include "app/ui/words.h"

#define SIGN_MM 18.0
#define LETTERS_OF_AIR 4
#define PROBLEM_MM 15.0

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

const char *welcome_skip(const struct sheet *sheet, const char *text)
{
    const struct guide_row *row = welcome_row(sheet->model->page);
    return !row || row->is_optional ? sheet_say(sheet, text) : NULL;
}

const char *welcome_step_title(enum guide_step step)
{
    return step == GUIDE_LANGUAGE ? WORDS_MARK("Language") : steps[step].scene->title;
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

/* --- what can be touched --- */

static bool is_turn(const struct welcome_button *button)
{
    return button->look == WELCOME_BACK || button->look == WELCOME_ONWARD;
}

static void draw_button(struct sheet *sheet, struct rect box, const struct welcome_button *button)
{
    const struct act act = {.kind = ACT_CHOOSE, .value = button->value};
    bool is_right = (button->look == WELCOME_ONWARD) != sheet->model->mode.is_mirrored;
    if (is_turn(button) && box.w <= SIGN_MM) {
        widget_sign_button(sheet, box, button->name, is_right ? ICON_RIGHT : ICON_LEFT, act);
        return;
    }
    widget_button(sheet, box,
                  &(struct widget_button){.name = button->name,
                                          .label = button->label,
                                          .act = act,
                                          .style = button->look == WELCOME_MAIN ? WIDGET_FILLED
                                                                                : WIDGET_OUTLINED,
                                          .cap_mm = 4.4});
}

/* Of many, and in large letters, only what is there has a place: words need it. */
static int keep_buttons(const struct welcome_button *given, int count, bool is_tight,
                        struct welcome_button *kept)
{
    int kept_count = 0;
    for (int i = 0; i < count; i++)
        if (given[i].label || !is_tight)
            kept[kept_count++] = given[i];
    return kept_count;
}

/* Its part of the foot: 0 is a sign. Large letters share it by the length of the words. */
static double weigh(const struct sheet *sheet, const struct welcome_button *button, bool is_tight)
{
    bool is_large = sheet->model->mode.is_large;
    if (is_turn(button) && is_tight)
        return 0;
    return is_large && button->label ? (double)strlen(button->label) + LETTERS_OF_AIR : 1;
}

static void draw_beside(struct sheet *sheet, struct rect foot, const struct welcome_button *buttons,
                        int count, bool is_tight)
{
    double weights[WELCOME_BUTTONS_MAX], sum = 0, room = foot.w - (count - 1) * LAYOUT_GAP;
    for (int i = 0; i < count; i++) {
        weights[i] = weigh(sheet, &buttons[i], is_tight);
        sum += weights[i];
        room -= weights[i] > 0 ? 0 : SIGN_MM;
    }
    for (int i = 0; i < count; i++) {
        double width = weights[i] > 0 ? room * weights[i] / sum : SIGN_MM;
        struct rect box = i + 1 < count ? rect_cut_left(&foot, width, LAYOUT_GAP) : foot;
        if (buttons[i].label)
            draw_button(sheet, box, &buttons[i]);
    }
}

/* One above the other; of three, those two that are not the main one beside each other. */
static void draw_rows(struct sheet *sheet, struct rect foot, const struct welcome_button *buttons,
                      int count)
{
    int rows = count > 1 ? 2 : 1;
    draw_button(sheet, layout_row(foot, rows, 2, rows - 1), &buttons[count - 1]);
    if (count > 1)
        draw_beside(sheet, layout_row(foot, rows, 2, 0), buttons, count - 1, count > 2);
}

/* In large letters an upright screen has two rows of them. */
static double foot_mm(const struct sheet *sheet, struct rect area, int count)
{
    bool is_rows = sheet->model->mode.is_large && layout_is_narrow(area);
    return is_rows && count > 1 ? 2 * LAYOUT_LEAST_MM + 2 : LAYOUT_LEAST_MM + 1;
}

double welcome_foot_mm(const struct sheet *sheet, struct rect area, int count)
{
    return foot_mm(sheet, area, count) + LAYOUT_GAP;
}

void welcome_buttons(struct sheet *sheet, struct rect area, struct rect *body,
                     const struct welcome_button *given, int count)
{
    struct welcome_button buttons[WELCOME_BUTTONS_MAX];
    bool is_large = sheet->model->mode.is_large, is_rows = is_large && layout_is_narrow(area);
    count = keep_buttons(given, count, is_large || count > 2, buttons);
    struct rect foot = rect_cut_bottom(body, foot_mm(sheet, area, count), LAYOUT_GAP);
    /* Three words beside each other need a wide screen: elsewhere an arrow turns the page. */
    bool is_tight = count > 2 && (is_large || layout_is_narrow(area));
    if (sheet->model->page->is_waiting || !count)
        return;
    if (is_rows)
        draw_rows(sheet, foot, buttons, count);
    else
        draw_beside(sheet, foot, buttons, count, is_tight);
}

/* A problem takes the place of what is not the main thing: that may be tried once more. */
void welcome_foot(struct sheet *sheet, struct rect area, struct rect *body,
                  const struct welcome_button *buttons, int count)
{
    const struct page *page = sheet->model->page;
    if (!page->problem || sheet->model->mode.is_large) {
        welcome_buttons(sheet, area, body, buttons, count);
        return;
    }
    if (layout_is_narrow(area)) {
        welcome_buttons(sheet, area, body, buttons, count);
        scene_problem(sheet, rect_cut_bottom(body, PROBLEM_MM, LAYOUT_GAP));
        return;
    }
    struct rect foot = rect_cut_bottom(body, LAYOUT_LEAST_MM + 1, LAYOUT_GAP);
    struct rect main = rect_cut_right(&foot, foot.w / 3, LAYOUT_GAP);
    scene_problem(sheet, rect_inset(foot, 0.7));
    if (!page->is_waiting && buttons[count - 1].label)
        draw_button(sheet, main, &buttons[count - 1]);
}

void welcome_alone(struct sheet *sheet, struct rect body, const char *text)
{
    const struct canvas_text said = {.text = text,
                                     .cap_mm = 5.4,
                                     .least_mm = 4,
                                     .colour = sheet->tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .lines = 6,
                                     .is_middle = true};
    canvas_text(sheet->canvas, body, &said);
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

/* To the step before, that may be said anew; from the first one with a name to the code, which is
 * still on the page of whoever was told it. */
static void go_back(struct page *page)
{
    struct page_way *way = &page->way;
    do
        way->at--;
    while (way->at >= 0 && (way->guide->rows[way->at].step <= GUIDE_WHO ||
                            is_passed_over(way, way->guide->rows[way->at].step)));
    way->screen = 0;
    if (way->at >= 0)
        page_go(page, steps[way->guide->rows[way->at].step].scene);
    else
        page_go(page, page->text[0] ? &scene_who_code : NULL);
}

static void event_before(struct page *page, const struct page_event *event)
{
    if (event->kind == PAGE_ENTER)
        go_back(page);
}

/* Nobody sees it: where Back leads on the way. */
const struct scene scene_before = {.name = "before", .event = event_before};

void welcome_start(struct page *page)
{
    page->way.at = -1;
    welcome_go_on(page);
}

void welcome_take(struct page *page)
{
    page->way.newcomer = page->told.newcomer;
    page->way.day_ms = page->told.day_ms;
    page->way.consents = page->told.consents;
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
