/* greeting - you are counted in. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"), WORDS_MARK("Arrival noted")};

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    return scene_undo(model, area, out);
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest =
        panel_head(&scene_greeting, model, area, &speech, model->answer->at_ms, canvas);
    panel_here(&scene_greeting, model, scene_above_foot(rest), canvas);
}

const struct scene scene_greeting = {
    .name = "greeting", .meaning = THEME_IN, .icon = ICON_TICK, .layout = layout, .draw = draw};
