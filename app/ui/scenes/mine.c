/* mine - what somebody signed up for, and what they gave. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    widget_label(sheet, rect_cut_top(&body, 20, 0), sheet->model->page->name, 6);
}

const struct scene scene_mine = {.name = "mine",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_PERSON,
                                 .title = WORDS_MARK("My page"),
                                 .draw = draw,
                                 .idle_s = 30,
                                 .is_private = true};
