/* forgotten - you are counted in, and the last time you left was not. */
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
    char text[256];
    struct rect rest = panel_person_head(model, area, THEME_IN, CANVAS_TICK, WORDS_MARK("Hello %s"),
                                         WORDS_MARK("Arrival noted at %s"),
                                         WORDS_MARK("Arrival noted"), model->answer->at_ms, canvas);
    snprintf(text, sizeof text,
             words(model->language, WORDS_MARK("We missed your leaving on %s. Tell someone here.")),
             words_weekday(model->language, model->answer->forgotten_ms));
    panel_text(model, rest, THEME_IN, text, canvas);
}

const struct scene scene_forgotten = {
    .name = "greeting-forgotten", .meaning = THEME_IN, .layout = layout, .draw = draw};
