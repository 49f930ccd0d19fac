/* greeting - you are counted in. */
#include <stdio.h>

#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    return scene_undo(model, area, out);
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest = panel_person_head(model, area, THEME_IN, CANVAS_TICK, WORDS_MARK("Hello %s"),
                                         WORDS_MARK("Arrival noted at %s"),
                                         WORDS_MARK("Arrival noted"), model->answer->at_ms, canvas);
    panel_here(model, rest, THEME_IN, model->answer->here, canvas);
}

const struct scene scene_greeting = {
    .name = "greeting", .meaning = THEME_IN, .layout = layout, .draw = draw};
