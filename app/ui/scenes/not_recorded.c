/* not-recorded - Perron failed, and says so. Nobody was counted. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest = scene_head(
        model, area, THEME_FAULT, CANVAS_CROSS, words(model->language, WORDS_MARK("Not recorded")),
        words(model->language, WORDS_MARK("Tap again in a moment")), canvas);
    panel_text(model, scene_without_foot(rest), THEME_FAULT,
               words(model->language,
                     WORDS_MARK("It is the station’s fault, not yours. If it happens again, tell "
                                "someone of the house.")),
               canvas);
}

const struct scene scene_not_recorded = {
    .name = "not-recorded", .meaning = THEME_FAULT, .draw = draw};
