/* A question above everything else. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"

static struct rect dialog_box(const struct sheet *sheet, struct rect area)
{
    bool is_large = sheet->model->mode.is_large;
    double width = area.w > 130 && !is_large ? 122 : area.w - 2 * LAYOUT_MARGIN;
    double height = area.h > 100 ? is_large ? 120 : 92 : is_large ? 82 : 70;
    if (height > area.h - 2 * LAYOUT_MARGIN)
        height = area.h - 2 * LAYOUT_MARGIN;
    return (struct rect){area.x + (area.w - width) / 2, area.y + (area.h - height) / 2, width,
                         height};
}

static void dialog_texts(struct sheet *sheet, struct rect inside,
                         const struct widget_dialog *dialog)
{
    bool is_tight = sheet->model->mode.is_large && layout_is_narrow(inside);
    if (dialog->seconds >= 0 && !is_tight)
        widget_countdown(sheet, rect_cut_right(&inside, 20, 4), dialog->seconds, dialog->part);
    struct canvas_text title = {.text = dialog->title,
                                .cap_mm = 6,
                                .least_mm = 4.4,
                                .colour = sheet->tones->ink,
                                .is_bold = true,
                                .lines = 2};
    struct rect top = {inside.x, inside.y, inside.w, 22};
    rect_cut_top(&inside, canvas_text(sheet->canvas, top, &title), 1);
    widget_paragraph(sheet, inside, dialog->text, 4.2);
}

void widget_dialog(struct sheet *sheet, struct rect area, const struct widget_dialog *dialog)
{
    const struct theme_tones *before = sheet->tones;
    sheet_cover(sheet);
    canvas_shade(sheet->canvas, 0.5);
    sheet->tones = sheet_tones(sheet, THEME_PAPER);
    struct rect box = dialog_box(sheet, area);
    canvas_round(sheet->canvas, box, WIDGET_RADIUS + 1.5, sheet->tones->ground);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS + 1.5, 0.8, sheet->tones->edge);
    struct rect inside = rect_inset(box, 6);
    bool is_rows = sheet->model->mode.is_large && layout_is_narrow(area);
    double foot_h = is_rows ? dialog->count * 17 + LAYOUT_GAP : SCENE_BUTTON_H + 1;
    struct rect foot = rect_cut_bottom(&inside, foot_h, LAYOUT_GAP);
    dialog_texts(sheet, inside, dialog);
    for (int i = 0; i < dialog->count; i++) {
        struct widget_button button = dialog->buttons[i];
        button.cap_mm = 3.9;
        widget_button(sheet,
                      is_rows
                          ? layout_row(foot, dialog->count, LAYOUT_GAP, i)
                          : layout_column(foot, dialog->count, LAYOUT_GAP, dialog->count - 1 - i),
                      &button);
    }
    sheet->tones = before;
}
