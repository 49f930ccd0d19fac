/* unknown - nobody's badge yet. Never a dead end: a person can be called. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    if (model->is_called)
        return 0;
    scene_button(out, model, "call", WORDS_MARK("Call someone"), scene_foot(area, 0, 1),
                 STAGE_INTENT_CALL, SCENE_FILLED);
    return 1;
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    const char *text = model->is_called ? WORDS_MARK("Someone is coming to help you.")
                                        : WORDS_MARK("Someone of the house will gladly help you.");
    struct rect rest = scene_head(
        model, area, THEME_HELP, CANVAS_PERSON, words(model->language, WORDS_MARK("Welcome")),
        words(model->language, WORDS_MARK("We don’t know this badge yet")), canvas);
    panel_text(model, rest, THEME_HELP, words(model->language, text), canvas);
}

const struct scene scene_unknown = {
    .name = "unknown", .meaning = THEME_HELP, .layout = layout, .draw = draw};
