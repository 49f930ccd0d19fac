/* greeting - you are counted in, and this is what you came to. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    int count = panel_arrived(sheet, area, panel_greets(answer), answer->at_ms, panel_came);
    scene_undo(sheet, area, 0, count);
}

const struct scene scene_greeting = {
    .name = "greeting", .meaning = THEME_IN, .icon = ICON_TICK, .draw = draw};
