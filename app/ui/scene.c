#include "app/ui/scene.h"

#include "app/ui/widget.h"

#define WHOLE_MM 140.0 /* higher than half an upright screen */
#define POSTER_GAP 3.0
#define WIDE_HEAD_MM 21.0
#define ASIDE_MOST_MM 77.0
#define HALF_MM 74.0 /* higher than half a screen above a strip */

/* An arrival that asks something besides. */
static const struct scene *asking_scene(const struct answer *answer)
{
    static const struct scene *const scenes[] = {[ANSWER_ASKS_NOTHING] = &scene_greeting,
                                                 [ANSWER_ASKS_HELP] = &scene_can_help,
                                                 [ANSWER_ASKS_WHICH] = &scene_which};
    if (answer->to_fetch_count > 0 && answer->question != ANSWER_ASKS_WHICH)
        return &scene_take_basket;
    return answer->slot_count > 0 ? scenes[answer->question] : &scene_greeting;
}

/* What somebody just did, or what there is to do. */
static const struct scene *doing_scene(const struct answer *answer)
{
    static const struct scene *const scenes[DEED_COUNT] = {
        [DEED_DRINK] = &scene_enjoy, [DEED_BASKET] = &scene_fetched, [DEED_NEED] = &scene_said};
    const struct scene *done = answer->has_deed ? scenes[answer->deed] : NULL;
    if (done)
        return done;
    return answer->occasion == OCCASION_BASKET ? &scene_asks_basket : &scene_asks;
}

const struct scene *scene_of(const struct answer *answer)
{
    static const struct scene *const scenes[ANSWER_COUNT] = {
        [ANSWER_WITHDRAWN] = &scene_withdrawn,       [ANSWER_UNKNOWN] = &scene_unknown,
        [ANSWER_NOT_RECORDED] = &scene_not_recorded, [ANSWER_ARRIVAL_FORGOTTEN] = &scene_forgotten,
        [ANSWER_ALREADY_IN] = &scene_already_in,     [ANSWER_DEPARTURE] = &scene_goodbye,
        [ANSWER_HAS_LEFT] = &scene_has_left,
    };
    if (answer->kind == ANSWER_ASKS)
        return doing_scene(answer);
    return answer->kind == ANSWER_ARRIVAL ? asking_scene(answer) : scenes[answer->kind];
}

/* --- heads --- */

/* Where it is narrow the languages stand below the buttons, if a strip leaves room for them. */
static double below_foot(const struct sheet *sheet, struct rect area)
{
    double least = sheet->scene->is_tight ? WHOLE_MM : HALF_MM;
    return layout_is_narrow(area) && area.h > least ? LAYOUT_BAR_H + LAYOUT_GAP : 0;
}

/* The line below a headline, where it has room: returns what is left below it. */
static struct rect add_line(struct sheet *sheet, struct rect rest, const char *line, int lines)
{
    struct canvas_text sub = {.text = line,
                              .cap_mm = 4,
                              .one_line_mm = 3.4,
                              .colour = sheet->tones->soft,
                              .lines = lines};
    struct rect box = {rest.x, rest.y, rest.w, (sheet->model->mode.is_large ? 11 : 7) * lines};
    if (canvas_text_fits(sheet->canvas, box, &sub))
        rect_cut_top(&rest, canvas_text(sheet->canvas, box, &sub), 0);
    return rest;
}

static struct canvas_text headline_of(const struct sheet *sheet, const char *text, double cap_mm)
{
    return (struct canvas_text){.text = text,
                                .cap_mm = cap_mm,
                                .least_mm = 4.2,
                                .one_line_mm = cap_mm > 7 ? 6 : 5,
                                .colour = sheet->tones->ink,
                                .is_bold = true,
                                .lines = 2};
}

static void draw_sign(struct sheet *sheet, struct rect box)
{
    icon_draw_on_disc(sheet->canvas, sheet->scene->icon, box, sheet->tones->ink,
                      sheet->tones->ground);
}

/* Wide: icon on the left, both texts beside it, as high as they need to be. */
static struct rect wide_head(struct sheet *sheet, struct rect rest, const char *headline,
                             const char *line, double needed)
{
    struct canvas_text head = headline_of(sheet, headline, 8);
    struct rect disc = {rest.x, rest.y, WIDE_HEAD_MM, WIDE_HEAD_MM};
    double room = rest.h - needed > WIDE_HEAD_MM ? rest.h - needed : WIDE_HEAD_MM;
    struct rect texts = {rest.x + 26, rest.y - 1, rest.w - 26, room < 24 ? room : 24};
    rect_cut_top(&texts, canvas_text(sheet->canvas, texts, &head), 0.5);
    double line_h = sheet->model->mode.is_large ? 10.4 : 6.6;
    if (texts.y - rest.y + line_h <= room + 0.5)
        texts = add_line(sheet, texts, line, 1);
    draw_sign(sheet, disc);
    double used = texts.y - rest.y;
    rect_cut_top(&rest, used > disc.h ? used : disc.h, SCENE_GAP + 1);
    return rest;
}

