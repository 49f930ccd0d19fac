/* undone - what you took back is taken back. */
#include "app/ui/scene.h"

static void draw(struct sheet *sheet, struct rect area)
{
    scene_poster(sheet, area, sheet_say(sheet, "Undone"),
                 sheet_say(sheet, "As if nothing had happened"));
}

const struct scene scene_undone = {
    .name = "undone", .meaning = THEME_PAPER, .icon = ICON_UNDO, .draw = draw};
