/* shifts - where hands are needed, to sign up for. */
#include "app/ui/scene.h"
#include "app/ui/words.h"

static void draw(struct sheet *sheet, struct rect area)
{
    scene_frame(sheet, area, NULL);
}

const struct scene scene_shifts = {.name = "shifts",
                                   .meaning = THEME_PAPER,
                                   .icon = ICON_HANDS,
                                   .title = WORDS_MARK("Hands needed"),
                                   .draw = draw,
                                   .idle_s = 30};
