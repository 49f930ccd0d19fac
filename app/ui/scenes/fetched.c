/* fetched - a basket is noted as taken; what else there is to take or to help with comes next. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

/* Theirs is to be enjoyed; with somebody else's it matters whose it is. */
static struct rect draw_head(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    const struct answer_basket *basket = &answer->fetched;
    bool is_own = fact_id_is_same(basket->person, answer->person);
    char headline[160], line[240];
    if (is_own)
        words_greet(headline, sizeof headline, sheet_say(sheet, "Enjoy it, %s"),
                    answer->first_name);
    else
        words_format(headline, sizeof headline, sheet_say(sheet, "Noted for %s"), basket->name);
    if (is_own)
        words_format(line, sizeof line, sheet_say(sheet, "Your basket: %s"), basket->size);
    else
        words_format(line, sizeof line, sheet_say(sheet, "Basket: %s"), basket->size);
    return scene_head_above(sheet, area, headline, line,
                            scene_button_mm(sheet, area) + SCENE_GAP +
                                panel_basket_mm(sheet, area));
}

/* What became of it stands above already. */
static void draw_field(struct sheet *sheet, struct rect rest)
{
    if (panel_basket_mm(sheet, rest) > 0 || sheet->model->why[0])
        panel_basket(sheet, rest, panel_attends);
    else if (!sheet->model->is_spent)
        panel_attends(sheet, rest);
}

static void draw(struct sheet *sheet, struct rect area)
{
    struct rect rest = draw_head(sheet, area);
    draw_field(sheet, scene_above_foot(sheet, rest));
    scene_undo(sheet, area, 0, 2);
    if (!sheet->model->is_spent)
        widget_button(sheet, scene_foot(sheet, area, 1, 2),
                      &(struct widget_button){.name = "leave",
                                              .label = sheet_say(sheet, "I am leaving"),
                                              .act = {.kind = ACT_ASK, .value = ASK_LEAVE},
                                              .style = WIDGET_QUIET});
    scene_aside(sheet, area, 2);
}

const struct scene scene_fetched = {
    .name = "fetched", .meaning = THEME_IN, .icon = ICON_TICK, .draw = draw, .is_tight = true};
