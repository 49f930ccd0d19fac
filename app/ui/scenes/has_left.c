/* has-left - you tapped again within a minute of leaving: nothing happened, unless you are back. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {WORDS_MARK("See you soon, %s"),
                                           WORDS_MARK("You left at %s"),
                                           WORDS_MARK("Your departure is noted")};

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    if (model->is_spent)
        return 0;
    scene_button(out, model, "back", WORDS_MARK("I am back"), scene_foot(area, 0, 1),
                 STAGE_INTENT_BACK, SCENE_FILLED);
    return 1;
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest =
        panel_head(&scene_has_left, model, area, &speech, model->answer->left_ms, canvas);
    panel_hours(&scene_has_left, model, scene_above_foot(rest), canvas);
}

const struct scene scene_has_left = {
    .name = "has-left", .meaning = THEME_IS_OUT, .icon = ICON_DOOR, .layout = layout, .draw = draw};
