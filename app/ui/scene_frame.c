/* What all pages have around them. */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

void scene_languages(struct sheet *sheet, const struct rect *boxes)
{
    int place = 0;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        if (language == (int)sheet->model->language)
            continue;
        const char *own = language_own_name((enum language)language);
        struct rect box = boxes[place++];
        widget_button(
            sheet, box,
            &(struct widget_button){.name = own,
                                    .label = sheet->model->mode.is_large && box.w < 50
                                                 ? language_short_name((enum language)language)
                                                 : own,
                                    .act = {.kind = ACT_LANGUAGE, .value = language},
                                    .style = WIDGET_QUIET,
                                    .cap_mm = 3.4});
    }
}

static void draw_title(struct sheet *sheet, struct rect box, const char *title, bool is_narrow)
{
    const struct canvas_text text = {.text = title,
                                     .cap_mm = is_narrow ? 5.6 : 4.6,
                                     .least_mm = 3.4,
                                     .one_line_mm = is_narrow ? 4.6 : 4.2,
                                     .colour = sheet->tones->ink,
                                     .is_bold = true,
                                     .lines = 2,
                                     .is_middle = true};
    canvas_text(sheet->canvas, box, &text);
}

struct rect scene_frame(struct sheet *sheet, struct rect area, const char *title)
{
    const struct scene *scene = sheet->scene;
    struct layout_page page = layout_page(area, sheet->model->mode.is_large);
    const char *said = title ? title : scene->title ? sheet_say(sheet, scene->title) : "";
    enum target_size size = sheet->size;
    if (page.is_narrow || !sheet->model->has_strip)
        draw_title(sheet, page.title, said, page.is_narrow);
    sheet->size = TARGET_VISITOR;
    if (!sheet->model->has_strip) { /* a strip stands in the bar's place */
        widget_button(sheet, page.back,
                      &(struct widget_button){.name = "back",
                                              .label = sheet_say(sheet, "Back"),
                                              .act = {.kind = ACT_GO, .to = scene->back}});
        if (!scene->is_staff && scene != &scene_help)
            widget_button(sheet, page.help,
                          &(struct widget_button){.name = "help",
                                                  .label = sheet_say(sheet, "Help"),
                                                  .act = {.kind = ACT_GO, .to = &scene_help}});
        if (scene->is_staff)
            widget_button(sheet, page.help,
                          &(struct widget_button){.name = "end",
                                                  .label = sheet_say(sheet, "End"),
                                                  .act = {.kind = ACT_GO}});
    }
    if (page.is_narrow || !sheet->model->has_strip)
        scene_languages(sheet, page.languages);
    sheet->size = size;
    return page.body;
}

bool scene_problem(struct sheet *sheet, struct rect box)
{
    const struct page *page = sheet->model->page;
    const char *text = page->why[0]    ? page->why
                       : page->problem ? sheet_say(sheet, page->problem)
                                       : NULL;
    if (!text)
        return false;
    const struct theme_tones *tones = sheet_tones(sheet, THEME_QUESTION);
    canvas_round(sheet->canvas, box, 2.5, tones->ground);
    const struct canvas_text said = {.text = text,
                                     .cap_mm = 4,
                                     .least_mm = 3,
                                     .one_line_mm = 3.4,
                                     .colour = tones->ink,
                                     .lines = 3,
                                     .is_middle = true};
    box.x += 3;
    box.w -= 6;
    canvas_text(sheet->canvas, box, &said);
    return true;
}
