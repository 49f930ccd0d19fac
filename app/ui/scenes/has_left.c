/* has-left - you tapped again within a minute of leaving: nothing happened, unless you are back. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {WORDS_MARK("See you soon, %s"),
                                           WORDS_MARK("You left at %s"),
                                           WORDS_MARK("Your departure is noted")};

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect rest = panel_head(sheet, area, &speech, sheet->model->answer->left_ms);
    panel_hours(sheet, scene_above_foot(sheet, rest));
    scene_aside(sheet, area, 1);
    panel_main_button(sheet, area, 1, "back-in", sheet_say(sheet, "I am back"), ASK_BACK);
}

const struct scene scene_has_left = {
    .name = "has-left", .meaning = THEME_IS_OUT, .icon = ICON_DOOR, .draw = draw};
