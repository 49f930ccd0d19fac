/*
 * asks - you are in, and at this occasion a tap does not mean that you go. Each kind offers what it
 * has in the field above the guests and "I am leaving".
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

static void offer(struct sheet *sheet, struct rect rest)
{
    if (!panel_offer(sheet, rest))
        panel_attends(sheet, rest);
}

static void (*const fields[OCCASION_COUNT])(struct sheet *sheet, struct rect rest) = {
    [OCCASION_OPEN_DAY] = panel_here,  [OCCASION_SHIFT] = panel_attends,
    [OCCASION_DRINKS] = offer,         [OCCASION_ASSEMBLY] = panel_attends,
    [OCCASION_INFO] = panel_attends,   [OCCASION_AGORA] = offer,
    [OCCASION_BASKET] = panel_attends, [OCCASION_WORKSHOP] = panel_attends,
};

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    int count = panel_arrived(sheet, area, panel_knows(answer), answer->arrived_ms,
                              fields[answer->occasion]);
    panel_main_button(sheet, area, count, "leave", sheet_say(sheet, "I am leaving"), ASK_LEAVE);
}

const struct scene scene_asks = {
    .name = "asks", .meaning = THEME_QUESTION, .icon = ICON_HOUSE, .draw = draw, .is_tight = true};
