/* goodbye - you are counted out, and this is what you gave: the month as a ring, today lit. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

#define RING_LEAST_MM 38.0
#define RING_MOST_MM 56.0

static const struct panel_speech speech = {
    WORDS_MARK("Thank you %s"), WORDS_MARK("Departure noted at %s"), WORDS_MARK("Departure noted")};

/* The ring on the left down to the foot, today beside it, above the button. */
static void draw_wide(struct sheet *sheet, struct rect rest)
{
    double size = rest.h < RING_MOST_MM ? rest.h : RING_MOST_MM;
    panel_ring(sheet, rect_cut_left(&rest, size, 8));
    rest = scene_above_foot(sheet, rest);
    rect_cut_top(&rest, rest.h > 26 ? 4 : 1, 0);
    panel_today(sheet, rest);
}

/* Today first, the ring in the middle of what is left. */
static void draw_high(struct sheet *sheet, struct rect rest)
{
    rect_cut_top(&rest, panel_today(sheet, rest), 3);
    double size = rest.h < RING_MOST_MM ? rest.h : RING_MOST_MM;
    rest.y += (rest.h - size) / 2;
    rest.h = size;
    panel_ring(sheet, rest);
}

static void draw_given(struct sheet *sheet, struct rect area, struct rect rest)
{
    struct rect above = scene_above_foot(sheet, rest);
    if (!panel_has_hours(sheet->model))
        panel_here(sheet, above);
    else if (!layout_is_narrow(area) && rest.h >= RING_LEAST_MM)
        draw_wide(sheet, rest);
    else if (layout_is_narrow(area) && above.h >= RING_LEAST_MM + 20)
        draw_high(sheet, above);
    else
        panel_hours(sheet, above);
}

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect rest = panel_head(sheet, area, &speech, sheet->model->answer->at_ms);
    if (sheet->model->answer->is_badge_lent)
        panel_text(sheet, THEME_QUESTION, scene_above_foot(sheet, rest),
                   sheet_say(sheet, "This badge was lent to you: hang it back before you go."));
    else
        draw_given(sheet, area, rest);
    scene_undo(sheet, area, 0, 1);
}

const struct scene scene_goodbye = {
    .name = "goodbye", .meaning = THEME_OUT, .icon = ICON_WAVE, .draw = draw};
