/* already-in - you tapped again within a minute: nothing happened, unless you want to leave. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"), WORDS_MARK("Your arrival is noted")};

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    if (model->is_spent)
        return 0;
    scene_button(out, model, "leave", WORDS_MARK("I am leaving"), scene_foot(area, 0, 1),
                 STAGE_INTENT_LEAVE, SCENE_FILLED);
    return 1;
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest =
        panel_head(&scene_already_in, model, area, &speech, model->answer->arrived_ms, canvas);
    panel_here(&scene_already_in, model, scene_above_foot(rest), canvas);
}

const struct scene scene_already_in = {.name = "already-in",
                                       .meaning = THEME_IS_IN,
                                       .icon = ICON_HOUSE,
                                       .layout = layout,
                                       .draw = draw};
