/* unknown - nobody's badge yet. Never a dead end: it is somebody's first day, or a person comes. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"

#define BUTTON_H LAYOUT_LEAST_MM
#define GAP 2.0
#define BUTTON_MM 3.9

static void draw_buttons(struct sheet *sheet, struct rect area, struct rect rest, bool is_rows,
                         int count)
{
    const struct widget_button buttons[] = {
        {.name = "first-visit",
         .label = sheet_say(sheet, "First time here"),
         .act = {.kind = ACT_ASK, .value = ASK_WELCOME},
         .style = WIDGET_FILLED,
         .cap_mm = BUTTON_MM},
        {.name = "call",
         .label = sheet_say(sheet, "Call someone"),
         .act = {.kind = ACT_ASK, .value = ASK_CALL},
         .cap_mm = BUTTON_MM},
        {.name = "my-badge",
         .label = sheet_say(sheet, "This is my badge"),
         .act = {.kind = ACT_GO, .value = true, .to = &scene_no_badge},
         .cap_mm = BUTTON_MM},
    };
    for (int i = 0; i < count; i++)
        widget_button(sheet,
                      is_rows      ? layout_row(rest, count, GAP, i)
                      : count == 3 ? scene_foot(sheet, area, count - 1 - i, count)
                                   : layout_column(rest, count, GAP, i),
                      &buttons[i]);
}

static void draw(struct sheet *sheet, struct rect area)
{
    bool is_large = sheet->model->mode.is_large, is_narrow = layout_is_narrow(area);
    /* Large letters above a strip: "No badge" on the resting screen leads there, too. */
    bool is_tight = is_large && area.h < 70;
    bool is_rows = !is_tight && (is_narrow || is_large);
    double needed = is_rows ? 3 * BUTTON_H + 2 * GAP : scene_button_mm(sheet, area) + SCENE_GAP;
    struct rect rest = scene_head_above(sheet, area, sheet_say(sheet, "Welcome"),
                                        sheet_say(sheet, "We don’t know this badge yet"), needed);
    if (sheet->model->is_heard) {
        panel_text(sheet, THEME_HELP, rest, sheet_say(sheet, "Someone is coming to help you."));
        return;
    }
    if (rest.h > needed) {
        struct rect above = rest;
        rest = rect_cut_bottom(&above, needed, SCENE_GAP);
        panel_text(sheet, THEME_HELP, above,
                   sheet_say(sheet, "Someone here will gladly help you."));
    }
    draw_buttons(sheet, area, rest, is_rows, is_tight ? 2 : 3);
    if (is_narrow)
        scene_aside(sheet, area, 0);
}

const struct scene scene_unknown = {
    .name = "unknown", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw};
