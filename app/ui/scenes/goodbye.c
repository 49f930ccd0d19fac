/* goodbye - you are counted out, and this is what you gave. */
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
    struct rect rest =
        panel_person_head(model, area, THEME_OUT, CANVAS_WAVE, WORDS_MARK("Thank you %s"),
                          WORDS_MARK("Departure noted at %s"), WORDS_MARK("Departure noted"),
                          model->answer->at_ms, canvas);
    panel_hours(model, rest, THEME_OUT, canvas);
}

const struct scene scene_goodbye = {
    .name = "goodbye", .meaning = THEME_OUT, .layout = layout, .draw = draw};
