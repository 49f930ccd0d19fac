/*
 * withdrawn - a lost or returned badge: the same calm face as unknown, so that nobody who looks on
 * can tell; help is on its way. called - the same for who asked for it.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

static void draw_withdrawn(struct sheet *sheet, struct rect area)
{
    struct rect rest = scene_head(sheet, area, sheet_say(sheet, "Welcome"),
                                  sheet_say(sheet, "We don’t know this badge yet"));
    panel_text(sheet, THEME_HELP, scene_above_aside(sheet, rest),
               sheet_say(sheet, "Someone is coming to help you."));
    scene_aside(sheet, area, 0);
}

static void draw_called(struct sheet *sheet, struct rect area)
{
    scene_poster(sheet, area, sheet_say(sheet, "Someone is coming"),
                 sheet_say(sheet, "They can see that you asked for help."));
}

const struct scene scene_withdrawn = {
    .name = "withdrawn", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw_withdrawn};

const struct scene scene_called = {
    .name = "called", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw_called};
