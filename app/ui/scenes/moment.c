/* moment - the badge was read, and the disk takes its time. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    scene_poster(&scene_moment, model, area, words(model->language, "One moment"),
                 words(model->language, "Your badge was read"), canvas);
}

const struct scene scene_moment = {
    .name = "moment", .meaning = THEME_PAPER, .icon = ICON_CLOCK, .draw = draw};
