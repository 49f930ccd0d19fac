/* What all pages have around them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/ui/banner.h"
#include "app/ui/dates.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define STACK_GAP 0.6
#define BAR_MM 3.6 /* the words in the bar are of one size */

void scene_languages(struct sheet *sheet, const struct rect *boxes)
{
    int place = 0;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        if (language == (int)sheet->model->language)
            continue;
        const char *own = language_own_name((enum language)language);
        struct rect box = boxes[place++];
        widget_button(
            sheet, box,
            &(struct widget_button){.name = own,
                                    .label = sheet->model->mode.is_large && box.w < 50
                                                 ? language_short_name((enum language)language)
                                                 : own,
                                    .act = {.kind = ACT_LANGUAGE, .value = language},
                                    .style = WIDGET_QUIET,
                                    .cap_mm = box.w < 32 ? 3.05 : 3.6});
    }
}

/* In large letters a title that has no room is left out: the page says it, too. */
static void draw_title(struct sheet *sheet, struct rect box, const char *title, bool is_narrow)
{
    const struct canvas_text text = {.text = title,
                                     .cap_mm = is_narrow ? 5.6 : 4.6,
                                     .least_mm = 2.9,
                                     .one_line_mm = is_narrow ? 4.6 : 4.2,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .lines = 3,
                                     .is_middle = true};
    widget_extra(sheet, box, &text);
}

const char *scene_typing_title(const struct sheet *sheet, const char *title)
{
    return sheet->model->mode.is_large ? "" : title;
}

static void draw_back(struct sheet *sheet, struct rect box)
{
    const struct scene *scene = sheet->scene;
    const struct scene *from = scene->is_detour ? sheet->model->page->detour_from : NULL;
    struct act act = {.kind = ACT_GO, .to = scene->back ? scene->back : from};
    if (!sheet->model->mode.is_large) {
        widget_button(
            sheet, box,
            &(struct widget_button){
                .name = "back", .label = sheet_say(sheet, "Back"), .act = act, .cap_mm = BAR_MM});
        return;
    }
    widget_sign_button(sheet, box, "back", sheet->model->mode.is_mirrored ? ICON_RIGHT : ICON_LEFT,
                       act);
}

struct rect scene_frame(struct sheet *sheet, struct rect area, const char *title)
{
    const struct scene *scene = sheet->scene;
    struct layout_page page = layout_page(area, sheet->model->mode.is_large);
    const char *said = title ? title : scene->title ? sheet_say(sheet, scene->title) : "";
    enum target_size size = sheet->size;
    bool has_title = page.is_narrow ? said[0] != 0 : !sheet->model->has_strip;
    if (has_title && !banner_draw(sheet, page.title))
        draw_title(sheet, page.title, said, page.is_narrow);
    sheet->size = TARGET_VISITOR;
    if (!sheet->model->has_no_bar) {
        draw_back(sheet, page.back);
        if (!scene->is_staff && scene != &scene_help)
            widget_button(sheet, page.help,
                          &(struct widget_button){.name = "help",
                                                  .label = sheet_say(sheet, "Help"),
                                                  .cap_mm = BAR_MM,
                                                  .act = {.kind = ACT_GO, .to = &scene_help}});
        if (scene->is_staff)
            widget_button(sheet, page.help,
                          &(struct widget_button){.name = "end",
                                                  .label = sheet_say(sheet, "End"),
                                                  .cap_mm = BAR_MM,
                                                  .act = {.kind = ACT_GO}});
    }
    if (page.is_narrow || !sheet->model->has_strip)
        scene_languages(sheet, page.languages);
    sheet->size = size;
    /* A page without a title has its place: keys need it. */
    if (page.is_narrow && !said[0]) {
        page.body.h += page.body.y - page.title.y;
        page.body.y = page.title.y;
    }
    return page.body;
}

