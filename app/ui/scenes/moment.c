/* moment - the badge was read, and the disk takes its time. */
#include "app/ui/scene.h"

static void draw(struct sheet *sheet, struct rect area)
{
    scene_poster(sheet, area, sheet_say(sheet, "One moment"),
                 sheet_say(sheet, "Your badge was read"));
}

const struct scene scene_moment = {
    .name = "moment", .meaning = THEME_PAPER, .icon = ICON_CLOCK, .draw = draw};
