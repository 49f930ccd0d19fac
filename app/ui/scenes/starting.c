/* starting - the first picture, within a third of a second: never black. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    scene_poster(&scene_starting, model, area, model->venue,
                 words(model->language, "Ready in a moment"), canvas);
}

const struct scene scene_starting = {
    .name = "starting", .meaning = THEME_PAPER, .icon = ICON_HOUSE, .draw = draw};
