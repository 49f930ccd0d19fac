/* Tiles: a sign, a title and a line, wherever there is room for them. */
#include <math.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"

#define STANDING_MM 40 /* a sign with its words below: in the middle of what is higher */

bool widget_tile_box(struct sheet *sheet, struct rect box, const struct widget_tile *tile)
{
    bool is_pressed = sheet_target(sheet, box, tile->name, tile->act);
    const struct theme_tones *tones = sheet->tones;
    uint32_t edge = tile->is_chosen ? tones->accent : tones->rim;
    canvas_mark_control(sheet->canvas, box, edge, tile->name);
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, is_pressed ? tones->ink : tones->panel);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, tile->is_chosen ? 1.1 : 0.35, edge);
    return is_pressed;
}

static void tile_sign(struct sheet *sheet, struct rect box, const struct widget_tile *tile,
                      uint32_t ink, uint32_t ground)
{
    if (tile->initials)
        widget_initials(sheet, box, tile->initials, sheet_tones(sheet, THEME_QUESTION));
    else
        icon_draw_on_disc(sheet->canvas, tile->icon, box, ink, ground);
}

static void tile_texts(struct sheet *sheet, struct rect box, const struct widget_tile *tile,
                       uint32_t ink, uint32_t soft, bool is_top)
{
    bool has_line = tile->line && tile->line[0];
    struct canvas_text title = {.text = tile->title,
                                .cap_mm = box.w < 30   ? 3.6
                                          : box.w < 42 ? 3.9
                                                       : 4.4,
                                .least_mm = 3.2,
                                .one_line_mm = box.w < 30 ? 3.5 : 3.7,
                                .colour = ink,
                                .is_bold = true,
                                .lines = 2,
                                .is_middle = !has_line && !is_top};
    struct canvas_text line = {.text = has_line ? tile->line : "",
                               .cap_mm = 3.5,
                               .least_mm = 3,
                               .colour = soft,
                               .lines = 2};
    if (!has_line) {
        canvas_text(sheet->canvas, box, &title);
        return;
    }
    double title_h = canvas_text_height(sheet->canvas, box, &title);
    double line_h = canvas_text_height(sheet->canvas, box, &line);
    if (title_h + line_h > box.h) { /* as small as both may be */
        title.cap_mm = title.one_line_mm = title.least_mm;
        line.lines = 1;
        title_h = canvas_text_height(sheet->canvas, box, &title);
        line_h = canvas_text_height(sheet->canvas, box, &line);
    }
    if (title_h + line_h > box.h) { /* a line each */
        title.lines = line.lines = 1;
        title.one_line_mm = title.least_mm;
        title_h = canvas_text_height(sheet->canvas, box, &title);
        line_h = canvas_text_height(sheet->canvas, box, &line);
    }
    double spare = box.h - title_h - line_h;
    struct rect top = {box.x, box.y + (spare > 0 && !is_top ? spare / 2 : 0), box.w, title_h};
    canvas_text(sheet->canvas, top, &title);
    canvas_text(sheet->canvas, (struct rect){box.x, top.y + title_h, box.w, line_h}, &line);
}

/* The sign's place: beside the words where the tile lies, above them where it stands. */
static struct rect cut_sign(struct rect *inside, bool is_lying)
{
    if (is_lying)
        return rect_cut_left(inside, fmin(inside->h > 40 ? 20 : 12, inside->h), 3);
    double size = inside->h > 36 ? 16 : inside->h > 22 ? 10 : 8;
    if (inside->h > STANDING_MM)
        rect_cut_top(inside, (inside->h - STANDING_MM) / 2, 0);
    struct rect sign = rect_cut_top(inside, fmin(size, inside->h), inside->h > 28 ? 3 : 1);
    sign.w = sign.h;
    inside->h = fmin(inside->h, 28);
    return sign;
}

void widget_tile(struct sheet *sheet, struct rect box, const struct widget_tile *tile)
{
    bool is_pressed = widget_tile_box(sheet, box, tile);
    const struct theme_tones *tones = sheet->tones;
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    struct rect inside = rect_inset(box, 2.4);
    if (inside.h > 20 && inside.w < 46 && tile->has_icon) { /* as much air beside as above */
        inside.x += 0.6;
        inside.w -= 1.2;
    }
    bool has_sign = tile->initials || tile->has_icon, is_lying = inside.w > inside.h * 1.9;
    if (inside.h < 18 && inside.w < 40) /* the words alone */
        has_sign = false;
    if (has_sign)
        tile_sign(sheet, cut_sign(&inside, is_lying), tile, ink,
                  is_pressed ? tones->ink : tones->panel);
    tile_texts(sheet, inside, tile, ink, is_pressed ? tones->ground : tones->soft,
               has_sign && !is_lying);
}
