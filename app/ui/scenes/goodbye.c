/* goodbye - you are counted out, and this is what you gave: the month as a ring, today lit. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

#define RING_LEAST_MM 38.0
#define RING_MOST_MM 56.0

static const struct panel_speech speech = {
    WORDS_MARK("Thank you %s"), WORDS_MARK("Departure noted at %s"), WORDS_MARK("Departure noted")};

static int layout(const struct scene_model *model, struct rect area, struct scene_button *out)
{
    return scene_undo(model, area, out);
}

/* The ring on the left down to the foot, today beside it, above the button. */
static void draw_wide(const struct scene_model *model, struct rect rest, struct canvas *canvas)
{
    double size = rest.h < RING_MOST_MM ? rest.h : RING_MOST_MM;
    panel_ring(&scene_goodbye, model, rect_cut_left(&rest, size, 8), canvas);
    rest = scene_above_foot(rest);
    rect_cut_top(&rest, rest.h > 26 ? 4 : 1, 0);
    panel_today(&scene_goodbye, model, rest, canvas);
}

/* Today first, the ring in the middle of what is left. */
static void draw_high(const struct scene_model *model, struct rect rest, struct canvas *canvas)
{
    rect_cut_top(&rest, panel_today(&scene_goodbye, model, rest, canvas), 3);
    double size = rest.h < RING_MOST_MM ? rest.h : RING_MOST_MM;
    rest.y += (rest.h - size) / 2;
    rest.h = size;
    panel_ring(&scene_goodbye, model, rest, canvas);
}

static void draw(const struct scene_model *model, struct rect area, struct canvas *canvas)
{
    struct rect rest =
        panel_head(&scene_goodbye, model, area, &speech, model->answer->at_ms, canvas);
    struct rect above = scene_above_foot(rest);
    if (!panel_has_hours(model))
        panel_here(&scene_goodbye, model, above, canvas);
    else if (!scene_is_narrow(area) && rest.h >= RING_LEAST_MM)
        draw_wide(model, rest, canvas);
    else if (scene_is_narrow(area) && above.h >= RING_LEAST_MM + 20)
        draw_high(model, above, canvas);
    else
        panel_hours(&scene_goodbye, model, above, canvas);
}

const struct scene scene_goodbye = {
    .name = "goodbye", .meaning = THEME_OUT, .icon = ICON_WAVE, .layout = layout, .draw = draw};