/* Low, or narrow: the headline beside the icon, the line below both. */
static struct rect low_head(struct sheet *sheet, struct rect rest, const char *headline,
                            const char *line, double needed)
{
    struct canvas_text head = headline_of(sheet, headline, 6);
    struct rect texts = {rest.x + 17.5, rest.y, rest.w - 17.5,
                         sheet->model->mode.is_large ? 46 : 28};
    head.one_line_mm = 5.4;
    head.least_mm = 3.6;
    head.lines = 4;
    /* Long names get smaller before what is below them does, but are never cut for it. */
    double most = texts.h;
    if (texts.h > rest.h - needed - 3)
        texts.h = rest.h - needed - 3 > 13 ? rest.h - needed - 3 : 13;
    if (!canvas_text_fits(sheet->canvas, texts, &head))
        texts.h = most;
    double height = canvas_text_height(sheet->canvas, texts, &head);
    texts.h = height > 13 ? height : 13;
    head.is_middle = true;
    canvas_text(sheet->canvas, texts, &head);
    draw_sign(sheet, (struct rect){rest.x, rest.y, 13, texts.h});
    rect_cut_top(&rest, texts.h, 1.5);
    /* Four people at once and long names: what colour and icon say need not be written. */
    double line_h = sheet->model->mode.is_large ? 10.4 : 6.6;
    int room = (int)((rest.h - needed - 1.5) / line_h);
    if (room > 0)
        rest = add_line(sheet, rest, line, room < 3 ? room : 3);
    rect_cut_top(&rest, 0, 1.5);
    return rest;
}

static bool has_room(struct sheet *sheet, struct rect rest, struct canvas_text head,
                     const char *line, double wanted)
{
    struct canvas_text sub = {.text = line, .cap_mm = 4, .one_line_mm = 3.4, .lines = 3};
    struct rect box = {rest.x, rest.y, rest.w, sheet->model->mode.is_large ? 46 : 33};
    wanted += canvas_text_height(sheet->canvas, box, &head) +
              canvas_text_height(sheet->canvas, box, &sub) + 1;
    return wanted < rest.h;
}

/* High and narrow: there is height to spend, so one thing stands below the other. */
static struct rect high_head(struct sheet *sheet, struct rect rest, const char *headline,
                             const char *line, double needed)
{
    bool is_half = rest.h < 90;
    double size = is_half ? 15 : 24, gap = is_half ? 2 : 5;
    struct canvas_text head = headline_of(sheet, headline, is_half ? 6 : 7.4);
    head.lines = 3;
    if (!has_room(sheet, rest, head, line, size + 2 * gap + needed))
        return low_head(sheet, rest, headline, line, needed);
    struct rect disc = rect_cut_top(&rest, size, gap);
    disc.w = size;
    draw_sign(sheet, disc);
    struct rect box = {rest.x, rest.y, rest.w, sheet->model->mode.is_large ? 46 : 27};
    rect_cut_top(&rest, canvas_text(sheet->canvas, box, &head), 1);
    rest = add_line(sheet, rest, line, 3);
    rect_cut_top(&rest, 0, gap);
    return rest;
}

struct rect scene_head_above(struct sheet *sheet, struct rect area, const char *headline,
                             const char *line, double needed)
{
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    rect_cut_bottom(&rest, below_foot(sheet, area), 0);
    bool is_low = rest.h - needed < WIDE_HEAD_MM;
    if (!layout_is_narrow(area) && !is_low)
        return wide_head(sheet, rest, headline, line, needed);
    if (!layout_is_narrow(area) || area.h < 82)
        return low_head(sheet, rest, headline, line, needed);
    return high_head(sheet, rest, headline, line, needed);
}

struct rect scene_head(struct sheet *sheet, struct rect area, const char *headline,
                       const char *line)
{
    return scene_head_above(sheet, area, headline, line, scene_button_mm(sheet, area) + SCENE_GAP);
}