static void draw_tile_row(struct sheet *sheet, struct rect box, int index)
{
    struct widget_tile tile = sheet->tiles[index];
    tile.line = NULL;
    tile.has_icon = false;
    tile.initials = NULL;
    widget_tile(sheet, box, &tile);
}

void scene_tiles(struct sheet *sheet, struct rect body, const struct widget_tile *tiles, int count,
                 int columns)
{
    if (!sheet->model->mode.is_large) {
        for (int i = 0; i < count; i++)
            widget_tile(sheet, layout_share(body, columns, count, LAYOUT_GAP, i), &tiles[i]);
        return;
    }
    sheet->tiles = tiles;
    widget_list(sheet, body,
                &(struct widget_list){.count = count,
                                      .first = sheet->model->page->first,
                                      .row_mm = layout_is_narrow(body) ? 36 : 18,
                                      .draw = draw_tile_row});
    sheet->tiles = NULL;
}

bool scene_problem(struct sheet *sheet, struct rect box)
{
    const struct page *page = sheet->model->page;
    const char *text = page->problem ? sheet_say(sheet, page->problem) : NULL;
    if (!text || sheet->model->mode.is_large) /* then it is told in a dialog */
        return false;
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    canvas_round(sheet->canvas, (struct rect){box.x, box.y - 0.7, box.w, box.h + 1.4}, 2.5,
                 tones->ground);
    const struct canvas_text said = {.text = text,
                                     .cap_mm = 4,
                                     .least_mm = 3,
                                     .one_line_mm = 3.4,
                                     .colour = tones->ink,
                                     .lines = 3,
                                     .is_middle = true};
    box.x += 3;
    box.w -= 6;
    canvas_text(sheet->canvas, box, &said);
    return true;
}

void scene_problem_below(struct sheet *sheet, struct rect *body)
{
    if (sheet->model->page->problem)
        scene_problem(sheet, rect_cut_bottom(body, 10, 1));
}

void scene_sure(struct sheet *sheet, struct rect area, const struct scene_question *question)
{
    const struct page *page = sheet->model->page;
    if (page->problem) {
        sheet_cover(sheet);
        scene_problem(sheet, scene_frame(sheet, area, sheet->scene->title ? NULL : page->name));
        return;
    }
    widget_dialog(
        sheet, area,
        &(struct widget_dialog){.title = question->title,
                                .text = question->text,
                                .seconds = -1,
                                .buttons = {{.name = "sure",
                                             .label = question->act,
                                             .act = {.kind = ACT_CHOOSE},
                                             .style = WIDGET_FILLED},
                                            {.name = "no",
                                             .label = sheet_say(sheet, "Back"),
                                             .act = {.kind = ACT_GO, .to = sheet->scene->back}}},
                                .count = 2});
}

void scene_ask_badge(struct sheet *sheet, struct rect body, const char *why)
{
    bool is_high = sheet->model->page->problem && layout_is_narrow(body); /* on three lines */
    struct rect line = rect_cut_bottom(&body,
                                       sheet->model->mode.is_large ? 24
                                       : is_high                   ? 16
                                                                   : 14,
                                       2);
    double size = body.h < 34 ? body.h : 34;
    enum icon arrow = (enum icon)(ICON_RIGHT + sheet->model->reader_side);
    icon_draw_on_disc(sheet->canvas, arrow,
                      (struct rect){body.x, body.y + (body.h - size) / 2, body.w, size},
                      sheet->tones->ink, sheet->tones->ground);
    if (scene_problem(sheet, line))
        return;
    const struct canvas_text said = {.text = why,
                                     .cap_mm = 5,
                                     .colour = sheet->tones->ink,
                                     .align = CANVAS_CENTRE,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, line, &said);
}

bool scene_take_badge(struct page *page)
{
    const struct told *told = &page->told;
    if (told->how != TOLD_CLAIMED || fact_id_is_none(told->person))
        return false;
    page->person = page->owner = told->person;
    snprintf(page->name, sizeof page->name, "%s", told->name);
    return true;
}

