/* starting - the first picture, within a third of a second: never black. */
#include "app/ui/scene.h"

static void draw(struct sheet *sheet, struct rect area)
{
    scene_poster(sheet, area, sheet->model->venue, sheet_say(sheet, "Ready in a moment"));
}

const struct scene scene_starting = {
    .name = "starting", .meaning = THEME_PAPER, .icon = ICON_HOUSE, .draw = draw};