void scene_poster(struct sheet *sheet, struct rect area, const char *headline, const char *line)
{
    bool is_half = area.w * area.h < 9000;
    double size = is_half ? 18 : 26;
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    struct canvas_text head = headline_of(sheet, headline, is_half ? 6 : 8);
    struct canvas_text sub = {.text = line,
                              .cap_mm = is_half ? 4 : 4.6,
                              .colour = sheet->tones->soft,
                              .align = CANVAS_CENTRE,
                              .lines = 3};
    head.align = CANVAS_CENTRE;
    rect_cut_bottom(&rest, below_foot(sheet, area), 0);
    rest = scene_above_aside(sheet, rest);
    struct rect box = {rest.x, rest.y, rest.w, sheet->model->mode.is_large ? 46 : 28};
    double head_h = canvas_text_height(sheet->canvas, box, &head);
    double sub_h = canvas_text_height(sheet->canvas, box, &sub);
    if (size > rest.h - head_h - sub_h - POSTER_GAP - 1)
        size = rest.h - head_h - sub_h - POSTER_GAP - 1;
    box.y += (rest.h - size - POSTER_GAP - head_h - 1 - sub_h) / 2;
    draw_sign(sheet, (struct rect){rest.x, box.y, rest.w, size});
    box.y += size + POSTER_GAP;
    canvas_text(sheet->canvas, box, &head);
    box.y += head_h + 1;
    canvas_text(sheet->canvas, box, &sub);
    scene_aside(sheet, area, 0);
}

/* --- feet --- */

/* Large letters need two lines of text in a button or, where it is narrow, two rows of buttons. */
double scene_button_mm(const struct sheet *sheet, struct rect area)
{
    if (!sheet->model->mode.is_large)
        return SCENE_BUTTON_H;
    return layout_is_narrow(area) ? 2 * 16.5 + SCENE_GAP : 24.5;
}

static struct rect foot_row(const struct sheet *sheet, struct rect area)
{
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    rect_cut_bottom(&rest, below_foot(sheet, area), 0);
    return rect_cut_bottom(&rest, scene_button_mm(sheet, area), 0);
}

struct rect scene_above_foot(const struct sheet *sheet, struct rect rest)
{
    rect_cut_bottom(&rest, scene_button_mm(sheet, rest), SCENE_GAP);
    return rest;
}

struct rect scene_above_aside(const struct sheet *sheet, struct rect rest)
{
    return layout_is_narrow(rest) ? rest : scene_above_foot(sheet, rest);
}

struct rect scene_foot(const struct sheet *sheet, struct rect area, int place, int count)
{
    double widths[] = {0, 62, sheet->model->mode.is_large ? 49 : 40};
    struct rect row = foot_row(sheet, area);
    if (layout_is_narrow(area) && sheet->model->mode.is_large)
        return layout_row(row, 2, SCENE_GAP, 1 - place);
    if (layout_is_narrow(area) || count > 2)
        return layout_column(row, count, SCENE_GAP, count - 1 - place);
    double width = widths[count];
    return (struct rect){row.x + row.w - (place + 1) * width - place * SCENE_GAP, row.y, width,
                         row.h};
}

void scene_undo(struct sheet *sheet, struct rect area, int place, int count)
{
    if (sheet->model->undo_left < 0 || sheet->model->is_spent)
        return;
    widget_button(sheet, scene_foot(sheet, area, place, count),
                  &(struct widget_button){.name = "undo",
                                          .label = sheet_say(sheet, "Undo"),
                                          .act = {.kind = ACT_ASK, .value = ASK_UNDO},
                                          .left = sheet->model->undo_left});
}

void scene_aside(struct sheet *sheet, struct rect area, int taken)
{
    struct rect row = foot_row(sheet, area);
    bool is_narrow = layout_is_narrow(area);
    if (is_narrow && below_foot(sheet, area) == 0)
        return;
    if (is_narrow)
        row.y += scene_button_mm(sheet, area) + LAYOUT_GAP;
    else if (taken)
        row.w = scene_foot(sheet, area, taken - 1, taken).x - SCENE_GAP - row.x;
    if (is_narrow)
        row.h = LAYOUT_BAR_H;
    else if (row.w > ASIDE_MOST_MM)
        row.w = ASIDE_MOST_MM;
    if (sheet->model->has_page) {
        row.w = row.w > 48 ? 48 : row.w;
        widget_button(sheet, row,
                      &(struct widget_button){.name = "close",
                                              .label = sheet_say(sheet, "Go on"),
                                              .act = {.kind = ACT_CLOSE},
                                              .style = WIDGET_QUIET});
        return;
    }
    scene_languages(sheet, (struct rect[]){layout_column(row, 2, SCENE_GAP - 1, 0),
                                           layout_column(row, 2, SCENE_GAP - 1, 1)});
}
