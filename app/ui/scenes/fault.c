/* fault - the station cannot serve: what to do meanwhile; and why, for whoever can mend it. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"

/* What a technician's phone takes along: the same in one line. */
static void describe(const struct scene_model *model, char *out_text, size_t size)
{
    snprintf(out_text, size, "Perron %s · %s · %s", model->version, model->address, model->fault);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct scene_model *model = sheet->model;
    char text[640];
    bool is_wide = !layout_is_narrow(area);
    struct rect rest = scene_head(sheet, area, sheet_say(sheet, "This station needs help"),
                                  sheet_say(sheet, "Write your name on paper today"));
    rest.h = area.y + area.h - SCENE_MARGIN - rest.y;
    describe(model, text, sizeof text);
    bool has_code = is_wide || !model->mode.is_large; /* upright, large letters need the place */
    double side = is_wide ? rest.h : rest.w * 0.42;
    struct rect code = {0, 0, 0, 0};
    if (has_code)
        code = is_wide ? rect_cut_right(&rest, side, SCENE_GAP)
                       : rect_cut_bottom(&rest, side, SCENE_GAP);
    canvas_set_large(sheet->canvas, false); /* from here on it is for a technician */
    if (has_code)
        widget_qr(sheet, code, text);
    struct rect inside = widget_panel(sheet, rest);
    snprintf(text, sizeof text, "Perron %s%s%s", model->version, model->address[0] ? " · " : "",
             model->address);
    struct canvas_text small = {
        .text = text, .cap_mm = 3.2, .least_mm = 2.1, .colour = sheet->tones->soft, .lines = 2};
    struct rect foot = rect_cut_bottom(&inside, 9, 1);
    canvas_text(sheet->canvas, foot, &small);
    struct canvas_text why = {.text = model->fault,
                              .cap_mm = 4,
                              .least_mm = 2.1,
                              .colour = sheet->tones->ink,
                              .lines = 14};
    canvas_text(sheet->canvas, inside, &why);
}

const struct scene scene_fault = {
    .name = "fault", .meaning = THEME_FAULT, .icon = ICON_CROSS, .draw = draw};
