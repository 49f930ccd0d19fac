/* fault - the station cannot serve: what happened, for whoever can mend it; and what to do
 * meanwhile. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_FAULT, model->is_evening);
    char version[64];
    struct rect rest = scene_head(
        model, area, THEME_FAULT, CANVAS_CROSS,
        words(model->language, WORDS_MARK("This station needs help")),
        words(model->language, WORDS_MARK("Write your name on paper today, please")), canvas);
    rest = scene_without_foot(rest);
    canvas_round(canvas, rest, SCENE_RADIUS, tones->panel);
    struct rect inside = rect_inset(rest, 5);
    snprintf(version, sizeof version, "Perron %s", model->version);
    struct canvas_text small = {.text = version, .cap_mm = 2.6, .colour = tones->soft};
    canvas_text(canvas, rect_cut_bottom(&inside, 4, 2), &small);
    struct canvas_text why = {
        .text = model->fault, .cap_mm = 3.4, .colour = tones->ink, .lines = 7};
    canvas_text(canvas, inside, &why);
}

const struct scene scene_fault = {.name = "fault", .meaning = THEME_FAULT, .draw = draw};