const char *scene_when(const struct sheet *sheet, const struct row *row,
                       char out_text[SCENE_WHEN_SIZE])
{
    char day[DATES_SIZE], span[DATES_SIZE];
    const struct scene_model *model = sheet->model;
    int64_t now_ms = model->has_clock ? model->wall_ms : 0;
    snprintf(out_text, SCENE_WHEN_SIZE, "%s, %s",
             dates_day(model->language, row->at_ms, now_ms, day, sizeof day),
             dates_span(model->language, row->at_ms, row->to_ms, span, sizeof span));
    return out_text;
}

static double stack_height(struct sheet *sheet, struct rect box, const struct canvas_text *texts,
                           int count)
{
    double height = (count - 1) * STACK_GAP;
    for (int i = 0; i < count; i++)
        height += canvas_text_height(sheet->canvas, box, &texts[i]);
    return height;
}

bool scene_stack_fits(struct sheet *sheet, struct rect box, const struct canvas_text *given,
                      int count)
{
    struct canvas_text texts[SCENE_STACK_MAX];
    memcpy(texts, given, (size_t)count * sizeof *given);
    for (int i = 0; i < count; i++) {
        texts[i].cap_mm = texts[i].least_mm;
        if (!canvas_text_fits(sheet->canvas, box, &texts[i]))
            return false;
    }
    return stack_height(sheet, box, texts, count) <= box.h;
}

void scene_stack(struct sheet *sheet, struct rect box, const struct canvas_text *given, int count)
{
    struct canvas_text texts[SCENE_STACK_MAX];
    memcpy(texts, given, (size_t)count * sizeof *given);
    for (int i = 0; i < count && stack_height(sheet, box, texts, count) > box.h; i++)
        for (int j = 0; j < count; j++)
            texts[j].cap_mm = fmax(texts[j].least_mm, texts[j].cap_mm * 0.9);
    if (sheet->model->mode.is_large)
        while (count > 1 && stack_height(sheet, box, texts, count) > box.h)
            count--;
    double spare = box.h - stack_height(sheet, box, texts, count);
    rect_cut_top(&box, spare > 0 ? spare / 2 : 0, 0);
    for (int i = 0; i < count; i++)
        rect_cut_top(&box, canvas_text(sheet->canvas, box, &texts[i]), STACK_GAP);
}

void scene_pair(const struct sheet *sheet, struct rect area, struct rect *body,
                struct rect out_boxes[2])
{
    bool is_rows = sheet->model->mode.is_large && layout_is_narrow(area);
    struct rect foot = rect_cut_bottom(body, scene_button_mm(sheet, area) + 1, LAYOUT_GAP);
    for (int i = 0; i < 2; i++)
        out_boxes[i] =
            is_rows ? layout_row(foot, 2, LAYOUT_GAP, i) : layout_column(foot, 2, LAYOUT_GAP, i);
}

void scene_reasons(struct sheet *sheet, struct rect area, const char *const *reasons, int count)
{
    struct rect body = scene_frame(sheet, area, NULL);
    scene_problem_below(sheet, &body);
    int columns = layout_is_narrow(area) ? 1 : 2, rows = (count + columns - 1) / columns + 1;
    for (int i = 0; i <= count; i++) {
        char name[24];
        snprintf(name, sizeof name, "reason-%d", i + 1);
        widget_button(sheet,
                      i == count ? layout_row(body, rows, LAYOUT_GAP, rows - 1)
                                 : layout_cell(body, columns, rows, LAYOUT_GAP, i),
                      &(struct widget_button){.name = name,
                                              .cap_mm = 3.9,
                                              .label = i == count
                                                           ? sheet_say(sheet, "Something else")
                                                           : sheet_say(sheet, reasons[i]),
                                              .act = {.kind = ACT_CHOOSE, .value = i},
                                              .style = WIDGET_QUIET});
    }
}
