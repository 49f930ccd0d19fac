/* starting - the first picture, within a third of a second: never black. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_PAPER, model->is_evening);
    struct rect rest = rect_inset(area, SCENE_MARGIN);
    struct rect upper = rect_cut_top(&rest, rest.h * 0.55, 0);
    struct canvas_text name = {.text = model->venue,
                               .cap_mm = 9,
                               .colour = tones->ink,
                               .is_bold = true,
                               .align = CANVAS_CENTRE,
                               .lines = 2,
                               .is_middle = true};
    struct canvas_text text = {.text = words(model->language, WORDS_MARK("Starting…")),
                               .cap_mm = 4.5,
                               .colour = tones->soft,
                               .align = CANVAS_CENTRE};
    canvas_text(canvas, upper, &name);
    canvas_text(canvas, rest, &text);
}

const struct scene scene_starting = {.name = "starting", .meaning = THEME_PAPER, .draw = draw};
