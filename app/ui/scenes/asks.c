/*
 * asks - you are in, and at this occasion a tap does not mean that you go. Each kind offers what it
 * has in the field above the guests and "I am leaving".
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/slot.h"

#define TAKE_PART_MM 24.0

/* A basket is a reason to meet: where hands are needed, two may be given now. */
static void offer_hands(struct sheet *sheet, struct rect rest)
{
    const struct scene_model *model = sheet->model;
    const struct answer *answer = model->answer;
    bool is_asking = answer->question == ANSWER_ASKS_HELP && answer->slot_count > 0;
    if (model->is_spent)
        return;
    if (model->why[0])
        panel_text(sheet, THEME_IS_IN, rest, model->why);
    else if (is_asking && !model->is_heard)
        slot_tiles(sheet, rest,
                   &(struct slot_choice){answer->slots, answer->slot_count,
                                         answer->is_time_doubtful ? 0 : answer->at_ms, ASK_HELP});
    else
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
    [OCCASION_DRINKS] = panel_attends, [OCCASION_ASSEMBLY] = offer_vote,
    [OCCASION_INFO] = panel_attends,   [OCCASION_AGORA] = panel_attends,
    [OCCASION_BASKET] = offer_hands,   [OCCASION_WORKSHOP] = panel_attends,
};

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    int count = panel_arrived(sheet, area, panel_knows(answer), answer->arrived_ms,
                              fields[answer->occasion]);
    panel_main_button(sheet, area, count, "leave", sheet_say(sheet, "I am leaving"), ASK_LEAVE);
}

const struct scene scene_asks = {
    .name = "asks", .meaning = THEME_QUESTION, .icon = ICON_HOUSE, .draw = draw};
