/*
 * already-in - you tapped again within a minute: nothing happened, unless you want to leave.
 * asks - you are in, and at this occasion a tap does not mean that you go.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"), WORDS_MARK("Your arrival is noted")};

static void draw(struct sheet *sheet, struct rect area)
{
    bool has_guests = panel_has_guests_button(sheet->model);
    int count = has_guests ? 2 : 1;
    struct rect rest = panel_head(sheet, area, &speech, sheet->model->answer->arrived_ms);
    panel_here(sheet, scene_above_foot(sheet, rest));
    scene_aside(sheet, area, count);
    if (has_guests)
        panel_guests_button(sheet, scene_foot(sheet, area, 1, count));
    if (!sheet->model->is_spent)
        widget_button(sheet, scene_foot(sheet, area, 0, count),
                      &(struct widget_button){.name = "leave",
                                              .label = sheet_say(sheet, "I am leaving"),
                                              .act = {.kind = ACT_ASK, .value = ASK_LEAVE},
                                              .style = WIDGET_FILLED});
}

const struct scene scene_already_in = {
    .name = "already-in", .meaning = THEME_IS_IN, .icon = ICON_HOUSE, .draw = draw};

const struct scene scene_asks = {
    .name = "asks", .meaning = THEME_QUESTION, .icon = ICON_HOUSE, .draw = draw};
