#include "app/ui/strip.h"

#include "app/ui/scene.h"
#include "app/ui/widget.h"

#define ICON_MM 9.0

static void draw_words(struct sheet *sheet, struct rect box, const struct strip *strip,
                       const struct theme_tones *tones)
{
    struct canvas_text said = {.cap_mm = 3.8,
                               .least_mm = 2.9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    int longest = 0;
    said.text = strip->texts[0];
    while (longest < strip->count - 1 && !canvas_text_fits(sheet->canvas, box, &said))
        said.text = strip->texts[++longest];
    widget_extra(sheet, box, &said);
}

void strip_draw(struct sheet *sheet, struct rect box, const struct strip *strip)
{
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    bool is_pressed = false;
    if (strip->act.kind != ACT_NOTHING) {
        is_pressed = sheet_target(sheet, box, strip->name, strip->act);
        canvas_mark_control(sheet->canvas, box,
                            sheet->model->mode.is_contrast ? tones->ground : tones->rim,
                            strip->name);
    }
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, is_pressed ? tones->panel : tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, 0.4, tones->rim);
    struct rect inside = rect_inset(box, 1.2);
    rect_cut_left(&inside, 1.5, 0);
    icon_draw(sheet->canvas, strip->icon,
              rect_cut_left(&inside, inside.h < ICON_MM ? inside.h : ICON_MM, 2), tones->ink);
    draw_words(sheet, inside, strip, tones);
}
