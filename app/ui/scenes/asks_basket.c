/*
 * asks - you are in at a pick-up: baskets that are yours to fetch, hands that are needed, and "I am
 * leaving". A basket is a reason to meet.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

static void show_baskets(struct sheet *sheet, struct rect rest)
{
    panel_basket(sheet, rest, panel_attends);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    int count = panel_arrived(sheet, area, panel_knows(answer), answer->arrived_ms, show_baskets);
    panel_main_button(sheet, area, count, "leave", sheet_say(sheet, "I am leaving"), ASK_LEAVE);
}

const struct scene scene_asks_basket = {
    .name = "asks", .meaning = THEME_QUESTION, .icon = ICON_HOUSE, .draw = draw, .is_tight = true};
