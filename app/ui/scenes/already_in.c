/* already-in - you tapped again within a minute: nothing happened, unless you want to leave. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct panel_speech speech = {
    WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"), WORDS_MARK("Your arrival is noted")};

static void offer(struct sheet *sheet, struct rect rest)
{
    if (!panel_offer(sheet, rest))
        panel_here(sheet, rest);
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    bool is_assembly = answer->occasion == OCCASION_ASSEMBLY;
    int count = panel_arrived(sheet, area, is_assembly ? panel_knows(answer) : &speech,
                              answer->arrived_ms, is_assembly ? panel_vote : offer);
    panel_main_button(sheet, area, count, "leave", sheet_say(sheet, "I am leaving"), ASK_LEAVE);
}

const struct scene scene_already_in = {
    .name = "already-in", .meaning = THEME_IS_IN, .icon = ICON_HOUSE, .draw = draw};
