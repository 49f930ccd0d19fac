/* greeting - you are counted in. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"), WORDS_MARK("Arrival noted")};

static void draw(struct sheet *sheet, struct rect area)
{
    int count = panel_arrived(sheet, area, &speech, sheet->model->answer->at_ms);
    scene_undo(sheet, area, 0, count);
}

const struct scene scene_greeting = {
    .name = "greeting", .meaning = THEME_IN, .icon = ICON_TICK, .draw = draw};
