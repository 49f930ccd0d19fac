/* greeting - you are counted in. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"), WORDS_MARK("Arrival noted")};

static void draw(struct sheet *sheet, struct rect area)
{
    bool has_guests = panel_has_guests_button(sheet->model);
    int count = has_guests ? 2 : 1;
    struct rect rest = panel_head(sheet, area, &speech, sheet->model->answer->at_ms);
    panel_here(sheet, scene_above_foot(sheet, rest));
    scene_aside(sheet, area, count);
    if (has_guests)
        panel_guests_button(sheet, scene_foot(sheet, area, 1, count));
    scene_undo(sheet, area, 0, count);
}

const struct scene scene_greeting = {
    .name = "greeting", .meaning = THEME_IN, .icon = ICON_TICK, .draw = draw};
