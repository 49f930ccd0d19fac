/* moment - the badge was read, and the disk takes its time. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    scene_head(model, area, THEME_PAPER, CANVAS_HOURGLASS,
               words(model->language, WORDS_MARK("One moment")),
               words(model->language, WORDS_MARK("Your badge was read")), canvas);
}

const struct scene scene_moment = {.name = "moment", .meaning = THEME_PAPER, .draw = draw};
