/* withdrawn - a lost or returned badge: the same calm face as unknown, and help is on its way. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest = scene_head(
        model, area, THEME_HELP, CANVAS_PERSON, words(model->language, WORDS_MARK("Welcome")),
        words(model->language, WORDS_MARK("We don’t know this badge yet")), canvas);
    panel_text(model, scene_without_foot(rest), THEME_HELP,
               words(model->language, WORDS_MARK("Someone is coming to help you.")), canvas);
}

const struct scene scene_withdrawn = {.name = "withdrawn", .meaning = THEME_HELP, .draw = draw};
