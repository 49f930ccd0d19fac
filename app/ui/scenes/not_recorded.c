/* not-recorded - Perron failed, and says so. Nobody was counted. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect rest = scene_head(sheet, area, sheet_say(sheet, "Not recorded"),
                                  sheet_say(sheet, "Tap again in a moment"));
    panel_text(sheet, THEME_FAULT, scene_above_aside(sheet, rest),
               sheet_say(sheet, "This is the station’s fault, not yours. If it happens again, "
                                "tell someone here."));
    scene_aside(sheet, area, 0);
}

const struct scene scene_not_recorded = {.name = "not-recorded",
                                         .meaning = THEME_FAULT,
                                         .icon = ICON_CROSS,
                                         .draw = draw,
                                         .is_tight = true};
