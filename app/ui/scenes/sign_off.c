/* sign-off - the referent says who came to a shift that ends, and a word for the next. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect body = scene_frame(sheet, area, NULL);
    widget_label(sheet, rect_cut_top(&body, 20, 0), sheet->model->page->row.title, 5);
}

const struct scene scene_sign_off = {.name = "sign-off",
                                     .meaning = THEME_PAPER,
                                     .icon = ICON_FLAG,
                                     .title = WORDS_MARK("Sign off the shift"),
                                     .draw = draw,
                                     .idle_s = 60,
                                     .is_private = true};
