/*
 * fault - the station cannot serve: what to do meanwhile; and why, for whoever can mend it.
 *
 * Where it is the settings that cannot be read nobody knows the house's language: then it is the
 * default one, and the others are a touch away as on every screen.
 */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"

#define PAD 3.0
#define CODE_MM 39.0 /* a phone reads it from where somebody stands */
#define NAMES_MM 9.0
#define WIDE_MM 46.0
#define UPRIGHT_MM 82.0
#define UPRIGHT_LARGE_MM 64.0

/* What a technician's phone takes along: the same in one line. */
static void describe(const struct scene_model *model, char *out_text, size_t size)
{
    snprintf(out_text, size, "Perron %s · %s · %s", model->version, model->address,
             model->fault_detail);
}

/* What happened and what to do, as sentences; beneath them what the log says. */
static void draw_reason(struct sheet *sheet, struct rect box)
{
    const struct fault_text *fault = fault_text(sheet->model->fault);
    struct rect inside = rect_inset(box, PAD);
    struct canvas_text said = {.text = sheet_say(sheet, fault->happened),
                               .cap_mm = 3.8,
                               .least_mm = 3,
                               .one_line_mm = 3.4,
                               .colour = sheet->tones->ink,
                               .is_bold = true,
                               .lines = 3};
    canvas_round(sheet->canvas, box, WIDGET_RADIUS + 0.5, sheet->tones->panel);
    rect_cut_top(&inside, canvas_text(sheet->canvas, inside, &said), 0.5);
    said.text = sheet_say(sheet, fault->todo);
    said.is_bold = false;
    said.cap_mm = said.one_line_mm = 3.1;
    rect_cut_top(&inside, canvas_text(sheet->canvas, inside, &said), 1);
    const struct canvas_text detail = {.text = sheet->model->fault_detail,
                                       .cap_mm = 2.6,
                                       .least_mm = 2.1,
                                       .colour = sheet->tones->soft,
                                       .lines = 14};
    canvas_text(sheet->canvas, inside, &detail);
}

/* What a technician asks first, below or beside the code. Upright, large letters need its place. */
static void draw_code(struct sheet *sheet, struct rect box)
{
    const struct scene_model *model = sheet->model;
    char text[640];
    bool is_beside = box.w > box.h;
    if (box.h > NAMES_MM) {
        double below = box.h - NAMES_MM < box.w ? box.h - NAMES_MM : box.w;
        struct rect code =
            is_beside ? rect_cut_left(&box, box.h, SCENE_GAP) : rect_cut_top(&box, below, 1);
        code.w = code.h;
        describe(model, text, sizeof text);
        widget_qr(sheet, code, text);
    }
    snprintf(text, sizeof text, "Perron %s\n%s", model->version, model->address);
    const struct canvas_text small = {.text = text,
                                      .cap_mm = 2.4,
                                      .least_mm = 2.1,
                                      .colour = sheet->tones->soft,
                                      .lines = 2,
                                      .is_middle = true};
    canvas_text(sheet->canvas, box, &small);
}

static void draw(struct sheet *sheet, struct rect area)
{
    bool is_wide = !layout_is_narrow(area), is_large = sheet->model->mode.is_large;
    struct rect rest = scene_head_above(sheet, area, sheet_say(sheet, "This station needs help"),
                                        sheet_say(sheet, "Write your name on paper"),
                                        is_wide    ? WIDE_MM
                                        : is_large ? UPRIGHT_LARGE_MM
                                                   : UPRIGHT_MM);
    struct rect code = is_wide ? rect_cut_right(&rest, CODE_MM, SCENE_GAP)
                               : rect_cut_bottom(&rest, is_large ? NAMES_MM : CODE_MM, SCENE_GAP);
    if (is_wide) {
        struct rect row = rect_cut_bottom(&rest, LAYOUT_BAR_H, SCENE_GAP);
        scene_languages(sheet, (struct rect[]){layout_column(row, 2, SCENE_GAP, 0),
                                               layout_column(row, 2, SCENE_GAP, 1)});
    } else {
        scene_aside(sheet, area, 0);
    }
    canvas_set_large(sheet->canvas, false); /* from here on it is for a technician */
    draw_code(sheet, code);
    draw_reason(sheet, rest);
}

const struct scene scene_fault = {
    .name = "fault", .meaning = THEME_FAULT, .icon = ICON_CROSS, .draw = draw};
