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
    enum language language = model->language;
    const char *next = model->is_called ? words(language, "Someone is coming to help you.")
                                        : words(language, "Someone here will gladly help you.");
    struct rect rest = scene_head(&scene_unknown, model, area, words(language, "Welcome"),
                                  words(language, "We don’t know this badge yet"), canvas);
    if (!model->is_called)
        rest = scene_above_foot(rest);
    panel_text(THEME_HELP, model, rest, next, canvas);
}

const struct scene scene_unknown = {
    .name = "unknown", .meaning = THEME_HELP, .icon = ICON_PERSON, .layout = layout, .draw = draw};
