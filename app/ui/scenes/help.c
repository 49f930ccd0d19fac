/*
 * help - somebody comes, or the screen itself gets easier: read aloud, larger, higher in contrast,
 * for the left hand. Staff begin here, too. comfort - how it looks, each a touch.
 */
#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

static void draw_help(struct sheet *sheet, struct rect area)
{
    const struct widget_tile tiles[] = {
        {.name = "call",
         .title = sheet_say(sheet, "Call someone"),
         .icon = ICON_PEOPLE,
         .has_icon = true,
         .act = {.kind = ACT_ASK, .value = ASK_CALL}},
        {.name = "no-badge",
         .title = sheet_say(sheet, "I have no badge"),
         .icon = ICON_BADGE,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_no_badge}},
        {.name = "mine",
         .title = sheet_say(sheet, "My page"),
         .icon = ICON_PERSON,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_my_badge}},
        {.name = "shifts",
         .title = sheet_say(sheet, "Shifts to come"),
         .icon = ICON_HANDS,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_shifts}},
        {.name = "comfort",
         .title = sheet_say(sheet, "Easier to see"),
         .icon = ICON_LETTERS,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_comfort}},
        {.name = "staff",
         .title = sheet_say(sheet, "Staff"),
         .icon = ICON_KEY,
         .has_icon = true,
         .act = {.kind = ACT_GO, .to = &scene_staff_badge}},
        {.name = "aloud",
         .title = sheet_say(sheet, "Read aloud"),
         .icon = ICON_SOUND,
         .has_icon = true,
         .is_chosen = sheet->model->is_speaking,
         .act = {.kind = ACT_MODE, .value = ACT_SPEAKING}},
    };
    /* The last one only where there is a voice. */
    scene_tiles(sheet, scene_frame(sheet, area, NULL), tiles, sheet->model->has_speech ? 7 : 6,
                layout_is_narrow(area) ? 2 : 4);
}

static void draw_comfort(struct sheet *sheet, struct rect area)
{
    const struct theme_mode *mode = &sheet->model->mode;
    const struct {
        const char *name, *title;
        enum icon icon;
        bool is_chosen;
        enum act_mode value;
    } rows[] = {
        {"large", sheet_say(sheet, "Large letters"), ICON_LETTERS, mode->is_large, ACT_LARGE},
        {"contrast", sheet_say(sheet, "High contrast"), ICON_HALF, mode->is_contrast, ACT_CONTRAST},
        {"mirrored", sheet_say(sheet, "For the left hand"), ICON_HANDS, mode->is_mirrored,
         ACT_MIRRORED},
        {"still", sheet_say(sheet, "Nothing moves"), ICON_STILL, mode->is_still, ACT_STILL},
    };
    struct widget_tile tiles[4];
    for (int i = 0; i < 4; i++)
        tiles[i] = (struct widget_tile){.name = rows[i].name,
                                        .title = rows[i].title,
                                        .icon = rows[i].icon,
                                        .has_icon = true,
                                        .is_chosen = rows[i].is_chosen,
                                        .act = {.kind = ACT_MODE, .value = rows[i].value}};
    scene_tiles(sheet, scene_frame(sheet, area, NULL), tiles, 4, 2);
}

const struct scene scene_help = {.name = "help",
                                 .meaning = THEME_PAPER,
                                 .icon = ICON_PERSON,
                                 .title = WORDS_MARK("Help"),
                                 .draw = draw_help,
                                 .is_detour = true,
                                 .idle_s = 30};

const struct scene scene_comfort = {.name = "comfort",
                                    .meaning = THEME_PAPER,
                                    .icon = ICON_LETTERS,
                                    .title = WORDS_MARK("Easier to see"),
                                    .draw = draw_comfort,
                                    .is_detour = true,
                                    .back = &scene_help,
                                    .idle_s = 30};
