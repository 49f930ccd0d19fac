/*
 * enjoy - a drink is noted, and can be taken back. said - so are the words that somebody left.
 */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"

static const struct {
    struct panel_speech speech;
    const char *line;
} said[DEED_COUNT] = {
    [DEED_DRINK] = {{WORDS_MARK("Enjoy, %s"), WORDS_MARK("Your drink was noted at %s"),
                     WORDS_MARK("Your drink is noted")},
                    WORDS_MARK("On the house, for everybody who is here.")},
    [DEED_NEED] = {{WORDS_MARK("Thank you %s"), WORDS_MARK("Your words were noted at %s"),
                    WORDS_MARK("Your words are noted")},
                   WORDS_MARK("Staff read it, with your name.")},
};

static void draw_field(struct sheet *sheet, struct rect rest)
{
    panel_text(sheet, sheet->scene->meaning, rest,
               sheet_say(sheet, said[sheet->model->answer->deed].line));
}

static void draw(struct sheet *sheet, struct rect area)
{
    const struct answer *answer = sheet->model->answer;
    int count = panel_arrived(sheet, area, &said[answer->deed].speech, answer->at_ms, draw_field);
    scene_undo(sheet, area, 0, count);
}

const struct scene scene_enjoy = {
    .name = "enjoy", .meaning = THEME_IN, .icon = ICON_GLASS, .draw = draw};

const struct scene scene_said = {
    .name = "said", .meaning = THEME_IN, .icon = ICON_PEN, .draw = draw};
