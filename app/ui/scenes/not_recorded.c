/* not-recorded - Perron failed, and says so. Nobody was counted. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    enum language language = model->language;
    struct rect rest = scene_head(&scene_not_recorded, model, area, words(language, "Not recorded"),
                                  words(language, "Please tap again in a moment"), canvas);
    panel_text(THEME_FAULT, model, rest,
               words(language, "This is the station’s fault, not yours. If it happens again, "
                               "please tell someone here."),
               canvas);
}

const struct scene scene_not_recorded = {
    .name = "not-recorded", .meaning = THEME_FAULT, .icon = ICON_CROSS, .draw = draw};
