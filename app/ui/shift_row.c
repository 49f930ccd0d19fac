#include "app/ui/shift_row.h"

#include <math.h>
#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define LEAF_W 13.0
#define LEAF_H 14.6
#define LINE_MM 6.0
#define LINE_LARGE_MM 10.6
#define PAD 1.8

void shift_row_leaf(struct sheet *sheet, struct rect box, int64_t at_ms, bool is_pressed)
{
    const struct theme_tones *tones = sheet->tones;
    uint32_t ink = is_pressed ? tones->ground : tones->ink;
    char day[WORDS_TIME_SIZE], number[8];
    words_weekday_short(sheet->model->language, at_ms, day, sizeof day);
    snprintf(number, sizeof number, "%d", day_number(at_ms, 0) % 100);
    canvas_outline(sheet->canvas, box, 2, 0.5, is_pressed ? tones->ground : tones->accent);
    const struct canvas_text texts[] = {{.text = day,
                                         .cap_mm = fmin(box.h * 0.22, 4.6),
                                         .least_mm = 2.9,
                                         .colour = ink,
                                         .align = CANVAS_CENTRE,
                                         .is_middle = true},
                                        {.text = number,
                                         .cap_mm = box.h * 0.34,
                                         .least_mm = 3,
                                         .colour = ink,
                                         .is_bold = true,
                                         .align = CANVAS_CENTRE,
                                         .is_middle = true}};
    canvas_text(sheet->canvas, rect_cut_top(&box, box.h * 0.42, 0), &texts[0]);
    canvas_text(sheet->canvas, box, &texts[1]);
}

void shift_row_words(struct sheet *sheet, struct rect inside, const char *what, const char *below,
                     bool is_pressed)
{
    const struct theme_tones *tones = sheet->tones;
    double line_mm = sheet->model->mode.is_large ? LINE_LARGE_MM : LINE_MM;
    char shown[WIDGET_WORDS_BYTES];
    struct canvas_text title = {.text = what,
                                .cap_mm = 4,
                                .least_mm = 3.2,
                                .one_line_mm = 3.6,
                                .colour = is_pressed ? tones->ground : tones->ink,
                                .is_bold = true};
    const struct canvas_text line = {.text = below,
                                     .cap_mm = 3.4,
                                     .least_mm = 3,
                                     .colour = is_pressed ? tones->ground : tones->soft};
    struct rect above = {inside.x, inside.y, inside.w, inside.h - (below[0] ? line_mm : 0)};
    title.lines = above.h < 2 * line_mm ? 1 : 2;
    title.text = widget_shorten(sheet, above, &title, shown);
    double spare = above.h - canvas_text_height(sheet->canvas, above, &title);
    above.y += spare > 0 ? spare / 2 : 0;
    double used = canvas_text(sheet->canvas, above, &title);
    if (below[0])
        widget_shortened(sheet, (struct rect){inside.x, above.y + used, inside.w, line_mm}, &line);
}

void shift_row_tile(struct sheet *sheet, struct rect box, const struct shift_row_tile *tile)
{
    bool is_pressed =
        widget_tile_box(sheet, box,
                        &(struct widget_tile){.name = tile->name,
                                              .is_chosen = tile->is_marked,
                                              .act = {.kind = ACT_CHOOSE, .value = tile->choice}});
    struct rect inside = rect_inset(box, PAD);
    struct rect leaf = rect_cut_left(&inside, LEAF_W, 2.4);
    double height = fmin(leaf.h, LEAF_H);
    leaf.y += (leaf.h - height) / 2;
    leaf.h = height;
    shift_row_leaf(sheet, leaf, tile->at_ms, is_pressed);
    shift_row_words(sheet, inside, tile->title, tile->line, is_pressed);
}
