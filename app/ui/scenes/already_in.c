/* already-in - you tapped again within a minute: nothing happened, unless you want to leave. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    scene_button(out, model, "leave", WORDS_MARK("I am leaving"), scene_foot(area, 0, 1),
                 STAGE_INTENT_LEAVE, SCENE_FILLED);
    return 1;
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest =
        panel_person_head(model, area, THEME_QUESTION, CANVAS_QUESTION,
                          WORDS_MARK("You are in, %s"), WORDS_MARK("Since %s"),
                          WORDS_MARK("Your arrival is noted"), model->answer->arrived_ms, canvas);
    panel_here(model, rest, THEME_QUESTION, model->answer->here, canvas);
}

const struct scene scene_already_in = {
    .name = "already-in", .meaning = THEME_QUESTION, .layout = layout, .draw = draw};
