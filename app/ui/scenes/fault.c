/* fault - the station cannot serve: what to do meanwhile; and why, for whoever can mend it. */
#include <stdio.h>

#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    const struct theme_tones *tones = theme_tones(THEME_FAULT, model->is_evening);
    bool has_address = model->address && model->address[0];
    char version[160];
    struct rect rest =
        scene_head(&scene_fault, model, area, words(model->language, "This station needs help"),
                   words(model->language, "Please write your name on paper today"), canvas);
    canvas_round(canvas, rest, SCENE_RADIUS, tones->panel);
    struct rect inside = rect_inset(rest, 5);
    snprintf(version, sizeof version, "Perron %s%s%s", model->version, has_address ? " · " : "",
             has_address ? model->address : "");
    struct canvas_text small = {.text = version, .cap_mm = 3.2, .colour = tones->soft};
    canvas_text(canvas, rect_cut_bottom(&inside, 5.5, 1), &small);
    struct canvas_text why = {
        .text = model->fault, .cap_mm = 4, .least_mm = 2.4, .colour = tones->ink, .lines = 12};
    canvas_text(canvas, inside, &why);
}

const struct scene scene_fault = {
    .name = "fault", .meaning = THEME_FAULT, .icon = ICON_CROSS, .draw = draw};
