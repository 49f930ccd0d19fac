/*
 * asks - you are in, and at this occasion a tap does not mean that you go. Each kind offers what it
 * has in the field above the guests and "I am leaving".
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"

#define TAKE_PART_MM 24.0

static void offer(struct sheet *sheet, struct rect rest)
{
    if (!panel_offer(sheet, rest))
        panel_attends(sheet, rest);
}

/* Who came for something else says that they are here for this, too, before they count. */
static void take_part(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    rest.h = rest.h > TAKE_PART_MM ? TAKE_PART_MM : rest.h;
    widget_button(
        sheet, rest,
        &(struct widget_button){
            .name = "take-part",
            .label = sheet_say(sheet, "I take part"),
            .act = {.kind = ACT_ASK, .value = ASK_ATTEND, .shift = {answer->occasion_id, 0}}});
}

static void offer_vote(struct sheet *sheet, struct rect rest)
{
    const struct scene_model *model = sheet->model;
    const struct answer_vote *vote = &model->answer->vote;
    if (model->why[0])
        panel_text(sheet, THEME_IS_IN, rest, model->why);
    else if (!vote->has_vote || vote->is_counted)
        panel_vote(sheet, rest);
    else if (!model->is_spent && rest.h >= LAYOUT_LEAST_MM)
        take_part(sheet, rest);
}

static void (*const fields[OCCASION_COUNT])(struct sheet *sheet, struct rect rest) = {
    [OCCASION_OPEN_DAY] = panel_here,  [OCCASION_SHIFT] = panel_attends,
    [OCCASION_DRINKS] = offer,         [OCCASION_ASSEMBLY] = offer_vote,
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
