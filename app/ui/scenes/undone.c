/* undone - what you took back is taken back. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    scene_poster(&scene_undone, model, area, words(model->language, "Undone"),
                 words(model->language, "As if nothing had happened"), canvas);
}

const struct scene scene_undone = {
    .name = "undone", .meaning = THEME_PAPER, .icon = ICON_UNDO, .draw = draw};
