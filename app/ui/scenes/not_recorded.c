/* not-recorded - Perron failed, and says so. Nobody was counted. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"

static void draw(struct sheet *sheet, struct rect area)
{
    const char *again = sheet_say(sheet, "Tap again in a moment");
    /* Large letters have room for one of both: what to do. */
    bool is_alone = sheet->model->mode.is_large && !layout_is_narrow(area);
    struct rect rest =
        scene_head(sheet, area, sheet_say(sheet, "Not recorded"), is_alone ? "" : again);
    rest = scene_above_aside(sheet, rest);
    const struct canvas_text large = {
        .text = again, .cap_mm = 6.2, .colour = sheet->tones->ink, .lines = 2};
    if (is_alone)
        widget_extra(sheet, rest, &large);
    else
        panel_text(sheet, THEME_FAULT, rest,
                   sheet_say(sheet, "This is the station’s fault, not yours. If it happens again, "
                                    "tell someone here."));
    scene_aside(sheet, area, 0);
}

const struct scene scene_not_recorded = {.name = "not-recorded",
                                         .meaning = THEME_FAULT,
                                         .icon = ICON_CROSS,
                                         .draw = draw,
                                         .is_tight = true};
