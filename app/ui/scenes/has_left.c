/* has-left - you tapped again within a minute of leaving: nothing happened, unless you are back. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    scene_button(out, model, "back", WORDS_MARK("I am back"), scene_foot(area, 0, 1),
                 STAGE_INTENT_BACK, SCENE_FILLED);
    return 1;
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest = panel_person_head(
        model, area, THEME_QUESTION, CANVAS_QUESTION, WORDS_MARK("You have left, %s"),
        WORDS_MARK("At %s"), WORDS_MARK("Your departure is noted"), model->answer->left_ms, canvas);
    panel_hours(model, rest, THEME_QUESTION, canvas);
}

const struct scene scene_has_left = {
    .name = "has-left", .meaning = THEME_QUESTION, .layout = layout, .draw = draw};
