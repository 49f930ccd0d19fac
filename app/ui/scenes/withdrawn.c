/*
 * withdrawn - a lost or returned badge: the same calm face as unknown, so that nobody who looks on
 * can tell; help is on its way. called - the same for who pressed Help.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw_withdrawn(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    enum language language = model->language;
    struct rect rest = scene_head(&scene_withdrawn, model, area, words(language, "Welcome"),
                                  words(language, "We don’t know this badge yet"), canvas);
    panel_text(THEME_HELP, model, rest, words(language, "Someone is coming to help you."), canvas);
}

static void draw_called(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    scene_poster(&scene_called, model, area, words(model->language, "Someone is coming"),
                 words(model->language, "They can see that you asked for help."), canvas);
}

const struct scene scene_withdrawn = {
    .name = "withdrawn", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw_withdrawn};

const struct scene scene_called = {
    .name = "called", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw_called};
